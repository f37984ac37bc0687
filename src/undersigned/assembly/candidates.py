"""The pairs that evidence leaves open, for people to decide: most useful first."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations, pairwise, product
from math import log2
from typing import TYPE_CHECKING, Final

from undersigned.assembly import letters
from undersigned.assembly.agents import AgentView
from undersigned.assembly.comparing import Comparison, compare
from undersigned.assembly.judgements import Judgements, pair_of
from undersigned.assembly.knowledge import Knowledge
from undersigned.assembly.profiles import COMPARED_KINDS, match, parsed_name, same_name
from undersigned.evidence.records import EvidenceView

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from pyoxigraph import NamedNode

    from undersigned.assembly.comparing import Compared
    from undersigned.assembly.judgements import Pair
    from undersigned.assembly.profiles import AgentName, Cluster
    from undersigned.naming.name_matches import NameMatch
    from undersigned.store.base import GraphReader

LEAST_BITS: Final = -4.0
"""Names that are merely alike and less likely one person's than this are not worth a question."""
LEAST_LETTER_SCORE: Final = 0.4
"""The same for letters, whose scores are sums; at `letters.JOIN_SCORE` they are one."""
NAMESAKES: Final = 12
"""Of a name that more clusters have, each is offered with the next in age only."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """Two local entities that may be one, and are not taken for one.

    `score` (0.0–1.0) is how likely they are one, `amount` how much evidence that rests on, in bits;
    `comparisons` say what was compared, strongest first.
    """

    one: NamedNode
    other: NamedNode
    score: float
    amount: float
    comparisons: tuple[Comparison, ...]

    @property
    def usefulness(self) -> float:
        """How much an answer tells: most where the score is even, and more with more evidence."""
        p = min(max(self.score, 1e-6), 1 - 1e-6)
        return -(p * log2(p) + (1 - p) * log2(1 - p)) * (1 + self.amount / 100)


def undecided_pairs(reader: GraphReader) -> Iterator[Candidate]:
    """Yields the pairs to decide, most useful first; none that a judgement has decided.

    A pair stands for the two entities that its local entities are taken for now, so that nobody is
    asked twice for what one answer settles.
    """
    search = _Search(reader)
    best: dict[Pair, Candidate] = {}
    for pair, candidate in (*search.open_agents(), *search.open_letters()):
        if pair not in best or candidate.usefulness > best[pair].usefulness:
            best[pair] = candidate
    yield from sorted(best.values(), key=_order)


def _order(candidate: Candidate) -> tuple[float, str, str]:
    return -candidate.usefulness, candidate.one.value, candidate.other.value


class _Search:
    """Looks through all names and letters of one revision."""

    def __init__(self, reader: GraphReader) -> None:
        self.evidence = EvidenceView(reader, whole=True)
        self.knowledge = Knowledge(reader)
        self.judgements = Judgements(reader)
        self.decided = {self._entities(one, other) for one, other in self.judgements.all()}
        self.letters: dict[NamedNode, letters.LetterProfile | None] = {}
        self.view = AgentView(self.evidence, self.judgements, self.knowledge.entity_of)

    def _entities(self, one: NamedNode, other: NamedNode) -> Pair | None:
        """What two local entities are taken for, if for two things."""
        a, b = self.knowledge.entity_of(one), self.knowledge.entity_of(other)
        return pair_of(a, b) if a and b and a != b else None

    def open_agents(self) -> Iterator[tuple[Pair, Candidate]]:
        """People, organizations and handles whose names are the same or alike."""
        heads = tuple(f"{kind}:" for kind in COMPARED_KINDS)
        things = self.evidence.things_by_key()
        groups = {key: members for key, members in things.items() if key.startswith(heads)}
        for group in sorted(groups):
            if len(groups[group]) > 1:
                yield from self._namesakes(group)
        alike = _pairs_alike(groups, things)
        here = {group for pair in alike for group in pair}
        names = _names({group: groups[group] for group in here}, self.evidence.names())
        for group, other in sorted(alike):
            found = match(names[group], names[other])
            if found is not None:
                yield from self._alike(group, other, found)

    def _namesakes(self, group: str) -> Iterator[tuple[Pair, Candidate]]:
        parts = self.view.parts(group)
        for one, other in _pairs(parts):
            name = same_name(min(one.names, key=repr))
            yield from self._candidate(compare(one, other, name, self.view.company), one, other)

    def _alike(self, group: str, other: str, found: NameMatch) -> Iterator[tuple[Pair, Candidate]]:
        for one, its_other in product(self.view.parts(group), self.view.parts(other)):
            compared = compare(one, its_other, found, self.view.company)
            if found.exact or compared.bits >= LEAST_BITS:
                yield from self._candidate(compared, one, its_other)

    def _candidate(
        self, compared: Compared, one: Cluster, other: Cluster
    ) -> Iterator[tuple[Pair, Candidate]]:
        first, second = (min(c.members, key=lambda m: m.age) for c in (one, other))
        pair = self._entities(first.iri, second.iri)
        told_apart = compared.barred or not one.sources.isdisjoint(other.sources)
        if pair is None or pair in self.decided or told_apart:
            return
        ordered = sorted(compared.comparisons, key=lambda c: (-abs(c.weight), c.subject))
        yield (
            pair,
            Candidate(first.iri, second.iri, compared.score, compared.amount, tuple(ordered)),
        )

    def open_letters(self) -> Iterator[tuple[Pair, Candidate]]:
        """Letters that have something in common, and not enough."""
        locals_ = self.evidence.local_letters()
        for one in locals_:
            profile = self._letter(one)
            if profile is None:
                continue
            for other in self.evidence.sharing(profile.keys):
                if one.value < other.value:
                    yield from self._letter_candidate(profile, other)

    def _letter(self, local: NamedNode) -> letters.LetterProfile | None:
        if local not in self.letters:
            self.letters[local] = letters.profile_of(local, self.evidence)
        return self.letters[local]

    def _letter_candidate(
        self, profile: letters.LetterProfile, other: NamedNode
    ) -> Iterator[tuple[Pair, Candidate]]:
        its_profile = self._letter(other)
        pair = self._entities(profile.iri, other) if its_profile else None
        if its_profile is None or pair is None or pair in self.decided:
            return
        comparisons = letters.comparisons(profile, its_profile)
        score = sum(comparison.weight for comparison in comparisons)
        if score >= LEAST_LETTER_SCORE:
            amount = sum(abs(comparison.weight) for comparison in comparisons)
            yield pair, Candidate(profile.iri, other, min(score, 0.999), amount, comparisons)


def _names(
    groups: Mapping[str, set[NamedNode]], texts: Mapping[NamedNode, str]
) -> dict[str, AgentName]:
    """The name that the members of each group share, taken apart."""
    found = {}
    for group, members in groups.items():
        kind = group.split(":", 1)[0]
        parsed = {parsed_name(text, kind) for text in {texts.get(n, "") for n in members}}
        found[group] = min(parsed, key=repr)
    return found


def _pairs_alike(
    groups: Mapping[str, set[NamedNode]], things: Mapping[str, set[NamedNode]]
) -> set[tuple[str, str]]:
    """The pairs of groups with a blocking key in common that names have if they may be one's."""
    group_of = {thing: group for group, members in groups.items() for thing in members}
    heads = tuple(f"{kind}-" for kind in COMPARED_KINDS)
    found: set[tuple[str, str]] = set()
    for key, members in things.items():
        if key.startswith(heads) and len(members) > 1:
            here = sorted({group_of[thing] for thing in members if thing in group_of})
            found.update(combinations(here, 2))
    return found


def _pairs(parts: list[Cluster]) -> Iterable[tuple[Cluster, Cluster]]:
    """All pairs of few clusters; of many each with the next ones in age."""
    if len(parts) <= NAMESAKES:
        return combinations(parts, 2)
    ordered = sorted(parts, key=lambda part: part.age)
    return pairwise(ordered)
