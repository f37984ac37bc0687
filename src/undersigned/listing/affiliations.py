"""Roles and organizations in what stands behind a name: "CEO, Acme; former Harbor Trust chair"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

from undersigned.claims import RoleTime
from undersigned.listing.lexicon import any_of, words
from undersigned.reading.lexicon import open_lexicon

if TYPE_CHECKING:
    from collections.abc import Iterator

AFFILIATED: Final = "affiliated"
"""The role of a signer who names a body and nothing else: "Ann Lee (Acme)"."""
_SEGMENT: Final = re.compile(r"[^,;|\n]+")
_LONGEST_BODY_WORDS: Final = 12
_JOINED: Final = re.compile(r"\s+(?:and|und|et|y|e)\s+(?:the\s+)?|\s*&\s*|\s+/\s+")


@dataclass(frozen=True, slots=True)
class Affiliation:
    """One role. Places count in the text that was searched; `organization` may be missing."""

    title: str
    start: int
    end: int
    organization: tuple[int, int] | None = None
    time: RoleTime = RoleTime.CURRENT


def find_affiliations(text: str, start: int, end: int) -> list[Affiliation]:
    """The roles in a stretch of text, in its order.

    A bare role and the bare body after it belong together ("CEO, Acme"); a semicolon parts them.
    """
    found: list[Affiliation] = []
    for segment in _SEGMENT.finditer(text, start, end):
        place = _stripped(text, segment.start(), segment.end())
        if place is None:
            continue
        read = list(_read_segment(text, *place))
        if found and read and _complete_each_other(text, found[-1], read[0]):
            role, body = found.pop(), read.pop(0)
            found.append(
                Affiliation(role.title, role.start, body.end, body.organization, role.time)
            )
        found += read
    return found


def is_role(phrase: str) -> bool:
    """Whether a phrase is a role and nothing else: "Executive Director", "retired teacher"."""
    found = _words_of(phrase)
    return bool(found) and _is_role_word(found[-1]) and all(map(_belongs_to_role, found))


def _complete_each_other(text: str, role: Affiliation, body: Affiliation) -> bool:
    between = text[role.end : body.start]
    return (
        role.organization is None
        and body.title == AFFILIATED
        and body.organization is not None
        and ";" not in between
        and "\n" not in between
    )


def _stripped(text: str, start: int, end: int) -> tuple[int, int] | None:
    words_ = text[start:end]
    core = words_.strip(' \t\n\r.,:–—-*_"“”|\\')
    if not core or not re.search(r"[^\W\d_]", core):
        return None
    at = start + words_.index(core)
    return at, at + len(core)


def _read_segment(text: str, start: int, end: int) -> Iterator[Affiliation]:
    time, start = _time_of(text, start, end)
    phrase = text[start:end]
    if is_role(phrase):
        yield Affiliation(phrase, start, end, None, time)
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
    elif _may_be_body(phrase):
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
        if _words_of(title)[-1] in words("roles", "with-subject"):
            following = _place_joiner().search(text, found.end(), end)
            subject_end = following.start() if following else end
            if not _has_body_word(text[found.end() : subject_end]) and following:
                return text[start:subject_end], (following.end(), end)
            if not _has_body_word(text[found.end() : subject_end]) and not _is_place_joiner(found):
                return text[start:end], None
        if _may_be_body(rest):
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
    if len(tokens) < 2 or not _is_role_word(tokens[-1].group()):
        return None
    first = len(tokens) - 1
    while first > 1 and _stays_with_role(tokens[first - 1].group()):
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
        if not _belongs_to_role(token.group()):
            break
        if _is_role_word(token.group()):
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
    article = re.compile(r"(?:the|der|die|das|la|le|les|el|los|las)\s+(?=[A-ZÀ-Þ])").match(
        text, start, end
    )
    first = article.end() if article else start
    both = re.compile(r"\s+and\s+the\s+(?=[A-Z])").search(text, first, end)
    if both is not None:
        yield first, both.start()
        yield both.end(), end
    else:
        yield first, end


def _may_be_body(phrase: str) -> bool:
    """Whether a phrase can be a body's name: capitals or digits in it, not long, no sentence."""
    found = phrase.split()
    if not 1 <= len(found) <= _LONGEST_BODY_WORDS or not re.search(r"[^\W\d_]", phrase):
        return False
    capitals = sum(word[0].isupper() or word[0].isdigit() for word in found)
    if capitals == 0:
        return _has_body_word(phrase) and len(found) <= 4
    lowered = [w for w in found if w[0].islower() and w.lower() not in words("roles", "joiners")]
    lowered = [w for w in lowered if w.lower() not in words("naming", "particles")]
    lowered = [w for w in lowered if not _has_body_word(w) and not _is_role_word(w)]
    if any(word.lower().strip(".,!") in words("roles", "sentence-words") for word in found):
        return False
    return len(lowered) <= max(1, capitals)


def _has_body_word(phrase: str) -> bool:
    heads = open_lexicon("organization_words").words("heads") | words("bodies", "heads")
    return any(word in heads for word in _words_of(phrase))


def _words_of(phrase: str) -> list[str]:
    return [word for part in phrase.lower().split() if (word := part.strip(".,()“”\"'’:"))]


def _is_role_word(word: str) -> bool:
    bare = word.lower().strip(".,()“”\"'’:")
    if bare in _role_words():
        return True
    parts = re.split(r"[-/]", bare)
    last = parts[-1] if len(parts) > 1 else bare.removesuffix("s")
    return last in _role_words()


def _stays_with_role(word: str) -> bool:
    """As `_belongs_to_role`, but "Committee" in "Harbor Committee Member" is the body's."""
    return _belongs_to_role(word) and word.lower() not in words("roles", "body-parts")


def _belongs_to_role(word: str) -> bool:
    bare = word.lower().strip(".,()“”\"'’:")
    if not bare:
        return True
    return (
        _is_role_word(word)
        or bare in words("roles", "modifiers")
        or bare in words("roles", "former")
    )


@cache
def _role_words() -> frozenset[str]:
    professions = open_lexicon("professions").all_words()
    titles = open_lexicon("titles").words("offices")
    simple = {word for word in professions | titles if " " not in word}
    return frozenset(simple) | words("roles", "roles")
