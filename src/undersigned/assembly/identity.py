"""What local agents are taken for: entities with IRIs made from names and earliest sources.

An IRI depends on sources and judgements alone, never on the order of loading. A name that many
people have never gives an IRI by itself: each of its bearers has the key of their earliest source.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from undersigned.assembly.comparing import MERGE, PRIOR, compare
from undersigned.assembly.judgements import Verdict
from undersigned.assembly.profiles import Cluster, kind_of, namesakes_key, same_name
from undersigned.iris import key_of, slug_of
from undersigned.naming.person_names import PersonName

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pyoxigraph import NamedNode

    from undersigned.assembly.agents import AgentClusters, AgentView, PartLink
    from undersigned.assembly.profiles import AgentProfile
    from undersigned.evidence.records import Node
    from undersigned.iris import Iris


@dataclass(frozen=True, slots=True)
class Identity:
    """What a local entity is taken for: the third dial, apart from certainty and confidence.

    `score` runs from 0.0 to 1.0, where 1.0 means that nothing else is possible; `amount` is how
    much evidence that rests on, in bits; `basis` is the reason, for people.
    """

    entity: NamedNode
    score: float
    basis: str
    amount: float = 0.0


OWN_SOURCE_SCORE: Final = 1.0
"""Within one source nothing is merged but by reading, which has a score of its own."""
OWN_SOURCE_BASIS: Final = "known from this source alone"


def identify_within_source(agent: Node, iris: Iris) -> Identity:
    """A group or an unnamed speaker, which belongs to its source for good."""
    kind = kind_of(agent) or "agent"
    entity = iris.entity(kind, _slug_within_source(namesakes_key(agent)))
    return Identity(entity, OWN_SOURCE_SCORE, OWN_SOURCE_BASIS)


def identify_agents(
    found: AgentClusters, view: AgentView, iris: Iris
) -> Iterator[tuple[NamedNode, Identity]]:
    """Each local agent of these clusters with what it is taken for."""
    entities = _entities(found, view, iris)
    for members, entity in zip(found.clusters, entities, strict=True):
        for part in members:
            link = _best_link(found.links.get(part, ()), members)
            cluster = view.parts(part[0])[part[1]]
            for profile in cluster.members:
                yield profile.iri, _identity(entity, profile, cluster, link, view)


def _best_link(links: Iterable[PartLink], members: Sequence[tuple[str, int]]) -> PartLink | None:
    within = [link for link in links if link.other in members]
    return max(within, key=lambda n: (n.judged, n.compared.bits, n.other), default=None)


def _identity(
    entity: NamedNode,
    profile: AgentProfile,
    cluster: Cluster,
    link: PartLink | None,
    view: AgentView,
) -> Identity:
    """One local agent by the rest of its namesakes in the cluster, else by the best link."""
    companions = {member.iri for member in cluster.members} | set(view.judged_partners(link))
    judged = (v for other, v in view.verdicts(profile.iri).items() if other in companions)
    if Verdict.SAME in judged:
        return Identity(entity, 1.0, "somebody judged that they are the same")
    if len(cluster.members) > 1:
        compared = compare(Cluster().add(profile), _rest(profile, cluster), same_name(profile.name))
    elif link is not None and not link.judged:
        compared = link.compared
    elif link is not None:
        return Identity(entity, 1.0, "somebody judged that they are the same")
    else:
        return Identity(entity, OWN_SOURCE_SCORE, OWN_SOURCE_BASIS)
    return Identity(entity, compared.score, compared.basis, compared.amount)


def _rest(profile: AgentProfile, cluster: Cluster) -> Cluster:
    """What the other members' sources tell; one of them stands for all names and dates."""
    first, second = cluster.members[:2]
    rest = Cluster().add(second if first is profile else first)
    rest.listed = all(member.listed for member in cluster.members if member is not profile)
    own = Counter(subject for subject, _ in profile.clues)
    rest.clues = {s: values for s, values in cluster.clues.items() if s not in own}
    for subject in own:
        left = cluster.clues[subject].copy()
        left.subtract(value for its, value in profile.clues if its == subject)
        rest.clues[subject] = +left
    return rest


def _entities(found: AgentClusters, view: AgentView, iris: Iris) -> list[NamedNode]:
    """The IRI of each cluster, in their order."""
    firsts = [_first(members, view) for members in found.clusters]
    by_slug: dict[tuple[str, str], list[int]] = defaultdict(list)
    for at, (group, _) in enumerate(firsts):
        by_slug[group.split(":", 1)[0], _slug(group)].append(at)
    entities: dict[int, NamedNode] = {}
    for (kind, slug), places in by_slug.items():
        ordered = sorted(places, key=lambda at: firsts[at][1].age)
        for rank, at in enumerate(ordered):
            group, profile = firsts[at]
            keyed = rank > 0 or ("@" not in group and is_common(profile))
            suffix = f"-{key_of(profile.iri.value)}" if keyed else ""
            entities[at] = iris.entity(kind, f"{slug}{suffix}")
    return [entities[at] for at in range(len(firsts))]


def is_common(profile: AgentProfile) -> bool:
    """Whether the name alone never makes one of two local agents, not even in articles."""
    return PRIOR + same_name(profile.name).weight < MERGE


def _first(members: Sequence[tuple[str, int]], view: AgentView) -> tuple[str, AgentProfile]:
    """The group and member that names a cluster: the earliest with a name in full."""
    profiles = (
        (group, profile) for group, at in members for profile in view.parts(group)[at].members
    )
    return min(profiles, key=lambda pair: (_is_short(pair[1]), pair[1].age))


def _is_short(profile: AgentProfile) -> bool:
    name = profile.name
    if isinstance(name, PersonName):
        return len(name.given) < 2
    return bool(name.short)


def _slug(group: str) -> str:
    if "@" in group:
        return _slug_within_source(group)
    name = group.split(":", 1)[1]
    slug = slug_of(name)
    # Two spellings in another script may have one transliteration.
    return slug if name.isascii() else f"{slug}-{key_of(name)}"


def _slug_within_source(group: str) -> str:
    name, _, place = group.split(":", 1)[1].partition("@")
    return f"{slug_of(name)}-{key_of(place, name)}"
