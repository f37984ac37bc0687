"""Which local people, organizations and handles are one, across sources.

Namesakes, the local agents of one full name, are told apart first (`partition`); then clusters of
names that are forms of one name are linked. Only what shares a blocking key is looked at, and from
a change only what it reaches through such keys, links and what was one before, so that the
outcome is the same as from scratch.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from itertools import product
from typing import TYPE_CHECKING, Final

from undersigned.assembly.comparing import MARGIN, MERGE, Compared, compare
from undersigned.assembly.partition import judged_same, may_join, partition
from undersigned.assembly.profiles import (
    COMPARED_KINDS,
    Cluster,
    kind_of,
    likeness_keys,
    match,
    namesakes_key,
    profile_of,
    same_name,
)
from undersigned.naming.person_names import parse_person

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from pyoxigraph import NamedNode

    from undersigned.assembly.judgements import Judgements, Verdict
    from undersigned.assembly.knowledge import Knowledge
    from undersigned.assembly.profiles import AgentName
    from undersigned.evidence.records import EvidenceView, Node
    from undersigned.naming.name_matches import NameMatch

MANY: Final = 200
"""From so many namesakes on, a name that decides by itself is not looked behind."""
WELL_KNOWN: Final = 17.0
"""Bits of a name that whoever is named beside somebody must have to count as company."""


@dataclass(frozen=True, slots=True)
class PartLink:
    """Two clusters of different names that are likely one, or nearly so."""

    one: tuple[str, int]
    other: tuple[str, int]
    compared: Compared
    judged: bool


@dataclass(slots=True)
class AgentView:
    """Local agents of a store by name, read as far as they are asked for, and kept."""

    evidence: EvidenceView
    judgements: Judgements
    letter_of: Callable[[NamedNode], NamedNode | None]
    _namesakes: dict[str, list[Node]] = field(default_factory=dict)
    _parts: dict[str, list[Cluster]] = field(default_factory=dict)
    _like: dict[str, set[str]] = field(default_factory=dict)
    _names: dict[str, AgentName] = field(default_factory=dict)
    _groups: dict[str, set[str]] = field(default_factory=dict)
    _verdicts: dict[NamedNode, Mapping[NamedNode, Verdict]] = field(default_factory=dict)
    _company: dict[NamedNode, frozenset[str]] = field(default_factory=dict)

    def verdicts(self, local: NamedNode) -> Mapping[NamedNode, Verdict]:
        """What people judged about a local agent."""
        if local not in self._verdicts:
            self._verdicts[local] = self.judgements.about(local)
        return self._verdicts[local]

    def judged_partners(self, link: PartLink | None) -> set[NamedNode]:
        """The local agents at the other end of a link."""
        if link is None:
            return set()
        group, at = link.other
        return {member.iri for member in self.parts(group)[at].members}

    def namesakes(self, group: str) -> list[Node]:
        """The local agents that share a whole name, sorted."""
        if group not in self._namesakes:
            nodes = map(self.evidence.node, sorted(self.evidence.sharing([group]), key=str))
            self._namesakes[group] = [n for n in nodes if n is not None and kind_of(n)]
        return self._namesakes[group]

    def prefetch(self, groups: Iterable[str]) -> None:
        """Looks up at once what many names share with others."""
        groups = list(groups)
        self.evidence.prefetch(groups)
        nodes = (node for group in groups for node in self.namesakes(group))
        self.evidence.prefetch({key for node in nodes for key in likeness_keys(node)})
        self.evidence.prefetch({like for group in groups for like in self.groups_like(group)})

    def parts(self, group: str) -> list[Cluster]:
        """The namesakes of a name, told apart."""
        if group not in self._parts:
            self._parts[group] = self._told_apart(group)
        return self._parts[group]

    def _told_apart(self, group: str) -> list[Cluster]:
        nodes = self.namesakes(group)
        if not nodes:
            return []
        many = len(nodes) > MANY
        profiles = [
            profile_of(node, self.evidence, self.letter_of, name_only=many) for node in nodes
        ]
        name = min((p.name for p in profiles), key=repr)
        self._names[group] = name
        return partition(profiles, same_name(name), self.verdicts, self.company)

    def name(self, group: str) -> AgentName | None:
        """The name that a group's members share; None where nobody has it now."""
        self.parts(group)
        return self._names.get(group)

    def groups_like(self, group: str) -> set[str]:
        """The names that may be forms of this one, by the keys that they share."""
        if group not in self._like:
            nodes = self.namesakes(group)
            keys = {key for node in nodes for key in likeness_keys(node)}
            judged = (self.evidence.node(n) for node in nodes for n in self.verdicts(node.iri))
            found = {namesakes_key(node) for node in judged if node is not None and kind_of(node)}
            self._like[group] = found.union(*map(self._groups_of_key, keys)) - {group}
        return self._like[group]

    def _groups_of_key(self, key: str) -> set[str]:
        if key not in self._groups:
            nodes = map(self.evidence.node, self.evidence.sharing([key]))
            self._groups[key] = {namesakes_key(node) for node in nodes if node is not None}
        return self._groups[key]

    def company(self, one: Cluster, other: Cluster) -> int:
        """How many people with rare names are named beside both."""
        if one.listed or other.listed:
            return 0
        beside = [
            frozenset().union(*(self._people_in(source) for source in cluster.sources))
            for cluster in (one, other)
        ]
        return len(beside[0] & beside[1])

    def _people_in(self, source: NamedNode) -> frozenset[str]:
        if source not in self._company:
            keys = (key for key in self.evidence.keys_in(source) if key.startswith("person:"))
            known = (key for key in keys if "@" not in key and _is_well_known(key))
            self._company[source] = frozenset(known)
        return self._company[source]

    def links(self, group: str) -> Iterator[PartLink]:
        """The links from a name's clusters to clusters of other names."""
        name, parts = self.name(group), self.parts(group)
        if name is None:
            return
        for other in sorted(self.groups_like(group)):
            its_name = self.name(other)
            names = match(name, its_name) if its_name is not None else None
            pairs = product(enumerate(parts), enumerate(self.parts(other)))
            for (at, one), (its_at, its_one) in pairs:
                link = self._link(one, its_one, names)
                if link is not None:
                    compared, judged = link
                    yield PartLink((group, at), (other, its_at), compared, judged)

    def _link(
        self, one: Cluster, other: Cluster, names: NameMatch | None
    ) -> tuple[Compared, bool] | None:
        judged = judged_same(one, other, self.verdicts)
        if names is None:
            return (Compared(()), True) if judged else None
        compared = compare(one, other, names, self.company)
        near = compared.bits >= MERGE - MARGIN and not compared.barred
        return (compared, judged) if judged or near else None


