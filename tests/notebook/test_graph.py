"""The graph from Python, on disk and behind an endpoint."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

import undersigned
from undersigned.errors import (
    EndpointUnreachable,
    ExportError,
    QueryInvalid,
    QueryNotFound,
    QueryParameterInvalid,
    StoreError,
    StoreUnreadable,
)
from undersigned.notebook import frames

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from undersigned.notebook.graph import Graph


@pytest.fixture(params=["folder", "endpoint"])
def graph(request: pytest.FixtureRequest, root: Path) -> Iterator[Graph]:
    """The same graph, opened either way."""
    place = request.getfixturevalue("place" if request.param == "folder" else "endpoint")
    with undersigned.open_graph(place, project=root) as opened:
        yield opened


@pytest.fixture
def local(place: Path, root: Path) -> Iterator[Graph]:
    """The graph on disk."""
    with undersigned.open_graph(place, project=root) as opened:
        yield opened


def test_a_saved_query_is_answered_with_labels_iris_and_words(graph: Graph) -> None:
    answer = graph.ask("co-signers", person="Ann Example")
    assert [row["cosigner"] for row in answer] == ["Ben Sample", "Cal Instance"]
    assert [row["letters"] for row in answer] == [1, 1]
    assert answer[0].iris["cosigner"].startswith("https://w3id.org/undersigned/person/ben-sample")
    assert {passage.text for passage in answer[0].why()} == {
        "Ann Example signed it.",
        "Ben Sample signed it.",
    }
    assert "ask" in dir(graph)
    assert repr(answer).startswith("<With whom did a person sign letters? 2 rows")


def test_comments_with_keywords_in_them_do_not_hide_what_is_asked(graph: Graph) -> None:
    sparql = """# Whoever loads this
# is told to whom they add, and may ask: describe the addressee
PREFIX us: <https://w3id.org/undersigned/ontology#> # and construct it

SELECT ?number WHERE { ?count us:number ?number }"""
    assert graph.sparql(sparql) == [{"number": 400}]
    assert [row["letter"] for row in graph.ask("letters-received", addressee="Harbour Council")]


def test_sparql_gives_rows_and_yes_or_no(graph: Graph) -> None:
    us = "PREFIX us: <https://w3id.org/undersigned/ontology#> "
    rows = graph.sparql(us + "SELECT ?number WHERE { ?count us:number ?number }")
    assert rows == [{"number": 400}]
    assert graph.sparql(us + "ASK { ?letter a us:Letter }") is True
    built = graph.sparql(us + "CONSTRUCT { ?c us:number ?n } WHERE { ?c us:number ?n }")
    assert isinstance(built, list)
    assert [row["object"] for row in built] == [400]


def test_wrong_sparql_is_told(graph: Graph) -> None:
    with pytest.raises(QueryInvalid):
        graph.sparql("SELECT WHERE")


def test_why_takes_a_name_or_an_iri(graph: Graph) -> None:
    by_name = graph.why("Cal Instance")
    (row,) = [r for r in graph.ask("unconfirmed-signatures") if r["signer"] == "Cal Instance"]
    assert [p.text for p in by_name] == [p.text for p in graph.why(row.iris["signer"])]
    assert {p.certainty for p in by_name} == {"reported"}


def test_frames_are_typed(graph: Graph) -> None:
    answer = graph.ask("co-signers", person="Ann Example")
    assert str(answer.to_arrow().schema.field("letters").type) == "int64"
    assert list(answer.to_pandas()["cosigner"]) == ["Ben Sample", "Cal Instance"]
    assert answer.to_polars()["letters"].sum() == 2


def test_tables_and_networks(graph: Graph) -> None:
    assert graph.table("signatures").num_rows == 3
    network = graph.network("co-signatures")
    assert network.number_of_edges() == 3


def test_a_chart_of_numbers_and_one_of_days(local: Graph) -> None:
    bars = local.ask("co-signers", person="Ann Example").chart().to_dict()
    assert bars["encoding"]["x"]["field"] == "letters"
    points = local.ask("statements-by", speaker="Ann Example").chart().to_dict()
    assert (points["encoding"]["x"]["field"], points["encoding"]["x"]["type"]) == (
        "reported",
        "temporal",
    )
    with pytest.raises(ExportError, match="days or numbers"):
        local.ask("copied-stories").chart()


def test_html_shows_text_of_sources_as_text() -> None:
    shown = frames.html_of(["who"], [["<script>alert(1)</script>"]], [{"who": '"x" onclick="y'}])
    assert "<script>" not in shown
    assert "&lt;script&gt;" in shown
    assert 'title="&quot;x&quot; onclick=&quot;y"' in shown
    assert "and 5 more rows" in frames.html_of(["n"], [[n] for n in range(65)])


def test_an_answer_shows_itself_in_a_notebook(local: Graph) -> None:
    shown = local.ask("co-signers", person="Ann Example")._repr_html_()
    assert "<th>cosigner</th>" in shown
    assert "Ben Sample" in shown


@pytest.mark.filterwarnings("ignore:Dataset.default_context is deprecated:DeprecationWarning")
def test_rdflib_and_owlready_get_the_graph(local: Graph) -> None:
    dataset = local.to_rdflib()
    us = "https://w3id.org/undersigned/ontology#"
    rows = list(dataset.query(f"SELECT ?p WHERE {{ ?p a <{us}Person> }}"))
    assert len(rows) == 3
    whole = local.to_rdflib(evidence=True)
    assert len({str(graph.identifier) for graph in whole.graphs()}) > 3
    ontology = local.to_owlready()
    people = {str(person.label[0]) for person in ontology.world[f"{us}Person"].instances()}
    assert people == {"Ann Example", "Ben Sample", "Cal Instance"}


def test_questions_have_their_words(local: Graph) -> None:
    assert local.questions()["co-signers"] == "With whom did a person sign letters?"


def test_what_is_not_there_is_told_with_near_names(local: Graph) -> None:
    with pytest.raises(QueryNotFound, match="co-signers"):
        local.ask("co-signer")
    with pytest.raises(QueryParameterInvalid, match="no parameter 'persn'"):
        local.ask("co-signers", persn="Ann Example")
    with pytest.raises(KeyError, match="no column 'signer'"):
        local.ask("co-signers", person="Ann Example")[0]["signer"]


def test_a_folder_without_a_store_is_told(tmp_path: Path, root: Path) -> None:
    with pytest.raises(StoreUnreadable):
        undersigned.open_graph(tmp_path / "none.store", project=root)


def test_an_endpoint_that_is_not_there_is_told(root: Path) -> None:
    graph = undersigned.open_graph("http://127.0.0.1:9/sparql", project=root)
    with pytest.raises(EndpointUnreachable, match=r"127\.0\.0\.1:9"):
        graph.ask("letters")
    with pytest.raises(StoreError, match="is an endpoint"):
        graph.load("article.html")


@pytest.mark.slow
def test_loading_shows_the_new_revision(place: Path, tmp_path: Path, root: Path) -> None:
    first, second = sorted((root / "examples").glob("harpers-letter-*"))
    copy = shutil.copytree(place, tmp_path / "letters.store")
    with undersigned.open_graph(copy, project=root) as graph:
        before = graph.revision
        assert len(graph.ask("letters")) == 1
        report = graph.load(first, second)
        assert len(report.sources) == 2
        assert graph.revision != before
        assert len(graph.ask("letters")) > 1
