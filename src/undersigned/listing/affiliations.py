"""Roles and organizations in what stands behind a name: "CEO, Acme; former Harbor Trust chair"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

from undersigned.claims import RoleTime
from undersigned.listing.lexicon import any_of, words
from undersigned.listing.pieces import is_wrapped
from undersigned.listing.role_words import (
    QUOTED,
    belongs_to_role,
    has_body_word,
    is_role,
    is_role_in_works,
    is_role_word,
    may_be_body,
    stays_with_role,
    words_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

AFFILIATED: Final = "affiliated"
"""The role of a signer who names a body and nothing else: "Ann Lee (Acme)"."""
_PARTING: Final = ",;|\n"
_PACKAGE: Final = re.compile(r"`[^`\s]+`")
"""As in "maintainer of `lantern-core`"."""


@dataclass(frozen=True, slots=True)
class Affiliation:
    """One role. Places count in the text that was searched; `organization` may be missing.

    `organization_name` is what the body is called where a format escapes signs of the name.
    """

    title: str
    start: int
    end: int
    organization: tuple[int, int] | None = None
    time: RoleTime = RoleTime.CURRENT
    organization_name: str | None = None


def find_affiliations(text: str, start: int, end: int) -> list[Affiliation]:
    """The roles in a stretch of text, in its order; see also `paired`."""
    places = (_stripped(text, *segment) for segment in _segments(text, start, end))
    return [found for place in places if place for found in _read_segment(text, *place)]


def _segments(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """What commas, semicolons, bars and line ends part, but not those within a quoted title.

    A comma that a title has before its closing mark is the sentence's: “Night Boat,” composer.
    """
    began = at = start
    while at < end:
        if quoted := QUOTED.match(text, at, end):
            at = quoted.end()
            if text[at - 2] in _PARTING:
                yield began, at
                began = at
        elif text[at] in _PARTING and not is_wrapped(text, at):
            yield began, at
            at = began = at + 1
        else:
            at += 1
    yield began, end


def _stripped(text: str, start: int, end: int) -> tuple[int, int] | None:
    words_ = text[start:end]
    core = words_.strip(" \t\n\r.,:–—-*_|\\")
    if QUOTED.fullmatch(core) or len(re.findall(r'["“”]', core)) % 2:
        core = core.strip(' \t\n\r.,:–—-*_"“”|\\')
    if not core or not re.search(r"[^\W\d_]", core):
        return None
    at = start + words_.index(core)
    return at, at + len(core)


def _read_segment(text: str, start: int, end: int) -> Iterator[Affiliation]:
    time, start = _time_of(text, start, end)
    phrase = text[start:end]
    if is_role(phrase) or is_role_in_works(phrase):
        yield Affiliation(re.sub(r"[,;](?=[”\"’»])", "", phrase), start, end, None, time)
        return
    joined: tuple[str, tuple[int, int] | None] | None = (
        _joined_role(text, start, end)
        or _trailing_role(text, start, end)
        or _leading_role(text, start, end)
    )
    if joined is not None:
        title, body_place = joined
        if body_place is None:
            yield Affiliation(title, start, end, None, time)
            return
        for body in _bodies(text, *body_place):
            yield Affiliation(title, start, end, body, time)
    elif may_be_body(phrase):
        for body in _bodies(text, start, end):
            yield Affiliation(AFFILIATED, body[0], body[1], body, time)


def _time_of(text: str, start: int, end: int) -> tuple[RoleTime, int]:
    """Whether a role is over, and where its words go on behind the word that says so."""
    for list_name, time in (("former", RoleTime.FORMER), ("current", RoleTime.CURRENT)):
        pattern = rf"(?i){any_of('roles', list_name)}(?:[-\s:]+)(?=\w)"
        if marked := re.compile(pattern).match(text, start, end):
            return time, marked.end()
    return RoleTime.CURRENT, start


def _joined_role(text: str, start: int, end: int) -> tuple[str, tuple[int, int] | None] | None:
    """As in "chair of the Harbor Trust": the role, and the place of the body.

    What follows "Professor of" is a subject, and belongs to the role: its body comes behind "at".
    """
    for found in _joiner().finditer(text, start, end):
        title, rest = text[start : found.start()], text[found.end() : end]
        if not is_role(title):
            continue
        if words_of(title)[-1] in words("roles", "with-subject"):
            following = _place_joiner().search(text, found.end(), end)
            subject_end = following.start() if following else end
            if not has_body_word(text[found.end() : subject_end]) and following:
                return text[start:subject_end], (following.end(), end)
            if not has_body_word(text[found.end() : subject_end]) and not _is_place_joiner(found):
                return text[start:end], None
        if may_be_body(rest) or _PACKAGE.fullmatch(rest):
            return title, (found.end(), end)
    return None


@cache
def _joiner() -> re.Pattern[str]:
    behind = r"(?:\s+|(?<=['’@]))"
    return re.compile(rf"(?i)\s+{any_of('roles', 'joiners')}{behind}(?:the\s+)?")


@cache
def _place_joiner() -> re.Pattern[str]:
    behind = r"(?:\s+|(?<=['’@]))"
    return re.compile(rf"(?i)\s+{any_of('roles', 'place-joiners')}{behind}(?:the\s+)?")


def _is_place_joiner(found: re.Match[str]) -> bool:
    return bool(_place_joiner().fullmatch(found.group()))


def _trailing_role(text: str, start: int, end: int) -> tuple[str, tuple[int, int]] | None:
    """As in "Debian Developer": the words of the role at the end, the body before them."""
    tokens = list(re.finditer(r"\S+", text[start:end]))
    if len(tokens) < 2 or not is_role_word(tokens[-1].group(), plural=False):
        return None
    first = len(tokens) - 1
    while first > 1 and stays_with_role(tokens[first - 1].group()):
        first -= 1
    while first < len(tokens) - 1 and tokens[first].group().lower() in ("&", "and", "/", "of"):
        first += 1
    body_end = start + tokens[first - 1].end()
    body = text[start:body_end]
    if not re.search(r"[A-ZÀ-ÞЀ-Я\d]", body):
        return None
    return text[start + tokens[first].start() : end], (start, body_end)


def _leading_role(text: str, start: int, end: int) -> tuple[str, tuple[int, int]] | None:
    """As in "Co-founder Harbor Trust": the role in front, a body with capitals behind."""
    tokens = list(re.finditer(r"\S+", text[start:end]))
    last = 0
    for number, token in enumerate(tokens[:-1]):
        if not belongs_to_role(token.group()):
            break
        if is_role_word(token.group()):
            last = number + 1
    if not last:
        return None
    first = start + tokens[last].start()
    rest = text[first:end]
    if not rest[0].isupper() and not rest[0].isdigit():
        return None
    return text[start : start + tokens[last - 1].end()], (first, end)


def _bodies(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The bodies named in a stretch: one, or two that "and the" joins."""
    article = re.compile(
        r"(?:(?:for|on behalf of|representing)\s+)?"
        r"(?:(?:the|der|die|das|la|le|les|el|los|las)\s+)?(?=[A-ZÀ-Þ])"
    ).match(text, start, end)
    first = article.end() if article else start
    both = re.compile(r"\s+and\s+the\s+(?=[A-Z])").search(text, first, end)
    if both is not None:
        yield first, both.start()
        yield both.end(), end
    else:
        enclosed = _PACKAGE.fullmatch(text, first, end) or QUOTED.fullmatch(text, first, end)
        yield (first + 1, end - 1) if enclosed else (first, end)
