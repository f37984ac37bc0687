"""The example in every query's header, asked of the bundled articles."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from undersigned.cli.app import app
from undersigned.questions.ask import ask
from undersigned.questions.saved_query import iter_query_paths, read_saved_query
from undersigned.store.embedded import open_reader
from undersigned.why import why_row

if TYPE_CHECKING:
    from undersigned.store.base import GraphReader

PATHS = iter_query_paths(Path(__file__).parents[2] / "queries")

AFTER_DECISIONS = {"judgements", "proposed-links"}
"""What people decided and what `link` proposed: a graph that is just loaded has none of either."""


@pytest.fixture(scope="module")
def examples(root: Path, tmp_path_factory: pytest.TempPathFactory) -> GraphReader:
    store = tmp_path_factory.mktemp("examples") / "store"
    loaded = CliRunner().invoke(app, ["load", str(root / "examples"), "--store", str(store)])
    assert loaded.exit_code == 0, loaded.output
    return open_reader(store)


@pytest.mark.slow
@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_example_of_the_header_can_be_asked(path: Path, examples: GraphReader) -> None:
    query = read_saved_query(path)
    answer = ask(examples, query, query.example)
    assert all(why_row(examples, row.evidence) for row in answer.rows if query.evidence)


@pytest.mark.slow
def test_every_example_has_an_answer(examples: GraphReader) -> None:
    queries = [read_saved_query(path) for path in PATHS]
    empty = {query.name for query in queries if not ask(examples, query, query.example).rows}
    assert empty == AFTER_DECISIONS
