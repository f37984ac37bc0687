"""One query over an open revision: from its text to the answer in the format asked for."""

from __future__ import annotations

import re
from http import HTTPStatus
from typing import TYPE_CHECKING, Final

import pyoxigraph
from pyoxigraph import NamedNode, QueryTriples, RdfFormat

from undersigned.errors import QueryInvalid, UndersignedError
from undersigned.serving.formats import choose_format, finished_body
from undersigned.serving.isolation.outlet import AnswerTooLong
from undersigned.serving.problems import Problem, as_problem, update_refused
from undersigned.store.syntax import find_syntax_fault
from undersigned.terms import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pyoxigraph import Triple

    from undersigned.serving.formats import AnswerFormat, Result
    from undersigned.serving.isolation.outlet import Outlet
    from undersigned.serving.isolation.question import Question
    from undersigned.store.base import GraphReader

_UPDATE: Final = re.compile(
    r"(?:\s++|#[^\n]*+(?:\n|\Z)|BASE\s*+<[^>]*+>|PREFIX\s*+[^:<]*+:\s*+<[^>]*+>)*+"
    r"(?:INSERT|DELETE|LOAD|CLEAR|DROP|CREATE|ADD|MOVE|COPY|WITH)\b",
    re.IGNORECASE,
)
"""An update operation after its prologue; asked only of text that is no query."""
_EXPECTED: Final = re.compile(r"\"(?:\\.|[^\"\\])+\"|[A-Z_]{2,}")
"""Signs and keywords among what the parser names; it also names classes of characters."""
_EXPECTED_SHOWN: Final = 12


def answer_query(reader: GraphReader, question: Question, outlet: Outlet) -> None:
    """Evaluates the query and sends its whole answer through the outlet.

    Raises:
        Problem: there is no answer, or it is too long. Nothing that was sent holds then.
    """
    # So that <person/ada> is an entity of this graph. A BASE of the query's own comes later.
    base = f"BASE <{question.base}> "
    try:
        result = reader.query(
            base + question.sparql,
            default_graphs=_nodes(question.default_graphs),
            named_graphs=_nodes(question.named_graphs),
        )
        form, media_type = choose_format(
            triples=isinstance(result, QueryTriples),
            named=question.format_names,
            accept=question.accept,
        )
        outlet.begin(form, media_type)
        _write(result, form, outlet)
        outlet.finish(finished_body(outlet.getvalue(), form) if form.is_xml else None)
    except QueryInvalid as error:
        raise _malformed(base, question.sparql, error) from error
    except UndersignedError as error:
        raise as_problem(error) from error
    except AnswerTooLong as error:
        raise _too_long(str(error)) from error
    except RuntimeError as error:  # the engine's, for what it can parse and not evaluate
        raise Problem(
            HTTPStatus.UNPROCESSABLE_ENTITY,
            "query-unsupported",
            f"The query can't be answered: {error}",
        ) from error


def _nodes(iris: tuple[str, ...] | None) -> list[NamedNode] | None:
    return None if iris is None else [NamedNode(iri) for iri in iris]


def _write(result: Result, form: AnswerFormat, outlet: Outlet) -> None:
    """Evaluates the rest of the query and writes the answer."""
    if isinstance(result, QueryTriples):
        assert isinstance(form.engine_format, RdfFormat)
        prefixes = PREFIXES if form.takes_prefixes else None
        pyoxigraph.serialize(
            _counted(result, outlet), outlet, form.engine_format, prefixes=prefixes
        )
    else:
        result.serialize(outlet, form.engine_format)  # type: ignore[arg-type]  # one for rows


def _counted(triples: QueryTriples, outlet: Outlet) -> Iterator[Triple]:
    for triple in triples:
        outlet.count_rows(1)
        yield triple


def _malformed(base: str, sparql: str, error: QueryInvalid) -> Problem:
    fault = find_syntax_fault(base + sparql)
    if fault is None:
        return as_problem(error)
    if _UPDATE.match(sparql):
        return update_refused(HTTPStatus.BAD_REQUEST)  # sent as a query, it is a malformed one
    expected = _EXPECTED.findall(fault.expected)[:_EXPECTED_SHOWN]
    column = max(1, fault.column - len(base)) if fault.line == 1 else fault.column
    hint = f"; expected one of {' '.join(expected)}" if expected else ""
    return Problem(
        HTTPStatus.BAD_REQUEST,
        "query-malformed",
        f"Not a SPARQL 1.1 query: line {fault.line}, column {column}{hint}",
        extra={"line": fault.line, "column": column},
    )


def _too_long(budget: str) -> Problem:
    return Problem(
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
        "answer-too-long",
        f"The answer has more than {budget} and is not sent; ask for less with LIMIT, or page by "
        "page with ORDER BY, LIMIT and OFFSET.",
    )
