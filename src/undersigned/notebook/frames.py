"""Rows as data frames, HTML and charts. Arrow is what all of them are made from."""

from __future__ import annotations

import importlib
from html import escape
from typing import TYPE_CHECKING, Any, Final

from undersigned.errors import LibraryMissing

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import altair
    import pandas
    import polars
    import pyarrow

Value = str | int | float | bool | None

SHOWN_ROWS: Final = 60
"""Rows that a notebook shows of a table; the frames have all."""


def arrow_of(columns: Sequence[str], rows: Iterable[Sequence[Value]]) -> pyarrow.Table:
    """The rows as an Arrow table; a column of one kind keeps it, a mixed one is text.

    Raises:
        LibraryMissing: pyarrow is not installed.
    """
    pa = library("pyarrow")
    by_column = list(zip(*rows, strict=True)) or [()] * len(columns)
    arrays = [_arrow_column(pa, values) for values in by_column]
    return pa.table(arrays, names=list(columns))


def pandas_of(table: pyarrow.Table) -> pandas.DataFrame:
    """The table as a pandas frame."""
    library("pandas")
    frame: pandas.DataFrame = table.to_pandas()
    return frame


def polars_of(table: pyarrow.Table) -> polars.DataFrame:
    """The table as a polars frame."""
    frame: polars.DataFrame = library("polars").from_arrow(table)
    return frame


def html_of(
    columns: Sequence[str], rows: Sequence[Sequence[Value]], links: Sequence[Mapping[str, str]] = ()
) -> str:
    """The rows as an HTML table; what comes from sources is text there, never markup."""
    head = "".join(f"<th>{escape(column)}</th>" for column in columns)
    body = []
    for number, row in enumerate(rows[:SHOWN_ROWS]):
        linked = links[number] if number < len(links) else {}
        cells = (
            _cell(value, linked.get(column)) for column, value in zip(columns, row, strict=True)
        )
        body.append(f"<tr>{''.join(cells)}</tr>")
    more = len(rows) - SHOWN_ROWS
    note = f"<p>… and {more:,} more rows</p>" if more > 0 else ""
    return f"<table><thead><tr>{head}</tr></thead><tbody>{''.join(body)}</tbody></table>{note}"


def chart_of(table: pyarrow.Table, *, x: str, y: str, kind: str) -> altair.Chart:
    """An Altair chart: `kind` "bar" (numbers by name) or "timeline" (points by day).

    Raises:
        LibraryMissing: altair is not installed.
    """
    alt = library("altair")
    data = alt.Data(values=table.to_pylist())
    chart: altair.Chart = alt.Chart(data)
    if kind == "timeline":
        tooltip = [f"{name}:N" for name in table.column_names]
        chart = chart.mark_circle(size=90).encode(x=f"{x}:T", y=f"{y}:N", tooltip=tooltip)
    else:
        names = alt.Y(f"{y}:N", sort="-x")
        chart = chart.mark_bar().encode(x=f"{x}:Q", y=names, tooltip=[f"{y}:N", f"{x}:Q"])
    return chart


def library(name: str) -> Any:
    """A library that is only needed here.

    Raises:
        LibraryMissing: it is not installed.
    """
    try:
        return importlib.import_module(name)
    except ModuleNotFoundError as error:
        raise LibraryMissing(
            f"this needs {name}, which is not installed; say `pip install 'undersigned[notebook]'`"
        ) from error


def _arrow_column(pa: Any, values: Sequence[Value]) -> Any:
    kinds = {type(value) for value in values if value is not None}
    if kinds <= {int}:
        return pa.array(values, type=pa.int64() if kinds else pa.string())
    if kinds <= {int, float}:
        return pa.array(values, type=pa.float64())
    if kinds == {bool}:
        return pa.array(values, type=pa.bool_())
    return pa.array([None if v is None else str(v) for v in values], type=pa.string())


def _cell(value: Value, link: str | None) -> str:
    text = "" if value is None else escape(str(value))
    # A title and no link: the IRIs of a graph on one's own disk lead nowhere.
    return f'<td title="{escape(link)}">{text}</td>' if link else f"<td>{text}</td>"
