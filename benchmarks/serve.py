"""Answers per second of the endpoint, beside two other servers with the same data and client.

    python benchmarks/serve.py                  a few seconds for each line
    python benchmarks/serve.py --seconds 10 --connections 16 --rivals ~/rivals/bin

Lines: a point query, never the same twice; an answer of 1,000 rows, never the same twice; a
repeated question; a repeated question whose answer the client has. Servers are processes of their
own over stores on disk; the client, in this process, keeps its connections open and asks again as
soon as it has an answer. Client and servers share the machine's cores, so figures of one run can be
compared and others can't.

The others are `oxigraph` (the server of the engine, without isolation) and `rdflib-endpoint`, both
from PyPI: `pip install oxigraph "rdflib-endpoint[cli]"`, best in an environment of their own. What
is not found is left out.
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import re
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode, urlsplit

import pyoxigraph
from pyoxigraph import Literal, Quad, RdfFormat, Triple

from undersigned import terms
from undersigned.iris import Iris
from undersigned.store.embedded import open_writer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

IRIS: Final = Iris()
PEOPLE: Final = 20_000
PROGRAM: Final = "import typer; from undersigned.cli.serve import serve; typer.run(serve)"
LABEL: Final = f"<{terms.RDFS_LABEL.value}>"
ROWS: Final = f"SELECT ?person ?name {{ ?person {LABEL} ?name }} LIMIT 1000"
NUMBERS: Final = itertools.count()


def point() -> str:
    number = next(NUMBERS)
    person = f"{IRIS.base}person/signer-{number * 7919 % PEOPLE}"
    return f"SELECT ?name {{ <{person}> {LABEL} ?name }} # {number}"


def rows() -> str:
    return f"{ROWS} # {next(NUMBERS)}"


QUESTIONS: Final[dict[str, Callable[[], str]]] = {
    "point query": point,
    "1,000 rows": rows,
    "repeated question": lambda: f"SELECT ?name {{ <{IRIS.base}person/signer-777> {LABEL} ?name }}",
    "known answer (304)": lambda: ROWS,
}


@dataclass(slots=True)
class Client:
    """One connection that asks again and again."""

    address: str
    question: Callable[[], str]
    known: bool
    milliseconds: list[float] = field(default_factory=list)
    answer_bytes: int = 0

    async def ask_until(self, deadline: float) -> None:
        parts = urlsplit(self.address)
        reader, writer = await asyncio.open_connection(parts.hostname, parts.port)
        etag = ""
        while time.perf_counter() < deadline:
            query = urlencode({"query": self.question()})
            start = time.perf_counter()
            writer.write(
                f"GET {parts.path}?{query} HTTP/1.1\r\nHost: {parts.netloc}\r\n"
                f"Accept: application/sparql-results+json\r\n{etag}\r\n".encode()
            )
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
            if not head.startswith(("http/1.1 200", "http/1.1 304")):
                raise RuntimeError(head)
            self.answer_bytes = await read_body(reader, head)
            self.milliseconds.append((time.perf_counter() - start) * 1000)
            if self.known and (tag := re.search(r"etag: (\S+)", head)):
                etag = f"If-None-Match: {tag[1].replace('w/', 'W/')}\r\n"
        writer.close()
        await writer.wait_closed()


async def read_body(reader: asyncio.StreamReader, head: str) -> int:
    """Reads what follows the head; its length."""
    if length := re.search(r"content-length: (\d+)", head):
        return len(await reader.readexactly(int(length[1])))
    total = 0
    while "transfer-encoding: chunked" in head:
        size = int((await reader.readuntil(b"\r\n")).split(b";")[0], 16)
        await reader.readexactly(size + 2)
        if not size:
            break
        total += size
    return total


async def measure(address: str, name: str, options: argparse.Namespace) -> tuple[float, str]:
    known = "304" in name
    warm = Client(address, QUESTIONS[name], known)
    await warm.ask_until(time.perf_counter() + 0.3)
    clients = [Client(address, QUESTIONS[name], known) for _ in range(options.connections)]
    start = time.perf_counter()
    await asyncio.gather(*(client.ask_until(start + options.seconds) for client in clients))
    times = [ms for client in clients for ms in client.milliseconds]
    rate = len(times) / (time.perf_counter() - start)
    slowest = statistics.quantiles(times, n=100)[98]
    size = warm.answer_bytes
    return rate, f"{rate:11,.0f} {statistics.median(times):10.1f} {slowest:10.1f} {size:11,}"


def make_stores(folder: Path) -> None:
    """The same labels as a store of ours, a store of the engine's, and a file."""
    labels = [
        Triple(IRIS.entity("person", f"signer-{number}"), terms.RDFS_LABEL,
               Literal(f"Signer Number {number}"))
        for number in range(PEOPLE)
    ]  # fmt: skip
    with open_writer(folder / "undersigned") as writer:
        writer.replace_graphs({IRIS.knowledge: labels})
        writer.publish()
    store = pyoxigraph.Store(str(folder / "oxigraph"))
    store.bulk_extend(Quad(n.subject, n.predicate, n.object) for n in labels)
    store.flush()
    pyoxigraph.serialize(labels, str(folder / "labels.nt"), format=RdfFormat.N_TRIPLES)


@contextmanager
def running(command: list[str], port: int) -> Iterator[None]:
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            while not listens(port):
                if process.poll() is not None:
                    raise RuntimeError(f"{command} ended")
                time.sleep(0.05)
            yield
        finally:
            process.terminate()


def listens(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return False
    return True


def servers(folder: Path, rivals: str | None) -> Iterator[tuple[str, list[str], int, str]]:
    """Yields name, command, port and path of each server that is there."""
    ours = [sys.executable, "-c", PROGRAM, "--store", str(folder / "undersigned")]
    port = free_port()
    yield "undersigned", [*ours, "--port", str(port)], port, "/sparql"
    if program := shutil.which("oxigraph", path=rivals):
        port = free_port()
        command = [program, "serve-read-only", "--location", str(folder / "oxigraph")]
        yield "oxigraph", [*command, "--bind", f"127.0.0.1:{port}"], port, "/query"
    if program := shutil.which("rdflib-endpoint", path=rivals):
        port = free_port()
        command = [program, "serve", "--host", "127.0.0.1", "--port", str(port)]
        yield "rdflib-endpoint", [*command, str(folder / "labels.nt")], port, "/"


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--seconds", type=float, default=3.0, help="for each line")
    parser.add_argument("--connections", type=int, default=8)
    parser.add_argument("--rivals", help="folder of the other servers' programs; else PATH")
    options = parser.parse_args()
    rates: dict[tuple[str, str], float] = {}
    with tempfile.TemporaryDirectory() as name, ExitStack() as started:
        folder = Path(name)
        make_stores(folder)
        print(f"{'':36} {'per second':>11} {'median ms':>10} {'p99 ms':>10} {'bytes':>11}")
        found = list(servers(folder, options.rivals))
        for _, command, port, _ in found:
            started.enter_context(running(command, port))
        for question in QUESTIONS:
            for server, _, port, path in found:
                address = f"http://127.0.0.1:{port}{path}"
                rate, line = asyncio.run(measure(address, question, options))
                rates[server, question] = rate
                print(f"{question:20} {server:15} {line}")
    for other in ("oxigraph", "rdflib-endpoint"):
        for question in list(QUESTIONS)[:3]:
            if theirs := rates.get((other, question)):
                print(f"{question}: {rates['undersigned', question] / theirs:.2f} of {other}")


if __name__ == "__main__":
    main()
