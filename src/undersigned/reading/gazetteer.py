"""Names that the lexicons know as such, found in the text by their exact spelling."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from babel import Locale

from undersigned.reading.lexicon import open_lexicon
from undersigned.reading.name_types import NameType

if TYPE_CHECKING:
    from collections.abc import Mapping

    from undersigned.reading.name_candidates import Range
    from undersigned.reading.name_types import BlockTokens

_FIRST_WORD = re.compile(r"\w+")
_LONGEST = 9
"""Tokens in the longest name of the lexicons, hyphens and full stops included."""

Known = NameType | None
"""What a known name names; None for days, peoples and things, which are no names for us."""


@cache
def _entries() -> Mapping[str, Known]:
    """All known spellings; where lexicons disagree, organizations go before places."""
    known: dict[str, Known] = {}
    known.update(dict.fromkeys(_countries(), NameType.PLACE))
    known.update(dict.fromkeys(open_lexicon("cities").all_words(), NameType.PLACE))
    known.update(dict.fromkeys(open_lexicon("places").all_words(), NameType.PLACE))
    known.update(dict.fromkeys(open_lexicon("organizations").all_words(), NameType.ORGANIZATION))
    known.update(dict.fromkeys(open_lexicon("peoples").all_words()))
    known.update(dict.fromkeys(open_lexicon("no_names").all_words()))
    return known


def _countries() -> set[str]:
    """English names of countries and territories, and of the parts of the world (Unicode CLDR)."""
    found: set[str] = set()
    for name in Locale("en").territories.values():
        # As papers write "Myanmar (Burma)", "Hong Kong SAR China", "Bosnia & Herzegovina".
        for form in re.split(r"\s*[()]", name.replace("’", "'")):
            usual = form.removesuffix(" SAR China").strip()
            found |= {usual, usual.replace(" & ", " and ")}
    return {name for name in found if name[:1].isupper()}


@cache
def _first_words() -> frozenset[str]:
    found = (_FIRST_WORD.match(name) for name in _entries())
    return frozenset(match[0] for match in found if match)


def lookup(words: str) -> tuple[bool, Known]:
    """Whether a spelling is known, and as what; curly apostrophes count as straight ones."""
    plain = words.replace("’", "'")
    entries = _entries()
    return plain in entries, entries.get(plain)


def find_listed(block: BlockTokens) -> dict[Range, Known]:
    """The longest known names of a block that begin at each of its tokens, without overlaps."""
    found: dict[Range, Known] = {}
    index = 0
    while index < len(block):
        match = _FIRST_WORD.match(block.texts[index])
        end = _longest_at(block, index) if match and match[0] in _first_words() else None
        if end is None:
            index += 1
        else:
            found[index, end] = lookup(words_of(block, index, end))[1]
            index = end
    return found


def _longest_at(block: BlockTokens, start: int) -> int | None:
    for end in range(min(len(block), start + _LONGEST), start, -1):
        if lookup(words_of(block, start, end))[0]:
            return end
    return None


def words_of(block: BlockTokens, start: int, end: int) -> str:
    """The words of tokens start to end (exclusive), with the spaces between them."""
    return "".join(
        text + " " if spaced and index < end - 1 else text
        for index, (text, spaced) in enumerate(
            zip(block.texts[start:end], block.spaced[start:end], strict=True), start
        )
    )
