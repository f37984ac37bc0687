"""`undersigned diff`: what two states of a graph do not share."""

from __future__ import annotations

import sys
from enum import StrEnum
from typing import Annotated

import typer

from undersigned.cli.options import StoreOption


class DiffFormat(StrEnum):
    """How differences are written."""

    TEXT = "text"
    JSON = "json"


def diff(
    before: Annotated[
        str,
        typer.Argument(
            metavar="BEFORE",
            help="A store's folder, a file of N-Quads, or a revision of the store: its number, or "
            "the word previous.",
            show_default=False,
        ),
    ],
    after: Annotated[
        str | None,
        typer.Argument(
            metavar="AFTER",
            help="The same; the store as it is now if not given.",
            show_default=False,
        ),
    ] = None,
    output: Annotated[
        DiffFormat, typer.Option("--format", help="How to write the differences.")
    ] = DiffFormat.TEXT,
    everything: Annotated[
        bool, typer.Option("--all", help="List all facts of a kind, not only the first.")
    ] = False,
    store: StoreOption = None,
) -> None:
    """Show the facts that are new, gone or altered between two states of a graph, by kind.

    A store keeps its last three revisions; export it to compare with an older state.

    Example: undersigned diff previous
    """
    from undersigned.cli.differences import differences_json, differences_text, open_side
    from undersigned.correcting.comparing import compare_datasets
    from undersigned.settings import store_path

    path = store_path(store)
    with open_side(before, path) as one, open_side(after, path) as other:
        found = compare_datasets(one, other)
    if output is DiffFormat.JSON:
        sys.stdout.write(differences_json(found))
    else:
        sys.stdout.write(differences_text(found, everything=everything))
