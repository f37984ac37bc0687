"""Events along an axis of time, and numbers as bars, as pictures that the templates draw."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

WIDTH: Final = 960
_MARGIN: Final = 24
_STEP: Final = 13
"""From one dot to the next above it."""
_TALLEST: Final = 14
"""Dots above each other; further ones of that time move nothing and are counted in the list."""
_DATE: Final = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?")
_MOST_TICKS: Final = 10
_MONTHS: Final = (
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Event:
    """Something on a day as printed ("2025", "2025-03", "2025-03-21"). `kind` gives its colour."""

    day: str
    label: str
    kind: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class Dot:
    """An event in the picture."""

    event: Event
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Tick:
    """A mark of the axis."""

    label: str
    x: float


@dataclass(frozen=True, slots=True)
class Timeline:
    """Dots above an axis at `base`, in a picture of `WIDTH` by `height`."""

    dots: tuple[Dot, ...]
    ticks: tuple[Tick, ...]
    height: float
    base: float
    left_out: int = 0

    def __bool__(self) -> bool:
        """Whether there is a course of time to be seen: several days."""
        return len({dot.x for dot in self.dots}) > 1


def draw_timeline(events: Iterable[Event]) -> Timeline:
    """Events with a date, those of about the same time above each other."""
    dated = [(day, event) for event in events if (day := _ordinal(event.day)) is not None]
    dated.sort(key=lambda pair: (pair[0], pair[1].label))
    if not dated:
        return Timeline((), (), 0, 0)
    first, last = dated[0][0], dated[-1][0]
    span = max(last - first, 30)
    first -= (span - (last - first)) // 2
    scale = (WIDTH - 2 * _MARGIN) / span
    columns: Counter[int] = Counter()
    placed: list[tuple[Event, float, int]] = []
    for day, event in dated:
        x = _MARGIN + (day - first) * scale
        column = round(x / _STEP)
        if columns[column] < _TALLEST:
            placed.append((event, column * _STEP, columns[column]))
        columns[column] += 1
    tallest = max(level for _, _, level in placed) + 1
    base = tallest * _STEP + 14.0
    return Timeline(
        dots=tuple(Dot(event, x, base - 10 - level * _STEP) for event, x, level in placed),
        ticks=tuple(_ticks(first, first + span, scale)),
        height=base + 26,
        base=base,
        left_out=len(dated) - len(placed),
    )


def _ordinal(printed: str) -> int | None:
    found = _DATE.match(printed)
    if found is None:
        return None
    try:
        return date(int(found[1]), int(found[2] or 1), int(found[3] or 1)).toordinal()
    except ValueError:
        return None


def _ticks(first: int, last: int, scale: float) -> Iterable[Tick]:
    """Years, or months where there are few years."""
    start, end = date.fromordinal(first), date.fromordinal(last)
    if end.year - start.year >= 2:
        every = -(-(end.year - start.year + 1) // _MOST_TICKS)
        marks = [(date(y, 1, 1), str(y)) for y in range(start.year, end.year + 1, every)]
    else:
        months = range(start.year * 12 + start.month - 1, end.year * 12 + end.month)
        every = -(-len(months) // _MOST_TICKS)
        days = [date(m // 12, m % 12 + 1, 1) for m in months[::every]]
        marks = [(day, f"{_MONTHS[day.month - 1]} {day.year}") for day in days]
    for day, label in marks:
        x = _MARGIN + (day.toordinal() - first) * scale
        if _MARGIN - 2 <= x <= WIDTH - _MARGIN + 2:
            yield Tick(label, round(x, 1))


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar; `width` is its length in the picture."""

    label: str
    value: float
    width: float
    link: str = ""


def draw_bars(rows: Sequence[tuple[str, float]], length: float = 560.0) -> tuple[Bar, ...]:
    """Bars in the order given, the greatest as long as `length`; negative ones have none."""
    greatest = max((value for _, value in rows), default=0.0)
    return tuple(
        Bar(label, value, round(max(0.0, value) / greatest * length, 1) if greatest > 0 else 0.0)
        for label, value in rows
    )


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a chart over time. `is_named` says whether there is room for its label."""

    label: str
    value: float
    x: float
    y: float
    width: float
    height: float
    is_named: bool

    @property
    def middle(self) -> float:
        """Where its label is centred."""
        return round(self.x + self.width / 2, 1)


@dataclass(frozen=True, slots=True)
class Columns:
    """Columns above an axis at `base`."""

    columns: tuple[Column, ...]
    width: int = 420
    height: int = 150
    base: int = 128

    def __bool__(self) -> bool:
        return len(self.columns) > 1


def draw_columns(rows: Sequence[tuple[str, float]]) -> Columns:
    """A chart of values in the order given, as many as there are years or the like."""
    frame = Columns(())
    greatest = max((value for _, value in rows), default=0) or 1
    step = frame.width / max(1, len(rows))
    every = -(-len(rows) // 8)
    columns = []
    for index, (label, value) in enumerate(rows):
        height = round(max(0.0, value) / greatest * (frame.base - 20), 1)
        columns.append(
            Column(
                label,
                value,
                x=round(index * step + step * 0.12, 1),
                y=frame.base - height,
                width=round(step * 0.76, 1),
                height=height,
                is_named=(len(rows) - 1 - index) % every == 0,
            )
        )
    return Columns(tuple(columns))
