"""Which column of a table holds what, by the names of the columns."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

from undersigned.listing.consent import consent_field
from undersigned.listing.entries import Field
from undersigned.listing.lexicon import words

if TYPE_CHECKING:
    from collections.abc import Sequence

_TOGETHER: Final = re.compile(r"[/,&+;|]|\b(?:and|or|und|oder|et|ou|y|o|e)\b")
NAMING: Final = (Field.NAME, Field.GIVEN_NAME, Field.FAMILY_NAME)
"""The fields that name a signer; a table needs one of them, or organizations."""


def fields_of(columns: Sequence[str]) -> dict[int, Field]:
    """The field of each column that says something of the signers, by its number.

    One column a field: of two the first. A lone given name or surname is the whole name, as "Nom"
    and "Nombre" are where there is no second column. Empty where no column names signers.
    """
    found: dict[int, Field] = {}
    for number, column in enumerate(columns):
        known = field_of(column)
        if known is not None and known not in found.values():
            found[number] = known
    named = {field for field in found.values() if field in NAMING}
    if named in ({Field.GIVEN_NAME}, {Field.FAMILY_NAME}):
        number = next(n for n, field in found.items() if field in NAMING)
        found[number] = Field.NAME
    elif Field.NAME in named and len(named) == 2:
        _take_apart(found)
    if not named and Field.ORGANIZATION not in found.values():
        return {}
    return found


def _take_apart(found: dict[int, Field]) -> None:
    """As in "Name" beside "First name" is the surname; beside "Surname" it is the given name."""
    other = Field.FAMILY_NAME if Field.GIVEN_NAME in found.values() else Field.GIVEN_NAME
    number = next(n for n, field in found.items() if field is Field.NAME)
    found[number] = other


def field_of(column: str) -> Field | None:
    """The field that a column's name stands for; None for unknown ones and those not kept."""
    bare = _bare(column)
    if bare in words("columns", "ignored"):
        return None
    return _fields().get(bare) or consent_field(bare) or _of_several(column)


def _of_several(column: str) -> Field | None:
    """The field of a name that puts two together: "Beruf / Institution" is an affiliation."""
    parts = [part for part in _TOGETHER.split(column) if part.strip()]
    found = {_fields().get(_bare(part)) for part in parts}
    if len(parts) < 2 or None in found:
        return None
    if found <= {Field.ROLE, Field.ORGANIZATION, Field.AFFILIATION}:
        return Field.AFFILIATION
    return found.pop() if len(found) == 1 else None


def _bare(column: str) -> str:
    spaced = re.sub(r"(?<=[a-zß-ÿ])(?=[A-Z])", " ", column)
    bare = re.sub(r"\([^)]*\)", " ", spaced.lower())
    bare = " ".join(re.sub(r"[\W_]+", " ", bare).split())
    return re.sub(r"^(?:your|ihr|ihre|votre|su|tu|please enter your|enter your)\s+", "", bare)


@cache
def _fields() -> dict[str, Field]:
    return {
        word: field
        for field in reversed(Field)
        if field is not Field.ENTRY
        for word in words("columns", field.value)
    }
