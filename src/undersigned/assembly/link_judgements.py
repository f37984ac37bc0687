"""People's decisions on links to outside data sets, and the `owl:sameAs` that follows from them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode, Triple

from undersigned import terms as t
from undersigned.assembly.judgements import Verdict
from undersigned.iris import key_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from undersigned.iris import Iris
    from undersigned.store.base import GraphReader


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkJudgement:
    """One decision: whether a local entity is what an entry of an outside data set describes."""

    local: NamedNode
    link: NamedNode
    verdict: Verdict
    judge: str = ""
    moment: str = ""
    reason: str = ""


def link_judgement_iri(judgement: LinkJudgement, iris: Iris) -> NamedNode:
    """The IRI of a judgement, from its local entity, its link, its judge and its moment."""
    parts = (judgement.local.value, judgement.link.value, judgement.judge, judgement.moment)
    return iris.entity("judgement", f"{key_of(*parts)}{key_of('link', *parts)}")


def link_judgement_triples(judgement: LinkJudgement, iris: Iris) -> set[Triple]:
    """A judgement as the triples of the graph of judgements."""
    iri = link_judgement_iri(judgement, iris)
    triples = {
        Triple(iri, t.RDF_TYPE, t.LINK_JUDGEMENT),
        Triple(iri, t.JUDGED_ENTITY, judgement.local),
        Triple(iri, t.LINK, judgement.link),
        Triple(iri, t.VERDICT, t.concept("verdict", judgement.verdict)),
    }
    texts = ((t.JUDGE, judgement.judge), (t.REASON, judgement.reason))
    triples |= {Triple(iri, predicate, Literal(text)) for predicate, text in texts if text}
    if judgement.moment:
        moment = Literal(judgement.moment, datatype=NamedNode(t.XSD + "dateTime"))
        triples.add(Triple(iri, t.JUDGED_AT, moment))
    return triples


class LinkJudgements:
    """Looks judgements on links up in a store."""

    def __init__(self, reader: GraphReader) -> None:
        self._reader = reader
        self._graph = reader.iris.judgements
        self._any = any(reader.triples(self._graph, None, t.RDF_TYPE, t.LINK_JUDGEMENT))

    def on(self, locals_: Iterable[NamedNode]) -> dict[NamedNode, Verdict]:
        """What holds for each link judged for these local entities: the latest decision."""
        if not self._any:
            return {}
        found = {
            n.subject
            for local in locals_
            for n in self._reader.triples(self._graph, None, t.JUDGED_ENTITY, local)
            if isinstance(n.subject, NamedNode)
        }
        read = (read_link_judgement(self._reader, iri) for iri in found)
        held = sorted((j for j in read if j is not None), key=lambda j: (j.moment, j.verdict))
        return {judgement.link: judgement.verdict for judgement in held}

    def same_as(self, entity: NamedNode, locals_: Iterable[NamedNode]) -> set[Triple]:
        """That an entity is what was judged the same as one of its local entities."""
        return {
            Triple(entity, t.OWL_SAME_AS, link)
            for link, verdict in self.on(locals_).items()
            if verdict is Verdict.SAME
        }


def read_link_judgement(
    reader: GraphReader, iri: NamedNode, *, revoked: bool = False
) -> LinkJudgement | None:
    """The judgement of this IRI; None without one, or if it was taken back and `revoked` unset."""
    triples = list(reader.triples(reader.iris.judgements, iri))
    links = {n.predicate: n.object for n in triples if isinstance(n.object, NamedNode)}
    texts = {n.predicate: n.object.value for n in triples if not isinstance(n.object, Triple)}
    verdict = texts.get(t.VERDICT, "").rsplit("-", 1)[-1]
    if links.get(t.RDF_TYPE) != t.LINK_JUDGEMENT or (t.REVOKED_AT in texts and not revoked):
        return None
    return LinkJudgement(
        local=links[t.JUDGED_ENTITY],
        link=links[t.LINK],
        verdict=Verdict(verdict),
        judge=texts.get(t.JUDGE, ""),
        moment=texts.get(t.JUDGED_AT, ""),
        reason=texts.get(t.REASON, ""),
    )
