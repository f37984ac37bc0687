"""What became of IRIs that name nothing any more: replaced by others, or forgotten for good."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from undersigned import terms as t
from undersigned.correcting.names_in_text import SuppressedNames

if TYPE_CHECKING:
    from undersigned.store.base import GraphReader
    from undersigned.store.suppression import Suppression


def successors(reader: GraphReader, iri: NamedNode) -> list[NamedNode]:
    """What an IRI leads to now, through any number of replacements; empty if to nothing."""
    runs, knowledge = reader.iris.runs, reader.iris.knowledge
    ends, seen, waiting = set[NamedNode](), {iri}, [iri]
    while waiting:
        for n in reader.triples(runs, waiting.pop(), t.DCTERMS_IS_REPLACED_BY):
            if isinstance(n.object, NamedNode) and n.object not in seen:
                seen.add(n.object)
                if any(True for _ in reader.triples(knowledge, n.object)):
                    ends.add(n.object)
                else:
                    waiting.append(n.object)
    return sorted(ends, key=str)


def is_forgotten(path: str, suppression: Suppression) -> bool:
    """Whether a path below the base holds the name of somebody who was forgotten."""
    return bool(suppression) and SuppressedNames(suppression).is_in_iri(path)
