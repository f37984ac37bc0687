"""The words of a title: "OpenAI co-founder and CEO", "former Treasury secretaries"."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from undersigned.claims import EntityKind, RoleTime
from undersigned.reading.lexicon import open_lexicon
from undersigned.reading.name_words import is_people, is_title

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

    from undersigned.claims import LocalKey
    from undersigned.reading.cast import Cast

_IN_TITLE = frozenset({"NOUN", "PROPN", "ADJ", "X", "NUM"})
_POSSESSIVE = frozenset({"'s", "’s", "'", "’"})
_DASHES = frozenset({"-", "–"})
_LONGEST_FIELD = 8
"""Tokens of the longest field of an office, with its "of the": "of Health and Human Services"."""


@dataclass(frozen=True, slots=True)
class Title:
    """One title of a phrase: its words, how it reads, where and when it is held."""

    words: Span
    reads: str
    organization: LocalKey | None
    time: RoleTime
    plural: bool


@cache
def _pairs(list_name: str) -> dict[str, str]:
    entries = open_lexicon("role_words").words(list_name)
    return dict(entry.split("=", 1) for entry in sorted(entries))


def role_of_verb(verb: str) -> str | None:
    """The role that a verb amounts to: "heads" gives "head"."""
    return _pairs("verbs").get(verb.lower())


def is_courtesy(word: str) -> bool:
    """Whether a word is a mere courtesy ("Ms.") and no role."""
    return word.lower().rstrip(".") in open_lexicon("titles").words("courtesy")


def singular_title(word: str) -> str | None:
    """The singular of a plural title ("secretaries", "spokesmen"); None if it is none."""
    lower = word.lower()
    if is_title(word) or not lower.endswith(("s", "men", "people")):
        return None
    guesses = (
        lower.removesuffix("s"),
        lower.removesuffix("ies") + "y",
        lower.removesuffix("es"),
        lower.removesuffix("men") + "man",
        lower.removesuffix("people") + "person",
    )
    return next((guess for guess in guesses if guess != lower and is_title(guess)), None)


def ends_title(token: Token) -> bool:
    """Whether a token can be the last word of a title, in singular or plural."""
    return (is_title(token.text) and not is_courtesy(token.text)) or singular_title(
        token.text
    ) is not None


def title_start(last: Token, cast: Cast) -> int:
    """Where the phrase begins that ends in a title: over nouns, adjectives and an owner's name."""
    doc, start = last.doc, last.i
    first_of_block = cast.text.block_of(last).start
    while start > first_of_block:
        before = doc[start - 1]
        if before.is_sent_start and before.i + 1 < start and doc[before.i + 1].is_sent_start:
            break
        if not (_belongs(before, doc[start]) or _joins(before, start)):
            break
        start -= 1
        if doc[start].is_sent_start:
            break
    return start


def _belongs(before: Token, after: Token) -> bool:
    if before.pos_ in _IN_TITLE and not before.is_punct:
        return True
    if _is_plain(before.lower_) and before.lower_ != "of":
        return True
    former = before.lower_ in open_lexicon("role_words").words("former")
    return (
        former
        or before.text in _POSSESSIVE
        or (before.text in _DASHES and not before.whitespace_)
        or (before.lower_ == "of" and after.text[:1].isupper() and is_title(before.nbor(-1).text))
    )


def _joins(token: Token, start: int) -> bool:
    """Whether a token is "and" or a comma between titles: "actor, writer and director"."""
    if token.lower_ not in {"and", ",", "/"} or token.i == 0:
        return False
    before, after = token.nbor(-1), token.doc[start]
    return (ends_title(before) and before.text[:1].islower() == after.text[:1].islower()) or (
        token.lower_ == "and" and ends_title(before) and before.is_sent_start is True
    )


