"""The index of a revision: what is found by which words, near names, and its place on disk."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from correcting.storing import put
from making import Said, article
from undersigned.cli.app import app
from undersigned.correcting.forgetting import forget
from undersigned.correcting.people import PersonNames
from undersigned.searching.documents import KINDS
from undersigned.searching.opening import open_index
from undersigned.store.embedded import open_reader, open_writer
from undersigned.store.place import SEARCH_FOLDER

if TYPE_CHECKING:
    from pathlib import Path

    from undersigned.searching.index import SearchIndex


def fill(store: Path, *signers: str, source: str = "gazette") -> None:
    with open_writer(store) as writer:
        put(
            writer,
            article(
                source,
                Said(
                    signers=signers,
                    quotes_of={signers[0]: "The harbour needs light and air."},
                    roles={signers[0]: "sculptor"},
                    addressee="Port Authority",
                ),
                title="Sculptors write to the port",
                outlet="The Gazette",
            ),
        )
        writer.publish()


def index_of(store: Path) -> SearchIndex:
    with open_reader(store) as reader:
        return open_index(reader, store)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("searching") / "store"
    fill(folder, "Zoë Saldaña", "Søren Kjær", "Jean-Luc O’Brien", "J. K. Marsh", "Ann Marsh")
    return folder


@pytest.fixture(scope="module")
def index(store: Path) -> SearchIndex:
    return index_of(store)


@pytest.mark.parametrize(
    ("typed", "label"),
    [
        ("saldana", "Zoë Saldaña"),
        ("SALDAÑA zoe", "Zoë Saldaña"),
        ("soren kjaer", "Søren Kjær"),
        ("obrien", "Jean-Luc O’Brien"),
        ("O'Brien", "Jean-Luc O’Brien"),
        ("jean luc", "Jean-Luc O’Brien"),
        ("J.K. Marsh", "J. K. Marsh"),
        ("jk mar", "J. K. Marsh"),
        ("sculptor", "Zoë Saldaña"),
    ],
)
def test_people_are_found_however_they_are_spelled(
    index: SearchIndex, typed: str, label: str
) -> None:
    found = index.search(typed, kind="person")
    assert label in [hit.label for hit in found.hits]
    assert not found.instead


@pytest.mark.parametrize(
    ("typed", "kind"),
    [
        ("harbour light", "statement"),
        ("port authority", "organization"),
        ("port authority", "letter"),
        ("sculptors write", "source"),
        ("gazette", "source"),
    ],
)
def test_every_kind_is_found(index: SearchIndex, typed: str, kind: str) -> None:
    assert index.search(typed).by_kind[kind] >= 1
    assert all(hit.kind == kind for hit in index.search(typed, kind=kind).hits)


@pytest.mark.parametrize("typed", ["Saldanna", "Saldhana", "Zoe Saldanha"])
def test_near_names_stand_in_and_say_so(index: SearchIndex, typed: str) -> None:
    found = index.search(typed)
    assert found.hits[0].label == "Zoë Saldaña"
    assert "saldana" in found.instead


def test_some_of_the_words_are_enough_if_all_find_nothing(index: SearchIndex) -> None:
    found = index.search("marsh harbour")
    assert found.is_any
    assert {"person", "statement"} <= set(found.by_kind)


@pytest.mark.parametrize(
    "typed", ["", "  ", "!!!", '"', "AND", "NEAR(a b)", "*", "a" * 5000, "' OR 1=1 --", "{names}:x"]
)
def test_nothing_typed_is_read_as_a_command(index: SearchIndex, typed: str) -> None:
    assert isinstance(index.search(typed).total, int)
    assert isinstance(index.suggest(typed), list)


def test_an_exact_name_comes_first(tmp_path: Path) -> None:
    fill(tmp_path / "store", "Ann Marshall", "Ann Marsh")
    assert [h.label for h in index_of(tmp_path / "store").search("ann marsh").hits][:2] == [
        "Ann Marsh",
        "Ann Marshall",
    ]


def test_suggestions_begin_like_what_is_typed(index: SearchIndex) -> None:
    assert [hit.label for hit in index.suggest("zo sal", kind="person")] == ["Zoë Saldaña"]
    assert [hit.label for hit in index.suggest("saldanna", kind="person")] == ["Zoë Saldaña"]
    assert len(index.suggest("m", limit=1)) == 1


def test_parts_of_the_hits_make_the_whole(index: SearchIndex) -> None:
    whole = index.search("a", limit=100).hits
    parts = [
        h for at in range(0, len(whole), 2) for h in index.search("a", limit=2, offset=at).hits
    ]
    assert parts == list(whole)


def test_an_index_belongs_to_its_revision(tmp_path: Path) -> None:
    store = tmp_path / "store"
    fill(store, "Ann Marsh")
    old = index_of(store)
    fill(store, "Ben Fern", source="courier")
    new = index_of(store)
    assert not old.search("fern").hits
    assert new.search("fern").hits
    assert len(list((store / SEARCH_FOLDER).iterdir())) == 2


def test_indexes_of_revisions_that_are_gone_go_too(tmp_path: Path) -> None:
    store = tmp_path / "store"
    for number in range(5):
        fill(store, "Ann Marsh", source=f"paper-{number}")
        index_of(store)
    kept = {path.stem for path in (store / SEARCH_FOLDER).iterdir()}
    assert kept == {path.name for path in (store / "revisions").iterdir()}


def test_who_was_forgotten_is_in_no_index(tmp_path: Path) -> None:
    store = tmp_path / "store"
    fill(store, "Ann Marsh", "Ben Fern")
    assert index_of(store).search("fern").hits
    with open_writer(store) as writer:
        forget(writer, PersonNames(frozenset({"Ben Fern"})))
    assert not (store / SEARCH_FOLDER).exists()
    assert not index_of(store).search("fern", kind="person").hits
    assert all(b"fern" not in path.read_bytes() for path in (store / SEARCH_FOLDER).iterdir())


def test_a_store_that_holds_no_index_is_searched_all_the_same(tmp_path: Path) -> None:
    store = tmp_path / "store"
    fill(store, "Ann Marsh")
    (store / SEARCH_FOLDER).write_text("no folder", encoding="utf-8")
    assert index_of(store).search("marsh").hits
    assert index_of(store).search("marsh").hits
    assert (store / SEARCH_FOLDER).is_file()


def test_who_can_not_wait_is_told_that_the_index_is_being_made(tmp_path: Path) -> None:
    from undersigned.searching import opening

    store = tmp_path / "store"
    fill(store, "Ann Marsh")
    with open_reader(store) as reader, opening._LOCK, pytest.raises(opening.IndexBeingMade):
        open_index(reader, store, patient=False)
    assert index_of(store).search("marsh").hits


def test_the_same_revision_gives_the_same_index(tmp_path: Path, store: Path) -> None:
    from undersigned.searching.index import build_index

    with open_reader(store) as reader:
        build_index(reader, tmp_path / "a")
        build_index(reader, tmp_path / "b")
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def test_the_command_shows_hits_and_near_names(store: Path) -> None:
    run = CliRunner()
    found = run.invoke(app, ["search", "saldana", "--store", str(store)])
    assert found.exit_code == 0
    assert "person        Zoë Saldaña (sculptor)" in found.stdout
    near = run.invoke(app, ["search", "Saldanna", "--store", str(store)])
    assert "these have 'saldana'" in near.stderr
    none = run.invoke(app, ["search", "xyzzyxyzzy", "--store", str(store)])
    assert none.stdout == ""
    assert "nothing like 'xyzzyxyzzy'" in none.stderr


def test_the_command_writes_json_and_says_what_it_left_out(store: Path) -> None:
    found = CliRunner().invoke(
        app, ["search", "marsh", "--limit", "1", "--format", "json", "--store", str(store)]
    )
    assert len(json.loads(found.stdout)) == 1
    assert "1 of 2 shown" in found.stderr


def test_the_command_offers_the_kinds_that_there_are() -> None:
    from undersigned.cli.search import SearchKind

    assert tuple(SearchKind) == KINDS
