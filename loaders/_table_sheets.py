"""Workbooks and Parquet files as records. Their text is rendered: a row a line, tabs between."""

from __future__ import annotations

import io
from datetime import date, datetime
from typing import TYPE_CHECKING
from zipfile import BadZipFile

from undersigned.errors import SignersNotFound, SourceUnreadable
from undersigned.listing.columns import fields_of
from undersigned.listing.tables import Records, Value, records_of_rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


def text_and_records_of_workbook(
    data: bytes, origin: str, sheet: str | None
) -> tuple[str, Records]:
    """The text and records of a workbook's sheet: the one named, else the first that names signers.

    Raises:
        SourceUnreadable: it is damaged or encrypted, or has no sheet of that name.
    """
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        if sheet is not None and sheet not in book.sheetnames:
            raise SignersNotFound(
                f"{origin}: no sheet '{sheet}', which the mapping file names; there are: "
                f"{', '.join(book.sheetnames)}"
            )
        names = [sheet] if sheet else [made.title for made in book.worksheets]
        tables = {name: list(book[name].iter_rows(values_only=True)) for name in names}
    except (InvalidFileException, BadZipFile, OSError, ValueError, KeyError, EOFError) as error:
        raise SourceUnreadable(
            f"{origin}: the workbook can't be read ({error}); open it, save it again as "
            ".xlsx or .csv"
        ) from error
    rendered = [_rendered(rows) for rows in tables.values() if rows]
    best = next((found for found in rendered if _names_signers(found[1])), None)
    if best is None and not rendered:
        raise SignersNotFound(
            f"{origin}: the list is empty: no sheet of the workbook has a value in it"
        )
    text, records = best or rendered[0]
    return text, records


def _names_signers(records: Records) -> bool:
    return bool(records.rows) and bool(fields_of(list(records.rows[0])))


def text_and_records_of_parquet(data: bytes, origin: str) -> tuple[str, Records]:
    """The text and records of a Parquet file.

    Raises:
        SourceUnreadable: it is damaged, or the library for it is not installed.
    """
    try:
        import pyarrow
        from pyarrow import parquet
    except ImportError as error:
        raise SourceUnreadable(
            f"{origin}: Parquet files need one more library; pip install 'undersigned[tables]', or "
            "save the table as CSV"
        ) from error
    try:
        table = parquet.read_table(io.BytesIO(data))
    except (pyarrow.ArrowException, OSError, ValueError) as error:
        raise SourceUnreadable(
            f"{origin}: the Parquet file can't be read ({error}); write it again"
        ) from error
    columns = [column.to_pylist() for column in table.columns]
    return _rendered([list(table.column_names), *map(list, zip(*columns, strict=True))])


def _rendered(rows: Iterable[Sequence[object]]) -> tuple[str, Records]:
    pieces: list[str] = []
    length = 0
    placed: list[list[Value]] = []
    for row in rows:
        values: list[Value] = []
        for number, cell in enumerate(row):
            words = _words(cell)
            if number:
                pieces.append("\t")
                length += 1
            values.append(Value(length, length + len(words), words))
            pieces.append(words)
            length += len(words)
        pieces.append("\n")
        length += 1
        if any(value.text for value in values):
            placed.append(values)
    return "".join(pieces), records_of_rows(placed)


def _words(cell: object) -> str:
    if cell is None or cell == "":
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, (date, datetime)):
        return cell.isoformat()
    return " ".join(str(cell).split())
