"""Copies of one story are one independent source, and belief counts those."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import NamedNode, Triple

from making import Said, article
from undersigned import terms as t
from undersigned.assembly.assemble import assemble, assemble_from_scratch
from undersigned.assembly.stories import belief_of
from undersigned.evidence.records import read_source
from undersigned.evidence.writing import evidence_triples
from undersigned.store.embedded import EmbeddedWriter, memory_store

if TYPE_CHECKING:
    from undersigned.claims import Reading

WORDS = [
    "harbor",
    "lantern",
    "meadow",
    "copper",
    "river",
    "willow",
    "garden",
    "market",
    "winter",
    "island",
    "forest",
    "bridge",
]
QUOTED = "We ask that the office keep the law that has served writers well for many years"


def prose(seed: int, words: int = 400) -> str:
    """Words in an order of their own for each seed."""
    return " ".join(
        WORDS[(n * n * (seed + 3) + n * seed) % len(WORDS)] + str(n % 37) for n in range(words)
    )


def story(
    source_id: str, seed: int, day: str, *, words: int = 400, reported: bool = False
) -> Reading:
    names = ("Octavia Pemberwick",)
    said = Said(
        signers=() if reported else names,
        reported=names if reported else (),
        quotes=(QUOTED,),
        quotes_of={"Thaddeus Wimborne": prose(seed, words)},
    )
    return article(source_id, said, published=day)


def put(store: EmbeddedWriter, *readings: Reading) -> None:
    for reading in readings:
        graph = store.iris.source(reading.source.source_id)
        before = read_source(store, graph)
        store.replace_graphs({graph: evidence_triples(reading, store.iris)})
        assemble(store, {graph: before})


def take_out(store: EmbeddedWriter, source_id: str) -> None:
    graph = store.iris.source(source_id)
    before = read_source(store, graph)
    store.replace_graphs({graph: ()})
    assemble(store, {graph: before})


def signature(store: EmbeddedWriter) -> dict[NamedNode, str]:
    """What the graph says of Pemberwick's signature."""
    knowledge = store.iris.knowledge
    (found,) = store.triples(knowledge, None, t.NAMED_SIGNATORY)
    assert isinstance(found.subject, NamedNode)
    triples = store.triples(knowledge, found.subject)
    return {n.predicate: n.object.value for n in triples if not isinstance(n.object, Triple)}


def copies(store: EmbeddedWriter) -> set[tuple[str, str]]:
    found = store.triples(store.iris.knowledge, None, t.COPY_OF)
    return {(n.subject.value[-1], n.object.value[-1]) for n in found
            if isinstance(n.subject, NamedNode) and isinstance(n.object, NamedNode)}  # fmt: skip


def test_copies_count_once_and_the_first_stands_for_all() -> None:
    store = memory_store()
    put(
        store, story("b", 1, "2025-03-21"), story("c", 1, "2025-03-22"), story("d", 2, "2025-03-23")
    )
    assert copies(store) == {("c", "b")}
    found = signature(store)
    assert found[t.INDEPENDENT_SOURCES] == "2"
    assert float(found[t.BELIEF]) == pytest.approx(0.99)
    put(store, story("a", 1, "2025-03-20"))
    assert copies(store) == {("b", "a"), ("c", "a")}
    assert signature(store)[t.INDEPENDENT_SOURCES] == "2"


def test_a_copy_that_was_cut_is_still_a_copy() -> None:
    store = memory_store()
    put(store, story("a", 1, "2025-03-21"), story("b", 1, "2025-03-22", words=200))
    assert copies(store) == {("b", "a")}


def test_articles_that_quote_one_letter_are_not_copies() -> None:
    store = memory_store()
    put(store, story("a", 1, "2025-03-21"), story("b", 2, "2025-03-22"))
    assert copies(store) == set()


def test_a_hedged_source_counts_half() -> None:
    store = memory_store()
    put(store, story("a", 1, "2025-03-21", reported=True))
    assert float(signature(store)[t.BELIEF]) == pytest.approx(0.45)


def test_without_the_first_the_next_stands_for_the_story() -> None:
    store = memory_store()
    put(store, *(story(source, 1, f"2025-03-2{n}") for n, source in enumerate("abc")))
    take_out(store, "a")
    assert copies(store) == {("c", "b")}
    assert signature(store)[t.INDEPENDENT_SOURCES] == "1"


def test_belief_grows_with_each_source_and_is_never_sure() -> None:
    sources = [NamedNode(f"https://example.org/{n}") for n in range(9)]
    beliefs = [belief_of(dict.fromkeys(sources[:n], 0.9)) for n in range(10)]
    assert beliefs[0] == 0
    assert beliefs == sorted(beliefs)
    assert beliefs[-1] < 1


stories = st.builds(
    story,
    st.sampled_from("abcde"),
    st.integers(1, 2),
    st.sampled_from(["2025-03-20", "2025-03-21", "2025-03-22"]),
    words=st.sampled_from([120, 400]),
)


@settings(max_examples=40, deadline=None)
@given(steps=st.lists(stories, min_size=1, max_size=6), data=st.data())
def test_stories_in_any_order_give_the_graph_from_scratch(
    steps: list[Reading], data: st.DataObject
) -> None:
    grown, scratch = memory_store(), memory_store()
    put(grown, *steps)
    latest = {reading.source.source_id: reading for reading in steps}
    gone = data.draw(st.sampled_from([None, *latest]))
    if gone is not None:
        take_out(grown, gone)
        del latest[gone]
    for reading in latest.values():
        graph = scratch.iris.source(reading.source.source_id)
        scratch.replace_graphs({graph: evidence_triples(reading, scratch.iris)})
    assemble_from_scratch(scratch)
    assert set(grown.triples(grown.iris.knowledge)) == set(scratch.triples(scratch.iris.knowledge))
