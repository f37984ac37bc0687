"""The invented town: what its two letters, their lists and the two articles about them come to."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from undersigned.cli.app import app
from undersigned.questions.ask import ask
from undersigned.questions.saved_query import get_saved_query
from undersigned.store.embedded import open_reader

if TYPE_CHECKING:
    from pathlib import Path

    from undersigned.store.base import GraphReader

KEEP = "Keep the Kettlewick library open"
NEW = "Give Kettlewick a new library"


@pytest.fixture(scope="module")
def town(root: Path, tmp_path_factory: pytest.TempPathFactory) -> GraphReader:
    store = tmp_path_factory.mktemp("town") / "store"
    folder = root / "examples" / "invented-town"
    loaded = CliRunner().invoke(app, ["load", str(folder), "--store", str(store)])
    assert loaded.exit_code == 0, loaded.output
    return open_reader(store)


def answers(
    town: GraphReader, root: Path, question: str, *columns: str, **parameters: str
) -> list[tuple[str, ...]]:
    """Some columns of an answer as texts, sorted, without the dates that labels end in."""
    answer = ask(town, get_saved_query(root / "queries", question), parameters)
    places = [answer.columns.index(column) for column in columns]
    rows = ([getattr(row.cells[n], "value", "") for n in places] for row in answer.rows)
    return sorted(tuple(text.removesuffix(" (February 2026)") for text in row) for row in rows)


def test_one_signed_both_letters(town: GraphReader, root: Path) -> None:
    found = answers(town, root, "opposing-signers", "signer", "answering", "answered")
    assert found == [("Jonah Pryce", NEW, KEEP)]


def test_the_signers_of_each_letter(town: GraphReader, root: Path) -> None:
    first = answers(town, root, "signatories", "signer", "status", letter=KEEP)
    second = answers(town, root, "signatories", "signer", "status", letter=NEW)
    assert {name for name, _ in first} == {
        "Amrita Sandhu",
        "Jonah Pryce",
        "Kettlewick Historical Society",
        "Ludmila Varga",
        "Mill Lane Traders’ Association",
        "Pieter van Houten",
        "Rosalind Achebe",
        "Siobhán Daly",
        "Tom Becker",
        "inkwell",
    }
    assert {name for name, _ in second} == {
        "Grace Oyelaran",
        "Henrik Solberg",
        "Jonah Pryce",
        "Kettlewick Business Forum",
        "Tom Becker",
    }


def test_two_entries_of_one_name_stay_two(town: GraphReader, root: Path) -> None:
    found = answers(town, root, "listed-twice", "name", "entries", "letter")
    assert found == [("ludmila varga", "2", KEEP), ("tom becker", "2", KEEP)]


def test_the_second_article_is_a_copy_of_the_first(town: GraphReader, root: Path) -> None:
    found = answers(town, root, "copied-stories", "outlet", "originalOutlet")
    assert found == [("Northfield Standard", "Meridian Wire")]


def test_praise_and_reproach_of_one_by_one(town: GraphReader, root: Path) -> None:
    found = answers(town, root, "changed-stance", "speaker", "target")
    assert set(found) == {("Ludmila Varga", "Edwin Marsh")}


def test_the_mayor_is_quoted_through_a_signer(town: GraphReader, root: Path) -> None:
    found = answers(town, root, "quoted-through", "speaker", "words", "through")
    assert ("Edwin Marsh", "“the roof was sound last spring.”", "Amrita Sandhu") in found
