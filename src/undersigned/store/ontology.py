"""The ontology as a named graph of the store."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph
from pyoxigraph import BlankNode, CanonicalizationAlgorithm, Dataset, NamedNode, Quad, Triple

from undersigned.errors import StoreUnreadable

if TYPE_CHECKING:
    from undersigned.iris import Iris
    from undersigned.project import Project


def ontology_triples(project: Project, iris: Iris) -> set[Triple]:
    """The triples of `undersigned.ttl`, blank nodes replaced by IRIs.

    Replaced (RDF 1.1 Concepts, section 3.5) in canonical order, so that the same file always
    gives the same triples and a dump of the store needs no blank node.

    Raises:
        StoreUnreadable: the file is missing or not Turtle.
    """
    path = project.ontology / "undersigned.ttl"
    try:
        parsed = list(pyoxigraph.parse(path=str(path)))
    except (OSError, SyntaxError) as error:
        raise StoreUnreadable(
            f"{path}: {error}; restore the file, or use the package's own ontology"
        ) from error
    dataset = Dataset(Quad(q.subject, q.predicate, q.object) for q in parsed)
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)

    def named(term: object) -> object:
        if isinstance(term, BlankNode):
            return NamedNode(f"{iris.base}.well-known/genid/ontology-{term.value}")
        return term

    return {
        Triple(named(q.subject), q.predicate, named(q.object))  # type: ignore[arg-type]
        for q in dataset
    }
