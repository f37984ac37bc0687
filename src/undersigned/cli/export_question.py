"""`undersigned export --query`: which question is asked, and what of its answer is exported."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from undersigned.errors import ExportError
from undersigned.exporting.registry import export_formats

if TYPE_CHECKING:
    from undersigned.exporting.base import ExportFormat
    from undersigned.exporting.columns import Table
    from undersigned.questions.saved_query import SavedQuery
    from undersigned.store.base import GraphReader


@dataclass(frozen=True, slots=True)
class Question:
    """The options of a question. `letters` and `persons` are parameters only with a query."""

    name: str | None
    parameters: tuple[str, ...] = ()
    letters: tuple[str, ...] = ()
    persons: tuple[str, ...] = ()

    def check(self, form: ExportFormat, table: list[str] | None) -> None:
        """Compares the options with each other, before the store is opened.

        Raises:
            ExportError: they do not go together.
        """
        if self.name is None and self.parameters:
            raise ExportError(
                f"-p {self.parameters[0]}: parameters belong to a question; name it with --query"
            )
        if self.name is not None and table:
            raise ExportError(
                "--table: an answer is a table of its own; leave out either --table or --query"
            )
        if self.name is not None and form.unpacks:
            raise ExportError(
                f"--query: {form.name} holds {form.holds}; export an answer as {_table_formats()}"
            )

    def answer(
        self, reader: GraphReader, form: ExportFormat, folder: Path
    ) -> tuple[GraphReader, Table | None]:
        """The graph to export and the table: the reader itself and None where nothing is asked.

        Raises:
            ExportError: rows can't be written in this format.
        """
        if self.name is None:
            return reader, None
        from undersigned.exporting.answers import answer_table, constructed_graph
        from undersigned.questions.arguments import read_parameters

        query = _find_query(self.name, folder)
        given = read_parameters(query, [*self.parameters, *self._as_parameters()], [])
        constructed = constructed_graph(reader, query, given)
        if constructed is not None and form.unit != "rows":
            return constructed, None
        if form.unit != "rows":
            raise ExportError(
                f"--query: {form.name} holds {form.holds}, and {query.name} gives rows; export "
                f"{_table_formats()}, or write the query as a CONSTRUCT"
            )
        return reader, answer_table(reader, query, given)

    def _as_parameters(self) -> list[str]:
        named = [("letter", name) for name in self.letters]
        named += [("person", name) for name in self.persons]
        return [f"{parameter}={value}" for parameter, value in named]


def _find_query(name: str, folder: Path) -> SavedQuery:
    from undersigned.questions.saved_query import get_saved_query, read_saved_query

    if name.endswith(".rq") or "/" in name:
        return read_saved_query(Path(name))
    return get_saved_query(folder, name)


def _table_formats() -> str:
    return ", ".join(form.name for form in export_formats().values() if form.unit == "rows")
