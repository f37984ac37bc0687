"""The units of the knowledge graph that claims support, and their IRIs.

A *unit* is one subject of the knowledge graph: a letter, a signature, a statement ... Its IRI is a
function of the claim and of what its local entities are taken for.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from undersigned import terms as t
from undersigned.iris import slug_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from undersigned.assembly.identity import Identity
    from undersigned.assembly.signature_judgements import SignatureJudgements
    from undersigned.evidence.records import EvidenceView, Node
    from undersigned.iris import Iris


@dataclass(frozen=True, slots=True)
class Understanding:
    """What local entities and statement claims are taken for, at one time."""

    iris: Iris
    evidence: EvidenceView
    identity_of: Callable[[NamedNode], Identity | None]
    statement_of: Callable[[NamedNode], NamedNode | None]
    signature_judgements: SignatureJudgements
    story_of: Callable[[NamedNode], NamedNode]
    """A source → the one that stands for its story: copies are no sources of their own."""

    def entity(self, claim: Node, predicate: NamedNode) -> NamedNode | None:
        """The entity that a claim's local entity is."""
        local = claim.link(predicate)
        identity = self.identity_of(local) if local else None
        return identity.entity if identity else None

    def path(self, entity: NamedNode) -> str:
        """An entity's IRI without base and kind: "mark-ruffalo"."""
        return entity.value.removeprefix(self.iris.base).split("/", 1)[1]


def units_of(claim: Node, mind: Understanding) -> list[NamedNode]:
    """The units that a claim supports; none where an entity that it needs is missing."""
    letter = mind.entity(claim, t.LOCAL_LETTER_OF)
    if claim.is_a(t.STATEMENT_CLAIM):
        statement = mind.statement_of(claim.iri)
        return [statement] if statement else []
    if claim.is_a(t.ROLE_CLAIM):
        role = _role_iri(claim, mind)
        return [role] if role else []
    if letter is None:
        return []
    if claim.is_a(t.SIGNATURE_CLAIM):
        signature = _signature_iri(claim, letter, mind)
        return [signature, event_iri(claim, signature, mind)] if signature else []
    if claim.is_a(t.COUNT_CLAIM):
        return [letter, count_iri(claim, letter, mind)]
    return [letter]


def last_part(claim: Node, predicate: NamedNode) -> str:
    """The value of a concept: "over" for `us:count-qualifier-over`."""
    found = claim.link(predicate)
    return found.value.rsplit("-", 1)[1] if found else "unknown"


def _role_iri(claim: Node, mind: Understanding) -> NamedNode | None:
    holder = mind.entity(claim, t.LOCAL_HOLDER)
    if holder is None:
        return None
    organization = mind.entity(claim, t.LOCAL_ORGANIZATION_OF)
    title = slug_of(claim.text(t.ROLE_TITLE) or "")
    place = f"-at-{mind.path(organization)}" if organization else ""
    time = last_part(claim, t.ROLE_TIME)
    when = "" if time == "current" else f"-{time}"
    return mind.iris.entity("role", f"{mind.path(holder)}/{title}{place}{when}")


def count_iri(claim: Node, letter: NamedNode, mind: Understanding) -> NamedNode:
    """The IRI of a claimed number of signers: one a letter, number and qualifier."""
    qualifier, number = last_part(claim, t.COUNT_QUALIFIER), claim.text(t.NUMBER)
    return mind.iris.entity("count", f"{mind.path(letter)}/{qualifier}-{number}")


def _signature_iri(claim: Node, letter: NamedNode, mind: Understanding) -> NamedNode | None:
    signatory = mind.entity(claim, t.LOCAL_SIGNATORY)
    if signatory is None:
        return None
    # A body may have a person's name: only people go without their kind.
    name = signatory.value.removeprefix(mind.iris.base).removeprefix("person/").replace("/", "-")
    return mind.iris.entity("signature", f"{mind.path(letter)}/{name}")


def event_iri(claim: Node, signature: NamedNode, mind: Understanding) -> NamedNode:
    """The IRI of the step in a signature's history that a claim tells of."""
    source_id = mind.iris.source_id(claim.iri)
    return NamedNode(f"{signature.value}/status/{last_part(claim, t.STATUS)}-{source_id}")
