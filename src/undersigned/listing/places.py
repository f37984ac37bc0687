"""Whether a few words are a place: a country, in the languages of letters, or a known city."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from babel import Locale

from undersigned.listing.lexicon import words
from undersigned.reading.lexicon import open_lexicon

LANGUAGES: Final = ("en", "de", "fr", "es", "it", "pt", "nl", "sv", "pl")
"""The languages whose names of countries are known."""
_PREFIX: Final = re.compile(r"(?i)(?:from|aus|de|from the|depuis|desde)\s+")
_YEAR: Final = re.compile(r"\s+(?:19|20)\d\d$")
_CODE: Final = re.compile(r"(?:[A-Z]-)?\d{4,6}|[A-Z]{2}")


def is_place(phrase: str) -> bool:
    """Whether every part of a phrase, between commas and slashes, is a place or its code."""
    phrase = _YEAR.sub("", phrase)
    if phrase.strip().isupper() and phrase.strip().lower() in words("bodies", "states"):
        return True
    parts = [part.strip(" .()") for part in re.split(r"[,/]|\s-\s", phrase) if part.strip(" .()")]
    known = _places()
    named = [_PREFIX.sub("", part).lower() in known for part in parts]
    return any(named) and all(
        here or bool(_CODE.fullmatch(part)) for here, part in zip(named, parts, strict=True)
    )


def is_region(phrase: str) -> bool:
    """Whether a phrase is a part of the world that lists of bodies are ordered by: "Europe"."""
    return phrase.strip(" .:()").lower() in words("bodies", "regions")


@cache
def _places() -> frozenset[str]:
    names = {
        name.lower()
        for language in LANGUAGES
        for code, name in Locale(language).territories.items()
        if code.isalpha()
    }
    listed = open_lexicon("places").all_words()
    return frozenset(
        names | {word.lower() for word in listed} | {"usa", "u.s.a", "u.s", "uk", "u.k"}
    )
