"""From the lines of a page to a source: whether it is a letter's own, and which blocks it has."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from undersigned.listing.cues import cue_of
from undersigned.listing.dates import date_line
from undersigned.listing.lexicon import words
from undersigned.listing.lines import LineKind
from undersigned.source import Block, BlockKind, Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from undersigned.listing.lines import Line, Lines
    from undersigned.listing.recognition import FoundList

_LEAST_SIGNERS: Final = 3
_LEAST_PROSE: Final = 60
"""Words: with fewer beside the list, the page is a list and has no voice to be judged by."""
_FIRST_PERSON_SHARE: Final = 0.01
"""Of the words outside quotations; letters have 0.03 to 0.08, reports next to none."""
_VOICE: Final = 2
"""A letter says "we" at least so much more often than "said" or "told"; reports the other way."""
_LETTER_WORDS: Final = 40
"""So many words before the list are the letter; what comes behind the list then is not."""
_TITLE_WORDS: Final = 25
_QUOTED: Final = re.compile(r"“[^”]*”|\"[^\"]*\"|„[^“”]*[“”]|«[^»]*»")


def is_letter_page(lines: Lines, found: FoundList | None, *, is_reported: bool) -> bool:
    """Whether a page is the letter itself, in the voice of its signers, not a report of it.

    Args:
        lines: the page.
        found: its list of signers, if it has one.
        is_reported: the page names an outlet and a reporter.
    """
    if found is None or len(found.listing.entries) < _LEAST_SIGNERS:
        return False
    prose = " ".join(
        lines.words(line)
        for line in lines.lines
        if id(line) not in found.lines and line.kind is LineKind.TEXT
    )
    spoken = [w.strip(".,;:!?()*_'’").lower() for w in _QUOTED.sub(" ", prose).split()]
    if not spoken:
        return found.is_announced and not is_reported
    first_person = sum(word in words("letter", "first-person") for word in spoken) / len(spoken)
    reporting = sum(word in words("letter", "reporting") for word in spoken) / len(spoken)
    if is_reported and (reporting > 0 or not found.is_announced):
        return False
    own_voice = first_person >= _FIRST_PERSON_SHARE and first_person >= _VOICE * reporting
    if len(spoken) < _LEAST_PROSE and not own_voice:
        cue = lines.text[slice(*found.listing.announced)]
        told = reporting > 0 or re.search(r"(?i)\b(?:includ|among|named)", cue)
        return found.is_announced and not is_reported and not told
    return own_voice


def page_source(lines: Lines, *, origin: str) -> Source:
    """The source of a letter's page without a list, whose signers lie in a table beside it."""
    return letter_source(lines, None, origin=origin)


def letter_source(lines: Lines, found: FoundList | None, *, origin: str) -> Source:
    """The source of a letter's page; its id and what its metadata say are the loader's to add."""
    blocks = tuple(_blocks(lines, found))
    title = next((b for b in blocks if b.kind is BlockKind.HEADLINE), None)
    return Source(
        source_id="",
        kind="letter-page",
        text=lines.text,
        blocks=blocks,
        origin=origin,
        title=lines.text[title.start : title.end] if title else None,
        listing=found.listing if found else None,
    )


def _blocks(lines: Lines, found: FoundList | None) -> Iterator[Block]:
    entries = iter(found.listing.entries if found else ())
    list_lines = found.lines if found else frozenset()
    entry = next(entries, None)
    before = 0
    titled = listed = False
    for line in lines.lines:
        if id(line) in list_lines:
            listed = True
            any_entry = False
            while entry is not None and entry.start < line.end:
                yield Block(BlockKind.SIGNER, entry.start, entry.end)
                any_entry = True
                entry = next(entries, None)
            if not any_entry:
                yield Block(BlockKind.BOILERPLATE, line.start, line.end)
            continue
        kind = _kind_of(line, is_letter=not (listed and before >= _LETTER_WORDS))
        if not titled and not listed and kind.is_story and _is_title(lines, line, first=not before):
            titled, kind = True, BlockKind.HEADLINE
        before += len(lines.words(line).split()) if line.kind is LineKind.TEXT and not listed else 0
        yield Block(kind, line.start, line.end)


def _is_title(lines: Lines, line: Line, *, first: bool) -> bool:
    """Whether a line before the list is the title: a heading, or short and before all prose."""
    words_ = lines.words(line)
    if cue_of(words_) is not None or date_line(lines.text, line.start, line.end) is not None:
        return False
    if line.kind is LineKind.HEADING:
        return True
    return first and len(words_.split()) <= _TITLE_WORDS and words_[-1] not in ".,:;"


def _kind_of(line: Line, *, is_letter: bool) -> BlockKind:
    if not is_letter or line.kind is LineKind.LEFT_OUT:
        return BlockKind.BOILERPLATE
    if line.kind is LineKind.HEADING:
        return BlockKind.SUBHEADING
    return BlockKind.PARAGRAPH if line.kind is LineKind.TEXT else BlockKind.LIST_ITEM
