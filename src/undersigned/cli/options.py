"""Options that several commands share, each declared once."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

SourcesArgument = Annotated[
    list[str],
    typer.Argument(metavar="SOURCE", help="Files, folders, glob patterns, web addresses, or -."),
]

StoreOption = Annotated[
    Path | None,
    typer.Option(
        "--store",
        metavar="PATH",
        help="Folder of the embedded store. Default: undersigned.store in this folder.",
        show_default=False,
    ),
]

ProjectOption = Annotated[
    Path | None,
    typer.Option(
        "--project",
        metavar="DIR",
        help="Project folder: has ontology/, loaders/, queries/; see `undersigned info`.",
        show_default=False,
    ),
]

MappingOption = Annotated[
    Path | None,
    typer.Option(
        "--mapping",
        metavar="FILE",
        help="What the columns of a table of signers hold; see the page on signature lists.",
        show_default=False,
    ),
]

PipelineOption = Annotated[
    str | None, typer.Option(help="Another spaCy pipeline with UD labels: name or folder.")
]

LoaderOption = Annotated[
    str | None, typer.Option(help="Read with this loader; see `undersigned loaders`.")
]
