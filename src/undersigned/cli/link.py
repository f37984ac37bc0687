"""`undersigned link`: entries of Wikidata, or of another data set, proposed for review."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from undersigned.cli.options import ProjectOption, StoreOption

if TYPE_CHECKING:
    from undersigned.linking.link import Linking


class LinkedKind(StrEnum):
    """Who is looked up."""

    PERSON = "person"
    ORGANIZATION = "organization"


def link(
    endpoint: Annotated[
        str,
        typer.Option(
            metavar="URL",
            help="SPARQL endpoint; https://query.wikidata.org/sparql is Wikidata's.",
            show_default=False,
        ),
    ],
    kind: Annotated[LinkedKind, typer.Option(help="Whom to look up.")] = LinkedKind.PERSON,
    query: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="Look-up query for another vocabulary than Wikidata's: selects ?name, ?entry, "
            "?label, ?description, and has VALUES ?name { UNDEF }.",
        ),
    ] = None,
    limit: Annotated[
        int | None, typer.Option(min=1, metavar="N", help="Only the N in most sources.")
    ] = None,
    batch: Annotated[int, typer.Option(min=1, help="Names a request.")] = 50,
    timeout_seconds: Annotated[
        float, typer.Option(min=0.1, help="Longest time for one request.")
    ] = 60.0,
    pause_seconds: Annotated[float, typer.Option(min=0, help="Between two requests.")] = 1.0,
    store: StoreOption = None,
    project: ProjectOption = None,
) -> None:
    """Look names up at a SPARQL endpoint, and propose what is found for review.

    The names, and nothing else, are sent to the endpoint. A proposal says nothing about anybody:
    accept or reject it with `undersigned review --kind link`.

    Example: undersigned link --endpoint https://query.wikidata.org/sparql --limit 100
    """
    from undersigned.linking.asking import Endpoint
    from undersigned.linking.link import Linking, names_to_link, propose, wikidata_query
    from undersigned.settings import store_path
    from undersigned.store.embedded import open_reader

    folder = store_path(store, project)
    asked = Endpoint(
        url=endpoint,
        timeout_seconds=timeout_seconds,
        batch_names=batch,
        pause_seconds=pause_seconds,
    )
    sparql = query.read_text(encoding="utf-8") if query else wikidata_query(kind)
    with open_reader(folder) as reader:
        named = names_to_link(reader, kind, limit)
    linking = Linking()
    try:
        propose(asked, sparql, named, linking, lambda so_far: _say(so_far, len(named)))
    finally:
        # What was found before an error or Ctrl-C is kept.
        if linking.proposals:
            _write(linking, folder)
    if not linking.proposals:
        sys.stderr.write(f"nothing found for {len(named):,} name{'' if len(named) == 1 else 's'}\n")


def _write(linking: Linking, folder: Path) -> None:
    from undersigned.judging.register import open_store
    from undersigned.linking.link import write_proposals

    with open_store(folder) as writer:
        new = write_proposals(writer, linking.proposals)
    sys.stderr.write(
        f"{new} new of {len(linking.proposals)} proposed; decide with: "
        "undersigned review --kind link\n"
    )


def _say(linking: Linking, names: int) -> None:
    sys.stderr.write(f"{linking.asked} of {names} names looked up\n")
