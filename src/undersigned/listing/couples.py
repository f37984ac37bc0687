"""Several people in one entry: "Sandra and Peter Hollis", "Ann Lee & Bob Ray"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from undersigned.listing.kinds import is_given_name, is_organization, reads_as_person
from undersigned.listing.naming import without_titles
from undersigned.listing.scripts import is_latin

if TYPE_CHECKING:
    from undersigned.listing.signers import Place

_JOINED: Final = re.compile(r"\s+(?:&|\+|and|und|et|y|e|en|og|och)\s+")
_FULL_NAME_WORDS: Final = 3
_INITIAL: Final = re.compile(r"[^\W\d_]\.?(?:\s?[^\W\d_]\.)?")


def couple_in(text: str, start: int, end: int) -> tuple[tuple[Place, ...], ...] | None:
    """The places of the names of two people; None where a stretch names one, or a body.

    Of two with one surname the first has two places: the given name, and the surname behind.
    """
    joined = list(_JOINED.finditer(text, start, end))
    if len(joined) != 1:
        return None
    one = without_titles(text, start, joined[0].start())
    other = without_titles(text, joined[0].end(), end)
    first, second = text[slice(*one)], text[slice(*other)]
    if reads_as_person(first) and reads_as_person(second):
        return (one,), (other,)
    if _share_surname(first, second):
        return (one,), (other,)
    given, _, surname = second.partition(" ")
    if surname and _is_given(first) and _is_given(given) and not is_organization(second):
        return (one, (other[1] - len(surname), other[1])), (other,)
    return None


def _share_surname(first: str, second: str) -> bool:
    """As "Solveig Aas & Per Aas": no body has a name like that."""
    names = [name.split() for name in (first, second)]
    return (
        all(2 <= len(name) <= _FULL_NAME_WORDS and name[0].istitle() for name in names)
        and names[0][-1] == names[1][-1]
        and names[0] != names[1]
    )


def people_in(text: str, start: int, end: int) -> tuple[tuple[Place, ...], ...] | None:
    """The places of the full names that commas part in a cell for names; None for other cells."""
    parts = [
        without_titles(text, found.start(), found.end())
        for found in re.compile(r"[^,;/]*[^,;/\s]").finditer(text, start, end)
    ]
    names = [text[slice(*part)].split() for part in parts]
    full = all(len(name) > 1 and name[0][:1].isupper() for name in names)
    # Of "García Márquez, Elena María" the second is no full name.
    # "Артемий Воронов, Artemy Voronov" is one.
    scripts = {is_latin(text[slice(*part)]) for part in parts}
    if len(parts) < 2 or not full or len(scripts) > 1 or not any(map(_is_sure, names[1:])):
        return None
    return tuple((part,) for part in parts)


def _is_sure(name: list[str]) -> bool:
    return reads_as_person(" ".join(name)) and not is_given_name(name[-1])


def _is_given(words: str) -> bool:
    return bool(_INITIAL.fullmatch(words)) or is_given_name(words)
