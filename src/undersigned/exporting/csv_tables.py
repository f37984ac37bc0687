"""Tables as CSV: exact, and safe to open in a spreadsheet program."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, BinaryIO, Final

from undersigned.exporting.archive import open_archive
from undersigned.exporting.base import ExportFormat, ExportRequest
from undersigned.exporting.columns import Cell, Table, is_one_table, requested_tables

if TYPE_CHECKING:
    from collections.abc import Callable

FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r")
"""A spreadsheet program takes a cell that starts so for a formula and may run it."""


def exact_cell(cell: Cell) -> str:
    """The value as it is; nothing for none."""
    return "" if cell is None else str(cell)


def defused_cell(cell: Cell) -> str:
    """The value with an apostrophe in front where a spreadsheet program would run it."""
    text = exact_cell(cell)
    return f"'{text}" if isinstance(cell, str) and text.startswith(FORMULA_STARTS) else text


def _write(
    request: ExportRequest, output: BinaryIO, encoding: str, show: Callable[[Cell], str]
) -> int:
    if is_one_table(request):
        (table,) = requested_tables(request)
        return _write_table(table, output, encoding, show, request)
    total = 0
    with open_archive(output) as archive:
        for table in requested_tables(request):
            with archive.file(f"{table.definition.name}.csv") as opened:
                total += _write_table(table, opened, encoding, show, request)
    return total


def _write_table(
    table: Table,
    output: BinaryIO,
    encoding: str,
    show: Callable[[Cell], str],
    request: ExportRequest,
) -> int:
    # RFC 4180: lines end with CR LF, quotation marks only where they are needed.
    text = io.TextIOWrapper(output, encoding=encoding, newline="", write_through=True)
    writer = csv.writer(text)
    writer.writerow([column.name for column in table.definition.columns])
    for row in table.rows:
        writer.writerow([show(cell) for cell in row])
        request.advance(1)
    text.detach()
    return len(table.rows)


def write_csv(request: ExportRequest, output: BinaryIO) -> int:
    """Writes values as they are: for programs."""
    return _write(request, output, "utf-8", exact_cell)


def write_spreadsheet_csv(request: ExportRequest, output: BinaryIO) -> int:
    """Writes formulas defused, and a byte order mark by which Excel knows UTF-8."""
    return _write(request, output, "utf-8-sig", defused_cell)


_HOLDS: Final = "tables; one with --table, else all in a zip"

CSV: Final = ExportFormat(
    name="csv",
    media_type="text/csv; charset=utf-8",
    suffix=".csv",
    holds=f"{_HOLDS}, exact",
    write=write_csv,
    unit="rows",
)
SPREADSHEET_CSV: Final = ExportFormat(
    name="csv-spreadsheet",
    media_type="text/csv; charset=utf-8",
    suffix=".csv",
    holds=f"{_HOLDS}, formulas defused",
    write=write_spreadsheet_csv,
    unit="rows",
)
