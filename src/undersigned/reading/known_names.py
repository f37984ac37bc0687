"""What lexicons and patterns know about the names of a block, put together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from undersigned.reading.gazetteer import find_listed
from undersigned.reading.name_bodies import find_bodies
from undersigned.reading.name_datelines import find_dateline
from undersigned.reading.name_persons import find_persons
from undersigned.reading.name_types import NameType
from undersigned.reading.name_words import capital, head_words, is_title

if TYPE_CHECKING:
    from undersigned.reading.name_candidates import Range
    from undersigned.reading.name_types import BlockTokens


def find_repeats(block: BlockTokens, told: dict[str, NameType]) -> dict[Range, NameType]:
    """Where names that the story tells elsewhere, in lower case, stand in a heading."""
    longest = max((name.count(" ") + 1 for name in told), default=0)
    found: dict[Range, NameType] = {}
    index = 0
    while index < len(block):
        for end in range(min(len(block), index + longest), index, -1):
            kind = told.get(" ".join(block.lowers[index:end]))
            if kind is not None and capital(block, index):
                found[index, end] = kind
                index = end - 1
                break
        index += 1
    return found


def _is_part_of_name(
    block: BlockTokens, place: Range, listed: dict[Range, NameType | None]
) -> bool:
    """Whether a listed single word stands in a longer unlisted name ("Zara" in "Zara Okoro")."""
    start, end = place
    word = block.texts[start]
    if end - start > 1 or listed[place] is None or (word.isupper() and len(word) > 1):
        return False
    return (
        capital(block, end)
        and block.pos_at(end) == "PROPN"
        and all(first != end for first, _ in listed)
        and block.lowers[end] not in head_words()
        and not _runs_into_title(block, end)
        and block.spaced[start]
    )


def _runs_into_title(block: BlockTokens, start: int) -> bool:
    """Whether capitals lead to a title, as in "Senate *Majority Leader* Ada Lind"."""
    while capital(block, start):
        if is_title(block.texts[start]):
            return True
        start += 1
    return False


def find_known_names(block: BlockTokens) -> dict[Range, NameType | None]:
    """What lexicons and patterns see in a block; None where they see that it is no name."""
    listed = find_listed(block)
    known = {
        place: kind for place, kind in listed.items() if not _is_part_of_name(block, place, listed)
    }
    bodies = {
        (start, end)
        for start, end in find_bodies(block, listed)
        if not any(a <= start and end <= b for a, b in listed)
    }
    known.update(dict.fromkeys(find_persons(block, listed), NameType.PERSON))
    known.update(dict.fromkeys(bodies, NameType.ORGANIZATION))
    known.update(dict.fromkeys(find_dateline(block), NameType.PLACE))
    return known
