"""What the benchmarks of the server share: connections, and what its processes use.

A connection is as thin as can be, for the client takes part of the processor time that is there.
"""

from __future__ import annotations

import asyncio
import os
import re
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, Self
from urllib.parse import urlencode, urlsplit

from pyoxigraph import Literal, NamedNode, Triple

from undersigned import terms
from undersigned.iris import Iris
from undersigned.store.embedded import open_writer

if TYPE_CHECKING:
    from collections.abc import Iterator

IRIS: Final = Iris()
PEOPLE: Final = 20_000
LABEL: Final = f"<{terms.RDFS_LABEL.value}>"
PROGRAM: Final = "import typer; from undersigned.cli.serve import serve; typer.run(serve)"
_PAGE_BYTES: Final = os.sysconf("SC_PAGE_SIZE")
_LENGTH: Final = re.compile(rb"\ncontent-length: *(\d+)", re.IGNORECASE)
_ETAG: Final = re.compile(rb"\netag: *(\S+)", re.IGNORECASE)


def labels() -> list[Triple]:
    """The names of many people."""
    return [
        Triple(IRIS.entity("person", f"signer-{number}"), terms.RDFS_LABEL,
               Literal(f"Signer Number {number}"))
        for number in range(PEOPLE)
    ]  # fmt: skip


def make_store(folder: Path) -> None:
    """A store of people, each of whom signed together with the next."""
    people = [IRIS.entity("person", f"signer-{number}") for number in range(PEOPLE)]
    following = zip(people, people[1:] + people[:1], strict=True)
    property_ = NamedNode(f"{terms.US}coSignedWith")
    triples = labels() + [Triple(person, terms.RDF_TYPE, terms.PERSON) for person in people]
    triples += [Triple(one, property_, other) for one, other in following]
    with open_writer(folder) as writer:
        writer.replace_graphs({IRIS.knowledge: triples})
        writer.publish()


def point_query(number: int) -> str:
    """A query for the name of one person; another text for each number."""
    person = f"{IRIS.base}person/signer-{number * 7919 % PEOPLE}"
    return f"SELECT ?name {{ <{person}> {LABEL} ?name }} # {number}"


@dataclass(frozen=True, slots=True)
class Answer:
    """Status and length of an answer. One that was cut off is not whole."""

    status: int
    body_bytes: int
    etag: str
    is_whole: bool


class Connection:
    """One connection to a server, kept open."""

    def __init__(self, address: str) -> None:
        self._parts = urlsplit(address)

    async def __aenter__(self) -> Self:
        self._reader, self._writer = await asyncio.open_connection(
            self._parts.hostname, self._parts.port
        )
        return self

    async def __aexit__(self, *_: object) -> None:
        self._writer.close()

    async def ask(self, sparql: str, *, path: str = "", known: str = "") -> Answer:
        """Asks the endpoint a query, or for the page at a path."""
        wanted = path or f"{self._parts.path}?{urlencode({'query': sparql})}"
        condition = f"If-None-Match: {known}\r\n" if known else ""
        accept = "text/html" if path else "application/sparql-results+json"
        self._writer.write(
            f"GET {wanted} HTTP/1.1\r\nHost: {self._parts.netloc}\r\n"
            f"Accept: {accept}\r\n{condition}\r\n".encode()
        )
        head = await self._reader.readuntil(b"\r\n\r\n")
        tag = _ETAG.search(head)
        try:
            body_bytes, is_whole = await self._read_body(head), True
        except asyncio.IncompleteReadError:
            body_bytes, is_whole = 0, False
        return Answer(int(head[9:12]), body_bytes, tag[1].decode() if tag else "", is_whole)

    async def _read_body(self, head: bytes) -> int:
        if length := _LENGTH.search(head):
            return len(await self._reader.readexactly(int(length[1])))
        total = 0
        while b"chunked" in head.lower():
            size = int((await self._reader.readuntil(b"\r\n")).split(b";")[0], 16)
            await self._reader.readexactly(size + 2)
            if not size:
                break
            total += size
        return total


@contextmanager
def served(store: Path, *options: str) -> Iterator[tuple[str, int]]:
    """Starts our server over a store; gives the address of its endpoint and its process id."""
    command = [sys.executable, "-c", PROGRAM, "--store", str(store), "--port", "0", *options]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        said = process.stderr.readline()
        found = re.search(r"http://\S+", said)
        if found is None:
            raise RuntimeError(said)
        try:
            # It listens before it is ready; the first answer comes when its workers are there.
            asyncio.run(_ask_once(found[0]))
            yield found[0], process.pid
        finally:
            process.terminate()


async def _ask_once(address: str) -> None:
    async with Connection(address) as connection:
        await connection.ask("ASK {}")


def family_of(process: int) -> Iterator[int]:
    """Yields a process and all that it has started."""
    yield process
    for children in Path(f"/proc/{process}/task").glob("*/children"):
        for child in _read(children).split():
            yield from family_of(int(child))


def memory_bytes(process: int) -> int:
    """What a process and all that it has started hold, each for itself alone, in bytes."""
    total = 0
    for one in family_of(process):
        fields = _read(Path(f"/proc/{one}/statm")).split()
        total += (int(fields[1]) - int(fields[2])) * _PAGE_BYTES if fields else 0
    return total


def cpu_seconds(process: int) -> float:
    """Processor time of a process and all that it has started, in seconds."""
    ticks = 0
    for one in family_of(process):
        fields = _read(Path(f"/proc/{one}/stat")).rpartition(")")[2].split()
        ticks += sum(map(int, fields[11:15]))  # its own, and of those that it has buried
    return ticks / os.sysconf("SC_CLK_TCK")


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="ascii", errors="replace")
    except OSError:  # it has ended meanwhile
        return ""
