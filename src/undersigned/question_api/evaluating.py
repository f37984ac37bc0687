"""A question answered where it can be killed, within the budgets of every other query."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pyoxigraph import (
    Literal,
    QueryResultsFormat,
    QuerySolutions,
    RdfFormat,
    parse,
    parse_query_results,
)

from undersigned.pages.querying import evaluate
from undersigned.questions.ask import Answer, shown_rows
from undersigned.serving.problems import Problem

if TYPE_CHECKING:
    from starlette.requests import Request

    from undersigned.question_api.values import Asking
    from undersigned.questions.ask import Term
    from undersigned.serving.site import Site

_MOST_BYTES: Final = 16 * 1024 * 1024
"""Of an answer that is put into rows here; longer ones are streamed by /sparql."""


async def evaluate_bound(site: Site, request: Request, sparql: str) -> tuple[str, bytes]:
    """The media type and the whole answer of a bound question.

    Raises:
        Problem: there is none, or it is too long to be put into rows.
        RevisionGone: loads ended and took the request's revision away; bind again, and ask.
        ClientGone: nobody waits for it any more.
    """
    try:
        return await evaluate(site, request, sparql, most_bytes=_MOST_BYTES)
    except Problem as problem:
        if problem.kind == "answer-too-long":
            problem.detail = (
                "The answer is too long for this format; ask for SPARQL results (.srj), which come "
                "in parts, or narrow the question by its parameters."
            )
        raise


def read_answer(asking: Asking, sparql: str, revision: str, found: tuple[str, bytes]) -> Answer:
    """What `evaluate` gave, as rows."""
    variables, solutions = _solutions(*found)
    return Answer(
        query=asking.question,
        parameters=dict(asking.values),
        revision=revision,
        sparql=sparql,
        **shown_rows(asking.question, variables, solutions),
    )


def _solutions(
    media_type: str, body: bytes
) -> tuple[tuple[str, ...], list[tuple[Term | None, ...]]]:
    if "sparql-results" not in media_type:
        quads = sorted(parse(body, format=RdfFormat.N_TRIPLES), key=str)
        rows: list[tuple[Term | None, ...]] = [(q.subject, q.predicate, q.object) for q in quads]
        return ("subject", "predicate", "object"), rows
    found = parse_query_results(body, format=QueryResultsFormat.JSON)
    if isinstance(found, QuerySolutions):
        return tuple(v.value for v in found.variables), [tuple(row) for row in found]
    return ("answer",), [(Literal(bool(found)),)]
