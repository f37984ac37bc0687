"""Brings the knowledge graph up to date with the evidence graphs.

Incremental: only what a changed source touches is looked at. From scratch, the same code sees
every source as new and no knowledge graph before; both give the same triples.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING

from pyoxigraph import Literal, Triple

from undersigned import terms as t
from undersigned.assembly import letters, statements
from undersigned.assembly.clusters import cluster, linked
from undersigned.assembly.facts import (
    Understanding,
    agent_triples,
    fact_triples,
    signed_triples,
    units_of,
)
from undersigned.assembly.identity import OWN_SOURCE_SCORE, Identity, identify_agent
from undersigned.assembly.knowledge import Knowledge
from undersigned.assembly.redirects import labelled, write_redirects
from undersigned.evidence.records import EvidenceView
from undersigned.evidence.writing import score_literal
from undersigned.store.embedded import memory_store

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pyoxigraph import NamedNode

    from undersigned.assembly.clusters import Link
    from undersigned.evidence.records import Node, SourceRecord
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


@dataclass(frozen=True, slots=True)
class AssemblyReport:
    """What assembly did: triples taken out and added, and IRIs that lead to another one now."""

    removed: int
    added: int
    redirects: Mapping[NamedNode, NamedNode]


def assemble(
    writer: GraphWriter, changed: Mapping[NamedNode, SourceRecord | None]
) -> AssemblyReport:
    """Brings the knowledge graph up to date after some evidence graphs were replaced.

    Args:
        writer: the store; the new evidence is already in it.
        changed: each source that was replaced, added or removed, with its record from before
            (None for a new one).
    """
    return _Assembly(writer, EvidenceView(writer), Knowledge(writer)).run(changed)


def assemble_from_scratch(writer: GraphWriter) -> AssemblyReport:
    """Builds the knowledge graph from the evidence graphs alone."""
    evidence = EvidenceView(writer, whole=True)
    nothing = Knowledge(memory_store(iris=writer.iris))
    assembly = _Assembly(writer, evidence, nothing)
    assembly.removed |= set(writer.triples(writer.iris.knowledge))
    return assembly.run(dict.fromkeys(evidence.sources()))


@dataclass
class _Assembly:
    """One run. `removed` and `added` collect the change of the knowledge graph."""

    writer: GraphWriter
    evidence: EvidenceView
    old: Knowledge
    identities: dict[NamedNode, Identity | None] = field(default_factory=dict)
    letter_profiles: dict[NamedNode, letters.LetterProfile | None] = field(default_factory=dict)
    statement_profiles: dict[NamedNode, statements.StatementProfile | None] = field(
        default_factory=dict
    )
    statement_entities: dict[NamedNode, NamedNode | None] = field(default_factory=dict)
    removed: set[Triple] = field(default_factory=set)
    added: set[Triple] = field(default_factory=set)

    def run(self, changed: Mapping[NamedNode, SourceRecord | None]) -> AssemblyReport:
        now = ((source, self.evidence.record(source)) for source in changed)
        records = [record for _, record in chain(changed.items(), now) if record is not None]
        moved = self.identify_letters({letter for r in records for letter in r.letters})
        claims = {claim for r in records for claim in r.claims}
        claims |= {n.iri for local in moved for n in self.evidence.claims_about(local)}
        claims |= self.identify_statements(claims)
        claims |= {n.iri for claim in claims for n in self.evidence.claims_within(claim)}
        self.write_facts(claims)
        self.write_agents(node for r in records for node in r.agents.values())
        agents = {agent for r in records for agent in r.agents}
        self.write_identities(agents | moved)
        self.write_sources(changed)
        return self.finish(agents | moved)

    def finish(self, moved: Iterable[NamedNode]) -> AssemblyReport:
        """Writes the change. Redirects first: if this is cut short, assembly runs again."""
        removed, added = self.removed - self.added, self.added - self.removed
        alive, gone = labelled(self.added), labelled(removed)
        redirects = self.redirects(moved, alive)
        write_redirects(self.writer, redirects, alive=alive, gone=gone - alive)
        self.writer.change_graph(self.writer.iris.knowledge, removed, added)
        return AssemblyReport(len(removed), len(added), redirects)

    # --- identity --------------------------------------------------------------------------------

    def identity_of(self, local: NamedNode) -> Identity | None:
        """What a local entity is taken for now."""
        if local not in self.identities:
            node = self.evidence.node(local)
            if node is None:
                self.identities[local] = None
            elif node.is_a(t.LOCAL_LETTER):
                # Not moved by this change: what it was taken for still holds.
                entity = self.old.entity_of(local)
                self.identities[local] = Identity(entity, 1.0, "") if entity else None
            else:
                self.identities[local] = identify_agent(node, self.writer.iris)
        return self.identities[local]

    def letter_profile(self, letter: NamedNode) -> letters.LetterProfile | None:
        if letter not in self.letter_profiles:
            self.letter_profiles[letter] = letters.profile_of(
                letter, self.evidence, self.writer.iris
            )
        return self.letter_profiles[letter]

    def letter_links(self, letter: NamedNode) -> list[Link]:
        profile = self.letter_profile(letter)
        if profile is None:
            return []
        others = map(self.letter_profile, self.letter_candidates(profile))
        links = (letters.compare(profile, other) for other in others if other)
        return [link for link in links if link is not None]

    def letter_candidates(self, profile: letters.LetterProfile) -> set[NamedNode]:
        """The local letters that may be this one, by the keys that they share.

        Whoever signs everything shares keys with very many: where these keys alone can't make one
        letter of two, the quoted words are looked at before anything else is read.
        """
        found: set[NamedNode] = set()
        doubtful: set[NamedNode] = set()
        for thing in self.evidence.sharing(profile.keys):
            node = self.evidence.node(thing)
            if node is not None and node.is_a(t.LOCAL_LETTER):
                shared = profile.keys.intersection(node.texts(t.BLOCKING_KEY))
                known = thing in self.letter_profiles
                (found if known or letters.may_reach(shared) else doubtful).add(thing)
            elif node is not None and (quoted := letters.quoted_letter(node, self.evidence)):
                found.add(quoted)
        found |= {n for n in doubtful - found if letters.quotes_alike(profile, n, self.evidence)}
        return found - {profile.iri}

    def letter_companions(self, letter: NamedNode) -> set[NamedNode]:
        before = self.old.entity_of(letter)
        return self.old.locals_of(before) if before else set()

    def identify_letters(self, start: set[NamedNode]) -> set[NamedNode]:
        """Clusters local letters anew around the changed ones; all that were looked at."""
        found, links = linked(start, self.letter_links, self.letter_companions)
        here = {letter for letter in found if self.evidence.node(letter) is not None}
        links_of: dict[NamedNode, list[Link]] = defaultdict(list)
        for link in links:
            links_of[link.one].append(link)
            links_of[link.other].append(link)
        self.identities.update(dict.fromkeys(found - here))
        for members in cluster(here, links, letters.may_join):
            entity = letters.letter_entity(members, self.evidence, self.writer.iris)
            for letter in members:
                within = [n for n in links_of[letter] if n.one in members and n.other in members]
                self.identities[letter] = _letter_identity(entity, within)
        return found

    def statement_profile(self, claim: NamedNode) -> statements.StatementProfile | None:
        if claim not in self.statement_profiles:
            self.statement_profiles[claim] = self._read_statement_profile(claim)
        return self.statement_profiles[claim]

    def _read_statement_profile(self, claim: NamedNode) -> statements.StatementProfile | None:
        node = self.evidence.node(claim)
        if node is None or not node.is_a(t.STATEMENT_CLAIM):
            return None
        speaker = node.link(t.LOCAL_SPEAKER)
        identity = self.identity_of(speaker) if speaker else None
        return statements.StatementProfile(
            iri=claim,
            speaker=identity.entity if identity else None,
            is_quotation=node.is_a(t.QUOTATION_CLAIM),
            words=statements.folded_words(node.text(t.WORDS) or ""),
        )

    def statement_links(self, claim: NamedNode) -> list[Link]:
        profile, node = self.statement_profile(claim), self.evidence.node(claim)
        if profile is None or node is None:
            return []
        candidates = map(
            self.statement_profile, self.evidence.sharing(node.texts(t.BLOCKING_KEY)) - {claim}
        )
        links = (statements.compare(profile, other) for other in candidates if other)
        return [link for link in links if link is not None]

    def statement_companions(self, claim: NamedNode) -> list[NamedNode]:
        units = (unit for unit in self.old.units_of(claim) if self._is_statement(unit))
        return [other for unit in units for other in self.old.claims_of(unit)]

    def _is_statement(self, unit: NamedNode) -> bool:
        return unit.value.startswith(f"{self.writer.iris.base}statement/")

    def identify_statements(self, claims: Iterable[NamedNode]) -> set[NamedNode]:
        """Clusters the statement claims among these anew; all that were looked at."""
        found, links = linked(
            (claim for claim in claims if self._is_or_was_statement(claim)),
            self.statement_links,
            self.statement_companions,
        )
        profiles = {claim: self.statement_profile(claim) for claim in found}
        here = {claim for claim, profile in profiles.items() if profile is not None}
        for members in cluster(here, links, lambda one, other: True):
            entity = statements.statement_entity(
                [profile for claim in members if (profile := profiles[claim])], self.writer.iris
            )
            self.statement_entities.update(dict.fromkeys(members, entity))
        self.statement_entities.update(dict.fromkeys(found - here))
        return found

    def _is_or_was_statement(self, claim: NamedNode) -> bool:
        node = self.evidence.node(claim)
        return node is None or node.is_a(t.STATEMENT_CLAIM)

    def statement_of(self, claim: NamedNode) -> NamedNode | None:
        """The statement that a claim reports, now."""
        if claim not in self.statement_entities:
            units = (unit for unit in self.old.units_of(claim) if self._is_statement(unit))
            self.statement_entities[claim] = next(units, None)
        return self.statement_entities[claim]

    # --- writing ---------------------------------------------------------------------------------

    def write_facts(self, claims: set[NamedNode]) -> None:
        """Builds every unit anew that one of these claims supported or supports."""
        mind = Understanding(self.writer.iris, self.evidence, self.identity_of, self.statement_of)
        nodes = [node for claim in claims if (node := self.evidence.node(claim))]
        now = {node.iri: units_of(node, mind) for node in nodes}
        units = {unit for claim in claims for unit in self.old.units_of(claim)}
        supporting = {
            unit: self.old.claims_of(unit) - claims for unit in units.union(*now.values())
        }
        for claim, supported in now.items():
            for unit in supported:
                supporting[unit].add(claim)
        for unit, its_claims in supporting.items():
            before = self.old.about(unit)
            self.removed |= before | signed_triples(before)
            its_nodes = [node for claim in its_claims if (node := self.evidence.node(claim))]
            self.added |= fact_triples(unit, its_nodes, mind)

    def write_agents(self, locals_: Iterable[Node]) -> None:
        """Builds every person, organization ... anew that these local agents name or named."""
        keys = {
            identify_agent(node, self.writer.iris).entity: node.texts(t.BLOCKING_KEY)
            for node in locals_
        }
        for entity, its_keys in keys.items():
            members = map(self.evidence.node, self.evidence.sharing(its_keys))
            # `us:signed` belongs to the signature that it follows from.
            self.removed |= {n for n in self.old.about(entity) if n.predicate != t.SIGNED}
            self.added |= agent_triples(entity, [node for node in members if node is not None])

    def write_identities(self, locals_: Iterable[NamedNode]) -> None:
        for local in locals_:
            self.removed |= self.old.about(local)
            identity = self.identity_of(local)
            if identity is not None:
                self.added |= {
                    Triple(local, t.IDENTIFIED_AS, identity.entity),
                    Triple(local, t.IDENTITY_SCORE, score_literal(identity.score)),
                    Triple(local, t.IDENTITY_BASIS, Literal(identity.basis)),
                }

    def write_sources(self, changed: Iterable[NamedNode]) -> None:
        for source in changed:
            self.removed |= self.old.about(source)
            node = self.evidence.node(source)
            if node is not None:
                self.added |= {
                    Triple(source, predicate, value)
                    for predicate in _SOURCE_PREDICATES
                    for value in node.all(predicate)
                }

    def redirects(
        self, locals_: Iterable[NamedNode], alive: set[NamedNode]
    ) -> dict[NamedNode, NamedNode]:
        """Old IRI → new IRI, where all local entities of the old one are something else now."""
        stands = Knowledge(self.writer)  # not `old`: from scratch, too, IRIs stay resolvable
        found: dict[NamedNode, NamedNode] = {}
        for local in sorted(locals_, key=str):
            before, now = stands.entity_of(local), self.identity_of(local)
            if before is not None and now is not None and before != now.entity:
                found[before] = now.entity
        return {before: now for before, now in found.items() if before not in alive}


def _letter_identity(entity: NamedNode, links: Iterable[Link]) -> Identity:
    """By the best of the links that hold a local letter in its cluster."""
    best = max(links, key=lambda link: (link.score, link.one.value, link.other.value), default=None)
    if best is None:
        return Identity(entity, OWN_SOURCE_SCORE, "known from this source alone")
    return Identity(entity, best.score, best.basis)
