"""Answers as readers see them: a table, and where its columns allow a chart, network or timeline.

Which views an answer has follows from what its columns hold, never from their names, but for one
habit: a column `xLabel` beside `x` says what the things of `x` are called.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pyoxigraph import BlankNode, Literal, NamedNode

from undersigned.pages.network import Network, Point, draw
from undersigned.pages.timeline import Bar, Event, Timeline, draw_bars, draw_timeline
from undersigned.terms import XSD

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from pyoxigraph import Triple

LABEL_SUFFIX: Final = "Label"
BARS_SHOWN: Final = 30
_DAY: Final = re.compile(r"-?\d{4}(-\d{2}(-\d{2}(T.*)?)?)?")
_DATE_TYPES: Final = {f"{XSD}{name}" for name in ("date", "dateTime", "gYear", "gYearMonth")}
_NUMBER_TYPES: Final = {
    f"{XSD}{name}"
    for name in (
        "integer", "decimal", "double", "float", "int", "long", "short", "nonNegativeInteger",
        "positiveInteger", "unsignedInt",
    )
}  # fmt: skip

Term = NamedNode | BlankNode | Literal


@dataclass(frozen=True, slots=True)
class Cell:
    """One value: what is shown, and the thing behind it, if there is one.

    `number` and `day` are set where the value is one; `day` as printed, "2025-03-21" or shorter.
    """

    text: str
    iri: NamedNode | None = None
    number: float | None = None
    day: str = ""

    def __bool__(self) -> bool:
        return bool(self.text)


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultViews:
    """An answer in every view that it has; a view that it lacks is empty.

    `charted` are the columns (label, number) of the bars, `joined` those of the network.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    bars: tuple[Bar, ...]
    charted: tuple[str, str]
    network: Network
    joined: tuple[str, str]
    timeline: Timeline
    dated: str

    @property
    def views(self) -> tuple[str, ...]:
        """The names of the views that it has, the table first."""
        found = (
            ("chart", self.bars),
            ("network", self.network),
            ("timeline", self.timeline),
        )
        return ("table", *(name for name, view in found if view))


def cell_of(term: Term | Triple | None, label: str = "") -> Cell:
    """A term as a cell; `label` is what a thing is called, else its IRI is shown."""
    if term is None:
        return Cell("")
    if isinstance(term, NamedNode):
        return Cell(label or term.value, term)
    if not isinstance(term, Literal):
        return Cell(str(term))
    kind = term.datatype.value
    return Cell(
        term.value,
        number=_number(term.value) if kind in _NUMBER_TYPES else None,
        day=term.value[:10] if kind in _DATE_TYPES and _DAY.fullmatch(term.value) else "",
    )


def result_views(
    columns: Sequence[str],
    rows: Sequence[Sequence[Cell]],
    page_of: Callable[[NamedNode], str | None],
) -> ResultViews:
    """The views of an answer. `page_of` gives where a thing's page is.

    Columns `x` and `xLabel` are shown as one: the label, with the thing behind it.
    """
    columns, rows = _with_labels(columns, rows)
    charted = _charted(columns, rows)
    joined = _joined(columns, rows)
    dated = next((i for i in range(len(columns)) if _is_all(rows, i, lambda c: bool(c.day))), None)
    return ResultViews(
        columns=tuple(columns),
        rows=tuple(tuple(row) for row in rows),
        bars=_bars(rows, charted, page_of) if charted else (),
        charted=(columns[charted[0]], columns[charted[1]]) if charted else ("", ""),
        network=_network(rows, joined, page_of) if joined else Network((), ()),
        joined=(columns[joined[0]], columns[joined[1]]) if joined else ("", ""),
        timeline=_timeline(rows, dated, page_of),
        dated="" if dated is None else columns[dated],
    )


