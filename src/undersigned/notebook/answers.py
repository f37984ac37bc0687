"""The answer to a saved query, for Python: rows with labels, IRIs and their words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from undersigned.errors import ExportError
from undersigned.notebook.frames import arrow_of, chart_of, html_of, pandas_of, polars_of
from undersigned.questions.formats import value_of
from undersigned.why import why_row

if TYPE_CHECKING:
    from collections.abc import Iterator

    import altair
    import pandas
    import polars
    import pyarrow

    from undersigned.notebook.frames import Value
    from undersigned.questions.ask import Answer, Row
    from undersigned.store.base import GraphReader
    from undersigned.why import Passage

_DAYS: Final = ("reported", "day", "published", "stated", "first")
"""Columns that hold a day, by the names that the saved queries use."""


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """One row: `row["signer"]` is what is read there, `row.iris["signer"]` the thing's IRI."""

    columns: tuple[str, ...]
    _row: Row
    _reader: GraphReader

    def __getitem__(self, column: str) -> Value:
        """The value of a column.

        Raises:
            KeyError: there is no such column.
        """
        if column not in self.columns:
            raise KeyError(f"no column {column!r}; there are {', '.join(self.columns)}")
        return value_of(self._row.cells[self.columns.index(column)])

    @property
    def values(self) -> tuple[Value, ...]:
        """The values in the order of the columns."""
        return tuple(value_of(cell) for cell in self._row.cells)

    @property
    def iris(self) -> dict[str, str]:
        """The IRI of the thing behind each column that has one."""
        pairs = zip(self.columns, self._row.links, strict=True)
        return {column: link.value for column, link in pairs if link is not None}

    def why(self) -> list[Passage]:
        """The passages that carry the row, with the words marked."""
        return why_row(self._reader, self._row.evidence)


class QuestionAnswer:
    """What the graph answered, at one revision. Iterates over its rows; `len` counts them."""

    def __init__(self, answer: Answer, reader: GraphReader) -> None:
        self._answer = answer
        self._reader = reader

    @property
    def question(self) -> str:
        """The question in words."""
        return self._answer.query.summary

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns."""
        return self._answer.columns

    @property
    def sparql(self) -> str:
        """The query as it was asked: it runs on any store that has the same graph."""
        return self._answer.sparql

    @property
    def revision(self) -> str:
        """The revision of the graph that answered."""
        return self._answer.revision

    def __iter__(self) -> Iterator[AnswerRow]:
        """Yields the rows in the order of the query."""
        for row in self._answer.rows:
            yield AnswerRow(self.columns, row, self._reader)

    def __len__(self) -> int:
        """The number of rows."""
        return len(self._answer.rows)

    def __getitem__(self, number: int) -> AnswerRow:
        """The row of a number, from 0."""
        return AnswerRow(self.columns, self._answer.rows[number], self._reader)

    def to_arrow(self) -> pyarrow.Table:
        """All rows as an Arrow table."""
        return arrow_of(self.columns, [row.values for row in self])

    def to_pandas(self) -> pandas.DataFrame:
        """All rows as a pandas frame."""
        return pandas_of(self.to_arrow())

    def to_polars(self) -> polars.DataFrame:
        """All rows as a polars frame."""
        return polars_of(self.to_arrow())

    def chart(self, x: str | None = None, y: str | None = None) -> altair.Chart:
        """A chart of the rows: a timeline where a column holds days, else bars of numbers by name.

        Args:
            x: the column of days or numbers; found if not given.
            y: the column of names; the first other column if not given.

        Raises:
            ExportError: there is nothing to draw: no days and no numbers.
        """
        table = self.to_arrow()
        numbers = [f.name for f in table.schema if str(f.type) in {"int64", "double"}]
        days = [column for column in self.columns if column in _DAYS]
        across = x or next(iter([*days, *numbers]), None)
        if across is None:
            raise ExportError(
                f"a chart needs a column of days or numbers; there are {', '.join(self.columns)}"
            )
        kind = "bar" if across in numbers else "timeline"
        names = [c for c in self.columns if c != across and c not in numbers and c not in days]
        return chart_of(table, x=across, y=y or next(iter(names), across), kind=kind)

    def _repr_html_(self) -> str:
        rows = list(self)
        shown = html_of(self.columns, [row.values for row in rows], [row.iris for row in rows])
        return f"<p>{self.question}</p>{shown}"

    def __repr__(self) -> str:
        """The question and how many rows answer it."""
        return f"<{self.question} {len(self)} rows at revision {self.revision}>"
