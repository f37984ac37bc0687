"""Where the project folder is found."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from undersigned.errors import ProjectNotFound
from undersigned.project import find_project

if TYPE_CHECKING:
    from pathlib import Path


def make_project(folder: Path) -> Path:
    for name in ("ontology", "loaders", "queries"):
        (folder / name).mkdir(parents=True)
    (folder / "pyproject.toml").write_text("[tool.undersigned]\nworkers = 3\n", encoding="utf-8")
    return folder


def test_the_nearest_marked_parent_is_the_project(tmp_path: Path) -> None:
    outer = make_project(tmp_path / "outer")
    inner = make_project(outer / "a" / "inner")
    below = inner / "b" / "c"
    below.mkdir(parents=True)
    assert find_project(working_folder=below).folder == inner
    assert find_project(working_folder=outer / "a").folder == outer


def test_a_named_folder_comes_first_then_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here, named, meant = (make_project(tmp_path / name) for name in ("here", "named", "meant"))
    monkeypatch.setenv("UNDERSIGNED_PROJECT", str(meant))
    assert find_project(working_folder=here).folder == meant
    assert find_project(named, working_folder=here).folder == named


def test_a_parent_without_the_table_is_no_project(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text("[tool.other]\n", encoding="utf-8")
    assert find_project(working_folder=tmp_path).folder != tmp_path


def test_without_any_the_own_content_is_used_and_the_reason_says_so(tmp_path: Path) -> None:
    found = find_project(working_folder=tmp_path)
    assert (found.ontology / "undersigned.ttl").is_file()
    assert "comes with" in found.reason or "checkout" in found.reason


def test_a_folder_that_lacks_something_is_told(tmp_path: Path) -> None:
    (tmp_path / "queries").mkdir()
    with pytest.raises(ProjectNotFound, match="no folder ontology, loaders"):
        find_project(tmp_path)


def test_a_table_that_is_not_toml_marks_nothing(tmp_path: Path) -> None:
    folder = make_project(tmp_path / "broken")
    (folder / "pyproject.toml").write_text("[tool.undersigned", encoding="utf-8")
    assert find_project(working_folder=folder).folder != folder
