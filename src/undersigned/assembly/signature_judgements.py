"""People's decisions on what became of a signature, and the status that follows.

A judgement names the local signatories and local letters of the claims that told of the signature
when it was judged, so that it outlives merges, splits and the removal of some of these sources. It
settles what was said up to its day; a later source that says that the name fell is still heard.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pyoxigraph import Literal, NamedNode, Triple

from undersigned import terms as t
from undersigned.claims import SignatureStatus
from undersigned.evidence.writing import date_literal
from undersigned.iris import key_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from undersigned.evidence.records import Node
    from undersigned.iris import Iris
    from undersigned.store.base import GraphReader

JUDGED_STATUSES: Final = (
    SignatureStatus.CONFIRMED,
    SignatureStatus.WITHDRAWN,
    SignatureStatus.DENIED,
    SignatureStatus.FORGED,
)
"""What a person can judge of a signature; that it was reported or listed, only a source says."""
STATUS_ORDER: Final = (
    "forged", "withdrawn", "denied", "declined", "confirmed", "listed", "reported",
)  # fmt: skip
"""Which status stands where sources differ: whoever says that a name is wrongly on a letter is
heard before those who say that it is there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SignatureJudgement:
    """One decision: since `day` (ISO 8601) the signature of `signatories` has this status.

    `signatories` and `letters` are local entities, sorted; `url` is the page that it rests on.
    """

    signatories: tuple[NamedNode, ...]
    letters: tuple[NamedNode, ...]
    status: SignatureStatus
    day: str
    url: str = ""
    judge: str = ""
    moment: str = ""
    reason: str = ""


def signature_judgement_iri(judgement: SignatureJudgement, iris: Iris) -> NamedNode:
    """The IRI of a judgement, from all that it decides, its judge and its moment."""
    judged = (*judgement.signatories, *judgement.letters)
    parts = (
        *(local.value for local in judged),
        judgement.status, judgement.day, judgement.judge, judgement.moment,
    )  # fmt: skip
    return iris.entity("judgement", f"{key_of(*parts)}{key_of('signature', *parts)}")


def signature_judgement_triples(judgement: SignatureJudgement, iris: Iris) -> set[Triple]:
    """A judgement as the triples of the graph of judgements."""
    iri = signature_judgement_iri(judgement, iris)
    triples = {
        Triple(iri, t.RDF_TYPE, t.SIGNATURE_JUDGEMENT),
        Triple(iri, t.STATUS, t.concept("status", judgement.status)),
        Triple(iri, t.STATED_ON, date_literal(judgement.day)),
    }
    triples |= {Triple(iri, t.JUDGED_SIGNATORY, local) for local in judgement.signatories}
    triples |= {Triple(iri, t.JUDGED_LETTER, local) for local in judgement.letters}
    texts = ((t.URL, judgement.url), (t.JUDGE, judgement.judge), (t.REASON, judgement.reason))
    triples |= {Triple(iri, predicate, Literal(text)) for predicate, text in texts if text}
    if judgement.moment:
        moment = Literal(judgement.moment, datatype=NamedNode(t.XSD + "dateTime"))
        triples.add(Triple(iri, t.JUDGED_AT, moment))
    return triples


class SignatureJudgements:
    """Looks judgements on signatures up in a store."""

    def __init__(self, reader: GraphReader) -> None:
        self._reader = reader
        self._graph = reader.iris.judgements
        self._any = any(reader.triples(self._graph, None, t.RDF_TYPE, t.SIGNATURE_JUDGEMENT))

    def on(self, claims: Iterable[Node]) -> list[tuple[NamedNode, SignatureJudgement]]:
        """The judgements that hold on the signature of these claims, by day; the latest of a day.

        A judgement is about a signature if it names the signatory and the letter of its claims.
        """
        if not self._any:
            return []
        nodes = list(claims)
        letters = {local for node in nodes for local in node.links(t.LOCAL_LETTER_OF)}
        found = {
            n.subject
            for node in nodes
            for local in node.links(t.LOCAL_SIGNATORY)
            for n in self._reader.triples(self._graph, None, t.JUDGED_SIGNATORY, local)
            if isinstance(n.subject, NamedNode)
        }
        held: dict[str, tuple[NamedNode, SignatureJudgement]] = {}
        read = ((iri, read_signature_judgement(self._reader, iri)) for iri in found)
        about = [(iri, j) for iri, j in read if j is not None and letters.intersection(j.letters)]
        for iri, judgement in sorted(about, key=lambda pair: (pair[1].moment, pair[0].value)):
            held[judgement.day] = (iri, judgement)
        return [held[day] for day in sorted(held)]


def read_signature_judgement(
    reader: GraphReader, iri: NamedNode, *, revoked: bool = False
) -> SignatureJudgement | None:
    """The judgement of this IRI; None if there is none, or it was taken back and `revoked` unset.

    None as well for one that is not whole, which the shapes report.
    """
    triples = list(reader.triples(reader.iris.judgements, iri))
    texts = {n.predicate: n.object.value for n in triples if not isinstance(n.object, Triple)}
    status = texts.get(t.STATUS, "").rsplit("-", 1)[-1]
    if status not in JUDGED_STATUSES or (t.REVOKED_AT in texts and not revoked):
        return None

    def links(predicate: NamedNode) -> tuple[NamedNode, ...]:
        found = (n.object for n in triples if n.predicate == predicate)
        return tuple(sorted((n for n in found if isinstance(n, NamedNode)), key=str))

    return SignatureJudgement(
        signatories=links(t.JUDGED_SIGNATORY),
        letters=links(t.JUDGED_LETTER),
        status=SignatureStatus(status),
        day=texts.get(t.STATED_ON, ""),
        url=texts.get(t.URL, ""),
        judge=texts.get(t.JUDGE, ""),
        moment=texts.get(t.JUDGED_AT, ""),
        reason=texts.get(t.REASON, ""),
    )


def standing_status(
    said: Iterable[tuple[str, NamedNode]], judged: Sequence[SignatureJudgement]
) -> NamedNode | None:
    """The status of a signature, from what sources said on which day and what people decided.

    The latest judgement counts with what was said after its day; among these, and where nobody
    judged among all, the order of `STATUS_ORDER` decides.
    """
    settled = judged[-1].day if judged else ""
    found = {status for day, status in said if not judged or day > settled}
    if judged:
        found.add(t.concept("status", judged[-1].status))
    order = (t.concept("status", name) for name in STATUS_ORDER)
    return next((status for status in order if status in found), None)


def decided_event(signature: NamedNode, iri: NamedNode, judged: SignatureJudgement) -> NamedNode:
    """The IRI of the step in a signature's history that a judgement makes."""
    key = iri.value.rsplit("/", 1)[1]
    return NamedNode(f"{signature.value}/status/{judged.status}-judgement-{key}")


def decided_event_triples(
    signature: NamedNode, iri: NamedNode, judged: SignatureJudgement
) -> set[Triple]:
    """That step, and that the signature has it."""
    event = decided_event(signature, iri, judged)
    triples = {
        Triple(signature, t.HAS_STATUS_EVENT, event),
        Triple(event, t.RDF_TYPE, t.STATUS_EVENT),
        Triple(event, t.RDFS_LABEL, Literal(judged.status.value)),
        Triple(event, t.STATUS, t.concept("status", judged.status)),
        Triple(event, t.CERTAINTY, t.concept("certainty", "stated")),
        Triple(event, t.STATED_ON, date_literal(judged.day)),
        Triple(event, t.DECIDED_BY, iri),
    }
    if judged.url:
        triples.add(Triple(event, t.URL, Literal(judged.url)))
    return triples
