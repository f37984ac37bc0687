"""A page as lines, each with its parts: so every kind of page is searched for lists."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple


class LineKind(StrEnum):
    """What a line is by the page's own markup."""

    HEADING = "heading"
    TEXT = "text"
    ITEM = "item"
    """An item of a list, or a short line of its own."""
    ROW = "row"
    """A row of a table, a part a cell."""
    CARD = "card"
    """One of several boxes of the same make, a part a line."""
    HEADER = "header"
    """The header row of a table."""
    LEFT_OUT = "left-out"
    """Menus, footers, calls to share: neither letter nor list."""


class Part(NamedTuple):
    """A stretch of the text: code points, end exclusive."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Line:
    """One line. `group` is the same for the items of one list, the rows of one table.

    The parts of rows and headers stand for the columns: that of an empty cell has no words.
    """

    kind: LineKind
    parts: tuple[Part, ...]
    group: int = 0
    hint: str = ""
    """Class names and ids of the elements around it, as words; for HTML."""

    @property
    def start(self) -> int:
        """Where it starts in the text."""
        return next((part.start for part in self.parts if part.end > part.start), self.end)

    @property
    def end(self) -> int:
        """Where it ends, exclusive."""
        return max(part.end for part in self.parts)


@dataclass(slots=True)
class Lines:
    """A text and its lines in order."""

    text: str = ""
    lines: list[Line] = field(default_factory=list)

    def words(self, line: Line) -> str:
        """The words of a line, all parts and what stands between them."""
        return self.text[line.start : line.end]

    def part(self, part: Part) -> str:
        """The words of a part."""
        return self.text[part.start : part.end]


PART_BREAK = " | "


class LinesBuilder:
    """Makes the text of a page from its lines, with a blank line between them."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._length = 0
        self._lines: list[Line] = []

    def add(self, kind: LineKind, parts: list[str], *, group: int = 0, hint: str = "") -> None:
        """Adds a line; a line without words is none.

        Parts without words are left out, but for rows and headers, where they hold a column.
        """
        is_row = kind in (LineKind.ROW, LineKind.HEADER)
        kept = [part.strip() for part in parts if is_row or part.strip()]
        if not any(kept):
            return
        if self._pieces:
            self._append("\n\n")
        places: list[Part] = []
        for number, words in enumerate(kept):
            if number and words and any(kept[:number]):
                self._append(PART_BREAK)
            places.append(Part(self._length, self._length + len(words)))
            self._append(words)
        self._lines.append(Line(kind, tuple(places), group, hint))

    def _append(self, words: str) -> None:
        self._pieces.append(words)
        self._length += len(words)

    def build(self) -> Lines:
        """The text with its lines."""
        return Lines("".join(self._pieces), self._lines)
