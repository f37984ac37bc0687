"""The program as a whole: it starts quickly, and ends in order whatever goes wrong."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from pyoxigraph import Literal, NamedNode, Triple

from undersigned import __version__
from undersigned.iris import Iris
from undersigned.store.embedded import open_writer
from undersigned.terms import RDFS_LABEL

if TYPE_CHECKING:
    from pathlib import Path

SLOW_TO_IMPORT = ("spacy", "numpy", "rdflib", "trafilatura", "lxml", "uvicorn")


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("app") / "my.store"
    labels = {Triple(NamedNode(f"urn:{n}"), RDFS_LABEL, Literal("x" * 99)) for n in range(2000)}
    with open_writer(folder) as writer:
        writer.replace_graphs({Iris().knowledge: labels})
        writer.publish()
    return folder


def run(
    *arguments: object, stdin: bytes = b"", cwd: Path | None = None, encoding: str = "utf-8"
) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "undersigned", *map(str, arguments)]
    environment = os.environ | {"PYTHONIOENCODING": encoding, "COLUMNS": "100"}
    return subprocess.run(
        command, input=stdin, capture_output=True, cwd=cwd, check=False, env=environment
    )


def test_the_version_is_told() -> None:
    done = run("--version")
    assert (done.returncode, done.stdout) == (0, f"undersigned {__version__}\n".encode())


def test_what_is_slow_to_import_is_imported_only_where_it_is_needed() -> None:
    program = (
        "import sys\n"
        "from undersigned.cli.app import app\n"
        f"print([name for name in {SLOW_TO_IMPORT} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    assert done.stdout == b"[]\n"


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        (["loda"], 2, "load"),
        (["load"], 2, "SOURCE"),
        (["query", "--row", "0", "letters"], 2, "--row"),
        (["query", "leters"], 1, "did you mean 'letters'?"),
        (["query", "nothere.rq"], 1, "nothere.rq: can't be read as a query: No such file"),
        (["query", "-"], 1, "nothing there"),
        (["init", "taken.txt"], 1, "taken.txt can't be made a project folder"),
        (["info", "--project", "taken.txt"], 1, "taken.txt has no folder"),
        (["load", "", "--store", "new.store"], 1, "an empty name"),
        (["load", "x", "--base-iri", "letters"], 1, "expected an address"),
        (["load", "taken.txt", "--store", "taken.txt"], 1, "not a store of this program"),
        (["load", "taken.txt", "--loader", "nix"], 1, "no loader 'nix'; there are: article"),
        (["query", "letters", "--store", "taken.txt"], 1, "not a store of this program"),
        (["query", "letters", "--store", "new.store"], 1, "no store there"),
    ],
)
def test_what_goes_wrong_is_told_in_a_few_lines(
    arguments: list[str], status: int, words: str, tmp_path: Path
) -> None:
    (tmp_path / "taken.txt").write_text("Anna Keller signed the letter.", encoding="utf-8")
    done = run(*arguments, cwd=tmp_path)
    said = done.stderr.decode()
    assert done.returncode == status
    assert words in said
    assert "Traceback" not in said
    assert len(said.splitlines()) < 8
    assert done.stdout == b""


def test_a_query_that_is_not_text_is_told(store: Path) -> None:
    done = run("query", "-", "--store", store, stdin=b"\xff\xfe")
    assert done.returncode == 1
    assert b"standard input: a query must be UTF-8 text" in done.stderr


def test_answers_are_utf_8_whatever_the_machine_writes(store: Path) -> None:
    asked = "SELECT ('Zoë' AS ?x) {}".encode()
    done = run("query", "-", "--store", store, stdin=asked, encoding="ascii")
    assert done.stdout.decode() == "x\nZoë\n"


def test_a_place_that_can_not_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    done = run("load", "x", "--store", tmp_path / "file" / "my.store")
    assert done.returncode == 1
    assert done.stderr.count(b"\n") <= 2
    assert b"file" in done.stderr
    assert b"Traceback" not in done.stderr


@pytest.mark.parametrize("arguments", [["query", "-"], ["export"], ["export", "-f", "turtle"]])
def test_a_reader_that_has_seen_enough_is_no_failure(arguments: list[str], store: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "undersigned", *arguments, "--store", str(store)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdin.write(b"SELECT * { ?s ?p ?o }")
        process.stdin.close()
        process.stdout.read(1)
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(timeout=60) == 0
