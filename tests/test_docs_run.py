"""Every command and snippet of the README and of docs/ is run, in the order of its page.

Each page gets a folder with the project's `examples/` and a store that they were loaded into. What
a page's blocks are is told by their first line:

- `console`: lines that begin with `$ undersigned` are run, and what the page shows below them must
  be in what they print (white space aside; a line of `…` stands for anything left out);
- `… title="FILE"`: the block is written as that file;
- `python`: run, in one namespace a page; `sparql`: asked of the page's store.

The exceptions are those of `left_out` and `start_and_stop`, and there are no others.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.request import urlopen

import nbformat
import pytest
from nbclient import NotebookClient
from typer.testing import CliRunner

from undersigned.cli.app import app
from undersigned.errors import UndersignedError
from undersigned.store.base import select
from undersigned.store.embedded import open_reader

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT: Final = Path(__file__).parents[1]
PAGES: Final = sorted([ROOT / "README.md", *(ROOT / "docs").glob("*.md")])
BLOCK: Final = re.compile(r"^( *)```([^\n]*)\n(.*?)^\1```$", re.MULTILINE | re.DOTALL)
TITLE: Final = re.compile(r'title="([^"]+)"')
SERVERS: Final = {"serve": "--port", "mcp": ""}
"""Commands that run until they are stopped; started, seen to start, and stopped."""
FETCHES: Final = {"load", "read", "link"}
"""Commands that ask the addresses they are given."""
STATUS_ONE: Final = "# exit status 1"
"""Ends a command line that is meant to fail."""


@dataclass(frozen=True, slots=True)
class Command:
    """A command line without `undersigned`, and what the page shows below it."""

    words: tuple[str, ...]
    shown: str
    fails: bool
    into: str


def left_out(words: tuple[str, ...]) -> bool:
    """Whether a command asks a machine elsewhere, which tests don't."""
    return words[0] in FETCHES and any(word.startswith(("http://", "https://")) for word in words)


def blocks_of(page: Path) -> Iterator[tuple[str, str]]:
    """The head and the text of each code block, its indentation taken off."""
    for indent, head, text in BLOCK.findall(page.read_text(encoding="utf-8")):
        yield head.strip(), "\n".join(line.removeprefix(indent) for line in text.split("\n"))


def commands_of(text: str) -> Iterator[Command]:
    """The commands of a console block in order."""
    for part in re.split(r"^\$ ", text.replace("\\\n", " "), flags=re.MULTILINE)[1:]:
        line, _, shown = part.partition("\n")
        command, _, into = line.partition(" # ")[0].partition(" > ")
        words = shlex.split(command)
        if words[0] == "undersigned":
            yield Command(tuple(words[1:]), shown, line.endswith(STATUS_ONE), into.strip())


@pytest.fixture(scope="session")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with `examples/` and `undersigned.store`; to be copied."""
    folder = tmp_path_factory.mktemp("documented")
    shutil.copytree(ROOT / "examples", folder / "examples")
    store = str(folder / "undersigned.store")
    result = CliRunner().invoke(app, ["load", str(folder / "examples"), "--store", store])
    assert result.exit_code == 0, result.output
    return folder


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_what_a_page_shows_works_as_it_says(
    page: Path, loaded: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "page"
    shutil.copytree(loaded, folder)
    monkeypatch.chdir(folder)
    names: dict[str, object] = {}
    for head, text in blocks_of(page):
        title = TITLE.search(head)
        if title:
            place = folder / title[1]
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(text, encoding="utf-8")
        elif head == "console":
            for command in commands_of(text):
                run(command)
        elif head == "python":
            exec(compile(text, page.name, "exec"), names)
        elif head == "sparql":
            with open_reader(folder / "undersigned.store") as reader:
                assert list(select(reader, text)), text


def test_there_are_commands_and_snippets_to_run() -> None:
    blocks = [block for page in PAGES for block in blocks_of(page)]
    commands = [c for head, text in blocks if head == "console" for c in commands_of(text)]
    assert len(commands) > 80
    assert len([command for command in commands if not left_out(command.words)]) > 75
    assert len([head for head, _ in blocks if head == "python"]) > 8


def test_the_notebook_runs(loaded: Path) -> None:
    path = ROOT / "docs" / "notebook.ipynb"
    notebook = nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]  # nbformat has no types
    assert all(not cell.get("outputs") for cell in notebook.cells)
    place = {"metadata": {"path": str(loaded)}}
    ran = NotebookClient(notebook, timeout=60, kernel_name="python3", resources=place).execute()
    shown = [output for cell in ran.cells for output in cell.get("outputs", [])]
    assert any("text/html" in output.get("data", {}) for output in shown)


def test_the_site_builds_without_a_warning(tmp_path: Path) -> None:
    built = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(tmp_path / "site")],
        cwd=ROOT,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert built.returncode == 0, built.stderr
    page = (tmp_path / "site" / "reference" / "commands.html").read_text(encoding="utf-8")
    assert "undersigned forget" in page


def run(command: Command) -> None:
    """Runs a command; fails if it does, or if it prints something else than the page shows."""
    if left_out(command.words):
        return
    if command.words[0] in SERVERS:
        start_and_stop(command)
        return
    result = CliRunner().invoke(app, list(command.words))
    said = result.output
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        assert isinstance(result.exception, UndersignedError), repr(result.exception)
        said += f"undersigned: {result.exception}\n"
    line = shlex.join(command.words)
    assert (result.exit_code != 0) == command.fails, f"{line}\n{said}"
    for piece in re.split(r"^ *…$", command.shown, flags=re.MULTILINE):
        assert squeezed(piece) in squeezed(said), f"{line}\n{said}"
    if command.into:
        Path(command.into).write_text(result.stdout, encoding="utf-8")


def start_and_stop(command: Command) -> None:
    """Starts a server, on any free port; sees that it says so, and stops it."""
    words = list(command.words)
    option = SERVERS[words[0]]
    if option in words:
        words[words.index(option) + 1] = "0"
    elif option:
        words += [option, "0"]
    if "--writable" in words:
        words += ["--write-port", "0"]
    with subprocess.Popen(
        [sys.executable, "-m", "undersigned", *words],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stderr is not None
        if option:
            said = next(line for line in process.stderr if "Serving" in line)
            with urlopen(f"{said[said.index('http://') :].split('/sparql')[0]}/health") as answer:
                assert answer.status == HTTPStatus.OK
            process.send_signal(signal.SIGINT)
        # A server on standard input and output ends with its input.
        _, rest = process.communicate(timeout=30)
        assert "Traceback" not in rest
        assert process.returncode == 0, rest


def squeezed(text: str) -> str:
    """The text with every run of white space as one blank."""
    return " ".join(text.split())
