"""RDF files and pyoxigraph's triples as the rdflib graphs that pySHACL and HermiT's bridge take.

Files are parsed by pyoxigraph: it is strict, names line and column, and its TriG parser warns of
nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph
from pyoxigraph import RdfFormat
from rdflib import XSD, BNode, Graph, Literal, URIRef

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from rdflib.term import Node


def read_quads(path: Path) -> list[pyoxigraph.Quad]:
    """The quads of one TriG file.

    Raises:
        SyntaxError: it is not TriG; the message names line and column.
    """
    return list(pyoxigraph.parse(path=str(path), format=RdfFormat.TRIG))


def read_turtle(path: Path) -> Graph:
    """The triples of one Turtle file.

    Raises:
        SyntaxError: it is not Turtle; the message names line and column.
    """
    quads = pyoxigraph.parse(path=str(path), format=RdfFormat.TURTLE)
    return as_rdflib(quad.triple for quad in quads)


def read_merged(path: Path) -> Graph:
    """All named graphs of one TriG file as one graph. Raises as `read_quads` does."""
    return as_rdflib(quad.triple for quad in read_quads(path))


def as_rdflib(triples: Iterable[pyoxigraph.Triple]) -> Graph:
    """The same triples as an rdflib graph."""
    graph = Graph(bind_namespaces="none")
    for triple in triples:
        graph.add((_term(triple.subject), _term(triple.predicate), _term(triple.object)))
    return graph


def _term(term: object) -> Node:
    match term:
        case pyoxigraph.NamedNode():
            return URIRef(term.value)
        case pyoxigraph.BlankNode():
            return BNode(term.value)
        case pyoxigraph.Literal() if term.language:
            return Literal(term.value, lang=term.language)
        case pyoxigraph.Literal():
            datatype = URIRef(term.datatype.value)
            return Literal(term.value, datatype=None if datatype == XSD.string else datatype)
    raise TypeError(f"the program writes no triples about triples, but here is one: {term}")
