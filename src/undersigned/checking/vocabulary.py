"""The ontology's files as rdflib graphs, and its terms as records for tests and pages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from rdflib import OWL, RDF, RDFS, SKOS, BNode, Graph, Namespace, URIRef
from rdflib.collection import Collection
from rdflib.namespace import DCTERMS

from undersigned.checking.graphs import read_turtle
from undersigned.terms import US

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from rdflib.term import Node

    from undersigned.project import Project

ONTOLOGY_IRI: Final = URIRef(US.removesuffix("#"))
VS: Final = Namespace("http://www.w3.org/2003/06/sw-vocab-status/ns#")

_KINDS: Final = (
    (OWL.Class, "class"),
    (OWL.ObjectProperty, "object property"),
    (OWL.DatatypeProperty, "datatype property"),
    (SKOS.ConceptScheme, "scheme"),
    (SKOS.Concept, "concept"),
)
_DOCUMENTED_BY: Final = {
    "a label": RDFS.label,
    "a definition": SKOS.definition,
    "a source": DCTERMS.source,
    "an example": SKOS.example,
    "a status": VS.term_status,
}


@dataclass(frozen=True, slots=True)
class Term:
    """One term of the ontology with its documentation; what is missing is empty."""

    iri: URIRef
    kind: str
    label: str
    definition: str
    sources: tuple[str, ...]
    examples: tuple[str, ...]
    status: str

    @property
    def local_name(self) -> str:
        """The part after the namespace; its anchor on the ontology's page."""
        return str(self.iri).removeprefix(US)


def read_ontology(project: Project) -> Graph:
    """The ontology, without its alignments."""
    return read_turtle(project.ontology / "undersigned.ttl")


def read_alignments(project: Project) -> Graph:
    """All alignments as one graph."""
    graph = Graph()
    for path in alignment_files(project):
        graph += read_turtle(path)
    return graph


def alignment_files(project: Project) -> list[Path]:
    """The alignments, one outside vocabulary a file, sorted."""
    return sorted((project.ontology / "alignments").glob("*.ttl"))


def example_files(project: Project) -> list[Path]:
    """The modelling examples, sorted."""
    return sorted((project.ontology / "examples").glob("*.trig"))


def read_terms(graph: Graph) -> list[Term]:
    """The terms that the ontology defines in its own namespace, sorted by kind, then name."""
    found: list[Term] = []
    for owl_class, kind in _KINDS:
        iris = {iri for iri in graph.subjects(RDF.type, owl_class) if isinstance(iri, URIRef)}
        ours = sorted(iri for iri in iris if iri.startswith(US))
        found.extend(_term(graph, iri, kind) for iri in ours)
    return found


def missing_documentation(graph: Graph, iri: URIRef) -> list[str]:
    """What a term's documentation lacks, in words: a definition, an example, a source."""
    return [name for name, prop in _DOCUMENTED_BY.items() if not _texts(graph, iri, prop)]


def items_of(graph: Graph, expression: Node) -> list[Node]:
    """The named things in a class expression: a class itself, or the members of a union."""
    if not isinstance(expression, BNode):
        return [expression]
    union = graph.value(expression, OWL.unionOf)
    return list(Collection(graph, union)) if union is not None else []


def subclass_triples(graph: Graph) -> Iterable[tuple[Node, Node, Node]]:
    """The subclass triples between named classes of the ontology, for engines without OWL."""
    for lower, _, upper in graph.triples((None, RDFS.subClassOf, None)):
        if isinstance(upper, URIRef):
            yield lower, RDFS.subClassOf, upper


def _term(graph: Graph, iri: URIRef, kind: str) -> Term:
    return Term(
        iri=iri,
        kind=kind,
        label="".join(_texts(graph, iri, RDFS.label)[:1]),
        definition=" ".join(_texts(graph, iri, SKOS.definition)),
        sources=_texts(graph, iri, DCTERMS.source),
        examples=_texts(graph, iri, SKOS.example),
        status="".join(_texts(graph, iri, VS.term_status)[:1]),
    )


def _texts(graph: Graph, iri: URIRef, prop: URIRef) -> tuple[str, ...]:
    return tuple(sorted(str(value) for value in graph.objects(iri, prop) if str(value).strip()))
