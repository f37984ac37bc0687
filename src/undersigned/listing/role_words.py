"""The words of roles and of bodies: what "retired harbour pilot" and "Harbor Trust" are."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from undersigned.listing.lexicon import words
from undersigned.reading.lexicon import open_lexicon

QUOTED: Final = re.compile(r"“[^“”\n]+”|\"[^\"\n]+\"|«[^«»\n]+»|„[^„“”\n]+[“”]|‘[^‘’\n]+’(?!\w)")
"""A title in marks."""
_WORKS: Final = re.compile(rf"(?:{QUOTED.pattern})(?:(?:,? and |, | & )(?:{QUOTED.pattern}))*")
_PARTICLE: Final = re.compile(r"(?<=\w)\s(?:do|dos|da|das)\s(?=[A-ZÀ-Þ])")
"""As in "Universidade do Porto": what would be a word of sentences in English."""
_LONGEST_BODY_WORDS: Final = 12
_TRADE_WORDS: Final = 3


def is_role(phrase: str) -> bool:
    """Whether a phrase is a role and nothing else: "Executive Director", "retired teacher"."""
    found = words_of(phrase)
    if found and phrase.islower() and len(found) <= _TRADE_WORDS and _is_trade(found[-1]):
        return True
    return bool(found) and is_role_word(found[-1]) and all(map(belongs_to_role, found))


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
    leads = role != "" and words_of(role)[-1] in words("roles", "with-department")
    return makes_works(role) and not (leads and has_body_word(works.group().split()[-1]))


def makes_works(role: str) -> bool:
    """Whether a role is that of somebody who makes books, films, plays: "award-winning author"."""
    return is_role(role) and words_of(role)[-1] in words("roles", "of-works")


def _is_trade(word: str) -> bool:
    """Whether a word in lower case tells what somebody does: "boatbuilder"; "sudo maintainer"."""
    return word.endswith(_trade_endings()) or is_role_word(word, plural=False)


@cache
def _trade_endings() -> tuple[str, ...]:
    return tuple(words("roles", "trade-endings"))


def may_be_body(phrase: str) -> bool:
    """Whether a phrase can be a body's name: capitals or digits in it, not long, no sentence."""
    found = phrase.split()
    if not 1 <= len(found) <= _LONGEST_BODY_WORDS or not re.search(r"[^\W\d_]", phrase):
        return False
    capitals = sum(word[0].isupper() or word[0].isdigit() for word in found)
    if capitals == 0:
        return has_body_word(phrase) and len(found) <= 4
    lowered = [w for w in found if w[0].islower() and w.lower() not in words("roles", "joiners")]
    lowered = [w for w in lowered if w.lower() not in words("naming", "particles")]
    lowered = [w for w in lowered if not has_body_word(w) and not is_role_word(w)]
    spoken = [word.lower().strip(".,!") for word in _PARTICLE.sub(" ", phrase).split()]
    if any(word in words("roles", "sentence-words") for word in spoken):
        return False
    return len(lowered) <= max(1, capitals)


def has_body_word(phrase: str) -> bool:
    """Whether one of its words tells of a body: "Trust", "Ministry"."""
    heads = open_lexicon("organization_words").words("heads") | words("bodies", "heads")
    return any(word in heads for word in words_of(phrase))


def words_of(phrase: str) -> list[str]:
    """The words in lower case, without the marks around them."""
    return [word for part in phrase.lower().split() if (word := part.strip(".,()“”\"'’:"))]


def is_role_word(word: str, *, plural: bool = True) -> bool:
    """Whether a word alone names what somebody is; `plural` lets "directors" be one, too."""
    bare = word.lower().strip(".,()“”\"'’:")
    if bare in _role_words() or bare.replace("-", "") in _role_words():
        return True
    if len(parts := re.split(r"[-/]", bare)) > 1:
        return parts[-1] in _role_words()
    return plural and bare.removesuffix("s") in _role_words()


def stays_with_role(word: str) -> bool:
    """As `belongs_to_role`, but "Committee" in "Harbor Committee Member" is the body's.

    So is a field in capitals: "Bus driver" is a role, "Harbor Radio driver" is the radio's.
    """
    bodys = word.lower() in words("roles", "body-parts")
    return belongs_to_role(word) and not bodys and not _is_field(word)


def belongs_to_role(word: str) -> bool:
    """Whether a word can stand in a role: a word of roles, "senior", "retired", a field."""
    bare = word.lower().strip(".,()“”\"'’:")
    if not bare:
        return True
    return (
        is_role_word(word)
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
