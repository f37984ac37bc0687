"""Which lines of a page are its list of signers: by what announces them, and by their looks."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING, Final

from undersigned.listing.columns import fields_of
from undersigned.listing.entries import Cell, Entry, Field, Listing, Section
from undersigned.listing.lexicon import words
from undersigned.listing.lines import LineKind
from undersigned.listing.looks import looks_like_signer
from undersigned.listing.name_runs import split_run
from undersigned.listing.remarks import is_when, names_nobody

if TYPE_CHECKING:
    from collections.abc import Iterator

    from undersigned.listing.lines import Line, Lines, Part

_LISTED: Final = frozenset({LineKind.ITEM, LineKind.ROW, LineKind.CARD, LineKind.HEADER})
_ANNOUNCED_SHARE: Final = 0.5
"""Below words such as "Signatories", half of the lines must look like signers: nicknames don't."""
_UNANNOUNCED_SHARE: Final = 0.8
_UNANNOUNCED_LEAST: Final = 8
"""So many lines, nearly all like signers, are a list of signers even if nothing says so."""
_CUE_WORDS: Final = 9
"""A line with more words announces nothing."""
_HINT: Final = re.compile(
    r"\b(?:signator\w*|signers?|signatures?|signees?|undersigned|unterzeichn\w*|firmantes?|signataires?"
    r"|firmatari|endorse\w*|supporters?|petition(?:ers)?)\b"
)


@dataclass(slots=True)
class _Run:
    """Lines that stand together and may be signers, and the nearest cue before them."""

    entries: list[Entry] = field(default_factory=list)
    cue: str | None = None
    cue_line: Line | None = None
    section: Section = Section.ANYONE
    share: float = 0.0
    lines: list[Line] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class FoundList:
    """The list of a page, and the lines that belong to it.

    `is_announced`: the page itself says that they are signers.
    """

    listing: Listing
    lines: frozenset[int]
    is_announced: bool


def find_list(page: Lines) -> FoundList | None:
    """The page's list of signers, all its parts together; None where it has none."""
    runs = list(_runs(page))
    accepted: list[_Run] = []
    for number, run in enumerate(runs):
        before = bool(accepted) and accepted[-1] is runs[number - 1] if number else False
        if _is_signers(run, after_signers=before or _is_below_list(run, accepted)):
            accepted.append(run)
    if not accepted:
        return None
    entries = tuple(entry for run in accepted for entry in run.entries)
    first = accepted[0]
    cue = first.cue_line
    announced = (cue.start, cue.end) if cue else (entries[0].start, entries[0].end)
    taken = frozenset(id(line) for run in accepted for line in run.lines)
    return FoundList(
        Listing(entries, announced), taken, any(_says_signers(run) for run in accepted)
    )


def _is_signers(run: _Run, *, after_signers: bool) -> bool:
    if not run.entries:
        return False
    if _says_signers(run):
        return run.share >= _ANNOUNCED_SHARE
    if run.cue == "closings":
        return run.share >= _UNANNOUNCED_SHARE
    if after_signers:
        return run.share >= _ANNOUNCED_SHARE
    if run.cue in ("organizations", "individuals"):
        return run.share >= _UNANNOUNCED_SHARE and len(run.entries) >= 3
    return (
        run.cue is None
        and run.share >= _UNANNOUNCED_SHARE
        and len(run.entries) >= _UNANNOUNCED_LEAST
    )


def _says_signers(run: _Run) -> bool:
    return run.cue == "signers" or any(_HINT.search(line.hint) for line in run.lines[:3])


def _is_below_list(run: _Run, accepted: list[_Run]) -> bool:
    """Whether a run is a further section of a list: "Organizations" below "Signed,"."""
    return bool(accepted) and run.cue in ("organizations", "individuals", "section")


def _runs(page: Lines) -> Iterator[_Run]:
    """Runs of lines that may be signers, each with the cue that stands before it."""
    cue: str | None = None
    cue_line: Line | None = None
    section = Section.ANYONE
    for listed, group in groupby(page.lines, key=lambda line: _run_key(page, line)):
        lines = list(group)
        if listed is not None:
            run = _Run(cue=cue, cue_line=cue_line, section=section, lines=lines)
            _fill(page, run)
            yield run
            cue = "section" if cue == "signers" else cue
            continue
        for line in lines:
            found = cue_of(page.words(line))
            if found == "ends":
                cue, cue_line, section = "ends", None, Section.ANYONE
            elif found is not None:
                section = _section_of(found, section)
                is_part = cue in ("signers", "section") and found in (
                    "organizations",
                    "individuals",
                )
                cue, cue_line = ("signers" if is_part else found), line
            elif line.kind is LineKind.HEADING:
                heading_in_list = cue in ("signers", "section", "organizations", "individuals")
                cue = "section" if heading_in_list else None
                cue_line = line if heading_in_list else None
            if inline := _inline_run(page, line, cue, section):
                inline.cue_line = inline.cue_line or line
                yield inline


