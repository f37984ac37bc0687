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
    surnames,
)

if TYPE_CHECKING:
    from undersigned.reading.name_candidates import Range
    from undersigned.reading.name_types import BlockTokens

_PREPOSITIONS = frozenset({"of", "for", "on", "to", "against"})


def find_bodies(block: BlockTokens, listed: dict[Range, NameType | None]) -> set[Range]:
    """Names built on a head noun: "Riverside Housing Fund", "Office of Public Works"."""
    found = set()
    branching = open_lexicon("organization_words").words("branching")
    fields = open_lexicon("organization_words").words("fields")
    bodies = {
        start
        for (start, end), kind in listed.items()
        if kind is NameType.ORGANIZATION and (end - start > 1 or block.lowers[start] not in fields)
    }
    places = {start: end for (start, end), kind in listed.items() if kind is NameType.PLACE}
    for index in range(len(block)):
        if not capital(block, index) or block.lowers[index] not in head_words():
            continue
        start, end = _leftmost(block, index, listed), index + 1
        if end in places and end - start >= 2 and not capital(block, places[end]):
            found.add((start, places[end]))  # "Trinity College Dublin"
            continue
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


def _leftmost(block: BlockTokens, head: int, listed: dict[Range, NameType | None]) -> int:
    start = head
    while capital(block, start - 1) or (
        block.lower_at(start - 1) in {"&", "-"} and capital(block, start - 2)
    ):
        before = start - 1 if capital(block, start - 1) else start - 2
        if is_no_name_word(block.texts[before]) or is_title(block.texts[before]):
            break
        start = before
    return _over_and(block, start, {number for place in listed for number in range(*place)})


def _over_and(block: BlockTokens, start: int, inside: set[int]) -> int:
    """Where "Iron and" of "the Iron and Steel Institute" begins: two fields, one head."""
    first = start - 2
    if block.lower_at(start - 1) not in {"and", "&"} or not _is_field_word(block, first):
        return start
    if inside & {first, start} or block.texts[start].isupper():
        return start
    while _is_plain_capital(block, first - 1):
        first -= 1
    return first if block.lower_at(first - 1) == "the" else start


def _is_field_word(block: BlockTokens, index: int) -> bool:
    """Whether a word may be what a body deals with: no acronym, no name of a person."""
    return _is_plain_capital(block, index) and block.texts[index] not in (
        given_names() | surnames()
    )


def _is_plain_capital(block: BlockTokens, index: int) -> bool:
    word = block.texts[index] if capital(block, index) else ""
    return bool(word) and not (
        word.isupper() or is_no_name_word(word) or is_title(word) or word in given_names()
    )


def _branch_end(block: BlockTokens, end: int, listed_starts: set[int]) -> int:
    """Where "of Science and Technology Policy" ends, or the place itself without such a branch."""
    if block.lower_at(end) not in _PREPOSITIONS:
        return end
    after = end + 2 if block.lower_at(end + 1) == "the" else end + 1
    if not _may_branch(block, after) or after in listed_starts:
        return end
    last = after
    if block.lowers[end - 1] in {"office", "bureau"} and block.lower_at(after - 1) == "the":
        return _office_end(block, after)
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
            return _fields_end(block, last + 1)


def _office_end(block: BlockTokens, index: int) -> int:
    """The end of an office that is named after its holder: "Office of the Prime Minister"."""
    while capital(block, index) and block.spaced[index - 1]:
        index += 1
    if block.lower_at(index) == "for" and capital(block, index + 1):
        return _office_end(block, index + 1)
    return index


def _fields_end(block: BlockTokens, end: int) -> int:
    """Where ", Technology and Metallurgy" ends behind a first field, or `end`."""
    fields = open_lexicon("organization_words").words("fields")
    index = end
    while block.lower_at(index) == "," and block.lower_at(index + 1) in fields:
        index += 2
        while capital(block, index):
            index += 1
    index += block.lower_at(index) == "," and block.lower_at(index + 1) in {"and", "&"}
    joined = block.lower_at(index) in {"and", "&"} and block.lower_at(index + 1) in fields
    if not joined or not capital(block, index + 1):
        return end
    index += 2
    while block.lower_at(index) in fields and capital(block, index):
        index += 1
    return index


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
