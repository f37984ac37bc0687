"""Brings the knowledge graph up to date with the evidence graphs.

Incremental: only what a changed source touches is looked at. From scratch, the same code sees
every source as new and no knowledge graph before; both give the same triples.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from undersigned import terms as t
from undersigned.assembly.agents import AgentView, reached, starts
from undersigned.assembly.identities import Identities
from undersigned.assembly.identity import identify_agents
from undersigned.assembly.judgements import Judgements
from undersigned.assembly.knowledge import Knowledge
from undersigned.assembly.knowledge_change import KnowledgeChange
from undersigned.assembly.letter_clusters import LetterClusters
from undersigned.assembly.redirects import labelled, write_redirects
from undersigned.assembly.statement_clusters import StatementClusters
from undersigned.assembly.stories import Stories
from undersigned.evidence.records import EvidenceView
from undersigned.store.embedded import memory_store

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pyoxigraph import NamedNode

    from undersigned.evidence.records import Node, SourceRecord
    from undersigned.store.base import GraphWriter


@dataclass(frozen=True, slots=True)
class AssemblyReport:
    """What assembly did: triples taken out and added, and IRIs that lead to another one now."""

    removed: int
    added: int
    redirects: Mapping[NamedNode, NamedNode]


def assemble(
    writer: GraphWriter,
    changed: Mapping[NamedNode, SourceRecord | None],
    judged: Iterable[NamedNode] = (),
) -> AssemblyReport:
    """Brings the knowledge graph up to date after some evidence or judgements changed.

    Args:
        writer: the store; the new evidence and judgements are already in it.
        changed: each source that was replaced, added or removed, with its record from before
            (None for a new one).
        judged: the local entities of identity judgements that were added or taken back.
    """
    return _Assembly(writer, EvidenceView(writer), Knowledge(writer)).run(changed, judged)


def assemble_from_scratch(writer: GraphWriter) -> AssemblyReport:
    """Builds the knowledge graph from the evidence graphs alone."""
    evidence = EvidenceView(writer, whole=True)
    nothing = Knowledge(memory_store(iris=writer.iris))
    assembly = _Assembly(writer, evidence, nothing)
    assembly.change.removed |= set(writer.triples(writer.iris.knowledge))
    return assembly.run(dict.fromkeys(evidence.sources()))


class _Assembly:
    """One run: who is who first, then the units that this touches, then the change itself."""

    def __init__(self, writer: GraphWriter, evidence: EvidenceView, old: Knowledge) -> None:
        self.writer = writer
        self.evidence = evidence
        self.identities = Identities(writer.iris, evidence, old, Judgements(writer))
        self.letters = LetterClusters(self.identities)
        self.statements = StatementClusters(self.identities)
        self.stories = Stories(writer, evidence, old)
        self.change = KnowledgeChange(writer, self.identities, self.stories)
        self.before: dict[NamedNode, Node] = {}

    def run(
        self,
        changed: Mapping[NamedNode, SourceRecord | None],
        judged: Iterable[NamedNode] = (),
    ) -> AssemblyReport:
        now = ((source, self.evidence.record(source)) for source in changed)
        records = [record for _, record in chain(changed.items(), now) if record is not None]
        old_records = (record for record in changed.values() if record is not None)
        self.before = {local: node for r in old_records for local, node in r.agents.items()}
        judged = set(judged)
        judged_letters = {n for n in judged if self.identities.is_letter(n)}
        judged_claims = {n for n in judged if self.statements.profile(n) is not None}
        letters_seen = self.letters.identify(
            {n for r in records for n in r.letters} | judged_letters
        )
        moved = {letter for letter in letters_seen if self.identities.has_moved(letter)}
        agents = {agent for r in records for agent in r.agents}
        agents |= judged - judged_letters - judged_claims
        agents_seen = self.identify_agents(agents | self.agents_beside(moved))
        moved |= {agent for agent in agents_seen if self.identities.has_moved(agent)}
        claims = judged_claims.union(*(r.claims for r in records))
        claims |= {n.iri for local in judged | moved for n in self.evidence.claims_about(local)}
        retold = {n for n in self.stories.identify(changed) if self.stories.has_moved(n)}
        claims |= self.claims_of_sources(retold - changed.keys())
        claims |= self.statements.identify(claims)
        claims |= {n.iri for claim in claims for n in self.evidence.claims_within(claim)}
        self.change.write_facts(claims, self.statements)
        self.change.write_agents(agents | agents_seen)
        seen = agents | agents_seen | letters_seen
        self.change.write_identities(seen)
        self.change.write_sources(changed.keys() | retold)
        return self.finish(seen)

    def finish(self, moved: Iterable[NamedNode]) -> AssemblyReport:
        """Writes the change. Redirects first: if this is cut short, assembly runs again."""
        removed, added = (
            self.change.removed - self.change.added,
            self.change.added - self.change.removed,
        )
        alive, gone = labelled(self.change.added), labelled(removed)
        redirects = self.redirects(moved, alive)
        write_redirects(self.writer, redirects, alive=alive, gone=gone - alive)
        self.writer.change_graph(self.writer.iris.knowledge, removed, added)
        return AssemblyReport(len(removed), len(added), redirects)

    def claims_of_sources(self, sources: Iterable[NamedNode]) -> set[NamedNode]:
        """The claims of these sources."""
        records = (self.evidence.record(source) for source in sources)
        return {claim for record in records if record is not None for claim in record.claims}

    def agents_beside(self, letters: Iterable[NamedNode]) -> set[NamedNode]:
        """The local agents that claims put beside these local letters."""
        claims = (claim for letter in letters for claim in self.evidence.claims_about(letter))
        parts = (t.LOCAL_SIGNATORY, t.LOCAL_ADDRESSEE, t.LOCAL_ORGANIZER, t.LOCAL_ANSWERED)
        return {local for claim in claims for part in parts for local in claim.links(part)}

    def identify_agents(self, start: set[NamedNode]) -> set[NamedNode]:
        """Clusters the local agents around these anew; all that were looked at."""
        before = {entity for local in start if (entity := self.identities.old.entity_of(local))}
        start = start.union(*(self.identities.old.locals_of(entity) for entity in before))
        nodes = [node for local in start if (node := self.evidence.node(local))]
        view = AgentView(self.evidence, self.identities.judgements, self.identities.entity_of)
        found = reached(view, self.identities.old, starts(nodes) | self.names_left(start))
        identified = dict(identify_agents(found, view, self.writer.iris))
        self.identities.found.update(identified)
        return start | identified.keys()

    def names_left(self, start: Iterable[NamedNode]) -> set[str]:
        """The names under which local agents that are gone stood in the graph before."""
        gone = (self.before.get(local) for local in start)
        return starts(node for node in gone if node is not None)

    def redirects(
        self, locals_: Iterable[NamedNode], alive: set[NamedNode]
    ) -> dict[NamedNode, NamedNode]:
        """Old IRI → new IRI, where all local entities of the old one are something else now."""
        stands = Knowledge(self.writer)  # not `old`: from scratch, too, IRIs stay resolvable
        found: dict[NamedNode, NamedNode] = {}
        for local in sorted(locals_, key=str):
            before, now = stands.entity_of(local), self.identities.identity_of(local)
            if before is not None and now is not None and before != now.entity:
                found[before] = now.entity
        return {before: now for before, now in found.items() if before not in alive}
