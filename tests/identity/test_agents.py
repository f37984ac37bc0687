"""People and organizations of several sources: merged, left open, judged."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import NamedNode

from making import Said, article
from undersigned import terms as t
from undersigned.assembly.assemble import assemble, assemble_from_scratch
from undersigned.assembly.candidates import undecided_pairs
from undersigned.assembly.judgements import Judgement, Verdict, judgement_triples
from undersigned.evidence.records import read_source
from undersigned.evidence.writing import evidence_triples
from undersigned.store.embedded import EmbeddedWriter, memory_store

if TYPE_CHECKING:
    from undersigned.claims import Reading

SENTENCE = "We ask that the office keep the law that has served writers well for many years"


def put(store: EmbeddedWriter, *readings: Reading) -> None:
    for reading in readings:
        graph = store.iris.source(reading.source.source_id)
        before = read_source(store, graph)
        store.replace_graphs({graph: evidence_triples(reading, store.iris)})
        assemble(store, {graph: before})


def signed(source_id: str, *names: str, quotes: tuple[str, ...] = ()) -> Reading:
    return article(source_id, Said(signers=names, quotes=quotes))


def local(store: EmbeddedWriter, source_id: str, name: str, kind: str = "person") -> NamedNode:
    return NamedNode(
        f"{store.iris.source(source_id).value}#{kind}-{name.lower().replace(' ', '-')}"
    )


def entity(store: EmbeddedWriter, source_id: str, name: str, kind: str = "person") -> str:
    at = local(store, source_id, name, kind)
    (found,) = store.triples(store.iris.knowledge, at, t.IDENTIFIED_AS)
    assert isinstance(found.object, NamedNode)
    return found.object.value


def value(store: EmbeddedWriter, at: NamedNode, predicate: NamedNode) -> str:
    (found,) = store.triples(store.iris.knowledge, at, predicate)
    assert not isinstance(found.object, type(found))
    return found.object.value


def judge(store: EmbeddedWriter, one: NamedNode, other: NamedNode, verdict: Verdict) -> Judgement:
    judgement = Judgement(one=one, other=other, verdict=verdict, judge="A. Reader")
    triples = judgement_triples(judgement, store.iris)
    store.change_graph(store.iris.judgements, (), triples)
    assemble(store, {}, judged={one, other})
    return judgement


def take_back(store: EmbeddedWriter, judgement: Judgement) -> None:
    triples = judgement_triples(judgement, store.iris)
    store.change_graph(store.iris.judgements, triples, ())
    assemble(store, {}, judged=judgement.pair)


def pairs(store: EmbeddedWriter) -> set[tuple[str, str]]:
    return {
        (c.one.value.rsplit("/", 1)[1], c.other.value.rsplit("/", 1)[1])
        for c in undecided_pairs(store)
    }


def test_a_rare_full_name_is_one_person_and_says_why() -> None:
    store = memory_store()
    put(store, signed("a", "Octavia Pemberwick"), signed("b", "Octavia Pemberwick"))
    assert entity(store, "a", "Octavia Pemberwick") == f"{store.iris.base}person/octavia-pemberwick"
    assert entity(store, "b", "Octavia Pemberwick") == entity(store, "a", "Octavia Pemberwick")
    at = local(store, "b", "Octavia Pemberwick")
    assert value(store, at, t.IDENTITY_BASIS) == "the full name is the same"
    assert float(value(store, at, t.IDENTITY_SCORE)) > 0.99
    assert 20 < float(value(store, at, t.IDENTITY_AMOUNT)) < 31


@pytest.mark.parametrize("name", ["James Smith", "daniel", "david", "digit"])
def test_a_name_that_many_have_is_left_open(name: str) -> None:
    store = memory_store()
    put(store, signed("a", name), signed("b", name))
    assert entity(store, "a", name) != entity(store, "b", name)
    slug = name.lower().replace(" ", "-")
    assert pairs(store) == {(f"a#person-{slug}", f"b#person-{slug}")}


def test_a_name_that_many_have_on_one_letter_is_one_person_with_more_evidence() -> None:
    store = memory_store()
    put(store, signed("a", "James Smith", quotes=(SENTENCE,)))
    put(store, signed("b", "James Smith", quotes=(SENTENCE,)))
    assert entity(store, "a", "James Smith") == entity(store, "b", "James Smith")
    at = local(store, "b", "James Smith")
    assert "the same letter" in value(store, at, t.IDENTITY_BASIS)


def test_forms_of_a_name_are_one_person_where_the_letter_is_one() -> None:
    store = memory_store()
    put(store, signed("a", "William Harrow", "Mark Ruffington", quotes=(SENTENCE,)))
    put(store, signed("b", "Bill Harrow", "Mark Rufington", quotes=(SENTENCE,)))
    assert entity(store, "a", "William Harrow") == entity(store, "b", "Bill Harrow")
    assert entity(store, "a", "Mark Ruffington") == entity(store, "b", "Mark Rufington")


def test_an_initial_that_may_be_two_is_neither() -> None:
    store = memory_store()
    put(store, signed("a", "J. Harrow", quotes=(SENTENCE,)))
    put(store, signed("b", "Jane Harrow", "John Harrow", quotes=(SENTENCE,)))
    entities = {entity(store, "b", name) for name in ("Jane Harrow", "John Harrow")}
    assert entity(store, "a", "J. Harrow") not in entities
    assert len(pairs(store)) == 2


def test_an_office_is_known_by_its_short_form() -> None:
    store = memory_store()
    put(store, article("a", Said(addressee="OSTP")))
    put(store, article("b", Said(addressee="Office of Science and Technology Policy")))
    name = "Office of Science and Technology Policy"
    assert entity(store, "a", "OSTP", "organization") == entity(store, "b", name, "organization")


def test_what_is_judged_the_same_is_one_until_that_is_taken_back() -> None:
    store = memory_store()
    put(store, signed("a", "James Smith"), signed("b", "James Smith"))
    before = set(store.triples(store.iris.knowledge))
    one, other = (local(store, source, "James Smith") for source in "ab")
    old = entity(store, "b", "James Smith")
    judgement = judge(store, one, other, Verdict.SAME)
    assert entity(store, "a", "James Smith") == entity(store, "b", "James Smith") != old
    assert "judged" in value(store, other, t.IDENTITY_BASIS)
    (redirect,) = store.triples(store.iris.runs, NamedNode(old), t.DCTERMS_IS_REPLACED_BY)
    assert redirect.object == NamedNode(entity(store, "a", "James Smith"))
    assert pairs(store) == set()
    take_back(store, judgement)
    assert set(store.triples(store.iris.knowledge)) == before


def test_what_is_judged_not_the_same_is_two_until_that_is_taken_back() -> None:
    store = memory_store()
    put(store, *(signed(source, "Octavia Pemberwick") for source in "abc"))
    before = set(store.triples(store.iris.knowledge))
    one, other = (local(store, source, "Octavia Pemberwick") for source in "ac")
    judgement = judge(store, one, other, Verdict.DIFFERENT)
    entities = [entity(store, source, "Octavia Pemberwick") for source in "abc"]
    assert entities[0] == entities[1] != entities[2]
    assert entities[0] == f"{store.iris.base}person/octavia-pemberwick"
    assert pairs(store) == set()
    take_back(store, judgement)
    assert set(store.triples(store.iris.knowledge)) == before


def test_letters_can_be_judged_too() -> None:
    store = memory_store()
    put(store, signed("a", "Octavia Pemberwick"), signed("b", "Thaddeus Wimborne"))
    one, other = (NamedNode(f"{store.iris.source(s).value}#letter-open-letter") for s in "ab")
    letter = f"{store.iris.base}letter/a/open-letter"
    judgement = judge(store, one, other, Verdict.SAME)
    assert entity(store, "b", "open-letter", "letter") == letter
    take_back(store, judgement)
    assert entity(store, "b", "open-letter", "letter") != letter


def test_unsure_changes_nothing_and_is_not_asked_again() -> None:
    store = memory_store()
    put(store, signed("a", "daniel"), signed("b", "daniel"))
    before = set(store.triples(store.iris.knowledge))
    judge(store, local(store, "a", "daniel"), local(store, "b", "daniel"), Verdict.UNSURE)
    assert set(store.triples(store.iris.knowledge)) == before
    assert pairs(store) == set()


def test_the_most_even_pair_comes_first() -> None:
    store = memory_store()
    put(store, signed("a", "James Smith", "Patrick Dunne"))
    put(store, signed("b", "James Smith", "Patrick Dunne"))
    scores = [candidate.score for candidate in undecided_pairs(store)]
    assert scores == sorted(scores, key=lambda score: abs(score - 0.5))


NAMES = ["James Smith", "Jim Smith", "J. Smith", "Octavia Pemberwick", "O. Pemberwick", "digit"]


@st.composite
def readings(draw: st.DrawFn) -> Reading:
    names = draw(st.lists(st.sampled_from(NAMES), max_size=3, unique=True).map(tuple))
    said = Said(
        signers=names,
        quotes=draw(st.sampled_from([(), (SENTENCE,)])),
        addressee=draw(st.sampled_from([None, "OSTP", "City Council", "U.S. Agency of Books"])),
        roles=draw(
            st.dictionaries(st.sampled_from(NAMES), st.sampled_from(["judge", "actor"]), max_size=2)
        ),
    )
    day = draw(st.sampled_from(["2025-03-21", "2025-04-02", None]))
    return article(draw(st.sampled_from("abcde")), said, published=day)


judgements = st.tuples(
    st.sampled_from("abcde"), st.sampled_from("abcde"),
    st.sampled_from(NAMES), st.sampled_from(NAMES),
    st.sampled_from(list(Verdict)),
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(
    steps=st.lists(readings(), min_size=1, max_size=6),
    judged=st.lists(judgements, max_size=2),
    data=st.data(),
)
def test_names_and_judgements_in_any_order_give_the_graph_from_scratch(
    steps: list[Reading], judged: list[tuple[str, str, str, str, Verdict]], data: st.DataObject
) -> None:
    grown = memory_store()
    half = data.draw(st.integers(0, len(steps)))
    put(grown, *steps[:half])
    for source, its_source, name, its_name, verdict in judged:
        if source != its_source:
            judge(grown, local(grown, source, name), local(grown, its_source, its_name), verdict)
    put(grown, *steps[half:])
    latest = {reading.source.source_id: reading for reading in steps}
    scratch = memory_store()
    scratch.change_graph(scratch.iris.judgements, (), grown.triples(grown.iris.judgements))
    for reading in data.draw(st.permutations(list(latest.values()))):
        graph = scratch.iris.source(reading.source.source_id)
        scratch.replace_graphs({graph: evidence_triples(reading, scratch.iris)})
    assemble_from_scratch(scratch)
    assert set(grown.triples(grown.iris.knowledge)) == set(scratch.triples(scratch.iris.knowledge))
