"""The page of anything else in the graph: a signature, a role, a count, a step of a status.

All that is said of it, what refers to it, and the passages that carry it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pyoxigraph import Literal, NamedNode

from undersigned import terms as t
from undersigned.pages.facts import SignatureLine, explained, passages_for, signature_line
from undersigned.pages.nodes import words_of
from undersigned.why import why

if TYPE_CHECKING:
    from undersigned.pages.asking import Asked, Part
    from undersigned.pages.nodes import Node, Nodes
    from undersigned.why import Passage

_INTERNAL: Final = {t.FOLDED_NAME, t.SUPPORTED_BY, t.RDFS_LABEL}
"""Properties that the page shows elsewhere, or that are for machines."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step in the history of a signature's status. `day` is as printed, or ""."""

    status: str
    certainty: str
    day: str
    sources: tuple[Node, ...]
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One property of a thing with its values: things as nodes, the rest as text."""

    name: str
    predicate: NamedNode
    things: tuple[Node, ...]
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ThingPage:
    """What the graph says of something that has no page of its own kind."""

    node: Node
    kind: str
    rows: tuple[Row, ...]
    referring: Part[tuple[str, Node]]
    passages: tuple[Passage, ...]
    signature: SignatureLine | None
    history: tuple[Step, ...]


def thing_page(nodes: Nodes, node: Node, asked: Asked) -> ThingPage:
    """The page of a thing."""
    signature = signature_line(nodes, node) if t.SIGNATURE in node.kinds else None
    return ThingPage(
        node=node,
        kind=words_of(node.kinds[0]) if node.kinds else "thing",
        rows=tuple(
            _row(nodes, node, predicate)
            for predicate in sorted(node.values, key=str)
            if predicate not in _INTERNAL
        ),
        referring=asked.part(_referring(nodes, node)),
        passages=passages_for(nodes, node) or tuple(why(nodes.reader, node.iri)),
        signature=explained(nodes, signature) if signature else None,
        history=_history(nodes, node),
    )


def _row(nodes: Nodes, node: Node, predicate: NamedNode) -> Row:
    values = node.values[predicate]
    return Row(
        name=words_of(predicate),
        predicate=predicate,
        things=tuple(nodes.get(value) for value in values if isinstance(value, NamedNode)),
        texts=tuple(value.value for value in values if isinstance(value, Literal)),
    )


def _referring(nodes: Nodes, node: Node) -> list[tuple[str, Node]]:
    """Things that have this one as a value, with the property in words."""
    knowledge = nodes.reader.iris.knowledge
    found = {
        (words_of(triple.predicate), triple.subject)
        for triple in nodes.reader.triples(knowledge, None, None, node.iri)
        if isinstance(triple.subject, NamedNode)
    }
    ordered = sorted(found, key=lambda pair: (pair[0], pair[1].value))
    return [(name, nodes.get(iri)) for name, iri in ordered]


def _history(nodes: Nodes, node: Node) -> tuple[Step, ...]:
    steps = []
    for iri in node.iris(t.HAS_STATUS_EVENT):
        step = nodes.get(iri)
        steps.append(
            Step(
                status=step.concept(t.STATUS),
                certainty=step.concept(t.CERTAINTY),
                day=step.text(t.STATED_ON),
                sources=tuple(nodes.get(source) for source in step.iris(t.SAID_IN)),
                passages=passages_for(nodes, step),
            )
        )
    return tuple(sorted(steps, key=lambda step: (step.day or "9999", step.status)))
