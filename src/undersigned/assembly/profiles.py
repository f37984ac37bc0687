"""What one source tells of a person or an organization, as it is compared with others."""

from __future__ import annotations

import tomllib
from collections import Counter
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final, Self

from undersigned import terms as t
from undersigned.evidence.records import AGENT_CLASSES, source_of
from undersigned.iris import key_of
from undersigned.names import fold_name
from undersigned.naming.name_matches import NameMatch, match_names
from undersigned.naming.organization_names import (
    OrganizationName,
    folded_organization,
    match_organizations,
    parse_organization,
)
from undersigned.naming.person_names import PersonName, parse_person

if TYPE_CHECKING:
    from collections.abc import Callable, Set

    from pyoxigraph import NamedNode

    from undersigned.evidence.records import EvidenceView, Node

AgentName = PersonName | OrganizationName
Clue = tuple[str, str]
"""A subject and what a source gives for it: ("role", "actor"), ("letter", IRI)."""

COMPARED_KINDS: Final = ("person", "organization", "handle")
"""Groups and unnamed speakers belong to their source for good."""

_ORGANIZATION_PARTS: Final = (t.LOCAL_ADDRESSEE, t.LOCAL_ORGANIZER, t.LOCAL_ANSWERED)


@dataclass(frozen=True, slots=True)
class AgentProfile:
    """One local agent. `listed`: its source is a letter's own list; `day`: when that came out."""

    iri: NamedNode
    source: NamedNode
    name: AgentName
    listed: bool
    day: str
    clues: frozenset[Clue]

    @property
    def age(self) -> tuple[str, str]:
        """Sorts the earliest first; undated ones are last."""
        return self.day or "9999", self.iri.value


SUBJECTS: Final = ("letter", "account", "organization", "role")


@dataclass(slots=True)
class Cluster:
    """Local agents that are taken for one, with all that their sources tell together.

    `clues` count, for each subject, how many members have a value; `years` are the first and the
    last of the sources, where any is dated.
    """

    members: list[AgentProfile] = field(default_factory=list)
    sources: set[NamedNode] = field(default_factory=set)
    names: set[AgentName] = field(default_factory=set)
    clues: dict[str, Counter[str]] = field(default_factory=dict)
    years: tuple[int, int] | None = None
    listed: bool = True
    """Whether all that is known comes from letters' own lists."""

    def add(self, *members: AgentProfile) -> Self:
        """Takes more local agents in; the cluster itself."""
        for member in members:
            self.members.append(member)
            self.sources.add(member.source)
            self.names.add(member.name)
            self.listed &= member.listed
            for subject, value in member.clues:
                self.clues.setdefault(subject, Counter())[value] += 1
            if member.day[:4].isdigit():
                year = int(member.day[:4])
                first, last = self.years or (year, year)
                self.years = min(first, year), max(last, year)
        return self

    def values(self, subject: str) -> Set[str]:
        """What the members' sources give for a subject."""
        return self.clues[subject].keys() if subject in self.clues else frozenset()

    def shares_clue(self, other: Cluster) -> bool:
        """Whether some value of some subject is the same."""
        return any(not self.values(s).isdisjoint(other.values(s)) for s in self.clues)

    @property
    def age(self) -> tuple[str, str]:
        """The age of its earliest member."""
        return min(member.age for member in self.members)


def kind_of(agent: Node) -> str | None:
    """The kind of a local agent, as in its entity's IRI; None for what is no agent."""
    for class_iri in agent.links(t.RDF_TYPE):
        if class_iri in AGENT_CLASSES:
            return AGENT_CLASSES[class_iri][0]
    return None


def namesakes_key(agent: Node) -> str:
    """The blocking key that holds the whole name; who shares it has the same name.

    With "@" in it, the name does not say who is meant beyond the agent's own source.
    """
    start = f"{kind_of(agent) or ''}:"
    for key in agent.texts(t.BLOCKING_KEY):
        if key.startswith(start):
            return key
    return f"{start}{fold_name(agent.text(t.NAME) or '')}@{key_of(agent.iri.value)}"


