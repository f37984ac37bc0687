"""Lines of a page that stand together and may be signers, with what announces them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING, Final

from undersigned.listing.columns import NAMING, fields_of
from undersigned.listing.cues import cue_of, is_alphabet_heading, section_of
from undersigned.listing.entries import Cell, Entry, Field, Section
from undersigned.listing.kinds import reads_as_person
from undersigned.listing.lines import LineKind
from undersigned.listing.looks import looks_like_signer
from undersigned.listing.name_runs import split_run
from undersigned.listing.naming import without_titles
from undersigned.listing.places import is_place, is_region
from undersigned.listing.remarks import is_when, names_nobody, without_count

if TYPE_CHECKING:
    from collections.abc import Iterator

    from undersigned.listing.lines import Line, Lines, Part

_LISTED: Final = frozenset({LineKind.ITEM, LineKind.ROW, LineKind.CARD, LineKind.HEADER})
_IN_LIST: Final = ("signers", "section", "organizations", "individuals")
"""Cues below which a heading is one of the list's own."""
_INLINE_SHARE: Final = 0.8
_SOME: Final = 0.3
"""Of the cells of a column; many names are not among the usual given names."""
_LETTER_WORDS: Final = 25
_CLOSING: Final = re.compile(r"[^\W\d_][\w’']*(?: [\w’']+){0,4},")
"""A few words and a comma below so many words of a letter: "In faith,"."""
_LETTERS: Final = 3
"""So many single letters among the names are headings of the alphabet; one alone has signed."""
_SEMICOLONS: Final = 2
"""With fewer in a paragraph that nothing announces it is no list, whatever stands between."""


@dataclass(slots=True)
class Run:
    """Lines that stand together and may be signers, and the nearest cue before them."""

    entries: list[Entry] = field(default_factory=list)
    cue: str | None = None
    cue_line: Line | None = None
    section: Section = Section.ANYONE
    share: float = 0.0
    lines: list[Line] = field(default_factory=list)
    names_column: bool = False
    """It is a table, and the head of a column says that names stand below it."""

    def add(self, other: Run) -> None:
        """Takes in a run that goes on with this one, as in the next paragraph."""
        self.entries += other.entries
        self.lines += other.lines


def runs_of(page: Lines) -> Iterator[Run]:
    """Runs of lines that may be signers, each with the cue that stands before it."""
    scan = _Scan(page)
    open_run: Run | None = None
    for listed, group in groupby(page.lines, key=_run_key):
        lines = list(group)
        if listed is not None and not scan.is_closing(lines):
            if open_run:
                yield open_run
            open_run = None
            yield scan.listed_run(lines)
            continue
        for line in lines:
            scan.note(line)
            inline = scan.inline_run(line)
            if inline is None:
                continue
            if open_run and open_run.cue is None and inline.cue is None:
                open_run.add(inline)
                continue
            if open_run:
                yield open_run
            open_run = inline
    if open_run:
        yield open_run


@dataclass(slots=True)
class _Scan:
    """The way down a page: what was announced last, and for whom the part of the list is."""

    page: Lines
    cue: str | None = None
    cue_line: Line | None = None
    section: Section = Section.ANYONE
    prose: int = 0
    """Words of running text so far."""

    def note(self, line: Line) -> None:
        """Takes in what a line announces, if it does."""
        words = self.page.words(line)
        found = cue_of(words)
        if found is None and self.is_closing([line]):
            found = "closings"
        self.prose += len(words.split()) if line.kind is LineKind.TEXT else 0
        if found == "ends":
            self.cue, self.cue_line, self.section = "ends", None, Section.ANYONE
        elif found is not None:
            self.section = section_of(found, self.section)
            is_part = self.cue in ("signers", "section") and found in (
                "organizations",
                "individuals",
            )
            self.cue, self.cue_line = ("signers" if is_part else found), line
        elif line.kind is LineKind.HEADING and not is_alphabet_heading(words):
            heading_in_list = self.cue in _IN_LIST
            self.cue = "section" if heading_in_list else None
            self.cue_line = line if heading_in_list else None

    def is_closing(self, lines: list[Line]) -> bool:
        """Whether lines are one that closes a letter, in words of its own: "In faith,"."""
        return (
            len(lines) == 1
            and self.prose >= _LETTER_WORDS
            and bool(_CLOSING.fullmatch(self.page.words(lines[0])))
        )

    def listed_run(self, lines: list[Line]) -> Run:
        """The run of an item list, a table or cards."""
        run = Run(cue=self.cue, cue_line=self.cue_line, section=self.section, lines=lines)
        _fill(self.page, run)
        if self.cue == "signers":
            self.cue = "section"
        return run

    def inline_run(self, line: Line) -> Run | None:
        """Signers in running text: "Signed: Ann Lee, Bob Ray (Acme) and 30 others"."""
        if line.kind is not LineKind.TEXT:
            return None
        text, own, start, section = self.page.text, self.cue, line.start, self.section
        opening = re.match(r"([^:\n]{3,60}):\s+(?=\S)", self.page.words(line))
        announced = cue_of(opening[1]) if opening else None
        if opening and announced in ("signers", "organizations", "individuals"):
            start, section = line.start + opening.end(), section_of(announced, section)
            own = "signers"
        elif (own is None and text.count(";", line.start, line.end) < _SEMICOLONS) or own == "ends":
            return None
        entries = [
            Entry(a, b, (Cell(Field.ENTRY, a, b, text[a:b]),), section)
            for a, b in split_run(text, start, without_count(text, start, line.end))
            if not names_nobody(text[a:b])
        ]
        looks = sum(looks_like_signer(entry.cells[0].value) for entry in entries)
        if not entries or looks < _INLINE_SHARE * len(entries):
            return None
        return Run(entries, own, self.cue_line or line, section, 1.0, [line])


