"""Roles and organizations in what stands behind a name: "CEO, Acme; former Harbor Trust chair"."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Final

from undersigned.claims import RoleTime
from undersigned.listing.kinds import has_legal_form
from undersigned.listing.lexicon import any_of, words
from undersigned.listing.pieces import is_wrapped
from undersigned.reading.lexicon import open_lexicon

if TYPE_CHECKING:
    from collections.abc import Iterator

AFFILIATED: Final = "affiliated"
"""The role of a signer who names a body and nothing else: "Ann Lee (Acme)"."""
_QUOTED: Final = re.compile(r"“[^“”\n]+”|\"[^\"\n]+\"|«[^«»\n]+»|„[^„“”\n]+[“”]|‘[^‘’\n]+’(?!\w)")
_PARTICLE: Final = re.compile(r"(?<=\w)\s(?:do|dos|da|das)\s(?=[A-ZÀ-Þ])")
"""As in "Universidade do Porto": what would be a word of sentences in English."""
_PARTING: Final = ",;|\n"
_WORKS: Final = re.compile(rf"(?:{_QUOTED.pattern})(?:(?:,? and |, | & )(?:{_QUOTED.pattern}))*")
_LONGEST_BODY_WORDS: Final = 12
_PACKAGE: Final = re.compile(r"`[^`\s]+`")
"""As in "maintainer of `lantern-core`"."""
_TRADE_WORDS: Final = 3


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
    """The roles in a stretch of text, in its order; `paired` puts role and body together."""
    places = (_stripped(text, *segment) for segment in _segments(text, start, end))
    return [found for place in places if place for found in _read_segment(text, *place)]


def _segments(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """What commas, semicolons, bars and line ends part, but not those within a quoted title.

    A comma that a title has before its closing mark is the sentence's: “Night Boat,” composer.
    """
    began = at = start
    while at < end:
        if quoted := _QUOTED.match(text, at, end):
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


def paired(text: str, found: list[Affiliation]) -> list[Affiliation]:
    """The roles with bare ones and the bodies beside them put together; a semicolon parts them.

    "CEO, Acme" first, then what is left over: "Acme, CEO". What looks like a body behind "Director
    of" is a subject if a body follows: "Director of Pediatrics, Harbor Hospital".
    """
    forward: list[Affiliation] = []
    for following in found:
        if forward and (whole := _role_with_body(text, forward[-1], following)):
            forward[-1] = whole
        else:
            forward.append(following)
    if len(forward) == 2 and _is_bare_body(forward[0]) and _is_role_there(text, *forward):
        body, role = forward
        if all(word in words("roles", "former") for word in _words_of(role.title)):
            return [replace(body, end=role.end, time=RoleTime.FORMER)]  # "Acme, retired"
        return [replace(body, end=role.end, title=role.title)]
    return forward


def _is_role_there(text: str, body: Affiliation, role: Affiliation) -> bool:
    """As in "Acme, CEO"; not "Acme, former chair" and "Acme, sudo maintainer"."""
    return (
        _is_bare_role(role)
        and role.time is RoleTime.CURRENT
        and not _names_own_body(role.title)
        and not _parted(text, body, role)
    )


def _names_own_body(title: str) -> bool:
    """Whether a title tells of a project itself, in lower case: "sudo maintainer"."""
    found = _words_of(title)
    is_of_project = found[-1] in words("roles", "of-project")
    return is_of_project and not all(map(_belongs_to_role, found))


def is_role(phrase: str) -> bool:
    """Whether a phrase is a role and nothing else: "Executive Director", "retired teacher"."""
    found = _words_of(phrase)
    if found and phrase.islower() and len(found) <= _TRADE_WORDS and _is_trade(found[-1]):
        return True
    return bool(found) and _is_role_word(found[-1]) and all(map(_belongs_to_role, found))


def is_role_in_works(phrase: str) -> bool:
    """Whether a phrase is a role with quoted titles: author of “Salt”, “Night Boat” director.

    Who directs or edits may lead a body, too: director of “Harbor Trust”.
    """
    works = _WORKS.search(phrase)
    if works is None:
        return False
    before, behind = phrase[: works.start()].strip(), phrase[works.end() :].strip()
    if bool(before) == bool(behind):
        return False
    role = re.sub(r"(?i)(?:\s+(?:of|on|for|behind))?(?:\s+the\b[\w\s-]*)?$", "", before) or behind
    leads = role != "" and _words_of(role)[-1] in words("roles", "with-department")
    return makes_works(role) and not (leads and _has_body_word(works.group().split()[-1]))


def makes_works(role: str) -> bool:
    """Whether a role is that of somebody who makes books, films, plays: "award-winning author"."""
    return is_role(role) and _words_of(role)[-1] in words("roles", "of-works")


def _is_trade(word: str) -> bool:
    """Whether a word in lower case tells what somebody does: "boatbuilder"; "sudo maintainer"."""
    return word.endswith(_trade_endings()) or _is_role_word(word, plural=False)


@cache
def _trade_endings() -> tuple[str, ...]:
    return tuple(words("roles", "trade-endings"))


def _role_with_body(text: str, role: Affiliation, body: Affiliation) -> Affiliation | None:
    """A role and the body that follows as one; None where they don't belong together."""
    if not _is_bare_body(body) or _parted(text, role, body):
        return None
    if _is_bare_role(role):
        if _names_own_body(role.title):
            return None
        return replace(body, title=role.title, start=role.start, time=role.time)
    if role.organization is None or body.organization is None or role.title == AFFILIATED:
        return None
    if role.organization[0] <= role.start:
        return None  # "TOC chair, Harbor Foundation" are two
    subject, name = text[slice(*role.organization)], text[slice(*body.organization)]
    leads = _words_of(role.title)[-1] in words("roles", "with-department")
    is_body = _has_body_word(name) or has_legal_form(name)
    if not leads or _has_body_word(subject) or not is_body:
        return None
    title = text[role.start : role.organization[1]]
    return replace(body, title=title, start=role.start, time=role.time)


