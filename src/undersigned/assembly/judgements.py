"""People's decisions on identity, as the graph of judgements holds them.

A judgement names two local entities, which belong to their sources and keep their IRIs, never two
entities of the knowledge graph, which come and go with what is merged. Where a source of one is
not loaded, its judgement rests.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from pyoxigraph import Literal, NamedNode, Triple

from undersigned import terms as t
from undersigned.iris import key_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from undersigned.iris import Iris
    from undersigned.store.base import GraphReader

Pair = tuple[NamedNode, NamedNode]
"""Two local entities, sorted by IRI."""


class Verdict(StrEnum):
    """What a person decides about two local entities."""

    SAME = "same"
    DIFFERENT = "different"
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """One decision: whether `one` and `other` are the same; who decided when (ISO 8601) and why."""

    one: NamedNode
    other: NamedNode
    verdict: Verdict
    judge: str = ""
    moment: str = ""
    reason: str = ""

    @property
    def pair(self) -> Pair:
        """The two local entities, sorted."""
        return pair_of(self.one, self.other)


def pair_of(one: NamedNode, other: NamedNode) -> Pair:
    """Two local entities in the order in which pairs are kept."""
    return (one, other) if one.value <= other.value else (other, one)


def judgement_iri(judgement: Judgement, iris: Iris) -> NamedNode:
    """The IRI of a judgement, from its pair, its judge and its moment."""
    one, other = judgement.pair
    parts = (one.value, other.value, judgement.judge, judgement.moment)
    return iris.entity("judgement", f"{key_of(*parts)}{key_of('identity', *parts)}")


def judgement_triples(judgement: Judgement, iris: Iris) -> set[Triple]:
    """A judgement as the triples of the graph of judgements."""
    iri = judgement_iri(judgement, iris)
    triples = {
        Triple(iri, t.RDF_TYPE, t.IDENTITY_JUDGEMENT),
        Triple(iri, t.JUDGED_ENTITY, judgement.one),
        Triple(iri, t.JUDGED_ENTITY, judgement.other),
        Triple(iri, t.VERDICT, t.concept("verdict", judgement.verdict)),
    }
    texts = ((t.JUDGE, judgement.judge), (t.REASON, judgement.reason))
    triples |= {Triple(iri, predicate, Literal(text)) for predicate, text in texts if text}
    if judgement.moment:
        moment = Literal(judgement.moment, datatype=NamedNode(t.XSD + "dateTime"))
        triples.add(Triple(iri, t.JUDGED_AT, moment))
    return triples


_CAUTION: Final = (Verdict.SAME, Verdict.UNSURE, Verdict.DIFFERENT)
"""Of two judgements at one moment the more cautious one holds."""


class Judgements:
    """Looks judgements on identity up in a store."""

    def __init__(self, reader: GraphReader) -> None:
        self._reader = reader
        self._graph = reader.iris.judgements
        self._any = any(reader.triples(self._graph, None, t.RDF_TYPE, t.IDENTITY_JUDGEMENT))

    def all(self) -> dict[Pair, Judgement]:
        """The judgement that holds for each pair: the latest."""
        if not self._any:
            return {}
        found = self._reader.triples(self._graph, None, t.RDF_TYPE, t.IDENTITY_JUDGEMENT)
        return _latest(self._read(n.subject) for n in found if isinstance(n.subject, NamedNode))

    def about(self, local: NamedNode) -> dict[NamedNode, Verdict]:
        """The other local entities that judgements put beside this one, with what holds."""
        if not self._any:
            return {}
        found = self._reader.triples(self._graph, None, t.JUDGED_ENTITY, local)
        held = _latest(self._read(n.subject) for n in found if isinstance(n.subject, NamedNode))
        return {
            (other if one == local else one): judgement.verdict
            for (one, other), judgement in held.items()
        }

    def _read(self, iri: NamedNode) -> Judgement | None:
        triples = list(self._reader.triples(self._graph, iri))
        judged = sorted(
            {
                n.object
                for n in triples
                if n.predicate == t.JUDGED_ENTITY and isinstance(n.object, NamedNode)
            },
            key=str,
        )
        texts = {n.predicate: n.object.value for n in triples if not isinstance(n.object, Triple)}
        if t.REVOKED_AT in texts:
            return None
        verdict = texts.get(t.VERDICT, "").rsplit("-", 1)[-1]
        if len(judged) != 2 or verdict not in set(Verdict):
            return None  # shapes.ttl reports it
        return Judgement(
            one=judged[0],
            other=judged[1],
            verdict=Verdict(verdict),
            judge=texts.get(t.JUDGE, ""),
            moment=texts.get(t.JUDGED_AT, ""),
            reason=texts.get(t.REASON, ""),
        )


def _latest(judgements: Iterable[Judgement | None]) -> dict[Pair, Judgement]:
    def rank(judgement: Judgement) -> tuple[str, int, str]:
        return judgement.moment, _CAUTION.index(judgement.verdict), judgement.judge

    held: dict[Pair, Judgement] = {}
    for judgement in sorted((j for j in judgements if j is not None), key=rank):
        held[judgement.pair] = judgement
    return held
