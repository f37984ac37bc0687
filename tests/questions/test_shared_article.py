"""The questions asked of a real article that lies beside the repository."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from undersigned.cli.app import app
from undersigned.questions.ask import ask
from undersigned.questions.formats import text_of
from undersigned.questions.saved_query import get_saved_query
from undersigned.store.embedded import open_reader
from undersigned.why import why_row

if TYPE_CHECKING:
    from pathlib import Path

    from undersigned.store.base import GraphReader

pytestmark = pytest.mark.shared


@pytest.fixture(scope="module")
def article(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> GraphReader:
    store = tmp_path_factory.mktemp("article") / "store"
    path = shared / "articles" / "hollywood-letter-2025-03-21.txt"
    loaded = CliRunner().invoke(app, ["load", str(path), "--store", str(store)])
    assert loaded.exit_code == 0, loaded.output
    return open_reader(store)


def column(reader: GraphReader, root: Path, name: str, shown: str, **given: str) -> list[str]:
    answer = ask(reader, get_saved_query(root / "queries", name), given)
    assert all(why_row(reader, row.evidence) for row in answer.rows)
    place = answer.columns.index(shown)
    return [text_of(row.cells[place]) for row in answer.rows]


def test_signatories_are_told_with_their_hedge(article: GraphReader, root: Path) -> None:
    letter = {"letter": "Office of Science and Technology Policy"}
    people = ["Ava DuVernay", "Ben Stiller", "Mark Ruffalo", "Paul McCartney"]
    assert column(article, root, "signatories", "signer", **letter) == people
    assert column(article, root, "unconfirmed-signatures", "signer", certainty="reported") == [
        "Ava DuVernay"
    ]


def test_answered_organizations_are_found(article: GraphReader, root: Path) -> None:
    found = column(article, root, "organizations-answered", "answered", letter="administration")
    assert set(found) == {"Google", "OpenAI"}


def test_signers_who_had_criticised_the_addressee_s_head(article: GraphReader, root: Path) -> None:
    addressee = {"addressee": "Office of Science and Technology Policy"}
    critics = set(column(article, root, "critics-who-signed", "signer", **addressee))
    assert critics == {"Ava DuVernay", "Mark Ruffalo"}
