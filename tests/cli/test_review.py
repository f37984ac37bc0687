"""The command: a list where nobody sits before a terminal, questions where somebody does."""

from __future__ import annotations

import csv
import io
import json
import os
import pty
import re
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from judging.stores import put
from making import Said, article
from undersigned.cli.app import app
from undersigned.errors import StoreUnreadable
from undersigned.store.embedded import open_writer

if TYPE_CHECKING:
    from pathlib import Path

    from typer.testing import Result

PROMPT = re.compile(rb"q quit: |for no reason\): ")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with open_writer(tmp_path / "store") as writer:
        put(
            writer,
            article("a", Said(signers=("digit", "Ann Poe"), letter_name="Letter on Bees")),
            article("b", Said(signers=("digit",), letter_name="Letter on Wells")),
        )
    return tmp_path / "store"


def run(folder: Path, *arguments: str) -> Result:
    return CliRunner().invoke(app, ["review", *arguments, "--store", str(folder)])


def test_without_a_terminal_the_pairs_are_listed_to_fill_in(folder: Path) -> None:
    listed = run(folder)
    assert listed.exit_code == 0
    [row] = csv.DictReader(io.StringIO(listed.stdout))
    assert (row["verdict"], row["one_name"], row["kind"]) == ("", "digit", "person")
    assert {row["one"][-21:], row["other"][-21:]} == {f"source/{s}#person-digit" for s in "ab"}


def test_the_list_is_cut_and_chosen(folder: Path) -> None:
    assert len(json.loads(run(folder, "--format", "json").stdout)) == 1
    assert json.loads(run(folder, "--format", "json", "--kind", "letter").stdout) == []
    assert run(folder, "--kind", "letters").exit_code == 2
    assert run(folder, "--limit", "0").exit_code == 2
    assert isinstance(run(folder / "none").exception, StoreUnreadable)


def test_on_a_terminal_it_asks_and_ctrl_c_keeps_what_was_judged(folder: Path) -> None:
    said = at_a_terminal(folder, b"u\n", b"who knows\n")
    assert "recorded: judgement/" in said
    assert "1 judged" in said
    assert "nothing waits for a decision" in at_a_terminal(folder)


def at_a_terminal(folder: Path, *lines: bytes) -> str:
    """What the command shows on a pseudo-terminal where these lines are typed, then Ctrl-C."""
    arguments = ["-m", "undersigned", "review", "--store", str(folder), "--by", "A. Reader"]
    terminal, inner = pty.openpty()
    with subprocess.Popen(
        [sys.executable, *arguments], stdin=inner, stdout=inner, stderr=inner
    ) as process:
        os.close(inner)
        shown, asked, typed = b"", 0, iter(lines)
        while piece := _read(terminal):
            shown += piece
            if len(PROMPT.findall(shown)) > asked:
                asked += 1
                line = next(typed, None)
                if line is None:
                    process.send_signal(signal.SIGINT)
                else:
                    os.write(terminal, line)
    os.close(terminal)
    return shown.decode()


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 4096)
    except OSError:  # how Linux tells that nobody is at the other end any more
        return b""
