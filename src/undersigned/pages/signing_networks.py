"""The networks of the graph itself: people and the letters that they signed."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Final

from pyoxigraph import NamedNode

from undersigned import terms as t
from undersigned.pages.network import MOST_NODES, Network, Point, Size, draw

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from undersigned.pages.nodes import Nodes

    PageOf = Callable[[NamedNode], str | None]

_NEIGHBOURS: Final = 60
"""People around one person or letter, so that their names can be read."""
_LETTERS: Final = 40


def around_person(nodes: Nodes, person: NamedNode, page_of: PageOf) -> Network:
    """A person, the letters signed, and who else signed them, those with most in common first."""
    letters = nodes.get(person).iris(t.SIGNED)[:_LETTERS]
    signers = {letter: _signers(nodes, letter) for letter in letters}
    common = Counter(who for found in signers.values() for who in found if who != person)
    chosen = {person, *_first(common, _NEIGHBOURS)}
    return draw(*_parts(nodes, signers, chosen, page_of, centre=person))


def around_letter(nodes: Nodes, letter: NamedNode, page_of: PageOf) -> Network:
    """A letter, its signers who signed others too, and those other letters.

    Signers of this letter alone come in where there is room.
    """
    own = _signers(nodes, letter)
    signed = {who: _signed(nodes, who) for who in own}
    others = Counter(other for found in signed.values() for other in found if other != letter)
    signers: dict[NamedNode, Sequence[NamedNode]] = {letter: own}
    signers |= {other: _signers(nodes, other) for other in _first(others, _LETTERS)}
    weight = Counter({who: len(found) for who, found in signed.items()})
    people = {*_first(weight, _NEIGHBOURS)}
    return draw(*_parts(nodes, signers, people, page_of, centre=letter))


def whole(
    nodes: Nodes, page_of: PageOf, most: int = MOST_NODES, size: Size | None = None
) -> Network:
    """Those who signed most letters, if more than one, and the letters that they join.

    At most this many of both together.
    """
    found = nodes.rows(f"""SELECT ?who {{ ?who us:signed ?letter }} GROUP BY ?who
      HAVING (COUNT(?letter) > 1) ORDER BY DESC(COUNT(?letter)) ?who LIMIT {most}""")
    signers: defaultdict[NamedNode, list[NamedNode]] = defaultdict(list)
    for (who,) in found:
        for letter in _signed(nodes, NamedNode(who)):
            signers[letter].append(NamedNode(who))
    sizes = Counter({letter: len(found) for letter, found in signers.items()})
    kept = {
        letter: sorted(signers[letter], key=str)
        for letter in _first(sizes, min(_LETTERS, most // 2))
    }
    people = Counter(who for found in kept.values() for who in found)
    points, joined = _parts(nodes, kept, {*_first(people, most - len(kept))}, page_of)
    return draw(points, joined, size)


def _parts(
    nodes: Nodes,
    signers: Mapping[NamedNode, Sequence[NamedNode]],
    people: set[NamedNode],
    page_of: PageOf,
    centre: NamedNode | None = None,
) -> tuple[list[Point], list[tuple[str, str, str]]]:
    """The nodes and edges of a picture."""
    joined = [
        (who.value, letter.value, "signed")
        for letter, found in signers.items()
        for who in found
        if who in people
    ]
    degree = Counter(key for start, end, _ in joined for key in (start, end))
    points = [
        Point(
            key=iri.value,
            label=nodes.get(iri).label,
            kind=("centre " if iri == centre else "") + kind,
            link=page_of(iri) or "",
            weight=degree[iri.value] + (MOST_NODES if iri == centre or kind == "letter" else 0),
        )
        for kind, iris in (("letter", signers), ("person", people))
        for iri in iris
    ]
    return points, joined


def _signed(nodes: Nodes, who: NamedNode) -> list[NamedNode]:
    found = nodes.reader.triples(nodes.reader.iris.knowledge, who, t.SIGNED)
    return sorted((n.object for n in found if isinstance(n.object, NamedNode)), key=str)


def _signers(nodes: Nodes, letter: NamedNode) -> list[NamedNode]:
    found = nodes.reader.triples(nodes.reader.iris.knowledge, None, t.SIGNED, letter)
    return sorted((n.subject for n in found if isinstance(n.subject, NamedNode)), key=str)


def _first(counted: Counter[NamedNode], number: int) -> Iterable[NamedNode]:
    ranked = sorted(counted.items(), key=lambda pair: (-pair[1], pair[0].value))
    return [iri for iri, _ in ranked[:number]]