def _is_bare_role(found: Affiliation) -> bool:
    return found.organization is None


def _is_bare_body(found: Affiliation) -> bool:
    return found.title == AFFILIATED and found.organization is not None


def _parted(text: str, one: Affiliation, other: Affiliation) -> bool:
    return ";" in text[one.end : other.start]


def _stripped(text: str, start: int, end: int) -> tuple[int, int] | None:
    words_ = text[start:end]
    core = words_.strip(" \t\n\r.,:–—-*_|\\")
    if _QUOTED.fullmatch(core) or len(re.findall(r'["“”]', core)) % 2:
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
        if _may_be_body(rest) or _PACKAGE.fullmatch(rest):
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
    if len(tokens) < 2 or not _is_role_word(tokens[-1].group(), plural=False):
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
        enclosed = _PACKAGE.fullmatch(text, first, end) or _QUOTED.fullmatch(text, first, end)
        yield (first + 1, end - 1) if enclosed else (first, end)


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
    spoken = [word.lower().strip(".,!") for word in _PARTICLE.sub(" ", phrase).split()]
    if any(word in words("roles", "sentence-words") for word in spoken):
        return False
    return len(lowered) <= max(1, capitals)


def _has_body_word(phrase: str) -> bool:
    heads = open_lexicon("organization_words").words("heads") | words("bodies", "heads")
    return any(word in heads for word in _words_of(phrase))


def _words_of(phrase: str) -> list[str]:
    return [word for part in phrase.lower().split() if (word := part.strip(".,()“”\"'’:"))]


def _is_role_word(word: str, *, plural: bool = True) -> bool:
    bare = word.lower().strip(".,()“”\"'’:")
    if bare in _role_words() or bare.replace("-", "") in _role_words():
        return True
    if len(parts := re.split(r"[-/]", bare)) > 1:
        return parts[-1] in _role_words()
    return plural and bare.removesuffix("s") in _role_words()


def _stays_with_role(word: str) -> bool:
    """As `_belongs_to_role`, but "Committee" in "Harbor Committee Member" is the body's.

    So is a field in capitals: "Bus driver" is a role, "Harbor Radio driver" is the radio's.
    """
    bodys = word.lower() in words("roles", "body-parts")
    return _belongs_to_role(word) and not bodys and not _is_field(word)


def _belongs_to_role(word: str) -> bool:
    bare = word.lower().strip(".,()“”\"'’:")
    if not bare:
        return True
    return (
        _is_role_word(word)
        or bare in words("roles", "modifiers")
        or bare in words("roles", "former")
        or bare in words("roles", "fields")
    )


def _is_field(word: str) -> bool:
    return word[:1].isupper() and word.lower() in words("roles", "fields")


@cache
def _role_words() -> frozenset[str]:
    professions = open_lexicon("professions").all_words()
    titles = open_lexicon("titles").words("offices")
    simple = {word for word in professions | titles if " " not in word}
    return frozenset(simple) | words("roles", "roles")
