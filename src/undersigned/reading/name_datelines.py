"""The place that a report is dated from, at its beginning: "KISUMU, Kenya, April 3 (Reuters) — …".

Set in capitals, such places look like short names of bodies, and few lexicons know them all.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from undersigned.reading.lexicon import open_lexicon

if TYPE_CHECKING:
    from undersigned.reading.name_candidates import Range
    from undersigned.reading.name_types import BlockTokens

_DASHES = frozenset({"—", "–", "-", "--", "―"})
_LONGEST_PLACE = 4
_LATEST_DASH = 12
"""Tokens from the beginning to the dash: a place, its country, a date and an agency."""


def find_dateline(block: BlockTokens) -> set[Range]:
    """The place in capitals that opens a block of running text before a dash, if there is one."""
    end = 0
    while end < len(block) and _is_capitals(block.texts[end]):
        end += 1
    if not 0 < end <= _LONGEST_PLACE or not any(len(word) > 3 for word in block.texts[:end]):
        return set()
    openers = open_lexicon("name_context").words("openers_in_capitals")
    if not openers.isdisjoint(block.lowers[:end]):
        return set()
    dash = next((i for i in range(end, min(len(block), _LATEST_DASH)) if _is_dash(block, i)), None)
    if dash is None or (dash > end and block.texts[end] not in {",", "("}):
        return set()
    runs_on = any(text.islower() for text in block.texts[dash + 1 :])
    return {(0, end)} if runs_on else set()


def _is_capitals(word: str) -> bool:
    return word.replace(".", "").replace("-", "").isalpha() and word.isupper()


def _is_dash(block: BlockTokens, index: int) -> bool:
    """Whether a dash stands by itself: not the hyphen of a name."""
    dash = block.texts[index]
    return dash in _DASHES and (dash != "-" or block.spaced[index - 1])
