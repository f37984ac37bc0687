"""What the ontology's page says about each term, as records for its template."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from rdflib import OWL, RDF, RDFS, SKOS, BNode, URIRef
from rdflib.collection import Collection

from undersigned.checking.vocabulary import items_of
from undersigned.terms import PREFIXES, US

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rdflib import Graph
    from rdflib.term import Node

    from undersigned.checking.vocabulary import Term

_RELATIONS: Final = (
    (RDFS.subClassOf, "subclass of"),
    (RDFS.subPropertyOf, "subproperty of"),
    (RDFS.domain, "domain"),
    (RDFS.range, "range"),
    (SKOS.closeMatch, "close match"),
    (SKOS.broadMatch, "broad match"),
    (SKOS.relatedMatch, "related match"),
)
_USES: Final = (
    (RDFS.subClassOf, "subclasses"),
    (RDFS.subPropertyOf, "subproperties"),
    (RDFS.domain, "in the domain of"),
    (RDFS.range, "in the range of"),
)
_CHARACTERISTICS: Final = (
    (OWL.AsymmetricProperty, "asymmetric"),
    (OWL.FunctionalProperty, "functional"),
    (OWL.InverseFunctionalProperty, "inverse functional"),
    (OWL.IrreflexiveProperty, "irreflexive"),
    (OWL.SymmetricProperty, "symmetric"),
)
_PREFIXES: Final = {
    **PREFIXES,
    "bibo": "http://purl.org/ontology/bibo/",
    "cito": "http://purl.org/spar/cito/",
    "fabio": "http://purl.org/spar/fabio/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "ftm": "https://schema.followthemoney.tech/#",
    "gaf": "http://groundedannotationframework.org/gaf#",
    "grasp": "http://groundedannotationframework.org/grasp#",
    "org": "http://www.w3.org/ns/org#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "schema": "http://schema.org/",
    "sem": "http://semanticweb.cs.vu.nl/2009/11/sem/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "time": "http://www.w3.org/2006/time#",
    "wd": "http://www.wikidata.org/entity/",
}


@dataclass(frozen=True, slots=True)
class Link:
    """What is shown, and where it leads; a citation leads nowhere."""

    text: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a description: what it says, and its values in order."""

    name: str
    values: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """One term as the page shows it. A scheme has its concepts as members."""

    term: Term
    rows: tuple[Row, ...]
    sources: tuple[Link, ...]
    members: tuple[Entry, ...] = ()


def make_entries(ontology: Graph, alignments: Graph, terms: Iterable[Term]) -> dict[str, Entry]:
    """Local name → entry. `alignments` holds the triples that are not the ontology's own."""
    entries = {}
    for term in terms:
        rows = (
            *_relations(ontology, term.iri),
            *_chains(ontology, term.iri),
            *_characteristics(ontology, term.iri),
            *_uses(ontology, term.iri),
            *_relations(alignments, term.iri),
        )
        sources = tuple(_source(text) for text in term.sources)
        entries[term.local_name] = Entry(term, rows, sources)
    for name, entry in list(entries.items()):
        concepts = sorted(map(str, ontology.subjects(SKOS.inScheme, entry.term.iri)))
        members = tuple(entries[_local(concept)] for concept in concepts)
        entries[name] = replace(entry, members=members)
    return entries


def link_to(iri: URIRef) -> Link:
    """A term as its short form; one of ours leads to its anchor on the page."""
    if iri.startswith(US):
        return Link(_local(iri), f"#{_local(iri)}")
    for prefix, namespace in _PREFIXES.items():
        if iri.startswith(namespace):
            return Link(f"{prefix}:{iri.removeprefix(namespace)}", str(iri))
    return Link(str(iri), str(iri))


def _relations(graph: Graph, iri: URIRef) -> list[Row]:
    rows = [Row(name, _links(graph, graph.objects(iri, prop))) for prop, name in _RELATIONS]
    return [row for row in rows if row.values]


def _uses(graph: Graph, iri: URIRef) -> list[Row]:
    rows = []
    for prop, name in _USES:
        users = {user for user, value in graph.subject_objects(prop) if iri in _named(graph, value)}
        rows.append(Row(name, _links(graph, users)))
    return [row for row in rows if row.values]


def _characteristics(graph: Graph, iri: URIRef) -> list[Row]:
    found = tuple(
        Link(name) for owl_class, name in _CHARACTERISTICS if (iri, RDF.type, owl_class) in graph
    )
    return [Row("is", found)] if found else []


def _chains(graph: Graph, iri: URIRef) -> list[Row]:
    rows = []
    for chain in graph.objects(iri, OWL.propertyChainAxiom):
        links = []
        for step in Collection(graph, chain):
            inverted = graph.value(step, OWL.inverseOf)
            link = link_to(URIRef(str(inverted if inverted is not None else step)))
            links.append(replace(link, text=f"inverse of {link.text}") if inverted else link)
        rows.append(Row("follows from the chain", tuple(links)))
    return rows


def _links(graph: Graph, nodes: Iterable[Node]) -> tuple[Link, ...]:
    iris = {iri for node in nodes for iri in _named(graph, node)}
    return tuple(link_to(iri) for iri in sorted(iris))


def _named(graph: Graph, expression: Node) -> list[URIRef]:
    """The named terms of a class expression; for a closed list of concepts, their scheme."""
    scheme = graph.value(expression, OWL.hasValue) if isinstance(expression, BNode) else None
    nodes = [scheme] if scheme is not None else items_of(graph, expression)
    return [node for node in nodes if isinstance(node, URIRef)]


def _source(text: str) -> Link:
    return replace(link_to(URIRef(text)), href=text) if text.startswith("http") else Link(text)


def _local(iri: str) -> str:
    return iri.removeprefix(US)
