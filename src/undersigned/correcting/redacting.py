"""One claim taken out of a store for good, by a judgement that says why and can be revoked."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode, Triple

from undersigned import terms as t
from undersigned.correcting.rewriting import withhold_everywhere
from undersigned.correcting.versions import moment
from undersigned.correcting.withholding import redacted_claims
from undersigned.errors import EntityNotFound
from undersigned.evidence.records import source_of
from undersigned.iris import key_of

if TYPE_CHECKING:
    from undersigned.correcting.rewriting import WithheldReport
    from undersigned.store.base import GraphReader, GraphWriter


def get_claim(reader: GraphReader, text: str) -> NamedNode:
    """The claim that an IRI, or its part after the base, names.

    Raises:
        EntityNotFound: no source has such a claim.
    """
    typed = text.strip().removeprefix("<").removesuffix(">")
    claim = _claim_iri(reader, typed)
    if claim is None or not any(reader.triples(source_of(claim), claim, t.PASSAGE)):
        raise EntityNotFound(
            f"no source has a claim {text!r}; expected an IRI as source/ID#claim-0123abcd; "
            "`undersigned why NAME --format json` shows the claims behind what the graph says"
        )
    return claim


def redact(writer: GraphWriter, claim: NamedNode, *, reason: str, judge: str) -> WithheldReport:
    """Takes a claim out, and what is told within it, and keeps it out; published on return.

    Older revisions are gone then, and no file of the store holds the claim's words unless another
    claim rests on them, too.
    """
    now = datetime.now(UTC)
    iri = writer.iris.entity("judgement", f"redaction-{key_of(claim.value, now.isoformat())}")
    record = {
        Triple(iri, t.RDF_TYPE, t.REDACTION),
        Triple(iri, t.REDACTED_CLAIM, claim),
        Triple(iri, t.REASON, Literal(reason)),
        Triple(iri, t.JUDGED_AT, moment(now)),
    }
    if judge:
        record.add(Triple(iri, t.JUDGE, Literal(judge)))
    writer.begin_erasure(writer.suppression)
    writer.change_graph(writer.iris.judgements, (), record)
    report = withhold_everywhere(writer, doing="redact", only=[source_of(claim)])
    writer.erase()
    return report


def revoke_redaction(writer: GraphWriter, text: str, *, reason: str, judge: str) -> NamedNode:
    """Takes a redaction back, which stays on record; the claim. Nothing is published yet.

    The claim's words are kept nowhere: it comes back when its source is loaded again.

    Raises:
        EntityNotFound: no such claim is redacted.
    """
    claim = _claim_iri(writer, text.strip().removeprefix("<").removesuffix(">"))
    known = redacted_claims(writer)
    if claim not in known or claim is None:
        listed = "".join(f"\n  {iri.value}" for iri in sorted(known, key=str))
        raise EntityNotFound(
            f"{text!r} is no claim that is redacted; redacted are:{listed or ' none'}"
        )
    judgements = writer.iris.judgements
    record = {
        Triple(n.subject, predicate, value)
        for n in writer.triples(judgements, None, t.REDACTED_CLAIM, claim)
        for predicate, value in (
            (t.REVOKED_AT, moment(datetime.now(UTC))),
            (t.REVOCATION_REASON, Literal(reason)),
            (t.REVOKED_BY, Literal(judge)),
        )
        if not any(writer.triples(judgements, _named(n.subject), t.REVOKED_AT))
        and (not isinstance(value, Literal) or value.value)
    }
    writer.change_graph(judgements, (), record)
    return claim


def _claim_iri(reader: GraphReader, typed: str) -> NamedNode | None:
    if "#claim-" not in typed:
        return None
    try:
        return NamedNode(typed if typed.startswith(reader.iris.base) else reader.iris.base + typed)
    except ValueError:
        return None


def _named(term: object) -> NamedNode | None:
    return term if isinstance(term, NamedNode) else None
