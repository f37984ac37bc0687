"""The W3C tests of SPARQL 1.1, run by the development tools against a real server with writing on.

What the engine itself fails is listed; nothing else may fail. The tests send no token, so each of
their requests gets it on the way.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from serving.asking import write_store
from undersigned.serving.app import make_app
from undersigned.serving.limits import ServeSettings
from undersigned.serving.parts import PARTS
from undersigned.serving.revision import LatestRevision
from undersigned.serving.site import Site
from undersigned.serving.writing.app import writing_part

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.types import ASGIApp, Receive, Scope, Send

SHARED = Path(__file__).resolve().parents[3] / "shared"
PROTOCOL = r"sparql11/(protocol|service-description|graph-store-protocol|csv-tsv-res|json-res)$"
EVALUATION = r"sparql11/(?!service$|syntax-fed$)"

ENGINE_FAILS = {"csv03", "tsv03"}
"""The engine stores numbers in their canonical form, and these tests ask for the one loaded."""
FLOOR = 521
"""Of 545. The engine fails 18 by itself, and two updates with `LOAD SILENT` are refused here."""


def _with_token(app: ASGIApp, token: str) -> ASGIApp:
    async def asked(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            header = (b"authorization", f"Bearer {token}".encode())
            scope = {**scope, "headers": [*scope["headers"], header]}
        await app(scope, receive, send)

    return asked


def _run(only: str, tmp_path: Path, serve_app: Callable[[ASGIApp], str]) -> str:
    store = write_store(tmp_path / "store", [])
    settings = ServeSettings(token="tests-only")
    site = Site(LatestRevision(store), settings)
    served = serve_app(make_app(site, PARTS))
    writing = make_app(Site(LatestRevision(store), settings), [writing_part(store)])
    written = serve_app(_with_token(writing, settings.token))
    command = [
        sys.executable, str(SHARED / "tools" / "w3c_runner.py"), "--backend", "http",
        "--tests", str(SHARED / "w3c-tests" / "sparql"), "--suites", "sparql11", "--only", only,
        "--query", f"{served}/sparql", "--update", f"{written}/update",
        "--gsp", f"{written}/graphs", "--timeout", "60",
    ]  # fmt: skip
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


@pytest.mark.shared
@pytest.mark.slow
def test_w3c_tests_of_protocols_and_formats_pass(
    tmp_path: Path, serve_app: Callable[[ASGIApp], str]
) -> None:
    said = _run(PROTOCOL, tmp_path, serve_app)
    assert re.search(r"^sparql11/protocol +pass +34 fail +0 skip +0$", said, re.MULTILINE), said
    assert re.search(r"^sparql11/service-description +pass +3 fail +0", said, re.MULTILINE), said
    assert re.search(r"^sparql11/graph-store-protocol +pass +9 fail +0", said, re.MULTILINE), said
    assert set(re.findall(r"^FAIL \S+ (\S+)", said, re.MULTILINE)) <= ENGINE_FAILS, said


@pytest.mark.shared
@pytest.mark.slow
def test_w3c_evaluation_tests_pass_as_in_the_engine(
    tmp_path: Path, serve_app: Callable[[ASGIApp], str]
) -> None:
    said = _run(EVALUATION, tmp_path, serve_app)
    total = re.search(r"^== sparql11: pass (\d+)", said, re.MULTILINE)
    assert total, said
    assert int(total[1]) >= FLOOR, said
