"""How a load talks: what it says of each source, of loaders at fault, and at the end."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest
from rich.console import Console

from test_project import make_project
from undersigned.cli.loading import Loading
from undersigned.errors import LoaderUnusable
from undersigned.loading.gather import gather
from undersigned.project import find_project
from undersigned.settings import Settings

if TYPE_CHECKING:
    from pathlib import Path

LOADER = '''"""Council minutes."""


class LOADER:
    summary = "council minutes"

    @staticmethod
    def accepts(payload):
        return 0.0

    read = accepts
'''


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A project folder with one loader that works and one that does not import."""
    folder = make_project(tmp_path / "project")
    (folder / "ontology" / "undersigned.ttl").touch()
    (folder / "loaders" / "minutes.py").write_text(LOADER, encoding="utf-8")
    (folder / "loaders" / "torn.py").write_text("import (\n", encoding="utf-8")
    return folder


def said_by(folder: Path, *sources: str, loader: str | None = None) -> list[str]:
    out = io.StringIO()
    talk = Console(file=out, soft_wrap=True)
    settings = Settings(store=folder / "my.store")
    Loading(settings, find_project(folder), talk, loader=loader).run(gather(sources).items)
    return out.getvalue().splitlines()


def test_a_loader_at_fault_is_told_and_the_others_read(folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Nothing for anybody.", encoding="utf-8")
    first, second, last = said_by(folder, str(path))
    assert "torn.py:1: the loader does not import: SyntaxError" in first
    assert "no loader reads that (minutes reads council minutes)" in second
    assert last.startswith("1 failed; 0 triples added to the knowledge graph, 0 taken back; rev")


def test_an_unknown_loader_is_told_once_before_anything_is_read(folder: Path) -> None:
    with pytest.raises(LoaderUnusable, match="no loader 'minute'; there are: minutes"):
        said_by(folder, loader="minute")
    assert not (folder / "my.store").exists()
