"""How common names are, in bits: about one person in 2^bits bears the name."""

from __future__ import annotations

from functools import cache
from typing import Final

from undersigned.naming.word_lists import read_words

RARE_GIVEN_NAME: Final = 13.0
RARE_SURNAME: Final = 16.0
"""What a name has that is on no list."""
SHORT: Final = 3
"""Unlisted names of so few letters are romanized ones for the most part, which many share."""
SHORT_GIVEN_NAME: Final = 9.0
SHORT_SURNAME: Final = 11.0
RARE_WORD: Final = 12.0
"""A single word that is no listed name: a stage name or a handle."""
INITIAL_BITS: Final = 3.5
"""Initials are no more even than letters in a language."""
FEMALE_ENDINGS: Final = ("ova", "eva", "ina")
"""Of Slavic surnames that are listed in the form that men bear."""


@cache
def _shares(name: str) -> dict[str, float]:
    bands = read_words(name)["shares"]
    return {word: float(band["bits"]) for band in bands for word in band["words"].split()}


def given_name_bits(name: str) -> float:
    """The bits of a folded given name."""
    unlisted = SHORT_GIVEN_NAME if len(name) <= SHORT else RARE_GIVEN_NAME
    return _shares("given_name_shares").get(name, unlisted)


def surname_bits(name: str) -> float:
    """The bits of a folded surname; of a double one those of its rarer part, and a few more."""
    parts = name.split()
    if not parts:
        return 0.0
    if len(parts) > 1:
        return max(map(surname_bits, parts)) + 4.0
    shares = _shares("surname_shares")
    if name not in shares and name.endswith(FEMALE_ENDINGS):
        return shares.get(name.removesuffix("a"), RARE_SURNAME)
    return shares.get(name, SHORT_SURNAME if len(name) <= SHORT else RARE_SURNAME)


def is_surname(name: str) -> bool:
    """Whether a folded word is a listed surname."""
    return name in _shares("surname_shares")


def word_bits(word: str) -> float:
    """The bits of a name of one word, which may be a given name, a surname or neither."""
    listed = (_shares(name).get(word) for name in ("given_name_shares", "surname_shares"))
    return min((bits for bits in listed if bits is not None), default=RARE_WORD)


def is_given_name(name: str) -> bool:
    """Whether a folded word is a listed given name."""
    return name in _shares("given_name_shares")
