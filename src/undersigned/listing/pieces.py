"""An entry cut into pieces: the name in front, and what stands in brackets, quotes and after marks.

    Ann "annie" Lee (Acme; @annlee), chair of the Harbor Trust
    └─────┬───────┘ └──────┬──────┘  └─────────┬────────────┘
        name           bracket               tail

All pieces are places in the entry's own text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final, NamedTuple


class PieceKind(StrEnum):
    """How a piece is set off."""

    BRACKET = "bracket"
    QUOTED = "quoted"
    """In quotation marks or backticks: a nickname or a handle."""
    ANGLE = "angle"
    """In angle brackets: an address."""
    TAIL = "tail"
    """After a comma, a dash, a bar, a line's end."""


class Piece(NamedTuple):
    """A stretch of the entry's text, without the marks around it."""

    kind: PieceKind
    start: int
    end: int


@dataclass(slots=True)
class CutEntry:
    """The stretches of an entry's name, in order, and the other pieces in order."""

    name: list[tuple[int, int]] = field(default_factory=list)
    pieces: list[Piece] = field(default_factory=list)


_CLOSING: Final = {"(": ")", "[": "]", "{": "}", "（": "）"}
_QUOTES: Final = {"“": "”", "„": "“”", "«": "»", "`": "`", '"': '"', "‘": "’", "'": "'"}
_TAIL: Final = re.compile(
    r"\s*(?:,|;|\||·|•|–|—|―|\n|\t|\s{3,})\s*|\s+-{1,2}\s+|\s*:\s+|\s*/{2,}\s*"
)
_WRAPPED_CHARS: Final = 55
_MARKER: Final = re.compile(
    r"\s*(?:[•●▪◦‣·*✓✔➢►]|[–—-](?=\s)|\(?#?\d{1,6}\s*[.)](?=\s|[^\W\d])|#\d{1,6}\b\s*[.):-]?|\[\d{1,6}\]|\d{1,6}\s*[\t|])\s*"
)


def cut_entry(text: str, start: int = 0, end: int | None = None) -> CutEntry:
    """Cuts a stretch of text, one entry, into its name and its other pieces."""
    stop = len(text) if end is None else end
    cut = CutEntry()
    marker = _MARKER.match(text, start, stop)
    at = began = marker.end() if marker else start
    in_name = True
    while at < stop:
        enclosed = _enclosed_at(text, at, stop)
        within_tail = not in_name and (
            text[began:at].strip() != "" or (enclosed and _begins_tail(text, *enclosed, stop))
        )
        if enclosed and within_tail and enclosed[0].kind is PieceKind.QUOTED:
            at = enclosed[1]  # what a tail quotes belongs to it: author of “The Reed Year”
        elif enclosed:
            piece, following = enclosed
            in_name = _take(cut, text, (began, at), in_name=in_name)
            cut.pieces.append(piece)
            at = began = following
        elif tail := _TAIL.match(text, at, stop):
            at = tail.end()
            if not _goes_on(text, tail):
                in_name = _take(cut, text, (began, tail.start()), in_name=in_name) and not cut.name
                began = at
        else:
            at += 1
    _take(cut, text, (began, stop), in_name=in_name)
    return cut


def _goes_on(text: str, tail: re.Match[str]) -> bool:
    line_end = text.find("\n", tail.start(), tail.end())
    return not tail.group().strip() and line_end >= 0 and is_wrapped(text, line_end)


def _begins_tail(text: str, piece: Piece, following: int, stop: int) -> bool:
    """Whether words follow that a quoted title belongs to: “The Reed Year” author."""
    behind = re.compile(r"\s+[a-z]").match(text, following, stop)
    return piece.kind is PieceKind.QUOTED and text[piece.start].isupper() and behind is not None


def is_wrapped(text: str, at: int) -> bool:
    """Whether a line's end is there for want of room: the line is long, as in printed lists."""
    return text[at] == "\n" and at - (text.rfind("\n", 0, at) + 1) >= _WRAPPED_CHARS


def _take(cut: CutEntry, text: str, stretch: tuple[int, int], *, in_name: bool) -> bool:
    """Adds a stretch to the name or to the pieces; tells whether the name may still go on."""
    words = text[stretch[0] : stretch[1]]
    start = stretch[0] + len(words) - len(words.lstrip())
    end = start + len(words.strip())
    if start == end:
        return in_name
    if in_name:
        cut.name.append((start, end))
    elif re.search(r"\w", words):
        cut.pieces.append(Piece(PieceKind.TAIL, start, end))
    return in_name


def _enclosed_at(text: str, at: int, stop: int) -> tuple[Piece, int] | None:
    """The bracket or quotation that opens here, and where the text goes on behind it."""
    sign = text[at]
    if sign in _CLOSING:
        end, kind = _closing_bracket(text, at, stop), PieceKind.BRACKET
    elif sign == "<":
        end, kind = text.find(">", at, stop), PieceKind.ANGLE
    elif sign in _QUOTES and (at == 0 or not text[at - 1].isalnum()):
        end, kind = _closing_quote(text, at, stop), PieceKind.QUOTED
    else:
        return None
    if end < 0:
        # Never closed: a bracket then runs to the end of the entry, a quotation mark is a sign.
        return (Piece(kind, at + 1, stop), stop) if kind is PieceKind.BRACKET else None
    return Piece(kind, at + 1, end), end + 1


def _closing_bracket(text: str, at: int, stop: int) -> int:
    closing, depth = _CLOSING[text[at]], 0
    for place in range(at, stop):
        depth += (text[place] == text[at]) - (text[place] == closing)
        if depth == 0:
            return place
    return -1


def _closing_quote(text: str, at: int, stop: int) -> int:
    """Where a quotation ends: at the mark that no letter follows, so that O'Neill is none."""
    for place in range(at + 1, stop):
        follows = text[place + 1 : place + 2]
        if text[place] in _QUOTES[text[at]] and not follows.isalnum():
            return place if place > at + 1 else -1
    return -1
