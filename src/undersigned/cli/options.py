"""Options that several commands share, each declared once."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

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
