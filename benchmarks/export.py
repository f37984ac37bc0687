"""How fast each export format is, and how its memory grows with the dataset.

    python benchmarks/export.py                         two small sizes, under a minute
    python benchmarks/export.py --sizes 100000 1000000

Each line is one export in a process of its own: statements per second, and the memory that the
process took at its peak beyond what it had before (from /proc, so on Linux only). The data are
made up: letters with signatures, one evidence graph for every ten of them; half of the quads are
the knowledge graph's.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode, Triple

from undersigned import terms
from undersigned.exporting.base import ExportRequest
from undersigned.exporting.registry import export_formats, get_export_format
from undersigned.exporting.writing import export_to_file
from undersigned.iris import Iris
from undersigned.store.embedded import open_reader, open_writer

if TYPE_CHECKING:
    from collections.abc import Iterator

IRIS = Iris()
CONTEXT = Path(__file__).resolve().parents[1] / "ontology" / "context.jsonld"
QUADS_PER_SIGNATURE = 10


def make_store(path: Path, quads: int) -> None:
    knowledge: list[Triple] = []
    graphs: dict[NamedNode, list[Triple]] = {IRIS.knowledge: knowledge}
    for number in range(quads // QUADS_PER_SIGNATURE):
        source = IRIS.source(f"daily-{number // 10}")
        knowledge += _facts(number, source)
        graphs.setdefault(source, []).extend(_evidence(number, source))
    with open_writer(path) as writer:
        names = list(graphs)
        for start in range(0, len(names), 500):  # one transaction for all would fill the memory
            writer.replace_graphs({name: graphs[name] for name in names[start : start + 500]})
        writer.publish()


def _facts(number: int, source: NamedNode) -> Iterator[Triple]:
    person = IRIS.entity("person", f"signer-{number}")
    letter = IRIS.entity("letter", f"letter-{number // 50}")
    signature = IRIS.entity("signature", f"letter-{number // 50}/signer-{number}")
    yield Triple(person, terms.RDF_TYPE, terms.PERSON)
    yield Triple(person, terms.RDFS_LABEL, Literal(f"Signer Number {number}"))
    yield Triple(person, terms.SIGNED, letter)
    yield Triple(signature, terms.SIGNATORY, person)
    yield Triple(signature, terms.SAID_IN, source)


def _evidence(number: int, source: NamedNode) -> Iterator[Triple]:
    claim = NamedNode(f"{source.value}#claim-{number}")
    piece = NamedNode(f"{source.value}#char={number},{number + 20}")
    yield Triple(claim, terms.RDF_TYPE, terms.SIGNATURE)
    yield Triple(claim, terms.EVIDENCE, piece)
    yield Triple(piece, terms.OA_EXACT, Literal(f"Signer Number {number}, among those who signed"))
    yield Triple(claim, terms.RULE, Literal("among-who-signed"))
    yield Triple(claim, terms.CERTAINTY, terms.concept("certainty", "stated"))


def export_once(name: str, store: Path, output: Path) -> None:
    with open_reader(store) as reader:
        before = _peak_mib()
        start = time.perf_counter()
        request = ExportRequest(reader=reader, context_file=CONTEXT)
        count = export_to_file(get_export_format(name), request, output)
        seconds = time.perf_counter() - start
    figures = {
        "statements": count,
        "seconds": seconds,
        "memory_mib": _peak_mib() - before,
        "file_mib": output.stat().st_size / 2**20,
    }
    print(json.dumps(figures))


def _peak_mib() -> float:
    # Not getrusage: a new process inherits its parent's peak there.
    found = re.search(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text())
    return int(found[1]) / 1024 if found else 0.0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--sizes", type=int, nargs="+", default=[20_000, 80_000], metavar="QUADS")
    parser.add_argument("--once", nargs=3, metavar=("FORMAT", "STORE", "OUTPUT"))
    options = parser.parse_args()
    if options.once:
        name, store, output = options.once
        export_once(name, Path(store), Path(output))
        return
    print(f"{'format':8} {'statements':>11} {'per second':>11} {'memory MiB':>11} {'file MiB':>9}")
    with tempfile.TemporaryDirectory() as folder:
        for size in options.sizes:
            store = Path(folder) / f"{size}.store"
            make_store(store, size)
            for name in export_formats():
                _print_line(name, store, Path(folder) / "output")


def _print_line(name: str, store: Path, output: Path) -> None:
    command = [sys.executable, __file__, "--once", name, str(store), str(output)]
    run = subprocess.run(command, capture_output=True, text=True, check=True)
    found = json.loads(run.stdout)
    speed = found["statements"] / found["seconds"]
    print(
        f"{name:8} {found['statements']:11,} {speed:11,.0f} {found['memory_mib']:11.1f} "
        f"{found['file_mib']:9.1f}"
    )


if __name__ == "__main__":
    main()
