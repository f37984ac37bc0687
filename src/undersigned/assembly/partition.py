"""Namesakes told apart: the local agents of one and the same name, as clusters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from undersigned.assembly.comparing import MERGE, UNSHARED_MOST, compare, prior_of
from undersigned.assembly.judgements import Verdict
from undersigned.assembly.profiles import Cluster
from undersigned.naming.organization_names import OrganizationName

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from pyoxigraph import NamedNode

    from undersigned.assembly.profiles import AgentProfile
    from undersigned.naming.name_matches import NameMatch

    Verdicts = Callable[[NamedNode], Mapping[NamedNode, Verdict]]
    Company = Callable[[Cluster, Cluster], int]


def may_join(one: Cluster, other: Cluster, verdicts: Verdicts) -> bool:
    """Whether no source and no judgement tells the two apart.

    A source that has two people of one name means two; of an organization it may use two names.
    """
    if judged_apart(one, other, verdicts):
        return False
    if one.sources.isdisjoint(other.sources) or judged_same(one, other, verdicts):
        return True
    return all(isinstance(name, OrganizationName) for name in one.names)


def judged_apart(one: Cluster, other: Cluster, verdicts: Verdicts) -> bool:
    """Whether somebody judged that a member of the one is not a member of the other."""
    return _judged(one, other, verdicts, Verdict.DIFFERENT)


def judged_same(one: Cluster, other: Cluster, verdicts: Verdicts) -> bool:
    """Whether somebody judged that a member of the one is a member of the other."""
    return _judged(one, other, verdicts, Verdict.SAME)


def _judged(one: Cluster, other: Cluster, verdicts: Verdicts, verdict: Verdict) -> bool:
    found = {n for m in one.members for n, v in verdicts(m.iri).items() if v is verdict}
    return bool(found) and any(member.iri in found for member in other.members)


def partition(
    profiles: Iterable[AgentProfile], name: NameMatch, verdicts: Verdicts, company: Company
) -> list[Cluster]:
    """The clusters among agents of one name, whatever the order in which they come.

    The earliest comes first. Each next one goes to the cluster that it is likest, if it is like
    enough, and then clusters that have grown alike are joined, best first.
    """
    clusters: list[Cluster] = []
    for profile in sorted(profiles, key=lambda p: (bool(verdicts(p.iri)), p.age)):
        alone = Cluster().add(profile)
        best, home = MERGE, None
        for cluster in clusters:
            bits = _likeness(alone, cluster, name, verdicts, company)
            if bits > best or (home is None and bits >= best):
                best, home = bits, cluster
        if home is None:
            clusters.append(alone)
        else:
            home.add(profile)
    return _joined(clusters, name, verdicts, company)


def _joined(
    clusters: list[Cluster], name: NameMatch, verdicts: Verdicts, company: Company
) -> list[Cluster]:
    """Joins clusters pair by pair, best first, until none are like enough."""
    while len(clusters) > 1:
        pairs = (
            (_likeness(one, other, name, verdicts, company), -at, -after)
            for at, one in enumerate(clusters)
            for after, other in enumerate(clusters[at + 1 :], at + 1)
        )
        bits, at, after = max(pairs)
        if bits < MERGE:
            break
        clusters[-at].add(*clusters.pop(-after).members)
    return clusters


def _likeness(
    one: Cluster, other: Cluster, name: NameMatch, verdicts: Verdicts, company: Company
) -> float:
    """The bits of two clusters; minus infinity where they may not be joined."""
    best = prior_of(one, other) + name.weight + UNSHARED_MOST
    if best < MERGE and not one.shares_clue(other) and not verdicts(one.members[0].iri):
        return -float("inf")
    if not may_join(one, other, verdicts):
        return -float("inf")
    if judged_same(one, other, verdicts):
        return float("inf")
    compared = compare(one, other, name, company)
    return compared.bits if compared.merges else -float("inf")
