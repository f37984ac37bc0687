"""The place, date and agency before a report's first sentence: "PARIS, May 3 (Reuters) - "."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Final

from ._dates import DATE, MONTH, find_date
from ._furniture import furniture

_CAPITALS: Final = r"[A-Z\u00c0-\u00de][A-Z\u00c0-\u00de.’'-]+"
_CAPITAL_PLACE: Final = rf"(?:{_CAPITALS}(?:[ /]{_CAPITALS}){{0,3}})"
_MIXED_PLACE: Final = r"(?:[A-Z][\w.’'-]+(?: [A-Z][\w.’'-]+){0,3})"
_REGION: Final = r"(?:, [A-Z][\w. ]{1,24}?)?"
_DASH: Final = r"\s*(?:--+|[—–―-]|\.)\s+"


@dataclass(frozen=True, slots=True)
class Dateline:
    """What a dateline says. `end` is where its own words end, `next` where the story begins."""

    end: int
    next: int
    agency: str | None
    published: str | None


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    agencies = "|".join(sorted(map(re.escape, furniture().agencies), key=len, reverse=True))
    agency = rf"\(\s?(?P<agency>{agencies})(?:\s?/[^()]{{2,30}})?\s?\)"
    dated = rf",? (?:(?i:{MONTH}) \d{{1,2}}|\d{{1,2}} (?i:{MONTH}))(?:,? \d{{4}})?"
    return (
        re.compile(rf"(?:{_CAPITAL_PLACE}|{_MIXED_PLACE}){_REGION}(?:{dated})? {agency}{_DASH}"),
        re.compile(rf"{agency}{_DASH}"),
        re.compile(rf"(?i:{DATE}) {agency}{_DASH}"),
        re.compile(rf"(?:{_CAPITAL_PLACE}|{_MIXED_PLACE}){_REGION}{dated}\s*(?:--+|[—–―-])\s+"),
        re.compile(rf"(?:{_MIXED_PLACE} )?(?P<agency>{agencies})\s*[—–]\s+(?=[A-Z“\"‘])"),
        re.compile(rf"(?i:{DATE})\s*(?:\.|[—–-])\s+"),
    )


_PLACE_ONLY: Final = re.compile(
    rf"(?P<place>{_CAPITAL_PLACE}){_REGION}\s*(?:--+|[—–―]|\s-)\s+(?=[A-Z“\"‘'\d])"
)


def find_dateline(line: str, *, first: bool) -> Dateline | None:
    """The dateline at the start of a line; None without one.

    A bare place in capitals counts only at the start of the story (`first`): further down,
    "OPEC — Ministers met" is a heading.
    """
    for pattern in _patterns():
        if found := pattern.match(line):
            return _dateline_of(found)
    found = _PLACE_ONLY.match(line) if first else None
    if found is None or found["place"] in furniture().not_places:
        return None
    return _dateline_of(found) if len(found["place"].replace(" ", "")) >= 4 else None


def is_dateline(line: str) -> bool:
    """Whether a whole line is a dateline; some pages set it in an element of its own."""
    found = find_dateline(f"{line.rstrip()} A", first=True)
    return found is not None and found.end >= len(line.rstrip())


def _dateline_of(found: re.Match[str]) -> Dateline:
    own = found.group().rstrip()
    agency = found.groupdict().get("agency")
    return Dateline(len(own), found.end(), agency, find_date(own))
