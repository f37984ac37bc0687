"""The commands that correct a graph, as people use them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from pyoxigraph import Literal, NamedNode, Triple
from typer.testing import CliRunner

from correcting.storing import QUOTES, put
from making import Said, article
from undersigned import terms as t
from undersigned.cli.app import app
from undersigned.correcting.people import PersonNames
from undersigned.store.embedded import list_revisions, open_reader, open_writer

if TYPE_CHECKING:
    from pathlib import Path

    from typer.testing import Result

BOTH = Said(
    signers=("Ada Quill", "Ben Stage"), quotes=(QUOTES[0],), quotes_of={"Ada Quill": QUOTES[2]}
)
ONE = Said(signers=("Ben Stage", "Cora Note"), quotes=(QUOTES[0],), over=400)


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """A store of two articles about one letter, loaded one after the other."""
    path = tmp_path / "a.store"
    with open_writer(path) as writer:
        put(writer, article("daily", BOTH, published="2025-03-01", title="Writers write"))
        writer.publish()
        put(writer, article("weekly", ONE, published="2025-03-02", title="Actors act"))
        writer.publish()
    return path


def run(*arguments: object, status: int = 0) -> Result:
    done = CliRunner().invoke(app, [str(argument) for argument in arguments])
    if status == 0 and done.exception is not None:
        raise done.exception
    assert done.exit_code == status
    return done


def test_a_source_is_removed_with_what_rested_on_it_alone(store: Path) -> None:
    lines = run("remove", "Actors act", "--store", store).stdout.splitlines()
    assert lines[:-1] == [
        "removed   weekly",
        "gone      signature: signature of Cora Note",
        "gone      person: Cora Note",
        "gone      count: over 400",
    ]
    assert lines[-1].startswith("3 facts gone with 1 source, 4 kept, since other sources carry")
    assert len(list_revisions(store)) == 3
    run("remove", "daily", "--erase", "--store", store)
    assert len(list_revisions(store)) == 1


def test_nothing_is_removed_where_one_of_several_is_unknown(store: Path) -> None:
    done = run("remove", "daily", "Aktors act", "--store", store, status=1)
    assert "did you mean 'Actors act'" in str(done.exception)
    assert len(list_revisions(store)) == 2


def test_a_person_is_forgotten_and_that_is_checked(store: Path) -> None:
    lines = run("forget", "Ada Quill", "--yes", "--store", store).stdout.splitlines()
    assert lines[0].startswith("forgotten: 2 claims and 0 judgements taken out, 1 source written")
    assert lines[1].startswith("checked: ")
    assert lines[1].endswith("none holds the name")
    again = run("forget", "Ada Quill", "--yes", "--store", store, status=1)
    assert "no person named 'Ada Quill'" in str(again.exception)


def test_the_exit_status_tells_that_the_name_is_still_somewhere(store: Path) -> None:
    graph = NamedNode("https://w3id.org/undersigned/graph/notes")
    with open_writer(store) as writer:
        term = NamedNode(f"{t.US}ours")
        writer.change_graph(graph, (), [Triple(term, t.RDFS_LABEL, Literal("the Ada Quill prize"))])
        writer.publish()
    done = run("forget", "Ada Quill", "--yes", "--store", store, status=1)
    assert f"still in <{graph.value}>" in done.stdout


def test_a_name_in_the_examples_of_the_ontology_means_nobody(store: Path) -> None:
    with open_writer(store) as writer:
        term = NamedNode(f"{t.US}ours")
        label = Literal("Ada Quill signed on Monday")
        writer.change_graph(writer.iris.ontology, (), [Triple(term, t.RDFS_LABEL, label)])
        writer.publish()
    done = run("forget", "Ada Quill", "--yes", "--store", store)
    assert "none holds the name\nleft: the ontology, whose examples have the name" in done.stdout


def test_people_of_like_names_are_told_and_left(store: Path) -> None:
    with open_writer(store) as writer:
        put(writer, article("monthly", Said(signers=("Aida Quill",))))
    done = run("forget", "Ada Quill", "--yes", "--store", store)
    assert "like it, and left: Aida Quill" in done.stdout
    run(
        "forget", "Aida Q. Quill", "--also", "Aida Quill", "--in-advance", "--yes", "--store", store
    )
    with open_reader(store) as reader:
        assert not [q for q in reader.quads() if "quill" in str(q).lower()]


def test_nobody_is_forgotten_unasked(store: Path) -> None:
    done = run("forget", "Ada Quill", "--store", store, status=1)
    assert "say --yes where nobody can be asked" in str(done.exception)
    assert len(list_revisions(store)) == 2


def test_a_claim_is_redacted_and_let_in_again(store: Path) -> None:
    shown = json.loads(run("why", "Cora Note", "--format", "json", "--store", store).stdout)
    claim = shown[0]["claim"]
    done = run("redact", claim, "--reason", "court order", "--store", store)
    assert done.stdout.startswith(f"redacted  {claim}; revision 000003-")
    undone = run("redact", claim, "--undo", "--reason", "lifted", "--store", store)
    assert undone.stdout.startswith(f"revoked   {claim}: load its source again")
    run("redact", "source/daily#claim-00000000", "--reason", "x", "--store", store, status=1)


def test_an_erasure_that_was_cut_short_is_ended_before_anything_else(store: Path) -> None:
    names = PersonNames(frozenset({"Ada Quill"}))
    with open_writer(store) as writer:
        writer.begin_erasure(writer.suppression.with_names(names.forms()))
    done = run("remove", "weekly", "--store", store)
    assert "brought to its end first" in done.stderr
    with open_reader(store) as reader:
        assert not [q for q in reader.quads() if "quill" in str(q).lower()]


def test_a_judgement_ends_an_erasure_that_was_cut_short_first(store: Path) -> None:
    names = PersonNames(frozenset({"Ada Quill"}))
    with open_writer(store) as writer:
        writer.begin_erasure(writer.suppression.with_names(names.forms()))
    run("judge", "Ben Stage", "confirmed", "Open letter", "--by", "A. Reader", "--store", store)
    with open_reader(store) as reader:
        assert not [q for q in reader.quads() if "quill" in str(q).lower()]


def test_differences_to_the_revision_before(store: Path) -> None:
    done = run("diff", "previous", "--store", store)
    assert "  + signature of Cora Note\n" in done.stdout
    assert "sources: 1 new\n  + Actors act\n" in done.stdout
    assert done.stdout.startswith("letters: 1 altered\n  ~ Open letter (March 2025)\n")
    assert "      has claimed count: – → over 400\n" in done.stdout
    assert run("diff", 1, "--store", store).stdout == done.stdout
    assert run("diff", 2, "--store", store).stdout == "no differences\n"


def test_differences_to_an_export_as_json(store: Path, tmp_path: Path) -> None:
    path = tmp_path / "before.nq"
    run("export", "--output", path, "--store", store)
    run("remove", "weekly", "--store", store)
    found = json.loads(run("diff", path, store, "--format", "json").stdout)
    gone = [d["label"] for d in found if d["change"] == "gone" and d["kind"] == "person"]
    assert gone == ["Cora Note"]


@pytest.mark.parametrize(
    ("named", "words"),
    [
        ("9", "has no revision '9' any more; it keeps: 000001-"),
        ("nothere", "no file and no folder"),
    ],
)
def test_what_can_not_be_compared_is_told(store: Path, named: str, words: str) -> None:
    assert words in str(run("diff", named, "--store", store, status=1).exception)


@pytest.mark.parametrize(
    "arguments",
    [
        ["remove", "x"],
        ["forget", "Ada Quill", "--yes"],
        ["redact", "x", "--reason", "y"],
        ["diff", "1"],
    ],
)
def test_where_there_is_no_store_none_is_made(arguments: list[str], tmp_path: Path) -> None:
    done = run(*arguments, "--store", tmp_path / "new.store", status=1)
    assert "no store there" in str(done.exception)
    assert not (tmp_path / "new.store").exists()


FIRST = (
    "Novelist Ada Quill and actor Ben Stage signed an open letter to the Office of Books.\n\n"
    "The letter bears more than 300 names.\n"
)
SECOND = FIRST.replace("Ben Stage", "Dan Prompt").replace("300", "400")


def test_a_corrected_article_tells_its_changes(tmp_path: Path) -> None:
    # Takes some seconds: each load opens the language pipeline, as it does for people.
    source, changes, store = (tmp_path / name for name in ("a.txt", "changes.json", "a.store"))
    source.write_text(FIRST, encoding="utf-8")
    run("load", source, "--store", store)
    source.write_text(SECOND, encoding="utf-8")
    done = run("load", source, "--store", store, "--changes", changes)
    told = [line.strip() for line in done.stderr.splitlines() if line.startswith("          ")]
    assert "+ signature: Dan Prompt: open letter to the Office of Books as actor (reported)" in told
    assert "- role: Ben Stage: actor" in told
    assert [line for line in told if line.startswith("~ count: ") and line.endswith("than 400")]
    (document,) = json.loads(changes.read_text(encoding="utf-8"))
    assert {claim["kind"] for claim in document["gone"]} == {"role", "signature"}
    assert all(claim["passage"] in SECOND for claim in document["added"])
    run("forget", "Dan Prompt", "--yes", "--store", store)
    done = run("load", source, "--store", store)
    assert "claims were kept out" in done.stderr
    assert "Dan" not in run("export", "--store", store).stdout
