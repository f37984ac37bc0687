"""What a noun like "the lawmaker" or "the company" may stand for."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from undersigned.claims import EntityKind, LocalKey
from undersigned.reading.genders import gender_from_title
from undersigned.reading.lexicon import open_lexicon
from undersigned.reading.name_words import is_title
from undersigned.reading.role_phrases import is_courtesy

if TYPE_CHECKING:
    from collections.abc import Mapping

    from spacy.tokens import Token

    from undersigned.reading.cast import Cast

_LISTS_OF_KIND = {
    "company": ("companies",),
    "media": ("media",),
    "public_body": ("us_public_bodies", "other_public_bodies", "international_bodies"),
    "university": ("universities",),
    "party": ("parties",),
    "civil_society": ("civil_society", "bands"),
}


_DEFINITE = frozenset({"the", "this", "that"})
_MODIFIERS = frozenset({"ADJ", "NOUN", "NUM", "PROPN", "ADV", "PUNCT"})
_MAX_MODIFIERS = 5
"""Words between an article and its noun: "the presumptive Republican presidential nominee"."""
_YEARS_OLD = ("year", "-", "old")
_PARTIES = {
    "democrat": "democratic",
    "democratic": "democratic",
    "gop": "republican",
    "republican": "republican",
    "conservative": "conservative",
    "tory": "conservative",
    "labour": "labour",
    "liberal": "liberal",
    "green": "green",
    "socialist": "socialist",
    "libertarian": "libertarian",
}


def party_of(word: str) -> str | None:
    """The party that a word in lower case names ("gop": republican); None for other words."""
    return _PARTIES.get(word)


def is_definite(head: Token) -> bool:
    """Whether "the" or "this" stands before a noun, with nothing but modifiers between."""
    index, first = head.i - 1, head.sent.start
    while index >= first and head.doc[index].pos_ in _MODIFIERS:
        if head.i - index > _MAX_MODIFIERS:
            return False
        index -= 1
    return index >= 0 and head.doc[index].lower_ in _DEFINITE


def describes_person(noun: Token) -> bool:
    """Whether a singular noun describes one person: "nominee", "senator", "43-year-old"."""
    if not _is_person_word(noun.text) and not _ends_age(noun):
        return False
    tagged = noun.pos_ in {"NOUN", "PROPN", "ADJ"}
    return tagged and noun.morph.get("Number", []) != ["Plur"]


def _ends_age(token: Token) -> bool:
    """Whether a token ends "43-year-old", in one piece or several."""
    if token.lower_ != _YEARS_OLD[-1]:
        return token.lower_.endswith("year-old")
    age = token.doc[max(0, token.i - 2) : token.i + 1]
    return tuple(t.lower_ for t in age) == _YEARS_OLD


@cache
def _is_person_word(word: str) -> bool:
    lower = word.lower()
    if lower in _titles_of_noun() or lower in open_lexicon("nominals").words("person_nouns"):
        return True
    return gender_from_title(lower) is not None or (is_title(word) and not is_courtesy(word))


@cache
def _titles_of_noun() -> Mapping[str, frozenset[str]]:
    entries = sorted(open_lexicon("nominals").words("persons"))
    pairs = (entry.split("=", 1) for entry in entries)
    return {noun: frozenset(titles.split("/")) for noun, titles in pairs}


def titles_meant(noun: str) -> frozenset[str]:
    """The titles whose holders a noun may mean, itself included."""
    return _titles_of_noun().get(noun, frozenset()) | {noun}


def bodies_meant(noun: str, cast: Cast) -> dict[LocalKey, float]:
    """The organizations of a cast that a noun may mean, with scores 0.0–1.0.

    Surest is the noun in the organization's own name ("the commission"), then a listed kind ("the
    newspaper": The Guardian), then a name without any head noun for "the company".
    """
    kinds = [kind for kind in _LISTS_OF_KIND if noun in open_lexicon("nominals").words(kind)]
    if not kinds:
        return {}
    listed = open_lexicon("organizations")
    of_kind = {name for kind in kinds for key in _LISTS_OF_KIND[kind] for name in listed.words(key)}
    other = listed.all_words() - of_kind
    found: dict[LocalKey, float] = {}
    for member in cast.members():
        if member.kind is not EntityKind.ORGANIZATION:
            continue
        words = member.name.lower().split()
        if noun in words and len(words) > 1:
            found[member.key] = 0.85
        elif member.name in of_kind or f"{member.name} {noun.title()}" in of_kind:
            found[member.key] = 0.75
        elif kinds[0] in {"company", "civil_society"} and _is_open(member.name, words, other):
            found[member.key] = 0.5
    return found


def _is_open(name: str, words: list[str], other: frozenset[str]) -> bool:
    heads = open_lexicon("organization_words").words("heads")
    return name not in other and heads.isdisjoint(words[-1:])
