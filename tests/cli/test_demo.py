"""`undersigned demo`: it makes its own store anew, and takes nothing else away."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from test_project import make_project
from undersigned.cli.app import app
from undersigned.cli.demo import QUESTIONS
from undersigned.errors import ProjectNotFound, StoreLocked, StoreUnreadable
from undersigned.store.embedded import open_writer

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working folder."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_folder_of_the_same_name_with_something_else_is_left_alone(here: Path) -> None:
    (here / "demo.store").mkdir()
    (here / "demo.store" / "notes.txt").write_text("mine", encoding="utf-8")
    assert isinstance(CliRunner().invoke(app, ["demo"]).exception, StoreUnreadable)
    assert (here / "demo.store" / "notes.txt").read_text(encoding="utf-8") == "mine"


def test_a_demo_that_runs_already_is_left_alone(here: Path) -> None:
    with open_writer(here / "demo.store"):
        assert isinstance(CliRunner().invoke(app, ["demo"]).exception, StoreLocked)
        assert (here / "demo.store" / "store.json").is_file()


def test_a_project_without_examples_says_so(here: Path) -> None:
    project = make_project(here / "project")
    result = CliRunner().invoke(app, ["demo", "--project", str(project)])
    assert isinstance(result.exception, ProjectNotFound)
    assert "no folder examples/" in str(result.exception)


def test_the_demo_answers_each_of_its_questions_with_words(here: Path, root: Path) -> None:
    result = CliRunner().invoke(app, ["demo", "--project", str(root)])
    assert result.exit_code == 0, result.output
    asked = result.stdout.split("$ undersigned query ")[1:]
    assert len(asked) == len(QUESTIONS) == 3
    for answer in asked:
        assert "\n1. " in answer
        assert "confidence" in answer
