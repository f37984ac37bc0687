"""The web application: parts put together, and what surrounds them all."""

from __future__ import annotations

from contextlib import asynccontextmanager
from http import HTTPStatus
from typing import TYPE_CHECKING

from anyio.to_thread import current_default_thread_limiter
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware

from undersigned.errors import UndersignedError
from undersigned.serving.problems import (
    INCIDENT,
    Problem,
    as_problem,
    failed,
    problem_response,
)
from undersigned.serving.shell import DATA_POLICY, PAGE_POLICY, SAFETY_HEADERS, Shell

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Sequence

    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.types import ASGIApp, Receive, Scope, Send

    from undersigned.serving.site import Part, Site


def make_app(
    site: Site,
    parts: Sequence[Part],
    *,
    error_page: Callable[[Request, Problem], Response | None] | None = None,
    shared: bool = True,
) -> Starlette:
    """The application that serves one site.

    Args:
        site: what is served.
        parts: give the routes, see site.py; where two routes fit a path, the earlier one answers.
        error_page: what a browser gets for a problem; None from it gives problem details.
        shared: whether pages of other sites may read the answers.
    """

    def refuse(request: Request, problem: Problem) -> Response:
        if incident := problem.extra.get(INCIDENT):
            request.scope[INCIDENT] = incident
        page = error_page(request, problem) if error_page else None
        return problem_response(problem) if page is None else page

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        current_default_thread_limiter().total_tokens = site.settings.page_threads
        await site.queries.start()
        site.open()
        yield
        await site.queries.close()

    return Starlette(
        lifespan=lifespan,
        routes=[route for part in parts for route in part(site)],
        middleware=[
            Middleware(
                Shell,
                allowed_hosts=site.settings.allowed_hosts,
                observe=site.observe,
                shared=shared,
            )
        ],
        exception_handlers=_exception_handlers(refuse),
    )


def by_port(application: ASGIApp, writing: ASGIApp, writing_port: int) -> ASGIApp:
    """One application for two sockets: what comes in on the port for writing goes to `writing`."""

    async def dispatch(scope: Scope, receive: Receive, send: Send) -> None:
        at = scope.get("server")
        writes = scope["type"] == "http" and at is not None and at[1] == writing_port
        await (writing if writes else application)(scope, receive, send)

    return dispatch


def _exception_handlers(
    refuse: Callable[[Request, Problem], Response],
) -> dict[type[Exception], Callable[[Request, Exception], Awaitable[Response]]]:
    async def answer_problem(request: Request, error: Exception) -> Response:
        assert isinstance(error, Problem)
        return refuse(request, error)

    async def answer_our_error(request: Request, error: Exception) -> Response:
        assert isinstance(error, UndersignedError)
        return refuse(request, as_problem(error))

    async def answer_http_exception(request: Request, error: Exception) -> Response:
        """No such path, or no such method there."""
        assert isinstance(error, HTTPException)
        status = HTTPStatus(error.status_code)
        detail = {
            HTTPStatus.NOT_FOUND: "There is nothing here.",
            HTTPStatus.METHOD_NOT_ALLOWED: "This path does not take that method; see Allow.",
        }.get(status, status.description or status.phrase)
        return refuse(request, Problem(status, "http", detail, headers=error.headers))

    async def answer_bug(request: Request, error: Exception) -> Response:
        """Anything unforeseen. The server logs the traceback; the client gets its id alone."""
        problem = failed(request.scope[INCIDENT])
        try:
            response = refuse(request, problem)
        except Exception:  # what writes pages may be what failed
            response = problem_response(problem)
        # This response goes out beyond the shell.
        policy = PAGE_POLICY if response.media_type == "text/html" else DATA_POLICY
        response.headers.update({**SAFETY_HEADERS, "Content-Security-Policy": policy})
        return response

    return {
        Problem: answer_problem,
        UndersignedError: answer_our_error,
        HTTPException: answer_http_exception,
        Exception: answer_bug,
    }
