"""Fixtures of the serving tests.

`ask` sends requests to an application in this process: the fixture to use for what the protocol
does. `served` is a real uvicorn server on a free loopback port, for clients that open a connection
themselves. Both serve `store`, a small graph of one letter that a person signed.
"""

from __future__ import annotations

import asyncio
import socket
import threading
from typing import TYPE_CHECKING

import pytest
import uvicorn
from pyoxigraph import Literal, Quad

from serving.asking import Asker
from undersigned.iris import Iris
from undersigned.serving.app import make_app
from undersigned.serving.limits import ServeSettings
from undersigned.store.embedded import EmbeddedWriter, memory_store
from undersigned.terms import LETTER, PERSON, RDF_TYPE, RDFS_LABEL, SIGNED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from starlette.applications import Starlette

IRIS = Iris()
ADA = IRIS.entity("person", "ada-example")
APPEAL = IRIS.entity("letter", "harbour-appeal")
SOURCE = IRIS.source("daily-2024-05-01")


@pytest.fixture(scope="session")
def store() -> EmbeddedWriter:
    knowledge = IRIS.knowledge
    return memory_store(
        [
            Quad(ADA, RDF_TYPE, PERSON, knowledge),
            Quad(ADA, RDFS_LABEL, Literal("Ada Example"), knowledge),
            Quad(ADA, SIGNED, APPEAL, knowledge),
            Quad(APPEAL, RDF_TYPE, LETTER, knowledge),
            Quad(
                APPEAL, RDFS_LABEL, Literal("Appeal for the old harbour", language="en"), knowledge
            ),
            Quad(SOURCE, RDFS_LABEL, Literal("Harbour appeal grows"), SOURCE),
        ]
    )


@pytest.fixture
def make_asker() -> Iterator[Callable[[Starlette], Asker]]:
    with asyncio.Runner() as runner:
        yield lambda app: Asker(app, runner)


@pytest.fixture
def ask(store: EmbeddedWriter, make_asker: Callable[[Starlette], Asker]) -> Asker:
    return make_asker(make_app(lambda: store, ServeSettings()))


@pytest.fixture(scope="session")
def serve_app() -> Iterator[Callable[[Starlette], str]]:
    """Starts a server for an application; gives its address."""
    running: list[tuple[uvicorn.Server, threading.Thread, socket.socket]] = []

    def start(app: Starlette) -> str:
        listener = socket.create_server(("127.0.0.1", 0))
        config = uvicorn.Config(app, lifespan="off", ws="none", log_config=None)
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
def served(store: EmbeddedWriter, serve_app: Callable[[Starlette], str]) -> str:
    """The address of the endpoint."""
    return serve_app(make_app(lambda: store, ServeSettings())) + "/sparql"
