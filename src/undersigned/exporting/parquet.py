"""Tables as Parquet, for data frames and columnar engines."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any, BinaryIO, Final

from undersigned.errors import ExportError
from undersigned.exporting.archive import open_archive
from undersigned.exporting.base import ExportFormat, ExportRequest
from undersigned.exporting.columns import Table, is_one_table, requested_tables

if TYPE_CHECKING:
    import pyarrow as pa


def arrow_table(table: Table) -> pa.Table:
    """The table in Arrow's columns: text, whole numbers (int64), days (date32 where all are days).

    Raises:
        ExportError: pyarrow is not installed.
    """
    pa = _pyarrow()
    columns = list(zip(*table.rows, strict=True)) or [()] * len(table.definition.columns)
    arrays = []
    for column, cells in zip(table.definition.columns, columns, strict=True):
        if column.kind in {"integer", "count"} and all(isinstance(c, int | None) for c in cells):
            kind = pa.int64()
        elif column.kind == "date" and not any(isinstance(c, str) for c in cells):
            kind = pa.date32()
        else:
            kind = pa.string()
            cells = tuple(None if c is None else str(c) for c in cells)
        arrays.append(pa.array(cells, type=kind))
    return pa.table(arrays, names=[column.name for column in table.definition.columns])


def write_parquet(request: ExportRequest, output: BinaryIO) -> int:
    """Writes one table, or all in a zip.

    Raises:
        ExportError: pyarrow is not installed.
    """
    _pyarrow()
    if is_one_table(request):
        (table,) = requested_tables(request)
        output.write(_parquet(table, request))
        return len(table.rows)
    total = 0
    with open_archive(output) as archive:
        for table in requested_tables(request):
            with archive.file(f"{table.definition.name}.parquet") as opened:
                opened.write(_parquet(table, request))
            total += len(table.rows)
    return total


def _parquet(table: Table, request: ExportRequest) -> bytes:
    from pyarrow import parquet

    made = io.BytesIO()
    parquet.write_table(arrow_table(table), made, compression="zstd")
    request.advance(len(table.rows))
    return made.getvalue()


def _pyarrow() -> Any:
    try:
        import pyarrow as pa
    except ModuleNotFoundError as error:
        raise ExportError(
            "--format parquet needs pyarrow, which is not installed; "
            "say `pip install 'undersigned[tables]'`, or export csv"
        ) from error
    return pa


PARQUET: Final = ExportFormat(
    name="parquet",
    media_type="application/vnd.apache.parquet",
    suffix=".parquet",
    holds="tables; one with --table, else all in a zip",
    write=write_parquet,
    unit="rows",
)
