"""The service description (https://www.w3.org/TR/sparql11-service-description/)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pyoxigraph
from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple

from undersigned.serving.formats import ROWS, TRIPLES, AnswerFormat
from undersigned.terms import PREFIXES, RDF_TYPE, RDFS

if TYPE_CHECKING:
    from undersigned.store.base import GraphReader

SD: Final = "http://www.w3.org/ns/sparql-service-description#"


def describe_service(endpoint: str, reader: GraphReader) -> list[Triple]:
    """What this service can do, and nothing that it can't: no federation, no fetching of graphs."""
    service, dataset, default = BlankNode("service"), BlankNode("dataset"), BlankNode("default")
    triples = [
        Triple(service, RDF_TYPE, _sd("Service")),
        Triple(service, _sd("endpoint"), NamedNode(endpoint)),
        Triple(service, _sd("supportedLanguage"), _sd("SPARQL11Query")),
        Triple(service, _sd("defaultDataset"), dataset),
        Triple(dataset, RDF_TYPE, _sd("Dataset")),
        Triple(dataset, _sd("defaultGraph"), default),
        Triple(default, RDF_TYPE, _sd("Graph")),
        Triple(
            default,
            NamedNode(RDFS + "comment"),
            Literal("The knowledge graph, for queries without GRAPH and FROM.", language="en"),
        ),
    ]
    triples += [
        Triple(service, _sd("resultFormat"), NamedNode(form.engine_format.iri))
        for form in (*ROWS, *TRIPLES)
    ]
    iris = reader.iris
    for graph in (iris.knowledge, iris.judgements, iris.ontology, iris.runs):
        if next(reader.triples(graph), None) is not None:
            node = BlankNode(graph.value.rsplit("/", 1)[-1])
            triples += [
                Triple(dataset, _sd("namedGraph"), node),
                Triple(node, RDF_TYPE, _sd("NamedGraph")),
                Triple(node, _sd("name"), graph),
            ]
    return triples


def write_description(triples: list[Triple], form: AnswerFormat) -> bytes:
    """The description in one of the formats for triples."""
    assert isinstance(form.engine_format, RdfFormat)
    prefixes = {**PREFIXES, "sd": SD, "void": "http://rdfs.org/ns/void#"}
    return pyoxigraph.serialize(triples, format=form.engine_format, prefixes=prefixes) or b""


def _sd(name: str) -> NamedNode:
    return NamedNode(SD + name)
