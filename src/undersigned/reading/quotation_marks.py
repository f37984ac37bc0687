"""Quotation marks: which stretches of a text stand between them.

Marks are read as characters, block by block, since tokenisers differ about them. Straight and
sloppy marks are judged by the spaces around them. A single mark opens only where a closing one
follows in the same block, so that apostrophes are never taken for marks. A quotation whose
paragraph ends unclosed goes on in the next paragraph if that begins with the same opening mark.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from undersigned.source import BlockKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Span

    from undersigned.reading.text import ReadBlock, ReadText

_MARK = re.compile(r"''|``|[“”„«»\"‘’']")
_SINGLE = frozenset("‘’'")
_BEFORE_OPENING = frozenset("([{—–-/“‘\"'…")
_ELISION = re.compile(r"(?:\d0s|em|til|tis|twas|cause|n|round|bout)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words between quotation marks, marks included.

    `pieces` has one span a block. `depth` is 0 for an outermost quotation, 1 for one inside it.
    `marked` is False for a block that its page sets as a quotation without any marks.
    """

    pieces: tuple[Span, ...]
    depth: int = 0
    marked: bool = True

    @property
    def start(self) -> int:
        """The first token, counted in the `Doc`."""
        return self.pieces[0].start

    @property
    def end(self) -> int:
        """One after the last token, counted in the `Doc`."""
        return self.pieces[-1].end

    @property
    def word_count(self) -> int:
        """How many words it has."""
        return sum(any(c.isalnum() for c in token.text) for piece in self.pieces for token in piece)


@dataclass(slots=True)
class _Stretch:
    """A stretch of one block: characters counted in the block, marks included."""

    start: int
    end: int
    depth: int
    closed: bool


def find_quotations(text: ReadText) -> list[Quotation]:
    """All quotations of an article, sorted by their start, inner ones after their outer one."""
    found: list[Quotation] = []
    open_pieces: list[Span] = []
    for block in text.blocks:
        stretches = list(_stretches(_words(text, block)))
        if block.block.kind is BlockKind.BLOCK_QUOTE and not any(s.depth == 0 for s in stretches):
            found.append(Quotation((text.doc[block.start : block.end],), marked=False))
            continue
        opens = any(stretch.start == 0 for stretch in stretches)
        goes_on = bool(open_pieces) and opens and _same_mark(text, open_pieces[-1], block)
        if open_pieces and not goes_on:
            found.append(Quotation(tuple(open_pieces)))
            open_pieces = []
        for stretch in stretches:
            tokens = _tokens(text, block, stretch)
            if tokens is None:
                continue
            pieces = [tokens]
            if stretch.depth == 0 and stretch.start == 0 and open_pieces:
                pieces = [*open_pieces, tokens]
                open_pieces = []
            if stretch.depth == 0 and not stretch.closed:
                open_pieces = pieces
            else:
                found.append(Quotation(tuple(pieces), stretch.depth))
    if open_pieces:
        found.append(Quotation(tuple(open_pieces)))
    return sorted(found, key=lambda quotation: (quotation.start, quotation.depth))


def _same_mark(text: ReadText, before: Span, block: ReadBlock) -> bool:
    """Whether a block begins with the mark of the open quotation, not with one of another kind.

    Papers quote other papers with straight marks around paragraphs in which curly ones speak.
    """
    words = text.source.text
    return words[text.start_of(before[0])] == words[block.block.start]


def _words(text: ReadText, block: ReadBlock) -> str:
    return text.source.text[block.block.start : block.block.end]


def _tokens(text: ReadText, block: ReadBlock, stretch: _Stretch) -> Span | None:
    """The tokens under a stretch; a token that only touches it counts as inside."""
    tokens = range(block.start, block.end)
    start, end = block.block.start + stretch.start, block.block.start + stretch.end
    first = bisect_right(tokens, start, key=lambda i: text.end_of(text.doc[i]))
    last = bisect_left(tokens, end, key=lambda i: text.start_of(text.doc[i]))
    return text.doc[block.start + first : block.start + last] if first < last else None


def _stretches(words: str) -> Iterator[_Stretch]:
    """The quotations of one block, outer and inner, in the order of their ends."""
    stack: list[tuple[int, bool]] = []  # where a mark opened, and whether it is a single one
    resume_at = 0
    for match in _MARK.finditer(words):
        mark, at = match.group(), match.start()
        if at < resume_at:
            continue
        single = mark in _SINGLE
        if _is_nested(words, match, stack):
            stack.append((at, False))
        elif stack and stack[-1][1] == single and _closes(words, match):
            opened, _ = stack.pop()
            yield _Stretch(opened, match.end(), len(stack), True)
        elif single:
            inside_double = bool(stack)
            if (
                not (stack and stack[-1][1])
                and _opens(words, match)
                and _single_end(words, match, inside_double)
            ):
                stack.append((at, True))
        elif stack and stack[-1][1] and _closes(words, match):
            stack.pop()  # the single mark was no quotation after all
            if stack:
                opened, _ = stack.pop()
                yield _Stretch(opened, match.end(), len(stack), True)
        elif not (stack and not stack[-1][1]) and _opens(words, match):
            stack.append((at, False))
    for depth, (opened, single) in enumerate(stack):
        if not single:
            yield _Stretch(opened, len(words.rstrip()), depth, False)
            break


def _is_nested(words: str, mark: re.Match[str], stack: list[tuple[int, bool]]) -> bool:
    """A curly pair inside of other marks: "The so-called “reform” is none," Roe said.

    Inside of curly marks only where every one of the block is closed: “A “reform” of sorts,” Roe
    said. Near miss: “A reform, Roe said. “It came late.”
    """
    if mark.group() != "“" or not stack:
        return False
    if words[stack[-1][0]] == "“":
        at = mark.start()
        return at > stack[-1][0] + 1 and words.count("”", at) > words.count("“", at)
    if words[stack[-1][0]] != '"':
        return False
    closing, straight = words.find("”", mark.end()), words.find('"', mark.end())
    return closing >= 0 and (straight < 0 or closing < straight)


def _opens(words: str, mark: re.Match[str]) -> bool:
    before = words[mark.start() - 1] if mark.start() else " "
    after = words[mark.end()] if mark.end() < len(words) else " "
    if mark.group() in "“‘``„«":
        return not after.isspace() or mark.group() == "“"
    if mark.group() == "’" or (mark.group() == "'" and _ELISION.match(words, mark.end())):
        return False
    return (before.isspace() or before in _BEFORE_OPENING) and not after.isspace()


def _closes(words: str, mark: re.Match[str]) -> bool:
    before = words[mark.start() - 1] if mark.start() else " "
    after = words[mark.end()] if mark.end() < len(words) else " "
    if mark.group() in "“‘``„«":
        at_end = after.isspace() or not after.isalnum()
        return mark.group() == "“" and at_end and not before.isspace()
    if mark.group() in _SINGLE:
        plural = (
            before in "sS" and after == " " and words[mark.end() + 1 : mark.end() + 2].islower()
        )
        return not before.isspace() and not after.isalnum() and not plural
    return mark.group() == "”" or not before.isspace() or after.isspace() or not after.isalnum()


def _single_end(words: str, opening: re.Match[str], inside_double: bool) -> bool:
    """Whether a closing single mark follows, before a double mark closes around it."""
    for mark in _MARK.finditer(words, opening.end()):
        if mark.group() in _SINGLE:
            if _closes(words, mark):
                return True
        elif inside_double and _closes(words, mark):
            return False
    return False
