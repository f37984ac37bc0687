"""Tables of a graph that two sources made: exact, typed, safe, and the same bytes again."""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import date, datetime
from typing import TYPE_CHECKING

import openpyxl
import pytest
from pyarrow import parquet
from pyoxigraph import Literal, NamedNode, Quad

from undersigned.errors import ExportError
from undersigned.exporting.base import ExportRequest
from undersigned.exporting.columns import get_table_definition, read_table, table_definitions
from undersigned.exporting.csv_tables import defused_cell, exact_cell
from undersigned.exporting.registry import get_export_format
from undersigned.iris import Iris
from undersigned.store.embedded import EmbeddedWriter, memory_store
from undersigned.terms import LETTER, RDF_TYPE, RDFS_LABEL

if TYPE_CHECKING:
    from pathlib import Path

IRIS = Iris()


def exported(store: EmbeddedWriter, name: str, context_file: Path, *tables: str) -> bytes:
    output = io.BytesIO()
    request = ExportRequest(reader=store, context_file=context_file, tables=tables)
    get_export_format(name).write(request, output)
    return output.getvalue()


def rows(store: EmbeddedWriter, name: str) -> list[dict[str, object]]:
    table = read_table(store, get_table_definition(name))
    names = [column.name for column in table.definition.columns]
    return [dict(zip(names, row, strict=True)) for row in table.rows]


def test_each_table_says_what_it_holds_and_names_its_columns_once() -> None:
    for definition in table_definitions().values():
        names = [column.name for column in definition.columns]
        assert definition.summary
        assert len(names) == len(set(names)) > 3


def test_signatures_have_status_certainty_and_sources(graph: EmbeddedWriter) -> None:
    found = {str(row["signatory"]): row for row in rows(graph, "signatures")}
    assert set(found) == {"Ann Example", "Ben Sample", "Cal Instance", "Dee Refuser"}
    assert found["Ann Example"]["number_of_sources"] == 2
    assert found["Ann Example"]["stated_on"] == date(2025, 3, 21)
    assert found["Cal Instance"]["certainty"] == "reported"
    assert found["Dee Refuser"]["status"] == "declined"
    assert all(str(row["letter_iri"]).startswith("https://") for row in found.values())


def test_a_letter_counts_only_standing_signatures(graph: EmbeddedWriter) -> None:
    (letter,) = rows(graph, "letters")
    assert letter["kind"] == "open-letter"
    assert letter["addressees"] == "Harbour Council"
    assert letter["signers_named"] == 3
    assert letter["claimed_signers"] == "over 400"


def test_statements_and_roles(graph: EmbeddedWriter) -> None:
    statements = {str(row["words"]): row for row in rows(graph, "statements")}
    assert statements["“this has gone on for long enough now”"]["speaker"] == "Ann Example"
    (role,) = rows(graph, "roles")
    assert (role["holder"], role["title"]) == ("Ben Sample", "actor")


@pytest.mark.parametrize("name", ["csv", "csv-spreadsheet", "xlsx", "parquet", "json"])
def test_the_same_graph_gives_the_same_bytes(
    graph: EmbeddedWriter, name: str, context_file: Path
) -> None:
    assert exported(graph, name, context_file) == exported(graph, name, context_file)


@pytest.mark.parametrize("name", ["csv", "parquet"])
def test_all_tables_come_in_one_archive(
    graph: EmbeddedWriter, name: str, context_file: Path
) -> None:
    with zipfile.ZipFile(io.BytesIO(exported(graph, name, context_file))) as archive:
        assert archive.testzip() is None
        assert archive.namelist() == [f"{table}.{name}" for table in table_definitions()]


def test_csv_reads_back_as_it_was(graph: EmbeddedWriter, context_file: Path) -> None:
    text = exported(graph, "csv", context_file, "signatures").decode()
    assert text.count("\r\n") == text.count("\n") == 5
    read = list(csv.DictReader(io.StringIO(text, newline="")))
    assert [row["signatory"] for row in read] == [r["signatory"] for r in rows(graph, "signatures")]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_formulas_are_defused_for_spreadsheets_alone(text: str) -> None:
    assert defused_cell(text) == f"'{text}"
    assert exact_cell(text) == text


def test_numbers_below_zero_are_no_formulas() -> None:
    assert defused_cell(-1) == "-1"


def test_a_workbook_has_a_typed_sheet_a_table(graph: EmbeddedWriter, context_file: Path) -> None:
    book = openpyxl.load_workbook(io.BytesIO(exported(graph, "xlsx", context_file)))
    assert book.sheetnames == list(table_definitions())
    sheet = book["signatures"]
    header = [cell.value for cell in sheet[1]]
    first = dict(zip(header, sheet[2], strict=True))
    assert first["stated_on"].value == datetime(2025, 3, 21)
    assert first["number_of_sources"].value == 2
    assert sheet.freeze_panes == "A2"


def test_a_workbook_takes_no_name_for_a_formula(context_file: Path) -> None:
    letter = IRIS.entity("letter", "odd")
    odd = "=HYPERLINK(\x07)" + "x" * 40_000
    store = memory_store(
        [
            Quad(letter, RDF_TYPE, LETTER, IRIS.knowledge),
            Quad(letter, RDFS_LABEL, Literal(odd), IRIS.knowledge),
        ]
    )
    book = openpyxl.load_workbook(io.BytesIO(exported(store, "xlsx", context_file, "letters")))
    cell = book["letters"]["B2"]
    assert cell.data_type == "s"
    assert cell.value.startswith("=HYPERLINK(�)")
    assert len(cell.value) == 32_767


def test_parquet_is_typed(graph: EmbeddedWriter, context_file: Path) -> None:
    content = exported(graph, "parquet", context_file, "signatures")
    table = parquet.read_table(io.BytesIO(content))
    assert str(table.schema.field("number_of_sources").type) == "int64"
    assert str(table.schema.field("stated_on").type) == "date32[day]"
    assert table.num_rows == 4


def test_an_unknown_table_gets_near_names() -> None:
    with pytest.raises(ExportError, match="did you mean 'signatures'"):
        get_table_definition("signature")


def test_a_column_of_several_values_is_sorted(graph: EmbeddedWriter) -> None:
    sources = {row["sources"] for row in rows(graph, "letters")}
    (shown,) = sources
    assert str(shown).split("; ") == sorted(str(shown).split("; "))
    assert len(str(shown).split("; ")) == 2


def test_a_date_that_is_none_stays_text() -> None:
    letter = IRIS.entity("letter", "spring")
    us = "https://w3id.org/undersigned/ontology#"
    store = memory_store(
        [
            Quad(letter, RDF_TYPE, LETTER, IRIS.knowledge),
            Quad(letter, NamedNode(us + "letterDate"), Literal("2024-03"), IRIS.knowledge),
        ]
    )
    (row,) = rows(store, "letters")
    assert row["date"] == "2024-03"