def _with_labels(
    columns: Sequence[str], rows: Sequence[Sequence[Cell]]
) -> tuple[list[str], list[list[Cell]]]:
    place = {name: index for index, name in enumerate(columns)}
    labelled = {
        place[name]: place[name + LABEL_SUFFIX] for name in columns if name + LABEL_SUFFIX in place
    }
    kept = [index for index in range(len(columns)) if index not in labelled.values()]

    def shown(row: Sequence[Cell], index: int) -> Cell:
        cell = row[index]
        label = row[labelled[index]].text if index in labelled else ""
        return Cell(label or cell.text, cell.iri, cell.number, cell.day)

    return [columns[i] for i in kept], [[shown(row, i) for i in kept] for row in rows]


def _charted(columns: Sequence[str], rows: Sequence[Sequence[Cell]]) -> tuple[int, int] | None:
    """The first column of names and the first of numbers."""
    places = range(len(columns))
    numbers = [i for i in places if _is_all(rows, i, lambda c: c.number is not None)]
    names = [i for i in places if i not in numbers and any(row[i] for row in rows)]
    return (names[0], numbers[0]) if names and numbers and len(rows) > 1 else None


def _joined(columns: Sequence[str], rows: Sequence[Sequence[Cell]]) -> tuple[int, int] | None:
    """The first two columns of things."""
    things = [i for i in range(len(columns)) if _is_all(rows, i, lambda c: c.iri is not None)]
    return (things[0], things[1]) if len(things) > 1 else None


def _is_all(rows: Sequence[Sequence[Cell]], place: int, test: Callable[[Cell], bool]) -> bool:
    """Whether a column holds something, and only what passes the test."""
    held = [row[place] for row in rows if row[place]]
    return bool(held) and all(map(test, held))


def _bars(
    rows: Sequence[Sequence[Cell]],
    charted: tuple[int, int],
    page_of: Callable[[NamedNode], str | None],
) -> tuple[Bar, ...]:
    shown = [row for row in rows if row[charted[1]].number is not None][:BARS_SHOWN]
    bars = draw_bars(
        [(row[charted[0]].text or "–", row[charted[1]].number or 0.0) for row in shown]
    )
    links = [page_of(iri) if (iri := row[charted[0]].iri) else None for row in shown]
    return tuple(
        Bar(bar.label, bar.value, bar.width, link or "")
        for bar, link in zip(bars, links, strict=True)
    )


def _network(
    rows: Sequence[Sequence[Cell]],
    joined: tuple[int, int],
    page_of: Callable[[NamedNode], str | None],
) -> Network:
    pairs = [(row[joined[0]], row[joined[1]]) for row in rows if row[joined[0]] and row[joined[1]]]
    weight: Counter[NamedNode] = Counter()
    labels: dict[NamedNode, str] = {}
    for cell in (cell for pair in pairs for cell in pair):
        if cell.iri is not None:
            weight[cell.iri] += 1
            labels.setdefault(cell.iri, cell.text)
    points = [
        Point(iri.value, labels[iri], _kind(iri), page_of(iri) or "", count)
        for iri, count in weight.items()
    ]
    return draw(points, _edges(pairs))


def _edges(pairs: Sequence[tuple[Cell, Cell]]) -> Iterator[tuple[str, str, str]]:
    for a, b in pairs:
        if a.iri is not None and b.iri is not None:
            yield a.iri.value, b.iri.value, ""


def _kind(iri: NamedNode) -> str:
    return "letter" if "/letter/" in iri.value else "thing"


def _timeline(
    rows: Sequence[Sequence[Cell]],
    dated: int | None,
    page_of: Callable[[NamedNode], str | None],
) -> Timeline:
    if dated is None:
        return draw_timeline(())
    events = []
    for row in rows:
        others = [cell for i, cell in enumerate(row) if i != dated and cell]
        link = next((page for cell in others if cell.iri and (page := page_of(cell.iri))), "")
        label = ", ".join(cell.text for cell in others[:3])
        events.append(Event(row[dated].day, label, link=link))
    return draw_timeline(events)


def _number(text: str) -> float | None:
    try:
        value = float(text)
    except ValueError:
        return None
    return value if math.isfinite(value) else None
