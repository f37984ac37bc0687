"""Every slice of a loaded graph against the text that it was cut from."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from undersigned.terms import DIGEST, OA_END, OA_EXACT, OA_START, RDF_TYPE, SLICE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from undersigned.store.base import GraphReader


@dataclass(frozen=True, slots=True)
class SliceMismatch:
    """A slice whose words are not what the text has at its place; `found` is what stands there."""

    source_id: str
    slice: str
    words: str
    found: str


@dataclass(frozen=True, slots=True)
class SliceCheck:
    """How many slices of how many sources agree with their texts, and which do not.

    `other_version` are the ids of sources whose text has another digest than the one that was
    loaded: their slices can't be checked against it. `not_given` are loaded sources without a
    text. Both are sorted.
    """

    checked: int
    sources: int
    mismatches: tuple[SliceMismatch, ...]
    other_version: tuple[str, ...]
    not_given: tuple[str, ...]


def check_dataset_slices(reader: GraphReader, texts: Mapping[str, str]) -> SliceCheck:
    """Compares every slice of every loaded source with its text.

    Args:
        reader: the loaded graph.
        texts: source id → the text as its loader made it. Texts of sources that are not loaded
            are passed over.
    """
    checked = 0
    mismatches: list[SliceMismatch] = []
    other_version: list[str] = []
    not_given: list[str] = []
    loaded = sorted(_source_graphs(reader))
    for source_id, graph in loaded:
        if source_id not in texts:
            not_given.append(source_id)
        elif not _is_version(reader, graph, texts[source_id]):
            other_version.append(source_id)
        else:
            for start, end, words, iri in _slices(reader, graph):
                checked += 1
                found = texts[source_id][start:end]
                if found != words:
                    mismatches.append(SliceMismatch(source_id, iri, words, found))
    sources = len(loaded) - len(not_given) - len(other_version)
    return SliceCheck(checked, sources, tuple(mismatches), tuple(other_version), tuple(not_given))


def _source_graphs(reader: GraphReader) -> Iterator[tuple[str, NamedNode]]:
    for graph in reader.graphs():
        if (source_id := reader.iris.source_id(graph)) is not None:
            yield source_id, graph


def _is_version(reader: GraphReader, graph: NamedNode, text: str) -> bool:
    digest = Literal(hashlib.sha256(text.encode()).hexdigest())
    return any(reader.triples(graph, graph, DIGEST, digest))


def _slices(reader: GraphReader, graph: NamedNode) -> Iterator[tuple[int, int, str, str]]:
    """Start, end, words and IRI of each whole slice, in text order; SHACL finds broken ones."""
    found = []
    for triple in reader.triples(graph, None, RDF_TYPE, SLICE):
        iri = triple.subject
        if isinstance(iri, NamedNode):
            starts, ends, words = (
                [
                    t.object.value
                    for t in reader.triples(graph, iri, p)
                    if isinstance(t.object, Literal)
                ]
                for p in (OA_START, OA_END, OA_EXACT)
            )
            if starts and ends and words:
                found.append((int(starts[0]), int(ends[0]), words[0], iri.value))
    return iter(sorted(found))
