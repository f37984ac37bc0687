"""What the page of a question shows: its form, and of its answer one part with the words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pyoxigraph import Literal

from undersigned.claims import Certainty, SignatureStatus, Stance
from undersigned.pages.results import Cell, cell_of, result_views
from undersigned.question_api.values import ENTITY_TYPES
from undersigned.questions.formats import text_of
from undersigned.questions.saved_query import ParameterType
from undersigned.terms import US
from undersigned.why import why_row

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pyoxigraph import NamedNode

    from undersigned.pages.addresses import Addresses
    from undersigned.pages.asking import Asked, Part
    from undersigned.pages.results import ResultViews
    from undersigned.questions.ask import Answer, Row, Term
    from undersigned.questions.saved_query import Parameter, SavedQuery
    from undersigned.store.base import GraphReader
    from undersigned.why import Passage

_DRAWN: Final = 1_000
"""Rows of an answer that its pictures show."""
_FACTS_SHOWN: Final = 12
"""Facts of one row whose passages are on the page; JSON with why=true has all."""
_ISO_DAY: Final = re.compile(r"\d{4}-\d{2}(-\d{2})?")
_CHOICES: Final = {
    ParameterType.STANCE: tuple(Stance),
    ParameterType.STATUS: tuple(SignatureStatus),
    ParameterType.CERTAINTY: tuple(Certainty),
}
_PLACEHOLDERS: Final = {
    ParameterType.DATE: "2025-03-21, 2025-03 or 2025",
    ParameterType.INTEGER: "a whole number",
    ParameterType.TEXT: "words",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class FormField:
    """One blank of a question as a form has it. `kinds` are what suggestions are asked for."""

    parameter: Parameter
    value: str
    placeholder: str
    choices: tuple[str, ...] = ()
    kinds: str = ""


@dataclass(frozen=True, slots=True)
class AnswerCell:
    """One cell: its text, and where the page of the thing behind it is, if it has one."""

    text: str
    link: str = ""
    is_number: bool = False


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """One row with the passages of its first facts; `left_out` counts the facts not shown."""

    number: int
    cells: tuple[AnswerCell, ...]
    passages: tuple[Passage, ...]
    left_out: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerPage:
    """An answer on its page: one part of the table, and the pictures of the first rows."""

    answer: Answer
    rows: Part[AnswerRow]
    views: ResultViews
    citation: str


def form_fields(question: SavedQuery, values: Mapping[str, str]) -> list[FormField]:
    """The blanks in the order of the header, filled with what was given, else the default."""
    return [
        FormField(
            parameter=parameter,
            value=values.get(parameter.name, parameter.default or ""),
            placeholder=_PLACEHOLDERS.get(parameter.type, "a name"),
            choices=tuple(choice.value for choice in _CHOICES.get(parameter.type, ())),
            kinds=_kind_of(parameter.type),
        )
        for parameter in question.parameters
    ]


def answer_page(
    reader: GraphReader, answer: Answer, asked: Asked, addresses: Addresses, citation: str
) -> AnswerPage:
    """The part of an answer that was asked for."""
    numbered = list(enumerate(answer.rows, start=1))
    return AnswerPage(
        answer=answer,
        rows=asked.part(numbered).made(lambda row: _row(reader, *row, addresses)),
        views=result_views(
            answer.columns, [_drawn(row) for row in answer.rows[:_DRAWN]], addresses.page_of
        ),
        citation=citation,
    )


def _kind_of(kind: ParameterType) -> str:
    """The kind for /suggest; an agent is a person as often as an organization, so any will do."""
    if kind not in ENTITY_TYPES:
        return ""
    return "any" if kind is ParameterType.AGENT else kind.value


def _row(reader: GraphReader, number: int, row: Row, addresses: Addresses) -> AnswerRow:
    return AnswerRow(
        number=number,
        cells=tuple(
            AnswerCell(
                text=text_of(cell),
                link=(addresses.page_of(link) or "") if link else "",
                is_number=_is_number(cell),
            )
            for cell, link in zip(row.cells, row.links, strict=True)
        ),
        passages=tuple(why_row(reader, row.evidence[:_FACTS_SHOWN])),
        left_out=max(0, len(row.evidence) - _FACTS_SHOWN),
    )


def _is_number(cell: Term | None) -> bool:
    return isinstance(cell, Literal) and cell_of(cell).number is not None


def _drawn(row: Row) -> Sequence[Cell]:
    return [_cell(cell, link) for cell, link in zip(row.cells, row.links, strict=True)]


def _cell(cell: Term | None, link: NamedNode | None) -> Cell:
    """A cell as pictures take it. Statuses and the like are no things that a network joins."""
    text = text_of(cell)
    if link is not None and not link.value.startswith(US):
        return Cell(text, link)
    if _ISO_DAY.fullmatch(text):
        return Cell(text, day=text)
    shown = cell_of(cell)
    return Cell(text, number=shown.number, day=shown.day)
