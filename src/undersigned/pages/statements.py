"""The page of a statement: the words, whose they are, about whom, and who printed them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from undersigned import terms as t
from undersigned.pages.facts import StatementLine, newest_first, statement_line

if TYPE_CHECKING:
    from undersigned.pages.nodes import Node, Nodes


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementPage:
    """What the graph says of a statement. `chain` leads outwards: who quotes whom."""

    line: StatementLine
    variants: tuple[str, ...]
    chain: tuple[StatementLine, ...]
    nested: tuple[StatementLine, ...]
    sources: tuple[Node, ...]


def statement_page(nodes: Nodes, node: Node) -> StatementPage:
    """The page of a statement."""
    line = statement_line(nodes, node)
    return StatementPage(
        line=line,
        variants=tuple(v for v in node.texts(t.VARIANT) if v != line.words),
        chain=_outwards(nodes, node),
        nested=tuple(
            statement_line(nodes, n, is_explained=False) for n in nodes.of(t.NESTED_IN, node.iri)
        ),
        sources=tuple(newest_first(nodes, node.iris(t.SAID_IN))),
    )


def _outwards(nodes: Nodes, node: Node) -> tuple[StatementLine, ...]:
    chain: list[StatementLine] = []
    seen = {node.iri}
    around = node.iri_or_none(t.NESTED_IN)
    while around is not None and around not in seen:
        seen.add(around)
        outer = nodes.get(around)
        chain.append(statement_line(nodes, outer, is_explained=False))
        around = outer.iri_or_none(t.NESTED_IN)
    return tuple(chain)
