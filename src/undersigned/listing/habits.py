"""How a list as a whole writes its names, which no entry shows by itself."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from undersigned.listing.entries import Field
from undersigned.listing.kinds import is_given_name, is_surname
from undersigned.listing.signers import ListHabits

if TYPE_CHECKING:
    from collections.abc import Sequence

    from undersigned.listing.entries import Entry

_SAMPLE: Final = 300
_MOST: Final = 0.5
_SURNAME_WORDS: Final = 3
_CLAN: Final = re.compile(r"(?:O['’]|Mc|Mac)[A-Z]")
_TURNED: Final = re.compile(
    r"(?P<surname>[^,(;|]{2,40}),\s*(?P<given>[^\W\d_][\w.\-]*)(?:\s+[\w.\-]+)?\s*(?:[,(;|–—]|$)"
)


def habits_of(entries: Sequence[Entry]) -> ListHabits:
    """The habits of a list: surnames stand first where most entries read "Lee, Ann"."""
    texts = [
        cell.value
        for entry in entries[:_SAMPLE]
        for cell in entry.cells
        if cell.field in (Field.ENTRY, Field.NAME)
    ]
    turned = sum(map(is_turned, texts))
    return ListHabits(surname_first=bool(texts) and turned > _MOST * len(texts))


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
    return usual and surname[0].isupper() and is_turned(name)
