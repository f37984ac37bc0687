"""How fast each export format is, and how its memory grows with the dataset.

    python benchmarks/export.py                              165,000 quads, three minutes
    python benchmarks/export.py --sizes 165000 1000000 --formats nquads trig turtle jsonld rdfxml
    python benchmarks/export.py --sizes 1000000 --keep build/stores

Each line is one export in a process of its own: what it wrote, seconds on the clock and of the
processor, the processor's seconds for a million statements (the goal for RDF is 20), and the memory
that the process took at its peak beyond what it had before (from /proc, so on Linux only). The
graph is made of towns (`town.py`). Turtle, JSON-LD and RDF/XML hold the knowledge graph alone.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path
from typing import Final

import town

from undersigned.exporting.base import ExportRequest
from undersigned.exporting.registry import export_formats, get_export_format
from undersigned.exporting.writing import export_to_file
from undersigned.store.embedded import open_reader

CONTEXT: Final = Path(__file__).resolve().parents[1] / "ontology" / "context.jsonld"


def export_once(name: str, store: Path, output: Path) -> None:
    with open_reader(store) as reader:
        before = _peak_mib()
        start, started = time.perf_counter(), time.process_time()
        request = ExportRequest(
            reader=reader,
            context_file=CONTEXT,
            licence="https://creativecommons.org/licenses/by/4.0/",
            released="2025-06-01",
        )
        count = export_to_file(get_export_format(name), request, output)
        processor, seconds = time.process_time() - started, time.perf_counter() - start
    figures = {
        "statements": count,
        "seconds": seconds,
        "processor": processor,
        "memory_mib": _peak_mib() - before,
        "file_mib": output.stat().st_size / 2**20,
    }
    print(json.dumps(figures))


def _peak_mib() -> float:
    # Not getrusage: a new process inherits its parent's peak there.
    found = re.search(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text())
    return int(found[1]) / 1024 if found else 0.0


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--sizes", type=int, nargs="+", default=[town.QUADS_A_TOWN])
    parser.add_argument("--formats", nargs="+", default=[*export_formats()])
    parser.add_argument("--keep", type=Path, help="a folder for the stores, to be used again")
    parser.add_argument("--once", nargs=3, metavar=("FORMAT", "STORE", "OUTPUT"))
    options = parser.parse_args()
    if options.once:
        name, store, output = options.once
        export_once(name, Path(store), Path(output))
        return
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        for size in options.sizes:
            store = (options.keep or folder) / f"{size}.store"
            if not store.exists():
                town.make_store(store, size)
            print(
                f"\n{size:,} quads\n{'format':16} {'written':>11} {'clock s':>9} "
                f"{'processor s':>12} {'a million':>10} {'memory MiB':>11} {'file MiB':>9}"
            )
            for name in options.formats:
                _print_line(name, store, folder / "output")


def _print_line(name: str, store: Path, output: Path) -> None:
    command = [sys.executable, __file__, "--once", name, str(store), str(output)]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    if run.returncode:
        print(f"{name:16} not written: {run.stderr.strip().splitlines()[-1][:80]}")
        return
    found = json.loads(run.stdout)
    million = 1_000_000 * found["processor"] / max(1, found["statements"])
    print(
        f"{name:16} {found['statements']:11,} {found['seconds']:9.1f} {found['processor']:12.1f} "
        f"{million:10.1f} {found['memory_mib']:11.1f} {found['file_mib']:9.1f}",
        flush=True,
    )


if __name__ == "__main__":
    main()
