"""Answers as text: a table for a terminal, CSV, TSV, JSON and Markdown.

CSV and TSV hold the shown columns; with `iris=True` also, beside each column that names a thing,
the thing's IRI, and last the row's evidence. JSON always holds all of it.
"""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Final

from pyoxigraph import Literal, NamedNode
from rich.table import Table
from rich.text import Text

from undersigned.terms import XSD

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from undersigned.questions.ask import Answer, Row, Term

IRI_SUFFIX: Final = "Iri"
"""The heading `signerIri` stands over the things that the column `signer` names."""
_INTEGER: Final = NamedNode(XSD + "integer")
_DECIMALS: Final = (NamedNode(XSD + "decimal"), NamedNode(XSD + "double"))
_BOOLEAN: Final = NamedNode(XSD + "boolean")


def text_of(term: Term | None) -> str:
    """A term as a cell shows it: the bare value, "" for None."""
    if term is None:
        return ""
    return term.value if isinstance(term, Literal | NamedNode) else str(term)


def csv_of(answer: Answer, *, iris: bool = False) -> str:
    """Comma-separated values by RFC 4180, with lines that end in a line feed."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(_records(answer, iris=iris))
    return out.getvalue()


def tsv_of(answer: Answer, *, iris: bool = False) -> str:
    r"""Tab-separated values; a tab, line break or backslash in a value is `\t`, `\n`, `\\`."""
    return "".join(
        "\t".join(_escaped(cell) for cell in record) + "\n"
        for record in _records(answer, iris=iris)
    )


def json_of(answer: Answer, *, iris: bool = True) -> str:
    """One object; see `object_of`."""
    return json.dumps(object_of(answer, iris=iris), ensure_ascii=False, indent=2) + "\n"


def object_of(answer: Answer, *, iris: bool = True) -> dict[str, object]:
    """The question, its parameters, the revision, and an object for each row.

    A row has its `values` by column (numbers and booleans as such, null where nothing is known),
    and, unless `iris` is false, the `iris` of the things named and its `evidence`.
    """
    return {
        "query": answer.query.name,
        "question": answer.query.summary,
        "parameters": dict(answer.parameters),
        "revision": answer.revision,
        "columns": list(answer.columns),
        "rows": [_row_object(answer, row, iris=iris) for row in answer.rows],
    }


def markdown_of(answer: Answer, *, iris: bool = False) -> str:
    """A pipe table as GitHub reads it; line breaks in cells become spaces."""
    records = [[_cell(text) for text in record] for record in _records(answer, iris=iris)]
    rule = ["---"] * len(records[0])
    lines = [records[0], rule, *records[1:]]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def table_of(answer: Answer, *, iris: bool = False) -> Table:
    """A table for a terminal, its rows numbered from 1 as `--row` counts them.

    A column that was asked for by a parameter, and has one value, stands below the question.
    """
    fixed = {} if iris else _fixed(answer)
    title = "\n".join([answer.query.summary, *(f"{name}: {v}" for name, v in fixed.items())])
    table = Table(title=Text(title), title_justify="left", header_style="bold")
    table.add_column("#", justify="right", style="dim")
    heading, *records = _records(answer, iris=iris)
    places = [place for place, name in enumerate(heading) if name not in fixed]
    for place in places:
        table.add_column(heading[place], overflow="fold")
    for number, record in enumerate(records, start=1):
        table.add_row(str(number), *(Text(record[place]) for place in places))
    return table


def cards_of(answer: Answer, *, iris: bool = False) -> Table:
    """The rows of `table_of` one below the other, a line a column, for a narrow terminal."""
    title = Text(answer.query.summary)
    cards = Table.grid("number", "name", "value", padding=(0, 1))
    cards.title, cards.title_justify = title, "left"
    cards.columns[0].justify, cards.columns[0].style = "right", "dim"
    cards.columns[1].style, cards.columns[2].overflow = "bold", "fold"
    heading, *records = _records(answer, iris=iris)
    for number, record in enumerate(records, start=1):
        filled = [(name, cell) for name, cell in zip(heading, record, strict=True) if cell]
        for place, (name, cell) in enumerate(filled):
            cards.add_row("" if place else str(number), name, Text(cell))
    return cards


def _fixed(answer: Answer) -> dict[str, str]:
    found = {}
    for place, name in enumerate(answer.columns):
        values = {text_of(row.cells[place]) for row in answer.rows}
        if name in answer.parameters and len(values) == 1:
            found[name] = values.pop()
    return found


WRITERS: Final[dict[str, Callable[..., str]]] = {
    "csv": csv_of,
    "tsv": tsv_of,
    "json": json_of,
    "markdown": markdown_of,
}
"""Each format's function; all take the answer and `iris`."""


def _records(answer: Answer, *, iris: bool) -> Iterator[list[str]]:
    """Yields the heading, then the rows, as plain text."""
    heading = []
    for name in answer.columns:
        heading.append(name)
        if iris and name in answer.linked:
            heading.append(f"{name}{IRI_SUFFIX}")
    yield [*heading, "evidence"] if iris else heading
    for row in answer.rows:
        record = []
        for name, cell, link in zip(answer.columns, row.cells, row.links, strict=True):
            record.append(text_of(cell))
            if iris and name in answer.linked:
                record.append(text_of(link))
        yield [*record, " ".join(fact.value for fact in row.evidence)] if iris else record


def _row_object(answer: Answer, row: Row, *, iris: bool) -> dict[str, object]:
    named = zip(answer.columns, row.cells, row.links, strict=True)
    cells = {name: (cell, link) for name, cell, link in named}
    values = {name: value_of(cell) for name, (cell, _) in cells.items()}
    if not iris:
        return {"values": values}
    links = {name: link.value for name, (_, link) in cells.items() if link is not None}
    return {"values": values, "iris": links, "evidence": [fact.value for fact in row.evidence]}


def value_of(term: Term | None) -> str | int | float | bool | None:
    """A term as the value that other programs know: numbers and booleans typed, the rest text."""
    if term is None:
        return None
    if isinstance(term, Literal):
        if term.datatype == _INTEGER:
            return int(term.value)
        if term.datatype in _DECIMALS:
            return float(term.value)
        if term.datatype == _BOOLEAN:
            return term.value in ("true", "1")
    return text_of(term)


def _escaped(text: str) -> str:
    pairs = (("\\", "\\\\"), ("\t", "\\t"), ("\r", "\\r"), ("\n", "\\n"))
    for plain, escaped in pairs:
        text = text.replace(plain, escaped)
    return text


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("\\", "\\\\").replace("|", "\\|")
