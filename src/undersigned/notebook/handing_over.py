"""The graph for rdflib and owlready2."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import rdflib
from pyoxigraph import Quad, RdfFormat, serialize

from undersigned import terms as t

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import owlready2
    from pyoxigraph import Triple

    from undersigned.project import Project
    from undersigned.store.base import GraphReader


def rdflib_dataset(reader: GraphReader, *, evidence: bool) -> rdflib.Dataset:
    """The knowledge graph as the default graph; with `evidence` every named graph as well."""
    dataset = rdflib.Dataset()
    for prefix, namespace in t.PREFIXES.items():
        dataset.bind(prefix, namespace)
    dataset.default_graph.parse(data=_knowledge(reader), format="nt")
    for graph in reader.graphs() if evidence else ():
        triples = serialize(_plain(reader.triples(graph)), format=RdfFormat.N_TRIPLES)
        dataset.graph(rdflib.URIRef(graph.value)).parse(data=triples, format="nt")
    return dataset


def owlready_ontology(reader: GraphReader, project: Project) -> owlready2.Ontology:
    """The ontology and the individuals of the knowledge graph, in a world of their own.

    The reasoner of owlready2 knows no `xsd:date`: days are plain texts there.
    """
    import owlready2

    world = owlready2.World()
    graph = rdflib.Graph().parse(project.ontology / "undersigned.ttl", format="turtle")
    text = graph.serialize(format="nt", encoding="utf-8") + _knowledge(reader)
    return world.get_ontology(t.US).load(fileobj=io.BytesIO(_without_dates(text)))


def _knowledge(reader: GraphReader) -> bytes:
    triples = reader.triples(reader.iris.knowledge)
    return serialize(_plain(triples), format=RdfFormat.N_TRIPLES) or b""


def _plain(triples: Iterable[Triple]) -> Iterator[Quad]:
    return (Quad(x.subject, x.predicate, x.object) for x in triples)


def _without_dates(text: bytes) -> bytes:
    return text.replace(f"^^<{t.XSD}date>".encode(), b"")
