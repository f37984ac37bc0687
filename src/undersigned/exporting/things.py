"""The things of the knowledge graph one by one, for formats that write entities."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from undersigned import terms as t
from undersigned.evidence.records import Node

if TYPE_CHECKING:
    from collections.abc import Iterator

    from undersigned.store.base import GraphReader


class Things:
    """Reads the nodes of the knowledge graph, each with its values in one order."""

    def __init__(self, reader: GraphReader) -> None:
        self._reader = reader
        self._graph = reader.iris.knowledge

    def of(self, class_iri: NamedNode) -> Iterator[Node]:
        """Yields every thing of a class, in the order of IRIs."""
        for iri in self.where(t.RDF_TYPE, class_iri):
            yield self.node(iri)

    def where(self, predicate: NamedNode, value: NamedNode) -> list[NamedNode]:
        """The subjects with a value, sorted."""
        triples = self._reader.triples(self._graph, None, predicate, value)
        subjects = {x.subject for x in triples if isinstance(x.subject, NamedNode)}
        return sorted(subjects, key=lambda iri: iri.value)

    def sources(self) -> Iterator[Node]:
        """Yields every source that says something, in the order of IRIs."""
        triples = self._reader.triples(self._graph, None, t.SAID_IN)
        found = {x.object for x in triples if isinstance(x.object, NamedNode)}
        for iri in sorted(found, key=lambda iri: iri.value):
            yield self.node(iri)

    def node(self, iri: NamedNode) -> Node:
        """A thing with all its values; without any if the graph has nothing of it."""
        values: dict[NamedNode, list[NamedNode | Literal]] = defaultdict(list)
        for triple in self._reader.triples(self._graph, iri):
            if isinstance(triple.object, NamedNode | Literal):
                values[triple.predicate].append(triple.object)
        return Node(iri, {p: tuple(sorted(found, key=str)) for p, found in values.items()})

    def label(self, iri: NamedNode) -> str:
        """What a thing is called; its IRI if the graph doesn't say."""
        found = self._reader.triples(self._graph, iri, t.RDFS_LABEL)
        labels = sorted(x.object.value for x in found if isinstance(x.object, Literal))
        return labels[0] if labels else iri.value


def concept(node: Node, predicate: NamedNode, scheme: str) -> str | None:
    """The last part of a concept's IRI: "withdrawn" for `us:status-withdrawn` of "status"."""
    found = node.link(predicate)
    return found.value.removeprefix(f"{t.US}{scheme}-") if found else None
