"""The change of the knowledge graph that follows from a change of evidence or judgements."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pyoxigraph import Literal, Triple

from undersigned import terms as t
from undersigned.assembly.agent_facts import agent_triples
from undersigned.assembly.facts import fact_triples, signed_triples
from undersigned.assembly.link_judgements import LinkJudgements
from undersigned.assembly.signature_judgements import SignatureJudgements
from undersigned.assembly.units import Understanding, units_of
from undersigned.evidence.writing import score_literal

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pyoxigraph import NamedNode

    from undersigned.assembly.identities import Identities
    from undersigned.assembly.statement_clusters import StatementClusters
    from undersigned.assembly.stories import Stories
    from undersigned.evidence.records import Node
    from undersigned.store.base import GraphWriter

_SOURCE_PREDICATES = (
    t.RDF_TYPE,
    t.RDFS_LABEL,
    t.OUTLET,
    t.PUBLISHED,
    t.URL,
    t.DCTERMS_CREATOR,
    t.DCTERMS_TITLE,
)
"""What the knowledge graph says of a source itself, so that answers can name it."""


@dataclass(slots=True)
class KnowledgeChange:
    """Collects the triples to take out and those to add; a triple in both stays."""

    writer: GraphWriter
    identities: Identities
    stories: Stories
    removed: set[Triple] = field(default_factory=set)
    added: set[Triple] = field(default_factory=set)

    def write_facts(self, claims: set[NamedNode], statements: StatementClusters) -> None:
        """Builds every unit anew that one of these claims supported or supports."""
        old, evidence = self.identities.old, self.identities.evidence
        mind = Understanding(
            self.writer.iris,
            evidence,
            self.identities.identity_of,
            statements.statement_of,
            SignatureJudgements(self.writer),
            self.stories.first_of,
        )
        nodes = [node for claim in claims if (node := evidence.node(claim))]
        now = {node.iri: units_of(node, mind) for node in nodes}
        units = {unit for claim in claims for unit in old.units_of(claim)}
        supporting = {unit: old.claims_of(unit) - claims for unit in units.union(*now.values())}
        for claim, supported in now.items():
            for unit in supported:
                supporting[unit].add(claim)
        for unit, its_claims in supporting.items():
            before = old.about(unit)
            self.removed |= before | signed_triples(before) | old.decided_events(before)
            its_nodes = [node for claim in its_claims if (node := evidence.node(claim))]
            self.added |= fact_triples(unit, its_nodes, mind)

    def write_agents(self, locals_: Iterable[NamedNode]) -> None:
        """Builds every person, organization ... anew that these local agents are or were."""
        members: dict[NamedNode, list[Node]] = defaultdict(list)
        for local in locals_:
            before, node = (
                self.identities.old.entity_of(local),
                self.identities.evidence.node(local),
            )
            now = self.identities.entity_of(local)
            for entity in filter(None, (before, now)):
                members.setdefault(entity, [])
            if now is not None and node is not None and not node.is_a(t.LOCAL_LETTER):
                members[now].append(node)
        links = LinkJudgements(self.writer)
        for entity, nodes in members.items():
            # `us:signed` belongs to the signature that it follows from.
            self.removed |= {
                n for n in self.identities.old.about(entity) if n.predicate != t.SIGNED
            }
            self.added |= agent_triples(entity, nodes)
            self.added |= links.same_as(entity, (node.iri for node in nodes))

    def write_identities(self, locals_: Iterable[NamedNode]) -> None:
        """Says what these local entities are taken for, and why."""
        for local in locals_:
            self.removed |= self.identities.old.about(local)
            identity = self.identities.identity_of(local)
            if identity is not None:
                self.added |= {
                    Triple(local, t.IDENTIFIED_AS, identity.entity),
                    Triple(local, t.IDENTITY_SCORE, score_literal(identity.score)),
                    Triple(local, t.IDENTITY_BASIS, Literal(identity.basis)),
                    Triple(local, t.IDENTITY_AMOUNT, score_literal(identity.amount)),
                }

    def write_sources(self, changed: Iterable[NamedNode]) -> None:
        """Says of these sources what answers name them by, and whose story they copy."""
        for source in changed:
            self.removed |= self.identities.old.about(source)
            node = self.identities.evidence.node(source)
            if node is not None:
                self.added |= {
                    Triple(source, predicate, value)
                    for predicate in _SOURCE_PREDICATES
                    for value in node.all(predicate)
                }
                if (first := self.stories.first_of(source)) != source:
                    self.added.add(Triple(source, t.COPY_OF, first))
