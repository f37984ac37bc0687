"""What whoever runs the server asks it: is it alive, can it answer, what does it do just now."""

from __future__ import annotations

import hmac
from http import HTTPStatus
from typing import TYPE_CHECKING

from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from undersigned.serving.isolation.running import End
from undersigned.serving.metrics import MEDIA_TYPE, iter_metrics
from undersigned.serving.problems import Problem

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.routing import BaseRoute

    from undersigned.serving.site import Site

_NOT_KEPT = {"Cache-Control": "no-store"}


def routes(site: Site) -> list[BaseRoute]:
    """The part for those who run the server."""
    operating = Operating(site)
    return [
        Route("/health", operating.health),
        Route("/ready", operating.ready),
        Route("/metrics", operating.metrics),
        Route("/running", operating.running),
        Route("/running/{number:int}", operating.end, methods=["DELETE"]),
    ]


def require_token(request: Request, token: str) -> None:
    """Lets a request pass that carries the token.

    Raises:
        Problem: 401, it has none or another; 404, there is no token, so that nobody may.
    """
    if not token:
        raise Problem(
            HTTPStatus.NOT_FOUND, "http", "There is nothing here: this server has no token."
        )
    scheme, _, given = request.headers.get("authorization", "").partition(" ")
    # In constant time: how long a wrong token takes must not tell how far it is right.
    same = hmac.compare_digest(given.strip().encode(), token.encode())
    if scheme.lower() != "bearer" or not same:
        raise Problem(
            HTTPStatus.UNAUTHORIZED,
            "token-wrong",
            "This takes the server's token: Authorization: Bearer TOKEN.",
            headers={"WWW-Authenticate": 'Bearer realm="undersigned"'},
        )


class Operating:
    """The handlers."""

    def __init__(self, site: Site) -> None:
        self._site = site

    async def health(self, request: Request) -> Response:
        """The process is alive, and has a store."""
        revision = self._site.revision(request)
        return JSONResponse({"status": "ok", "revision": revision.name}, headers=_NOT_KEPT)

    async def ready(self, request: Request) -> Response:
        """Queries are answered: the store can be read, and a worker is there."""
        revision = self._site.revision(request)
        if not self._site.queries.is_ready:
            raise Problem(
                HTTPStatus.SERVICE_UNAVAILABLE,
                "not-ready",
                "The server is starting or stopping.",
                headers={"Retry-After": "1"},
            )
        return JSONResponse({"status": "ready", "revision": revision.name}, headers=_NOT_KEPT)

    async def metrics(self, request: Request) -> Response:
        """Counts for Prometheus."""
        if not self._site.settings.open_metrics:
            require_token(request, self._site.settings.token)
        body = "\n".join(iter_metrics(self._site)) + "\n"
        return Response(body, media_type=MEDIA_TYPE, headers=_NOT_KEPT)

    async def running(self, request: Request) -> Response:
        """The queries that are being answered, the longest first."""
        require_token(request, self._site.settings.token)
        queries = sorted(self._site.queries.running.values(), key=lambda query: query.since)
        told = [
            {
                "number": query.number,
                "since": query.began.isoformat(timespec="milliseconds"),
                "lane": query.lane,
                "client": query.asker.address,
                "query": query.sparql,
            }
            for query in queries
        ]
        return JSONResponse({"running": told}, headers=_NOT_KEPT)

    async def end(self, request: Request) -> Response:
        """Ends one query."""
        require_token(request, self._site.settings.token)
        query = self._site.queries.running.get(request.path_params["number"])
        if query is None:
            raise Problem(HTTPStatus.NOT_FOUND, "http", "No query of that number is running.")
        query.stop(End.CANCELLED)
        return Response(status_code=HTTPStatus.NO_CONTENT)
