"""Fixtures of the serving tests.

`ask` sends requests to an application in this process: the fixture to use for what the protocol
does. It has workers of its own, started once. `make_asker` makes another one, for other settings or
another store. `served` is a real uvicorn server on a free loopback port, for clients that open a
connection themselves. `ask` and `served` serve `store`, a small graph of one letter that a person
signed.
"""

from __future__ import annotations

import asyncio
import socket
import threading
from typing import TYPE_CHECKING, Any

import pytest
import uvicorn
from pyoxigraph import Literal, Quad

from serving.asking import Asker, write_store
from undersigned.iris import Iris
from undersigned.serving.app import make_app
from undersigned.serving.connection import BoundedProtocol
from undersigned.serving.limits import ServeSettings
from undersigned.serving.parts import PARTS
from undersigned.serving.revision import LatestRevision
from undersigned.serving.site import Site
from undersigned.terms import LETTER, PERSON, RDF_TYPE, RDFS_LABEL, SIGNED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from starlette.types import ASGIApp

IRIS = Iris()
ADA = IRIS.entity("person", "ada-example")
APPEAL = IRIS.entity("letter", "harbour-appeal")
SOURCE = IRIS.source("daily-2024-05-01")


@pytest.fixture(scope="session")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    knowledge = IRIS.knowledge
    return write_store(
        tmp_path_factory.mktemp("serving") / "store",
        [
            Quad(ADA, RDF_TYPE, PERSON, knowledge),
            Quad(ADA, RDFS_LABEL, Literal("Ada Example"), knowledge),
            Quad(ADA, SIGNED, APPEAL, knowledge),
            Quad(APPEAL, RDF_TYPE, LETTER, knowledge),
            Quad(
                APPEAL, RDFS_LABEL, Literal("Appeal for the old harbour", language="en"), knowledge
            ),
            Quad(SOURCE, RDFS_LABEL, Literal("Harbour appeal grows"), SOURCE),
        ],
    )


@pytest.fixture
def make_asker() -> Iterator[Callable[..., Asker]]:
    """Makes a client of a site: `make_asker(store, settings)`."""
    made: list[Asker] = []
    with asyncio.Runner() as runner:

        def make(store: Path, settings: ServeSettings | None = None, **options: Any) -> Asker:
            made.append(Asker(runner, store, settings, **options))
            return made[-1]

        yield make
        for asker in made:
            asker.close()


@pytest.fixture(scope="session")
def ask(store: Path) -> Iterator[Asker]:
    with asyncio.Runner() as runner:
        asker = Asker(runner, store)
        yield asker
        asker.close()


@pytest.fixture(scope="session")
def serve_app() -> Iterator[Callable[[ASGIApp], str]]:
    """Starts a server for an application; gives its address."""
    running: list[tuple[uvicorn.Server, threading.Thread, socket.socket]] = []

    def start(app: ASGIApp, http: type[BoundedProtocol] = BoundedProtocol) -> str:
        listener = socket.create_server(("127.0.0.1", 0))
        config = uvicorn.Config(app, http=http, lifespan="on", ws="none", log_config=None)
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        running.append((server, thread, listener))
        return f"http://127.0.0.1:{listener.getsockname()[1]}"

    yield start
    for server, thread, listener in running:
        server.should_exit = True
        thread.join()
        listener.close()


@pytest.fixture(scope="session")
def served(store: Path, serve_app: Callable[[ASGIApp], str]) -> str:
    """The address of the endpoint."""
    site = Site(LatestRevision(store), ServeSettings())
    return serve_app(make_app(site, PARTS)) + "/sparql"
