"""How a list as a whole writes its names, and whose: which no entry shows by itself."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from undersigned.listing.entries import Field, Section
from undersigned.listing.kinds import (
    is_given_name,
    is_organization,
    is_surname,
    may_be_surname,
    reads_as_person,
)
from undersigned.listing.lexicon import words
from undersigned.listing.naming import without_titles
from undersigned.listing.pieces import cut_entry
from undersigned.listing.signers import ListHabits

if TYPE_CHECKING:
    from collections.abc import Sequence

    from undersigned.listing.entries import Entry

_SAMPLE: Final = 300
_MOST: Final = 0.5
_LEAST_PEOPLE: Final = 10
_SURNAME_WORDS: Final = 3
_CLAN: Final = re.compile(r"(?:O['’]|Mc|Mac)[A-Z]")
_TURNED: Final = re.compile(
    r"(?P<surname>[^,(;|]{2,40}),\s*(?P<given>[^\W\d_][\w.\-]*)(?:\s+[\w.\-]+)?\s*(?:[,(;|–—]|$)"
)


def habits_of(entries: Sequence[Entry]) -> ListHabits:
    """The habits of a list: surnames stand first where most entries read "Lee, Ann".

    It names people alone where ten entries surely do, and no entry is surely a body's.
    """
    texts = [
        cell.value
        for entry in entries[:_SAMPLE]
        for cell in entry.cells
        if cell.field in (Field.ENTRY, Field.NAME)
    ]
    turned = sum(map(is_turned, texts))
    names = [name for entry in entries[:_SAMPLE] if (name := _name_in(entry))]
    bodies = any(is_organization(name) and not may_be_surname(name) for name in names)
    people = not bodies and sum(map(reads_as_person, names)) >= _LEAST_PEOPLE
    return ListHabits(surname_first=bool(texts) and turned > _MOST * len(texts), people=people)


def _name_in(entry: Entry) -> str:
    """What an entry begins with; nothing where its section says already who signs in it."""
    if entry.section is Section.ORGANIZATIONS:
        return ""
    named = (cell for cell in entry.cells if cell.field in (Field.ENTRY, Field.NAME))
    text = next((cell.value for cell in named), "")
    cut = cut_entry(text)
    name = " ".join(text[slice(*stretch)] for stretch in cut.name)
    return name[slice(*without_titles(name, 0, len(name)))]


def is_turned(name: str) -> bool:
    """Whether an entry surely begins with the surname: "Lee, Ann"."""
    found = _TURNED.match(name.strip())
    return (
        found is not None
        and is_given_name(found["given"])
        and len(found["surname"].split()) <= _SURNAME_WORDS
    )


def is_turned_alone(name: str) -> bool:
    """Whether a name by itself, in a list of other habits, begins with a usual surname."""
    surname = name.split(",")[0].strip()
    last = surname.split()[-1] if surname else ""
    usual = is_surname(last) or _CLAN.match(last) is not None
    if surname.split()[:1] and surname.split()[0] in words("naming", "particles"):
        return is_turned(name)  # "van Aerschot, Wim": no name ends there
    return usual and surname[0].isupper() and is_turned(name)
