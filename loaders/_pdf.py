"""A PDF file as an article: lines joined to paragraphs, running heads and page numbers left out."""

from __future__ import annotations

import io
import logging
import re
from collections import Counter
from typing import TYPE_CHECKING, Final

from pypdf import PdfReader
from pypdf.errors import PyPdfError

from undersigned.errors import SourceUnreadable
from undersigned.source import BlockKind

from ._layout import Details, Page, Piece, compose

if TYPE_CHECKING:
    from collections.abc import Iterator

_EDGE_LINES: Final = 2
"""Running heads and page numbers stand in the first or last two lines of a page."""
_FULL_LINE: Final = 0.8
"""Of the usual line's length; a shorter line with a full stop ends its paragraph."""
_MAX_PAGES: Final = 200
_STOPS: Final = (".", "!", "?", ".”", '."', "!”", "?”", ".’", ":")


def page_of(data: bytes, origin: str) -> Page:
    """The article in a PDF file.

    Raises:
        SourceUnreadable: it is damaged, encrypted, has no text layer or more than 200 pages.
    """
    lines = lines_of(data, origin)
    return compose((Piece(BlockKind.PARAGRAPH, text) for text in _paragraphs(lines)), Details())


def lines_of(data: bytes, origin: str) -> list[str]:
    """The lines of a PDF file in order, without running heads and page numbers.

    Raises:
        SourceUnreadable: it is damaged, encrypted, has no text layer or more than 200 pages.
    """
    lines = _without_running_heads(_pages(data, origin))
    if not any(re.search(r"\w", line) for line in lines):
        raise SourceUnreadable(
            f"{origin}: the PDF has no text, only pictures of pages; put it through text "
            "recognition (OCR, for example with ocrmypdf) and load the result"
        )
    return lines


def _pages(data: bytes, origin: str) -> list[list[str]]:
    logging.getLogger("pypdf").setLevel(logging.ERROR)
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise SourceUnreadable(
                f"{origin}: the PDF is encrypted; save it without its password and load that"
            )
        if len(reader.pages) > _MAX_PAGES:
            raise SourceUnreadable(
                f"{origin}: {len(reader.pages)} pages are too many for one article (at most "
                f"{_MAX_PAGES}); split it into one file for each article"
            )
        return [page.extract_text().splitlines() for page in reader.pages]
    except SourceUnreadable:
        raise
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise SourceUnreadable(
            f"{origin}: the PDF is damaged ({type(error).__name__}: {error}); "
            "open it in a viewer and save it again"
        ) from error


def _without_running_heads(pages: list[list[str]]) -> list[str]:
    """All lines in order, without those that stand at the edge of most pages, digits aside."""
    edges = Counter(
        shape
        for lines in pages
        for shape in {_shape(line) for line in lines[:_EDGE_LINES] + lines[-_EDGE_LINES:]}
    )
    kept: list[str] = []
    for lines in pages:
        for number, line in enumerate(lines):
            at_edge = number < _EDGE_LINES or number >= len(lines) - _EDGE_LINES
            repeated = len(pages) > 1 and edges[_shape(line)] > len(pages) / 2
            page_number = re.fullmatch(
                r"\W*(?:page\s*)?\d{1,4}(?:\s*(?:of|/)\s*\d+)?\W*", line, re.I
            )
            if not (at_edge and line.strip() and (repeated or page_number)):
                kept.append(line.strip())
    return kept


def _shape(line: str) -> str:
    return re.sub(r"\d+", "#", " ".join(line.split()))


def _paragraphs(lines: list[str]) -> Iterator[str]:
    """Lines joined to paragraphs; a word cut at a line's end is joined again."""
    lengths = sorted(len(line) for line in lines if line)
    usual = lengths[int(0.9 * (len(lengths) - 1))]
    paragraph = ""
    for line in lines:
        text = " ".join(line.split())
        if not text:
            yield paragraph
            paragraph = ""
            continue
        paragraph = _joined(paragraph, text)
        if _ends_paragraph(text, usual):
            yield paragraph
            paragraph = ""
    yield paragraph


def _joined(before: str, line: str) -> str:
    if not before:
        return line
    if re.search(r"[a-z]-$", before) and line[0].islower():
        return before[:-1] + line
    return f"{before} {line}"


def _ends_paragraph(line: str, usual: int) -> bool:
    """Whether a paragraph ends here: a short line with a full stop, or a very short one."""
    if len(line) < _FULL_LINE * usual and line.endswith(_STOPS):
        return True
    return len(line) < 0.6 * usual and not line.endswith((",", "-", ";"))
