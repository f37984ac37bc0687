"""What a reader asked a page for: its path, filters and part, and links that change one of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Generic, TypeVar
from urllib.parse import urlencode

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

T = TypeVar("T")
S = TypeVar("S")

ROWS_SHOWN: Final = 50
"""Rows of a list on one page; each brings its passages along."""
_LONGEST: Final = 200
"""Code points of a filter that are looked at."""


@dataclass(frozen=True, slots=True)
class Part(Generic[T]):
    """One page of a list. `number` counts from 1; `parameter` names it in the query string."""

    rows: tuple[T, ...]
    number: int
    last: int
    total: int
    parameter: str

    @property
    def first_row(self) -> int:
        """The place of the first row in the whole list, from 1; 0 if it is empty."""
        return (self.number - 1) * ROWS_SHOWN + 1 if self.rows else 0

    @property
    def last_row(self) -> int:
        """The place of the last row in the whole list."""
        return max(0, self.first_row + len(self.rows) - 1)

    def made(self, make: Callable[[T], S]) -> Part[S]:
        """The same page of the list with each of its rows made into something else."""
        rows = tuple(make(row) for row in self.rows)
        return Part(rows, self.number, self.last, self.total, self.parameter)


@dataclass(frozen=True, slots=True)
class Asked:
    """A request as a page sees it. `path` has the site's root; `parameters` are decoded."""

    path: str
    parameters: Mapping[str, str]

    def text(self, name: str) -> str:
        """A filter's words, "" if there is none."""
        return " ".join(self.parameters.get(name, "").split())[:_LONGEST]

    def choice(self, name: str, choices: Sequence[str]) -> str:
        """A filter's value if it is one of these, else ""."""
        value = self.text(name)
        return value if value in choices else ""

    def link(self, **changes: object) -> str:
        """This page with other parameters; those set to None or "" are left out."""
        merged = {**self.parameters, **changes}
        given = {key: value for key, value in merged.items() if value not in (None, "")}
        return f"{self.path}?{urlencode(given)}" if given else self.path

    def part(self, rows: Sequence[T], parameter: str = "page") -> Part[T]:
        """The page of a list that was asked for; the nearest one if there is none such."""
        last = max(1, -(-len(rows) // ROWS_SHOWN))
        number = min(max(1, self._number(parameter)), last)
        start = (number - 1) * ROWS_SHOWN
        shown = tuple(rows[start : start + ROWS_SHOWN])
        return Part(shown, number, last, len(rows), parameter)

    def part_with(self, rows: Sequence[T], wanted: int, parameter: str = "page") -> Part[T]:
        """The page of a list that holds the row at this index, from 0."""
        at = Asked(self.path, {**self.parameters, parameter: str(wanted // ROWS_SHOWN + 1)})
        return at.part(rows, parameter)

    def _number(self, name: str) -> int:
        value = self.parameters.get(name, "")
        return int(value) if value.isascii() and value.isdigit() and len(value) < 9 else 1
