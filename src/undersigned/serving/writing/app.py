"""The application that writes. It takes nothing but what carries the token, reading apart."""

from __future__ import annotations

import secrets
from http import HTTPStatus
from typing import TYPE_CHECKING, Final

from starlette.responses import Response
from starlette.routing import Route

from undersigned.serving.body import read_body
from undersigned.serving.graphs import PATH as GRAPHS_PATH
from undersigned.serving.graphs import named_graph, read_graph_of
from undersigned.serving.operating import require_token
from undersigned.serving.writing.dataset import with_dataset
from undersigned.serving.writing.job import Action, Job
from undersigned.serving.writing.queue import WritingQueue
from undersigned.serving.writing.request import UpdateRequest, read_update

if TYPE_CHECKING:
    from pathlib import Path

    from starlette.requests import Request
    from starlette.routing import BaseRoute

    from undersigned.serving.site import Part, Site

_METHODS: Final = ("GET", "HEAD", "PUT", "POST", "DELETE", "OPTIONS")
_ACTIONS: Final = {"PUT": Action.PUT, "POST": Action.POST, "DELETE": Action.DELETE}


def writing_part(store: Path) -> Part:
    """The part that writes to a store: `/update`, and `/graphs` with all its methods."""

    def routes(site: Site) -> list[BaseRoute]:
        writing = Writing(site, store)
        return [
            Route("/update", writing.update, methods=["POST", "OPTIONS"]),
            Route(GRAPHS_PATH, writing.graph, methods=list(_METHODS)),
        ]

    return routes


class Writing:
    """The handlers."""

    def __init__(self, site: Site, store: Path) -> None:
        self._site = site
        self._store = store
        self._queue = WritingQueue(site.queries, site.settings)

    async def update(self, request: Request) -> Response:
        """Runs an update of the SPARQL 1.1 protocol."""
        if request.method == "OPTIONS":
            return _allow("POST", "OPTIONS")
        require_token(request, self._site.settings.token)
        asked = await read_update(request, self._site.settings)
        await self._queue.do(self._job(Action.UPDATE, payload=_text_of(asked).encode()))
        return Response(status_code=HTTPStatus.NO_CONTENT)

    async def graph(self, request: Request) -> Response:
        """Reads, replaces, extends or drops a graph."""
        if request.method == "OPTIONS":
            return _allow(*_METHODS)
        require_token(request, self._site.settings.token)
        if request.method in {"GET", "HEAD"}:
            return await read_graph_of(self._site, request)
        made = request.method == "POST" and not request.scope["query_string"]
        base = self._site.reader(request).iris.base
        graph = f"{base}graph/posted-{secrets.token_hex(8)}" if made else named_graph(request)[0]
        settings = self._site.settings
        payload = await read_body(request, settings.update_bytes, settings.update_seconds)
        existed = await self._queue.do(
            self._job(
                _ACTIONS[request.method],
                graph=graph,
                payload=payload,
                media_type=request.headers.get("content-type", ""),
            )
        )
        headers = {"Location": graph} if made and graph else None
        status = HTTPStatus.NO_CONTENT if existed else HTTPStatus.CREATED
        return Response(status_code=status, headers=headers)

    def _job(
        self, action: Action, *, graph: str | None = None, payload: bytes, media_type: str = ""
    ) -> Job:
        return Job(
            store=str(self._store),
            action=action,
            graph=graph,
            payload=payload,
            media_type=media_type,
            memory_bytes=self._site.settings.update_memory_bytes,
        )


def _text_of(asked: UpdateRequest) -> str:
    if not asked.default_graphs and not asked.named_graphs:
        return asked.sparql
    return with_dataset(asked.sparql, asked.default_graphs, asked.named_graphs)


def _allow(*methods: str) -> Response:
    return Response(status_code=HTTPStatus.NO_CONTENT, headers={"Allow": ", ".join(methods)})
