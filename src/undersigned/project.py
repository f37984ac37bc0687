"""The project folder: where ontology, loaders and queries are found, and why there."""

from __future__ import annotations

import os
import tomllib
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Final

from undersigned.errors import ProjectNotFound

FOLDERS: Final = ("ontology", "loaders", "queries")
_CHECKOUT: Final = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Project:
    """One folder of content. `reason` says why it is the one in use."""

    folder: Path
    reason: str

    @property
    def ontology(self) -> Path:
        """The folder with `undersigned.ttl` and what belongs to it."""
        return self.folder / "ontology"

    @property
    def loaders(self) -> Path:
        """The folder with one loader a file."""
        return self.folder / "loaders"

    @property
    def queries(self) -> Path:
        """The folder with one saved query a file."""
        return self.folder / "queries"

    def settings_table(self) -> dict[str, object]:
        """The `[tool.undersigned]` table of the folder's pyproject.toml; empty without one."""
        return _marker_table(self.folder) or {}


def find_project(named: Path | None = None, working_folder: Path | None = None) -> Project:
    """The project folder in use; the first of these that exists.

    The folder given by `--project`, then by `UNDERSIGNED_PROJECT`; the nearest parent of the
    working folder whose pyproject.toml has a `[tool.undersigned]` table; the content in the
    installed package; the source checkout that this package runs from.

    Raises:
        ProjectNotFound: a named folder lacks ontology/, loaders/ or queries/, or there is none.
    """
    if named is not None:
        return Project(_whole(named, "--project"), f"named by --project {named}")
    if variable := os.environ.get("UNDERSIGNED_PROJECT"):
        folder = _whole(Path(variable), "UNDERSIGNED_PROJECT")
        return Project(folder, f"named by UNDERSIGNED_PROJECT={variable}")
    start = (working_folder or Path.cwd()).resolve()
    for folder in (start, *start.parents):
        if _marker_table(folder) is not None:
            return Project(_whole(folder, "pyproject.toml"), "its pyproject.toml is the nearest")
    bundle = Path(str(files("undersigned"))) / "_bundle"
    if bundle.is_dir():
        return Project(bundle, "comes with the installed package")
    if _marker_table(_CHECKOUT) is not None:
        return Project(_CHECKOUT, "the source checkout that the program runs from")
    raise ProjectNotFound(
        f"no project folder: neither --project nor UNDERSIGNED_PROJECT is given, no parent of "
        f"{start} has a pyproject.toml with a [tool.undersigned] table, and the package holds no "
        "content; say `undersigned init DIR` to make one"
    )


def _whole(folder: Path, named_by: str) -> Path:
    missing = [name for name in FOLDERS if not (folder / name).is_dir()]
    if missing:
        raise ProjectNotFound(
            f"{named_by}: {folder} has no folder {', '.join(missing)}; a project folder has "
            "ontology/, loaders/ and queries/; say `undersigned init DIR` to make one"
        )
    return folder.resolve()


def _marker_table(folder: Path) -> dict[str, object] | None:
    try:
        document = tomllib.loads((folder / "pyproject.toml").read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError):
        return None
    table = document.get("tool", {}).get("undersigned")
    return table if isinstance(table, dict) else None
