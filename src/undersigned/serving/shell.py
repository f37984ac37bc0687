"""What surrounds every answer: the check of the Host header, and headers for safe browsing."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterable
from http import HTTPStatus
from typing import TYPE_CHECKING, Final

from starlette.responses import Response

from undersigned.serving.problems import INCIDENT, Problem, new_incident, problem_response

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

_FRAME_POLICY: Final = "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
DATA_POLICY: Final = f"default-src 'none'; {_FRAME_POLICY}"
PAGE_POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    f"font-src 'self'; connect-src 'self'; worker-src 'self'; manifest-src 'self'; {_FRAME_POLICY}"
)
"""For HTML: what this server itself hands out, nothing inline, no eval, nothing from elsewhere."""
_FOR_ALL: Final = {
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "cross-origin",
}
SAFETY_HEADERS: Final = {
    **_FOR_ALL,
    # For documents, which lead elsewhere and have windows.
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
}
SHARING_HEADERS: Final = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": (
        "ETag, Last-Modified, Link, Retry-After, Undersigned-Complete"
    ),
}
"""Any site may read, as nobody: `*` goes without cookies and without passwords."""
READING_METHODS: Final = ("GET", "HEAD", "POST")
_PREFLIGHT_HEADERS: Final = {
    "Access-Control-Allow-Methods": ", ".join(READING_METHODS),
    # Authorization is not among them: a page of another site can't use a token that it knows.
    "Access-Control-Allow-Headers": "Accept, Content-Type, If-None-Match, If-Modified-Since",
    "Access-Control-Max-Age": "3600",
}
_HOST: Final = re.compile(r"(\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9._-]+)(:\d{1,5})?")

Observer = Callable[["Scope", int, float], None]
"""Is told of each response: the request, the status (0: none was sent), the seconds it took."""


class Shell:
    """ASGI middleware around the whole application.

    Written against the bare messages, for it runs for every request, and those that follow from
    the cache take no longer than it does.
    """

    def __init__(
        self,
        app: ASGIApp,
        *,
        allowed_hosts: frozenset[str] | None,
        observe: Observer,
        shared: bool,
    ) -> None:
        """`shared` lets pages of other sites read the answers."""
        self._app = app
        self._shared = shared
        self._allowed = allowed_hosts
        self._observe = observe

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers a request, or refuses it for its Host header."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        begun, status = time.perf_counter(), 0

        async def send_with_headers(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = _with_our_headers(message["headers"], shared=self._shared)
            await send(message)

        app = self._app
        # Several would be joined to what is no name: a proxy may have looked at another of them.
        hosts = b",".join(value for name, value in scope["headers"] if name == b"host")
        if problem := self._fault_of_host(hosts.decode("latin-1")):
            app = problem_response(problem)
        elif self._shared and scope["method"] == "OPTIONS":
            method = dict(scope["headers"]).get(b"access-control-request-method")
            app = app if method is None else _preflight(method.decode("latin-1"))
        try:
            await app(scope, receive, send_with_headers)
        except Exception as error:
            # The server logs the trace with its notes; the client is told the id alone.
            status = status or HTTPStatus.INTERNAL_SERVER_ERROR
            scope[INCIDENT] = new_incident()
            error.add_note(f"incident {scope[INCIDENT]}: {scope['method']} {scope['path']!r}")
            raise
        finally:
            self._observe(scope, status, time.perf_counter() - begun)

    def _fault_of_host(self, host: str) -> Problem | None:
        found = _HOST.fullmatch(host)
        if found is None:
            return Problem(
                HTTPStatus.BAD_REQUEST, "request-malformed", "The Host header is no host name."
            )
        if self._allowed is not None and found[1].strip("[]").lower() not in self._allowed:
            return Problem(
                HTTPStatus.MISDIRECTED_REQUEST,
                "host-unknown",
                "This server does not answer under that host name; ask it by the address that it "
                "printed when it started.",
            )
        return None


def _preflight(method: str) -> Response:
    """The answer to a browser that asks whether a page of another site may do this."""
    if method not in READING_METHODS:
        problem = Problem(HTTPStatus.BAD_REQUEST, "http", "Pages of other sites may only read.")
        return problem_response(problem)
    return Response(status_code=HTTPStatus.NO_CONTENT, headers=_PREFLIGHT_HEADERS)


_RawHeaders = list[tuple[bytes, bytes]]


def _raw(headers: dict[str, str]) -> _RawHeaders:
    return [(name.lower().encode(), value.encode()) for name, value in headers.items()]


_SHARING: Final = _raw(SHARING_HEADERS)
_BARE: Final = _raw(SAFETY_HEADERS)
_DATA: Final = _raw({"Content-Security-Policy": DATA_POLICY, **_FOR_ALL})
_PAGE: Final = _raw({"Content-Security-Policy": PAGE_POLICY, **SAFETY_HEADERS})


def _ours(content_type: bytes | None) -> _RawHeaders:
    # A 304 has no type, and its headers take the place of those that the browser kept: a policy for
    # data would then hold for the page.
    if content_type is None:
        return _BARE
    return _PAGE if content_type.startswith(b"text/html") else _DATA


def _with_our_headers(headers: Iterable[tuple[bytes, bytes]], *, shared: bool) -> _RawHeaders:
    """The headers and ours, where a response has none of its own of that name."""
    theirs = list(headers)
    names = dict(theirs)
    ours = _ours(names.get(b"content-type"))
    added = [pair for pair in ours if pair[0] not in names]
    return theirs + added + _SHARING if shared else theirs + added
