"""The judgements of a store as people gave them, those that were taken back among them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode, Triple

from undersigned import terms as t
from undersigned.assembly.judgements import (
    Judgement,
    Verdict,
    judgement_iri,
    judgement_triples,
)
from undersigned.assembly.link_judgements import (
    LinkJudgement,
    link_judgement_iri,
    link_judgement_triples,
    read_link_judgement,
)
from undersigned.assembly.signature_judgements import (
    SignatureJudgement,
    read_signature_judgement,
    signature_judgement_iri,
    signature_judgement_triples,
)

if TYPE_CHECKING:
    from undersigned.iris import Iris
    from undersigned.store.base import GraphReader

AnyJudgement = Judgement | SignatureJudgement | LinkJudgement


@dataclass(frozen=True, slots=True)
class Revocation:
    """That a judgement was taken back: when (ISO 8601), by whom and why."""

    moment: str
    judge: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Record:
    """A judgement with its IRI; `revocation` is None while it holds."""

    iri: NamedNode
    judgement: AnyJudgement
    revocation: Revocation | None = None


def iri_of(judgement: AnyJudgement, iris: Iris) -> NamedNode:
    """The IRI of a judgement of any kind."""
    match judgement:
        case SignatureJudgement():
            return signature_judgement_iri(judgement, iris)
        case LinkJudgement():
            return link_judgement_iri(judgement, iris)
        case Judgement():
            return judgement_iri(judgement, iris)


def triples_of(record: Record, iris: Iris) -> set[Triple]:
    """A judgement of any kind, with its revocation, as the graph of judgements has it."""
    match record.judgement:
        case SignatureJudgement() as judgement:
            triples = signature_judgement_triples(judgement, iris)
        case LinkJudgement() as judgement:
            triples = link_judgement_triples(judgement, iris)
        case Judgement() as judgement:
            triples = judgement_triples(judgement, iris)
    if record.revocation is not None:
        revoked = record.revocation
        moment = Literal(revoked.moment, datatype=NamedNode(t.XSD + "dateTime"))
        triples.add(Triple(record.iri, t.REVOKED_AT, moment))
        texts = ((t.REVOKED_BY, revoked.judge), (t.REVOCATION_REASON, revoked.reason))
        triples |= {
            Triple(record.iri, predicate, Literal(text)) for predicate, text in texts if text
        }
    return triples


def locals_of(judgement: AnyJudgement) -> tuple[NamedNode, ...]:
    """The local entities or statement claims that a judgement is about."""
    match judgement:
        case SignatureJudgement():
            return (*judgement.signatories, *judgement.letters)
        case LinkJudgement():
            return (judgement.local,)
        case Judgement():
            return judgement.pair


def read_records(reader: GraphReader) -> list[Record]:
    """Every judgement that is whole, by moment and IRI, those that were taken back among them."""
    graph = reader.iris.judgements
    classes = (t.IDENTITY_JUDGEMENT, t.SIGNATURE_JUDGEMENT, t.LINK_JUDGEMENT)
    found = {
        n.subject
        for kind in classes
        for n in reader.triples(graph, None, t.RDF_TYPE, kind)
        if isinstance(n.subject, NamedNode)
    }
    records = (read_record(reader, iri) for iri in found)
    return sorted(
        (record for record in records if record is not None),
        key=lambda record: (record.judgement.moment, record.iri.value),
    )


def read_record(reader: GraphReader, iri: NamedNode) -> Record | None:
    """The judgement of this IRI with its revocation, or None if there is none."""
    judgement = (
        read_signature_judgement(reader, iri, revoked=True)
        or read_link_judgement(reader, iri, revoked=True)
        or _read_identity_judgement(reader, iri)
    )
    if judgement is None:
        return None
    triples = reader.triples(reader.iris.judgements, iri)
    texts = {n.predicate: n.object.value for n in triples if isinstance(n.object, Literal)}
    revocation = (
        Revocation(
            texts[t.REVOKED_AT], texts.get(t.REVOKED_BY, ""), texts.get(t.REVOCATION_REASON, "")
        )
        if t.REVOKED_AT in texts
        else None
    )
    return Record(iri, judgement, revocation)


def _read_identity_judgement(reader: GraphReader, iri: NamedNode) -> Judgement | None:
    triples = list(reader.triples(reader.iris.judgements, iri))
    texts = {n.predicate: n.object.value for n in triples if not isinstance(n.object, Triple)}
    judged = sorted(
        {
            n.object
            for n in triples
            if n.predicate == t.JUDGED_ENTITY and isinstance(n.object, NamedNode)
        },
        key=str,
    )
    verdict = texts.get(t.VERDICT, "").rsplit("-", 1)[-1]
    if len(judged) != 2 or verdict not in set(Verdict):
        return None
    return Judgement(
        one=judged[0],
        other=judged[1],
        verdict=Verdict(verdict),
        judge=texts.get(t.JUDGE, ""),
        moment=texts.get(t.JUDGED_AT, ""),
        reason=texts.get(t.REASON, ""),
    )
