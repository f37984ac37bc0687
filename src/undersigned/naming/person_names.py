"""People's names taken apart: given names, initials, particles, surname, suffix, in any script."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from anyascii import anyascii

from undersigned.names import fold_name
from undersigned.naming.shares import INITIAL_BITS, given_name_bits, surname_bits, word_bits
from undersigned.naming.word_lists import words_in

_INITIALS: Final = re.compile(r"(?:[^\W\d_]\.-?)+[^\W\d_]?\.?|[^\W\d_]")
"""One word that is nothing but initials: "J.", "J.K.", "J"."""
_WHOLE_INITIALS: Final = re.compile(r"[A-Z]{2}")
"""Two capitals before a surname, "JK Rowling", are initials."""
_CAMEL: Final = re.compile(r"(?<=[a-z])(?=[A-Z])")


@dataclass(frozen=True, slots=True)
class PersonName:
    """A name in folded Latin letters.

    `given` and `middle` may be initials, one letter each. `surname` is without its particles; in a
    name of one word everything else is empty. `foreign`: printed in another script.
    """

    given: str
    middle: tuple[str, ...]
    particles: tuple[str, ...]
    surname: str
    suffix: str
    foreign: bool

    @property
    def is_single(self) -> bool:
        """Whether only one word is known."""
        return not self.given

    @property
    def bits(self) -> float:
        """How rare the whole name is: about one person in 2^bits has it."""
        if self.is_single:
            return word_bits(self.surname)
        first = given_name_bits(self.given) if len(self.given) > 1 else INITIAL_BITS
        between = sum(min(given_name_bits(n), 8.0) if len(n) > 1 else 3.0 for n in self.middle[:2])
        return first + between + surname_bits(self.surname)


@lru_cache(maxsize=200_000)
def parse_person(name: str) -> PersonName:
    """Takes a printed name apart. Surname first is understood where a comma says so."""
    foreign = any(ord(c) > 0x24F and c.isalpha() for c in name)
    words = _words(_given_first(name), foreign)
    suffix = ""
    if len(words) > 2 and words[-1] in words_in("person_parts", "suffixes"):
        *words, suffix = words
    if len(words) < 2:
        return PersonName("", (), (), "".join(words), suffix, foreign)
    particles = words_in("person_parts", "particles")
    at = len(words) - 1
    while at > 1 and words[at - 1] in particles and len(words[at - 1]) > 1:
        at -= 1
    given, *middle = words[:at]
    return PersonName(
        given, tuple(middle), tuple(words[at:-1]), words[-1].replace("-", " "), suffix, foreign
    )


def _given_first(name: str) -> str:
    """The name without degrees after a comma, and turned where a comma follows the surname."""
    head, *rest = [part.strip() for part in name.split(",")]
    ends = words_in("person_parts", "suffixes") | words_in("person_parts", "degrees")
    kept = [part for part in rest if fold_name(part) not in ends and part]
    suffixes = [p for p in rest if fold_name(p) in words_in("person_parts", "suffixes")]
    turned = f"{kept[0]} {head}" if len(kept) == 1 else head
    return " ".join([turned, *suffixes])


def _words(name: str, foreign: bool) -> list[str]:
    """The folded words: initials one by one, hyphens kept in the last word, degrees left out."""
    if foreign and " " not in name.strip() and len(name.strip()) <= 4:
        # Han characters or Hangul: the surname, of one character, comes first.
        surname, *given = _CAMEL.sub(" ", anyascii(name.strip())).lower().split()
        return ["".join(given), surname] if given else [surname]
    if foreign:
        name = anyascii(name)
    degrees = words_in("person_parts", "degrees")
    found: list[str] = []
    raw = name.split()
    for at, word in enumerate(raw):
        last = at == len(raw) - 1
        if _INITIALS.fullmatch(word) or (not last and _WHOLE_INITIALS.fullmatch(word)):
            found.extend(c for c in fold_name(word) if c.isalpha())
            continue
        folded = _latin(word).split()
        if not folded or (len(raw) > 2 and "".join(folded) in degrees):
            continue
        found.extend(["-".join(folded)] if last else folded)
    return found


def _latin(word: str) -> str:
    folded = fold_name(word)
    return folded if folded.isascii() else fold_name(anyascii(folded))


# --- Sound ---------------------------------------------------------------------------------------

_SOUNDS: Final = (
    (re.compile(r"sch|sh|tch|ch|zh|cz|sz|ts|tz"), "s"),
    (re.compile(r"ph|v|w|ff"), "f"),
    (re.compile(r"ck|kh|gh|q|c|g|x"), "k"),
    (re.compile(r"dh|th|d"), "t"),
    (re.compile(r"bh|b"), "p"),
    (re.compile(r"[jz]"), "s"),
    (re.compile(r"(?<=.)[aeiouyh]"), ""),
    (re.compile(r"^[aeiouyh]+"), "a"),
    (re.compile(r"([^\d])\1+"), r"\1"),
)


@lru_cache(maxsize=200_000)
def sound_of(word: str) -> str:
    """The consonants of a word in few classes: spellings and romanizations of one name share it.

    "schmidt" and "smit", "nawalnaja" and "navalnaya" give the same. Digits stay.
    """
    sound = word.replace(" ", "")
    for pattern, letter in _SOUNDS:
        sound = pattern.sub(letter, sound)
    return sound or word
