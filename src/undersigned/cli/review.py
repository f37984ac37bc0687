"""`undersigned review`: the pairs that evidence leaves open, decided one by one or listed."""

from __future__ import annotations

import sys
from enum import StrEnum
from itertools import islice
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from undersigned.cli.judge import ByOption, account
from undersigned.cli.options import ProjectOption, StoreOption


class ListFormat(StrEnum):
    """How the pairs are listed."""

    CSV = "csv"
    JSON = "json"


def review(
    kind: Annotated[
        str | None,
        typer.Option(help="Only person, organization, letter, statement or link."),
    ] = None,
    output: Annotated[
        ListFormat | None,
        typer.Option(
            "--format", help="List the pairs. Default: csv without a terminal.", show_default=False
        ),
    ] = None,
    limit: Annotated[
        int | None, typer.Option(min=1, metavar="N", help="The first N pairs only.")
    ] = None,
    by: ByOption = None,
    store: StoreOption = None,
    project: ProjectOption = None,
) -> None:
    """Decide who is who: the pairs that evidence leaves open, most useful first.

    On a terminal both sides' words stand beside each other, and every answer counts at once; stop
    whenever you like. Without one, or with --format, the pairs are listed: fill in the column
    `verdict` of the CSV, and say `undersigned judge --import FILE`.

    Example: undersigned review --kind person
    """
    from undersigned.judging.review import REVIEWED_KINDS
    from undersigned.settings import store_path

    if kind is not None and kind not in REVIEWED_KINDS:
        raise typer.BadParameter(f"--kind is {kind!r}; expected one of {', '.join(REVIEWED_KINDS)}")
    folder = store_path(store, project)
    if output is None and sys.stdin.isatty() and sys.stdout.isatty():
        _ask(folder, kind, limit, by or account())
    else:
        _list(folder, kind, limit, output or ListFormat.CSV)


def _list(folder: Path, kind: str | None, limit: int | None, output: ListFormat) -> None:
    from undersigned.judging.review import open_pairs
    from undersigned.judging.showing import pairs_csv, pairs_json
    from undersigned.store.embedded import open_reader

    write = {ListFormat.CSV: pairs_csv, ListFormat.JSON: pairs_json}[output]
    with open_reader(folder) as reader:
        sys.stdout.write(write(islice(open_pairs(reader, kind), limit)))


def _ask(folder: Path, kind: str | None, limit: int | None, judge: str) -> None:
    from undersigned.judging.interview import Interview
    from undersigned.judging.review import waiting_pairs
    from undersigned.store.embedded import open_reader

    console = Console(highlight=False)
    with open_reader(folder) as reader:
        base, pairs = reader.iris.base, waiting_pairs(reader, kind)[:limit]
    if not pairs:
        console.print("nothing waits for a decision")
        return
    judged = Interview(console, console.input, folder, judge).run(pairs, base)
    console.print(f"{judged} judged; take one back with undersigned judge --undo IRI")
