"""Proposed links: what a look-up suggests for a local entity; they say nothing until judged."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode, Triple

from undersigned import terms as t
from undersigned.assembly.link_judgements import LinkJudgements
from undersigned.evidence.records import EvidenceView
from undersigned.iris import key_of

if TYPE_CHECKING:
    from undersigned.iris import Iris
    from undersigned.store.base import GraphReader


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkProposal:
    """An entry of an outside data set that may be what a local entity is.

    `label` and `description` are the entry's own; `basis` says what was found alike.
    """

    local: NamedNode
    link: NamedNode
    label: str
    description: str = ""
    basis: str = ""


def proposal_triples(proposal: LinkProposal, iris: Iris) -> set[Triple]:
    """A proposal as the triples of the graph of proposals."""
    key = key_of(proposal.local.value, proposal.link.value)
    iri = iris.entity("proposal", f"{key}{key_of('link', key, proposal.link.value)}")
    triples = {
        Triple(iri, t.RDF_TYPE, t.LINK_PROPOSAL),
        Triple(iri, t.PROPOSED_FOR, proposal.local),
        Triple(iri, t.LINK, proposal.link),
        Triple(iri, t.RDFS_LABEL, Literal(proposal.label)),
    }
    texts = ((t.DESCRIPTION, proposal.description), (t.IDENTITY_BASIS, proposal.basis))
    return triples | {Triple(iri, predicate, Literal(text)) for predicate, text in texts if text}


def read_proposals(reader: GraphReader) -> list[LinkProposal]:
    """Every proposal, judged or not, by local entity and link."""
    graph = reader.iris.proposals
    found = []
    for typed in reader.triples(graph, None, t.RDF_TYPE, t.LINK_PROPOSAL):
        if not isinstance(typed.subject, NamedNode):
            continue
        values = {n.predicate: n.object for n in reader.triples(graph, typed.subject)}
        local, link = values.get(t.PROPOSED_FOR), values.get(t.LINK)
        if isinstance(local, NamedNode) and isinstance(link, NamedNode):
            texts = {p: v.value for p, v in values.items() if isinstance(v, Literal)}
            found.append(
                LinkProposal(
                    local=local,
                    link=link,
                    label=texts.get(t.RDFS_LABEL, ""),
                    description=texts.get(t.DESCRIPTION, ""),
                    basis=texts.get(t.IDENTITY_BASIS, ""),
                )
            )
    return sorted(found, key=lambda proposal: (proposal.local.value, proposal.link.value))


def open_proposals(reader: GraphReader) -> list[LinkProposal]:
    """The proposals that nobody has judged, of local entities that a loaded source has."""
    evidence, judged = EvidenceView(reader), LinkJudgements(reader)
    return [
        proposal
        for proposal in read_proposals(reader)
        if evidence.node(proposal.local) is not None
        and proposal.link not in judged.on([proposal.local])
    ]
