"""`undersigned export`: the dataset as a file."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from undersigned.cli.options import ProjectOption, StoreOption
from undersigned.errors import ExportError
from undersigned.exporting.registry import export_formats, get_export_format

_FORMATS = "; ".join(f"{form.name}: {form.holds}" for form in export_formats().values())

PROGRESS_STEP = 5_000


def export(
    format_name: Annotated[
        str, typer.Option("--format", "-f", metavar="FORMAT", help=f"{_FORMATS}.")
    ] = "nquads",
    output: Annotated[
        Path,
        typer.Option(
            "--output", "-o", metavar="FILE", help="Where to write; - is standard output."
        ),
    ] = Path("-"),
    store: StoreOption = None,
    with_runs: Annotated[
        bool,
        typer.Option(
            "--with-runs",
            help="Add the graph of runs (nquads, trig); it holds times, so the bytes differ.",
        ),
    ] = False,
    project: ProjectOption = None,
) -> None:
    """Write the dataset or its knowledge graph as a file; the same data give the same bytes.

    Example: undersigned export --format turtle --output letters.ttl
    """
    from undersigned.exporting.base import ExportRequest
    from undersigned.exporting.writing import export_to_file, export_to_stream
    from undersigned.project import find_project
    from undersigned.settings import store_path
    from undersigned.store.embedded import open_reader

    form = get_export_format(format_name)
    if with_runs and not form.has_runs:
        raise ExportError(
            f"--with-runs: {form.name} holds {form.holds}, without the runs; leave the option out, "
            "or export nquads or trig"
        )
    context_file = find_project(project).ontology / "context.jsonld"
    with open_reader(store_path(store, project)) as reader, _progress() as advance:
        request = ExportRequest(
            reader=reader, context_file=context_file, with_runs=with_runs, advance=advance
        )
        if output == Path("-"):
            count = export_to_stream(form, request, sys.stdout.buffer)
        else:
            count = export_to_file(form, request, output)
    if output != Path("-"):
        sys.stderr.write(f"{output}: {count:,} statements as {form.name}\n")


@contextmanager
def _progress() -> Iterator[Callable[[int], None]]:
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    console = Console(stderr=True)
    bar = Progress(
        TextColumn("exporting"),
        BarColumn(),
        TextColumn("{task.completed:,.0f} statements"),
        TimeElapsedColumn(),
        console=console,
        transient=True,
        disable=not console.is_terminal,
    )
    with bar:
        task = bar.add_task("exporting", total=None)
        yield _in_steps(lambda count: bar.advance(task, count))


def _in_steps(advance: Callable[[int], None]) -> Callable[[int], None]:
    """Hands counts on in steps: the bar takes longer to move than a line to write."""
    waiting = 0

    def count_up(count: int) -> None:
        nonlocal waiting
        waiting += count
        if waiting >= PROGRESS_STEP:
            advance(waiting)
            waiting = 0

    return count_up
