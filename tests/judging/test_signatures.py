"""Judgements of signatures: what stands, what the history says, and that they can be undone."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, Triple

from judging.stores import judge, knowledge, put, take_out, values
from making import Said, article
from undersigned import terms as t
from undersigned.assembly.assemble import assemble_from_scratch
from undersigned.assembly.signature_judgements import (
    JUDGED_STATUSES,
    SignatureJudgement,
    standing_status,
)
from undersigned.checking.dataset_check import check_dataset
from undersigned.claims import SignatureStatus
from undersigned.errors import EntityAmbiguous, JudgementInvalid, JudgementNotFound
from undersigned.judging.register import revoke
from undersigned.project import find_project
from undersigned.questions.ask import ask
from undersigned.questions.binding import bind
from undersigned.questions.saved_query import get_saved_query
from undersigned.store.base import select
from undersigned.store.embedded import EmbeddedWriter, memory_store

QUERIES = Path(__file__).parents[2] / "queries"
STATUS = "SELECT ?n ?s { ?x us:namedSignatory/us:name ?n ; us:status ?s } ORDER BY ?n"
SIGNED = "SELECT ?n { ?p us:signed ?l ; us:name ?n } ORDER BY ?n"
BEES = "Letter on Bees"


@pytest.fixture
def store() -> EmbeddedWriter:
    """Two articles on one letter, a month apart; Ann Poe is in both, Bob Roe in the first."""
    store = memory_store()
    put(
        store,
        article(
            "a", Said(signers=("Ann Poe", "Bob Roe"), letter_name=BEES), published="2025-03-01"
        ),
        article("b", Said(signers=("Ann Poe",), letter_name=BEES), published="2025-03-20"),
    )
    return store


def statuses(store: EmbeddedWriter) -> dict[str, str]:
    return {name: status.rsplit("-", 1)[1] for name, status in values(store, STATUS)}


@pytest.mark.parametrize("word", ["withdrawn", "denied", "forged"])
def test_a_judged_signature_falls_and_its_history_is_kept(store: EmbeddedWriter, word: str) -> None:
    judge(store, "Ann Poe", word, BEES, day="2025-04-02", url="https://news.example/ann")
    assert statuses(store) == {"Ann Poe": word, "Bob Roe": "reported"}
    assert values(store, SIGNED) == [("Bob Roe",)]
    query = get_saved_query(QUERIES, "signature-history")
    rows = ask(store, query, {"person": "Ann Poe"}).rows
    history = [tuple(str(getattr(cell, "value", "")) for cell in row.cells[:4]) for row in rows]
    assert history == [
        ("2025-03-01", "reported", "stated", "a"),
        ("2025-03-20", "reported", "stated", "b"),
        ("2025-04-02", word, "stated", "judgement: https://news.example/ann"),
    ]


def test_undoing_gives_the_same_knowledge_graph_as_before(store: EmbeddedWriter) -> None:
    before = knowledge(store)
    done = judge(store, "Ann Poe", "withdrawn", BEES, day="2025-04-02")
    assert knowledge(store) != before
    revoke(store, [done.records[0].iri.value], judge="A. Reader", reason="misread")
    assert knowledge(store) == before
    assert values(store, "SELECT ?r { GRAPH ?g { ?j us:revocationReason ?r } }") == [("misread",)]


def test_judgements_make_the_same_graph_from_scratch(store: EmbeddedWriter) -> None:
    judge(store, "Ann Poe", "withdrawn", BEES, day="2025-04-02")
    step_by_step = knowledge(store)
    assemble_from_scratch(store)
    assert knowledge(store) == step_by_step


def test_a_judged_graph_keeps_shapes_and_violation_queries(store: EmbeddedWriter) -> None:
    judge(store, "Ann Poe", "forged", BEES, day="2025-04-02", url="https://news.example/ann")
    judge(store, "Ann Poe", "unsure", "Bob Roe", reason="one hand")
    judge(store, "Ann Poe", "same", "http://data.example/Q1")
    report = check_dataset(store, find_project(None))
    assert [finding for step in report.steps for finding in step.findings] == []


def test_a_judgement_that_is_not_whole_is_found_by_the_shapes(store: EmbeddedWriter) -> None:
    torn = store.iris.entity("judgement", "torn")
    store.replace_graphs({store.iris.judgements: {Triple(torn, t.RDF_TYPE, t.IDENTITY_JUDGEMENT)}})
    report = check_dataset(store, find_project(None))
    found = {finding.where for step in report.steps for finding in step.findings}
    assert found == {torn.value}


def test_a_judgement_outlives_the_removal_of_one_of_its_sources(store: EmbeddedWriter) -> None:
    judge(store, "Ann Poe", "denied", BEES, day="2025-04-02")
    take_out(store, "a")
    assert statuses(store) == {"Ann Poe": "denied"}


def test_a_judgement_rests_while_no_source_tells_of_the_signature(store: EmbeddedWriter) -> None:
    judge(store, "Bob Roe", "denied", BEES, day="2025-04-02")
    corrected = article("a", Said(signers=("Ann Poe",), letter_name=BEES), published="2025-03-01")
    put(store, corrected)
    assert statuses(store) == {"Ann Poe": "reported"}
    assert values(store, "SELECT ?e { ?e us:decidedBy ?j }") == []
    again = Said(signers=("Ann Poe", "Bob Roe"), letter_name=BEES)
    put(store, article("a", again, published="2025-03-01"))
    assert statuses(store)["Bob Roe"] == "denied"


def test_a_judgement_settles_what_was_said_up_to_its_day_and_not_what_comes_later(
    store: EmbeddedWriter,
) -> None:
    put(store, article("c", Said(declined=("Ann Poe",), letter_name=BEES), published="2025-03-25"))
    assert statuses(store)["Ann Poe"] == "declined"
    judge(store, "Ann Poe", "confirmed", BEES, day="2025-03-25")
    assert statuses(store)["Ann Poe"] == "confirmed"
    assert ("Ann Poe",) in values(store, SIGNED)
    put(store, article("d", Said(declined=("Ann Poe",), letter_name=BEES), published="2025-03-29"))
    assert statuses(store)["Ann Poe"] == "declined"


def test_of_two_judgements_on_one_day_the_later_holds(store: EmbeddedWriter) -> None:
    judge(store, "Ann Poe", "forged", BEES, day="2025-04-02")
    done = judge(store, "Ann Poe", "confirmed", BEES, day="2025-04-02")
    assert statuses(store)["Ann Poe"] == "confirmed"
    revoke(store, [done.records[0].iri.value], judge="A. Reader")
    assert statuses(store)["Ann Poe"] == "forged"


def test_the_same_judgement_again_changes_nothing(store: EmbeddedWriter) -> None:
    first = judge(store, "Ann Poe", "forged", BEES, day="2025-04-02")
    again = judge(store, "Ann Poe", "forged", BEES, day="2025-04-02")
    assert again.records == first.records
    assert again.assembled is None


def test_only_signatures_that_a_source_tells_of_are_judged(store: EmbeddedWriter) -> None:
    put(store, article("e", Said(signers=("Cy Moe",), letter_name="Letter on Wells")))
    with pytest.raises(JudgementNotFound, match="no signature of 'Cy Moe' under 'Letter on Bees"):
        judge(store, "Cy Moe", "confirmed", BEES)
    with pytest.raises(JudgementInvalid, match="'Bob Roe' is a person; a signature stands"):
        judge(store, "Ann Poe", "confirmed", "Bob Roe")
    with pytest.raises(JudgementInvalid, match="date 'May': expected a day as 2025-03-21"):
        judge(store, "Ann Poe", "confirmed", BEES, day="May")
    with pytest.raises(JudgementInvalid, match="address 'news': expected one as"):
        judge(store, "Ann Poe", "confirmed", BEES, url="news")


def test_a_letter_is_found_by_its_addressee_although_a_body_has_the_name(
    store: EmbeddedWriter,
) -> None:
    said = Said(
        signers=("Cy Moe",), addressee="Hartley Town Council", letter_name="Letter on Wells"
    )
    put(store, article("e", said))
    judge(store, "Cy Moe", "withdrawn", "Hartley Town Council", day="2025-04-02")
    assert statuses(store)["Cy Moe"] == "withdrawn"
    with pytest.raises(JudgementInvalid, match="'Hartley Town Council' is an organization and"):
        judge(store, "Hartley Town Council", "same", "Cy Moe")


def test_of_several_people_of_a_name_the_one_who_signed_the_letter_is_meant(
    store: EmbeddedWriter,
) -> None:
    for source_id, letter in (("x", "Letter on Wells"), ("y", "Letter on Roads")):
        put(store, article(source_id, Said(signers=("James Smith",), letter_name=letter)))
    smiths = values(store, "SELECT ?p { ?p a us:Person ; us:name 'James Smith' }")
    assert len(smiths) == 2
    judge(store, "James Smith", "withdrawn", "Letter on Roads", day="2025-04-02")
    fallen = values(
        store,
        "SELECT ?l { ?s us:status us:status-withdrawn ; us:signedLetter/rdfs:label ?l }",
    )
    assert fallen == [("Letter on Roads (March 2025)",)]
    with pytest.raises(EntityAmbiguous):
        judge(store, "James Smith", "withdrawn", BEES, day="2025-04-02")


FIRST = date(2025, 1, 1)
THAT_DAY = 3
DAYS = st.integers(0, 6)
SAID = st.lists(st.tuples(DAYS, st.sampled_from(sorted(SignatureStatus))), min_size=1, max_size=6)
JUDGED = st.dictionaries(DAYS, st.sampled_from(JUDGED_STATUSES), max_size=3)


def day_of(number: int) -> str:
    return (FIRST + timedelta(days=number)).isoformat()


@pytest.fixture(scope="module")
def status_that_day() -> str:
    """The saved query, asked for the day."""
    query = get_saved_query(QUERIES, "status-on-date")
    return bind(query, {"date": Literal(day_of(THAT_DAY), datatype=NamedNode(t.XSD + "date"))})


@settings(deadline=None)
@given(said=SAID, judged=JUDGED)
def test_the_status_on_a_day_is_what_assembly_would_have_said_then(
    status_that_day: str,
    said: list[tuple[int, SignatureStatus]],
    judged: dict[int, SignatureStatus],
) -> None:
    expected = standing_status(
        [(day_of(day), t.concept("status", status)) for day, status in said if day <= THAT_DAY],
        [
            SignatureJudgement(signatories=(), letters=(), status=status, day=day_of(day))
            for day, status in sorted(judged.items())
            if day <= THAT_DAY
        ],
    )
    rows = list(select(history(said, judged), status_that_day))
    found = [str(getattr(row["status"], "value", "")) for row in rows]
    assert found == ([] if expected is None else [expected.value.rsplit("-", 1)[1]])


def history(
    said: list[tuple[int, SignatureStatus]], judged: dict[int, SignatureStatus]
) -> EmbeddedWriter:
    """A store with one signature and these steps of its history."""
    store = memory_store()
    graph, entity = store.iris.knowledge, store.iris.entity
    signature, person, letter = (
        entity("signature", "s"), entity("person", "p"), entity("letter", "l")
    )  # fmt: skip
    quads = [
        Quad(signature, t.NAMED_SIGNATORY, person, graph),
        Quad(signature, t.SIGNED_LETTER, letter, graph),
        Quad(person, t.RDFS_LABEL, Literal("Ann Poe"), graph),
        Quad(letter, t.RDFS_LABEL, Literal(BEES), graph),
    ]
    steps = [(day, status, False) for day, status in said]
    steps += [(day, status, True) for day, status in judged.items()]
    for number, (day, status, decided) in enumerate(steps):
        event = entity("event", str(number))
        on = Literal(day_of(day), datatype=NamedNode(t.XSD + "date"))
        quads += [
            Quad(signature, t.HAS_STATUS_EVENT, event, graph),
            Quad(event, t.STATUS, t.concept("status", status), graph),
            Quad(event, t.STATED_ON, on, graph),
        ]
        if decided:
            quads.append(Quad(event, t.DECIDED_BY, entity("judgement", str(number)), graph))
    return memory_store(quads)
