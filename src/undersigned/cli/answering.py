"""How `undersigned query` asks and writes: the answer, cut to the rows wanted, maybe with words."""

from __future__ import annotations

import shlex
import sys
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import typer
from rich.console import Console

from undersigned.cli.query import AnswerFormat
from undersigned.errors import QueryParameterInvalid
from undersigned.questions.ask import ask
from undersigned.questions.binding import bind
from undersigned.questions.formats import WRITERS, cards_of, table_of
from undersigned.questions.passage_formats import answer_json, answer_markdown, print_answer
from undersigned.questions.saved_query import ParameterType
from undersigned.questions.values import terms_of
from undersigned.why import why_row

if TYPE_CHECKING:
    from collections.abc import Mapping

    from undersigned.questions.ask import Answer
    from undersigned.questions.saved_query import SavedQuery
    from undersigned.store.base import GraphReader
    from undersigned.why import Passage

_LOOKED_UP: Final = frozenset(
    {
        ParameterType.PERSON,
        ParameterType.ORGANIZATION,
        ParameterType.LETTER,
        ParameterType.AGENT,
        ParameterType.SOURCE,
    }
)
NARROWEST_COLUMN: Final = 11
"""Characters with the lines between; with fewer, names and dates fall into too many pieces."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Showing:
    """What of an answer is shown, and how; `form` None is a table on a terminal, else CSV."""

    form: AnswerFormat | None = None
    limit: int | None = None
    row: int | None = None
    why: bool = False
    iris: bool = False

    def __post_init__(self) -> None:
        """Passages go with the formats that have a place for them."""
        if self.with_passages and self.form in (AnswerFormat.CSV, AnswerFormat.TSV):
            raise typer.BadParameter(
                f"--format {self.form} has no place for passages; with --why or --row use table, "
                "json or markdown, or say --iris without --why"
            )

    @property
    def with_passages(self) -> bool:
        """Whether the words that carry each row are shown with it."""
        return self.why or self.row is not None


def write_sparql(reader: GraphReader, query: SavedQuery, given: Mapping[str, str]) -> None:
    """Writes the query as it would be asked."""
    sys.stdout.write(bind(query, terms_of(reader, query, given)))


def write_answer(
    reader: GraphReader, query: SavedQuery, given: Mapping[str, str], showing: Showing
) -> None:
    """Asks, and writes the answer to standard output; what is left out is told on stderr."""
    answer = _cut(ask(reader, query, given), showing)
    if showing.with_passages:
        passages = [why_row(reader, shown.evidence) for shown in answer.rows]
        _write_with_passages(answer, passages, showing)
    else:
        _write(answer, showing)


def _cut(answer: Answer, showing: Showing) -> Answer:
    total, row, limit = len(answer.rows), showing.row, showing.limit
    if total == 0:
        question = f"{answer.query.summary} " if answer.query.columns else ""
        sys.stderr.write(f"{question}The graph has no answer to that.{_next_step(answer)}\n")
    elif row is not None and row > total:
        raise QueryParameterInvalid(
            f"--row is {row}, but the answer has {_rows(total)}; name a row from 1 to {total}"
        )
    if row is not None:
        return replace(answer, rows=answer.rows[row - 1 : row])
    if limit is not None and limit < total:
        sys.stderr.write(f"{limit} of {_rows(total)}; without --limit you get them all\n")
        return replace(answer, rows=answer.rows[:limit])
    return answer


def _next_step(answer: Answer) -> str:
    """What may give an answer: fewer conditions, or a look at what the graph knows."""
    given = [p for p in answer.query.parameters if p.name in answer.parameters]
    open_ones = [f"--{parameter.name}" for parameter in given if not parameter.required]
    if open_ones:
        return f" Ask without {' or '.join(open_ones)}."
    named = [answer.parameters[p.name] for p in given if p.type in _LOOKED_UP]
    return f" See what it knows: undersigned search {shlex.quote(named[0])}" if named else ""


def _rows(number: int) -> str:
    return "1 row" if number == 1 else f"{number} rows"


def _write(answer: Answer, showing: Showing) -> None:
    form = showing.form or (AnswerFormat.TABLE if sys.stdout.isatty() else AnswerFormat.CSV)
    if form is AnswerFormat.TABLE:
        console, table = Console(), table_of(answer, iris=showing.iris)
        fits = console.width >= len(table.columns) * NARROWEST_COLUMN
        console.print(table if fits else cards_of(answer, iris=showing.iris))
    else:
        iris = showing.iris or form is AnswerFormat.JSON
        sys.stdout.write(WRITERS[form](answer, iris=iris))


def _write_with_passages(answer: Answer, passages: list[list[Passage]], showing: Showing) -> None:
    match showing.form:
        case AnswerFormat.JSON:
            sys.stdout.write(answer_json(answer, passages))
        case AnswerFormat.MARKDOWN:
            sys.stdout.write(answer_markdown(answer, passages, showing.row or 1))
        case _:
            print_answer(Console(), answer, passages, showing.row or 1)
