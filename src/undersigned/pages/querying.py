"""The query page: a query of the reader's, evaluated where it can be killed, and its answer.

Everything is drawn on the server; a script makes an editor of the text field.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Final

from pyoxigraph import (
    NamedNode,
    QueryResultsFormat,
    QuerySolutions,
    RdfFormat,
    parse,
    parse_query_results,
)

from undersigned import terms as t
from undersigned.pages.results import LABEL_SUFFIX, Cell, ResultViews, cell_of, result_views
from undersigned.serving.answering import gone
from undersigned.serving.isolation.pool import StreamedAnswer
from undersigned.serving.isolation.question import Question
from undersigned.serving.isolation.running import Asker
from undersigned.serving.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Sequence

    from starlette.requests import Request

    from undersigned.pages.addresses import Addresses
    from undersigned.pages.nodes import Nodes
    from undersigned.serving.site import Site

ROWS_SHOWN: Final = 1_000
"""Rows of an answer on the page; the whole of it can be downloaded."""
_MOST_BYTES: Final = 8 * 1024 * 1024
_ACCEPT: Final = "application/sparql-results+json, application/n-triples;q=0.5"
DOWNLOADS: Final = {
    "rows": (("csv", "CSV"), ("tsv", "TSV"), ("json", "JSON"), ("xml", "XML")),
    "triples": (
        ("turtle", "Turtle"), ("ntriples", "N-Triples"), ("jsonld", "JSON-LD"),
        ("rdfxml", "RDF/XML"), ("trig", "TriG"), ("nquads", "N-Quads"),
    ),
}  # fmt: skip
"""The formats of `/sparql` for each sort of answer: name and title."""


@dataclass(frozen=True, slots=True)
class QueryAnswer:
    """An answer on the page. `truth` is that of an ASK; `total` counts all its rows."""

    sort: str
    views: ResultViews | None = None
    truth: bool | None = None
    total: int = 0


async def evaluate(
    site: Site, request: Request, sparql: str, *, most_bytes: int = _MOST_BYTES
) -> tuple[str, bytes]:
    """The media type and the whole answer of a query.

    Raises:
        Problem: there is no answer, or it is too long for a page.
        RevisionGone: loads ended and took the request's revision away.
        ClientGone: nobody waits for it any more.
    """
    settings, revision = site.settings, site.revision(request)
    if len(sparql.encode("utf-8", "replace")) > settings.query_bytes:
        raise Problem(
            HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
            "query-too-long",
            f"The query is longer than {settings.query_bytes:,} bytes.",
        )
    question = Question(
        folder=str(revision.folder),
        revision=revision.name,
        base=revision.reader.iris.base,
        sparql=sparql,
        default_graphs=None,
        named_graphs=None,
        format_names=(),
        accept=_ACCEPT,
        answer_rows=settings.answer_rows,
        answer_bytes=min(settings.answer_bytes, most_bytes),
        whole_bytes=most_bytes,
        cpu_seconds=settings.cpu_seconds,
        memory_bytes=settings.memory_bytes,
    )
    client = request.client
    asker = Asker(client.host if client else "", lambda: gone(request))
    answer = await site.queries.ask(question, asker)
    if isinstance(answer, StreamedAnswer):
        answer.close()
        raise Problem(
            HTTPStatus.UNPROCESSABLE_ENTITY,
            "answer-too-long",
            "The answer is too long for a page; download it, or ask with a LIMIT.",
        )
    return answer.media_type, answer.body


def read_answer(media_type: str, body: bytes, nodes: Nodes, addresses: Addresses) -> QueryAnswer:
    """What `evaluate` gave, ready to be shown."""
    if "sparql-results" not in media_type:
        return _triples(body, nodes, addresses)
    found = parse_query_results(body, format=QueryResultsFormat.JSON)
    if not isinstance(found, QuerySolutions):
        return QueryAnswer("truth", truth=bool(found))
    columns = [variable.value for variable in found.variables]
    rows, total = list[list[Cell]](), 0
    for solution in found:
        total += 1
        if total <= ROWS_SHOWN:
            rows.append([_cell(solution[name], columns, name, nodes) for name in columns])
    return QueryAnswer("rows", result_views(columns, rows, addresses.page_of), total=total)


def _triples(body: bytes, nodes: Nodes, addresses: Addresses) -> QueryAnswer:
    rows, total = list[list[Cell]](), 0
    for quad in parse(io.BytesIO(body), format=RdfFormat.N_TRIPLES):
        total += 1
        if total <= ROWS_SHOWN:
            ends = (quad.subject, quad.predicate, quad.object)
            rows.append([cell_of(term, _label(term, nodes)) for term in ends])
    views = result_views(("subject", "property", "value"), rows, addresses.page_of)
    return QueryAnswer("triples", views, total=total)


def _cell(term: object, columns: Sequence[str], name: str, nodes: Nodes) -> Cell:
    has_label = f"{name}{LABEL_SUFFIX}" in columns
    return cell_of(term, "" if has_label else _label(term, nodes))  # type: ignore[arg-type]


def _label(term: object, nodes: Nodes) -> str:
    """What the graph calls a thing; "" for what it has no label for."""
    return nodes.get(term).text(t.RDFS_LABEL) if isinstance(term, NamedNode) else ""
