"""Tables of the knowledge graph: what each holds, and its rows."""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from difflib import get_close_matches
from importlib.resources import files
from typing import TYPE_CHECKING, Final

from pyoxigraph import Literal, NamedNode

from undersigned.errors import ExportError
from undersigned.store.base import select
from undersigned.terms import PREFIXES, US

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from undersigned.exporting.base import ExportRequest
    from undersigned.store.base import GraphReader

Cell = str | int | date | None
"""A value of a table: text, a number, a day, or nothing."""

BETWEEN_VALUES: Final = "; "
"""Stands between the values of a cell that has several."""

_KINDS: Final = {"text", "iri", "concept", "class", "date", "integer", "count"}
_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `path` is a property path from the row, the row itself if empty.

    `kind` says how values are shown: "text", "iri", "concept" (the last part of a concept's IRI),
    "class" (the narrowest of the ontology's classes), "date", "integer", or "count" (how many
    values there are).
    """

    name: str
    path: str
    kind: str = "text"


@dataclass(frozen=True, slots=True)
class TableDefinition:
    """What a table holds: the pattern that finds its rows as `?row`, and its columns."""

    name: str
    summary: str
    row: str
    columns: tuple[Column, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its rows, sorted by what is read first and then by IRI."""

    definition: TableDefinition
    rows: Sequence[tuple[Cell, ...]]


def table_definitions() -> dict[str, TableDefinition]:
    """Every table under its name, in the order of the names."""
    folder = files("undersigned.exporting") / "tables"
    found = sorted(f.name for f in folder.iterdir() if f.name.endswith(".toml"))
    definitions = (
        _definition(name.removesuffix(".toml"), (folder / name).read_text(encoding="utf-8"))
        for name in found
    )
    return {definition.name: definition for definition in definitions}


def get_table_definition(name: str) -> TableDefinition:
    """The table of a name.

    Raises:
        ExportError: there is none; the message lists near names, then all.
    """
    tables = table_definitions()
    if name in tables:
        return tables[name]
    near = get_close_matches(name.lower(), tables, n=2, cutoff=0.5)
    hint = f"did you mean {' or '.join(map(repr, near))}? " if near else ""
    raise ExportError(f"--table: no table {name!r}; {hint}there are {', '.join(tables)}")


def read_table(reader: GraphReader, definition: TableDefinition) -> Table:
    """The rows of a table; equal data give equal rows in the same order."""
    values = [_values(reader, definition, column) for column in definition.columns]
    keys = _rows(reader, definition)
    rows = [
        tuple(
            _cell(column, found.get(key, []))
            for column, found in zip(definition.columns, values, strict=True)
        )
        for key in keys
    ]
    first = 1 if len(definition.columns) > 1 else 0
    rows.sort(key=lambda row: [str(cell or "") for cell in (*row[first:], *row[:first])])
    return Table(definition, rows)


def _definition(name: str, text: str) -> TableDefinition:
    content = tomllib.loads(text)
    columns = tuple(Column(**column) for column in content["columns"])
    unknown = {column.kind for column in columns} - _KINDS
    if unknown:
        raise ExportError(
            f"table {name}: a column's kind is {', '.join(sorted(unknown))}; "
            f"expected one of {', '.join(sorted(_KINDS))}"
        )
    return TableDefinition(name, content["summary"], content["row"], columns)


def _prefixes() -> str:
    return "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in sorted(PREFIXES.items()))


def _rows(reader: GraphReader, definition: TableDefinition) -> list[str]:
    query = f"{_prefixes()}SELECT DISTINCT ?row WHERE {{ {definition.row} }}"
    return [solution["row"].value for solution in select(reader, query)]


def _values(
    reader: GraphReader, definition: TableDefinition, column: Column
) -> Mapping[str, list[str]]:
    """The values of a column under the IRI of their row."""
    found: dict[str, list[str]] = defaultdict(list)
    reach = f"?row {column.path} ?value" if column.path else "BIND(?row AS ?value)"
    query = f"{_prefixes()}SELECT DISTINCT ?row ?value WHERE {{ {definition.row} . {reach} }}"
    for solution in select(reader, query):
        value = solution["value"]
        if isinstance(value, Literal | NamedNode):
            found[solution["row"].value].append(value.value)
    return found


def _cell(column: Column, values: list[str]) -> Cell:
    if column.kind == "count":
        return len(values)
    if not values:
        return None
    if column.kind == "integer" and len(values) == 1:
        return int(Decimal(values[0]))
    if column.kind == "date" and len(values) == 1 and _DAY.fullmatch(values[0]):
        return date.fromisoformat(values[0])
    if column.kind == "concept":
        values = [value.removeprefix(US + _scheme_of(column)) for value in values]
    elif column.kind == "class":
        own = sorted(v.removeprefix(US) for v in values if v.startswith(US))
        # A statement is a Statement and, as a rule, something narrower.
        values = [v for v in own if v != "Statement"] or own
    return BETWEEN_VALUES.join(sorted(values))


def _scheme_of(column: Column) -> str:
    """What a concept's name starts with: `us:documentKind` leads to "document-kind-…"."""
    name = column.path.rpartition(":")[2]
    return re.sub(r"(?<=[a-z])([A-Z])", r"-\1", name).lower() + "-"


def requested_tables(request: ExportRequest) -> Iterator[Table]:
    """Yields the tables that are asked for: the one answer, the named ones, or all."""
    if request.answer is not None:
        yield request.answer
    else:
        yield from iter_tables(request.reader, request.tables)


def is_one_table(request: ExportRequest) -> bool:
    """Whether one table is asked for, which then needs no archive around it."""
    return request.answer is not None or len(request.tables) == 1


def iter_tables(reader: GraphReader, names: Sequence[str] = ()) -> Iterator[Table]:
    """Yields the named tables, or all, one at a time so that one is in memory."""
    definitions = table_definitions()
    for name in names or definitions:
        yield read_table(reader, get_table_definition(name))
