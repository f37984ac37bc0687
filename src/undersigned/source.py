"""A source: the text that claims are made from, and what is known about the text itself.

Offsets are Unicode code points into `Source.text`, end exclusive. `Source.text` is never edited
after a loader has made it: every claim's words are checked against it.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from undersigned.listing.entries import Listing


class Span(NamedTuple):
    """A stretch of `Source.text`: code points, end exclusive."""

    start: int
    end: int


class BlockKind(StrEnum):
    """What a block of a page is for. Only story blocks are read for claims."""

    HEADLINE = "headline"
    SUBHEADING = "subheading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list-item"
    BLOCK_QUOTE = "block-quote"
    BYLINE = "byline"
    DATELINE = "dateline"
    CAPTION = "caption"
    LINK_BOX = "link-box"
    BOILERPLATE = "boilerplate"
    SIGNER = "signer"
    """An entry of a letter's own list of signers; read by its own rules, not as a story."""

    @property
    def is_story(self) -> bool:
        """Whether the outlet itself tells the story here (captions and link boxes do not)."""
        return self in _STORY


_STORY = {
    BlockKind.HEADLINE,
    BlockKind.SUBHEADING,
    BlockKind.PARAGRAPH,
    BlockKind.LIST_ITEM,
    BlockKind.BLOCK_QUOTE,
}


@dataclass(frozen=True, slots=True)
class Block:
    """One block of a source's text, without the line breaks around it."""

    kind: BlockKind
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One article as a loader hands it to reading.

    `source_id` is the last part of the source's IRI: from the canonical URL where the article
    states one, else from the file's name below the folder that was loaded. It stays the same when
    a corrected version of the article is loaded. Blocks are sorted, do not overlap, and need not
    cover the text. `published` is an ISO 8601 date or date-time as far as the source gives it.
    `origin` is the path or URL that the bytes came from; it is for people and never stored in a
    source's named graph, since it would differ between machines.
    """

    source_id: str
    kind: str
    text: str
    blocks: tuple[Block, ...]
    origin: str
    title: str | None = None
    url: str | None = None
    outlet: str | None = None
    authors: tuple[str, ...] = ()
    published: str | None = None
    language: str | None = None
    media_type: str = "text/plain"
    notes: tuple[str, ...] = field(default=())
    """What the loader was in doubt about, in sentences for people."""
    listing: Listing | None = field(default=None, repr=False)
    """The letter's own list of signers, where the source is the letter's page or list."""

    @property
    def digest(self) -> str:
        """SHA-256 of the text in UTF-8, as 64 hexadecimal digits."""
        return hashlib.sha256(self.text.encode()).hexdigest()

    def words_at(self, span: Span) -> str:
        """The exact words at a span."""
        return self.text[span.start : span.end]
