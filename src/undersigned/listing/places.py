"""Whether a few words are a place: a country, in the languages of letters, or a known city."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from babel import Locale

from undersigned.reading.lexicon import open_lexicon

LANGUAGES: Final = ("en", "de", "fr", "es", "it", "pt", "nl", "sv", "pl")
"""The languages whose names of countries are known."""
_PREFIX: Final = re.compile(r"(?i)(?:from|aus|de|from the|depuis|desde)\s+")
_CODE: Final = re.compile(r"(?:[A-Z]-)?\d{4,6}|[A-Z]{2}")


def is_place(phrase: str) -> bool:
    """Whether every part of a phrase, between commas and slashes, is a place or its code."""
    parts = [part.strip(" .()") for part in re.split(r"[,/]|\s-\s", phrase) if part.strip(" .()")]
    known = _places()
    named = [_PREFIX.sub("", part).lower() in known for part in parts]
    return any(named) and all(
        here or bool(_CODE.fullmatch(part)) for here, part in zip(named, parts, strict=True)
    )


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
