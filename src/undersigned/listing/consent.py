"""Whether those who signed want to be named, by what they ticked."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from undersigned.listing.entries import Field
from undersigned.listing.lexicon import words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from undersigned.listing.entries import Cell

_NAMED: Final = r"\b(?:name|nom|nombre|nome|signature|unterschrift|firma)"
_PUBLISHED: Final = (
    r"(?:publi|show|display|list|reveal|share|print|veröffentlich|genannt|affich|mostr)"
)
_SHOWN: Final = re.compile(rf"\b{_PUBLISHED}\w*\b.*{_NAMED}|{_NAMED}.*\b{_PUBLISHED}")
_HIDDEN: Final = re.compile(
    r"\b(?:anonym\w*|(?:hide|withhold|keep)\b.*\b(?:name|signature|anonymous|private))"
)


def consent_field(column: str) -> Field | None:
    """The field of a column that asks whether a name may be shown; None for other columns.

    Args:
        column: its name in lower case, without signs.
    """
    if column in words("columns", "hidden") or _HIDDEN.search(column):
        return Field.HIDDEN
    if column in words("columns", "shown") or _SHOWN.search(column):
        return Field.SHOWN
    return None


def is_withheld(cells: Iterable[Cell]) -> bool:
    """Whether a row's signer asked not to be named. An answer that says neither is none."""
    return any(
        (cell.field is Field.SHOWN and _answers(cell.value, "no"))
        or (cell.field is Field.HIDDEN and _answers(cell.value, "yes"))
        for cell in cells
    )


def _answers(value: str, answer: str) -> bool:
    bare = " ".join(re.sub(r"[^\w\s]", " ", value.lower()).split())
    known = words("columns", f"{answer}-values")
    return bare in known or bare.split(" ", 1)[0] in known
