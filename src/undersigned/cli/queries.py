"""`undersigned queries`: which questions are saved."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from undersigned.cli.options import ProjectOption
from undersigned.errors import QueryNotFound

if TYPE_CHECKING:
    from pathlib import Path

    from undersigned.project import Project


def queries(
    check: Annotated[
        bool,
        typer.Option("--check", help="Say what is wrong with the queries, and what will be slow."),
    ] = False,
    tag: Annotated[
        str | None, typer.Option("--tag", metavar="TAG", help="Only queries with this tag.")
    ] = None,
    project: ProjectOption = None,
) -> None:
    """List the saved queries: name, question, and parameters (required ones with a star).

    Example: undersigned queries --tag statements

    Example: undersigned queries --check
    """
    from undersigned.project import find_project

    found = find_project(project)
    if check:
        _check(found)
    else:
        write_list(found.queries, tag)


def _check(project: Project) -> None:
    from undersigned.checking.report import Severity
    from undersigned.questions.linting import lint_queries
    from undersigned.questions.saved_query import iter_query_paths

    remarks = lint_queries(project)
    for remark in remarks:
        sys.stdout.write(f"{remark.where}: {remark.severity}: {remark.message}\n")
    errors = sum(remark.severity is Severity.ERROR for remark in remarks)
    checked = len(iter_query_paths(project.queries))
    sys.stderr.write(f"{checked} queries, {errors} errors, {len(remarks) - errors} warnings\n")
    if errors:
        raise typer.Exit(1)


def write_list(folder: Path, tag: str | None = None) -> None:
    """Writes the list to standard output: a table on a terminal, else lines parted by tabs.

    Raises:
        QueryNotFound: no query has the tag.
    """
    from rich.console import Console
    from rich.table import Table

    from undersigned.questions.saved_query import iter_query_paths, read_saved_query

    saved = [read_saved_query(path) for path in iter_query_paths(folder)]
    tags = sorted({name for query in saved for name in query.tags})
    if tag is not None and tag not in tags:
        raise QueryNotFound(f"--tag: no query has the tag {tag!r}; there are {', '.join(tags)}")
    table = Table("query", "question", "parameters")
    table.columns[0].no_wrap = True
    table.columns[2].overflow = "fold"
    for query in saved:
        if tag is not None and tag not in query.tags:
            continue
        names = [f"{p.name}{'*' if p.required else ''}" for p in query.parameters]
        table.add_row(query.name, query.summary, " ".join(names))
        if not sys.stdout.isatty():
            sys.stdout.write(f"{query.name}\t{query.summary}\t{' '.join(names)}\n")
    if sys.stdout.isatty():
        Console().print(table)
