"""Whom a letter's own page addresses: in its title, and in its salutation."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple

from undersigned.claims import EntityKind, Slice
from undersigned.listing.kinds import is_organization, reads_as_person
from undersigned.listing.lexicon import any_of, words
from undersigned.listing.naming import without_titles
from undersigned.source import BlockKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from undersigned.source import Source

_LONGEST_WORDS: Final = 16
_NEXT_ADDRESSEE: Final = re.compile(
    r"\s*;\s*|,\s+(?:and\s+)?(?=(?:the|President|Prime|Minister|Secretary|Senator|Chancellor|Mr|Ms|Mrs|Dr|Chair)\b)"
    r"|\s+and\s+(?=(?:the|President|Prime|Minister|Secretary|Senator|Chancellor|Mr|Ms|Mrs|Dr|members)\b)"
    r"|\s+und\s+(?=(?:die|den|das|Herr|Frau|Bundes)\w*\b)"
)


class Addressee(NamedTuple):
    """Somebody addressed: name, what they are, the words."""

    name: str
    kind: EntityKind
    words: Slice


def find_addressees(source: Source) -> list[Addressee]:
    """The addressees that title and salutations name, each once, in the order of the text."""
    found: dict[str, Addressee] = {}
    for start, end in _places(source):
        for one in _apart(source.text, start, end):
            addressee = _addressee(source.text, *one)
            if addressee is not None:
                found.setdefault(addressee.name.lower(), addressee)
    return list(found.values())


def _places(source: Source) -> Iterator[tuple[int, int]]:
    for block in source.blocks:
        if block.kind is BlockKind.SIGNER:
            return
        headed = block.kind in (BlockKind.HEADLINE, BlockKind.SUBHEADING)
        titled = _titled().search(source.text, block.start, block.end) if headed else None
        if titled is not None:
            yield _until_end(source.text, titled.end(), block.end)
            continue
        if block.kind is BlockKind.BOILERPLATE:
            continue
        greeted = _greeting().match(source.text, block.start, block.end)
        if greeted is not None:
            line_end = source.text.find("\n", greeted.end(), block.end)
            stop = block.end if line_end < 0 else line_end
            closing = re.compile(r"[:,!.]\**(?=\s|$)").search(source.text, greeted.end(), stop)
            yield (
                greeted.end(),
                closing.start()
                if closing and _closes(source.text, greeted.end(), closing.start(), stop)
                else stop,
            )


def _closes(text: str, start: int, closing: int, stop: int) -> bool:
    """Whether the first mark ends the salutation: nothing but further addressees may follow it."""
    return (
        text[closing] in ":!"
        or closing + 1 >= stop
        or not text[closing + 1 : stop].strip(" *,")
        or (len(text[start:stop].split()) > _LONGEST_WORDS)
    )


@cache
def _titled() -> re.Pattern[str]:
    kinds = any_of("letter", "open-letter", "petition", "letter", "joint-statement")
    return re.compile(
        rf"(?i:\b{kinds}\b[^.:]{{0,30}}?\s+{any_of('letter', 'to')}\s*)(?=[A-ZÀ-Þ“\"])"
    )


@cache
def _greeting() -> re.Pattern[str]:
    return re.compile(
        rf"[*_]*(?i:{any_of('letter', 'salutations')})(?:\s*[:/*]+(?:r|n)?\s*|\s+)"
        r"(?:the\s+|der\s+|die\s+|den\s+)?(?=[A-ZÀ-Þ“\"])"
    )


def _until_end(text: str, start: int, end: int) -> tuple[int, int]:
    """The place of a title's addressee, up to what the letter is about."""
    ends = re.compile(rf"\s+(?:{any_of('letter', 'to-ends')})\b|\s*[:–—|(;]|\s+-\s|\s*[.!?]$")
    found = ends.search(text, start, end)
    return start, found.start() if found else end


def _apart(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    at = start
    for gap in _NEXT_ADDRESSEE.finditer(text, start, end):
        yield at, gap.start()
        at = gap.end()
    yield at, end


def _addressee(text: str, start: int, end: int) -> Addressee | None:
    opening = re.compile(r"\s*(?:(?:the|die|der|den|das|la|le|les|el|los)\s+)?[“\"*]*").match(
        text, start, end
    )
    start = opening.end() if opening else start
    exact = text[start:end].strip(' ,.:;*_!"”')
    count = len(exact.split())
    if not 1 <= count <= _LONGEST_WORDS or not exact[0].isupper():
        return None
    if exact.lower() in words("letter", "anybody"):
        return None
    start = text.index(exact, start)
    slice_ = Slice(start, start + len(exact), exact)
    first = exact.lower().split()[0]
    if first in words("letter", "groups") and not exact.isupper():
        return Addressee(exact, EntityKind.GROUP, slice_)
    if is_organization(exact):
        return Addressee(exact, EntityKind.ORGANIZATION, slice_)
    a, b = without_titles(exact, 0, len(exact))
    plain = re.sub(
        r"^(?:(?:Prime|President|Chancellor|Minister|Secretary|Mayor|Governor|Bundeskanzler(?:in)?|Präsident(?:in)?|General|Premier|First|Chair|Chairman|Commissioner)\s+)+(?=\w+)",
        "",
        exact[a:b],
    )
    if (
        count >= 2
        and (reads_as_person(plain) or (a > 0 and len(plain.split()) <= 4))
        and plain != exact
    ):
        return Addressee(plain, EntityKind.PERSON, slice_)
    if reads_as_person(exact):
        return Addressee(exact, EntityKind.PERSON, slice_)
    if re.search(r"\b[a-zß-ÿ]{4,}s\b", exact) and first.endswith("s"):
        return Addressee(exact, EntityKind.GROUP, slice_)
    is_office = re.match(
        r"(?i)(?:prime minister|president|minister|secretary|mayor|governor|chancellor"
        r"|bundeskanzler|präsident|señor|monsieur|madame|herr|frau|mr|ms|mrs|sir)\b",
        exact,
    )
    kind = EntityKind.UNNAMED if is_office else EntityKind.ORGANIZATION
    return Addressee(exact, kind, slice_)
