"""Each violation query finds what is wrong in its own small graph, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from undersigned.checking.graphs import read_quads
from undersigned.checking.violations import find_violations, read_violation_queries
from undersigned.store.embedded import memory_store

ONTOLOGY = Path(__file__).resolve().parents[2] / "ontology"
CASES = Path(__file__).parent / "violations"
QUERIES = {query.name: query for query in read_violation_queries(ONTOLOGY / "checks")}
EXAMPLES = sorted((ONTOLOGY / "examples").glob("*.trig"))


def test_every_query_has_a_case_that_trips_it_and_every_case_a_query() -> None:
    assert {path.stem for path in CASES.glob("*.trig")} == set(QUERIES)


def test_every_query_file_has_the_ending_that_makes_it_a_check() -> None:
    assert {path.name for path in (ONTOLOGY / "checks").iterdir()} == {
        f"{name}-violation.rq" for name in QUERIES
    }


@pytest.mark.parametrize("name", QUERIES)
def test_query_finds_what_is_called_wrong_and_spares_the_rest(name: str) -> None:
    quads = read_quads(CASES / f"{name}.trig")
    expected = {
        iri
        for quad in quads
        for iri in (str(quad.subject), str(quad.predicate), str(quad.object))
        if "wrong" in iri.lower()
    }
    with memory_store(quads) as reader:
        rows = find_violations(reader, QUERIES[name])
    found = {next(iter(row.values.values())) for row in rows}
    assert found == expected


@pytest.mark.parametrize("name", QUERIES)
def test_query_answers_in_the_form_of_its_header(name: str) -> None:
    query = QUERIES[name]
    assert query.summary.endswith("?")
    assert query.advice.endswith(".")


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem)
def test_no_query_trips_on_an_example(example: Path) -> None:
    with memory_store(read_quads(example)) as reader:
        assert not [row for query in QUERIES.values() for row in find_violations(reader, query)]
