"""Persons who show by a title or a given name that they are: "Sen. Ann Lee"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from undersigned.reading.lexicon import open_lexicon
from undersigned.reading.name_types import NameType
from undersigned.reading.name_words import (
    capital,
    given_names,
    head_words,
    is_no_name_word,
    is_office,
    is_people,
    is_title,
    surnames,
)

if TYPE_CHECKING:
    from undersigned.reading.name_candidates import Range
    from undersigned.reading.name_types import BlockTokens

_MAX_NAME_WORDS = 4
_LONGEST_FIELD = 8
"""Tokens of the longest field, with "of the": "of Health and Human Services"."""
_INITIAL = re.compile(r"[A-Z]\.")


def find_persons(block: BlockTokens, listed: dict[Range, NameType | None]) -> set[Range]:
    """Capitalised words after a title, and those that begin with a given name."""
    inside = {index for start, end in listed for index in range(start, end)}
    surname_like = {
        start
        for (start, end), kind in listed.items()
        if end - start == 1
        and (kind is NameType.PLACE or (kind is not None and block.texts[start] in surnames()))
    }
    found = set()
    for index in range(len(block)):
        if not _may_begin(block, index, inside):
            continue
        opens = block.texts[index] in given_names() or _INITIAL.fullmatch(block.texts[index])
        given = bool(opens) and _is_left_edge(block, index, inside)
        end = _person_end(block, index, inside if not given else inside - surname_like)
        titled = (
            index > 0 and is_title(block.texts[index - 1]) and not is_title(block.lower_at(end))
        ) or (end - index >= 2 and follows_field(block, index))
        if titled or (given and end - index >= 2):
            found.add((index, end))
    return found


def follows_field(block: BlockTokens, index: int) -> bool:
    """Whether an office with its field stands right before: "Secretary of State *Ann Lee*".

    What is the field and what the name only a given name tells.
    """
    if not _is_given(block.texts[index]) or index < 3:
        return False
    for before in range(index - 2, max(index - _LONGEST_FIELD, 0), -1):
        lower = block.lowers[before]
        if lower in {"of", "for"}:
            return is_office(block.texts[before - 1]) and capital(block, before - 1)
        if not (capital(block, before) or lower in {"the", "and", "&", ","}):
            return False
    return False


def _is_given(word: str) -> bool:
    return word in given_names() or word in open_lexicon("given_names_by_country").all_words()


def _may_begin(block: BlockTokens, index: int, inside: set[int]) -> bool:
    return (
        capital(block, index)
        and (index not in inside or block.texts[index] in given_names())
        and _is_name_word(block, index)
    )


def _is_name_word(block: BlockTokens, index: int) -> bool:
    word, lower = block.texts[index], block.lowers[index]
    return (
        block.pos[index] in {"PROPN", "X", "NOUN", "ADJ", "VERB"}
        and not is_no_name_word(word)
        and lower not in head_words()
        and not is_title(word)
        and not is_people(word)
        and (not word.isupper() or len(word.strip(".")) < 3)
    )


def _is_surname_word(block: BlockTokens, index: int) -> bool:
    """As `_is_name_word`; also a calling ("Baker") where no further name follows.

    An office ("King", "Bishop") is a surname only right after a listed given name.
    """
    calling = is_title(block.texts[index]) and (
        not is_office(block.texts[index]) or block.texts[index - 1] in given_names()
    )
    if block.pos[index] == "INTJ":
        return True
    return _is_name_word(block, index) or (calling and not capital(block, index + 1))


def _is_left_edge(block: BlockTokens, index: int, inside: set[int]) -> bool:
    """Whether no earlier capitalised word belongs to the same person's name."""
    if not capital(block, index - 1):
        return True
    before = block.texts[index - 1]
    return index - 1 in inside or is_title(before) or is_people(before) or before.endswith("s")


def _person_end(block: BlockTokens, start: int, inside: set[int]) -> int:
    particles = open_lexicon("person_names").words("particles")
    suffixes = open_lexicon("person_names").words("suffixes")
    end = start + 1
    while end < len(block) and end - start < _MAX_NAME_WORDS + 2:
        if not block.spaced[end - 1] and block.texts[end] not in {"-", "–"}:
            break
        if block.texts[end] in suffixes:
            return end + 1
        if capital(block, end) and end not in inside and _is_surname_word(block, end):
            end += 1
        elif (
            block.texts[end] in {"-", "–"}
            and not block.spaced[end]
            and not block.spaced[end - 1]
            and capital(block, end + 1)
        ):
            end += 2
        elif block.lowers[end] in particles and (
            capital(block, end + 1) or block.lower_at(end + 1) in particles
        ):
            end += 1
        else:
            break
    return end
