"""Hostile queries at once, again and again, and how a small query fares beside them.

    python benchmarks/hostile.py                  twenty clients for a minute
    python benchmarks/hostile.py --seconds 10 --clients 40

Each client asks one of the queries below, and the next as soon as it has an answer. Told: how each
sort of query ended, the longest that one took, the memory of the server and of all its processes
at its highest, and the time of a point query asked beside them, never the same twice.
"""

from __future__ import annotations

import argparse
import asyncio
import collections
import itertools
import statistics
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from loopback import Connection, make_store, memory_bytes, point_query, served

from undersigned import terms

TIMEOUT_SECONDS: Final = 5
KNOWS: Final = f"<{terms.US}coSignedWith>"
DOUBLED: Final = " ".join(f"BIND(CONCAT(?x{n}, ?x{n}) AS ?x{n + 1})" for n in range(40))
HUNDRED: Final = " ".join(map(str, range(100)))
VALUES: Final = " ".join(f"VALUES ?v{n} {{ {HUNDRED} }}" for n in range(9))
HOSTILE: Final = {
    "cross product": "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    "streamed product": "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    "exploding path": f"SELECT * {{ ?a ({KNOWS}|^{KNOWS})*/({KNOWS}?/{KNOWS})* ?b }} ORDER BY ?b",
    "string doubling": f"SELECT (STRLEN(?x40) AS ?n) {{ BIND('0123456789' AS ?x0) {DOUBLED} }}",
    "sort": "SELECT * { ?a ?b ?c . ?d ?e ?f } ORDER BY DESC(CONCAT(STR(?c), STR(?f)))",
    "grouping": "SELECT ?c ?f (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f } GROUP BY ?c ?f",
    "expression": "SELECT * { ?a ?b ?c . ?d ?e ?f FILTER(REGEX(CONCAT(STR(?c), STR(?f)), "
    "'(a+)+(b+)+(c+)+$|^(.*)*x{50}y$')) }",
    "federation": "SELECT * { SERVICE <http://127.0.0.1:1/sparql> { ?s ?p ?o } }",
    "silent federation": "SELECT * { SERVICE SILENT <http://169.254.1.1/> { ?s ?p ?o } }",
    "huge values": f"SELECT (COUNT(*) AS ?n) {{ {VALUES} }}",
}  # fmt: skip


@dataclass(slots=True)
class Findings:
    ends: collections.Counter[tuple[str, int]] = field(default_factory=collections.Counter)
    longest: dict[str, float] = field(default_factory=lambda: dict.fromkeys(HOSTILE, 0.0))
    small_milliseconds: list[float] = field(default_factory=list)
    small_statuses: collections.Counter[int] = field(default_factory=collections.Counter)
    peak_bytes: int = 0


async def attack(address: str, kind: str, deadline: float, findings: Findings) -> None:
    for number in itertools.count():
        async with Connection(address) as connection:
            start = time.perf_counter()
            if start > deadline:
                return
            answer = await connection.ask(f"{HOSTILE[kind]} # {number}")
            findings.ends[kind, answer.status if answer.is_whole else -answer.status] += 1
            findings.longest[kind] = max(findings.longest[kind], time.perf_counter() - start)
            if answer.status in {400, 403, 503}:
                await asyncio.sleep(0.5)  # as a client would that heeds Retry-After a little


async def ask_small(address: str, deadline: float, findings: Findings) -> None:
    async with Connection(address) as connection:
        for number in itertools.count():
            start = time.perf_counter()
            if start > deadline:
                return
            answer = await connection.ask(point_query(number))
            findings.small_milliseconds.append((time.perf_counter() - start) * 1000)
            findings.small_statuses[answer.status] += 1
            await asyncio.sleep(0.05)


async def watch_memory(server: int, deadline: float, findings: Findings) -> None:
    while time.perf_counter() < deadline:
        findings.peak_bytes = max(findings.peak_bytes, memory_bytes(server))
        await asyncio.sleep(0.1)


async def run(address: str, server: int, options: argparse.Namespace) -> Findings:
    findings, deadline = Findings(), time.perf_counter() + options.seconds
    kinds = itertools.islice(itertools.cycle(HOSTILE), options.clients)
    await asyncio.gather(
        *(attack(address, kind, deadline, findings) for kind in kinds),
        ask_small(address, deadline, findings),
        watch_memory(server, deadline, findings),
    )
    return findings


def tell(findings: Findings) -> None:
    print(
        f"{'hostile query':20} {'longest s':>9}  answers by status (negative: begun and cut off); "
        f"each may take {TIMEOUT_SECONDS} s"
    )
    for kind in HOSTILE:
        ends = {status: n for (of, status), n in sorted(findings.ends.items()) if of == kind}
        print(f"{kind:20} {findings.longest[kind]:9.1f}  {ends}")
    times = findings.small_milliseconds
    print(f"memory of all processes at its highest: {findings.peak_bytes / 2**20:,.0f} MiB")
    print(
        f"small query: {statistics.median(times):.1f} ms median, "
        f"{statistics.quantiles(times, n=20)[18]:.1f} ms at 95%, {max(times):.1f} ms longest; "
        f"statuses {dict(findings.small_statuses)}"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--clients", type=int, default=20)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        store = Path(name) / "store"
        make_store(store)
        with served(store, "--timeout-seconds", str(TIMEOUT_SECONDS)) as (address, server):
            tell(asyncio.run(run(address, server, options)))


if __name__ == "__main__":
    main()
