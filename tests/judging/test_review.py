"""What waits for a decision: both sides' evidence, as a list and one by one."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING

import pytest
from rich.console import Console

from judging.stores import judge, put, values
from making import Said, article
from undersigned.judging.interview import Interview
from undersigned.judging.register import register
from undersigned.judging.review import OpenPair, is_open, open_pairs, pair_of, waiting_pairs
from undersigned.judging.showing import pairs_csv, pairs_json
from undersigned.judging.table import COLUMNS, SHOWN, read_table
from undersigned.store.embedded import memory_store, open_reader, open_writer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from undersigned.store.base import GraphWriter


def fill(store: GraphWriter) -> None:
    bees = Said(
        signers=("James Smith", "digit"), letter_name="Bees", roles={"James Smith": "painter"}
    )
    wells = Said(
        signers=("James Smith", "digit"), letter_name="Wells", roles={"James Smith": "judge"}
    )
    put(
        store,
        article("a", bees, published="2025-03-01", title="Beekeepers write", outlet="The Courier"),
        article("b", wells, published="2025-07-11", title="Wells again", outlet="The Gazette"),
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with open_writer(tmp_path / "store") as writer:
        fill(writer)
    return tmp_path / "store"


@pytest.fixture
def pairs(folder: Path) -> list[OpenPair]:
    with open_reader(folder) as reader:
        return list(open_pairs(reader, "person"))


def test_a_pair_has_both_sides_with_their_words_and_what_was_compared(
    pairs: list[OpenPair],
) -> None:
    [smiths] = [pair for pair in pairs if pair.one.name == "James Smith"]
    assert [side.notes for side in (smiths.one, smiths.other)] == [
        ("painter", "signed: Bees (March 2025)"),
        ("judge", "signed: Wells (July 2025)"),
    ]
    assert [passage.text for passage in smiths.other.passages] == [
        "James Smith signed it.",
        "James Smith is a judge.",
    ]
    assert smiths.one.entity != smiths.other.entity
    assert smiths.score is not None
    assert 0 < smiths.score < 1
    assert {finding.subject for finding in smiths.findings} >= {"name"}


def test_only_the_kind_asked_for_is_listed(folder: Path) -> None:
    with open_reader(folder) as reader:
        assert {pair.kind for pair in open_pairs(reader, "person")} == {"person"}
        assert list(open_pairs(reader, "organization")) == []


def test_what_was_judged_is_not_asked_again() -> None:
    store = memory_store()
    fill(store)
    for waiting in waiting_pairs(store, "person"):
        pair = pair_of(store, waiting)
        assert (pair.one.iri, pair.other.iri) == waiting.pair
        judge(store, pair.one.iri.value, "unsure", pair.other.iri.value)
        assert not is_open(store, waiting)
    assert list(open_pairs(store, "person")) == []


def test_a_list_is_filled_in_and_imported() -> None:
    store = memory_store()
    fill(store)
    rows = list(csv.DictReader(io.StringIO(pairs_csv(open_pairs(store, "person")))))
    assert [*rows[0]] == [*COLUMNS, *SHOWN]
    filled = io.StringIO()
    writer = csv.DictWriter(filled, rows[0])
    writer.writeheader()
    writer.writerows({**row, "verdict": "same", "reason": "known to me"} for row in rows)
    read = read_table(store, filled.getvalue().encode(), judge="A. Reader")
    assert read.problems == ()
    register(store, read.records)
    assert len(values(store, "SELECT ?p { ?p a us:Person ; us:name 'James Smith' }")) == 1


def test_json_has_the_passages_of_both_sides(pairs: list[OpenPair]) -> None:
    listed = json.loads(pairs_json(pairs))
    [smiths] = [pair for pair in listed if pair["one"]["name"] == "James Smith"]
    assert smiths["other"]["passages"][1]["text"] == "James Smith is a judge."
    assert smiths["other"]["iri"].endswith("source/b#person-james-smith")
    assert smiths["findings"][0].keys() == {"subject", "finding", "weight"}


class Typist:
    """Types lines one after the other, then raises; keeps what was asked."""

    def __init__(self, lines: Iterable[str], then: type[BaseException] = EOFError) -> None:
        self.lines = iter(lines)
        self.then = then
        self.asked: list[str] = []

    def __call__(self, prompt: str) -> str:
        self.asked.append(prompt)
        for line in self.lines:
            return line
        raise self.then


@pytest.fixture
def sit(folder: Path) -> Callable[[Typist], tuple[int, str]]:
    """Runs an interview over the open pairs; gives how many were judged, and what was shown."""
    with open_reader(folder) as reader:
        waiting = waiting_pairs(reader, "person")

    def run(typist: Typist) -> tuple[int, str]:
        shown = io.StringIO()
        console = Console(file=shown, width=100)
        interview = Interview(console, typist, folder, "A. Reader")
        return interview.run(waiting, "https://w3id.org/undersigned/"), shown.getvalue()

    return run


def verdicts(folder: Path) -> list[tuple[str, ...]]:
    with open_reader(folder) as reader:
        return [
            (verdict.rsplit("-", 1)[1], reason)
            for verdict, reason in values(
                reader,
                "SELECT ?v ?r { GRAPH ?g { ?j us:verdict ?v OPTIONAL { ?j us:reason ?r } } } "
                "ORDER BY ?v",
            )
        ]


def test_answers_are_kept_with_their_reasons(
    folder: Path, sit: Callable[[Typist], tuple[int, str]]
) -> None:
    judged, shown = sit(Typist(["n", "two trades", "u", ""]))
    assert judged == 2
    assert verdicts(folder) == [("different", "two trades"), ("unsure", "")]
    assert "James Smith is a **judge**." in shown or "James Smith** is a **judge" in shown
    assert shown.count("recorded: judgement/") == 2


@pytest.mark.parametrize("then", [EOFError, KeyboardInterrupt])
def test_stopping_keeps_what_was_judged(
    folder: Path, sit: Callable[[Typist], tuple[int, str]], then: type[BaseException]
) -> None:
    judged, _ = sit(Typist(["same", "one trade", "n"], then))
    assert judged == 1
    assert verdicts(folder) == [("same", "one trade")]


def test_skipped_pairs_stay_open_and_wrong_keys_are_told(
    folder: Path, sit: Callable[[Typist], tuple[int, str]]
) -> None:
    typist = Typist(["what?", "", "q"])
    judged, shown = sit(typist)
    assert judged == 0
    assert "'what?' is no answer" in shown
    assert len(typist.asked) == 3
    assert verdicts(folder) == []


def test_a_pair_that_was_settled_meanwhile_is_passed_over(
    folder: Path, pairs: list[OpenPair], sit: Callable[[Typist], tuple[int, str]]
) -> None:
    with open_writer(folder) as writer:
        judge(writer, pairs[0].one.iri.value, "not-same", pairs[0].other.iri.value)
    typist = Typist(["q"])
    _, shown = sit(typist)
    assert f"person 2 of {len(pairs)}" in shown
    assert "person 1 of" not in shown


def test_a_store_that_is_being_written_to_is_waited_for(
    folder: Path, sit: Callable[[Typist], tuple[int, str]]
) -> None:
    writer = open_writer(folder)

    class Patient(Typist):
        def __call__(self, prompt: str) -> str:
            if "another process" in prompt:
                writer.close()
                return ""
            return super().__call__(prompt)

    judged, _ = sit(Patient(["u", "later", "q"]))
    assert judged == 1
    assert verdicts(folder) == [("unsure", "later")]
