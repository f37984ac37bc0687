"""How a list as a whole writes its names, which no entry shows by itself."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from undersigned.listing.entries import Field
from undersigned.listing.kinds import is_given_name
from undersigned.listing.parsing import ListHabits

if TYPE_CHECKING:
    from collections.abc import Sequence

    from undersigned.listing.entries import Entry

_SAMPLE: Final = 300
_MOST: Final = 0.5
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
    turned = [match for text in texts if (match := _TURNED.match(text.strip()))]
    surely = [
        match
        for match in turned
        if is_given_name(match["given"]) and len(match["surname"].split()) <= 3
    ]
    return ListHabits(surname_first=bool(texts) and len(surely) > _MOST * len(texts))
