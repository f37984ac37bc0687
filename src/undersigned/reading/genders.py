"""Grammatical gender of persons, as far as titles, given names and pronouns show it."""

from __future__ import annotations

from enum import StrEnum
from functools import cache

from undersigned.reading.lexicon import open_lexicon


class Gender(StrEnum):
    """Which pronoun the article uses, or will use, for a person."""

    FEMALE = "female"
    MALE = "male"


@cache
def _gendered(lexicon: str) -> dict[str, Gender]:
    lists = open_lexicon(lexicon)
    both = lists.words("female") & lists.words("male")
    return {word.lower(): gender for gender in Gender for word in lists.words(gender.value) - both}


def gender_from_title(word: str) -> Gender | None:
    """What a courtesy title or gendered noun shows ("Mr.", "actress", "chairman")."""
    return _gendered("gendered_nouns").get(word.lower())


def gender_of_given_name(name: str) -> Gender | None:
    """What a given name shows; None where it is not listed, or borne by both.

    What is listed by hand goes before what the lists of many countries have.
    """
    lower = name.lower()
    if lower in _told_by_hand():
        return _gendered("given_names").get(lower)
    return _gendered("given_names_by_country").get(lower)


@cache
def _told_by_hand() -> frozenset[str]:
    lists = open_lexicon("given_names")
    return frozenset(name.lower() for gender in Gender for name in lists.words(gender.value))
