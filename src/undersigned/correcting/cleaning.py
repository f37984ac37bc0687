"""What stays of one source's evidence when some of its people and claims are taken out.

Slices are only ever cut, never masked: what is left of one is the source's exact words at their
place, as a claim's words must be. A statement whose words hold the name goes whole, since half a
quotation is a wrong one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pyoxigraph import Literal, NamedNode

from undersigned import terms as t
from undersigned.correcting.evidence_graph import SLICES
from undersigned.source import Span

if TYPE_CHECKING:
    from undersigned.correcting.evidence_graph import EvidenceGraph
    from undersigned.correcting.local_people import LocalPeople

_DISPENSABLE: Final = {t.NAME, t.CAPACITY, t.CUE}
"""What a claim can lose without saying something else."""
_TRIMMED: Final = " \t\n\r,;:"

Piece = tuple[int, str]
"""Where a stretch of the source begins, and its words."""


class CleanedEvidence:
    """One source's evidence, cleaned in place."""

    def __init__(self, graph: EvidenceGraph, people: LocalPeople) -> None:
        self._graph = graph
        self._people = people
        self._gone: set[NamedNode] = set()

    def clean(self, redacted: set[NamedNode]) -> set[NamedNode]:
        """Takes out people, redacted claims and every place of a name.

        Returns the local entities and claims that are gone.
        """
        graph = self._graph
        doomed = redacted | {claim for claim in graph.claims() if self._is_about_people(claim)}
        for claim in graph.claims():
            if claim not in doomed and not self._clean_claim(claim):
                doomed.add(claim)
        doomed |= self._nested_in(doomed)
        letters = [s for s in graph.subjects() if graph.is_a(s, t.LOCAL_LETTER)]
        self._take(doomed | self._people.people)
        claimed = {
            v for c in graph.claims() for p in graph.predicates(c) for v in graph.links(c, p)
        }
        self._take(set(letters) - claimed)
        for letter in letters:
            self._clean_letter(letter)
        self._clean_mentions()
        self._clean_source()
        graph.drop_unused()
        self._sweep()
        return self._gone

    def _take(self, subjects: set[NamedNode]) -> None:
        self._gone |= subjects
        self._graph.remove(subjects)

    def _is_about_people(self, claim: NamedNode) -> bool:
        """Whether a claim links to somebody who is kept out, or must name them to say anything."""
        graph = self._graph
        for predicate in graph.predicates(claim):
            if not self._people.people.isdisjoint(graph.links(claim, predicate)):
                return True
            if predicate in _DISPENSABLE or predicate == t.DESCRIPTION:
                continue
            if any(map(self._people.is_in, graph.texts(claim, predicate))):
                return True
        return False

    def _nested_in(self, doomed: set[NamedNode]) -> set[NamedNode]:
        """The statements that are told within these: alone they would seem the source's own."""
        found: set[NamedNode] = set()
        frontier = set(doomed)
        while frontier:
            frontier = {
                claim
                for claim in self._graph.claims()
                if not frontier.isdisjoint(self._graph.links(claim, t.WITHIN_CLAIM))
            } - found
            found |= frontier
        return found

    def _clean_claim(self, claim: NamedNode) -> bool:
        """Cuts names out of a claim's words; False where nothing carries it any more."""
        graph = self._graph
        for predicate in _DISPENSABLE:
            kept = [x for x in graph.texts(claim, predicate) if not self._people.is_in(x)]
            if len(kept) < len(graph.texts(claim, predicate)):
                graph.put(claim, predicate, map(Literal, kept))
        if any(map(self._people.is_in, graph.texts(claim, t.DESCRIPTION))):
            graph.put(claim, t.DESCRIPTION, [Literal(self._kind_of(claim))])
        passages = [graph.place(s) for s in graph.links(claim, t.PASSAGE)]
        names = [
            Span(start + span.start, start + span.end)
            for start, exact in passages
            for span in self._people.spans_in(exact)
        ]
        pieces = {
            predicate: [p for s in graph.links(claim, predicate) for p in self._cut(s, names)]
            for predicate in SLICES
        }
        if not pieces[t.EVIDENCE]:
            return False
        shown = sorted(pieces[t.PASSAGE], key=lambda p: _holds(p, pieces[t.EVIDENCE]))
        pieces[t.PASSAGE] = shown[-1:] or pieces[t.EVIDENCE][:1]
        for predicate, found in pieces.items():
            graph.put(claim, predicate, [graph.slice(*piece) for piece in found])
        return True

    def _cut(self, slice_iri: NamedNode, names: list[Span]) -> list[Piece]:
        """The pieces of a slice between the names in it: of its passage, else its own."""
        start, exact = self._graph.place(slice_iri)
        inside = [n for n in names if n.start < start + len(exact) and start < n.end] or [
            Span(start + n.start, start + n.end) for n in self._people.spans_in(exact)
        ]
        if not inside:
            return [(start, exact)]
        edges = [start, *(edge for n in sorted(inside) for edge in n), start + len(exact)]
        pieces = [
            _trimmed(first, exact[max(first - start, 0) : max(last - start, 0)])
            for first, last in zip(edges[::2], edges[1::2], strict=True)
        ]
        return [(at, words) for at, words in pieces if any(map(str.isalnum, words))]

    def _kind_of(self, claim: NamedNode) -> str:
        """What kind of letter a claim tells of ("open letter"), for want of its own phrase."""
        kinds = self._graph.links(claim, t.DOCUMENT_KIND)
        head = t.concept("document-kind", "").value
        return kinds[0].value.removeprefix(head).replace("-", " ") if kinds else "letter"

    def _clean_letter(self, letter: NamedNode) -> None:
        graph = self._graph
        if any(map(self._people.is_in, graph.texts(letter, t.NAME))):
            claims = [c for c in graph.claims() if letter in graph.links(c, t.LOCAL_LETTER_OF)]
            named = [c for c in claims if graph.is_a(c, t.LETTER_CLAIM)]
            graph.put(letter, t.NAME, [Literal(self._kind_of(named[0]) if named else "letter")])

    def _clean_mentions(self) -> None:
        """Takes out other people's mentions that hold a name: "Quill's sister"."""
        graph = self._graph
        graph.remove(
            {
                mention
                for mention in graph.subjects()
                for place in graph.links(mention, t.AT)
                if self._people.is_in(graph.place(place)[1])
            }
        )
        for agent in graph.agents():
            kept = [x for x in graph.texts(agent, t.ALIAS) if not self._people.is_in(x)]
            graph.put(agent, t.ALIAS, map(Literal, kept))

    def _clean_source(self) -> None:
        graph, source = self._graph, self._graph.source
        for predicate in graph.predicates(source):
            texts = graph.texts(source, predicate)
            named = self._people.is_in_address if predicate == t.URL else self._people.is_in
            if any(map(named, texts)):
                kept = [v for v in graph.values(source, predicate) if not named(v.value)]
                graph.put(source, predicate, kept)
        if not graph.texts(source, t.RDFS_LABEL):
            graph.put(source, t.RDFS_LABEL, [Literal(source.value.rsplit("/", 1)[1])])

    def _sweep(self) -> None:
        """Takes out whatever literal still holds a whole name: keys, notes, links of a list."""
        graph = self._graph
        for subject in graph.subjects():
            for predicate in graph.predicates(subject):
                if any(map(self._people.names.is_in, graph.texts(subject, predicate))):
                    kept = [
                        v
                        for v in graph.values(subject, predicate)
                        if isinstance(v, NamedNode) or not self._people.names.is_in(v.value)
                    ]
                    graph.put(subject, predicate, kept)


def replace_texts(graph: EvidenceGraph, old_id: str, new_id: str) -> None:
    """Puts a source's new id where its keys and its label held the old one."""
    for subject in graph.subjects():
        for predicate in (t.BLOCKING_KEY, t.RDFS_LABEL):
            texts = graph.texts(subject, predicate)
            if any(old_id in text for text in texts):
                graph.put(
                    subject, predicate, [Literal(text.replace(old_id, new_id)) for text in texts]
                )


def _trimmed(start: int, words: str) -> Piece:
    left = words.lstrip(_TRIMMED)
    return start + len(words) - len(left), left.rstrip(_TRIMMED)


def _holds(piece: Piece, evidence: list[Piece]) -> tuple[int, int, int]:
    """How well a piece shows the evidence: how much of it, then how long, then how early it is."""
    start, words = piece
    inside = sum(start <= at and at + len(x) <= start + len(words) for at, x in evidence)
    return inside, len(words), -start
