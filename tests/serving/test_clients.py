"""Clients that others wrote, against a real server on a loopback port."""

from __future__ import annotations

from typing import Any

import pytest
import rdflib
from SPARQLWrapper import CSV, JSON, JSONLD, POST, POSTDIRECTLY, RDFXML, TURTLE, XML, SPARQLWrapper
from SPARQLWrapper.SPARQLExceptions import QueryBadFormed

ROWS = "SELECT ?name { ?s <http://www.w3.org/2000/01/rdf-schema#label> ?name } ORDER BY ?name"
SIGNED = rdflib.URIRef("https://w3id.org/undersigned/ontology#signed")


def _wrapper(served: str, query: str, form: str) -> SPARQLWrapper:
    wrapper = SPARQLWrapper(served)
    wrapper.setQuery(query)
    wrapper.setReturnFormat(form)
    return wrapper


def _answer(wrapper: SPARQLWrapper) -> Any:
    return wrapper.query().convert()


@pytest.mark.parametrize("method", ["GET", POST])
@pytest.mark.parametrize("request_method", ["urlencoded", POSTDIRECTLY])
def test_sparqlwrapper_selects(served: str, method: str, request_method: str) -> None:
    wrapper = _wrapper(served, ROWS, JSON)
    wrapper.setMethod(method)
    wrapper.setRequestMethod(request_method)
    rows = _answer(wrapper)["results"]["bindings"]
    assert [row["name"]["value"] for row in rows] == ["Ada Example", "Appeal for the old harbour"]


def test_sparqlwrapper_reads_csv_and_xml(served: str) -> None:
    csv = _answer(_wrapper(served, ROWS, CSV))
    assert csv.decode().splitlines() == ["name", "Ada Example", "Appeal for the old harbour"]
    document = _answer(_wrapper(served, ROWS, XML))
    names = [node.firstChild.data for node in document.getElementsByTagName("literal")]
    assert names == ["Ada Example", "Appeal for the old harbour"]


@pytest.mark.parametrize(("pattern", "truth"), [("?s ?p ?o", True), ("?s ?p 'nobody'", False)])
def test_sparqlwrapper_asks(served: str, pattern: str, truth: bool) -> None:
    assert _answer(_wrapper(served, f"ASK {{ {pattern} }}", JSON)) == {
        "head": {},
        "boolean": truth,
    }


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")
@pytest.mark.parametrize("form", [TURTLE, RDFXML, XML, JSONLD])
def test_sparqlwrapper_constructs(served: str, form: str) -> None:
    query = f"CONSTRUCT WHERE {{ ?person <{SIGNED}> ?letter }}"
    answer = _answer(_wrapper(served, query, form))
    graph = rdflib.Graph().parse(data=answer, format="turtle") if form == TURTLE else answer
    ((person, predicate, letter),) = graph
    assert predicate == SIGNED
    assert str(person).endswith("/person/ada-example")
    assert str(letter).endswith("/letter/harbour-appeal")


def test_sparqlwrapper_is_told_of_a_malformed_query(served: str) -> None:
    with pytest.raises(QueryBadFormed, match="line 1, column"):
        _wrapper(served, "SELECT ?s { ?s }", JSON).query()
