"""Tables of signers: records with the place of every value, from whatever format they were read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from undersigned.errors import SignersNotFound
from undersigned.listing.columns import NAMING, fields_of
from undersigned.listing.consent import is_withheld
from undersigned.listing.entries import Cell, Entry, Field, Section
from undersigned.listing.kinds import reads_as_person
from undersigned.listing.remarks import is_link, is_when
from undersigned.listing.table_fields import FIRST_COLUMN, table_fields

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from undersigned.listing.mapping import ListMapping

_HEADER_WITHIN: Final = 12
"""Rows in which a header is looked for: spreadsheets have titles and blank rows above it."""
_SAMPLE: Final = 200
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


class TableEntries(NamedTuple):
    """The entries of a table, and notes for people on rows that were left out."""

    entries: list[Entry]
    notes: tuple[str, ...]


def entries_of(records: Records, mapping: ListMapping, origin: str) -> TableEntries:
    """The entries of a table, without those of signers who asked not to be named.

    Raises:
        SignersNotFound: no column names signers, or no row does.
        MappingInvalid: the mapping names a column that is not there.
    """
    columns = list(dict.fromkeys(name for row in records.rows for name in row))
    fields = table_fields(records.rows, columns, mapping, origin)
    if not columns:
        raise SignersNotFound(f"{origin}: the list is empty: it has no row with a value in it")
    if not fields:
        if columns[0] == FIRST_COLUMN:  # no header was found; its first row is what people see
            columns = [value.text for value in records.rows[0].values()]
        known = ", ".join(f"'{name}'" for name in columns[:12]) or "none"
        raise SignersNotFound(
            f"{origin}: no column names the signers; found the columns {known}; expected one such "
            "as 'name', 'signatory' or 'organization'; say which in a mapping file of the same "
            'name that ends in .toml: [columns], name = "…"'
        )
    read = [entry for row in records.rows if (entry := _entry(row, fields, mapping.section))]
    entries = [entry for entry in read if not is_withheld(entry.cells)]
    if read and not entries:
        raise SignersNotFound(
            f"{origin}: none of the {len(read)} signers wants to be named, by the column "
            f"'{_consent_column(fields)}'; if it means something else, name the columns in a "
            "mapping file and leave it out"
        )
    if not entries:
        column = next(
            name
            for name, field in fields.items()
            if field in (*NAMING, Field.ORGANIZATION, Field.HANDLE)
        )
        raise SignersNotFound(
            f"{origin}: the list is empty: no row has a value in the column '{column}'"
        )
    left_out = len(read) - len(entries)
    who = "1 signer who asked" if left_out == 1 else f"{left_out} signers who asked"
    note = f"{who} not to be named left out, by the column '{_consent_column(fields)}'"
    return TableEntries(entries, (note,) if left_out else ())


def _consent_column(fields: Mapping[str, Field]) -> str:
    return next((c for c, field in fields.items() if field in (Field.SHOWN, Field.HIDDEN)), "")


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
