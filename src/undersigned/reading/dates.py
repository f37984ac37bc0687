"""Dates as articles print them, made absolute by the day of publication."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Span

MONTHS: Final = {
    name: n
    for n, name in enumerate(
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"],
        start=1,
    )
}
"""The first three letters of a month, in lower case, to its number."""

_WEEKDAYS: Final = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
_MONTH: Final = (
    r"(?P<month>Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?|July?|"
    r"Aug(?:ust|\.)?|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
)
_DAY: Final = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR: Final = r"(?P<year>(?:19|20)\d\d)"
_FORMS: Final = tuple(
    re.compile(rf"(?<!\w){form}(?!\w)")
    for form in (
        r"(?P<iso>(?:19|20)\d\d-\d\d-\d\d)",
        rf"{_MONTH}\s+{_DAY}\s*,\s*{_YEAR}",
        rf"{_DAY}\s+(?:of\s+)?{_MONTH}\s+{_YEAR}",
        rf"{_MONTH}\s+(?:of\s+)?{_YEAR}",
        rf"{_MONTH}\s+{_DAY}",
        rf"{_DAY}\s+(?:of\s+)?{_MONTH}",
        r"(?P<weekday>(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)",
        r"(?P<relative>yesterday|today)",
        rf"(?<=[Ii]n )(?:early |late |mid-)?{_MONTH}",
        r"(?<=last )" + _MONTH,
        rf"(?<=[Ii]n ){_YEAR}",
        rf"{_YEAR}(?= (?:open |public )?(?:letter|petition|statement|note))",
    )
)


@dataclass(frozen=True, slots=True)
class PrintedDate:
    """A date in the text: ISO 8601 day, month or year, and the words that give it."""

    iso: str
    words: Span


def iter_dates(span: Span, published: str | None) -> Iterator[PrintedDate]:
    """Every date in a stretch of text, in text order, overlapping ones by their longest form.

    A weekday, "yesterday", or a day or month without a year is the last one up to the day of
    publication, and no date where that day is not known. "This week" is none.
    """
    text = span.text
    taken: list[tuple[int, int]] = []
    found: list[tuple[int, PrintedDate]] = []
    for form in _FORMS:
        for match in form.finditer(text):
            if any(start < match.end() and match.start() < end for start, end in taken):
                continue
            taken.append(match.span())
            iso = _iso(match.groupdict(), published)
            words = span.char_span(match.start(), match.end(), alignment_mode="expand")
            if iso and words is not None:
                found.append((match.start(), PrintedDate(iso, words)))
    yield from (printed for _, printed in sorted(found, key=lambda pair: pair[0]))


def _iso(parts: dict[str, str | None], published: str | None) -> str | None:
    if parts.get("iso"):
        return parts["iso"]
    month = MONTHS[(parts.get("month") or "")[:3].lower()] if parts.get("month") else None
    year, day = parts.get("year"), parts.get("day")
    if year:
        pieces = [year, f"{month:02d}" if month else None, f"{int(day):02d}" if day else None]
        return _checked("-".join(p for p in pieces if p))
    reference = _day_of(published)
    if reference is None:
        return None
    if month and day:
        return _last_day(month, int(day), reference)
    if month:
        year_of = reference.year if month <= reference.month else reference.year - 1
        return f"{year_of}-{month:02d}"
    if parts.get("weekday"):
        back = (reference.weekday() - _WEEKDAYS.index(str(parts["weekday"]).lower())) % 7
        return (reference - timedelta(days=back)).isoformat()
    back = 1 if parts.get("relative") == "yesterday" else 0
    return (reference - timedelta(days=back)).isoformat()


def _checked(iso: str) -> str | None:
    """The date, or None where the calendar has no such day."""
    try:
        date.fromisoformat((iso + "-01-01")[:10])
    except ValueError:
        return None
    return iso


def _day_of(published: str | None) -> date | None:
    try:
        return date.fromisoformat(published[:10]) if published else None
    except ValueError:
        return None


def _last_day(month: int, day: int, reference: date) -> str | None:
    for year in (reference.year, reference.year - 1):
        iso = _checked(f"{year}-{month:02d}-{day:02d}")
        if iso and date.fromisoformat(iso) <= reference:
            return iso
    return None
