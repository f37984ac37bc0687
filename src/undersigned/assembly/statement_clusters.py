"""Which statement claims report one statement, around those that a change touches."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from undersigned import terms as t
from undersigned.assembly import letters, statements
from undersigned.assembly.clusters import cluster, linked
from undersigned.assembly.judgements import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pyoxigraph import NamedNode

    from undersigned.assembly.clusters import Link
    from undersigned.assembly.identities import Identities


class StatementClusters:
    """Statement claims with their profiles, read as far as they are asked for, and kept."""

    def __init__(self, identities: Identities) -> None:
        self._identities = identities
        self._evidence = identities.evidence
        self._judgements = identities.judgements
        self._old = identities.old
        self._profiles: dict[NamedNode, statements.StatementProfile | None] = {}
        self._entities: dict[NamedNode, NamedNode | None] = {}

    def identify(self, claims: Iterable[NamedNode]) -> set[NamedNode]:
        """Clusters the statement claims among these anew; all that were looked at."""
        found, links = linked(
            (claim for claim in claims if self._is_or_was_statement(claim)),
            self._links,
            self._companions,
        )
        profiles = {claim: self.profile(claim) for claim in found}
        here = {claim for claim, profile in profiles.items() if profile is not None}
        for members in cluster(here, links, lambda a, b: not self._judged_apart(a, b)):
            entity = statements.statement_entity(
                [profile for claim in members if (profile := profiles[claim])],
                self._identities.iris,
                alone=not self._has_double(members),
            )
            self._entities.update(dict.fromkeys(members, entity))
        self._entities.update(dict.fromkeys(found - here))
        return found

    def statement_of(self, claim: NamedNode) -> NamedNode | None:
        """The statement that a claim reports, now."""
        if claim not in self._entities:
            units = (unit for unit in self._old.units_of(claim) if self._is_statement(unit))
            self._entities[claim] = next(units, None)
        return self._entities[claim]

    def profile(self, claim: NamedNode) -> statements.StatementProfile | None:
        """What a claim says and who says it; None for what is no statement, or gone."""
        if claim not in self._profiles:
            self._profiles[claim] = self._read_profile(claim)
        return self._profiles[claim]

    def _read_profile(self, claim: NamedNode) -> statements.StatementProfile | None:
        node = self._evidence.node(claim)
        if node is None or not node.is_a(t.STATEMENT_CLAIM):
            return None
        speaker = node.link(t.LOCAL_SPEAKER)
        identity = self._identities.identity_of(speaker) if speaker else None
        return statements.StatementProfile(
            iri=claim,
            speaker=identity.entity if identity else None,
            is_quotation=node.is_a(t.QUOTATION_CLAIM),
            words=statements.folded_words(node.text(t.WORDS) or ""),
        )

    def _links(self, claim: NamedNode) -> list[Link]:
        profile, node = self.profile(claim), self._evidence.node(claim)
        if profile is None or node is None:
            return []
        candidates = map(self.profile, self._evidence.sharing(node.texts(t.BLOCKING_KEY)) - {claim})
        links = (statements.compare(profile, other) for other in candidates if other)
        judged = (
            letters.judged_link(claim, other)
            for other, verdict in self._judgements.about(claim).items()
            if verdict is Verdict.SAME and self._have_one_speaker(claim, other)
        )
        return [link for link in chain(links, judged) if link is not None]

    def _have_one_speaker(self, claim: NamedNode, other: NamedNode) -> bool:
        """Whether two statement claims are here and of one speaker: else they are not one."""
        one, its_other = self.profile(claim), self.profile(other)
        if one is None or its_other is None:
            return False
        return one.speaker is not None and one.speaker == its_other.speaker

    def _judged_apart(self, one: set[NamedNode], other: set[NamedNode]) -> bool:
        """Whether somebody judged that something of the one is not the same as of the other."""
        return any(
            verdict is Verdict.DIFFERENT and judged in other
            for thing in one
            for judged, verdict in self._judgements.about(thing).items()
        )

    def _has_double(self, claims: Iterable[NamedNode]) -> bool:
        """Whether one of these statement claims was judged not the same as one of its speaker's.

        Whether that one is looked at now, or has the same words, does not matter: the outcome must
        be that of looking at all.
        """
        return any(
            verdict is Verdict.DIFFERENT and self._have_one_speaker(claim, judged)
            for claim in claims
            for judged, verdict in self._judgements.about(claim).items()
        )

    def _companions(self, claim: NamedNode) -> list[NamedNode]:
        units = (unit for unit in self._old.units_of(claim) if self._is_statement(unit))
        return [other for unit in units for other in self._old.claims_of(unit)]

    def _is_statement(self, unit: NamedNode) -> bool:
        return unit.value.startswith(f"{self._identities.iris.base}statement/")

    def _is_or_was_statement(self, claim: NamedNode) -> bool:
        node = self._evidence.node(claim)
        return node is None or node.is_a(t.STATEMENT_CLAIM)
