"""`undersigned queries`: which questions are saved."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from undersigned.cli.options import ProjectOption

if TYPE_CHECKING:
    from pathlib import Path


def queries(project: ProjectOption = None) -> None:
    """List the saved queries: name, question, and parameters (required ones with a star).

    Example: undersigned queries
    """
    from undersigned.project import find_project

    write_list(find_project(project).queries)


def write_list(folder: Path) -> None:
    """Writes the list to standard output: a table on a terminal, else lines parted by tabs."""
    from rich.console import Console
    from rich.table import Table

    from undersigned.questions.saved_query import iter_query_paths, read_saved_query

    table = Table("query", "question", "parameters")
    table.columns[0].no_wrap = True
    table.columns[2].overflow = "fold"
    for path in iter_query_paths(folder):
        query = read_saved_query(path)
        names = [f"{p.name}{'*' if p.required else ''}" for p in query.parameters]
        table.add_row(query.name, query.summary, " ".join(names))
        if not sys.stdout.isatty():
            sys.stdout.write(f"{query.name}\t{query.summary}\t{' '.join(names)}\n")
    if sys.stdout.isatty():
        Console().print(table)
