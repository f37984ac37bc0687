"""`undersigned remove`: sources out of the graph."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from undersigned.cli.options import StoreOption


def remove(
    sources: Annotated[
        list[str],
        typer.Argument(
            metavar="SOURCE",
            help="Ids, IRIs or web addresses of sources, or words of title, outlet and date.",
            show_default=False,
        ),
    ],
    erase: Annotated[
        bool,
        typer.Option("--erase", help="Drop older revisions, too, and make the store's files anew."),
    ] = False,
    store: StoreOption = None,
) -> None:
    """Take sources out of the graph, with what rested on them alone.

    What other sources carry stays. All sources are looked up before any is taken out. Loading a
    source again brings it back; to keep somebody out, see `undersigned forget`.

    Example: undersigned remove hollywood-letter-2025-03-21
    """
    from undersigned.cli.correcting import number_of, open_to_correct, write_facts
    from undersigned.correcting.removing import get_source, remove_sources

    with open_to_correct(store) as writer:
        found = [get_source(writer, text) for text in sources]
        report = remove_sources(writer, found)
        revision = writer.erase() if erase else writer.publish()
        ids = [writer.iris.source_id(source) or source.value for source in report.sources]
    for source_id in ids:
        sys.stdout.write(f"removed   {source_id}\n")
    write_facts("gone", report.gone)
    sys.stdout.write(
        f"{number_of(len(report.gone), 'facts')} gone with {number_of(len(ids), 'sources')}, "
        f"{report.kept:,} kept, since other sources carry them; revision {revision}\n"
    )
