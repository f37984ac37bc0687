"""Evidence without the people who were forgotten and the claims that were redacted.

A function of one source's evidence and of what is suppressed, nothing else: it gives the same
whether a source was loaded before the person was forgotten or after. What it does where a source
names somebody who is kept out is written down in docs/decisions/0011-forgetting.md:

- every claim about them, or said by them, or with their name in what it says, goes;
- of the other claims' slices the pieces without the name stay, each still the source's exact words;
- a source or local letter whose IRI holds the name gets another one, made with the store's salt.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from pyoxigraph import Literal, NamedNode

from undersigned import terms as t
from undersigned.correcting.cleaning import CleanedEvidence, replace_texts
from undersigned.correcting.evidence_graph import EvidenceGraph
from undersigned.correcting.local_people import LocalPeople
from undersigned.correcting.names_in_text import SuppressedNames

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pyoxigraph import Triple

    from undersigned.iris import Iris
    from undersigned.store.base import GraphReader, GraphWriter
    from undersigned.store.suppression import Suppression

KEY_DIGITS: Final = 12
"""Hexadecimal digits of a salted hash in an IRI: enough for a billion sources."""


@dataclass(frozen=True, slots=True)
class WithheldIn:
    """What one source may say.

    `source` is its IRI, which may be another than before; `gone` are the local entities and claims
    that were taken out, by their IRIs from before; `people` is how many of these are people.
    """

    source: NamedNode
    triples: set[Triple]
    gone: frozenset[NamedNode] = field(default_factory=frozenset)
    people: int = 0


class Withholding:
    """What a store keeps out, applied to one source after the other."""

    def __init__(
        self, iris: Iris, suppression: Suppression, redacted: Iterable[NamedNode] = ()
    ) -> None:
        self._iris = iris
        self._suppression = suppression
        self._names = SuppressedNames(suppression)
        self._redacted = frozenset(redacted)

    def __bool__(self) -> bool:
        """Whether anything is kept out."""
        return bool(self._suppression or self._redacted)

    def apply(self, source: NamedNode, triples: set[Triple]) -> WithheldIn:
        """What a source may say of all that it says."""
        if not self:
            return WithheldIn(source, triples)
        nameless = self.nameless(source)
        ids = [self._iris.source_id(iri) or "" for iri in (source, nameless)]
        if not self._may_touch(ids, triples):
            return WithheldIn(source, triples)
        graph = EvidenceGraph(source, triples)
        people = LocalPeople(graph, self._names, ids)
        renamed = nameless if people.is_in_address(ids[0]) else source
        redacted = {
            claim
            for claim in graph.claims()
            if {claim, _moved(claim, source, renamed)} & self._redacted
        }
        gone = CleanedEvidence(graph, people).clean(redacted)
        graph.rename(lambda iri: _moved(self._without_name(iri, people), source, renamed))
        if renamed != source:
            replace_texts(graph, *ids)
        persons = sum(iri in people.people and "#person-" in iri.value for iri in gone)
        return WithheldIn(renamed, graph.triples(), frozenset(gone), persons)

    def nameless(self, source: NamedNode) -> NamedNode:
        """The IRI that a source gets if its own names somebody: a salted hash of its id."""
        return self._iris.source(f"withheld-{self._key(self._iris.source_id(source) or '')}")

    def _may_touch(self, ids: list[str], triples: set[Triple]) -> bool:
        """Whether a source has anything of what is kept out: most sources have not.

        Looks at each text once, however often it stands there, so that this costs little.
        """
        if any(self._iris.source_id(claim) in ids for claim in self._redacted):
            return True
        names, texts = set[str](), set[str]()
        for n in triples:
            if isinstance(n.object, Literal) and n.predicate != t.BLOCKING_KEY:
                texts.add(n.object.value)
                if n.predicate == t.NAME:
                    names.add(n.object.value)
        return (
            any(map(self._names.is_in, texts))
            or any(map(self._names.is_in_iri, [ids[0], *(x for x in texts if "://" in x)]))
            or any(self._names.is_only_here(name, ids) for name in names)
        )

    def _without_name(self, iri: NamedNode, people: LocalPeople) -> NamedNode:
        """An inner IRI with a salted hash in the place of a key that holds a name."""
        head, _, fragment = iri.value.partition("#")
        if not fragment or self._iris.source_id(iri) is None or not people.is_in_address(fragment):
            return iri
        return NamedNode(f"{head}#{fragment.split('-', 1)[0]}-withheld-{self._key(fragment)}")

    def _key(self, text: str) -> str:
        return self._suppression.key([text], "withheld")[:KEY_DIGITS]


def withholding_of(store: GraphWriter) -> Withholding:
    """What a store keeps out now."""
    return Withholding(store.iris, store.suppression, redacted_claims(store))


def redacted_claims(reader: GraphReader) -> set[NamedNode]:
    """The claims that people have redacted, by IRI; not those of revoked redactions."""
    judgements = reader.iris.judgements
    return {
        n.object
        for n in reader.triples(judgements, None, t.REDACTED_CLAIM)
        if isinstance(n.object, NamedNode)
        and isinstance(n.subject, NamedNode)
        and not any(reader.triples(judgements, n.subject, t.REVOKED_AT))
    }


def _moved(iri: NamedNode, source: NamedNode, renamed: NamedNode) -> NamedNode:
    """An IRI of a source as it is when the source is renamed; any other as it is."""
    if source == renamed or iri.value.partition("#")[0] != source.value:
        return iri
    return NamedNode(renamed.value + iri.value.removeprefix(source.value))
