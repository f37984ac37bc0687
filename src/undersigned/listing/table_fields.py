"""Which column of a table holds what: by a mapping file, by the columns' names, by its values."""

from __future__ import annotations

import difflib
import re
from typing import TYPE_CHECKING, Final

from undersigned.errors import MappingInvalid
from undersigned.listing.columns import NAMING, field_of, fields_of
from undersigned.listing.entries import Field
from undersigned.listing.kinds import reads_as_person
from undersigned.listing.looks import looks_like_signer
from undersigned.listing.places import is_place
from undersigned.listing.remarks import is_link, is_when

if TYPE_CHECKING:
    from undersigned.listing.mapping import ListMapping
    from undersigned.listing.tables import Record

FIRST_COLUMN: Final = "column 1"
"""The name of the first column of a table without a header."""
_SAMPLE: Final = 200
_LEAST_ROWS: Final = 3
"""With fewer rows, that a value looks like a person says nothing of its column."""
_MOST: Final = 0.6
_SOME: Final = 0.3


def table_fields(
    rows: list[Record], columns: list[str], mapping: ListMapping, origin: str
) -> dict[str, Field]:
    """The fields of the columns that tell of signers; empty where none does.

    Raises:
        MappingInvalid: the mapping names a column that is not there.
    """
    return _mapped(mapping, columns, origin) or _named(columns, rows) or _by_looks(rows, columns)


def _mapped(mapping: ListMapping, columns: list[str], origin: str) -> dict[str, Field]:
    """The fields that a mapping file gives; other columns keep what their names say."""
    if not mapping.columns:
        return {}
    found: dict[str, Field] = {}
    for field, column in mapping.columns.items():
        if column not in columns:
            near = difflib.get_close_matches(column, columns, n=3, cutoff=0.4)
            hint = f"did you mean {', '.join(near)}? " if near else ""
            raise MappingInvalid(
                f"{origin}: the mapping file has {field.value} = '{column}', and there is no such "
                f"column; {hint}there are: {', '.join(columns)}"
            )
        found[column] = field
    named = bool(set(found.values()) & {*NAMING, Field.ORGANIZATION, Field.HANDLE})
    for column, field in _named(columns, []).items():
        clash = field in found.values() or (named and field in NAMING)
        if column not in found and not clash:
            found[column] = field
    return found


def _named(columns: list[str], rows: list[Record]) -> dict[str, Field]:
    """The fields by the columns' names; of a nested one ("user.name") its last part counts, too.

    Of two columns for one field the first holds, and the other where no row has both: in YAML and
    JSON an organization that signed may stand under another key than one that a signer belongs to.
    """
    last = [column.rsplit(".", 1)[-1] for column in columns]
    named = {columns[n]: field for n, field in (fields_of(columns) or fields_of(last)).items()}
    for column, words in zip(columns, last, strict=True) if named else ():
        field = None if column in named else field_of(column) or field_of(words)
        beside = {other for other, taken in named.items() if taken is field}
        if field and not any(
            _has(row, column) and any(_has(row, other) for other in beside) for row in rows
        ):
            named[column] = field
    return named


def _has(row: Record, column: str) -> bool:
    return column in row and bool(row[column].text.strip())


def _by_looks(rows: list[Record], columns: list[str]) -> dict[str, Field]:
    """Where no column's name helps: the one whose values are mostly names of people, and others."""
    sample = rows[:_SAMPLE]
    shares = {
        column: sum(reads_as_person(_head(row[column].text)) for row in sample if column in row)
        / len(sample)
        for column in columns
    }
    best = max(shares, key=lambda column: shares[column], default=None)
    alone = columns == [FIRST_COLUMN] and best is not None and _looks_listed(sample, best)
    if best is None or (not alone and (shares[best] < _SOME or len(rows) < _LEAST_ROWS)):
        return {}
    found = {best: Field.NAME}
    for column in columns:
        values = [row[column].text for row in sample if column in row and row[column].text.strip()]
        if column == best or not values or len(set(values)) < 2:
            continue
        plain = [
            v
            for v in values
            if not (is_place(v) or is_link(v) or is_when(v) or "@" in v or v.isdigit())
        ]
        if len(plain) > _MOST * len(values) and Field.AFFILIATION not in found.values():
            found[column] = Field.AFFILIATION
    return found


def _head(value: str) -> str:
    return re.split(r"[,(|;]", value)[0].strip()


def _looks_listed(rows: list[Record], column: str) -> bool:
    values = [row[column].text for row in rows if column in row]
    return sum(map(looks_like_signer, values)) > _MOST * len(values)