def _run_key(page: Lines, line: Line) -> object:
    """The same for neighbouring lines that may be entries of one list; None for other lines."""
    if line.kind in _LISTED:
        return line.kind is LineKind.CARD, line.group
    return None


def cue_of(line: str) -> str | None:
    """What a line announces: "signers", "closings", "organizations", "individuals", "ends"."""
    bare = re.sub(r"\([^)]*\)|\[[^\]]*\]|\d[\d.,]*", " ", line.lower())
    bare = re.sub(r"[*:/_]\s?innen\b|:innen\b|·(?:e·)?s?\b|\.e\.?s?\b", "", bare)
    bare = " ".join(re.sub(r"[^\w\s']", " ", bare).split())
    if not bare or len(bare.split()) > _CUE_WORDS:
        return None
    for article in ("the ", "our ", "all ", "list of ", "our ", "and "):
        bare = bare.removeprefix(article)
    for name in ("signers", "closings", "organizations", "individuals", "ends"):
        known = words("announcements", name)
        if bare in known or bare.removesuffix(" so far") in known:
            return name
    if re.search(
        r"\b(?:signator(?:y|ies)|undersigned|signers|unterzeichn\w+|signataires|firmantes|firmatari)\b",
        bare,
    ):
        return _kind_of_signers(bare)
    return None


def _kind_of_signers(bare: str) -> str:
    """As in "Organizational signatories" is a section of organizations, too."""
    if re.search(
        r"organi[sz]ation|institution|organisation|association|group|organizaci|verb[aä]nd", bare
    ):
        return "organizations"
    return "individuals" if "individual" in bare else "signers"


def _section_of(cue: str, before: Section) -> Section:
    known = {"organizations": Section.ORGANIZATIONS, "individuals": Section.INDIVIDUALS}
    return known.get(cue, Section.ANYONE if cue in ("signers", "closings") else before)


def _fill(page: Lines, run: _Run) -> None:
    """The entries of a run; the header of a table says what its columns hold."""
    header: dict[int, Field] | None = None
    looks = 0
    for line in run.lines:
        if line.kind is LineKind.HEADER:
            found = fields_of([page.part(part) for part in line.parts])
            header = found if found else header
            continue
        entry = _entry_of(page, line, run.section, header)
        if entry is None:
            continue
        run.entries.append(entry)
        name = entry.cells[0]
        looks += header is not None or looks_like_signer(name.value)
    run.share = looks / len(run.entries) if run.entries else 0.0


def _entry_of(
    page: Lines, line: Line, section: Section, header: dict[int, Field] | None
) -> Entry | None:
    if header is not None and len(line.parts) > 1:
        cells = tuple(
            Cell(header[number], part.start, part.end, page.part(part))
            for number, part in enumerate(line.parts)
            if number in header
        )
        if cells:
            return Entry(line.start, line.end, cells, section)
    parts = list(line.parts)
    while len(parts) > 1 and _is_no_name(page, parts[0]):
        parts.pop(0)
    start, end = parts[0].start, parts[-1].end
    words_ = page.text[start:end]
    if names_nobody(words_) or is_when(words_):
        return None
    return Entry(line.start, line.end, (Cell(Field.ENTRY, start, end, words_),), section)


def _is_no_name(page: Lines, part: Part) -> bool:
    words_ = page.part(part)
    return not re.search(r"[^\W\d_]", words_) or is_when(words_)


def _inline_run(page: Lines, line: Line, cue: str | None, section: Section) -> _Run | None:
    """Signers in running text: "Signed: Ann Lee, Bob Ray (Acme) and 30 others"."""
    if line.kind is not LineKind.TEXT:
        return None
    text = page.words(line)
    opening = re.match(r"([^:\n]{3,60}):\s+(?=\S)", text)
    own = cue_of(opening[1]) if opening else None
    if own not in ("signers", "organizations", "individuals"):
        if cue not in ("signers", "section", "closings", "organizations", "individuals"):
            return None
        own, opening = cue, None
    start = line.start + (opening.end() if opening else 0)
    places = split_run(page.text, start, line.end)
    section = _section_of(own, section) if opening else section
    entries = [
        Entry(a, b, (Cell(Field.ENTRY, a, b, page.text[a:b]),), section)
        for a, b in places
        if not names_nobody(page.text[a:b])
    ]
    looks = sum(looks_like_signer(entry.cells[0].value) for entry in entries)
    if not entries or looks < _UNANNOUNCED_SHARE * len(entries):
        return None
    is_part = own in ("section", "organizations", "individuals")
    return _Run(entries, "signers" if is_part and opening else own, None, section, 1.0, [line])
