"""Stores of articles made by hand, for tests of judging."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import NamedNode, Triple

from undersigned import terms as t
from undersigned.assembly.assemble import assemble
from undersigned.evidence.records import read_source
from undersigned.evidence.writing import evidence_triples
from undersigned.judging.decisions import Saying, judgements_of
from undersigned.judging.register import new_records, register
from undersigned.store.base import select

if TYPE_CHECKING:
    from undersigned.claims import Reading
    from undersigned.judging.register import Registered
    from undersigned.store.base import GraphReader, GraphWriter


def put(store: GraphWriter, *readings: Reading) -> None:
    """Loads readings in one step, as a load of several sources does."""
    before = {}
    for reading in readings:
        graph = store.iris.source(reading.source.source_id)
        before[graph] = read_source(store, graph)
        store.replace_graphs({graph: evidence_triples(reading, store.iris)})
    assemble(store, before)
    store.publish()


def take_out(store: GraphWriter, source_id: str) -> None:
    graph = store.iris.source(source_id)
    before = read_source(store, graph)
    store.replace_graphs({graph: ()})
    assemble(store, {graph: before})


def judge(store: GraphWriter, one: str, word: str, other: str, **more: str) -> Registered:
    saying = Saying(one=one, word=word, other=other, judge="A. Reader", **more)
    return register(store, new_records(store, judgements_of(store, saying)))


def knowledge(store: GraphReader) -> set[Triple]:
    return set(store.triples(store.iris.knowledge))


def values(store: GraphReader, query: str) -> list[tuple[str, ...]]:
    prefixed = f"PREFIX us: <{t.US}> PREFIX rdfs: <{t.RDFS}> {query}"
    return [
        tuple(str(getattr(term, "value", "")) for term in row) for row in select(store, prefixed)
    ]


def local(store: GraphReader, source_id: str, name: str) -> NamedNode:
    """The local entity of this name in a source."""
    graph = store.iris.source(source_id)
    [found] = {
        n.subject
        for n in store.triples(graph, None, t.NAME)
        if isinstance(n.subject, NamedNode)
        and getattr(n.object, "value", "") == name
        and "#claim-" not in n.subject.value
    }
    return found
