"""`undersigned loaders`: which loaders there are."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from undersigned.cli.options import ProjectOption

if TYPE_CHECKING:
    from rich.table import Table

    from undersigned.loading.registry import Loaders


def loaders(project: ProjectOption = None) -> None:
    """List the loaders in use: name, file, and what each reads.

    Example: undersigned loaders
    """
    from rich.console import Console

    from undersigned.loading.registry import find_loaders
    from undersigned.project import find_project

    found = find_loaders(find_project(project).loaders)
    if sys.stdout.isatty():
        Console().print(_table(found))
    else:
        for loader in found.by_name.values():
            sys.stdout.write(f"{loader.name}\t{_short(loader.path)}\t{loader.summary}\n")
    for problem in found.problems:
        sys.stderr.write(f"{problem}\n")


def _table(found: Loaders) -> Table:
    from rich.table import Table

    table = Table("loader", "file", "reads")
    table.columns[1].overflow = "fold"
    for loader in found.by_name.values():
        table.add_row(loader.name, _short(loader.path), loader.summary)
    return table


def _short(path: str) -> str:
    try:
        return str(Path(path).relative_to(Path.cwd()))
    except ValueError:
        return path
