"""What an export format is. One format a module; `registry` lists them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from undersigned.exporting.columns import Table
    from undersigned.store.base import GraphReader


def _no_progress(count: int) -> None:
    """Says nothing."""


def _no_notice(sentence: str) -> None:
    """Keeps it to itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportRequest:
    """What to export.

    `with_runs` adds the graph of runs, which holds times and so differs from load to load; only
    formats of the whole dataset have it. `context_file` is the JSON-LD context, read by the
    format that needs it. `tables` names the tables that formats of tables write, all if empty;
    `answer` is the one table that they write instead, where a question was asked.
    `network` names the network that formats of networks write. `licence` (an IRI) and `released`
    (an ISO 8601 day) are for formats of a whole release, as is `left_out`: what the reader's graph
    lacks on purpose, and how much of it, and `changes`: what is otherwise than in the last release.
    `advance` is told how many statements (rows, entities, edges) more were written, `tell` what
    was left out, in sentences.
    """

    reader: GraphReader
    context_file: Path
    with_runs: bool = False
    tables: tuple[str, ...] = ()
    answer: Table | None = None
    network: str = "co-signatures"
    licence: str | None = None
    released: str | None = None
    left_out: Mapping[str, int] = field(default_factory=dict)
    changes: str | None = None
    advance: Callable[[int], None] = _no_progress
    tell: Callable[[str], None] = _no_notice


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportFormat:
    """One way to write a dataset.

    `write` writes the whole file and returns how many statements (quads, or triples where the
    format knows no graphs) it holds, or how many of what `unit` says.
    Equal data give equal bytes. It raises ExportError where the data can't be said in the format.
    """

    name: str
    media_type: str
    suffix: str
    holds: str
    """What part of the dataset is in the file, for the help text."""
    write: Callable[[ExportRequest, BinaryIO], int]
    has_runs: bool = False
    """Whether the graph of runs can be in the file."""
    unit: str = "statements"
    """What `write` counts."""
    unpacks: bool = False
    """Whether the file is a zip that a folder may stand for."""
