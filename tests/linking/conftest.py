"""Fixtures of the linking tests.

`outside` is the project's own server over a small data set in Wikidata's vocabulary. `answering`
starts a server that answers as a test says: for what goes wrong, and for what was sent.
"""

from __future__ import annotations

import re
import signal
import subprocess
import sys
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING
from urllib.parse import parse_qs

import pytest
from pyoxigraph import Literal, NamedNode, Triple

from undersigned import terms as t
from undersigned.iris import Iris
from undersigned.store.embedded import open_writer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

WD = "http://www.wikidata.org/entity/"
_PROGRAM = "import typer; from undersigned.cli.serve import serve; typer.run(serve)"
_INSTANCE = NamedNode("http://www.wikidata.org/prop/direct/P31")
_SUBCLASS = NamedNode("http://www.wikidata.org/prop/direct/P279")
_DESCRIPTION = NamedNode("http://schema.org/description")
_ALIAS = NamedNode("http://www.w3.org/2004/02/skos/core#altLabel")
ENTRIES = (
    ("Q101", "Q5", "Ann Poe", "British novelist", ()),
    ("Q102", "Q5", "Ann Poe", "Danish rower", ()),
    ("Q103", "Q5", "Robert Roe", "economist", ("Bob Roe",)),
    ("Q104", "Q11424", "Ann Poe", "2009 film", ()),
    ("Q105", "Q5", 'Zoë "Zed" O’Neil', "painter", ()),
    ("Q106", "Q5", "digit", "wrestler", ()),
    ("Q107", "Q163740", "Office of Books", "agency", ()),
)


def entry_triples() -> Iterator[Triple]:
    yield Triple(NamedNode(f"{WD}Q163740"), _SUBCLASS, NamedNode(f"{WD}Q43229"))
    for entry, kind, label, description, aliases in ENTRIES:
        iri = NamedNode(WD + entry)
        yield Triple(iri, _INSTANCE, NamedNode(WD + kind))
        yield Triple(iri, t.RDFS_LABEL, Literal(label, language="en"))
        yield Triple(iri, _DESCRIPTION, Literal(description, language="en"))
        for alias in aliases:
            yield Triple(iri, _ALIAS, Literal(alias, language="en"))


@pytest.fixture(scope="session")
def outside(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a SPARQL endpoint over `ENTRIES`."""
    folder = tmp_path_factory.mktemp("outside") / "store"
    with open_writer(folder) as writer:
        writer.replace_graphs({Iris().knowledge: entry_triples()})
        writer.publish()
    arguments = ["--store", str(folder), "--port", "0"]
    with subprocess.Popen(
        [sys.executable, "-c", _PROGRAM, *arguments], stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stderr is not None
        said = process.stderr.readline()
        found = re.search(r"(http://127\.0\.0\.1:\d+/sparql)", said)
        assert found, said
        yield found[1]
        process.send_signal(signal.SIGINT)


@dataclass
class Answering:
    """What a server answers, and what it was sent: one mapping of form fields a request."""

    status: int = 200
    headers: dict[str, str] = field(
        default_factory=lambda: {"Content-Type": "application/sparql-results+json"}
    )
    body: bytes = b'{"head": {"vars": []}, "results": {"bindings": []}}'
    silent: threading.Event | None = None
    """Where set, no answer comes before the event."""
    sent: list[dict[str, str]] = field(default_factory=list)
    agents: list[str] = field(default_factory=list)


@pytest.fixture
def answering() -> Iterator[Callable[[Answering], str]]:
    """Starts a server that answers so; gives its address."""
    servers: list[ThreadingHTTPServer] = []

    def start(answer: Answering) -> str:
        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                form = self.rfile.read(int(self.headers["Content-Length"])).decode()
                answer.sent.append({name: v[0] for name, v in parse_qs(form).items()})
                answer.agents.append(self.headers["User-Agent"])
                if answer.silent is not None:
                    answer.silent.wait()
                    return
                self.send_response(answer.status)
                for name, value in answer.headers.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(answer.body)

            def log_message(self, format: str, *arguments: object) -> None:
                """Says nothing: a test's output is its own."""

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}).start()
        servers.append(server)
        return f"http://127.0.0.1:{server.server_port}/sparql"

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()
