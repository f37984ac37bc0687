"""Clusters from links between pairs, the same whatever the order in which pairs are met."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from pyoxigraph import NamedNode


@dataclass(frozen=True, slots=True)
class Link:
    """Two things that may be one, with the score (0.0 to 1.0) and the reason."""

    one: NamedNode
    other: NamedNode
    score: float
    basis: str


def linked(
    start: Iterable[NamedNode],
    links_of: Callable[[NamedNode], Iterable[Link]],
    old_companions: Callable[[NamedNode], Iterable[NamedNode]],
) -> tuple[set[NamedNode], set[Link]]:
    """Everything that clusters with `start` now or did before, and all links among it.

    The result is closed: no link leads out of it, so that clustering it alone gives the same as
    clustering everything.
    """
    found: set[NamedNode] = set()
    links: set[Link] = set()
    frontier = list(start)
    while frontier:
        thing = frontier.pop()
        if thing in found:
            continue
        found.add(thing)
        frontier.extend(old_companions(thing))
        for link in links_of(thing):
            links.add(link)
            frontier.append(link.other if link.one == thing else link.one)
    return found, links


def cluster(
    things: Iterable[NamedNode],
    links: Iterable[Link],
    may_join: Callable[[set[NamedNode], set[NamedNode]], bool],
) -> list[set[NamedNode]]:
    """Joins things by links, best first, where the two clusters may be joined at all."""
    home = {thing: {thing} for thing in things}
    for link in sorted(links, key=lambda k: (-k.score, k.one.value, k.other.value)):
        one, other = home[link.one], home[link.other]
        if one is not other and may_join(one, other):
            one |= other
            for thing in other:
                home[thing] = one
    return list({id(members): members for members in home.values()}.values())
