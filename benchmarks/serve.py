"""How many questions per second the endpoint answers: a point query, and answers of 1,000 rows.

    python benchmarks/serve.py                  a few seconds for each line
    python benchmarks/serve.py --seconds 10 --connections 16

A server process of its own over a store on disk; the client, in this process, keeps its connections
open and asks again as soon as it has an answer. Client and server share the machine's cores.
"""

from __future__ import annotations

import argparse
import asyncio
import re
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from pyoxigraph import Literal, Triple

from undersigned import terms
from undersigned.iris import Iris
from undersigned.store.embedded import open_writer

IRIS = Iris()
PEOPLE = 20_000
PROGRAM = "import typer; from undersigned.cli.serve import serve; typer.run(serve)"
LABEL = f"<{terms.RDFS_LABEL.value}>"
POINT = f"SELECT ?name {{ <{IRIS.base}person/signer-777> {LABEL} ?name }}"
QUESTIONS = {
    "point query": POINT,
    "with 'service' in it": f"{POINT} # not the keyword SERVICE",
    "1,000 rows": f"SELECT ?person ?name {{ ?person {LABEL} ?name }} LIMIT 1000",
    "known answer (304)": f"SELECT ?person ?name {{ ?person {LABEL} ?name }} LIMIT 1000",
}


def make_store(path: Path) -> None:
    labels = [
        Triple(
            IRIS.entity("person", f"signer-{number}"),
            terms.RDFS_LABEL,
            Literal(f"Signer Number {number}"),
        )
        for number in range(PEOPLE)
    ]
    with open_writer(path) as writer:
        writer.replace_graphs({IRIS.knowledge: labels})
        writer.publish()


class Client:
    """One connection that asks the same question again and again."""

    def __init__(self, address: str, sparql: str, etag: str) -> None:
        parts = urlsplit(address)
        self._host, self._port = parts.hostname or "", parts.port or 80
        known = f"If-None-Match: {etag}\r\n" if etag else ""
        self._request = (
            f"GET {parts.path}?{urlencode({'query': sparql})} HTTP/1.1\r\n"
            f"Host: {parts.netloc}\r\n{known}\r\n"
        ).encode()
        self.milliseconds: list[float] = []
        self.answer_bytes = 0
        self.etag = ""

    async def ask_until(self, deadline: float) -> None:
        reader, writer = await asyncio.open_connection(self._host, self._port)
        while time.perf_counter() < deadline:
            start = time.perf_counter()
            writer.write(self._request)
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
            if not head.startswith(("http/1.1 200", "http/1.1 304")):
                raise RuntimeError(head)
            length = re.search(r"content-length: (\d+)", head)
            tag = re.search(r"etag: (w/\S+)", head)
            self.answer_bytes = int(length[1]) if length else 0
            self.etag = tag[1].replace("w/", "W/") if tag else ""
            await reader.readexactly(self.answer_bytes)
            self.milliseconds.append((time.perf_counter() - start) * 1000)
        writer.close()
        await writer.wait_closed()


async def ask(address: str, sparql: str, options: argparse.Namespace, *, known: bool) -> str:
    first = Client(address, sparql, "")
    await first.ask_until(time.perf_counter() + 0.2)
    etag = first.etag if known else ""
    clients = [Client(address, sparql, etag) for _ in range(options.connections)]
    start = time.perf_counter()
    await asyncio.gather(*(client.ask_until(start + options.seconds) for client in clients))
    seconds = time.perf_counter() - start
    times = [ms for client in clients for ms in client.milliseconds]
    slowest = statistics.quantiles(times, n=100)[98]
    return (
        f"{len(times) / seconds:11,.0f} {statistics.median(times):10.1f} {slowest:10.1f} "
        f"{clients[0].answer_bytes:11,}"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--seconds", type=float, default=2.0, help="for each line")
    parser.add_argument("--connections", type=int, default=8)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        store = Path(folder) / "store"
        make_store(store)
        command = [sys.executable, "-c", PROGRAM, "--store", str(store), "--port", "0"]
        with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as server:
            assert server.stderr is not None
            said = server.stderr.readline()
            found = re.search(r"http://\S+", said)
            if found is None:
                raise RuntimeError(said)
            print(
                f"{'question':20} {'per second':>11} {'median ms':>10} {'p99 ms':>10} {'bytes':>11}"
            )
            for name, sparql in QUESTIONS.items():
                line = asyncio.run(ask(found[0], sparql, options, known="304" in name))
                print(f"{name:20} {line}")
            server.terminate()


if __name__ == "__main__":
    main()
