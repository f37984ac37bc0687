"""Assembly over readings made by hand: fusion, status, and the same graph whatever the order."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import NamedNode, Triple

from making import Said, article
from undersigned import terms as t
from undersigned.assembly.assemble import assemble, assemble_from_scratch
from undersigned.assembly.letters import may_reach
from undersigned.evidence.records import read_source
from undersigned.evidence.writing import evidence_triples
from undersigned.store.base import select
from undersigned.store.embedded import EmbeddedWriter, memory_store

if TYPE_CHECKING:
    from collections.abc import Iterable

    from undersigned.claims import Reading

SENTENCE = "We ask that the office keep the law that has served writers well for many years"


def put(store: EmbeddedWriter, *readings: Reading) -> None:
    """Loads readings in one step, as a load of several sources does."""
    before = {}
    for reading in readings:
        graph = store.iris.source(reading.source.source_id)
        before[graph] = read_source(store, graph)
        store.replace_graphs({graph: evidence_triples(reading, store.iris)})
    assemble(store, before)


def take_out(store: EmbeddedWriter, source_id: str) -> None:
    graph = store.iris.source(source_id)
    before = read_source(store, graph)
    store.replace_graphs({graph: ()})
    assemble(store, {graph: before})


def knowledge(store: EmbeddedWriter) -> set[Triple]:
    return set(store.triples(store.iris.knowledge))


def values(store: EmbeddedWriter, query: str) -> list[tuple[str, ...]]:
    prefixed = f"PREFIX us: <{t.US}> PREFIX rdfs: <{t.RDFS}> {query}"
    return [tuple(term.value for term in row) for row in select(store, prefixed)]


SIGNERS = "SELECT ?n { ?s us:signatory ?p ; us:signedLetter ?l . ?p us:name ?n } ORDER BY ?n"
LETTERS = "SELECT ?l { ?l a us:Letter } ORDER BY ?l"


def test_letters_that_quote_the_same_words_are_one() -> None:
    store = memory_store()
    put(store, article("a", Said(signers=("Ann Poe",), quotes=(SENTENCE,))))
    put(store, article("b", Said(signers=("Bob Roe",), quotes=(f"{SENTENCE}, all of them",))))
    assert values(store, LETTERS) == [(f"{store.iris.base}letter/a/open-letter",)]
    assert values(store, SIGNERS) == [("Ann Poe",), ("Bob Roe",)]


def test_letters_with_nothing_in_common_stay_apart() -> None:
    store = memory_store()
    put(store, article("a", Said(signers=("Ann Poe",))), article("b", Said(signers=("Bob Roe",))))
    assert len(values(store, LETTERS)) == 2


def test_one_signatory_and_a_near_date_do_not_make_one_letter() -> None:
    store = memory_store()
    put(store, article("a", Said(signers=("Ann Poe",))), article("b", Said(signers=("Ann Poe",))))
    assert len(values(store, LETTERS)) == 2


def test_addressee_and_signatories_make_one_letter_only_when_near_in_time() -> None:
    said = Said(signers=("Ann Poe", "Bob Roe"), addressee="Office of Books")
    near, far = memory_store(), memory_store()
    put(near, article("a", said), article("b", said, published="2025-04-02"))
    put(far, article("a", said), article("b", said, published="2026-03-21"))
    assert (len(values(near, LETTERS)), len(values(far, LETTERS))) == (1, 2)


@pytest.mark.parametrize(("common", "letters"), [(3, 1), (2, 2)])
def test_lists_that_are_alike_make_one_letter(common: int, letters: int) -> None:
    names = [f"Ann Poe{chr(ord('a') + n)}" for n in range(8)]
    store = memory_store()
    put(store, article("a", Said(signers=tuple(names[:4]))))
    put(store, article("b", Said(signers=tuple(names[4 - common :][:5]))))
    assert len(values(store, LETTERS)) == letters


def test_a_set_phrase_in_common_does_not_make_one_letter() -> None:
    phrase = "We, the undersigned, call on the government of the day to"
    store = memory_store()
    put(store, article("a", Said(quotes=(f"{phrase} open the harbour that it has closed again",))))
    put(store, article("b", Said(quotes=(f"{phrase} plant ten trees for every one it has cut",))))
    assert len(values(store, LETTERS)) == 2


def test_a_person_known_by_one_word_is_not_merged() -> None:
    store = memory_store()
    put(store, article("a", Said(signers=("digit",))), article("b", Said(signers=("digit",))))
    people = values(store, "SELECT ?p { ?p a us:Person } ORDER BY ?p")
    assert len(people) == 2


def test_a_hedged_signature_is_stated_once_a_source_states_it() -> None:
    store = memory_store()
    ask = "SELECT ?c { ?s us:namedSignatory ?p ; us:certainty ?c . ?p us:name 'Cy Moe' }"
    put(store, article("a", Said(reported=("Cy Moe",), quotes=(SENTENCE,))))
    assert values(store, ask) == [(f"{t.US}certainty-reported",)]
    put(store, article("b", Said(signers=("Cy Moe",), quotes=(SENTENCE,))))
    assert values(store, ask) == [(f"{t.US}certainty-stated",)]


def test_who_declined_is_named_and_has_not_signed() -> None:
    store = memory_store()
    put(store, article("a", Said(signers=("Ann Poe",), declined=("Di Foe",))))
    assert values(store, SIGNERS) == [("Ann Poe",)]
    ask = "SELECT ?n { ?s us:namedSignatory ?p ; us:status us:status-declined . ?p us:name ?n }"
    assert values(store, ask) == [("Di Foe",)]
    assert values(store, "SELECT ?n { ?p us:signed ?l ; us:name ?n }") == [("Ann Poe",)]


def test_conflicting_counts_stand_side_by_side_with_their_sources() -> None:
    store = memory_store()
    put(
        store,
        article("a", Said(over=400, quotes=(SENTENCE,))),
        article("b", Said(over=420, quotes=(SENTENCE,))),
    )
    ask = "SELECT ?n ?w { ?l us:hasClaimedCount ?c . ?c us:number ?n ; us:saidIn ?w } ORDER BY ?n"
    assert [row[0] for row in values(store, ask)] == ["400", "420"]
    assert {row[1] for row in values(store, ask)} == {
        f"{store.iris.base}source/a",
        f"{store.iris.base}source/b",
    }


def test_one_quotation_in_two_outlets_is_one_statement_with_a_variant() -> None:
    store = memory_store()
    put(
        store,
        article("a", Said(quotes_of={"Ann Poe": SENTENCE})),
        article("b", Said(quotes_of={"Ann Poe": SENTENCE.replace("many years", "years")})),
    )
    assert len(values(store, "SELECT ?s { ?s a us:Statement }")) == 1
    assert values(store, "SELECT ?v { ?s us:variant ?v }") == [
        (f"“{SENTENCE.replace('many years', 'years')}”",)
    ]


def test_removing_a_source_takes_back_what_rested_on_it_alone() -> None:
    store = memory_store()
    first = article("a", Said(signers=("Ann Poe", "Bob Roe"), quotes=(SENTENCE,)))
    put(store, first)
    alone = knowledge(store)
    put(store, article("b", Said(signers=("Bob Roe", "Cy Moe"), quotes=(SENTENCE,))))
    assert values(store, SIGNERS) == [("Ann Poe",), ("Bob Roe",), ("Cy Moe",)]
    take_out(store, "b")
    assert knowledge(store) == alone


def test_a_letter_that_gets_an_earlier_source_leaves_a_redirect() -> None:
    store = memory_store()
    put(store, article("b", Said(quotes=(SENTENCE,)), published="2025-03-22"))
    put(store, article("a", Said(quotes=(SENTENCE,)), published="2025-03-21"))
    old = NamedNode(f"{store.iris.base}letter/b/open-letter")
    (redirect,) = store.triples(store.iris.runs, old, t.DCTERMS_IS_REPLACED_BY)
    assert redirect.object == NamedNode(f"{store.iris.base}letter/a/open-letter")
    take_out(store, "a")
    assert not list(store.triples(store.iris.runs, old, t.DCTERMS_IS_REPLACED_BY))


def redirects(store: EmbeddedWriter) -> set[Triple]:
    return set(store.triples(store.iris.runs, None, t.DCTERMS_IS_REPLACED_BY))


def test_a_redirect_goes_when_nothing_is_left_at_its_end() -> None:
    store = memory_store()
    for source_id, day in (("c", "23"), ("b", "22"), ("a", "21")):
        put(store, article(source_id, Said(quotes=(SENTENCE,)), published=f"2025-03-{day}"))
    assert len(redirects(store)) == 2
    for source_id in "cba":
        take_out(store, source_id)
    assert redirects(store) == set()
    assert knowledge(store) == set()


def test_assembly_from_scratch_leaves_the_redirects_that_a_step_would_have_left() -> None:
    store = memory_store()
    put(store, article("b", Said(quotes=(SENTENCE,)), published="2025-03-22"))
    earlier = article("a", Said(quotes=(SENTENCE,)), published="2025-03-21")
    graph = store.iris.source("a")
    store.replace_graphs({graph: evidence_triples(earlier, store.iris)})
    assemble_from_scratch(store)
    (redirect,) = redirects(store)
    assert redirect.object == NamedNode(f"{store.iris.base}letter/a/open-letter")


def test_a_short_quotation_is_found_in_a_longer_one_where_a_signatory_is_in_common() -> None:
    store = memory_store()
    fragment = " ".join(SENTENCE.split()[4:12])
    put(store, article("a", Said(signers=("Ann Poe",), quotes=(SENTENCE,))))
    put(store, article("b", Said(signers=("Ann Poe",), quotes=(fragment,))))
    assert len(values(store, LETTERS)) == 1


@pytest.mark.parametrize(
    ("keys", "reaches"),
    [
        ({"letter-name:on books"}, True),
        ({"quotation:0a1b2c3d"}, True),
        ({"letter-signatory:person:ann poe:2025-03"}, False),
        (
            {"letter-signatory:person:ann poe:2025-03", "letter-signatory:person:ann poe:2025-04"},
            False,
        ),
        ({"letter-addressee:organization:office:2025-03"}, False),
        (
            {
                "letter-addressee:organization:office:2025-03",
                "letter-signatory:person:ann poe:2025-03",
            },
            True,
        ),
        ({f"letter-signatory:person:ann poe{n}:2025-03" for n in "abc"}, True),
    ],
)
def test_keys_that_can_not_make_one_letter_of_two_are_known(keys: set[str], reaches: bool) -> None:
    assert may_reach(keys) is reaches


def test_two_letters_of_one_source_are_never_joined_through_a_third() -> None:
    store = memory_store()
    other = "They reject everything that was asked and would like the office to do nothing at all"
    put(store, article("a", Said(quotes=(SENTENCE,), counter_letter=(other,))))
    put(store, article("b", Said(quotes=(SENTENCE, other))))
    locals_ = "SELECT ?x { ?x us:identifiedAs ?l . ?l a us:Letter }"
    assert len(values(store, LETTERS)) == 2
    assert len(values(store, locals_)) == 3


NAMES = ["Ann Poe", "Bob Roe", "Cy Moe", "digit"]
QUOTES = [
    SENTENCE,
    SENTENCE.replace("office", "court"),
    "Nobody should have to ask twice for what was theirs from the very start of it",
]


@st.composite
def readings(draw: st.DrawFn) -> Reading:
    names = st.lists(st.sampled_from(NAMES), max_size=3, unique=True).map(tuple)
    said = Said(
        signers=draw(names),
        reported=draw(names),
        addressee=draw(st.sampled_from([None, "Office of Books"])),
        over=draw(st.sampled_from([None, 400, 420])),
        quotes=draw(st.lists(st.sampled_from(QUOTES), max_size=2, unique=True).map(tuple)),
        counter_letter=draw(st.lists(st.sampled_from(QUOTES), max_size=1).map(tuple)),
        quotes_of=draw(st.dictionaries(st.sampled_from(NAMES), st.sampled_from(QUOTES))),
        letter_name=draw(st.sampled_from([None, "A Letter on Books and Their Makers"])),
    )
    return article(
        draw(st.sampled_from("abcdef")),
        said,
        published=draw(st.sampled_from(["2025-03-21", "2025-03-25", "2025-12-01", None])),
    )


def latest(steps: Iterable[Reading]) -> dict[str, Reading]:
    return {reading.source.source_id: reading for reading in steps}


@settings(max_examples=80, deadline=None)
@given(steps=st.lists(readings(), min_size=1, max_size=7), data=st.data())
def test_any_order_and_any_steps_give_the_graph_from_scratch(
    steps: list[Reading], data: st.DataObject
) -> None:
    grown = memory_store()
    for reading in steps:
        put(grown, reading)
    removed = data.draw(st.sampled_from([None, *latest(steps)]))
    kept = latest(steps)
    if removed is not None:
        take_out(grown, removed)
        del kept[removed]
    scratch = memory_store()
    for reading in data.draw(st.permutations(list(kept.values()))):
        graph = scratch.iris.source(reading.source.source_id)
        scratch.replace_graphs({graph: evidence_triples(reading, scratch.iris)})
    assemble_from_scratch(scratch)
    assert knowledge(grown) == knowledge(scratch)


def test_from_scratch_over_an_existing_graph_changes_nothing() -> None:
    store = memory_store()
    put(
        store,
        article("a", Said(signers=("Ann Poe",), quotes=(SENTENCE,), roles={"Ann Poe": "poet"})),
    )
    before = knowledge(store)
    report = assemble_from_scratch(store)
    assert (report.added, report.removed) == (0, 0)
    assert knowledge(store) == before


@pytest.mark.parametrize("name", ["Ана По", "安娜", "Ann Poe " * 20])
def test_any_name_gives_a_readable_iri(name: str) -> None:
    store = memory_store()
    put(store, article("a", Said(signers=(name.strip(),))))
    ((iri,),) = values(store, "SELECT ?p { ?p a us:Person }")
    assert iri.isascii()
    assert len(iri) < 160
