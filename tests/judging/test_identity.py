"""Judgements of identity, end to end: merged at once, redirected, told apart, and undone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pyoxigraph import NamedNode, Triple

from judging.stores import judge, knowledge, local, put, values
from making import Said, article
from undersigned import terms as t
from undersigned.assembly.assemble import assemble_from_scratch
from undersigned.errors import (
    EntityAmbiguous,
    EntityNotFound,
    JudgementInvalid,
    JudgementNotFound,
)
from undersigned.judging.register import register, revoke
from undersigned.questions.lookup import EntityType, get_entity
from undersigned.store.embedded import EmbeddedWriter, memory_store

if TYPE_CHECKING:
    from undersigned.store.base import GraphReader

WORDS = "We ask that the office keep the law that has served writers well for many years"
PEOPLE = "SELECT DISTINCT ?p { ?p a us:Person ; us:name 'digit' } ORDER BY ?p"


@pytest.fixture
def store() -> EmbeddedWriter:
    """A handle on two letters, which no evidence joins; two letters; a sentence said twice."""
    store = memory_store()
    put(
        store,
        article(
            "a",
            Said(signers=("digit",), letter_name="Letter on Bees", quotes_of={"Ann Poe": WORDS}),
            published="2025-03-01",
        ),
        article(
            "b",
            Said(
                signers=("digit",),
                letter_name="Letter on Wells",
                quotes_of={"Ann Poe": "I have nothing to add, and no more to say about bees"},
            ),
            published="2025-05-01",
        ),
    )
    return store


def both(store: GraphReader, name: str) -> tuple[str, str]:
    return local(store, "a", name).value, local(store, "b", name).value


def test_two_judged_the_same_are_one_and_the_old_iri_leads_there(store: EmbeddedWriter) -> None:
    before = [row[0] for row in values(store, PEOPLE)]
    assert len(before) == 2
    done = judge(store, *_around(both(store, "digit"), "same"), reason="the same avatar")
    [[now]] = values(store, PEOPLE)
    assert values(store, "SELECT ?l { ?p us:name 'digit' ; us:signed ?l } ORDER BY ?l") == [
        (f"{store.iris.base}letter/a/open-letter",),
        (f"{store.iris.base}letter/b/open-letter",),
    ]
    for old in before:
        assert get_entity(store, old, EntityType.PERSON).iri == NamedNode(now)
    assert done.assembled is not None
    assert {old.value for old in done.assembled.redirects} == {*before} - {now}


def test_undoing_a_merge_gives_the_same_graph_as_before(store: EmbeddedWriter) -> None:
    before = knowledge(store)
    done = judge(store, *_around(both(store, "digit"), "same"))
    assert knowledge(store) != before
    revoke(store, [done.records[0].iri.value], judge="A. Reader")
    assert knowledge(store) == before
    assert not list(store.triples(store.iris.runs, None, t.DCTERMS_IS_REPLACED_BY))


def test_a_judged_graph_is_the_same_from_scratch(store: EmbeddedWriter) -> None:
    judge(store, *_around(both(store, "digit"), "same"))
    step_by_step = knowledge(store)
    assemble_from_scratch(store)
    assert knowledge(store) == step_by_step


def test_a_later_verdict_overrules_an_earlier_one_until_it_is_undone(
    store: EmbeddedWriter,
) -> None:
    judge(store, *_around(both(store, "digit"), "same"))
    done = judge(store, *_around(both(store, "digit"), "not-same"))
    assert len(values(store, PEOPLE)) == 2
    revoke(store, [done.records[0].iri.value], judge="A. Reader")
    assert len(values(store, PEOPLE)) == 1


def test_an_entity_is_taken_apart_by_two_of_its_sources(store: EmbeddedWriter) -> None:
    mayors = Said(signers=("Olga Brandt-Szymańska",), quotes=(WORDS,))
    put(store, article("c", mayors), article("d", mayors, published="2025-03-22"))
    name = "Olga Brandt-Szymańska"
    ask = f"SELECT ?p {{ ?p a us:Person ; us:name '{name}' }}"
    assert len(values(store, ask)) == 1
    with pytest.raises(JudgementInvalid, match=r"to take it apart, name two of what it is known"):
        judge(store, name, "not-same", name)
    one, other = local(store, "c", name).value, local(store, "d", name).value
    judge(store, one, "not-same", other, reason="mother and daughter")
    assert len(values(store, ask)) == 2


def test_letters_are_judged_too(store: EmbeddedWriter) -> None:
    judge(store, "Letter on Bees", "same", "Letter on Wells")
    assert len(values(store, "SELECT ?l { ?l a us:Letter }")) == 1


def test_statements_are_judged_too(store: EmbeddedWriter) -> None:
    before = knowledge(store)
    said = [row[0] for row in values(store, "SELECT ?s { ?s a us:Statement } ORDER BY ?s")]
    assert len(said) == 2
    done = judge(store, said[0], "same", said[1])
    assert len(values(store, "SELECT ?s { ?s a us:Statement }")) == 1
    step_by_step = knowledge(store)
    assemble_from_scratch(store)
    assert knowledge(store) == step_by_step
    revoke(store, [record.iri.value for record in done.records], judge="A. Reader")
    assert knowledge(store) == before


def test_statements_of_the_same_words_can_be_told_apart(store: EmbeddedWriter) -> None:
    again = Said(quotes_of={"Ann Poe": WORDS})
    put(store, article("c", again, published="2027-01-01"))
    ask = "SELECT ?s { ?s a us:Statement ; us:words ?w FILTER(CONTAINS(?w, 'keep the law')) }"
    [[statement]] = values(store, ask)
    claims = [row[0] for row in values(store, f"SELECT ?c {{ <{statement}> us:supportedBy ?c }}")]
    judge(store, claims[0], "not-same", claims[1], reason="two speeches")
    assert len(values(store, ask)) == 2
    step_by_step = knowledge(store)
    assemble_from_scratch(store)
    assert knowledge(store) == step_by_step


def test_statements_of_two_people_are_not_one(store: EmbeddedWriter) -> None:
    put(store, article("c", Said(quotes_of={"Bob Roe": WORDS})))
    ask = "SELECT ?s { ?s us:words ?w FILTER(CONTAINS(?w, 'keep the law')) } ORDER BY ?s"
    [[one], [other]] = values(store, ask)
    with pytest.raises(JudgementInvalid, match="judge the speakers first"):
        judge(store, one, "same", other)


def test_unsure_changes_nothing_in_the_graph(store: EmbeddedWriter) -> None:
    before = knowledge(store)
    judge(store, *_around(both(store, "digit"), "unsure"))
    assert knowledge(store) == before


def test_names_that_say_too_little_are_refused(store: EmbeddedWriter) -> None:
    with pytest.raises(EntityAmbiguous, match="may be each of these"):
        judge(store, "digit", "same", "Ann Poe")
    with pytest.raises(EntityNotFound, match="did you mean 'Ann Poe'"):
        judge(store, "Ann", "same", local(store, "a", "digit").value)
    with pytest.raises(JudgementInvalid, match="is a person and 'Letter on Bees"):
        judge(store, "Ann Poe", "same", "Letter on Bees")
    with pytest.raises(JudgementInvalid, match="was named twice"):
        judge(store, *_around((both(store, "digit")[0],) * 2, "same"))
    with pytest.raises(JudgementInvalid, match="'same-ish' is no judgement; did you mean 'same'"):
        judge(store, *_around(both(store, "digit"), "same-ish"))
    with pytest.raises(JudgementInvalid, match="a date or address goes with confirmed"):
        judge(store, *_around(both(store, "digit"), "same"), day="2025-03-01")
    with pytest.raises(JudgementInvalid, match="is a source"):
        judge(store, "source/a", "same", "source/b")


def test_only_judgements_that_stand_are_undone(store: EmbeddedWriter) -> None:
    done = judge(store, *_around(both(store, "digit"), "same"))
    iri = done.records[0].iri.value
    revoke(store, [iri.removeprefix(store.iris.base)], judge="A. Reader")
    with pytest.raises(JudgementNotFound, match="was taken back on"):
        revoke(store, [iri], judge="A. Reader")
    for wrong in ("judgement/none", "no IRI at all", ""):
        with pytest.raises(JudgementNotFound, match="no judgement"):
            revoke(store, [wrong], judge="A. Reader")


def test_a_judgement_cut_short_is_assembled_by_the_next(store: EmbeddedWriter) -> None:
    before = knowledge(store)
    done = judge(store, "Letter on Bees", "same", "Letter on Wells")
    expected = knowledge(store)
    # As if it had been cut short: the judgement and the mark are there, the old graph still stands.
    mark = Triple(store.iris.knowledge, t.RDF_TYPE, t.PROV_ACTIVITY)
    store.replace_graphs({store.iris.knowledge: before, store.iris.pending: {mark}})
    register(store, done.records)
    assert knowledge(store) == expected
    assert not list(store.triples(store.iris.pending))


def _around(pair: tuple[str, ...], word: str) -> tuple[str, str, str]:
    return pair[0], word, pair[1]
