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
from undersigned.assembly.agents import AgentView, reached, starts
from undersigned.assembly.clusters import cluster, linked
from undersigned.assembly.facts import (
    Understanding,
    agent_triples,
    fact_triples,
    signed_triples,
    units_of,
)
from undersigned.assembly.identity import (
    OWN_SOURCE_BASIS,
    OWN_SOURCE_SCORE,
    Identity,
    identify_agents,
    identify_within_source,
)
from undersigned.assembly.judgements import Judgements, Verdict
from undersigned.assembly.knowledge import Knowledge
from undersigned.assembly.link_judgements import LinkJudgements
from undersigned.assembly.redirects import labelled, write_redirects
from undersigned.assembly.signature_judgements import SignatureJudgements
from undersigned.assembly.stories import Stories
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
    assembly = _Assembly(writer, EvidenceView(writer), Knowledge(writer), Judgements(writer))
    return assembly.run(changed, judged)


def assemble_from_scratch(writer: GraphWriter) -> AssemblyReport:
    """Builds the knowledge graph from the evidence graphs alone."""
    evidence = EvidenceView(writer, whole=True)
    nothing = Knowledge(memory_store(iris=writer.iris))
    assembly = _Assembly(writer, evidence, nothing, Judgements(writer))
    assembly.removed |= set(writer.triples(writer.iris.knowledge))
    return assembly.run(dict.fromkeys(evidence.sources()))


