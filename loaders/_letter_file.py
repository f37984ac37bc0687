"""The file of a letter's page as lines, whatever format it has."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from undersigned.errors import SourceKindUnknown
from undersigned.loading.media import MediaKind, media_kind_of

from . import _pdf
from ._characters import charset_in_page, decode
from ._html import parsed
from ._layout import Details
from ._letter_html import lines_of_html
from ._letter_lines import lines_of_markdown, lines_of_text
from ._metadata import page_details

if TYPE_CHECKING:
    from undersigned.listing.lines import Lines
    from undersigned.loading.base import Payload

MEDIA_TYPES: Final = {
    MediaKind.HTML: "text/html",
    MediaKind.MARKDOWN: "text/markdown",
    MediaKind.PDF: "application/pdf",
    MediaKind.TEXT: "text/plain",
}


def lines_of(payload: Payload) -> tuple[Lines, Details]:
    """The lines of a page, and what it says of itself.

    Raises:
        SourceKindUnknown: it is no HTML, Markdown, plain text or PDF.
        SourceUnreadable: it is damaged, or in no known encoding.
    """
    kind = media_kind_of(payload)
    if kind not in MEDIA_TYPES:
        raise SourceKindUnknown(
            f"{payload.origin}: this is {kind}, and letters' pages are read from HTML, Markdown, "
            "plain text and PDF; a table of signers is for the loader 'table'"
        )
    if kind is MediaKind.PDF:
        text = "\n".join(_pdf.lines_of(payload.data, payload.origin))
        return lines_of_text(text), Details()
    declared = payload.charset
    if kind is MediaKind.HTML:
        declared = declared or charset_in_page(payload.data)
    text, notes = decode(payload.data, payload.origin, declared)
    details = Details(notes=notes)
    if kind is MediaKind.HTML:
        root = parsed(text, payload.origin)
        found = page_details(root, payload.url).or_else(details)
        return lines_of_html(root), found
    if kind is MediaKind.MARKDOWN:
        lines, front = lines_of_markdown(text)
        return lines, front.or_else(details)
    return lines_of_text(text), details
