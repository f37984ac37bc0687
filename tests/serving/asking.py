"""A client of an application in this process."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import httpx

if TYPE_CHECKING:
    from starlette.applications import Starlette


class Asker:
    """Sends requests to one application; all in one event loop, as a server would."""

    def __init__(self, app: Starlette, runner: asyncio.Runner, *, raises_bugs: bool = True) -> None:
        self._runner = runner
        transport = httpx.ASGITransport(app=app, raise_app_exceptions=raises_bugs)
        self._client = httpx.AsyncClient(transport=transport, base_url="http://localhost")

    def __call__(self, method: str, path: str = "/sparql", **options: Any) -> httpx.Response:
        return self._runner.run(self._client.request(method, path, **options))

    def send(self, request: httpx.Request) -> httpx.Response:
        return self._runner.run(self._client.send(request))

    def query(self, sparql: str, **headers: str) -> httpx.Response:
        return self("GET", params={"query": sparql}, headers=headers)

    def together(self, *queries: str) -> list[httpx.Response]:
        async def gathered() -> list[httpx.Response]:
            sent = [self._client.get("/sparql", params={"query": query}) for query in queries]
            return await asyncio.gather(*sent)

        return self._runner.run(gathered())