@dataclass
class _Assembly:
    """One run. `removed` and `added` collect the change of the knowledge graph."""

    writer: GraphWriter
    evidence: EvidenceView
    old: Knowledge
    judgements: Judgements
    stories: Stories = field(init=False)
    before: dict[NamedNode, Node] = field(default_factory=dict)
    identities: dict[NamedNode, Identity | None] = field(default_factory=dict)
    letter_profiles: dict[NamedNode, letters.LetterProfile | None] = field(default_factory=dict)
    statement_profiles: dict[NamedNode, statements.StatementProfile | None] = field(
        default_factory=dict
    )
    statement_entities: dict[NamedNode, NamedNode | None] = field(default_factory=dict)
    removed: set[Triple] = field(default_factory=set)
    added: set[Triple] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.stories = Stories(self.writer, self.evidence, self.old)

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
        judged_letters = {n for n in judged if self.is_letter(n)}
        judged_claims = {n for n in judged if self.statement_profile(n) is not None}
        letters_seen = self.identify_letters(
            {n for r in records for n in r.letters} | judged_letters
        )
        moved = {letter for letter in letters_seen if self.has_moved(letter)}
        agents = {agent for r in records for agent in r.agents}
        agents |= judged - judged_letters - judged_claims
        agents_seen = self.identify_agents(agents | self.agents_beside(moved))
        moved |= {agent for agent in agents_seen if self.has_moved(agent)}
        claims = judged_claims.union(*(r.claims for r in records))
        claims |= {n.iri for local in judged | moved for n in self.evidence.claims_about(local)}
        retold = {n for n in self.stories.identify(changed) if self.stories.has_moved(n)}
        claims |= self.claims_of_sources(retold - changed.keys())
        claims |= self.identify_statements(claims)
        claims |= {n.iri for claim in claims for n in self.evidence.claims_within(claim)}
        self.write_facts(claims)
        self.write_agents(agents | agents_seen)
        seen = agents | agents_seen | letters_seen
        self.write_identities(seen)
        self.write_sources(changed.keys() | retold)
        return self.finish(seen)

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
            elif node.is_a(t.LOCAL_LETTER) or starts((node,)):
                # Not moved by this change: what it was taken for still holds.
                entity = self.old.entity_of(local)
                self.identities[local] = Identity(entity, 1.0, "") if entity else None
            else:
                self.identities[local] = identify_within_source(node, self.writer.iris)
        return self.identities[local]

    def entity_of(self, local: NamedNode) -> NamedNode | None:
        """The entity that a local entity is taken for now."""
        identity = self.identity_of(local)
        return identity.entity if identity else None

    def claims_of_sources(self, sources: Iterable[NamedNode]) -> set[NamedNode]:
        """The claims of these sources."""
        records = (self.evidence.record(source) for source in sources)
        return {claim for record in records if record is not None for claim in record.claims}

    def is_letter(self, local: NamedNode) -> bool:
        """Whether a local entity is a letter."""
        node = self.evidence.node(local)
        return node is not None and node.is_a(t.LOCAL_LETTER)

    def has_moved(self, local: NamedNode) -> bool:
        """Whether a local entity is taken for something else than before."""
        return self.entity_of(local) != self.old.entity_of(local)

    def agents_beside(self, letters: Iterable[NamedNode]) -> set[NamedNode]:
        """The local agents that claims put beside these local letters."""
        claims = (claim for letter in letters for claim in self.evidence.claims_about(letter))
        parts = (t.LOCAL_SIGNATORY, t.LOCAL_ADDRESSEE, t.LOCAL_ORGANIZER, t.LOCAL_ANSWERED)
        return {local for claim in claims for part in parts for local in claim.links(part)}

    def identify_agents(self, start: set[NamedNode]) -> set[NamedNode]:
        """Clusters the local agents around these anew; all that were looked at."""
        before = {entity for local in start if (entity := self.old.entity_of(local))}
        start = start.union(*(self.old.locals_of(entity) for entity in before))
        nodes = [node for local in start if (node := self.evidence.node(local))]
        view = AgentView(self.evidence, self.judgements, self.entity_of)
        found = reached(view, self.old, starts(nodes) | self.names_left(start))
        identities = dict(identify_agents(found, view, self.writer.iris))
        self.identities.update(identities)
        return start | identities.keys()

    def names_left(self, start: Iterable[NamedNode]) -> set[str]:
        """The names under which local agents that are gone stood in the graph before."""
        gone = (self.before.get(local) for local in start)
        return starts(node for node in gone if node is not None)

    def letter_profile(self, letter: NamedNode) -> letters.LetterProfile | None:
        if letter not in self.letter_profiles:
            self.letter_profiles[letter] = letters.profile_of(letter, self.evidence)
        return self.letter_profiles[letter]

    def letter_links(self, letter: NamedNode) -> list[Link]:
        profile = self.letter_profile(letter)
        if profile is None:
            return []
        others = map(self.letter_profile, self.letter_candidates(profile))
        links = (letters.compare(profile, other) for other in others if other)
        verdicts = self.judgements.about(letter)
        same = (other for other, verdict in verdicts.items() if verdict is Verdict.SAME)
        judged = [
            letters.judged_link(letter, other) for other in same if self.letter_profile(other)
        ]
        return judged + [link for link in links if link is not None]

    def letters_may_join(self, one: set[NamedNode], other: set[NamedNode]) -> bool:
        """Whether no source and no judgement tells letters of the two clusters apart."""
        verdicts = {
            verdict
            for letter in one
            for judged, verdict in self.judgements.about(letter).items()
            if judged in other
        }
        if Verdict.DIFFERENT in verdicts:
            return False
        return Verdict.SAME in verdicts or letters.may_join(one, other)

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
        for members in cluster(here, links, self.letters_may_join):
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
        judged = (
            letters.judged_link(claim, other)
            for other, verdict in self.judgements.about(claim).items()
            if verdict is Verdict.SAME and self.have_one_speaker(claim, other)
        )
        return [link for link in chain(links, judged) if link is not None]

    def have_one_speaker(self, claim: NamedNode, other: NamedNode) -> bool:
        """Whether two statement claims are here and of one speaker: else they are not one."""
        one, its_other = self.statement_profile(claim), self.statement_profile(other)
        if one is None or its_other is None:
            return False
        return one.speaker is not None and one.speaker == its_other.speaker

    def judged_apart(self, one: set[NamedNode], other: set[NamedNode]) -> bool:
        """Whether somebody judged that something of the one is not the same as of the other."""
        return any(
            verdict is Verdict.DIFFERENT and judged in other
            for thing in one
            for judged, verdict in self.judgements.about(thing).items()
        )

    def has_double(self, claims: Iterable[NamedNode]) -> bool:
        """Whether one of these statement claims was judged not the same as one of its speaker's.

        Whether that one is looked at now, or has the same words, does not matter: the outcome must
        be that of looking at all.
        """
        return any(
            verdict is Verdict.DIFFERENT and self.have_one_speaker(claim, judged)
            for claim in claims
            for judged, verdict in self.judgements.about(claim).items()
        )

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
        for members in cluster(here, links, lambda a, b: not self.judged_apart(a, b)):
            entity = statements.statement_entity(
                [profile for claim in members if (profile := profiles[claim])],
                self.writer.iris,
                alone=not self.has_double(members),
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
        mind = Understanding(
            self.writer.iris,
            self.evidence,
            self.identity_of,
            self.statement_of,
            SignatureJudgements(self.writer),
            self.stories.first_of,
        )
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
            self.removed |= before | signed_triples(before) | self.old.decided_events(before)
            its_nodes = [node for claim in its_claims if (node := self.evidence.node(claim))]
            self.added |= fact_triples(unit, its_nodes, mind)

    def write_agents(self, locals_: Iterable[NamedNode]) -> None:
        """Builds every person, organization ... anew that these local agents are or were."""
        members: dict[NamedNode, list[Node]] = defaultdict(list)
        for local in locals_:
            before, node = self.old.entity_of(local), self.evidence.node(local)
            now = self.entity_of(local)
            for entity in filter(None, (before, now)):
                members.setdefault(entity, [])
            if now is not None and node is not None and not node.is_a(t.LOCAL_LETTER):
                members[now].append(node)
        links = LinkJudgements(self.writer)
        for entity, nodes in members.items():
            # `us:signed` belongs to the signature that it follows from.
            self.removed |= {n for n in self.old.about(entity) if n.predicate != t.SIGNED}
            self.added |= agent_triples(entity, nodes)
            self.added |= links.same_as(entity, (node.iri for node in nodes))

    def write_identities(self, locals_: Iterable[NamedNode]) -> None:
        for local in locals_:
            self.removed |= self.old.about(local)
            identity = self.identity_of(local)
            if identity is not None:
                self.added |= {
                    Triple(local, t.IDENTIFIED_AS, identity.entity),
                    Triple(local, t.IDENTITY_SCORE, score_literal(identity.score)),
                    Triple(local, t.IDENTITY_BASIS, Literal(identity.basis)),
                    Triple(local, t.IDENTITY_AMOUNT, score_literal(identity.amount)),
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
                if (first := self.stories.first_of(source)) != source:
                    self.added.add(Triple(source, t.COPY_OF, first))

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
        return Identity(entity, OWN_SOURCE_SCORE, OWN_SOURCE_BASIS)
    return Identity(entity, min(best.score, 1.0), best.basis)
