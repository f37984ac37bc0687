"""`undersigned search`: names, letters and words that were said, by the words typed."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from enum import StrEnum
from typing import Annotated

import typer

from undersigned.cli.options import ProjectOption, StoreOption


class SearchKind(StrEnum):
    """What to search for."""

    PERSON = "person"
    ORGANIZATION = "organization"
    GROUP = "group"
    LETTER = "letter"
    STATEMENT = "statement"
    SOURCE = "source"


class SearchFormat(StrEnum):
    """How hits are written."""

    TEXT = "text"
    JSON = "json"


def search(
    words: Annotated[
        list[str],
        typer.Argument(
            metavar="WORDS...",
            help="Each must begin a word of what is found; accents and case do not count.",
            show_default=False,
        ),
    ],
    kind: Annotated[
        SearchKind | None,
        typer.Option("--kind", help="Only things of this kind.", show_default=False),
    ] = None,
    limit: Annotated[int, typer.Option(min=1, max=10_000, help="Most hits to show.")] = 20,
    output: Annotated[
        SearchFormat, typer.Option("--format", help="How to write the hits.")
    ] = SearchFormat.TEXT,
    store: StoreOption = None,
    project: ProjectOption = None,
) -> None:
    """Search names, aliases, titles of letters and sources, and words that were said.

    Words that the graph lacks are replaced by near ones.

    Example: undersigned search ruffalo
    """
    from undersigned.searching.opening import open_index
    from undersigned.settings import store_path
    from undersigned.store.embedded import open_reader

    folder = store_path(store, project)
    typed = " ".join(words)
    with open_reader(folder) as reader:
        index = open_index(reader, folder)
        found = index.search(typed, kind=kind.value if kind else "", limit=limit)
    if output is SearchFormat.JSON:
        hits = [asdict(hit) for hit in found.hits]
        sys.stdout.write(json.dumps(hits, ensure_ascii=False, indent=2) + "\n")
    for hit in found.hits if output is SearchFormat.TEXT else ():
        note = f" ({hit.note})" if hit.note else ""
        sys.stdout.write(f"{hit.kind:<13} {hit.label}{note}\n{'':<13} {hit.iri}\n")
    if found.instead:
        few = "some of " if found.is_any else ""
        sys.stderr.write(f"nothing has all of {typed!r}; these have {few}{found.instead!r}\n")
    shown = len(found.hits)
    total = found.by_kind.get(kind.value, 0) if kind else found.total
    if total > shown:
        sys.stderr.write(f"{shown} of {total:,} shown; for more, --limit {total}\n")
    if not shown:
        sys.stderr.write(f"nothing like {typed!r}; try fewer words, or another spelling\n")
