"""The command: it starts, says where, stops on Ctrl-C, and refuses what can't or should not be."""

from __future__ import annotations

import re
import signal
import socket
import subprocess
import sys
from contextlib import ExitStack
from typing import TYPE_CHECKING

import httpx
import pytest
import typer
from pyoxigraph import Literal, NamedNode, Triple
from typer.testing import CliRunner

from undersigned.cli.serve import serve
from undersigned.errors import SettingInvalid, StoreUnreadable, UndersignedError
from undersigned.iris import Iris
from undersigned.store.embedded import open_writer
from undersigned.terms import RDFS_LABEL

if TYPE_CHECKING:
    from pathlib import Path

PROGRAM = "import typer; from undersigned.cli.serve import serve; typer.run(serve)"
SLOW = "ASK { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . FILTER(CONCAT(?c, ?f, ?i, ?l) = '') }"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("serve") / "store"
    with open_writer(folder) as writer:
        labels = [Triple(NamedNode(f"urn:{n}"), RDFS_LABEL, Literal(str(n))) for n in range(500)]
        writer.replace_graphs({Iris().knowledge: labels})
        writer.publish()
    return folder


@pytest.mark.parametrize("left_running", [False, True])
def test_server_starts_answers_and_stops_on_ctrl_c(store: Path, left_running: bool) -> None:
    arguments = ["--store", str(store), "--port", "0", "--timeout-seconds", "0.5"]
    with (
        subprocess.Popen(
            [sys.executable, "-c", PROGRAM, *arguments], stderr=subprocess.PIPE, text=True
        ) as process,
        ExitStack() as ending,
    ):
        assert process.stderr is not None
        # Leaving the block waits for the process: after a failure it has to go by itself.
        ending.callback(process.kill)
        said = process.stderr.readline()
        found = re.search(r"at (http://127\.0\.0\.1:\d+/sparql) ", said)
        assert found, said
        answer = httpx.get(found[1], params={"query": "ASK { ?s ?p '499' }"}, timeout=60)
        assert answer.json()["boolean"] is True
        assert "server" not in answer.headers
        if left_running:
            assert httpx.get(found[1], params={"query": SLOW}, timeout=60).status_code == 504
        process.send_signal(signal.SIGINT)
        assert process.stderr.read() == "Stopped.\n"
        assert process.wait(timeout=20) == 0


def _error_of(*arguments: str) -> BaseException | None:
    app = typer.Typer()
    app.command()(serve)
    return CliRunner().invoke(app, list(arguments)).exception


def test_port_that_is_taken_is_an_error(store: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        error = _error_of("--store", str(store), "--port", str(port))
    assert isinstance(error, SettingInvalid)
    assert f"{port} is taken" in str(error)


@pytest.mark.parametrize(
    ("arguments", "kind", "words"),
    [
        (["--host", "0.0.0.0"], SettingInvalid, "--public"),
        (["--host", "a" * 300], SettingInvalid, "no address of this machine"),
        (["--public", "--host", "192.0.2.1", "--port", "0"], SettingInvalid, "can't listen"),
        (["--store", "nowhere.store"], StoreUnreadable, "nowhere.store"),
    ],
)
def test_what_can_not_be_served_is_an_error(
    store: Path, arguments: list[str], kind: type[UndersignedError], words: str
) -> None:
    with_store = arguments if "--store" in arguments else ["--store", str(store), *arguments]
    error = _error_of(*with_store)
    assert isinstance(error, kind)
    assert words in str(error)
