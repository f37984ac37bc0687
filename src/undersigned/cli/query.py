"""`undersigned query`: a saved question, answered."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from undersigned.cli.options import ProjectOption, StoreOption

if TYPE_CHECKING:
    from undersigned.questions.saved_query import SavedQuery


class AnswerFormat(StrEnum):
    """How an answer is written."""

    TABLE = "table"
    CSV = "csv"
    TSV = "tsv"
    JSON = "json"
    MARKDOWN = "markdown"


def query(
    context: typer.Context,
    name: Annotated[
        str,
        typer.Argument(
            metavar="NAME",
            help="A saved query, the path of a .rq file, or - for SPARQL from standard input.",
            show_default=False,
        ),
    ] = "",
    parameters: Annotated[
        list[str] | None,
        typer.Option(
            "--parameter", "-p", metavar="NAME=VALUE", help="A parameter; as --NAME VALUE, too."
        ),
    ] = None,
    output: Annotated[
        AnswerFormat | None,
        typer.Option(
            "--format", help="Default: table on a terminal, else csv.", show_default=False
        ),
    ] = None,
    limit: Annotated[
        int | None, typer.Option(min=1, metavar="N", help="Show the first N rows only.")
    ] = None,
    why: Annotated[
        bool, typer.Option("--why", help="Show under each row the passages that carry it.")
    ] = False,
    row: Annotated[
        int | None, typer.Option(min=1, metavar="N", help="Show row N only, with its passages.")
    ] = None,
    iris: Annotated[
        bool, typer.Option("--iris", help="Add the IRIs of what is named, and the evidence.")
    ] = False,
    sparql: Annotated[
        bool, typer.Option("--sparql", help="Print the query as it would be asked, and stop.")
    ] = False,
    listing: Annotated[bool, typer.Option("--list", help="List the saved queries.")] = False,
    wants_help: Annotated[
        bool, typer.Option("--help", "-h", help="Show this help, or that of the named query.")
    ] = False,
    store: StoreOption = None,
    project: ProjectOption = None,
) -> None:
    """Ask a saved query; its parameters are options of their own.

    Example: undersigned query signatories --letter "Office of Science and Technology Policy" --why
    """
    if listing:
        _write_list(project)
        return
    if not name:
        sys.stdout.write(f"{context.get_help()}\n")
        raise typer.Exit(0 if wants_help else 2)

    from undersigned.questions.arguments import help_of, read_parameters

    found = _find_query(name, project)
    if wants_help:
        sys.stdout.write(help_of(found))
        return
    given = read_parameters(found, parameters or [], context.args)

    from undersigned.cli.answering import Showing, write_answer, write_sparql
    from undersigned.settings import store_path
    from undersigned.store.embedded import open_reader

    showing = Showing(form=output, limit=limit, row=row, why=why, iris=iris)
    with open_reader(store_path(store, project)) as reader:
        if sparql:
            write_sparql(reader, found, given)
        else:
            write_answer(reader, found, given, showing)


def _write_list(project: Path | None) -> None:
    from undersigned.cli.queries import write_list
    from undersigned.project import find_project

    write_list(find_project(project).queries)


def _find_query(name: str, project: Path | None) -> SavedQuery:
    from undersigned.project import find_project
    from undersigned.questions.saved_query import (
        get_saved_query,
        parse_saved_query,
        read_saved_query,
    )

    if name == "-":
        return parse_saved_query(_standard_input(), name="-", where="standard input")
    if name.endswith(".rq") or "/" in name:
        return read_saved_query(Path(name))
    return get_saved_query(find_project(project).queries, name)


def _standard_input() -> str:
    from undersigned.errors import QueryInvalid

    try:
        text = sys.stdin.buffer.read().decode("utf-8")
    except UnicodeDecodeError as error:
        raise QueryInvalid(f"standard input: a query must be UTF-8 text ({error})") from error
    if not text.strip():
        raise QueryInvalid(
            "standard input: nothing there; expected a query in SPARQL, as in: "
            "echo 'SELECT ?letter { ?letter a ?kind }' | undersigned query -"
        )
    return text
