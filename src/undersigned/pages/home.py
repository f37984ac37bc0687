"""The front page: what is in the graph, its newest letters and sources."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pyoxigraph import NamedNode

from undersigned import terms as t
from undersigned.pages.facts import newest_first, sources_in
from undersigned.pages.listing import Entry, LetterRow, letter_row, letters_in_time

if TYPE_CHECKING:
    from collections.abc import Sequence

    from undersigned.pages.nodes import Node, Nodes

_SHOWN: Final = 6
_COUNTED: Final = (
    (t.LETTER, "letters", "/letters"),
    (t.PERSON, "people", "/people"),
    (t.ORGANIZATION, "organizations", "/organizations"),
    (t.SIGNATURE, "signatures", ""),
    (t.STATEMENT, "statements", "/statements"),
)


@dataclass(frozen=True, slots=True)
class Total:
    """How many of a kind there are, and the list of them, if there is one."""

    name: str
    number: int
    path: str


@dataclass(frozen=True, slots=True)
class Connector:
    """Someone who signed several letters."""

    node: Node
    letters: int


@dataclass(frozen=True, slots=True, kw_only=True)
class HomePage:
    """What is in the graph."""

    totals: tuple[Total, ...]
    letters: tuple[LetterRow, ...]
    connectors: tuple[Connector, ...]
    sources: tuple[Node, ...]
    by_year: tuple[tuple[str, float], ...]


def home_page(nodes: Nodes) -> HomePage:
    """The front page."""
    letters, sources = letters_in_time(nodes), sources_in(nodes)
    return HomePage(
        totals=(
            *(Total(name, _number(nodes, kind), path) for kind, name, path in _COUNTED),
            Total("sources", len(sources), "/sources"),
        ),
        letters=tuple(letter_row(nodes, entry) for entry in letters[:_SHOWN]),
        connectors=_connectors(nodes),
        sources=tuple(newest_first(nodes, (source.iri for source in sources)))[:_SHOWN],
        by_year=_by_year(letters),
    )


def _number(nodes: Nodes, kind: object) -> int:
    return int(nodes.rows(f"SELECT (COUNT(?thing) AS ?n) {{ ?thing a {kind} }}")[0][0])


def _connectors(nodes: Nodes) -> tuple[Connector, ...]:
    """Those who signed most letters, if they signed more than one."""
    rows = nodes.rows(f"""SELECT ?thing (COUNT(?letter) AS ?n) {{ ?thing us:signed ?letter }}
      GROUP BY ?thing HAVING (COUNT(?letter) > 1) ORDER BY DESC(?n) ?thing LIMIT {_SHOWN + 2}""")
    return tuple(Connector(nodes.get(NamedNode(iri)), int(n)) for iri, n in rows)


def _by_year(letters: Sequence[Entry]) -> tuple[tuple[str, float], ...]:
    """Letters in each year from the first to the last, those without any among them."""
    counted = Counter(int(e.day[:4]) for e in letters if e.day[:4].isdigit())
    if len(counted) < 2:
        return ()
    years = range(max(min(counted), max(counted) - 39), max(counted) + 1)
    return tuple((str(year), float(counted[year])) for year in years)
