"""Which format an answer comes in, and that each can be read by others."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import rdflib
from pyoxigraph import (
    Literal,
    NamedNode,
    Quad,
    QueryResultsFormat,
    QuerySolutions,
    RdfFormat,
    parse,
    parse_query_results,
)
from rdflib.compare import isomorphic

from serving.asking import write_store
from undersigned.iris import Iris
from undersigned.serving.negotiation import best_media_type, read_accept

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from serving.asking import Asker

RDFLIB_DEPRECATES_ITSELF = pytest.mark.filterwarnings(
    "ignore:(ConjunctiveGraph|Dataset.default_context) is deprecated:DeprecationWarning"
)
"""Its JSON-LD reader and its Dataset use what it deprecates."""

ROWS = "SELECT ?s ?name { ?s <http://www.w3.org/2000/01/rdf-schema#label> ?name } ORDER BY ?s"
TRIPLES = "CONSTRUCT WHERE { ?s ?p ?o }"


@pytest.mark.parametrize(
    ("accept", "offered", "chosen"),
    [
        (None, ["a/x", "b/y"], "a/x"),
        ("", ["a/x", "b/y"], "a/x"),
        ("b/y", ["a/x", "b/y"], "b/y"),
        ("a/x;q=0.3, b/y;q=0.4", ["a/x", "b/y"], "b/y"),
        ("A/X ; Q=0.3 , */*;q=0.2", ["b/y", "a/x"], "a/x"),
        ("a/*;q=0.5, a/x;q=0, b/y;q=0.1", ["a/x", "b/y"], "b/y"),
        ("*/*, a/x;q=0", ["a/x"], None),
        ("*/*;q=0", ["a/x"], None),
        ("c/z", ["a/x"], None),
        ("nonsense, ;q=, b/y;version=2;q=0.9", ["a/x", "b/y"], "b/y"),
        ("a/x;q=5, b/y;q=0.5", ["a/x", "b/y"], "a/x"),
    ],
)
def test_accept_header_chooses(accept: str | None, offered: list[str], chosen: str | None) -> None:
    assert best_media_type(read_accept(accept), offered) == chosen


@pytest.mark.parametrize(
    ("sparql", "accept", "media_type"),
    [
        (ROWS, "*/*", "application/sparql-results+json"),
        (ROWS, "application/json", "application/json"),
        (ROWS, "text/html,application/xml;q=0.9,*/*;q=0.8", "application/xml"),
        (ROWS, "text/csv;q=0.9, text/tab-separated-values", "text/tab-separated-values"),
        (
            ROWS,
            "text/turtle, application/sparql-results+xml;q=0.1",
            "application/sparql-results+xml",
        ),
        ("ASK {}", "text/csv", "text/csv"),
        (TRIPLES, "*/*", "text/turtle"),
        (TRIPLES, "application/sparql-results+json, application/*;q=0.2", "application/n-triples"),
        (TRIPLES, "application/rdf+xml", "application/rdf+xml"),
        ("DESCRIBE <https://w3id.org/undersigned/person/ada-example>", "text/n3", "text/n3"),
    ],
)
def test_media_type_follows_the_sort_of_answer(
    ask: Asker, sparql: str, accept: str, media_type: str
) -> None:
    response = ask.query(sparql, Accept=accept)
    assert response.headers["content-type"].partition(";")[0] == media_type
    assert "accept" in response.headers["vary"].lower()


@pytest.mark.parametrize(
    ("name", "rows_type", "triples_type"),
    [
        ("json", "application/sparql-results+json", "application/ld+json"),
        ("xml", "application/sparql-results+xml", "application/rdf+xml"),
        ("csv", "text/csv", "text/turtle"),
        ("turtle", "application/sparql-results+json", "text/turtle"),
        ("application/n-quads", "application/sparql-results+json", "application/n-quads"),
        ("rdf+xml", "application/sparql-results+json", "application/rdf+xml"),
    ],
)
def test_format_parameter_is_for_links(
    ask: Asker, name: str, rows_type: str, triples_type: str
) -> None:
    for sparql, expected in ((ROWS, rows_type), (TRIPLES, triples_type)):
        response = ask("GET", params={"query": sparql, "format": name})
        assert response.headers["content-type"].partition(";")[0] == expected


@pytest.mark.parametrize("form", [QueryResultsFormat.JSON, QueryResultsFormat.XML,
                                  QueryResultsFormat.TSV])  # fmt: skip
def test_rows_say_the_same_in_every_format(ask: Asker, form: QueryResultsFormat) -> None:
    response = ask.query(ROWS, Accept=form.media_type.partition(";")[0])
    rows = parse_query_results(response.content, format=form)
    assert isinstance(rows, QuerySolutions)
    assert [row["name"] for row in rows] == [
        Literal("Appeal for the old harbour", language="en"),
        Literal("Ada Example"),
    ]


def test_csv_has_a_header_and_plain_values(ask: Asker) -> None:
    lines = ask.query(ROWS, Accept="text/csv").text.splitlines()
    assert lines[0] == "s,name"
    assert lines[2] == "https://w3id.org/undersigned/person/ada-example,Ada Example"


@pytest.mark.parametrize(
    ("media_type", "reader"),
    [
        ("text/turtle", "turtle"),
        ("application/n-triples", "nt"),
        ("application/rdf+xml", "xml"),
        ("application/ld+json", "json-ld"),
    ],
)
@RDFLIB_DEPRECATES_ITSELF
def test_triples_are_read_by_another_library(ask: Asker, media_type: str, reader: str) -> None:
    expected = rdflib.Graph().parse(
        data=ask.query(TRIPLES, Accept="application/n-quads").text, format="nt"
    )
    found = rdflib.Graph().parse(data=ask.query(TRIPLES, Accept=media_type).text, format=reader)
    assert len(found) == 5
    assert isomorphic(found, expected)


def test_xml_that_could_not_be_read_back_is_not_sent(
    tmp_path: Path, make_asker: Callable[..., Asker]
) -> None:
    graph = Iris().knowledge
    bell = Quad(NamedNode("urn:s"), NamedNode("urn:p:b"), Literal("ring\x07"), graph)
    odd = Quad(NamedNode("urn:s"), NamedNode("http://e/1"), Literal("one"), graph)
    returned = Quad(NamedNode("urn:t"), NamedNode("urn:p:b"), Literal("a\r\nb"), graph)
    ask = make_asker(write_store(tmp_path / "store", [bell, odd, returned]))
    rows, triples = "application/sparql-results+xml", "application/rdf+xml"
    assert ask.query("SELECT * { ?s <urn:p:b> ?o }", Accept=rows).status_code == 406
    assert ask.query("SELECT * { ?s <http://e/1> ?o }", Accept=rows).status_code == 200
    assert ask.query("DESCRIBE <urn:s>", Accept=triples).status_code == 406
    assert ask.query("DESCRIBE <urn:s>", Accept="text/turtle").status_code == 200
    whole = ask.query("DESCRIBE <urn:t>", Accept=triples).content
    (quad,) = parse(whole, format=RdfFormat.RDF_XML)
    assert quad.object == Literal("a\r\nb")
