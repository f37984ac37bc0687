"""A question's answer as what an export writes: rows as a table, a CONSTRUCT as a graph."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from pyoxigraph import Literal, NamedNode, Quad, QueryTriples

from undersigned.exporting.columns import Cell, Column, Table, TableDefinition
from undersigned.questions.ask import ask
from undersigned.questions.binding import bind
from undersigned.questions.formats import IRI_SUFFIX, text_of
from undersigned.questions.values import terms_of
from undersigned.store.embedded import memory_store
from undersigned.terms import XSD

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from undersigned.questions.ask import Answer, Row, Term
    from undersigned.questions.saved_query import SavedQuery
    from undersigned.store.base import GraphReader

EVIDENCE: Final = "evidence"
"""The last column: IRIs of the facts that a row rests on, parted by spaces, as `why` takes them."""
_INTEGER: Final = NamedNode(XSD + "integer")
_DATE: Final = NamedNode(XSD + "date")


def answer_table(reader: GraphReader, query: SavedQuery, given: Mapping[str, str]) -> Table:
    """The answer's columns; beside each that names a thing the thing's IRI; the evidence last.

    Whole numbers and days are typed where a column holds nothing else. Rows are in the order of
    the query. Raises what `ask` does.
    """
    answer = ask(reader, query, given)
    names, rows = _names(answer), [_cells(answer, row) for row in answer.rows]
    columns = [
        Column(name=name, path="", kind=_kind([row[place] for row in rows]))
        for place, name in enumerate(names)
    ]
    shown = [
        tuple(_cell(cell, column) for cell, column in zip(row, columns, strict=True))
        for row in rows
    ]
    definition = TableDefinition(_sheet_name(query.name), query.summary, "", tuple(columns))
    return Table(definition, shown)


def constructed_graph(
    reader: GraphReader, query: SavedQuery, given: Mapping[str, str]
) -> GraphReader | None:
    """What a CONSTRUCT or DESCRIBE builds, as a dataset's knowledge graph; None for other queries.

    Raises what `ask` does.
    """
    # The answer in a function of its own: what binding parses with keeps the frames of its callers
    # until the next collection, in any thread, and an answer may only go in the thread it came in.
    return _constructed(reader, bind(query, terms_of(reader, query, given)))


def _constructed(reader: GraphReader, sparql: str) -> GraphReader | None:
    answer = reader.query(sparql)
    if not isinstance(answer, QueryTriples):
        return None
    knowledge = reader.iris.knowledge
    quads = (Quad(t.subject, t.predicate, t.object, knowledge) for t in answer)
    return memory_store(quads, iris=reader.iris)


def _names(answer: Answer) -> list[str]:
    shown = [
        name
        for column in answer.columns
        for name in (column, *([column + IRI_SUFFIX] if column in answer.linked else []))
    ]
    return [*shown, *([EVIDENCE] if answer.query.evidence else [])]


def _cells(answer: Answer, row: Row) -> list[Term | None]:
    cells = zip(answer.columns, row.cells, row.links, strict=True)
    found: list[Term | None] = [
        term
        for column, cell, link in cells
        for term in (cell, *([link] if column in answer.linked else []))
    ]
    evidence = [Literal(" ".join(fact.value for fact in row.evidence))]
    return [*found, *(evidence if answer.query.evidence else [])]


def _kind(terms: Sequence[Term | None]) -> str:
    held = [term for term in terms if term is not None]
    if held and all(isinstance(term, NamedNode) for term in held):
        return "iri"
    types = {term.datatype for term in held if isinstance(term, Literal)}
    plain = all(isinstance(term, Literal) for term in held) and len(types) == 1
    return {_INTEGER: "integer", _DATE: "date"}.get(types.pop(), "text") if plain else "text"


def _cell(term: Term | None, column: Column) -> Cell:
    if term is None:
        return None
    text = text_of(term)
    if column.kind == "integer":
        return int(text)
    if column.kind == "date":
        try:
            return date.fromisoformat(text)
        except ValueError:  # a year before 1 or after 9999, or a day with its time zone
            return text
    return text


def _sheet_name(name: str) -> str:
    """A workbook's sheets are named with at most 31 characters, and without some signs."""
    plain = "".join(char if char.isalnum() or char in "-_ " else "-" for char in name)
    return plain[:31].strip("-") or "answer"
