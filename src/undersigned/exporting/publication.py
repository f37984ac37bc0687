"""What is left out of a graph before others get it: the graph holds opinions of living people."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pyoxigraph import NamedNode, Quad

from undersigned import terms as t
from undersigned.exporting.things import Things
from undersigned.store.embedded import memory_store

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pyoxigraph import Triple

    from undersigned.store.base import GraphReader

_CONFIRMING: Final = {t.concept("status", name) for name in ("listed", "confirmed")}
_OWNED_BY: Final = (t.NAMED_SIGNATORY, t.HOLDER, t.SPEAKER)
"""Fact → the person without whom it is none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """What is left out.

    `without_unconfirmed`: signatures that a source hedges and that stand on no list and nobody
    confirmed. `without_private_persons`: people whom no article names, who stand on a list of
    signers alone. `longest_quotation`: statements of more characters are left out.
    """

    without_unconfirmed: bool = False
    without_private_persons: bool = False
    longest_quotation: int | None = None

    @property
    def leaves_out(self) -> bool:
        """Whether anything is left out at all."""
        return (
            self.without_unconfirmed
            or self.without_private_persons
            or self.longest_quotation is not None
        )


def published_part(
    reader: GraphReader, publication: Publication
) -> tuple[GraphReader, Mapping[str, int]]:
    """The graph without what is left out, in memory, and how much was left out by kind."""
    left_out = _LeftOut(reader)
    if publication.without_unconfirmed:
        left_out.add("unconfirmed signatures", list(left_out.unconfirmed()))
    if publication.without_private_persons:
        left_out.add("private persons", list(left_out.private_persons()))
    if publication.longest_quotation is not None:
        longest = publication.longest_quotation
        left_out.add(
            f"statements of more than {longest} characters", list(left_out.long_statements(longest))
        )
    return memory_store(left_out.rest(), iris=reader.iris), left_out.counts


class _LeftOut:
    """Collects the things of the knowledge graph that go, with what hangs on them."""

    def __init__(self, reader: GraphReader) -> None:
        self._reader = reader
        self._things = Things(reader)
        self._gone: set[NamedNode] = set()
        self._unsigned: set[tuple[NamedNode, NamedNode]] = set()
        self.counts: dict[str, int] = {}

    def unconfirmed(self) -> Iterator[NamedNode]:
        reported = t.concept("certainty", "reported")
        for node in self._things.of(t.SIGNATURE):
            if node.link(t.CERTAINTY) == reported and node.link(t.STATUS) not in _CONFIRMING:
                yield node.iri

    def private_persons(self) -> Iterator[NamedNode]:
        articles = set(self._things.where(t.RDF_TYPE, t.ARTICLE))
        for class_iri in (t.PERSON, t.HANDLE):
            for node in self._things.of(class_iri):
                if not articles.intersection(node.links(t.SAID_IN)):
                    yield node.iri

    def long_statements(self, longest: int) -> Iterator[NamedNode]:
        for node in self._things.of(t.STATEMENT):
            if any(len(text) > longest for p in (t.WORDS, t.VARIANT) for text in node.texts(p)):
                yield node.iri

    def add(self, kind: str, things: list[NamedNode]) -> None:
        new = [thing for thing in things if thing not in self._gone]
        self.counts[kind] = len(new)
        for thing in new:
            self._drop(thing)

    def _drop(self, thing: NamedNode) -> None:
        if thing in self._gone:
            return
        self._gone.add(thing)
        node = self._things.node(thing)
        signatory, letter = node.link(t.SIGNATORY), node.link(t.SIGNED_LETTER)
        if signatory is not None and letter is not None:
            self._unsigned.add((signatory, letter))
        self._gone.update(node.links(t.HAS_STATUS_EVENT))
        for predicate in _OWNED_BY:
            for fact in self._things.where(predicate, thing):
                self._drop(fact)

    def rest(self) -> Iterator[Quad]:
        """Every quad that stays, runs and judgements left out: they name people, too."""
        knowledge = self._reader.iris.knowledge
        carried: dict[NamedNode, bool] = {}
        nameless: set[object] = set()
        for triple in self._reader.triples(knowledge):
            stays = self._stays(triple)
            if triple.predicate == t.SUPPORTED_BY and isinstance(triple.object, NamedNode):
                carried[triple.object] = carried.get(triple.object, False) or stays
            if triple.predicate == t.IDENTIFIED_AS and not stays:
                nameless.add(triple.subject)
            if stays:
                yield _quad(triple, knowledge)
        gone = nameless.union(claim for claim, stays in carried.items() if not stays)
        for graph in self._reader.graphs():
            if self._reader.iris.source_id(graph) is not None:
                yield from self._rest_of_source(graph, gone)
        for triple in self._reader.triples(self._reader.iris.ontology):
            yield _quad(triple, self._reader.iris.ontology)

    def _stays(self, triple: Triple) -> bool:
        ends = {triple.subject, triple.object}
        if ends & self._gone:
            return False
        return triple.predicate != t.SIGNED or (triple.subject, triple.object) not in self._unsigned

    def _rest_of_source(self, source: NamedNode, gone: set[object]) -> Iterator[Quad]:
        """The source with its claims and names, less what is gone and what only that pointed to."""
        about: dict[object, list[Triple]] = defaultdict(list)
        for triple in self._reader.triples(source):
            about[triple.subject].append(triple)
        waiting = [
            subject
            for subject, triples in about.items()
            if subject == source or _is_rooted(triples)
            if subject not in gone and not _speaks_of(triples, gone)
        ]
        seen = set(waiting)
        while waiting:
            for triple in about.get(waiting.pop(), ()):
                if triple.object in gone:
                    continue
                yield _quad(triple, source)
                other = triple.object
                if other in about and other not in seen:
                    seen.add(other)
                    waiting.append(other)


def _is_rooted(triples: list[Triple]) -> bool:
    """Whether it is a claim or a local entity, and not a slice or mention that one points to."""
    return any(triple.predicate == t.FROM_SOURCE for triple in triples)


def _speaks_of(triples: list[Triple], gone: set[object]) -> bool:
    """Whether a claim names somebody who is left out: its passage would still show the name."""
    return any(triple.object in gone for triple in triples)


def _quad(triple: Triple, graph: NamedNode) -> Quad:
    return Quad(triple.subject, triple.predicate, triple.object, graph)
