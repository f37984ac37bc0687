"""A page before it is a source: pieces of text with a kind, and details about it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from undersigned.source import Block, BlockKind

if TYPE_CHECKING:
    from collections.abc import Iterable

PARAGRAPH_BREAK = "\n\n"


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text that one element of a page holds, white space already collapsed."""

    kind: BlockKind
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Details:
    """What is known about an article besides its story. `notes` say what was in doubt."""

    title: str | None = None
    authors: tuple[str, ...] = ()
    outlet: str | None = None
    published: str | None = None
    language: str | None = None
    url: str | None = None
    notes: tuple[str, ...] = ()

    def or_else(self, other: Details) -> Details:
        """These details, and where they are silent the other's; the notes of both."""
        return Details(
            title=self.title or other.title,
            authors=self.authors or other.authors,
            outlet=self.outlet or other.outlet,
            published=self.published or other.published,
            language=self.language or other.language,
            url=self.url or other.url,
            notes=self.notes + other.notes,
        )


@dataclass(frozen=True, slots=True)
class Page:
    """A text, its blocks, and what is known about it."""

    text: str
    blocks: tuple[Block, ...]
    details: Details


def compose(pieces: Iterable[Piece], details: Details) -> Page:
    """A page whose text is the pieces with a blank line between them."""
    text = ""
    blocks: list[Block] = []
    for piece in pieces:
        words = piece.text.strip()
        if not words:
            continue
        text += PARAGRAPH_BREAK * bool(text)
        blocks.append(Block(piece.kind, len(text), len(text) + len(words)))
        text += words
    return Page(text, tuple(blocks), details)


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """The offsets of a stretch without white space and byte order marks around it."""
    words = text[start:end]
    kept = words.strip()
    while kept[:1] in ("\ufeff", "\u200b") and kept:
        kept = kept[1:].lstrip()
    start += words.find(kept) if kept else 0
    return start, start + len(kept)


def words_of(text: str, block: Block) -> str:
    """The words of a block."""
    return text[block.start : block.end]


def as_kind(block: Block, kind: BlockKind) -> Block:
    """The same stretch as another kind of block."""
    return replace(block, kind=kind)
