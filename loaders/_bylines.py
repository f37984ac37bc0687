"""Who wrote an article, as its byline says."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Final

from ._dates import DATE, find_date
from ._furniture import furniture

_UPPER: Final = "A-Z\u00c0-\u00d6\u00d8-\u00de\u0100-\u017f"
_WORD: Final = rf"(?:(?:[A-Z]\.){{1,3}}|(?:Jr|Sr|St|Dr|Mr|Ms)\.|[{_UPPER}][\w’'-]*)"
_PARTICLE: Final = (
    r"(?:(?:de|da|del|della|dos|du|di|van|von|der|den|la|le|bin|ibn|al|el|ter|ten)\s+)"
)
NAME: Final = rf"{_WORD}(?:[ \u00a0]+{_PARTICLE}{{0,3}}{_WORD}){{1,4}}"
"""A name of two to five capitalised words, as a part of a pattern without groups."""
_JOINED: Final = r"(?:\s*,\s*(?:and\s+|&\s*)?|\s+and\s+|\s*&\s*|\s+with\s+)"
_NAMES: Final = rf"{NAME}(?:{_JOINED}{NAME})*"
_BY: Final = (
    r"(?:(?:written|story|words|reported|posted|report|analysis|opinion|commentary|review)\s+)?"
    r"by:?\s+"
)
_TAIL: Final = r"[^.“”\"]{0,90}"


@dataclass(frozen=True, slots=True)
class Byline:
    """What a byline says. `end` is where it ends in the line that it begins."""

    authors: tuple[str, ...]
    outlet: str | None
    published: str | None
    end: int


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    words = furniture()
    roles = "|".join(sorted(map(re.escape, words.roles)))
    agencies = "|".join(sorted(map(re.escape, words.agencies), key=len, reverse=True))
    outlet = rf"(?P<outlet>{_WORD}(?:\s+{_WORD}){{0,3}}?)"
    return (
        re.compile(rf"(?:(?i:{_BY}))(?P<names>{_NAMES})(?P<tail>{_TAIL})"),
        re.compile(rf"(?:(?i:{_BY}))(?P<names>{agencies})(?P<tail>{_TAIL})"),
        re.compile(rf"{outlet}\s+(?i:(?:{roles})(?:\s+(?:{roles}))?)[,:]?\s+(?P<names>{NAME})$"),
        re.compile(
            rf"(?P<names>{NAME})\s*[,|/–—-]\s*(?P<tail>[\w.’&' -]{{0,40}}?"
            rf"(?<!\w)(?i:{roles}|{agencies})(?: [\w&,. -]{{0,40}}\w)?)$"
        ),
        re.compile(
            rf"(?P<names>{_NAMES})\s*[|·–—,]\s*(?P<tail>(?:[^.]{{3,60}}[|·–—,]\s*)?{DATE})$"
        ),
        re.compile(
            rf"(?:(?i:authors?|reporter|writer|posted|words|text)\s*:\s*)"
            rf"(?P<names>{_NAMES})(?P<tail>[,.]?.{{0,80}})$"
        ),
        re.compile(
            r"\(?(?i:(?:additional |further )?(?:reporting|writing)(?: and editing)? by)"
            rf"\s+(?P<names>{_NAMES})(?P<tail>.*)$"
        ),
    )


def find_byline(line: str) -> Byline | None:
    """The byline that a whole line is; None for any other line."""
    line = line.strip()
    if len(line) > 250:
        return None
    for pattern in _patterns():
        found = pattern.match(line)
        if found and found.end() >= len(line.rstrip(".")):
            return _byline_of(found)
    if re.fullmatch(rf"(?i:by\s+)?(?i:{'|'.join(map(re.escape, furniture().agencies))})", line):
        return Byline((), re.sub(r"(?i)^by\s+", "", line), None, len(line))
    return None


def outlet_line(line: str) -> str | None:
    """The outlet that a whole line is the name of: "The Daily Echo"; None for other lines."""
    words = line.strip().split()
    if not 1 < len(words) <= 5 or line.rstrip()[-1] in ".!?:,;":
        return None
    telling = {word.lower() for word in words} & (furniture().outlet_words - {"the", "report"})
    return " ".join(words) if telling and _is_title_like(words) else None


def byline_before_story(line: str) -> Byline | None:
    """A byline in front of story text in the same line: "By Ann Lee, 3 May 2024. Actors …"."""
    part = rf"\s*[,|]\s*(?:{DATE}|[^,|.“”\"]{{2,60}})"
    by = re.compile(rf"(?i:{_BY})(?P<names>{_NAMES})(?P<tail>(?:{part}){{0,3}})\.\s+(?=\S)")
    if found := by.match(line):
        return _byline_of(found)
    placed = re.compile(rf"(?P<names>)(?P<tail>(?:{NAME}|[A-Z]{{2,6}}), {DATE})\.\s+(?=\S)")
    if found := placed.match(line):
        return _byline_of(found)
    return None


def lone_name(line: str, story: str) -> str | None:
    """The name that a line is, where it can only be the writer's: the story never comes back to it.

    The surname must not stand in the story, and nothing in the name may be an outlet's word.
    """
    name = line.strip()
    if not re.fullmatch(NAME, name) or len(name.split()) > 4 or not _is_person(name):
        return None
    surname = name.split()[-1]
    if surname in furniture().abbreviations:
        return None
    return None if re.search(rf"\b{re.escape(surname)}\b", story, re.IGNORECASE) else name


def names_in(text: str) -> tuple[str, ...]:
    """The people named in what a byline or a page's metadata says: "By Ann Lee and Bo Roe"."""
    text = re.sub(rf"(?i)^\s*(?:{_BY})", "", " ".join(text.split()))
    parts = re.split(r"\s*(?:,|;|\||/|&)\s*|\s+(?:and|with|for|in)\s+", text)
    names = [_as_printed(part.strip(" .,")) for part in parts]
    return tuple(dict.fromkeys(n for n in names if re.fullmatch(NAME, n) and _is_person(n)))


