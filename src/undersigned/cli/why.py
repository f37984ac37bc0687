"""`undersigned why`: the words behind a person, a letter, a fact or a claim."""

from __future__ import annotations

import sys
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from undersigned.cli.options import ProjectOption, StoreOption

if TYPE_CHECKING:
    from undersigned.store.base import GraphReader
    from undersigned.why import Passage


class PassageFormat(StrEnum):
    """How passages are written."""

    TEXT = "text"
    JSON = "json"
    MARKDOWN = "markdown"


def why(
    thing: Annotated[
        str,
        typer.Argument(
            metavar="NAME-OR-IRI",
            help="A person, organization, letter or source by name, or the IRI of anything.",
            show_default=False,
        ),
    ],
    output: Annotated[
        PassageFormat, typer.Option("--format", help="How to write the passages.")
    ] = PassageFormat.TEXT,
    store: StoreOption = None,
    project: ProjectOption = None,
) -> None:
    """Show the sentences that carry what the graph says, with the words marked.

    For one row of an answer say: undersigned query NAME ... --row N

    Example: undersigned why "Mark Ruffalo"
    """
    from rich.console import Console

    from undersigned.questions.passage_formats import (
        passages_json,
        passages_markdown,
        print_passages,
    )
    from undersigned.settings import store_path
    from undersigned.store.embedded import open_reader

    with open_reader(store_path(store, project)) as reader:
        passages = _passages(reader, thing)
    match output:
        case PassageFormat.JSON:
            sys.stdout.write(passages_json(passages))
        case PassageFormat.MARKDOWN:
            sys.stdout.write(passages_markdown(passages))
        case PassageFormat.TEXT:
            print_passages(Console(), passages)
    if not passages:
        sys.stderr.write(f"{thing}: no claim rests on a sentence of its own\n")


def _passages(reader: GraphReader, thing: str) -> list[Passage]:
    """By IRI where it is the IRI of something with claims, else by name."""
    from pyoxigraph import NamedNode

    from undersigned.questions.lookup import EntityType, get_entity
    from undersigned.why import why as find_passages

    for iri in (thing.strip().removeprefix("<").removesuffix(">"), f"{reader.iris.base}{thing}"):
        try:
            passages = find_passages(reader, NamedNode(iri))
        except ValueError:  # not an IRI, so a name
            continue
        if passages:
            return passages
    return find_passages(reader, get_entity(reader, thing, EntityType.ANY).iri)