def _run_key(line: Line) -> object:
    """The same for neighbouring lines that may be entries of one list; None for other lines."""
    if line.kind in _LISTED:
        return line.kind is LineKind.CARD, line.group
    return None


def _fill(page: Lines, run: Run) -> None:
    """The entries of a run; the header of a table says what its columns hold."""
    header: dict[int, Field] | None = None
    looks = 0
    if not any(line.kind is LineKind.HEADER for line in run.lines):
        header = _columns_by_looks(page, run.lines)
    letters = [line for line in run.lines if is_alphabet_heading(page.words(line))]
    headings = letters if len(letters) >= _LETTERS else []
    for line in run.lines:
        if line in headings:
            continue
        if line.kind is LineKind.HEADER:
            found = fields_of([page.part(part) for part in line.parts])
            header = found or header or _columns_by_looks(page, run.lines)
            run.names_column = bool(set(found.values()) & set(NAMING)) and len(found) > 1
            continue
        entry = _entry_of(page, line, run.section, header)
        if entry is None:
            continue
        run.entries.append(entry)
        name = entry.cells[0]
        looks += header is not None or looks_like_signer(name.value)
    run.share = looks / len(run.entries) if run.entries else 0.0


def _columns_by_looks(page: Lines, lines: list[Line]) -> dict[int, Field] | None:
    """Which column of a table names the signers where it is not the first: "City | Mayor"."""
    rows = [line.parts for line in lines if line.kind is LineKind.ROW]
    width = max((len(parts) for parts in rows), default=0)
    shares = [
        sum(reads_as_person(_head(page.part(parts[n]))) for parts in rows if n < len(parts))
        / len(rows)
        for n in range(width)
    ]
    best = max(range(width), key=lambda n: shares[n], default=0)
    numbered = sum(_is_no_name(page, parts[0]) for parts in rows) > _SOME * len(rows)
    if width < 2 or numbered or shares[0] >= _SOME or shares[best] < _SOME:
        return None
    return {best: Field.NAME}


def _head(words: str) -> str:
    """A name without what stands behind it, and without titles."""
    name = re.split(r"[,(|;]", words)[0].strip()
    return name[slice(*without_titles(name, 0, len(name)))]


def _entry_of(
    page: Lines, line: Line, section: Section, header: dict[int, Field] | None
) -> Entry | None:
    if header is not None and len(line.parts) > 1:
        cells = tuple(
            Cell(header[number], part.start, part.end, page.part(part))
            for number, part in enumerate(line.parts)
            if number in header and part.end > part.start
        )
        if cells:
            return Entry(line.start, line.end, cells, section)
    parts = [part for part in line.parts if part.end > part.start]
    while len(parts) > 1 and _is_no_name(page, parts[0]):
        parts.pop(0)
    start, end = parts[0].start, parts[-1].end
    words_ = page.text[start:end]
    if names_nobody(words_) or is_when(words_):
        return None
    if section is Section.ORGANIZATIONS and (is_place(words_) or is_region(words_)):
        return None  # a heading over the bodies of a country
    return Entry(line.start, line.end, (Cell(Field.ENTRY, start, end, words_),), section)


def _is_no_name(page: Lines, part: Part) -> bool:
    words_ = page.part(part)
    return not re.search(r"[^\W\d_]", words_) or is_when(words_)
