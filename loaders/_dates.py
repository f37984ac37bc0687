"""Dates as newspapers print them, as ISO 8601."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Final

_MONTHS: Final = (
    "jan",
    "feb",
    "mar",
    "apr",
    "may",
    "jun",
    "jul",
    "aug",
    "sep",
    "oct",
    "nov",
    "dec",
)
MONTH: Final = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|"
    r"Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\.?"
)
_WEEKDAY: Final = r"(?:(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs?)?|Fri|Sat(?:ur)?|Sun)(?:day)?\.?,?\s+)?"
_DAY: Final = r"\d{1,2}(?:st|nd|rd|th)?"
DATE: Final = (
    rf"(?:\d{{4}}-\d{{2}}-\d{{2}}(?:T[\d:.]+(?:Z|[+-]\d{{2}}:?\d{{2}})?)?"
    rf"|{_WEEKDAY}{MONTH}\s+{_DAY},?\s+\d{{4}}"
    rf"|{_WEEKDAY}{_DAY}\s+{MONTH},?\s+\d{{4}}"
    rf"|\d{{1,2}}[/.]\d{{1,2}}[/.]\d{{4}})"
)
"""A whole date, as a part of a pattern without groups."""
_FIND: Final = re.compile(rf"(?<![\w-]){DATE}(?![\w-])", re.IGNORECASE)
_CLOCK: Final = re.compile(
    r"(?i)\b\d{1,2}[:.]\d{2}(?::\d{2})?\s*(?:[ap]\.?m\b\.?)?|\b\d{1,2}\s*[ap]\.?m\b\.?"
    r"|\b[A-Z]{2,4}T\b|\b(?:UTC|GMT|BST|IST|ET|PT|CT|MT)\b"
)
_LABELS: Final = re.compile(
    r"(?i)\b(?:first|last|originally|date|published|publication|updated?|posted|modified|created|"
    r"issued|on|at|from|the|time|local|eastern|standard|daylight|online|in print)\b"
)


def find_date(text: str) -> str | None:
    """The first whole date in a text as `YYYY-MM-DD`, one that says "updated" only if no other."""
    later: str | None = None
    for found in _FIND.finditer(text):
        iso = iso_date(found.group())
        if iso and re.search(
            r"(?i)\b(?:updated?|modified)\W*(?:[\w:.]+\W+){0,4}$", text[: found.start()]
        ):
            later = later or iso
        elif iso:
            return iso
    return later


def is_date_line(line: str) -> bool:
    """Whether a line holds a date, perhaps a time of day, and nothing else."""
    if not _FIND.search(line):
        return False
    rest = _LABELS.sub(" ", _CLOCK.sub(" ", _FIND.sub(" ", line)))
    return not re.search(r"\w", rest)


def iso_date(text: str) -> str | None:
    """One printed date as `YYYY-MM-DD`; None where day and month can't be told apart."""
    if iso := re.match(r"(\d{4})-(\d{2})-(\d{2})", text):
        return _valid(int(iso[1]), int(iso[2]), int(iso[3]))
    if month := re.search(MONTH, text, re.IGNORECASE):
        number = _MONTHS.index(month.group()[:3].lower()) + 1
        year = re.search(r"\d{4}", text)
        day = re.search(r"(?<!\d)\d{1,2}(?!\d)", text)
        return _valid(int(year.group()), number, int(day.group())) if year and day else None
    first, second, year_number = (int(part) for part in re.split(r"[/.]", text))
    if first > 12 >= second:
        first, second = second, first
    elif first <= 12 and second <= 12 and first != second:
        return None
    return _valid(year_number, first, second)


def iso_moment(value: str) -> str | None:
    """A date or date-time from a page's metadata as ISO 8601; printed dates are understood, too."""
    value = value.strip()
    try:
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}|\d{8}", value):
            return date.fromisoformat(value).isoformat()
        if re.match(r"\d{4}-?\d{2}-?\d{2}[T ]", value):
            return datetime.fromisoformat(value).isoformat()
    except ValueError:
        return find_date(value)
    if re.fullmatch(r"\d{4}(?:-(?:0[1-9]|1[0-2]))?", value):
        return value
    return find_date(value)


def _valid(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None
