"""A client of an application in this process, and sites over stores made for a test."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import httpx
from pyoxigraph import DefaultGraph

from undersigned.serving.app import make_app
from undersigned.serving.limits import ServeSettings
from undersigned.serving.parts import PARTS
from undersigned.serving.revision import LatestRevision
from undersigned.serving.site import Site
from undersigned.store.embedded import open_writer

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterable
    from pathlib import Path

    from pyoxigraph import Quad
    from starlette.types import ASGIApp


def write_store(folder: Path, quads: Iterable[Quad]) -> Path:
    """A store on disk that holds these quads; the folder."""
    graphs: dict[Any, list[Any]] = {}
    for quad in quads:
        assert not isinstance(quad.graph_name, DefaultGraph)
        graphs.setdefault(quad.graph_name, []).append(quad.triple)
    with open_writer(folder) as writer:
        writer.replace_graphs(graphs)
        writer.publish()
    return folder


class Asker:
    """Sends requests to one site; all in one event loop, as a server would."""

    def __init__(
        self,
        runner: asyncio.Runner,
        store: Path,
        settings: ServeSettings | None = None,
        *,
        app: ASGIApp | None = None,
        site: Site | None = None,
        raises_bugs: bool = True,
    ) -> None:
        self.site = site or Site(LatestRevision(store), settings or ServeSettings())
        self._runner = runner
        transport = httpx.ASGITransport(
            app=app or make_app(self.site, PARTS), raise_app_exceptions=raises_bugs
        )
        self.client = httpx.AsyncClient(transport=transport, base_url="http://localhost")

    def __call__(self, method: str, path: str = "/sparql", **options: Any) -> httpx.Response:
        return self._runner.run(self.client.request(method, path, **options))

    def send(self, request: httpx.Request) -> httpx.Response:
        return self._runner.run(self.client.send(request))

    def query(self, sparql: str, **headers: str) -> httpx.Response:
        return self("GET", params={"query": sparql}, headers=headers)

    def together(self, *queries: str) -> list[httpx.Response]:
        async def gathered() -> list[httpx.Response]:
            sent = [self.client.get("/sparql", params={"query": query}) for query in queries]
            return await asyncio.gather(*sent)

        return self._runner.run(gathered())

    def run(self, work: Any) -> Any:
        return self._runner.run(work)

    def close(self) -> None:
        self._runner.run(self.site.queries.close())


async def never_ending() -> AsyncIterator[bytes]:
    """A body that stops arriving."""
    yield b"query=ASK"
    await asyncio.Event().wait()
