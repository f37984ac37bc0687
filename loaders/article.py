"""News articles as HTML pages, plain text, Markdown or PDF.

Story, headline, byline, dateline, captions and link boxes are told apart; only the story is read
for claims. The text of a plain-text file is kept exactly, so that offsets count into the file's
own characters; for the other kinds the text is the page's blocks with a blank line between them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from undersigned.errors import SourceKindUnknown, SourceUnreadable
from undersigned.listing.mapping import refuse_mapping
from undersigned.loading.ids import source_id_for
from undersigned.loading.media import MediaKind, media_kind_of
from undersigned.source import Source

from . import _html, _markdown, _pdf
from ._characters import charset_in_page, decode
from ._front_matter import recognise
from ._language import foreign_note
from ._layout import Details, Page
from ._lines import blocks_of

if TYPE_CHECKING:
    from undersigned.loading.base import Payload

_MEDIA_TYPES: Final = {
    MediaKind.HTML: "text/html",
    MediaKind.MARKDOWN: "text/markdown",
    MediaKind.PDF: "application/pdf",
    MediaKind.TEXT: "text/plain",
}


@dataclass(frozen=True, slots=True)
class ArticleLoader:
    """Reads one news article a file."""

    summary: str = "news articles as HTML pages, plain text, Markdown or PDF"

    def accepts(self, payload: Payload) -> float:
        return 0.5 if media_kind_of(payload) in _MEDIA_TYPES else 0.0

    def read(self, payload: Payload) -> Source:
        refuse_mapping(payload, "article")
        kind = media_kind_of(payload)
        page = recognise(_page_of(payload, kind))
        if not any(block.kind.is_story for block in page.blocks):
            raise SourceUnreadable(
                f"{payload.origin}: no story found: no paragraph of text in what seems to be "
                f"{kind}; if the text is there, save it as plain text, a paragraph a line"
            )
        details = page.details
        return Source(
            source_id=source_id_for(payload, details.url),
            kind="article",
            text=page.text,
            blocks=page.blocks,
            origin=payload.origin,
            title=details.title,
            url=details.url or payload.url,
            outlet=details.outlet,
            authors=tuple(name for name in details.authors if name != details.outlet),
            published=details.published,
            language=details.language,
            media_type=_MEDIA_TYPES[kind],
            notes=details.notes + foreign_note(page.text),
        )


def _page_of(payload: Payload, kind: MediaKind) -> Page:
    """The page in the bytes, with what was in doubt about its characters noted."""
    if kind is MediaKind.PDF:
        return _pdf.page_of(payload.data, payload.origin)
    if kind not in _MEDIA_TYPES:
        raise SourceKindUnknown(
            f"{payload.origin}: this is {kind}, and articles are read from HTML pages, plain text, "
            "Markdown and PDF; convert it to one of them"
        )
    declared = payload.charset
    if kind is MediaKind.HTML:
        declared = declared or charset_in_page(payload.data)
    text, notes = decode(payload.data, payload.origin, declared)
    if kind is MediaKind.HTML:
        page = _html.page_of(text, payload.origin, payload.url)
    elif kind is MediaKind.MARKDOWN:
        page = _markdown.page_of(text)
    else:
        page = Page(text, blocks_of(text), Details())
    return Page(page.text, page.blocks, page.details.or_else(Details(notes=notes)))


LOADER: Final = ArticleLoader()
