"""Signatures, statements and roles as lines of a page, each with the passages that carry it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from undersigned import terms as t
from undersigned.names import fold_name
from undersigned.why import passages_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pyoxigraph import NamedNode

    from undersigned.pages.nodes import Node, Nodes
    from undersigned.why import Passage

SOURCE_KINDS: Final = (t.ARTICLE, t.LETTER_PAGE, t.SOURCE)
"""The classes of what the graph was read from."""
STANDING: Final = ("reported", "listed", "confirmed")
"""Statuses of a signature that stands; with the others the name is on no letter, or no longer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SignatureLine:
    """Someone's signature below a letter. `stands` says whether it counts as signed."""

    node: Node
    signatory: Node
    letter: Node
    capacities: tuple[str, ...]
    status: str
    certainty: str
    passages: tuple[Passage, ...] = ()

    @property
    def stands(self) -> bool:
        """Whether the name stands below the letter, as far as sources tell."""
        return self.status in STANDING and self.certainty != "denied"


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementLine:
    """What someone said. `date` is the earliest on which it was reported, as printed, or ""."""

    node: Node
    words: str
    is_quotation: bool
    speaker: Node | None
    targets: tuple[Node, ...]
    letters: tuple[Node, ...]
    stance: str
    certainty: str
    cue: str
    date: str
    passages: tuple[Passage, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleLine:
    """What someone is, was or will be, and where."""

    node: Node
    holder: Node | None
    title: str
    organization: Node | None
    time: str
    passages: tuple[Passage, ...] = ()


def passages_for(nodes: Nodes, node: Node) -> tuple[Passage, ...]:
    """The passages that a fact rests on, with those of the steps of a signature's status."""
    claims = set(node.iris(t.SUPPORTED_BY))
    for step in node.iris(t.HAS_STATUS_EVENT):
        claims |= set(nodes.get(step).iris(t.SUPPORTED_BY))
    return tuple(passages_of(nodes.reader, claims))


def signature_line(nodes: Nodes, node: Node) -> SignatureLine | None:
    """A signature record as a line without its passages; None if it names nobody or no letter."""
    signatory = node.iri_or_none(t.NAMED_SIGNATORY) or node.iri_or_none(t.SIGNATORY)
    letter = node.iri_or_none(t.SIGNED_LETTER)
    if signatory is None or letter is None:
        return None
    return SignatureLine(
        node=node,
        signatory=nodes.get(signatory),
        letter=nodes.get(letter),
        capacities=fullest(node.texts(t.CAPACITY)),
        status=node.concept(t.STATUS),
        certainty=node.concept(t.CERTAINTY),
    )


def fullest(capacities: Iterable[str]) -> tuple[str, ...]:
    """Capacities that say more than another: "architect" goes beside "Architect, Solberg & Co"."""
    kept: list[str] = []
    for capacity in sorted(capacities, key=lambda words: (-len(words), words)):
        words = f" {fold_name(capacity)} "
        if not any(words in f" {fold_name(other)} " for other in kept):
            kept.append(capacity)
    return tuple(sorted(kept))


def explained(nodes: Nodes, line: SignatureLine) -> SignatureLine:
    """The same line with the passages that it rests on."""
    return replace(line, passages=passages_for(nodes, line.node))


def statement_line(nodes: Nodes, node: Node, *, is_explained: bool = True) -> StatementLine:
    """A statement as a line."""
    speaker = node.iri_or_none(t.SPEAKER)
    return StatementLine(
        node=node,
        words=node.text(t.WORDS) or node.label,
        is_quotation=t.QUOTATION in node.kinds,
        speaker=nodes.get(speaker) if speaker else None,
        targets=tuple(nodes.get(iri) for iri in node.iris(t.TARGET)),
        letters=tuple(nodes.get(iri) for iri in node.iris(t.IN_LETTER)),
        stance=node.concept(t.STANCE),
        certainty=node.concept(t.CERTAINTY),
        cue=", ".join(node.texts(t.CUE)),
        date=node.text(t.REPORTED_ON),
        passages=passages_for(nodes, node) if is_explained else (),
    )


def role_line(nodes: Nodes, node: Node, *, is_explained: bool = True) -> RoleLine:
    """A role as a line."""
    organization = node.iri_or_none(t.AT_ORGANIZATION)
    holder = node.iri_or_none(t.HOLDER)
    return RoleLine(
        node=node,
        holder=nodes.get(holder) if holder else None,
        title=node.text(t.ROLE_TITLE) or node.label,
        organization=nodes.get(organization) if organization else None,
        time=node.concept(t.ROLE_TIME),
        passages=passages_for(nodes, node) if is_explained else (),
    )


def in_time(nodes: Iterable[Node]) -> list[Node]:
    """Statements by the day on which they were reported, those without one last."""
    return sorted(nodes, key=lambda n: (n.text(t.REPORTED_ON) or "9999", n.iri.value))


def letter_day(nodes: Nodes, letter: Node) -> str:
    """The date of a letter as printed, else the day of the first source that speaks of it."""
    published = (nodes.get(source).text(t.PUBLISHED) for source in letter.iris(t.SAID_IN))
    return letter.text(t.LETTER_DATE) or min((day for day in published if day), default="")


def sources_in(nodes: Nodes) -> list[Node]:
    """Everything that the graph was read from, articles and letters' own pages, by IRI."""
    found = {node.iri: node for kind in SOURCE_KINDS for node in nodes.of(t.RDF_TYPE, kind)}
    return [found[iri] for iri in sorted(found, key=str)]


def newest_first(nodes: Nodes, sources: Iterable[NamedNode]) -> list[Node]:
    """Sources by the day of their publication."""
    found = sorted((nodes.get(iri) for iri in sources), key=lambda n: n.iri.value)
    return sorted(found, key=lambda n: n.text(t.PUBLISHED), reverse=True)
