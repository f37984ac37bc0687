"""A process that writes one export of one revision to its standard output, and can be killed.

    python -m undersigned.question_api.export_process < job.json > export

It ends with status 0 if the export is whole, with `TOO_LARGE` beyond its budgets. With `CAN_NOT`,
the last line of its standard error is what to tell the client.
"""

from __future__ import annotations

import errno
import json
import os
import resource
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Final, NoReturn

import pyoxigraph
from pyoxigraph import NamedNode

from undersigned.errors import UndersignedError
from undersigned.exporting.base import ExportRequest
from undersigned.exporting.registry import get_export_format
from undersigned.exporting.subgraph import select_subgraph
from undersigned.exporting.writing import export_to_stream
from undersigned.iris import Iris
from undersigned.serving.isolation.confinement import (
    leave_network,
    leave_no_dump,
    limit_memory,
    limit_processor,
)
from undersigned.store.embedded import EmbeddedReader

CAN_NOT: Final = 3
TOO_LARGE: Final = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportJob:
    """What to export, and what it may take. `things` are IRIs; all of the graph without any."""

    folder: str
    revision: str
    base: str
    format_name: str
    things: tuple[str, ...]
    tables: tuple[str, ...]
    network: str
    licence: str | None
    context_file: str
    released: str
    seconds: float
    memory_bytes: int
    output_bytes: int


def main() -> int:
    """Does the job that standard input describes; the exit status."""
    job = ExportJob(**json.load(sys.stdin))
    leave_no_dump()
    leave_network()
    try:
        reader = EmbeddedReader(
            pyoxigraph.Store.read_only(job.folder), Iris(job.base), job.revision
        )
    except OSError:
        return _said("The revision was taken away while the export began; ask again.")
    limit_memory(job.memory_bytes)
    limit_processor(job.seconds)
    resource.setrlimit(resource.RLIMIT_FSIZE, (job.output_bytes, job.output_bytes))
    things = [NamedNode(iri) for iri in job.things]
    request = ExportRequest(
        reader=select_subgraph(reader, things) if things else reader,
        context_file=Path(job.context_file),
        tables=tuple(job.tables),
        network=job.network,
        licence=job.licence,
        released=job.released,
    )
    try:
        export_to_stream(get_export_format(job.format_name), request, sys.stdout.buffer)
    except UndersignedError as error:
        return _said(str(error))
    except MemoryError:
        return TOO_LARGE
    except OSError as error:
        if error.errno != errno.EFBIG:
            raise
        _ended(TOO_LARGE)
    return 0


def _ended(status: int) -> NoReturn:
    """Ends without flushing what is left, which would fail again."""
    os._exit(status)


def _said(message: str) -> int:
    sys.stderr.write(" ".join(message.split()) + "\n")
    return CAN_NOT


if __name__ == "__main__":
    sys.exit(main())
