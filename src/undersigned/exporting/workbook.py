"""Tables as an Excel workbook, one sheet a table, dates and numbers typed."""

from __future__ import annotations

import datetime
import io
import re
import zipfile
from typing import TYPE_CHECKING, BinaryIO, Final

from undersigned.errors import ExportError
from undersigned.exporting.archive import open_archive
from undersigned.exporting.base import ExportFormat, ExportRequest
from undersigned.exporting.columns import Cell, Table, requested_tables

if TYPE_CHECKING:
    from collections.abc import Iterator

    from openpyxl import Workbook
    from openpyxl.cell.cell import Cell as OpenCell
    from openpyxl.worksheet._write_only import WriteOnlyWorksheet

MOST_ROWS: Final = 1_048_576
MOST_CHARACTERS: Final = 32_767
"""The most that a sheet and a cell can hold (Excel's own limits)."""
_MADE: Final = datetime.datetime(1980, 1, 1)
_UNPRINTABLE: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_WIDTHS: Final = {"iri": 20, "date": 12, "integer": 10, "count": 10, "concept": 14}
_SHORTENED: Final = " […]"


def write_xlsx(request: ExportRequest, output: BinaryIO) -> int:
    """Writes a sheet a table.

    Raises:
        ExportError: a table has more rows than a sheet can hold.
    """
    from openpyxl import Workbook  # takes half a second, which `--help` need not wait for

    book = Workbook(write_only=True)
    book.properties.creator = "Undersigned"
    book.properties.created = book.properties.modified = _MADE
    total = 0
    for table in requested_tables(request):
        total += _write_sheet(book, table, request)
    packed = io.BytesIO()
    book.save(packed)
    _repack(packed, output)
    return total


def _write_sheet(book: Workbook, table: Table, request: ExportRequest) -> int:
    from openpyxl.utils import get_column_letter

    name = table.definition.name
    if len(table.rows) >= MOST_ROWS:
        raise ExportError(
            f"table {name} has {len(table.rows):,} rows, and a sheet holds {MOST_ROWS - 1:,}; "
            "export csv or parquet, or a part with --letter or --person"
        )
    sheet: WriteOnlyWorksheet = book.create_sheet(name)
    sheet.freeze_panes = "A2"
    for number, column in enumerate(table.definition.columns, 1):
        width = _WIDTHS.get(column.kind, 32)
        dimensions = sheet.column_dimensions  # type: ignore[attr-defined]  # not in the stubs
        dimensions[get_column_letter(number)].width = width
    sheet.append(list(_header(sheet, table)))
    for row in table.rows:
        sheet.append([_shown(sheet, cell) for cell in row])
        request.advance(1)
    return len(table.rows)


def _header(sheet: WriteOnlyWorksheet, table: Table) -> Iterator[OpenCell]:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font

    for column in table.definition.columns:
        cell = WriteOnlyCell(sheet, column.name)
        cell.font = Font(bold=True)
        yield cell


def _shown(sheet: WriteOnlyWorksheet, cell: Cell) -> OpenCell | Cell:
    from openpyxl.cell import WriteOnlyCell

    if not isinstance(cell, str):
        return cell
    text = _UNPRINTABLE.sub("�", cell)
    if len(text) > MOST_CHARACTERS:
        text = text[: MOST_CHARACTERS - len(_SHORTENED)] + _SHORTENED
    shown = WriteOnlyCell(sheet, text)
    # Text that starts with "=" is text: a name in an article must not run as a formula.
    shown.data_type = "s"
    return shown


def _repack(packed: io.BytesIO, output: BinaryIO) -> None:
    """The same files without the time of writing, so that the same data give the same bytes."""
    with zipfile.ZipFile(packed) as made, open_archive(output) as archive:
        for name in made.namelist():
            with archive.file(name) as opened:
                content = made.read(name)
                if name == "docProps/core.xml":
                    content = _TIME.sub(_MADE.strftime("%Y-%m-%dT%H:%M:%SZ").encode(), content)
                opened.write(content)


_TIME: Final = re.compile(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")

XLSX: Final = ExportFormat(
    name="xlsx",
    media_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    suffix=".xlsx",
    holds="tables, one sheet each",
    write=write_xlsx,
    unit="rows",
)
