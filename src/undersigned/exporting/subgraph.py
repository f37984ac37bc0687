"""A part of the graph: what concerns some letters or agents, with the words that carry it.

The part is a small dataset of its own, in memory, so that every export format writes it as it
writes the whole.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pyoxigraph import NamedNode, Quad

from undersigned import terms as t
from undersigned.store.embedded import memory_store

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pyoxigraph import Triple

    from undersigned.store.base import GraphReader

_LEADS_TO_FACTS: Final = (
    t.SIGNED_LETTER,
    t.NAMED_SIGNATORY,
    t.SPEAKER,
    t.TARGET,
    t.IN_LETTER,
    t.HOLDER,
    t.ANSWERS,
)
"""Fact → what it is about: followed backwards from what was asked for."""
_BELONGS: Final = (
    t.SIGNED_LETTER,
    t.NAMED_SIGNATORY,
    t.HAS_STATUS_EVENT,
    t.HAS_CLAIMED_COUNT,
    t.ADDRESSEE,
    t.ORGANIZER,
    t.ANSWERS,
    t.SPEAKER,
    t.TARGET,
    t.IN_LETTER,
    t.HOLDER,
    t.AT_ORGANIZATION,
    t.SAID_IN,
)
"""What must be there for a fact to be understood: followed forwards from the facts."""


def select_subgraph(reader: GraphReader, things: Iterable[NamedNode]) -> GraphReader:
    """The facts about some letters or agents, whom and what they name, and their evidence.

    Of those who are only named in these facts, the names and roles are there, nothing else.
    """
    asked = set(things)
    facts = asked | {fact for thing in asked for fact in _facts_about(reader, thing)}
    named = {other for fact in facts for other in _linked(reader, fact, _BELONGS)}
    # A letter met through a signature brings its claimed counts, a signature its status steps.
    named |= {other for thing in named for other in _linked(reader, thing, _BELONGS[2:4])}
    roles = {role for thing in named - facts for role in _subjects(reader, t.HOLDER, thing)}
    kept = facts | named | roles
    return memory_store(_quads(reader, kept, facts | roles), iris=reader.iris)


def _facts_about(reader: GraphReader, thing: NamedNode) -> Iterator[NamedNode]:
    for predicate in _LEADS_TO_FACTS:
        yield from _subjects(reader, predicate, thing)


def _subjects(reader: GraphReader, predicate: NamedNode, value: NamedNode) -> Iterator[NamedNode]:
    for triple in reader.triples(reader.iris.knowledge, None, predicate, value):
        if isinstance(triple.subject, NamedNode):
            yield triple.subject


def _linked(
    reader: GraphReader, thing: NamedNode, predicates: Iterable[NamedNode]
) -> Iterator[NamedNode]:
    for predicate in predicates:
        for triple in reader.triples(reader.iris.knowledge, thing, predicate):
            if isinstance(triple.object, NamedNode):
                yield triple.object


def _quads(reader: GraphReader, kept: set[NamedNode], proven: set[NamedNode]) -> Iterator[Quad]:
    knowledge = reader.iris.knowledge
    claims: set[NamedNode] = set()
    for thing in kept:
        for triple in reader.triples(knowledge, thing):
            if triple.predicate == t.SUPPORTED_BY:
                if thing not in proven or not isinstance(triple.object, NamedNode):
                    continue
                claims.add(triple.object)
            elif triple.predicate == t.SIGNED and triple.object not in kept:
                continue
            yield _quad(triple, knowledge)
    yield from _evidence(reader, claims)
    for triple in reader.triples(reader.iris.ontology):
        yield _quad(triple, reader.iris.ontology)


def _evidence(reader: GraphReader, claims: set[NamedNode]) -> Iterator[Quad]:
    """The claims with all that they point to within their source, and the sources themselves."""
    waiting, seen = list(claims), set(claims)
    for claim in claims:
        source = _source_of(claim)
        if source not in seen:
            seen.add(source)
            yield from (_quad(triple, source) for triple in reader.triples(source, source))
    while waiting:
        inner = waiting.pop()
        source = _source_of(inner)
        for triple in reader.triples(source, inner):
            yield _quad(triple, source)
            other = triple.object
            if isinstance(other, NamedNode) and other not in seen and _source_of(other) == source:
                seen.add(other)
                waiting.append(other)
        yield from (
            _quad(triple, reader.iris.knowledge)
            for triple in reader.triples(reader.iris.knowledge, inner)
        )


def _quad(triple: Triple, graph: NamedNode) -> Quad:
    return Quad(triple.subject, triple.predicate, triple.object, graph)


def _source_of(inner: NamedNode) -> NamedNode:
    return NamedNode(inner.value.split("#", 1)[0])
