"""From a query to the response: kept answers, the pool of workers, status before body."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Final

from starlette.responses import Response

from undersigned.errors import StoreUnreadable
from undersigned.serving.caching import (
    etag_of,
    has_already,
    kept_response,
    make_answer,
    validators,
)
from undersigned.serving.isolation.pool import RevisionGone, StreamedAnswer
from undersigned.serving.isolation.question import Question
from undersigned.serving.isolation.running import Asker, ClientGone
from undersigned.serving.problems import Problem, as_problem
from undersigned.serving.request_log import QUERY

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.types import Receive, Scope, Send

    from undersigned.serving.isolation.pool import WholeAnswer
    from undersigned.serving.protocol import QueryRequest
    from undersigned.serving.site import Site

COMPLETE: Final = "Undersigned-Complete"
"""`yes`: the status was sent when the whole answer was there. `at-end-of-chunks`: the answer is
complete if its chunked encoding ends as it should; when it fails, the connection is cut."""
_CLIENT_GONE: Final = 499
"""For nobody: the connection is closed. The number that web servers log in this case."""


async def answer_query(site: Site, request: Request, asked: QueryRequest) -> Response:
    """The response to a query, negotiated, from the cache or from a worker.

    Raises:
        Problem: there is no answer.
    """
    request.scope[QUERY] = asked.sparql
    revision = site.revision(request)
    accept = request.headers.get("accept", "")
    wish = repr((*asked.key, accept))
    if kept := site.cache.find(revision.name, wish):
        return kept_response(request, kept, revision)
    etag = etag_of(revision, wish)
    if request.method != "POST" and has_already(request, etag, revision):
        return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=validators(etag, revision))
    try:
        answer = await ask(site, request, asked)
    except RevisionGone:
        newer_revision(site, request)
        return await answer_query(site, request, asked)
    except ClientGone:
        return Response(status_code=_CLIENT_GONE)
    if isinstance(answer, StreamedAnswer):
        return await _streamed(request, answer, validators(etag, revision))
    headers = {"Content-Type": _content_type(answer.media_type), COMPLETE: "yes"}
    kept = make_answer(revision, etag, answer.body, headers)
    site.cache.keep(revision.name, wish, kept)
    return kept_response(request, kept, revision)


async def ask(site: Site, request: Request, asked: QueryRequest) -> WholeAnswer | StreamedAnswer:
    """The answer of a worker; a streamed one is to be closed.

    Raises:
        Problem: there is none.
        RevisionGone: the request's revision was taken away since it began.
        ClientGone: the client has left.
    """
    client = request.client
    asker = Asker(client.host if client else "", lambda: gone(request))
    return await site.queries.ask(_question(site, request, asked), asker)


def _question(site: Site, request: Request, asked: QueryRequest) -> Question:
    settings, revision = site.settings, site.revision(request)
    return Question(
        folder=str(revision.folder),
        revision=revision.name,
        base=revision.reader.iris.base,
        sparql=asked.sparql,
        default_graphs=asked.default_graphs,
        named_graphs=asked.named_graphs,
        format_names=asked.format_names,
        accept=request.headers.get("accept"),
        answer_rows=settings.answer_rows,
        answer_bytes=settings.answer_bytes,
        whole_bytes=settings.whole_bytes,
        cpu_seconds=settings.cpu_seconds,
        memory_bytes=settings.memory_bytes,
    )


async def _streamed(request: Request, answer: StreamedAnswer, headers: dict[str, str]) -> Response:
    headers["Content-Type"] = _content_type(answer.media_type)
    if request.method == "HEAD":
        answer.close()
        return Response(headers={**headers, COMPLETE: "at-end-of-chunks"})
    if request.scope.get("http_version") == "1.0":
        # It knows no chunks: an answer that is cut would look whole.
        try:
            body = b"".join([part async for part in answer])
        finally:
            answer.close()
        return Response(body, headers={**headers, COMPLETE: "yes"})
    return _StreamedResponse(answer, headers)


class _StreamedResponse(Response):
    """Sends an answer as it comes; ends the connection without the last chunk where it fails."""

    def __init__(self, answer: StreamedAnswer, headers: dict[str, str]) -> None:
        super().__init__(headers={**headers, COMPLETE: "at-end-of-chunks"})
        del self.headers["Content-Length"]
        self._answer = answer

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        start = {"status": self.status_code, "headers": self.raw_headers}
        try:
            await send({"type": "http.response.start", **start})
            async for part in self._answer:
                await send({"type": "http.response.body", "body": part, "more_body": True})
            await send({"type": "http.response.body", "body": b""})
        except (Problem, ClientGone):
            return  # without the last chunk: the server ends the connection
        finally:
            self._answer.close()


def _content_type(media_type: str) -> str:
    return f"{media_type}; charset=utf-8" if media_type.startswith("text/") else media_type


async def gone(request: Request) -> None:
    """Returns when the client closes the connection; the body has been read before."""
    while (await request.receive())["type"] != "http.disconnect":
        pass


def newer_revision(site: Site, request: Request) -> None:
    """Lets a request go on with the newest revision: loads ended meanwhile and took its own away.

    Raises:
        Problem: 503, there is no newer one.
    """
    before = site.revision(request).name
    site.forget_revision(request)
    if site.revision(request).name == before:
        raise as_problem(StoreUnreadable())
