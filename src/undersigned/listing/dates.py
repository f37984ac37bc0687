"""Printed dates of letters, in the languages of letters, as ISO 8601."""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from typing import Final, NamedTuple

from babel import Locale

from undersigned.listing.places import LANGUAGES

_YEAR: Final = r"(?P<year>(?:19|20)\d\d)"
_DAY: Final = r"(?P<day>\d{1,2})(?:st|nd|rd|th|er|º|°|\.)?"


class PrintedDate(NamedTuple):
    """A date in a text: ISO 8601 day or month, and its place."""

    iso: str
    start: int
    end: int


def find_date(text: str, start: int = 0, end: int | None = None) -> PrintedDate | None:
    """The first whole date, or month with its year, in a stretch of text."""
    stop = len(text) if end is None else end
    matches = (form.search(text, start, stop) for form in _forms())
    found = [
        (match.start(), -match.end(), iso) for match in matches if match and (iso := _iso(match))
    ]
    if not found:
        return None
    first, last, iso = min(found)
    return PrintedDate(iso, first, -last)


def date_line(text: str, start: int, end: int) -> PrintedDate | None:
    """The date of a line that gives a date and hardly anything else: "Berlin, 12. Mai 2023"."""
    found = find_date(text, start, end)
    if found is None:
        return None
    rest = text[start : found.start] + " " + text[found.end : end]
    bare = re.sub(r"[\W\d_]+", " ", rest).split()
    return found if len(bare) <= 4 else None


@cache
def _forms() -> tuple[re.Pattern[str], ...]:
    names = sorted(_months(), key=len, reverse=True)
    month = rf"(?P<month>{'|'.join(map(re.escape, names))})\.?"
    of = r"(?:\s+(?:of|de|d'|del))?"
    return tuple(
        re.compile(rf"(?i)(?<![\w\-/.]){form}(?![\w\-/])")
        for form in (
            r"(?P<iso>(?:19|20)\d\d-\d\d-\d\d)",
            rf"{_DAY}{of}\s+{month},?{of}\s+{_YEAR}",
            rf"{month}\s+{_DAY},?\s+{_YEAR}",
            rf"{month},?{of}\s+{_YEAR}",
            rf"(?P<first>\d{{1,2}})[./](?P<second>\d{{1,2}})[./]{_YEAR}",
        )
    )


@cache
def _months() -> dict[str, int]:
    """Names of months in lower case to their numbers."""
    found: dict[str, int] = {}
    for language in LANGUAGES:
        months = Locale(language).months
        for use in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                for number, name in months[use][width].items():
                    if len(name) >= 3:
                        found.setdefault(name.lower().rstrip("."), number)
    return found | {"sept": 9, "märz": 3, "mär": 3, "jänner": 1}


def _iso(match: re.Match[str]) -> str | None:
    parts = match.groupdict()
    if parts.get("iso"):
        return _valid(*map(int, parts["iso"].split("-")))
    year = int(parts["year"])
    if parts.get("first"):
        return _day_and_month(year, int(parts["first"]), int(parts["second"]), match.group())
    month = _months()[parts["month"].lower()]
    if parts.get("day"):
        return _valid(year, month, int(parts["day"]))
    return f"{year}-{month:02d}"


def _day_and_month(year: int, first: int, second: int, printed: str) -> str | None:
    """Full stops part day and month as in German; slashes say which only above twelve."""
    if "." in printed or first > 12 or first == second:
        return _valid(year, second, first)
    return _valid(year, first, second) if second > 12 else None


def _valid(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None
