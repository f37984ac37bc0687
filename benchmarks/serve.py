"""Answers per second of the endpoint, beside two other servers with the same data and client.

    python benchmarks/serve.py                  a few seconds for each line
    python benchmarks/serve.py --seconds 10 --connections 16 --rivals ~/rivals/bin

Lines: a point query, never the same twice; an answer of 1,000 rows, never the same twice; a
repeated question; a repeated question whose answer the client has. Servers are processes of their
own over stores on disk; the client, in this process, keeps its connections open and asks again as
soon as it has an answer. The servers take turns of a second, so that what else the machine does
befalls all of them; figures of one run can be compared, and others can't. Beside the rate stands
the processor time that a server and all its processes took for one answer, which depends less on
how busy the machine is.

The others are `oxigraph` (the server of the engine, without isolation) and `rdflib-endpoint`, both
from PyPI: `pip install oxigraph "rdflib-endpoint[cli]"`, best in an environment of their own. What
is not found is left out.
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pyoxigraph
from loopback import IRIS, LABEL, PROGRAM, Connection, cpu_seconds, labels, point_query
from pyoxigraph import Quad, RdfFormat

from undersigned.store.embedded import open_writer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROWS: Final = f"SELECT ?person ?name {{ ?person {LABEL} ?name }} LIMIT 1000"
NUMBERS: Final = itertools.count()


def point() -> str:
    return point_query(next(NUMBERS))


def rows() -> str:
    return f"{ROWS} # {next(NUMBERS)}"


QUESTIONS: Final[dict[str, Callable[[], str]]] = {
    "point query": point,
    "1,000 rows": rows,
    "repeated question": lambda: f"SELECT ?name {{ <{IRIS.base}person/signer-777> {LABEL} ?name }}",
    "known answer (304)": lambda: ROWS,
}


@dataclass(frozen=True, slots=True)
class Server:
    name: str
    process: int
    port: int
    path: str

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}{self.path}"


@dataclass(slots=True)
class Client:
    """One connection that asks again and again."""

    address: str
    question: Callable[[], str]
    known: bool
    milliseconds: list[float] = field(default_factory=list)
    answer_bytes: int = 0

    async def ask_until(self, deadline: float) -> None:
        etag = ""
        async with Connection(self.address) as connection:
            while time.perf_counter() < deadline:
                start = time.perf_counter()
                answer = await connection.ask(self.question(), known=etag)
                if answer.status not in {200, 304} or not answer.is_whole:
                    raise RuntimeError(f"{self.address} answered {answer}")
                self.milliseconds.append((time.perf_counter() - start) * 1000)
                self.answer_bytes = answer.body_bytes
                etag = answer.etag if self.known else ""


@dataclass(slots=True)
class Turns:
    """What came of all turns of one server at one question."""

    seconds: float = 0.0
    cpu_seconds: float = 0.0
    milliseconds: list[float] = field(default_factory=list)
    answer_bytes: int = 0

    @property
    def rate(self) -> float:
        return len(self.milliseconds) / self.seconds

    @property
    def cpu_milliseconds(self) -> float:
        return self.cpu_seconds * 1000 / len(self.milliseconds)

    def __str__(self) -> str:
        slowest = statistics.quantiles(self.milliseconds, n=100)[98]
        return (
            f"{self.rate:11,.0f} {statistics.median(self.milliseconds):10.1f} {slowest:10.1f} "
            f"{self.cpu_milliseconds:10.3f} {self.answer_bytes:11,}"
        )


async def take_turn(server: Server, name: str, connections: int, turns: Turns) -> None:
    """Asks one server for a second, after a moment that isn't counted."""
    make = partial(Client, server.address, QUESTIONS[name], known="304" in name)
    warm = make()
    await warm.ask_until(time.perf_counter() + 0.2)
    clients = [make() for _ in range(connections)]
    start, cpu = time.perf_counter(), cpu_seconds(server.process)
    await asyncio.gather(*(client.ask_until(start + 1.0) for client in clients))
    turns.seconds += time.perf_counter() - start
    turns.cpu_seconds += cpu_seconds(server.process) - cpu
    turns.milliseconds += [ms for client in clients for ms in client.milliseconds]
    turns.answer_bytes = warm.answer_bytes


def make_stores(folder: Path) -> None:
    """The same labels as a store of ours, a store of the engine's, and a file."""
    named = labels()
    with open_writer(folder / "undersigned") as writer:
        writer.replace_graphs({IRIS.knowledge: named})
        writer.publish()
    store = pyoxigraph.Store(str(folder / "oxigraph"))
    store.bulk_extend(Quad(n.subject, n.predicate, n.object) for n in named)
    store.flush()
    pyoxigraph.serialize(named, str(folder / "labels.nt"), format=RdfFormat.N_TRIPLES)


@contextmanager
def running(command: list[str], port: int) -> Iterator[int]:
    """Gives the process id of the server."""
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            while not listens(port):
                if process.poll() is not None:
                    raise RuntimeError(f"{command} ended")
                time.sleep(0.05)
            yield process.pid
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
    parser.add_argument("--seconds", type=int, default=3, help="turns of a second for each line")
    parser.add_argument("--connections", type=int, default=8)
    parser.add_argument("--rivals", help="folder of the other servers' programs; else PATH")
    options = parser.parse_args()
    found: dict[tuple[str, str], Turns] = {}
    with tempfile.TemporaryDirectory() as name, ExitStack() as started:
        folder = Path(name)
        make_stores(folder)
        running_servers = [
            Server(server, started.enter_context(running(command, port)), port, path)
            for server, command, port, path in list(servers(folder, options.rivals))
        ]
        columns = ("per second", "median ms", "p99 ms", "cpu ms", "bytes")
        print(" " * 36, "{:>11} {:>10} {:>10} {:>10} {:>11}".format(*columns))
        for question in QUESTIONS:
            for server in running_servers * options.seconds:
                turns = found.setdefault((question, server.name), Turns())
                asyncio.run(take_turn(server, question, options.connections, turns))
            for server in running_servers:
                print(f"{question:20} {server.name:15} {found[question, server.name]}")
    for question, other in found:
        ours, theirs = found[question, "undersigned"], found[question, other]
        if ours is not theirs:
            print(
                f"{question}: {ours.rate / theirs.rate:.2f} of the rate of {other}, "
                f"{ours.cpu_milliseconds / theirs.cpu_milliseconds:.2f} of its processor time"
            )


if __name__ == "__main__":
    main()
