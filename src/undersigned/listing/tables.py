"""Tables of signers: records with the place of every value, from whatever format they were read."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from undersigned.errors import MappingInvalid, SignersNotFound
from undersigned.listing.columns import NAMING, fields_of
from undersigned.listing.entries import Cell, Entry, Field, Section
from undersigned.listing.kinds import reads_as_person
from undersigned.listing.looks import looks_like_signer
from undersigned.listing.places import is_place
from undersigned.listing.remarks import is_link, is_when

if TYPE_CHECKING:
    from collections.abc import Sequence

    from undersigned.listing.mapping import ListMapping

_HEADER_WITHIN: Final = 12
"""Rows in which a header is looked for: spreadsheets have titles and blank rows above it."""
_SAMPLE: Final = 200
_FIRST_COLUMN: Final = "column 1"
_LEAST_ROWS: Final = 3
"""With fewer rows, that a value looks like a person says nothing of its column."""
_MOST: Final = 0.6
_SOME: Final = 0.3


class Value(NamedTuple):
    """One value: its place in the source's text, and what it says without the format's escapes."""

    start: int
    end: int
    text: str


Record = dict[str, Value]
"""The values of one signer by the names of the columns."""


@dataclass(frozen=True, slots=True)
class Records:
    """The records of a table, and the place of its header, if it has one in the text."""

    rows: list[Record]
    header: tuple[int, int] | None = None
    notes: tuple[str, ...] = ()


def records_of_rows(rows: Sequence[Sequence[Value]]) -> Records:
    """The records of a table of cells: its header is found among the first rows.

    Without a header the columns are named "column 1" and so on.
    """
    for number, row in enumerate(rows[:_HEADER_WITHIN]):
        names = [value.text for value in row]
        if sum(1 for name in names if name.strip()) and fields_of(names) and not _is_data(names):
            columns = _unique(names)
            return Records(_keyed(columns, rows[number + 1 :]), (row[0].start, row[-1].end))
    width = max((len(row) for row in rows), default=0)
    if rows and _may_be_header([value.text for value in rows[0]], rows):
        first = rows[0]
        return Records(
            _keyed(_unique([v.text for v in first]), rows[1:]), (first[0].start, first[-1].end)
        )
    return Records(_keyed([f"column {n + 1}" for n in range(width)], rows))


def _is_data(names: list[str]) -> bool:
    return any(is_link(name) or is_when(name) for name in names if name.strip())


def _may_be_header(names: list[str], rows: Sequence[Sequence[Value]]) -> bool:
    """Whether a first row that names no known column is a header all the same: no person in it."""
    if len(rows) < 2 or not all(name.strip() for name in names):
        return False
    persons = [any(reads_as_person(v.text) for v in row) for row in rows[1:_SAMPLE]]
    return not any(map(reads_as_person, names)) and sum(persons) > _SOME * len(persons)


def _unique(names: Sequence[str]) -> list[str]:
    seen: dict[str, int] = {}
    unique = []
    for number, name in enumerate(names):
        bare = " ".join(name.split()) or f"column {number + 1}"
        seen[bare] = seen.get(bare, 0) + 1
        unique.append(bare if seen[bare] == 1 else f"{bare} {seen[bare]}")
    return unique


def _keyed(columns: Sequence[str], rows: Sequence[Sequence[Value]]) -> list[Record]:
    return [
        dict(zip(columns, row, strict=False)) for row in rows if any(v.text.strip() for v in row)
    ]


def entries_of(records: Records, mapping: ListMapping, origin: str) -> list[Entry]:
    """The entries of a table.

    Raises:
        SignersNotFound: no column names signers, or no row does.
        MappingInvalid: the mapping names a column that is not there.
    """
    columns = list(dict.fromkeys(name for row in records.rows for name in row))
    fields = (
        _mapped(mapping, columns, origin) or _named(columns) or _by_looks(records.rows, columns)
    )
    if not columns:
        raise SignersNotFound(f"{origin}: the list is empty: it has no row with a value in it")
    if not fields:
        if columns[0] == _FIRST_COLUMN:  # no header was found; its first row is what people see
            columns = [value.text for value in records.rows[0].values()]
        known = ", ".join(f"'{name}'" for name in columns[:12]) or "none"
        raise SignersNotFound(
            f"{origin}: no column names the signers; found the columns {known}; expected one such "
            "as 'name', 'signatory' or 'organization'; say which in a mapping file of the same "
            'name that ends in .toml: [columns], name = "…"'
        )
    entries = [entry for row in records.rows if (entry := _entry(row, fields, mapping.section))]
    if not entries:
        column = next(
            name
            for name, field in fields.items()
            if field in (*NAMING, Field.ORGANIZATION, Field.HANDLE)
        )
        raise SignersNotFound(
            f"{origin}: the list is empty: no row has a value in the column '{column}'"
        )
    return entries


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
    for column, field in _named(columns).items():
        clash = field in found.values() or (named and field in NAMING)
        if column not in found and not clash:
            found[column] = field
    return found


def _named(columns: list[str]) -> dict[str, Field]:
    """The fields by the columns' names; of a nested one ("user.name") its last part counts, too."""
    found = fields_of(columns) or fields_of([column.rsplit(".", 1)[-1] for column in columns])
    return {columns[number]: field for number, field in found.items()}


def _by_looks(rows: list[Record], columns: list[str]) -> dict[str, Field]:
    """Where no column's name helps: the one whose values are mostly names of people, and others."""
    sample = rows[:_SAMPLE]
    shares = {
        column: sum(reads_as_person(_head(row[column].text)) for row in sample if column in row)
        / len(sample)
        for column in columns
    }
    best = max(shares, key=lambda column: shares[column], default=None)
    alone = columns == [_FIRST_COLUMN] and best is not None and _looks_listed(sample, best)
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


def _entry(row: Record, fields: dict[str, Field], section: Section) -> Entry | None:
    cells = tuple(
        Cell(fields[column], value.start, value.end, value.text)
        for column, value in row.items()
        if column in fields and value.text.strip()
    )
    naming = {cell.field for cell in cells} & {*NAMING, Field.ORGANIZATION, Field.HANDLE}
    if not naming:
        return None
    shown = [cell for cell in cells if cell.field not in (Field.LINK, Field.SIGNED_ON)]
    start, end = min(cell.start for cell in shown), max(cell.end for cell in shown)
    return Entry(start, end, cells, section)
