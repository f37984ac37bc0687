"""Every saved query against its golden folder: given.ttl or given.trig, and expected.csv.

A folder without a graph of its own is asked of the town in town.trig.

parameters.toml holds what a person would type, where the question has blanks. After a change that
is meant, `python tests/queries/test_saved_queries.py` rewrites every expected.csv; read the
difference before you keep it.
"""

from __future__ import annotations

import tomllib
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from pyoxigraph import DefaultGraph, Quad, RdfFormat, parse

from undersigned.iris import Iris
from undersigned.questions.ask import Answer, ask
from undersigned.questions.formats import csv_of
from undersigned.questions.saved_query import iter_query_paths, read_saved_query
from undersigned.store.embedded import memory_store

if TYPE_CHECKING:
    from undersigned.store.base import GraphReader

GOLDEN = Path(__file__).parent
QUERIES = GOLDEN.parents[1] / "queries"
NAMES = [path.stem for path in iter_query_paths(QUERIES)]


def given(name: str) -> GraphReader:
    """The golden folder's graph, or the town; a Turtle file is a knowledge graph."""
    [path] = list((GOLDEN / name).glob("given.*")) or [GOLDEN / "town.trig"]
    kind = RdfFormat.TRIG if path.suffix == ".trig" else RdfFormat.TURTLE
    return memory_store(
        Quad(
            quad.subject,
            quad.predicate,
            quad.object,
            Iris().knowledge if isinstance(quad.graph_name, DefaultGraph) else quad.graph_name,
        )
        for quad in parse(path=str(path), format=kind)
    )


def answer_of(name: str) -> Answer:
    path = GOLDEN / name / "parameters.toml"
    parameters = tomllib.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    return ask(given(name), read_saved_query(QUERIES / f"{name}.rq"), parameters)


def test_every_query_has_a_golden_folder_and_every_folder_a_query() -> None:
    assert {path.name for path in GOLDEN.iterdir() if (path / "expected.csv").exists()} == set(
        NAMES
    )


@pytest.mark.parametrize("name", NAMES)
def test_query_gives_the_golden_answer(name: str) -> None:
    expected = (GOLDEN / name / "expected.csv").read_text(encoding="utf-8")
    assert csv_of(answer_of(name), iris=True) == expected


@pytest.mark.parametrize("name", NAMES)
def test_query_without_values_gives_at_least_the_rows_with_them(name: str) -> None:
    query = read_saved_query(QUERIES / f"{name}.rq")
    with_values = answer_of(name)
    without = replace(query, parameters=tuple(replace(p, required=False) for p in query.parameters))
    rows = ask(given(name), without, {}).rows
    assert {row.evidence for row in with_values.rows} <= {row.evidence for row in rows}


@pytest.mark.parametrize("name", NAMES)
def test_query_declares_columns_evidence_and_tags(name: str) -> None:
    query = read_saved_query(QUERIES / f"{name}.rq")
    assert query.columns
    assert query.tags
    assert all(parameter.description for parameter in query.parameters)
    assert {p.name for p in query.parameters if p.required} <= set(query.example)


def rewrite() -> None:
    """Writes every expected.csv anew."""
    for name in NAMES:
        text = csv_of(answer_of(name), iris=True)
        (GOLDEN / name / "expected.csv").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    rewrite()
