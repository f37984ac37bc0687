"""Independent sources: which sources tell one story in the main in the same words.

Wire copy, reprints and rewrites are one independent source, however many outlets carry them. A
source belongs to the story of another if they share half of the shorter one's fingerprints.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Final

from pyoxigraph import Literal, NamedNode

from undersigned import terms as t
from undersigned.assembly.clusters import Link, cluster, linked
from undersigned.store.base import select

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from undersigned.assembly.knowledge import Knowledge
    from undersigned.evidence.records import EvidenceView
    from undersigned.store.base import GraphReader

COPIED: Final = 0.5
"""Share of the shorter source's fingerprints; articles that quote one letter share far fewer."""
FEWEST_PRINTS: Final = 3
"""A source with fewer is too short to tell; it is a copy of nothing."""


class Stories:
    """Finds the sources that tell one story; the earliest stands for it."""

    def __init__(self, reader: GraphReader, evidence: EvidenceView, old: Knowledge) -> None:
        self._reader = reader
        self._evidence = evidence
        self._old = old
        self._prints: dict[NamedNode, frozenset[str]] = {}
        self._sharing: dict[str, set[NamedNode]] | None = None
        self._first: dict[NamedNode, NamedNode] = {}

    def identify(self, changed: Iterable[NamedNode]) -> set[NamedNode]:
        """Finds the stories of these sources anew; all sources that were looked at."""
        changed = list(changed)
        if len(changed) > 1:
            self._read_all()
        found, links = linked(changed, self._links, self._told_before)
        here = {source for source in found if self._evidence.node(source) is not None}
        for members in cluster(here, links, lambda one, other: True):
            first = min(members, key=lambda s: (self._evidence.published(s) or "9999", s.value))
            self._first.update(dict.fromkeys(members, first))
        return found

    def first_of(self, source: NamedNode) -> NamedNode:
        """The source that stands for a source's story: itself where nobody told it before."""
        if source not in self._first:
            self._first[source] = self._old.copied_from(source) or source
        return self._first[source]

    def has_moved(self, source: NamedNode) -> bool:
        """Whether a source counts as another's copy, and did not before, or the other way round."""
        return self.first_of(source) != (self._old.copied_from(source) or source)

    def _told_before(self, source: NamedNode) -> set[NamedNode]:
        first = self._old.copied_from(source) or source
        return {first} | self._old.copies_of(first)

    def _links(self, source: NamedNode) -> list[Link]:
        prints = self._prints_of(source)
        if len(prints) < FEWEST_PRINTS:
            return []
        found = []
        for other, shared in self._shared(prints).items():
            shorter = min(len(prints), len(self._prints_of(other)))
            if other != source and shorter >= FEWEST_PRINTS and shared >= COPIED * shorter:
                one, two = sorted((source, other), key=str)
                found.append(Link(one, two, round(shared / shorter, 3), "the same words"))
        return found

    def _prints_of(self, source: NamedNode) -> frozenset[str]:
        if source not in self._prints:
            triples = self._reader.triples(source, source, t.FINGERPRINT)
            self._prints[source] = frozenset(
                n.object.value for n in triples if isinstance(n.object, Literal)
            )
        return self._prints[source]

    def _shared(self, prints: Iterable[str]) -> Mapping[NamedNode, int]:
        """How many of these fingerprints each source has."""
        if self._sharing is not None:
            return Counter(source for p in prints for source in self._sharing.get(p, ()))
        values = " ".join(str(Literal(print_)) for print_ in sorted(prints))
        rows = select(
            self._reader,
            f"SELECT ?source (COUNT(?print) AS ?shared) {{ VALUES ?print {{ {values} }} "
            f"GRAPH ?source {{ ?source {t.FINGERPRINT} ?print }} }} GROUP BY ?source",
        )
        counts: dict[NamedNode, int] = {}
        for row in rows:
            source, shared = row["source"], row["shared"]
            if isinstance(source, NamedNode) and isinstance(shared, Literal):
                counts[source] = int(shared.value)
        return counts

    def _read_all(self) -> None:
        sharing: dict[str, set[NamedNode]] = defaultdict(set)
        for source in self._evidence.sources():
            for print_ in self._prints_of(source):
                sharing[print_].add(source)
        self._sharing = sharing


def belief_of(confidences: Mapping[NamedNode, float]) -> float:
    """The belief in a fact: 1 − ∏(1 − c) over its independent sources, at most 0.999."""
    doubt = 1.0
    for confidence in confidences.values():
        doubt *= 1 - confidence
    return min(0.999, 1 - doubt)
