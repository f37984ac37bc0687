"""The questions of a project's own folder, while its files change."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING

import pytest

from serving.asking import Asker
from undersigned.project import Project
from undersigned.serving.app import make_app
from undersigned.serving.limits import ServeSettings
from undersigned.serving.parts import PARTS
from undersigned.serving.revision import LatestRevision
from undersigned.serving.site import Site

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Iterator
    from pathlib import Path

MINE = """#+ summary: Who is in the graph?
#+ columns:
#+   who: anybody
#+ tags: [people]
SELECT ?who WHERE {{ ?who a <https://w3id.org/undersigned/ontology#{kind}> }} ORDER BY ?who
"""
SLOW = """#+ summary: What takes long?
#+ columns:
#+   n: a number
SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }
"""


@pytest.fixture
def folder(tmp_path: Path, root: Path) -> Path:
    shutil.copytree(root / "ontology", tmp_path / "ontology")
    (tmp_path / "queries").mkdir()
    write(tmp_path, "mine", MINE.format(kind="Person"))
    return tmp_path


@pytest.fixture
def own(runner: asyncio.Runner, small_store: Path, folder: Path) -> Iterator[Asker]:
    settings = ServeSettings(timeout_seconds=1.0)
    site = Site(LatestRevision(small_store), settings, project=Project(folder, "made by a test"))
    asker = Asker(runner, small_store, app=make_app(site, PARTS), site=site)
    yield asker
    asker.close()


def write(folder: Path, name: str, text: str) -> None:
    path = folder / "queries" / f"{name}.rq"
    before = path.stat().st_mtime_ns if path.exists() else 0
    path.write_text(text, encoding="utf-8")
    os.utime(path, ns=(before + 10**9, before + 10**9))


def test_a_projects_own_question_is_asked(own: Asker) -> None:
    assert [q["name"] for q in own("GET", "/questions").json()["questions"]] == ["mine"]
    assert "/person/ada-quill" in own("GET", "/questions/mine").text
    assert "/questions/mine" in own("GET", "/openapi.json").json()["paths"]


def test_a_file_that_changes_is_read_again(own: Asker, folder: Path) -> None:
    before = own("GET", "/questions/mine").json()["rows"]
    write(folder, "mine", MINE.format(kind="Letter"))
    after = own("GET", "/questions/mine").json()["rows"]
    assert before != after
    assert "/letter/" in after[0]["values"]["who"]


def test_a_broken_file_takes_no_other_along(own: Asker, folder: Path) -> None:
    write(folder, "broken", "#+ summary: no question\nSELECT * { ?s ?p ?o }")
    assert [q["name"] for q in own("GET", "/questions").json()["questions"]] == ["mine"]
    assert own("GET", "/questions/broken").status_code == 404


def test_a_slow_question_ends_within_its_time(own: Asker, folder: Path) -> None:
    write(folder, "slow", SLOW)
    answer = own("GET", "/questions/slow")
    assert answer.status_code == 504
    assert answer.json()["type"].endswith("timeout")
    assert own("GET", "/questions/mine").status_code == 200