def _byline_of(found: re.Match[str]) -> Byline:
    groups = found.groupdict()
    tail = groups.get("tail") or ""
    everything = f"{groups['names']},{tail}"
    outlet = groups.get("outlet") or _outlet_in(everything)
    return Byline(names_in(groups["names"]), outlet, find_date(tail), found.end())


def _outlet_in(text: str) -> str | None:
    agencies = {agency.lower() for agency in furniture().agencies}
    for part in re.split(r"\s*[,|/–—]\s*|\s*\b(?:for|of)\s+(?:the\s+)?", re.sub(DATE, "", text)):
        words = part.strip(" .-").split()
        outletish = {word.lower().strip(".") for word in words} & furniture().outlet_words
        if words and (
            part.strip(" .-").lower() in agencies or (outletish and _is_title_like(words))
        ):
            return " ".join(word for word in words if word.lower() not in furniture().roles) or None
    return None


def _is_title_like(words: list[str]) -> bool:
    return all(word[0].isupper() or word in ("of", "and", "the") for word in words)


def _is_person(name: str) -> bool:
    words = {word.lower().strip(".") for word in name.split()}
    known = furniture()
    months = {"january", "february", "march", "april", "june", "july", "august", "september"}
    months |= {"october", "november", "december", "monday", "tuesday", "wednesday", "thursday"}
    months |= {"friday", "saturday", "sunday"}
    return not words & (known.outlet_words | known.roles | months)


def _as_printed(name: str) -> str:
    """Names set in capitals get small letters: "ANN LEE" gives "Ann Lee"."""
    shouted = name.isupper() and any(len(word.strip(".")) > 2 for word in name.split())
    return name.title().replace("’S ", "’s ") if shouted else name
