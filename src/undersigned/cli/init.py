"""`undersigned init`: a project folder of one's own."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import Annotated

import typer

from undersigned.cli.options import ProjectOption
from undersigned.errors import SettingInvalid

_PYPROJECT = """\
# This table marks a project folder of undersigned: its ontology/, loaders/ and queries/ are used
# by every command that is run in this folder or below it. Settings may stand in the table;
# `undersigned info` lists them.
[tool.undersigned]
"""


def init(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The folder to make.")],
    project: ProjectOption = None,
) -> None:
    """Make a project folder: a copy of ontology, loaders and queries to change and add to.

    Files that are there already are never overwritten.

    Example: undersigned init my-project
    """
    from undersigned.project import FOLDERS, find_project

    source = find_project(project)
    taken = [name for name in (*FOLDERS, "pyproject.toml") if (folder / name).exists()]
    if taken:
        raise SettingInvalid(
            f"{folder} has {', '.join(taken)} already; name an empty or a new folder"
        )
    try:
        for name in FOLDERS:
            shutil.copytree(
                source.folder / name, folder / name, ignore=shutil.ignore_patterns("__pycache__")
            )
        (folder / "pyproject.toml").write_text(_PYPROJECT, encoding="utf-8")
    except OSError as error:
        raise SettingInvalid(
            f"{folder} can't be made a project folder ({error.strerror or error}); name a new "
            "folder in a place where you may write"
        ) from error
    sys.stdout.write(
        f"{folder}: ontology/, loaders/ and queries/ copied from {source.folder}\n"
        f"Go on: cd {folder} && undersigned info\n"
    )
