"""`undersigned check` as a command."""

from __future__ import annotations

from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from making import Said, article
from undersigned.assembly.assemble import assemble_from_scratch
from undersigned.cli.check import check
from undersigned.evidence.writing import evidence_triples
from undersigned.store.embedded import open_writer
from undersigned.terms import RDF_TYPE, ROLE

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def app() -> typer.Typer:
    app = typer.Typer()
    app.command()(check)
    return app


@pytest.fixture
def store(tmp_path: Path) -> Path:
    path = tmp_path / "letters.store"
    with open_writer(path) as writer:
        reading = article("post", Said(signers=("Ann Example",)))
        triples = evidence_triples(reading, writer.iris)
        writer.replace_graphs({writer.iris.source("post"): triples})
        assemble_from_scratch(writer)
        writer.publish()
    return path


def _run(app: typer.Typer, *arguments: str) -> tuple[int, str]:
    options = ["--project", str(ROOT), "--no-reasoner", *arguments]
    result = CliRunner().invoke(app, options)
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.exit_code, result.output


def test_without_a_store_only_the_ontology_is_checked(
    app: typer.Typer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    code, output = _run(app)
    assert code == 0
    assert "passed  examples are valid" in output
    assert "no graph checked" in output


def test_a_sound_graph_passes(app: typer.Typer, store: Path) -> None:
    code, output = _run(app, "--store", str(store))
    assert code == 0
    assert "passed  SHACL shapes" in output
    assert "passed  violation queries" in output


def test_a_broken_graph_fails_with_status_one(app: typer.Typer, store: Path) -> None:
    with open_writer(store) as writer:
        from pyoxigraph import Triple

        stray = Triple(writer.iris.entity("role", "stray"), RDF_TYPE, ROLE)
        writer.change_graph(writer.iris.knowledge, [], [stray])
        writer.publish()
    code, output = _run(app, "--store", str(store))
    assert code == 1
    assert "failed  SHACL shapes" in output
    assert "role/stray" in output


def test_slices_are_compared_with_sources(app: typer.Typer, store: Path, tmp_path: Path) -> None:
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "other.txt").write_text("Ann Example wrote.\n\nNobody answered.\n", encoding="utf-8")
    code, output = _run(app, "--store", str(store), "--sources", str(folder))
    assert code == 0
    assert "slices against their sources" in output
    assert "its text was not given" in output


def test_page_is_written(app: typer.Typer, tmp_path: Path, store: Path) -> None:
    page = tmp_path / "deep" / "index.html"
    code, _ = _run(app, "--store", str(store), "--page", str(page))
    assert code == 0
    assert page.read_text(encoding="utf-8").startswith("<!doctype html>")
