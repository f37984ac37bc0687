"""Tables as JSON: a list of objects, one a row, for scripts and web pages."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, BinaryIO, Final

from undersigned.exporting.base import ExportFormat, ExportRequest
from undersigned.exporting.columns import Cell, Table, is_one_table, requested_tables

if TYPE_CHECKING:
    from collections.abc import Iterator


def write_json(request: ExportRequest, output: BinaryIO) -> int:
    """Writes one table as a list of rows, or several as `{"letters": [...], ...}`, a row a line.

    Numbers are numbers, days are text as 2025-03-21, a cell without a value is null.
    """
    total = 0
    one = is_one_table(request)
    output.write(b"" if one else b"{")
    for index, table in enumerate(requested_tables(request)):
        name = "" if one else f"{',' * bool(index)}\n{json.dumps(table.definition.name)}: "
        output.write(f"{name}[".encode())
        for number, row in enumerate(_rows(table)):
            text = json.dumps(row, ensure_ascii=False)
            output.write(f"{',' * bool(number)}\n{text}".encode())
            request.advance(1)
        output.write(b"\n]")
        total += len(table.rows)
    output.write(b"\n" if one else b"\n}\n")
    return total


def _rows(table: Table) -> Iterator[dict[str, str | int | None]]:
    names = [column.name for column in table.definition.columns]
    for row in table.rows:
        yield dict(zip(names, map(_value, row), strict=True))


def _value(cell: Cell) -> str | int | None:
    return cell if isinstance(cell, str | int | None) else cell.isoformat()


JSON: Final = ExportFormat(
    name="json",
    media_type="application/json",
    suffix=".json",
    holds="tables; a list of rows with --table, else all under their names",
    write=write_json,
    unit="rows",
)
