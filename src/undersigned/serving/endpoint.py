"""The endpoint `/sparql`: from a request to the whole answer, before any status is sent."""

from __future__ import annotations

import asyncio
import hashlib
import re
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from undersigned.errors import QueryInvalid, UndersignedError
from undersigned.serving.buffer import AnswerBuffer, AnswerTooLong
from undersigned.serving.description import describe_service, write_description
from undersigned.serving.formats import (
    TRIPLES,
    check_format_names,
    choose_among,
    choose_format,
    finished_body,
    write_answer,
)
from undersigned.serving.negotiation import read_accept
from undersigned.serving.problems import Problem, as_problem
from undersigned.serving.protocol import (
    DescriptionRequest,
    QueryRequest,
    read_request,
    update_refused,
)
from undersigned.serving.running import ClientGone, QueryRunner
from undersigned.store.syntax import find_syntax_fault, refuse_outbound

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable

    from undersigned.serving.limits import ServeSettings
    from undersigned.store.base import GraphReader

METHODS: Final = ("GET", "HEAD", "POST", "OPTIONS")
_CLIENT_GONE: Final = 499
"""For nobody: the connection is closed. The number that web servers log in this case."""
_UPDATE: Final = re.compile(
    r"(?:\s++|#[^\n]*+(?:\n|\Z)|BASE\s*+<[^>]*+>|PREFIX\s*+[^:<]*+:\s*+<[^>]*+>)*+"
    r"(?:INSERT|DELETE|LOAD|CLEAR|DROP|CREATE|ADD|MOVE|COPY|WITH)\b",
    re.IGNORECASE,
)
"""An update operation after its prologue; asked only of text that is no query."""
_EXPECTED: Final = re.compile(r"\"(?:\\.|[^\"\\])+\"|[A-Z_]{2,}")
"""Signs and keywords among what the parser names; it also names classes of characters."""
_EXPECTED_SHOWN: Final = 12


@dataclass(frozen=True, slots=True)
class _Answer:
    """What goes out; no body where the client has it already."""

    etag: str
    body: bytes | None = None
    media_type: str = ""


class SparqlEndpoint:
    """Answers queries over whatever revision `open_reader` gives."""

    def __init__(self, open_reader: Callable[[], GraphReader], settings: ServeSettings) -> None:
        self._open_reader = open_reader
        self._settings = settings
        self._runner = QueryRunner(settings)

    async def answer(self, request: Request) -> Response:
        """The response to any request for `/sparql`."""
        if request.method == "OPTIONS":
            return Response(
                status_code=HTTPStatus.NO_CONTENT, headers={"Allow": ", ".join(METHODS)}
            )
        try:
            asked = await self._read(request)
            check_format_names(asked.format_names)
            if isinstance(asked, DescriptionRequest):
                answer = await run_in_threadpool(self._describe, asked, request)
            else:
                query = asked
                answer = await self._runner.run(
                    lambda abandoned: self._evaluate(query, request, abandoned),
                    lambda: _gone(request),
                )
        except (ClientGone, ClientDisconnect):
            return Response(status_code=_CLIENT_GONE)
        return _response(request, answer)

    async def _read(self, request: Request) -> QueryRequest | DescriptionRequest:
        try:
            async with asyncio.timeout(self._settings.timeout_seconds):
                return await read_request(request, self._settings.query_bytes)
        except TimeoutError:
            raise Problem(
                HTTPStatus.REQUEST_TIMEOUT, "timeout", "The request did not arrive in time."
            ) from None

    def _describe(self, asked: DescriptionRequest, request: Request) -> _Answer:
        reader = _opened(self._open_reader)
        accepted = read_accept(request.headers.get("accept"))
        form, media_type = choose_among(TRIPLES, asked.format_names, accepted)
        endpoint = str(request.url.replace(query="", fragment=""))
        body = write_description(describe_service(endpoint, reader), form)
        return _Answer(_etag(reader, request), body, media_type)

    def _evaluate(
        self, asked: QueryRequest, request: Request, abandoned: threading.Event
    ) -> _Answer:
        """Runs in the query's own thread."""
        reader = _opened(self._open_reader)
        etag = _etag(reader, request)
        if request.method != "POST" and _has_already(request, etag):
            return _Answer(etag)
        output = AnswerBuffer(self._settings.answer_bytes, abandoned)
        # So that <person/ada> is an entity of this graph. A BASE of the query's own comes later.
        base = f"BASE <{reader.iris.base}> "
        sparql = base + asked.sparql
        try:
            refuse_outbound(sparql)
            result = reader.query(
                sparql, default_graphs=asked.default_graphs, named_graphs=asked.named_graphs
            )
            accepted = read_accept(request.headers.get("accept"))
            form, media_type = choose_format(result, asked.format_names, accepted)
            write_answer(result, form, output)
        except QueryInvalid as error:
            raise _malformed(base, asked.sparql, error) from error
        except UndersignedError as error:
            raise as_problem(error) from error
        except AnswerTooLong as error:
            raise self._too_long() from error
        except RuntimeError as error:  # the engine's, for what it can parse and not evaluate
            raise Problem(
                HTTPStatus.BAD_REQUEST, "query-unsupported", f"The query can't be answered: {error}"
            ) from error
        return _Answer(etag, finished_body(output.getvalue(), form), media_type)

    def _too_long(self) -> Problem:
        return Problem(
            HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
            "answer-too-long",
            f"The answer has more than {self._settings.answer_bytes} bytes and is not sent; ask "
            "for less with LIMIT, or page by page with ORDER BY, LIMIT and OFFSET.",
        )


def _opened(open_reader: Callable[[], GraphReader]) -> GraphReader:
    try:
        return open_reader()
    except UndersignedError as error:
        raise as_problem(error) from error


def _response(request: Request, answer: _Answer) -> Response:
    headers = {"ETag": answer.etag, "Cache-Control": "no-cache", "Vary": "Accept"}
    if answer.body is None:
        return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=headers)
    headers["Content-Length"] = str(len(answer.body))
    body = b"" if request.method == "HEAD" else answer.body
    return Response(body, headers=headers, media_type=answer.media_type)


def _etag(reader: GraphReader, request: Request) -> str:
    """The same for the same revision and the same wish for a format; the query is in the URL.

    Weak: rows without ORDER BY may come in another order.
    """
    wish = f"{reader.revision}\n{request.headers.get('accept', '')}"
    return f'W/"{hashlib.sha256(wish.encode("utf-8", "replace")).hexdigest()[:24]}"'


def _has_already(request: Request, etag: str) -> bool:
    known = request.headers.get("if-none-match", "").split(",")
    return etag.removeprefix("W/") in {tag.strip().removeprefix("W/") for tag in known}


def _malformed(base: str, sparql: str, error: QueryInvalid) -> Problem:
    fault = find_syntax_fault(base + sparql)
    if fault is None:
        return as_problem(error)
    if _UPDATE.match(sparql):
        return update_refused()
    expected = _EXPECTED.findall(fault.expected)[:_EXPECTED_SHOWN]
    column = max(1, fault.column - len(base)) if fault.line == 1 else fault.column
    hint = f"; expected one of {' '.join(expected)}" if expected else ""
    return Problem(
        HTTPStatus.BAD_REQUEST,
        "query-malformed",
        f"Not a SPARQL 1.1 query: line {fault.line}, column {column}{hint}",
        extra={"line": fault.line, "column": column},
    )


async def _gone(request: Request) -> None:
    """Returns when the client closes the connection; the body has been read before."""
    while (await request.receive())["type"] != "http.disconnect":
        pass
