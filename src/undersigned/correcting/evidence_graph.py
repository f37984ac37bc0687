"""One source's evidence graph, open for changes: subjects with their values."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from pyoxigraph import Literal, NamedNode, Triple

from undersigned import terms as t
from undersigned.evidence.records import AGENT_CLASSES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

Value = NamedNode | Literal

SLICES: Final = (t.EVIDENCE, t.PASSAGE, t.CONTENT, t.SPEAKER_WORDS, t.CUE_WORDS)
"""Claim → slice."""


class EvidenceGraph:
    """The triples of one source by subject and predicate."""

    def __init__(self, source: NamedNode, triples: Iterable[Triple]) -> None:
        self.source = source
        self._nodes: dict[NamedNode, dict[NamedNode, set[Value]]] = defaultdict(dict)
        for n in triples:
            if isinstance(n.subject, NamedNode) and isinstance(n.object, NamedNode | Literal):
                self._nodes[n.subject].setdefault(n.predicate, set()).add(n.object)

    def triples(self) -> set[Triple]:
        """The triples as they are now."""
        return {
            Triple(subject, predicate, value)
            for subject, values in self._nodes.items()
            for predicate, found in values.items()
            for value in found
        }

    def subjects(self) -> list[NamedNode]:
        """Every subject, sorted."""
        return sorted(self._nodes, key=str)

    def predicates(self, subject: NamedNode) -> list[NamedNode]:
        """The predicates of a subject, sorted."""
        return sorted(self._nodes.get(subject, {}), key=str)

    def values(self, subject: NamedNode, predicate: NamedNode) -> list[Value]:
        """The values of a subject's predicate, sorted."""
        return sorted(self._nodes.get(subject, {}).get(predicate, ()), key=str)

    def links(self, subject: NamedNode, predicate: NamedNode) -> list[NamedNode]:
        """The values that are IRIs."""
        return [v for v in self.values(subject, predicate) if isinstance(v, NamedNode)]

    def texts(self, subject: NamedNode, predicate: NamedNode) -> list[str]:
        """The values that are literals, as their text."""
        return [v.value for v in self.values(subject, predicate) if isinstance(v, Literal)]

    def text(self, subject: NamedNode, predicate: NamedNode) -> str:
        """The first literal's text, or ""."""
        return next(iter(self.texts(subject, predicate)), "")

    def is_a(self, subject: NamedNode, *classes: NamedNode) -> bool:
        """Whether a subject is of one of these classes."""
        found = self._nodes.get(subject, {}).get(t.RDF_TYPE, set())
        return not found.isdisjoint(classes)

    def agents(self) -> list[NamedNode]:
        """The local people, organizations, groups and unnamed speakers, sorted."""
        return [s for s in self.subjects() if self.is_a(s, *AGENT_CLASSES)]

    def claims(self) -> list[NamedNode]:
        """The claims, sorted: whatever has a passage."""
        return [s for s in self.subjects() if t.PASSAGE in self._nodes[s]]

    def put(self, subject: NamedNode, predicate: NamedNode, values: Iterable[Value]) -> None:
        """Gives a subject's predicate these values; none takes the predicate away."""
        found = set(values)
        if found:
            self._nodes[subject][predicate] = found
        else:
            self._nodes.get(subject, {}).pop(predicate, None)

    def remove(self, subjects: set[NamedNode]) -> None:
        """Takes subjects out, and every link to them."""
        for subject in subjects:
            self._nodes.pop(subject, None)
        for values in self._nodes.values():
            for predicate in [p for p, found in values.items() if not subjects.isdisjoint(found)]:
                values[predicate] -= subjects
                if not values[predicate]:
                    del values[predicate]

    def drop_unused(self) -> None:
        """Takes out mentions and slices that nothing leads to any more."""
        for class_iri in (t.MENTION, t.SLICE):
            used = set().union(*(v for values in self._nodes.values() for v in values.values()))
            for subject in self.subjects():
                if self.is_a(subject, class_iri) and subject not in used:
                    del self._nodes[subject]

    def rename(self, renamed: Callable[[NamedNode], NamedNode]) -> None:
        """Gives every IRI of the graph another one, or the same."""
        nodes: dict[NamedNode, dict[NamedNode, set[Value]]] = defaultdict(dict)
        for subject, values in self._nodes.items():
            nodes[renamed(subject)] = {
                predicate: {renamed(v) if isinstance(v, NamedNode) else v for v in found}
                for predicate, found in values.items()
            }
        self._nodes = nodes
        self.source = renamed(self.source)

    def slice(self, start: int, exact: str) -> NamedNode:
        """The slice at a place, made if it is not there."""
        end = start + len(exact)
        iri = NamedNode(f"{self.source.value}#char={start},{end}")
        self.put(iri, t.RDF_TYPE, [t.SLICE])
        self.put(iri, t.OA_START, [Literal(start)])
        self.put(iri, t.OA_END, [Literal(end)])
        self.put(iri, t.OA_EXACT, [Literal(exact)])
        return iri

    def place(self, slice_iri: NamedNode) -> tuple[int, str]:
        """Where a slice begins, and its words."""
        return int(self.text(slice_iri, t.OA_START) or 0), self.text(slice_iri, t.OA_EXACT)
