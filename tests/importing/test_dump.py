"""Dumps read back: the same bytes, nothing that breaks the rules, nobody who was forgotten."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from making import Said, article
from undersigned.assembly.assemble import assemble_from_scratch
from undersigned.cli.app import app
from undersigned.errors import ImportRefused
from undersigned.evidence.writing import evidence_triples
from undersigned.project import Project
from undersigned.store.embedded import open_writer
from undersigned.store.ontology import ontology_triples

if TYPE_CHECKING:
    from pathlib import Path

    from typer.testing import Result

SAID = Said(
    signers=("Nora Vexley", "Ben Sample"),
    addressee="Harbour Council",
    over=400,
    quotes_of={"Nora Vexley": "this has gone on for long enough now"},
)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory, root: Path) -> Path:
    """A store with two sources."""
    folder = tmp_path_factory.mktemp("importing") / "a.store"
    with open_writer(folder) as writer:
        graphs = {
            writer.iris.source(name): evidence_triples(article(name, SAID), writer.iris)
            for name in ("post", "gazette")
        }
        writer.replace_graphs(graphs)
        writer.replace_graphs(
            {writer.iris.ontology: ontology_triples(Project(root, "test"), writer.iris)}
        )
        assemble_from_scratch(writer)
        writer.publish()
    return folder


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def dumped(store: Path, path: Path, form: str = "nquads") -> Path:
    result = run("export", "--format", form, "--output", path, "--store", store)
    assert result.exit_code == 0, result.output
    return path


@pytest.mark.parametrize(
    ("form", "name"), [("nquads", "a.nq"), ("nquads", "a.nq.gz"), ("trig", "a.trig")]
)
def test_a_dump_comes_back_as_the_same_bytes(
    place: Path, tmp_path: Path, form: str, name: str
) -> None:
    dump = dumped(place, tmp_path / name, form)
    result = run("import", dump, "--store", tmp_path / "b.store")
    assert result.exit_code == 0, result.output
    assert "2 sources, 0 judgements" in result.stderr
    assert "otherwise" not in result.stderr
    again = dumped(tmp_path / "b.store", tmp_path / "again.nq")
    assert again.read_bytes() == dumped(place, tmp_path / "first.nq").read_bytes()


def test_importing_twice_changes_nothing(place: Path, tmp_path: Path) -> None:
    dump = dumped(place, tmp_path / "a.nq")
    run("import", dump, "--store", tmp_path / "b.store")
    once = dumped(tmp_path / "b.store", tmp_path / "once.nq").read_bytes()
    run("import", dump, "--store", tmp_path / "b.store", "--trust")
    assert dumped(tmp_path / "b.store", tmp_path / "twice.nq").read_bytes() == once


def refused(tmp_path: Path, name: str, content: bytes) -> str:
    path = tmp_path / name
    path.write_bytes(content)
    result = run("import", path, "--store", tmp_path / "c.store")
    assert isinstance(result.exception, ImportRefused), result.output
    assert not (tmp_path / "c.store").exists()
    return str(result.exception)


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.txt", b"", "its name does not say what it is"),
        ("a.nq", b"<urn:s> <urn:p> ", "not N-Quads"),
        ("a.nq.gz", b"no gzip", "can't be read"),
        ("a.nq.gz", gzip.compress(b"<urn:s> <urn:p> <urn:o> .\n")[:-9], "can't be read"),
        ("a.nq", b"", "no graph of a source in it"),
        ("a.nq", b"<urn:s> <urn:p> <urn:o> .\n", "stands in no named graph"),
        (
            "a.nq",
            b"<urn:s> <urn:p> <urn:o> <https://e.example/graph/knowledge> .\n"
            b"<urn:s> <urn:p> <urn:o> <https://e.example/other> .\n",
            "is no graph of a source",
        ),
    ],
)
def test_what_is_no_dump_is_refused(tmp_path: Path, name: str, content: bytes, words: str) -> None:
    assert words in refused(tmp_path, name, content)


def test_evidence_that_breaks_the_shapes_is_refused_whole(place: Path, tmp_path: Path) -> None:
    lines = dumped(place, tmp_path / "a.nq").read_bytes().splitlines(keepends=True)
    without = b"".join(line for line in lines if b"#end>" not in line)
    message = refused(tmp_path, "broken.nq", without)
    assert "nothing was taken" in message
    assert "#char=" in message


def test_another_base_is_refused(place: Path, tmp_path: Path) -> None:
    dump = dumped(place, tmp_path / "a.nq")
    other = tmp_path / "other.nq"
    text = dump.read_text(encoding="utf-8").replace(
        "https://w3id.org/undersigned/source", "https://e.example/source"
    )
    other.write_text(
        text.replace("https://w3id.org/undersigned/graph", "https://e.example/graph"),
        encoding="utf-8",
    )
    run("import", dump, "--store", tmp_path / "b.store")
    result = run("import", other, "--store", tmp_path / "b.store", "--trust")
    assert isinstance(result.exception, ImportRefused)
    assert "lies below https://e.example/" in str(result.exception)


def test_a_forgotten_person_does_not_come_back(place: Path, tmp_path: Path) -> None:
    dump = dumped(place, tmp_path / "a.nq")
    store = tmp_path / "b.store"
    run("import", dump, "--store", store)
    forgotten = run("forget", "Nora Vexley", "--store", store, "--yes")
    assert forgotten.exit_code == 0, forgotten.output
    result = run("import", dump, "--store", store, "--trust")
    assert "stay out" in result.stderr, result.output
    assert b"Nora Vexley" not in dumped(store, tmp_path / "after.nq").read_bytes()
