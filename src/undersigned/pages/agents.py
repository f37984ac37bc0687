"""The page of whoever can speak: a person, an organization, a group, an unnamed speaker."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pyoxigraph import Literal, NamedNode

from undersigned import terms as t
from undersigned.names import fold_name
from undersigned.pages.facts import (
    RoleLine,
    SignatureLine,
    StatementLine,
    explained,
    in_time,
    letter_day,
    newest_first,
    role_line,
    signature_line,
    statement_line,
)
from undersigned.pages.nodes import by_label, last_part

if TYPE_CHECKING:
    from undersigned.pages.asking import Asked, Part
    from undersigned.pages.nodes import Node, Nodes

AGENT_KINDS: Final = {
    t.PERSON: "person",
    t.ORGANIZATION: "organization",
    t.GROUP: "group",
    t.UNNAMED_SPEAKER: "unnamed speaker",
}
_COSIGNERS_SHOWN: Final = 30
"""More co-signers than these are in the answer to the saved question that the page leads to."""


@dataclass(frozen=True, slots=True)
class CoSigner:
    """Someone who signed some of the same letters."""

    node: Node
    letters: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class KnownAs:
    """A name in one source that is taken for this agent, and why; `score` is 0.0 to 1.0 or ""."""

    name: str
    source: Node
    basis: str
    score: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AgentPage:
    """What the graph says of an agent."""

    node: Node
    kind: str
    aliases: tuple[str, ...]
    roles: tuple[RoleLine, ...]
    people: Part[RoleLine]
    signed: Part[SignatureLine]
    not_signed: tuple[SignatureLine, ...]
    said: Part[StatementLine]
    about: Part[StatementLine]
    timeline: tuple[StatementLine, ...]
    letters: tuple[tuple[str, tuple[Node, ...]], ...]
    cosigners: tuple[CoSigner, ...]
    cosigners_total: int
    sources: tuple[Node, ...]
    identity: tuple[KnownAs, ...]


_LETTER_PARTS: Final = (
    ("Letters to {name}", t.ADDRESSEE),
    ("Letters organized by {name}", t.ORGANIZER),
    ("Letters that answer {name}", t.ANSWERS),
)


def agent_page(nodes: Nodes, node: Node, asked: Asked) -> AgentPage:
    """The page of an agent; the parts of its lists that were asked for."""
    signatures = _signatures(nodes, node)
    said = in_time(nodes.of(t.SPEAKER, node.iri))
    about = in_time(nodes.of(t.TARGET, node.iri))
    held_here = by_label(nodes.of(t.AT_ORGANIZATION, node.iri))
    cosigners, cosigners_total = _cosigners(nodes, node)
    return AgentPage(
        node=node,
        kind=next((name for kind, name in AGENT_KINDS.items() if kind in node.kinds), "agent"),
        aliases=tuple(a for a in node.texts(t.ALIAS) if a != node.label),
        roles=tuple(role_line(nodes, n) for n in by_label(nodes.of(t.HOLDER, node.iri))),
        people=asked.part(held_here, "people").made(lambda n: role_line(nodes, n)),
        signed=asked.part([line for line in signatures if line.stands], "letters").made(
            lambda line: explained(nodes, line)
        ),
        not_signed=tuple(explained(nodes, line) for line in signatures if not line.stands),
        said=asked.part(said, "said").made(lambda n: statement_line(nodes, n)),
        about=asked.part(about, "about").made(lambda n: statement_line(nodes, n)),
        timeline=tuple(statement_line(nodes, n, is_explained=False) for n in [*said, *about]),
        letters=tuple(
            (title.format(name=node.label), tuple(by_label(found)))
            for title, predicate in _LETTER_PARTS
            if (found := nodes.of(predicate, node.iri))
        ),
        cosigners=cosigners,
        cosigners_total=cosigners_total,
        sources=tuple(newest_first(nodes, node.iris(t.SAID_IN))),
        identity=_known_as(nodes, node),
    )


def _signatures(nodes: Nodes, node: Node) -> list[SignatureLine]:
    """All of an agent's signatures without their passages, newest letter first."""
    found = nodes.of(t.NAMED_SIGNATORY, node.iri)
    lines = [line for n in found if (line := signature_line(nodes, n))]
    lines.sort(key=lambda line: fold_name(line.letter.label))
    return sorted(lines, key=lambda line: letter_day(nodes, line.letter), reverse=True)


def _cosigners(nodes: Nodes, node: Node) -> tuple[tuple[CoSigner, ...], int]:
    """Who signed the same letters, those with most in common first, and how many they are."""
    common: defaultdict[NamedNode, list[Node]] = defaultdict(list)
    for letter in node.iris(t.SIGNED):
        triples = nodes.reader.triples(nodes.reader.iris.knowledge, None, t.SIGNED, letter)
        for triple in triples:
            if isinstance(triple.subject, NamedNode) and triple.subject != node.iri:
                common[triple.subject].append(nodes.get(letter))
    ranked = sorted(common.items(), key=lambda pair: (-len(pair[1]), pair[0].value))
    shown = ranked[:_COSIGNERS_SHOWN]
    return tuple(CoSigner(nodes.get(iri), tuple(letters)) for iri, letters in shown), len(common)


def _known_as(nodes: Nodes, node: Node) -> tuple[KnownAs, ...]:
    """The names in the sources that are taken for an agent."""
    notes = []
    for local in nodes.of(t.IDENTIFIED_AS, node.iri):
        source = NamedNode(local.iri.value.partition("#")[0])
        named = nodes.reader.triples(source, local.iri, t.NAME)
        name = min((n.object.value for n in named if isinstance(n.object, Literal)), default="")
        notes.append(
            KnownAs(
                name=name or last_part(local.iri),
                source=nodes.get(source),
                basis=local.text(t.IDENTITY_BASIS),
                score=local.text(t.IDENTITY_SCORE),
            )
        )
    return tuple(notes)
