"""What `undersigned export` can be asked for, option by option."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from undersigned.exporting.columns import table_definitions
from undersigned.exporting.networks import NETWORKS
from undersigned.exporting.registry import export_formats

_FORMATS = "; ".join(f"{form.name}: {form.holds}" for form in export_formats().values())
_TABLES = ", ".join(table_definitions())
_NETWORKS = "; ".join(f"{kind.name}: {kind.summary}" for kind in NETWORKS.values())

FormatOption = Annotated[str, typer.Option("--format", "-f", metavar="FORMAT", help=f"{_FORMATS}.")]

OutputOption = Annotated[
    Path,
    typer.Option(
        "--output",
        "-o",
        metavar="FILE",
        help="Where to write; - is standard output. A name that ends in .gz is compressed.",
    ),
]

LettersOption = Annotated[
    list[str] | None,
    typer.Option(
        "--letter", metavar="NAME", help="Only what concerns this letter; can be repeated."
    ),
]

PersonsOption = Annotated[
    list[str] | None,
    typer.Option(
        "--person",
        metavar="NAME",
        help="Only what concerns this person or organization; can be repeated.",
    ),
]

QueryOption = Annotated[
    str | None,
    typer.Option(
        "--query",
        metavar="NAME",
        help="The answer of a saved query or of a .rq file, as a table; what a CONSTRUCT "
        "builds, in every format. --letter and --person are then its parameters.",
    ),
]

ParametersOption = Annotated[
    list[str] | None,
    typer.Option(
        "--parameter",
        "-p",
        metavar="NAME=VALUE",
        help="A parameter of the query; can be repeated.",
    ),
]

TablesOption = Annotated[
    list[str] | None,
    typer.Option(
        "--table", metavar="TABLE", help=f"{_TABLES}. For formats of tables; can be repeated."
    ),
]

NetworkOption = Annotated[
    str, typer.Option("--network", metavar="NETWORK", help=f"{_NETWORKS}. For networks.")
]

WithoutUnconfirmedOption = Annotated[
    bool,
    typer.Option(
        "--without-unconfirmed",
        help="Leave out signatures that sources only hedge (“reportedly”).",
    ),
]

WithoutPrivatePersonsOption = Annotated[
    bool,
    typer.Option(
        "--without-private-persons",
        help="Leave out people whom no article names: they stand on a list of signers alone.",
    ),
]

LongestQuotationOption = Annotated[
    int | None,
    typer.Option(
        "--longest-quotation",
        metavar="CHARACTERS",
        min=0,
        help="Leave out statements of more characters.",
    ),
]

LicenceOption = Annotated[
    str | None,
    typer.Option(
        "--licence", metavar="IRI", help="Under which the release may be used; for ro-crate."
    ),
]

SinceOption = Annotated[
    str | None,
    typer.Option(
        "--since",
        metavar="BEFORE",
        help="Add the list of changes since the last release: its N-Quads, a store's folder or "
        "a revision of the store, as for `undersigned diff`; for ro-crate.",
    ),
]

WithRunsOption = Annotated[
    bool,
    typer.Option(
        "--with-runs",
        help="Add the graph of runs (nquads, trig); it holds times, so the bytes differ.",
    ),
]