def likeness_keys(agent: Node) -> list[str]:
    """The blocking keys that names share if they may be forms of one name."""
    kind = kind_of(agent) or ""
    return [key for key in agent.texts(t.BLOCKING_KEY) if key.startswith(f"{kind}-")]


def name_of(agent: Node) -> AgentName:
    """A local agent's name, taken apart."""
    return parsed_name(agent.text(t.NAME) or "", kind_of(agent))


def parsed_name(name: str, kind: str | None) -> AgentName:
    """The name of somebody of a kind, taken apart."""
    return parse_organization(name) if kind == "organization" else parse_person(name)


def match(one: AgentName, other: AgentName) -> NameMatch | None:
    """What two names have in common; None where they are names of two."""
    if isinstance(one, PersonName) and isinstance(other, PersonName):
        return match_names(one, other)
    if isinstance(one, OrganizationName) and isinstance(other, OrganizationName):
        return match_organizations(one, other)
    return None


def same_name(name: AgentName) -> NameMatch:
    """What a name has in common with itself."""
    found = match(name, name)
    return found or NameMatch(0.0, "the name is the same", exact=True)


def profile_of(
    agent: Node,
    evidence: EvidenceView,
    letter_of: Callable[[NamedNode], NamedNode | None],
    *,
    name_only: bool = False,
) -> AgentProfile:
    """The profile of a local agent; with `name_only` without its clues, which costs less."""
    source = source_of(agent.iri)
    source_node = evidence.node(source)
    return AgentProfile(
        iri=agent.iri,
        source=source,
        name=name_of(agent),
        listed=source_node is not None and source_node.is_a(t.LETTER_PAGE),
        day=evidence.published(agent.iri),
        clues=frozenset() if name_only else _clues(agent, evidence, letter_of),
    )


def _clues(
    agent: Node, evidence: EvidenceView, letter_of: Callable[[NamedNode], NamedNode | None]
) -> frozenset[Clue]:
    found: set[Clue] = {("account", text.casefold()) for text in agent.texts(t.ACCOUNT_NAME)}
    for claim in evidence.claims_about(agent.iri):
        letter = claim.link(t.LOCAL_LETTER_OF)
        if claim.is_a(t.ROLE_CLAIM) and claim.link(t.LOCAL_HOLDER) == agent.iri:
            found |= {("role", fold_name(title)) for title in claim.texts(t.ROLE_TITLE)}
            found |= _affiliation(claim, evidence)
        elif letter and claim.is_a(t.SIGNATURE_CLAIM):
            found |= {("role", fold_name(text)) for text in claim.texts(t.CAPACITY)}
            found |= _beside(letter, letter_of)
        elif letter and any(claim.link(part) == agent.iri for part in _ORGANIZATION_PARTS):
            found |= _beside(letter, letter_of)
    return frozenset(found)


def _affiliation(claim: Node, evidence: EvidenceView) -> set[Clue]:
    local = claim.link(t.LOCAL_ORGANIZATION_OF)
    body = evidence.node(local) if local else None
    names = body.texts(t.NAME) if body else ()
    return {("organization", folded_organization(name)) for name in names}


def _beside(letter: NamedNode, letter_of: Callable[[NamedNode], NamedNode | None]) -> set[Clue]:
    entity = letter_of(letter)
    return {("letter", entity.value)} if entity else set()


@cache
def _fields() -> dict[str, str]:
    text = files("undersigned.assembly").joinpath("role_fields.toml").read_text(encoding="utf-8")
    return {
        word: name for name, part in tomllib.loads(text).items() for word in part["words"].split()
    }


def fields_of(roles: Set[str]) -> set[str]:
    """The fields of work that role titles belong to."""
    return {_fields()[word] for role in roles for word in role.split() if word in _fields()}
