"""Plain text as blocks that point into it. The text itself is never touched."""

from __future__ import annotations

import re
from itertools import groupby, pairwise
from typing import Final, NamedTuple

from undersigned.source import Block, BlockKind

from ._layout import trimmed

_LINE: Final = re.compile(r"[^\r\n\f\v\x1c-\x1e\x85\u2028\u2029]+")
_ITEM_MARK: Final = re.compile(r"(?:[•●▪◦‣·*–-]|\d{1,3}[.)])\s+(?=\S)")
_QUOTE_MARK: Final = re.compile(r">\s*(?=\S)")
_WRAP_WIDTH: Final = 110
"""Characters: where no line is longer, lines were wrapped; unwrapped paragraphs are longer."""
_SHORT_LINE_WORDS: Final = 12


class _Line(NamedTuple):
    start: int
    end: int


def blocks_of(text: str) -> tuple[Block, ...]:
    """The blocks of a plain text: each line, or where lines were wrapped each run of lines.

    A run of three or more short lines without a full stop is a list, as signers are printed.
    """
    groups = _groups(text)
    if _is_wrapped(text, groups):
        groups = [unit for group in groups for unit in _unwrapped(text, group)]
    else:
        groups = [[line] for group in groups for line in group]
    blocks = [block for group in groups if (block := _block_of(text, group))]
    return _with_lists(text, blocks)


def _groups(text: str) -> list[list[_Line]]:
    """Lines that hold something, in groups between blank lines."""
    lines: list[tuple[int, _Line]] = []
    group = 0
    before = 0
    for found in _LINE.finditer(text):
        start, end = trimmed(text, found.start(), found.end())
        if start == end:
            group += 1
        else:
            gap = text[before : found.start()].replace("\r\n", "\n")
            group += len(gap) > 1
            lines.append((group, _Line(start, end)))
        before = found.end()
    return [[line for _, line in run] for _, run in groupby(lines, key=lambda pair: pair[0])]


def _is_wrapped(text: str, groups: list[list[_Line]]) -> bool:
    """Whether line breaks within paragraphs are only there to keep lines short."""
    inner = [line for group in groups for line in group[:-1]]
    if len(groups) < 2 or not inner:
        return False
    longest = max(line.end - line.start for group in groups for line in group)
    if longest > _WRAP_WIDTH:
        return False
    full = [line for line in inner if line.end - line.start >= 0.6 * longest]
    stopped = [line for line in inner if text[line.end - 1] in '.!?”"']
    return len(full) >= 0.6 * len(inner) and len(stopped) <= 0.5 * len(inner)


def _unwrapped(text: str, group: list[_Line]) -> list[list[_Line]]:
    """A group of wrapped lines, cut where a list item or a quoted passage begins."""
    units: list[list[_Line]] = []
    for line in group:
        quoted = bool(_QUOTE_MARK.match(text, line.start))
        was_quoted = bool(units and _QUOTE_MARK.match(text, units[-1][0].start))
        if not units or _ITEM_MARK.match(text, line.start) or quoted != was_quoted:
            units.append([])
        units[-1].append(line)
    return units


def _block_of(text: str, group: list[_Line]) -> Block | None:
    start, end = group[0].start, group[-1].end
    kind = BlockKind.PARAGRAPH
    if mark := _ITEM_MARK.match(text, start):
        kind, start = BlockKind.LIST_ITEM, mark.end()
    elif mark := _QUOTE_MARK.match(text, start):
        kind, start = BlockKind.BLOCK_QUOTE, mark.end()
    start, end = trimmed(text, start, end)
    return Block(kind, start, end) if re.search(r"\w", text[start:end]) else None


def _with_lists(text: str, blocks: list[Block]) -> tuple[Block, ...]:
    made: list[Block] = []
    for short, run in groupby(blocks, key=lambda block: _is_entry(text, block)):
        members = list(run)
        if short and len(members) >= 3 and made:
            if _is_headed(text, members):
                heading = members.pop(0)
                made.append(Block(BlockKind.SUBHEADING, heading.start, heading.end))
            members = [Block(BlockKind.LIST_ITEM, block.start, block.end) for block in members]
        made += members
    return tuple(made)


def _is_headed(text: str, lines: list[Block]) -> bool:
    """Whether an empty line stands behind the first of these lines alone, as behind a heading."""
    gaps = [text[a.end : b.start].count("\n") > 1 for a, b in pairwise(lines)]
    return len(gaps) > 2 and gaps[0] and not any(gaps[1:])


def _is_entry(text: str, block: Block) -> bool:
    words = text[block.start : block.end]
    return (
        block.kind is BlockKind.PARAGRAPH
        and len(words.split()) <= _SHORT_LINE_WORDS
        and words[-1] not in '.!?:”"’'
    )
