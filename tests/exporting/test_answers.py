"""`undersigned export --query`: answers as files that other programs open, and what is refused."""

from __future__ import annotations

import csv
import gc
import io
import json
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import openpyxl
import pyoxigraph
import pytest
from pyarrow import parquet
from typer.testing import CliRunner

from undersigned.cli.app import app
from undersigned.errors import EntityNotFound, ExportError, QueryParameterInvalid
from undersigned.exporting.answers import answer_table, constructed_graph
from undersigned.questions.saved_query import parse_saved_query
from undersigned.store.embedded import EmbeddedWriter, open_writer

if TYPE_CHECKING:
    from pathlib import Path

SIGNERS = ["Ann Example", "Ben Sample", "Cal Instance"]
CONSTRUCT = """
PREFIX us: <https://w3id.org/undersigned/ontology#>
CONSTRUCT { ?who us:signed ?letter } WHERE { ?who us:signed ?letter }
"""


@pytest.fixture
def store(graph: EmbeddedWriter, tmp_path: Path) -> str:
    path = tmp_path / "store"
    with open_writer(path) as writer:
        writer.replace_graphs({name: list(graph.triples(name)) for name in graph.graphs()})
        writer.publish()
    return str(path)


def export(*arguments: str, store: str) -> bytes:
    command = ["export", "--store", store, *arguments]
    result = CliRunner().invoke(app, command, catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.stdout_bytes


def ask(name: str, store: str, *arguments: str) -> bytes:
    command = ["--query", "signatories", "--letter", "open letter", "--format", name]
    return export(*command, *arguments, store=store)


def test_an_answer_as_csv_names_things_with_their_iris(store: str) -> None:
    rows = list(csv.DictReader(io.StringIO(ask("csv", store).decode("utf-8"))))
    assert [row["signer"] for row in rows] == SIGNERS
    assert rows[0]["signerIri"] == "https://w3id.org/undersigned/person/ann-example"
    assert all("/signature/" in row["evidence"] for row in rows)


def test_no_answer_is_left_for_another_thread_to_clear_away(graph: EmbeddedWriter) -> None:
    text = "#+ summary: Who is it?\n#+ parameters:\n#+   name: {type: text}\n"
    text += "SELECT ?name WHERE { VALUES ?name { UNDEF } }"
    query = parse_saved_query(text, name="who", where="who.rq")
    gc.disable()
    try:
        assert constructed_graph(graph, query, {"name": "Ann Example"}) is None
        with ThreadPoolExecutor(max_workers=1) as thread:
            thread.submit(gc.collect).result()
    finally:
        gc.enable()
    # An answer that goes in a wrong thread is a warning, and so fails this test by itself.


def test_an_answer_as_json_is_a_list_of_rows(store: str) -> None:
    rows = json.loads(ask("json", store))
    assert [row["signer"] for row in rows] == SIGNERS


def test_an_answer_as_a_workbook_is_a_sheet_named_after_the_question(store: str) -> None:
    book = openpyxl.load_workbook(io.BytesIO(ask("xlsx", store)))
    assert book.sheetnames == ["signatories"]
    assert [row[0] for row in book["signatories"].iter_rows(values_only=True)][1:] == SIGNERS


def test_an_answer_as_parquet_is_typed(store: str) -> None:
    content = export(
        *("--query", "co-signers", "-p", "person=Ann Example", "--format", "parquet"), store=store
    )
    table = parquet.read_table(io.BytesIO(content))
    assert table.column("cosigner").to_pylist() == SIGNERS[1:]
    assert str(table.schema.field("letters").type) == "int64"


def test_days_are_typed_and_unbound_cells_empty(graph: EmbeddedWriter) -> None:
    text = """PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
    SELECT ?day ?none ?mixed { VALUES (?day ?none ?mixed) {
      ("2025-03-21"^^xsd:date UNDEF 1) ("2024-01-02"^^xsd:date UNDEF "two") } } ORDER BY ?day"""
    table = answer_table(graph, parse_saved_query(text, name="a/b", where="a"), {})
    assert [column.kind for column in table.definition.columns] == ["date", "text", "text"]
    assert [[str(cell) for cell in row] for row in table.rows] == [
        ["2024-01-02", "None", "two"],
        ["2025-03-21", "None", "1"],
    ]
    assert table.definition.name == "a-b"


def test_an_empty_answer_still_has_its_columns(store: str) -> None:
    content = ask("csv", store, "-p", "certainty=denied").decode()
    assert content.startswith("signer,signerIri,")
    assert content.count("\n") == 1


@pytest.mark.parametrize(
    ("name", "form"),
    [("turtle", pyoxigraph.RdfFormat.TURTLE), ("rdfxml", pyoxigraph.RdfFormat.RDF_XML)],
)
def test_what_a_construct_builds_comes_in_formats_of_rdf(
    name: str, form: pyoxigraph.RdfFormat, store: str, tmp_path: Path
) -> None:
    query = tmp_path / "signed.rq"
    query.write_text(CONSTRUCT, encoding="utf-8")
    content = export("--query", str(query), "--format", name, store=store)
    assert len(list(pyoxigraph.parse(content, format=form))) == len(SIGNERS)


def test_what_a_construct_builds_comes_as_rows_too(store: str, tmp_path: Path) -> None:
    query = tmp_path / "signed.rq"
    query.write_text(CONSTRUCT, encoding="utf-8")
    content = export("--query", str(query), "--format", "csv", store=store).decode()
    assert content.splitlines()[0] == "subject,predicate,object"
    assert len(content.splitlines()) == 1 + len(SIGNERS)


@pytest.mark.parametrize(
    ("arguments", "error", "words"),
    [
        (["-p", "letter=x"], ExportError, "name it with --query"),
        (["--query", "letters", "--format", "turtle"], ExportError, "gives rows; export csv"),
        (["--query", "signatories", "--format", "site"], ExportError, "export an answer as csv"),
        (
            ["--query", "signatories", "--format", "csv", "--table", "letters"],
            ExportError,
            "leave out either --table or --query",
        ),
        (
            ["--query", "signatories", "--format", "csv", "--letter", "Harbor Counsel"],
            EntityNotFound,
            "no letter named 'Harbor Counsel'",
        ),
        (
            ["--query", "letters", "--format", "csv", "--person", "Ann Example"],
            QueryParameterInvalid,
            "has no parameter 'person'",
        ),
    ],
)
def test_options_that_do_not_go_together_say_what_to_do(
    arguments: list[str], error: type[Exception], words: str, store: str
) -> None:
    with pytest.raises(error, match=words):
        export(*arguments, store=store)
