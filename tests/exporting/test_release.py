"""A release: every file with its checksum, described for machines, the same bytes again."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import zipfile
from typing import TYPE_CHECKING

import pytest
import rdflib
from rdflib import DCAT, VOID
from typer.testing import CliRunner

from undersigned.cli.app import app
from undersigned.errors import ExportError
from undersigned.exporting.base import ExportRequest
from undersigned.exporting.registry import get_export_format
from undersigned.store.embedded import open_writer

if TYPE_CHECKING:
    from pathlib import Path

    from undersigned.store.embedded import EmbeddedWriter

LICENCE = "https://creativecommons.org/licenses/by/4.0/"


def exported(graph: EmbeddedWriter, context_file: Path, licence: str | None = LICENCE) -> bytes:
    output = io.BytesIO()
    request = ExportRequest(
        reader=graph, context_file=context_file, licence=licence, released="2025-06-01"
    )
    get_export_format("ro-crate").write(request, output)
    return output.getvalue()


@pytest.fixture
def crate(graph: EmbeddedWriter, context_file: Path) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(exported(graph, context_file)))


def test_the_same_graph_gives_the_same_bytes(graph: EmbeddedWriter, context_file: Path) -> None:
    assert exported(graph, context_file) == exported(graph, context_file)


def test_every_file_is_listed_with_its_checksum(crate: zipfile.ZipFile) -> None:
    lines = crate.read("SHA256SUMS").decode().splitlines()
    sums = {path: digest for digest, _, path in (line.partition("  ") for line in lines)}
    files = set(crate.namelist())
    assert set(sums) == files - {"SHA256SUMS", "ro-crate-metadata.json"}
    assert all(hashlib.sha256(crate.read(path)).hexdigest() == sums[path] for path in sums)


def test_the_metadata_describe_every_file(crate: zipfile.ZipFile) -> None:
    nodes = {n["@id"]: n for n in json.loads(crate.read("ro-crate-metadata.json"))["@graph"]}
    root = nodes["./"]
    parts = {part["@id"] for part in root["hasPart"]}
    assert parts == set(crate.namelist()) - {"ro-crate-metadata.json"}
    assert root["license"]["@id"] in nodes
    assert root["datePublished"] == "2025-06-01"
    assert "1 letters, 4 people" in root["description"]
    for path in parts:
        assert int(nodes[path]["contentSize"]) == crate.getinfo(path).file_size
    assert nodes["ro-crate-metadata.json"]["about"] == {"@id": "./"}


def test_the_catalogue_counts_what_the_dump_holds(crate: zipfile.ZipFile) -> None:
    entry = rdflib.Graph().parse(data=crate.read("catalogue.ttl"), format="turtle")
    dump = gzip.decompress(crate.read("dataset.nq.gz"))
    (number,) = entry.objects(None, VOID.triples)
    assert int(str(number)) == dump.count(b"\n") > 100
    assert len(set(entry.subjects(rdflib.RDF.type, DCAT.Distribution))) == len(
        set(crate.namelist()) - {"catalogue.ttl", "SHA256SUMS", "ro-crate-metadata.json"}
    )


def test_a_release_without_licence_is_refused(graph: EmbeddedWriter, context_file: Path) -> None:
    with pytest.raises(ExportError, match="--licence"):
        exported(graph, context_file, licence=None)


def test_tells_what_changed_since_the_last_release(
    graph: EmbeddedWriter, context_file: Path
) -> None:
    output = io.BytesIO()
    request = ExportRequest(
        reader=graph,
        context_file=context_file,
        licence=LICENCE,
        released="2025-06-01",
        changes="people: 1 new\n  + Ann Example\n",
    )

    get_export_format("ro-crate").write(request, output)

    crate = zipfile.ZipFile(output)
    assert crate.read("changes.txt").decode() == request.changes
    assert "  changes.txt" in crate.read("SHA256SUMS").decode()


def test_the_command_compares_with_the_last_release(
    graph: EmbeddedWriter, context_file: Path, tmp_path: Path
) -> None:
    before = tmp_path / "dataset.nq.gz"
    with zipfile.ZipFile(io.BytesIO(exported(graph, context_file))) as crate:
        before.write_bytes(crate.read("dataset.nq.gz"))
    with open_writer(tmp_path / "store") as writer:  # sources alone, no facts any more
        sources = {name for name in graph.graphs() if name != graph.iris.knowledge}
        writer.replace_graphs({name: list(graph.triples(name)) for name in sources})
        writer.publish()
    command = ["export", "--store", str(tmp_path / "store"), "--since", str(before)]

    more = ["--format", "ro-crate", "--licence", LICENCE, "--output", str(tmp_path / "next.zip")]
    CliRunner().invoke(app, [*command, *more], catch_exceptions=False)
    refused = CliRunner().invoke(app, [*command, "--format", "turtle"])

    with zipfile.ZipFile(tmp_path / "next.zip") as crate:
        assert "signatures: 4 gone" in crate.read("changes.txt").decode()
    assert isinstance(refused.exception, ExportError)
    assert "export ro-crate" in str(refused.exception)


def test_a_release_after_no_other_has_no_list_of_changes(crate: zipfile.ZipFile) -> None:
    assert "changes.txt" not in crate.namelist()