def read_titles(phrase: Span, cast: Cast, *, site: LocalKey | None = None) -> list[Title]:
    """The titles in a phrase, each with the organization and the time that the phrase gives.

    Args:
        phrase: words that end in a title, an owner's name in front included.
        cast: the article's.
        site: the organization named after the phrase ("… of the Harbor Trust").
    """
    start, organization = _after_owner(phrase, cast)
    doc = phrase.doc
    _, time = _without_time(phrase, RoleTime.CURRENT)
    titles: list[Title] = []
    first = start
    for index in range(start, phrase.end):
        if index + 1 == phrase.end or (
            doc[index + 1].lower_ in {"and", ",", "/"} and ends_title(doc[index])
        ):
            if index >= first and ends_title(doc[index]):
                words, time = _without_time(doc[first : index + 1], time)
                if len(words):
                    titles.append(_title(words, site or organization, time))
            first = index + 2
        elif doc[index].lower_ in {"and", ",", "/"} and index == first:
            first = index + 1
    return titles


def read_office(last: Token, cast: Cast) -> list[Title]:
    """The title that ends in a field of office before a name: "Minister for Foreign Affairs"."""
    doc, first = last.doc, _office_before_field(last, cast)
    if first is None:
        return []
    before = read_titles(doc[title_start(doc[first], cast) : first + 1], cast)
    time = before[-1].time if before else RoleTime.CURRENT
    words = doc[first : last.i + 1]
    return [Title(words, " ".join(token.lower_ for token in words), None, time, False)]


def _office_before_field(last: Token, cast: Cast) -> int | None:
    """The place of the "Minister" in "Minister for Foreign Affairs", from its last word."""
    doc, start = last.doc, cast.text.block_of(last).start
    if not last.text[:1].isupper():
        return None
    for index in range(last.i - 1, max(start, last.i - _LONGEST_FIELD), -1):
        token = doc[index]
        if token.lower_ in {"of", "for"}:
            head = doc[index - 1]
            return head.i if ends_title(head) and head.text[:1].isupper() else None
        if not (token.text[:1].isupper() or token.lower_ in {"the", "and", "&"}):
            return None
    return None


def _after_owner(phrase: Span, cast: Cast) -> tuple[int, LocalKey | None]:
    """Where the title begins after an organization's name, and that organization."""
    start, organization = phrase.start, None
    for token in phrase[:-1]:
        key = cast.at(token)
        if key is not None and cast.kind_of(key) is EntityKind.ORGANIZATION:
            organization, start = key, token.i + 1
        elif token.text in _POSSESSIVE:
            start = token.i + 1
    return start, organization


def _without_time(words: Span, time: RoleTime) -> tuple[Span, RoleTime]:
    lists = open_lexicon("role_words")
    while len(words) > 1:
        lower = words[0].lower_
        if lower in lists.words("former"):
            time = RoleTime.FORMER
        elif lower in lists.words("future"):
            time = RoleTime.FUTURE
        elif (
            lower not in lists.words("plain")
            and words[0].text not in _DASHES
            and words[0].pos_ != "DET"
        ):
            break
        words = words[1:]
    last = words[-1].lower_
    if last.endswith(("-elect", "-designate")):
        time = RoleTime.FUTURE
    return words, time


def _title(words: Span, organization: LocalKey | None, time: RoleTime) -> Title:
    last = words[-1]
    singular = singular_title(last.text)
    reads = "".join(_as_read(token) + token.whitespace_ for token in words[:-1])
    final = singular or _as_read(last)
    return Title(words, " ".join((reads + final).split()), organization, time, singular is not None)


def _as_read(token: Token) -> str:
    """Lower case for words of titles, the printed case for acronyms and the names in a title."""
    full = _pairs("short_forms").get(token.lower_.rstrip("."))
    if full is not None:
        return full
    acronym = token.text.isupper() and len(token.text) > 1
    named = token.pos_ == "PROPN" and not is_title(token.text) and not _is_plain(token.lower_)
    return token.text if acronym or named or is_people(token.text) else token.lower_


def _is_plain(lower: str) -> bool:
    return lower in open_lexicon("role_words").words("parts")
