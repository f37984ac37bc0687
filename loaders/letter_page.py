"""The letter's own page with its list of signers: HTML, Markdown, plain text or PDF.

A page is taken for a letter's own where it has a list of signers and speaks in the voice of those
who sign it. What an outlet tells about a letter, with or without names, is an article.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from undersigned.errors import SignersNotFound, SourceUnreadable
from undersigned.listing.letter_page import is_letter_page, letter_source
from undersigned.listing.mapping import refuse_mapping
from undersigned.listing.recognition import find_list
from undersigned.loading.ids import source_id_for
from undersigned.loading.media import media_kind_of

from ._letter_file import MEDIA_TYPES, lines_of

if TYPE_CHECKING:
    from undersigned.loading.base import Payload
    from undersigned.source import Source

_SURE: Final = 0.9


@dataclass(frozen=True, slots=True)
class LetterPageLoader:
    """Reads one letter with its signers a file."""

    summary: str = "letters' own pages with their lists of signers: HTML, Markdown, text, PDF"

    def accepts(self, payload: Payload) -> float:
        if media_kind_of(payload) not in MEDIA_TYPES:
            return 0.0
        try:
            lines, details = lines_of(payload)
        except SourceUnreadable:
            return 0.0  # the loader of articles says better what is wrong with such a page
        is_reported = bool(details.authors and details.outlet)
        return _SURE if is_letter_page(lines, find_list(lines), is_reported=is_reported) else 0.0

    def read(self, payload: Payload) -> Source:
        refuse_mapping(payload, "letter_page")
        lines, details = lines_of(payload)
        found = find_list(lines)
        if found is None:
            raise SignersNotFound(
                f"{payload.origin}: no list of signers found: no lines below words such as "
                "'Signatories' or 'Signed', and no list of eight names or more; load it as an "
                "article, or put the names into a table"
            )
        source = letter_source(lines, found, origin=payload.origin)
        return replace(
            source,
            source_id=source_id_for(payload, details.url),
            title=source.title or details.title,
            url=details.url or payload.url,
            outlet=details.outlet,
            published=details.published or source.published,
            language=details.language,
            media_type=MEDIA_TYPES[media_kind_of(payload)],
            notes=details.notes + source.notes,
        )


LOADER: Final = LetterPageLoader()
