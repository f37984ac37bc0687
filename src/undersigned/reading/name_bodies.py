"""Organizations that show by their build what they are: "Riverside Housing Fund".

Capitals and head nouns decide; the tagger's parts of speech are hardly needed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from undersigned.reading.lexicon import open_lexicon
from undersigned.reading.name_types import NameType
from undersigned.reading.name_words import (
    capital,
    given_names,
    head_words,
    is_no_name_word,
    is_people,
    is_title,
)

if TYPE_CHECKING:
    from undersigned.reading.name_candidates import Range
    from undersigned.reading.name_types import BlockTokens

_PREPOSITIONS = frozenset({"of", "for", "on", "to", "against"})


def find_bodies(block: BlockTokens, listed: dict[Range, NameType | None]) -> set[Range]:
    """Names built on a head noun: "Riverside Housing Fund", "Office of Public Works"."""
    found = set()
    branching = open_lexicon("organization_words").words("branching")
    bodies = {start for (start, _), kind in listed.items() if kind is NameType.ORGANIZATION}
    for index in range(len(block)):
        if not capital(block, index) or block.lowers[index] not in head_words():
            continue
        start, end = _leftmost(block, index), index + 1
        if _goes_on(block, end):
            continue
        if block.lowers[index] in branching:
            named = block.lowers[index] in open_lexicon("organization_words").words(
                "named_by_field"
            )
            end = _branch_end(block, end, set() if named else bodies)
        if end - start >= 2:
            found.add((start, end))
    return found | _governments(block, listed)


def _goes_on(block: BlockTokens, end: int) -> bool:
    """Whether the name goes on after its head noun ("Climate Action Plan": no organization)."""
    return capital(block, end) and (
        block.lowers[end] in head_words()
        or (
            block.pos[end] in {"PROPN", "NOUN"}
            and not is_title(block.texts[end])
            and block.texts[end] not in given_names()
        )
    )


def _leftmost(block: BlockTokens, head: int) -> int:
    start = head
    while capital(block, start - 1) or (
        block.lower_at(start - 1) in {"&", "-"} and capital(block, start - 2)
    ):
        before = start - 1 if capital(block, start - 1) else start - 2
        if is_no_name_word(block.texts[before]) or is_title(block.texts[before]):
            break
        start = before
    return start


def _branch_end(block: BlockTokens, end: int, listed_starts: set[int]) -> int:
    """Where "of Science and Technology Policy" ends, or the place itself without such a branch."""
    if block.lower_at(end) not in _PREPOSITIONS:
        return end
    after = end + 2 if block.lower_at(end + 1) == "the" else end + 1
    if not _may_branch(block, after) or after in listed_starts:
        return end
    last = after
    while True:
        if _may_branch(block, last + 1) and block.spaced[last]:
            last += 1
        elif (
            block.lower_at(last + 1) in {"and", "&", "of", "for"}
            and capital(block, last + 2)
            and last + 2 not in listed_starts
            and block.texts[last + 2] not in given_names()
            and "." not in block.texts[last + 2]
        ):
            last += 2
        elif block.lower_at(last + 1) == "the" and block.lower_at(end) == "to":
            if not capital(block, last + 2):
                return last + 1
            last += 2
        else:
            return last + 1


def _may_branch(block: BlockTokens, index: int) -> bool:
    return (
        capital(block, index)
        and not is_title(block.texts[index])
        and block.texts[index] not in given_names() | open_lexicon("no_names").words("calendar")
    )


def _governments(block: BlockTokens, listed: dict[Range, NameType | None]) -> set[Range]:
    """A name and a lower-case noun: "Trump administration", "Clinton campaign"."""
    nouns = open_lexicon("organization_words").words("governments")
    ends = {end for _, end in listed}
    found = set()
    for index in range(1, len(block)):
        if block.lowers[index] not in nouns or block.texts[index][:1].isupper():
            continue
        start = index
        while capital(block, start - 1) and start > index - 3:
            before = block.texts[start - 1]
            if is_title(before) or is_people(before) or is_no_name_word(before):
                break
            start -= 1
        named = start < index and block.pos[index - 1] == "PROPN" and index not in ends
        if named:
            found.add((start, index + 1))
    return found
