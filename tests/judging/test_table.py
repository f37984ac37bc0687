"""Judgements as CSV: out and in again without loss, and what is wrong told row by row."""

from __future__ import annotations

import csv
import io

import pytest

from judging.stores import judge, put, values
from making import Said, article
from undersigned.errors import JudgementInvalid
from undersigned.judging.records import read_records
from undersigned.judging.register import register, revoke
from undersigned.judging.table import export_table, read_table
from undersigned.store.embedded import EmbeddedWriter, memory_store

BEES = "Letter on Bees"


def filled() -> EmbeddedWriter:
    store = memory_store()
    put(
        store,
        article("a", Said(signers=("Ann Poe", "digit"), letter_name=BEES)),
        article("b", Said(signers=("digit",), letter_name="Letter on Wells")),
    )
    return store


@pytest.fixture
def store() -> EmbeddedWriter:
    return filled()


def table(*rows: str, heading: str = "verdict,one,other,reason") -> bytes:
    return "\n".join([heading, *rows, ""]).encode()


DIGITS = "https://w3id.org/undersigned/source/{}#person-digit"
PAIR = f"{DIGITS.format('a')},{DIGITS.format('b')}"


def test_what_is_exported_is_imported_without_loss(store: EmbeddedWriter) -> None:
    judge(store, DIGITS.format("a"), "unsure", DIGITS.format("b"), reason='a "digit", \n or two')
    done = judge(store, "Ann Poe", "denied", BEES, day="2025-04-02", url="https://news.example/a")
    revoke(store, [done.records[0].iri.value], judge="B. Writer", reason="misread")
    judge(store, "Ann Poe", "same", "http://data.example/Q1")
    exported = export_table(store)
    other = filled()
    read = read_table(other, exported.encode(), judge="nobody")
    assert read.problems == ()
    register(other, read.records)
    assert read_records(other) == read_records(store)
    assert export_table(other) == exported
    graph = store.iris.judgements
    assert set(other.triples(graph)) == set(store.triples(graph))


def test_an_import_again_changes_nothing(store: EmbeddedWriter) -> None:
    content = table(f"unsure,{PAIR},who knows", "denied,Ann Poe,Letter on Bees,told us")
    register(store, read_table(store, content, judge="A. Reader").records)
    again = register(store, read_table(store, content, judge="A. Reader").records)
    assert again.assembled is None
    assert len(read_records(store)) == 2


def test_judgements_of_sources_that_are_not_loaded_rest(store: EmbeddedWriter) -> None:
    gone = f"{DIGITS.format('z')},{DIGITS.format('b')}"
    read = read_table(store, table(f"same,{gone},"), judge="A. Reader")
    assert read.problems == ()
    register(store, read.records)
    assert len(read_records(store)) == 1


def test_wrong_rows_are_told_and_the_others_are_taken(store: EmbeddedWriter) -> None:
    content = table(
        f"unsure,{PAIR},fine",
        f"sme,{PAIR},",
        "denied,Ann Po,Letter on Bees,",
        ",Ann Poe,Letter on Bees,not decided yet",
        "denied,,Letter on Bees,",
        "denied,Ann Poe,Letter on Bees,one, two",
        "same,Ann Poe,Letter on Bees,",
        "same,https://w3id.org/undersigned/source/a#person-ann-pie,Ann Poe,",
        "confirmed,Ann Poe,Letter on Bees,fine",
    )
    read = read_table(store, content, judge="A. Reader")
    assert [(problem.line, problem.message.split(";")[0]) for problem in read.problems] == [
        (3, "'sme' is no judgement"),
        (4, "the graph has nobody whose whole name is 'Ann Po'"),
        (6, "column 'one' is empty"),
        (7, "more cells than columns"),
        (8, "'Ann Poe' is a person and 'Letter on Bees (March 2025)' a letter"),
        (
            9,
            "https://w3id.org/undersigned/source/a#person-ann-pie: its source is loaded, and has "
            "no such person, organization, letter or statement",
        ),
    ]
    assert read.left_open == 1
    register(store, read.records)
    assert values(store, "SELECT ?r { GRAPH ?g { ?j us:reason ?r } }") == [("fine",), ("fine",)]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "no column 'verdict' in the first line; found nothing"),
        (b"verdict,one\n", "no column 'other' in the first line; found verdict, one"),
        (
            b"verdict,one,other,reasn\n",
            "column 'reasn' is not known; did you mean 'reason'",
        ),
        ("verdict,one,other\nsame,Zoë,b\n".encode("latin-1"), "expected CSV in UTF-8"),
        (b'verdict,one,other\nsame,"a"b,c\n', "near line 2: no CSV"),
    ],
)
def test_what_is_no_table_of_judgements_is_refused(
    store: EmbeddedWriter, content: bytes, message: str
) -> None:
    with pytest.raises(JudgementInvalid, match=message):
        read_table(store, content, judge="A. Reader")


def test_a_byte_order_mark_and_the_columns_of_a_review_do_no_harm(store: EmbeddedWriter) -> None:
    heading = "verdict,one,other,kind,score,amount,basis,one_name,other_name"
    content = "\ufeff".encode() + table(f"unsure,{PAIR},person,0.5,3,x,y,z", heading=heading)
    assert len(read_table(store, content, judge="A. Reader").records) == 1


@pytest.mark.parametrize(
    ("cells", "message"),
    [
        ("yesterday,", "judged_at is 'yesterday'; expected a date and time"),
        (",2025-05-03T10:15:00Z", "revoked_at is given, and judged_at is not"),
    ],
)
def test_moments_are_checked(store: EmbeddedWriter, cells: str, message: str) -> None:
    content = table(f"same,{PAIR},{cells}", heading="verdict,one,other,judged_at,revoked_at")
    [problem] = read_table(store, content, judge="A. Reader").problems
    assert message in problem.message


def test_moments_are_kept_in_universal_time(store: EmbeddedWriter) -> None:
    content = table(
        f"unsure,{PAIR},2025-05-03T12:15:00+02:00", heading="verdict,one,other,judged_at"
    )
    register(store, read_table(store, content, judge="A. Reader").records)
    [row] = csv.DictReader(io.StringIO(export_table(store)))
    assert row["judged_at"] == "2025-05-03T10:15:00Z"
    assert (row["one_name"], row["other_name"]) == ("digit", "digit")
