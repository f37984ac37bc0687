"""Many clients for minutes: whether all are answered, and whether the server's memory stays flat.

    python benchmarks/soak.py                     200 clients for five minutes
    python benchmarks/soak.py --seconds 30 --clients 50

Each client keeps its connection and asks, one after the other and without a pause, for what is
drawn by lot: point queries and answers of 1,000 rows that nobody has asked for before, a question
that all ask, an answer that it has already, pages of people, the home page and searches. Told: the
answers by kind and status, the time they took, and the memory of the server and all its processes
in each tenth of the time.
"""

from __future__ import annotations

import argparse
import asyncio
import collections
import itertools
import random
import statistics
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from loopback import LABEL, PEOPLE, Connection, make_store, memory_bytes, point_query, served

TENTHS: Final = 10
NUMBERS: Final = itertools.count()
ROWS: Final = f"SELECT ?person ?name {{ ?person {LABEL} ?name }} LIMIT 1000"
SHARES: Final = {
    "point query": 40,
    "1,000 rows": 5,
    "repeated question": 20,
    "known answer (304)": 15,
    "person": 12,
    "home": 3,
    "search": 5,
}
"""How often each kind is asked for, in a hundred."""


@dataclass(slots=True)
class Findings:
    ends: collections.Counter[tuple[str, int]] = field(default_factory=collections.Counter)
    milliseconds: dict[str, list[float]] = field(default_factory=lambda: {k: [] for k in SHARES})
    memory: list[int] = field(default_factory=list)
    """In bytes, ten times a second."""


async def visit(address: str, lot: random.Random, deadline: float, findings: Findings) -> None:
    etag = ""
    async with Connection(address) as connection:
        while (start := time.perf_counter()) < deadline:
            kind = lot.choices(list(SHARES), list(SHARES.values()))[0]
            sparql, path = request_of(kind, lot)
            known = etag if "304" in kind else ""
            answer = await connection.ask(sparql, path=path, known=known)
            if "304" in kind:
                etag = answer.etag
            findings.ends[kind, answer.status if answer.is_whole else -answer.status] += 1
            findings.milliseconds[kind].append((time.perf_counter() - start) * 1000)


def request_of(kind: str, lot: random.Random) -> tuple[str, str]:
    """A query, or the path of a page."""
    number = lot.randrange(PEOPLE)
    match kind:
        case "point query":
            return point_query(next(NUMBERS)), ""
        case "1,000 rows":
            return f"{ROWS} # {next(NUMBERS)}", ""
        case "person":
            return "", f"/person/signer-{number}.html"
        case "home":
            return "", "/"
        case "search":
            return "", f"/search?q=Number+{number}"
        case _:
            return point_query(777) if kind == "repeated question" else ROWS, ""


async def watch(server: int, deadline: float, findings: Findings) -> None:
    while time.perf_counter() < deadline:
        findings.memory.append(memory_bytes(server))
        await asyncio.sleep(0.1)


async def run(address: str, server: int, options: argparse.Namespace) -> Findings:
    findings, deadline = Findings(), time.perf_counter() + options.seconds
    lots = [random.Random(number) for number in range(options.clients)]
    await asyncio.gather(
        *(visit(address, lot, deadline, findings) for lot in lots),
        watch(server, deadline, findings),
    )
    return findings


def tell(findings: Findings, seconds: float) -> None:
    print(f"{'':20} {'answers':>9} {'median ms':>10} {'p99 ms':>10}  by status (negative: cut off)")
    for kind, times in findings.milliseconds.items():
        ends = {status: n for (of, status), n in sorted(findings.ends.items()) if of == kind}
        slowest = statistics.quantiles(times, n=100)[98]
        print(f"{kind:20} {len(times):9,} {statistics.median(times):10.1f} {slowest:10.1f}  {ends}")
    total = findings.ends.total()
    bad = sum(n for (_, status), n in findings.ends.items() if status not in {200, 304})
    print(f"{total:,} answers, {total / seconds:,.0f} a second; {bad} of them errors")
    step = max(1, len(findings.memory) // TENTHS)
    tenths = [findings.memory[start : start + step] for start in range(0, step * TENTHS, step)]
    told = ", ".join(f"{statistics.median(part) / 2**20:,.0f}" for part in tenths if part)
    print(f"memory in each tenth of the time: {told} MiB (median)")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--seconds", type=float, default=300.0)
    parser.add_argument("--clients", type=int, default=200)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        store = Path(name) / "store"
        make_store(store)
        with served(store) as (address, server):
            tell(asyncio.run(run(address, server, options)), options.seconds)


if __name__ == "__main__":
    main()
