"""Marked stretches as a tree, for output that can only open and close marks one within another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from undersigned.explaining.marks import MarkedSpan


@dataclass(frozen=True, slots=True)
class Node:
    """Text from `start` to `end`: plain where `mark` is None, else marked, with what lies within.

    A stretch that crosses another's end becomes two nodes of one mark.
    """

    start: int
    end: int
    mark: MarkedSpan | None = None
    inner: tuple[Node, ...] = ()

    @property
    def opens(self) -> bool:
        """Whether the marked stretch begins here, and not in a node before."""
        return self.mark is not None and self.start == self.mark.start

    @property
    def closes(self) -> bool:
        """Whether the marked stretch ends here."""
        return self.mark is not None and self.end == self.mark.end


def nest(spans: Iterable[MarkedSpan], start: int, end: int) -> tuple[Node, ...]:
    """The text from `start` to `end` as nodes without gaps, stretches cut to it."""
    within = [
        Node(max(span.start, start), min(span.end, end), span)
        for span in spans
        if span.start < end and start < span.end
    ]
    return _nested(within, start, end)


def _nested(pieces: Sequence[Node], start: int, end: int) -> tuple[Node, ...]:
    nodes: list[Node] = []
    at = start
    waiting = sorted(pieces, key=_outer_first)
    while waiting:
        outer, *others = waiting
        if at < outer.start:
            nodes.append(Node(at, outer.start))
        at = outer.end
        before = [Node(p.start, min(p.end, at), p.mark) for p in others if p.start < at]
        after = [Node(max(p.start, at), p.end, p.mark) for p in others if at < p.end]
        nodes.append(Node(outer.start, at, outer.mark, _nested(before, outer.start, at)))
        waiting = sorted(after, key=_outer_first)
    if at < end:
        nodes.append(Node(at, end))
    return tuple(nodes)


def _outer_first(node: Node) -> tuple[int, int]:
    return node.start, -node.end
