"""The web application: the endpoint, a page that says how to ask, and health."""

from __future__ import annotations

from http import HTTPStatus
from importlib.resources import files
from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from undersigned.errors import UndersignedError
from undersigned.serving.endpoint import METHODS, SparqlEndpoint
from undersigned.serving.problems import Problem, answer_problem, as_problem, problem_response
from undersigned.serving.shell import SAFETY_HEADERS, Shell

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.requests import Request

    from undersigned.serving.limits import ServeSettings
    from undersigned.store.base import GraphReader


def make_app(open_reader: Callable[[], GraphReader], settings: ServeSettings) -> Starlette:
    """The application that serves one store, read-only.

    Args:
        open_reader: gives the reader of the revision to answer from; called for each request, from
            several threads, so it should hand out one reader until the revision changes.
        settings: the limits.
    """
    endpoint = SparqlEndpoint(open_reader, settings)
    page = (files("undersigned.serving") / "home.html").read_text(encoding="utf-8")

    async def home(request: Request) -> Response:
        return HTMLResponse(page, headers={"Cache-Control": "no-cache"})

    async def health(request: Request) -> Response:
        try:
            reader = await run_in_threadpool(open_reader)
        except UndersignedError as error:
            return problem_response(as_problem(error))
        return JSONResponse(
            {"status": "ok", "revision": reader.revision}, headers={"Cache-Control": "no-store"}
        )

    return Starlette(
        routes=[
            Route("/", home),
            Route("/health", health),
            Route("/sparql", endpoint.answer, methods=list(METHODS)),
        ],
        middleware=[
            Middleware(Shell, allowed_hosts=settings.allowed_hosts),
            Middleware(
                CORSMiddleware,
                allow_origins=["*"],
                allow_methods=["GET", "HEAD", "POST"],
                allow_headers=["Accept", "Content-Type", "If-None-Match"],
                expose_headers=["ETag"],
            ),
        ],
        exception_handlers={
            Problem: answer_problem,
            HTTPException: _answer_http_exception,
            Exception: _answer_bug,
        },
    )


async def _answer_http_exception(request: Request, error: Exception) -> Response:
    """No such path, or no such method there."""
    if not isinstance(error, HTTPException):
        raise error
    status = HTTPStatus(error.status_code)
    detail = {
        HTTPStatus.NOT_FOUND: "There is nothing here; queries go to /sparql.",
        HTTPStatus.METHOD_NOT_ALLOWED: "This path does not take that method; see Allow.",
    }.get(status, status.description or status.phrase)
    return problem_response(Problem(status, "http", detail, headers=error.headers))


async def _answer_bug(request: Request, error: Exception) -> Response:
    """Anything unforeseen. The server logs the traceback; the client gets none of it."""
    response = problem_response(as_problem(UndersignedError()))
    response.headers.update(SAFETY_HEADERS)
    return response
