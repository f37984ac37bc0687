"""What the documents say is there is there, and what is there is in the documents.

Commands, options, queries, settings and links are read from the Markdown files themselves, so
that a document that falls behind fails here.
"""

from __future__ import annotations

import re
import shlex
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
import typer.main

from undersigned.cli.app import app
from undersigned.questions.saved_query import get_saved_query, iter_query_paths
from undersigned.settings import Settings

if TYPE_CHECKING:
    import click

ROOT = Path(__file__).parents[1]
DOCUMENTS = sorted(
    [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "examples").glob("*.md")]
)
CONSOLE = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
INLINE = re.compile(r"`(undersigned(?: [^`]+)?)`")
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
EXAMPLE_LINE = re.compile(r"^\s*Example: (undersigned .+)$", re.MULTILINE)


def click_command(name: str) -> click.Command:
    group = typer.main.get_command(app)
    commands: dict[str, click.Command] = getattr(group, "commands")  # noqa: B009 - a group's own
    return commands[name]


def command_names() -> list[str]:
    return sorted(getattr(typer.main.get_command(app), "commands"))  # noqa: B009 - a group's own


def options_of(name: str) -> set[str]:
    """The options of a command, `--help` included."""
    parameters = click_command(name).params
    return {option for parameter in parameters for option in parameter.opts} | {"--help", "-h"}


def commands_in(text: str) -> list[str]:
    """Every `undersigned …` line of the text's console blocks, continued lines joined."""
    lines = [
        line.removeprefix("$ ")
        for block in CONSOLE.findall(text)
        for line in block.replace("\\\n", " ").splitlines()
        if line.startswith("$ ")
    ]
    return [line for line in lines if line.startswith("undersigned ")]


def problems_with(line: str) -> list[str]:
    """What a command line names that does not exist."""
    _, name, *arguments = shlex.split(line.partition(" | ")[0], comments=True)
    if name not in command_names():
        return [f"{line}: no command {name}"]
    given = {word.partition("=")[0] for word in arguments if word.startswith("-") and word != "-"}
    known = options_of(name)
    # Queries of a project folder that a page makes are asked by test_docs_run.py.
    if name == "query" and arguments[:1] and arguments[0][0] != "-" and "--project" in given:
        return []
    if name == "query" and arguments and not arguments[0].startswith("-"):
        if arguments[0] not in {path.stem for path in iter_query_paths(ROOT / "queries")}:
            return [f"{line}: no query {arguments[0]}"]
        known |= {f"--{p.name}" for p in get_saved_query(ROOT / "queries", arguments[0]).parameters}
    return [f"{line}: no option {option}" for option in sorted(given - known)]


DOCUMENTED = [
    (path.relative_to(ROOT).as_posix(), line)
    for path in DOCUMENTS
    for line in commands_in(path.read_text(encoding="utf-8"))
]


def test_the_readme_shows_commands() -> None:
    assert len([line for document, line in DOCUMENTED if document == "README.md"]) >= 5


@pytest.mark.parametrize(("document", "line"), DOCUMENTED)
def test_documented_commands_name_what_exists(document: str, line: str) -> None:
    assert problems_with(line) == [], document


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_commands_in_running_text_exist(path: Path) -> None:
    words = [shlex.split(found) for found in INLINE.findall(path.read_text(encoding="utf-8"))]
    named = {command[1] for command in words if len(command) > 1}
    assert named <= set(command_names())


@pytest.mark.parametrize("name", command_names())
def test_every_help_text_has_an_example_of_its_own_command(name: str) -> None:
    examples = EXAMPLE_LINE.findall(click_command(name).help or "")
    assert examples
    assert all(line.split()[1] == name for line in examples)
    assert [problem for line in examples for problem in problems_with(line)] == []


@pytest.mark.parametrize("name", command_names())
def test_every_command_is_in_the_readme(name: str) -> None:
    assert f"undersigned {name}" in (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", [setting.name for setting in fields(Settings)])
def test_every_setting_is_in_the_readme(name: str) -> None:
    assert f"`{name}`" in (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_questions_page_lists_every_saved_query_with_its_question() -> None:
    page = (ROOT / "docs" / "questions.md").read_text(encoding="utf-8")
    listed = dict(re.findall(r"^\| `([a-z0-9-]+)` \| (.+) \|$", page, re.MULTILINE))
    paths = iter_query_paths(ROOT / "queries")
    assert listed == {path.stem: get_saved_query(path.parent, path.stem).summary for path in paths}


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_relative_links_resolve(path: Path) -> None:
    broken = []
    for target in LINK.findall(path.read_text(encoding="utf-8")):
        parts = urlsplit(target)
        if parts.scheme:
            continue
        if parts.path.startswith("reference/"):
            continue  # made from the code; the strict build of the site checks these
        linked = (path.parent / parts.path) if parts.path else path
        if not linked.exists() or (parts.fragment and parts.fragment not in anchors_of(linked)):
            broken.append(target)
    assert broken == []


def anchors_of(path: Path) -> set[str]:
    """The anchors that a page of Markdown gets from its headings."""
    headings = HEADING.findall(path.read_text(encoding="utf-8"))
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_decisions_are_numbered_without_gaps_and_have_the_four_parts() -> None:
    records = sorted((ROOT / "docs" / "decisions").glob("*.md"))
    numbers = [int(record.name[:4]) for record in records]
    assert numbers == list(range(1, len(records) + 1))
    for record in records:
        text = record.read_text(encoding="utf-8")
        assert text.startswith(f"# {record.name[:4]} "), record.name
        parts = re.findall(r"^\*\*(\w+)\.\*\*", text, re.MULTILINE)
        assert parts == ["Context", "Decision", "Rejected", "Figure"], record.name
