"""A file is written whole or not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import typer
from pyoxigraph import Literal, NamedNode, Triple
from typer.testing import CliRunner

from undersigned.cli.export import export
from undersigned.errors import ExportError, StoreUnreadable
from undersigned.exporting.base import ExportRequest
from undersigned.exporting.registry import get_export_format
from undersigned.exporting.writing import export_to_file
from undersigned.iris import Iris
from undersigned.store.embedded import memory_store, open_writer
from undersigned.terms import RDFS_LABEL

if TYPE_CHECKING:
    from pathlib import Path

    from pyoxigraph import Quad

IRIS = Iris()


def _app() -> typer.Typer:
    app = typer.Typer()
    app.command()(export)
    return app


def _store(folder: Path, text: str = "Ada Example") -> Path:
    with open_writer(folder) as writer:
        label = Triple(IRIS.entity("person", "ada"), RDFS_LABEL, Literal(text))
        writer.replace_graphs({IRIS.knowledge: [label]})
        writer.publish()
    return folder


def test_older_file_stays_when_an_export_fails(tmp_path: Path, context_file: Path) -> None:
    path = tmp_path / "letters.rdf"
    path.write_text("older")
    reader = memory_store()
    label = Triple(NamedNode("urn:s"), RDFS_LABEL, Literal("ring\x07"))
    reader.replace_graphs({IRIS.knowledge: [label]})
    request = ExportRequest(reader=reader, context_file=context_file)
    with pytest.raises(ExportError):
        export_to_file(get_export_format("rdfxml"), request, path)
    assert path.read_text() == "older"
    assert [p.name for p in tmp_path.iterdir()] == ["letters.rdf"]


def test_older_file_is_replaced(tmp_path: Path, context_file: Path, dataset: list[Quad]) -> None:
    path = tmp_path / "letters.nq"
    path.write_text("older")
    request = ExportRequest(reader=memory_store(dataset), context_file=context_file)
    assert export_to_file(get_export_format("nquads"), request, path) == 22
    assert len(path.read_bytes().splitlines()) == 22
    assert [p.name for p in tmp_path.iterdir()] == ["letters.nq"]


def test_folder_that_is_not_there_is_an_error(tmp_path: Path, context_file: Path) -> None:
    request = ExportRequest(reader=memory_store(), context_file=context_file)
    with pytest.raises(ExportError, match=r"nowhere.letters\.nq can't be written"):
        export_to_file(get_export_format("nquads"), request, tmp_path / "nowhere" / "letters.nq")


def test_command_writes_a_file(tmp_path: Path) -> None:
    store, path = _store(tmp_path / "store"), tmp_path / "letters.ttl"
    arguments = ["--format", "turtle", "--output", str(path), "--store", str(store)]
    result = CliRunner().invoke(_app(), arguments)
    assert result.exit_code == 0
    assert 'rdfs:label "Ada Example"' in path.read_text()
    assert "1 statements as turtle" in result.stderr
    assert result.stdout == ""


def test_command_writes_to_standard_output(tmp_path: Path) -> None:
    store = _store(tmp_path / "store")
    result = CliRunner().invoke(_app(), ["--store", str(store)])
    assert result.exit_code == 0
    assert result.stdout_bytes.endswith(
        b'"Ada Example" <' + IRIS.knowledge.value.encode() + b"> .\n"
    )
    assert result.stderr == ""


def test_command_tells_what_is_wrong(tmp_path: Path) -> None:
    missing = CliRunner().invoke(_app(), ["--store", str(tmp_path / "none")])
    assert isinstance(missing.exception, StoreUnreadable)
    runs = CliRunner().invoke(_app(), ["--format", "turtle", "--with-runs"])
    assert "--with-runs: turtle holds the knowledge graph" in str(runs.exception)
    unknown = CliRunner().invoke(_app(), ["--format", "turtel"])
    assert isinstance(unknown.exception, ExportError)
    assert "did you mean 'turtle'" in str(unknown.exception)