def _is_well_known(key: str) -> bool:
    return parse_person(key.split(":", 1)[1]).bits >= WELL_KNOWN


@dataclass(slots=True)
class AgentClusters:
    """Clusters of the names that a change reaches, with the links that hold them together."""

    clusters: list[list[tuple[str, int]]]
    links: dict[tuple[str, int], list[PartLink]]
    groups: set[str]


def reached(view: AgentView, old: Knowledge, start: Iterable[str]) -> AgentClusters:
    """The clusters of all names that a change of these names reaches."""
    groups: set[str] = set()
    links: dict[tuple[str, int], list[PartLink]] = defaultdict(list)
    frontier = set(start)
    while frontier:
        view.prefetch(frontier)
        groups |= frontier
        wave, frontier = sorted(frontier), set()
        for group in wave:
            frontier |= _companions(view, old, group)
            for link in view.links(group):
                links[link.one].append(link)
                frontier.add(link.other[0])
        frontier -= groups
    parts = [(group, at) for group in sorted(groups) for at in range(len(view.parts(group)))]
    return AgentClusters(_clustered(view, parts, links), links, groups)


def _companions(view: AgentView, old: Knowledge, group: str) -> set[str]:
    """The names of those that were one with somebody of this name before."""
    left = {node.iri for node in view.namesakes(group)}
    found: set[str] = set()
    while left:
        local = left.pop()
        entity = old.entity_of(local)
        others = old.locals_of(entity) if entity else set()
        nodes = map(view.evidence.node, others - left)
        found |= {namesakes_key(node) for node in nodes if node is not None}
        left -= others
    return found - {group}


def _clustered(
    view: AgentView,
    parts: list[tuple[str, int]],
    links: Mapping[tuple[str, int], list[PartLink]],
) -> list[list[tuple[str, int]]]:
    """Joins the parts by their links, best first; a link that is no better than another waits."""
    home: dict[tuple[str, int], list[tuple[str, int]]] = {part: [part] for part in parts}

    def cluster(members: list[tuple[str, int]]) -> Cluster:
        return Cluster().add(*(m for group, at in members for m in view.parts(group)[at].members))

    def joinable(one: list[tuple[str, int]], other: list[tuple[str, int]]) -> bool:
        a, b = cluster(one), cluster(other)
        return may_join(a, b, view.verdicts) and _names_agree(a, b)

    for link in sorted(_decisive(view, links), key=_strength):
        one, other = home[link.one], home[link.other]
        if one is other or not (link.judged or joinable(one, other)):
            continue
        if link.judged and not may_join(cluster(one), cluster(other), view.verdicts):
            continue
        one.extend(other)
        for part in other:
            home[part] = one
    return list({id(members): sorted(members) for members in home.values()}.values())


def _strength(link: PartLink) -> tuple[bool, float, tuple[str, int], tuple[str, int]]:
    return not link.judged, -link.compared.bits, link.one, link.other


def _decisive(
    view: AgentView, links: Mapping[tuple[str, int], list[PartLink]]
) -> Iterator[PartLink]:
    """The links that merge, unless another one from the same cluster contradicts them.

    "J. Poe" may be Jane or John: where both are about as likely, it is neither.
    """
    for part, its_links in links.items():
        for link in its_links:
            if link.judged:
                yield link
            elif link.compared.merges and link.one < link.other:
                rivals = (
                    *(n for n in its_links if n is not link),
                    *(n for n in links.get(link.other, ()) if n.other != part),
                )
                if not any(_contradicts(view, link, rival) for rival in rivals):
                    yield link


def _contradicts(view: AgentView, link: PartLink, rival: PartLink) -> bool:
    if rival.compared.bits < link.compared.bits - MARGIN:
        return False
    target = link.other if rival.one == link.one else link.one
    one, other = (view.parts(group)[at] for group, at in (target, rival.other))
    return not (may_join(one, other, view.verdicts) and _names_agree(one, other))


def _names_agree(one: Cluster, other: Cluster) -> bool:
    """Whether all names of two clusters can be forms of one."""
    for a, b in product(one.names, other.names):
        found = match(a, b)
        if found is None or found.against:
            return False
    return True


def starts(nodes: Iterable[Node]) -> set[str]:
    """The names of the agents among these nodes that are compared across sources."""
    return {namesakes_key(node) for node in nodes if kind_of(node) in COMPARED_KINDS}
