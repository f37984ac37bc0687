"""What surrounds every answer: the check of the Host header, and headers for safe browsing."""

from __future__ import annotations

import re
from http import HTTPStatus
from typing import TYPE_CHECKING, Final

from starlette.datastructures import Headers, MutableHeaders

from undersigned.serving.problems import Problem, problem_response

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

SAFETY_HEADERS: Final = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": (
        "default-src 'none'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "cross-origin",
}
_HOST: Final = re.compile(r"(\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9._-]+)(:\d{1,5})?")


class Shell:
    """ASGI middleware around the whole application."""

    def __init__(self, app: ASGIApp, allowed_hosts: frozenset[str] | None) -> None:
        self._app = app
        self._allowed = allowed_hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers a request, or refuses it for its Host header."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in SAFETY_HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        problem = self._fault_of_host(Headers(scope=scope).get("host", ""))
        if problem is not None:
            await problem_response(problem)(scope, receive, send_with_headers)
            return
        await self._app(scope, receive, send_with_headers)

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
