"""`undersigned load`: sources into the graph."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from undersigned.cli.options import (
    LoaderOption,
    MappingOption,
    PipelineOption,
    ProjectOption,
    SourcesArgument,
    StoreOption,
)

if TYPE_CHECKING:
    from undersigned.loading.run import LoadReport


def load(
    sources: SourcesArgument,
    store: StoreOption = None,
    project: ProjectOption = None,
    pipeline: PipelineOption = None,
    workers: Annotated[
        int | None, typer.Option(min=1, help="Processes that read side by side.")
    ] = None,
    loader: LoaderOption = None,
    mapping: MappingOption = None,
    id_: Annotated[
        str | None, typer.Option("--id", help="Id of a single source, for its IRI.")
    ] = None,
    base_iri: Annotated[
        str | None, typer.Option(help="What the IRIs of a new store start with.")
    ] = None,
    allow_private_addresses: Annotated[
        bool | None,
        typer.Option("--allow-private-addresses", help="Fetch pages inside the network, too."),
    ] = None,
    changes: Annotated[
        Path | None,
        typer.Option(
            "--changes",
            metavar="FILE",
            help="Write as JSON what corrected sources say otherwise; - is standard output.",
        ),
    ] = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Only say what failed.")] = False,
) -> None:
    """Load articles into the graph.

    A source that was loaded before is replaced by what it says now, and the claims that it added,
    dropped or altered are told. Sources that can't be read are
    named, the others are loaded all the same, and the exit status is 1.

    Example: undersigned load examples
    """
    from undersigned.cli.loading import Loading
    from undersigned.loading.gather import STANDARD_INPUT, gather
    from undersigned.loading.run import Outcome
    from undersigned.project import find_project
    from undersigned.settings import read_settings

    settings = read_settings(
        project,
        {
            "store": store,
            "pipeline": pipeline,
            "workers": workers,
            "base_iri": base_iri,
            "allow_private_addresses": allow_private_addresses,
        },
    )
    standard_input = sys.stdin.buffer.read() if STANDARD_INPUT in sources else b""
    gathered = gather(sources, standard_input=standard_input, source_id=id_, mapping=mapping)
    talk = Console(stderr=True, soft_wrap=True, highlight=False)
    loading = Loading(settings, find_project(project), talk, loader=loader, quiet=quiet)
    for problem in gathered.problems:
        loading.say_problem(problem)
    if left := len(gathered.skipped):
        other = "1 file of another kind was" if left == 1 else f"{left:,} files of other kinds were"
        loading.say(f"{other} left aside")
    if not gathered.items:
        raise typer.Exit(1)
    report = loading.run(gathered.items)
    if changes is not None:
        _write_changes(report, changes)
    if report.stopped:
        raise typer.Exit(130)
    if gathered.problems or report.count(Outcome.FAILED):
        raise typer.Exit(1)


def _write_changes(report: LoadReport, path: Path) -> None:
    from undersigned.cli.source_changes import changes_json

    text = changes_json(source.changes for source in report.sources if source.changes)
    if path == Path("-"):
        sys.stdout.write(text)
    else:
        path.write_text(text, encoding="utf-8")
