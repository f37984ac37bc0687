"""A dataset in its canonical order, with canonical blank node names.

Blank nodes are named by RDFC-1.0 (https://www.w3.org/TR/rdf-canon/), over all graphs at once, since
one document has one scope of blank node names. Only statements with a blank node are held in
memory for that: the algorithm looks at no others.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from itertools import chain, islice
from typing import TYPE_CHECKING, Final, TypeVar

import pyoxigraph
from pyoxigraph import (
    BlankNode,
    CanonicalizationAlgorithm,
    Dataset,
    NamedNode,
    Quad,
    RdfFormat,
    Triple,
)

from undersigned.exporting.sorting import sorted_lines
from undersigned.store.base import select

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from undersigned.store.base import GraphReader

_Item = TypeVar("_Item")

_BLANK_NODES: Final = """
SELECT ?s ?p ?o ?graph WHERE {
  GRAPH ?graph { ?s ?p ?o }
  FILTER (isBlank(?s) || isBlank(?o))
}"""
_BLANK: Final = b"_:"
_SPACE_BLANK: Final = b" _:"
"""In a line, a blank node as object; or a text that looks so, which then does no harm."""
BATCH: Final = 5_000
"""Statements that go to the serialiser and come from the parser at once."""


class CanonicalDataset:
    """Some graphs of a dataset, each statement in its place whatever the order of loading."""

    def __init__(self, reader: GraphReader, graphs: Iterable[NamedNode]) -> None:
        self._reader = reader
        self.graphs = sorted(graphs, key=lambda graph: graph.value)

    @cached_property
    def _with_blank_nodes(self) -> dict[NamedNode, list[Triple]]:
        return _canonical_blank_nodes(self._reader, self.graphs)

    def lines(self) -> Iterator[bytes]:
        """Yields the canonical N-Quads lines of all graphs, sorted by their bytes."""
        return sorted_lines(self._lines_in_any_order())

    def _lines_in_any_order(self) -> Iterator[bytes]:
        # Blank nodes are found on the way: asking for them first reads everything twice.
        doubtful: list[bytes] = []
        for graph in self.graphs:
            ending = f"{graph} .\n".encode()
            for line in _lines(self._reader.triples(graph)):
                quad = line[:-2] + ending  # a triple's line ends with ".\n"
                if line.startswith(_BLANK) or _SPACE_BLANK in line:
                    doubtful.append(quad)
                else:
                    yield quad
        yield from _canonical_lines(doubtful)

    def triples(self, graph: NamedNode) -> Iterator[Triple]:
        """Yields the triples of one graph, sorted by their N-Triples lines: subjects together."""
        lines = sorted_lines(_lines(self._triples_in_any_order(graph)))
        for batch in _batches(lines):
            for quad in pyoxigraph.parse(b"".join(batch), format=RdfFormat.N_TRIPLES):
                yield quad.triple

    def _triples_in_any_order(self, graph: NamedNode) -> Iterator[Triple]:
        triples = self._reader.triples(graph)
        if graph not in self._with_blank_nodes:
            return triples
        ground = (t for t in triples if not _has_blank_node(t))
        return chain(ground, self._with_blank_nodes[graph])


def _canonical_blank_nodes(
    reader: GraphReader, graphs: Iterable[NamedNode]
) -> dict[NamedNode, list[Triple]]:
    """The triples with blank nodes, by graph, under their canonical names."""
    # The engine looks through a graph faster than Python does.
    rows = select(reader, _BLANK_NODES, named_graphs=graphs)
    dataset = Dataset(Quad(row["s"], row["p"], row["o"], row["graph"]) for row in rows)
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    found: dict[NamedNode, list[Triple]] = defaultdict(list)
    for quad in dataset:
        if isinstance(quad.graph_name, NamedNode):
            found[quad.graph_name].append(quad.triple)
    return dict(found)


def _canonical_lines(lines: list[bytes]) -> Iterator[bytes]:
    """Yields N-Quads lines with canonical blank node names; those without any stay as they are."""
    dataset = Dataset(pyoxigraph.parse(b"".join(lines), format=RdfFormat.N_QUADS))
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    content = pyoxigraph.serialize(dataset, format=RdfFormat.N_QUADS) or b""
    yield from content.splitlines(keepends=True)


def _has_blank_node(triple: Triple) -> bool:
    return isinstance(triple.subject, BlankNode) or isinstance(triple.object, BlankNode)


def _lines(triples: Iterable[Triple]) -> Iterator[bytes]:
    # The serialiser is canonical: one statement a line, every escape in its one form.
    for batch in _batches(triples):
        lines = pyoxigraph.serialize(batch, format=RdfFormat.N_TRIPLES) or b""
        yield from lines.splitlines(keepends=True)


def _batches(items: Iterable[_Item]) -> Iterator[list[_Item]]:
    iterator = iter(items)
    while batch := list(islice(iterator, BATCH)):
        yield batch
