"""The catalogue entry of a release: VoID for the graph, DCAT 3 for the files."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from rdflib import DCAT, DCTERMS, RDF, VOID, XSD, BNode, Graph, Literal, Namespace, URIRef

from undersigned import terms as t

if TYPE_CHECKING:
    from collections.abc import Sequence

    from undersigned.exporting.base import ExportRequest
    from undersigned.store.base import GraphReader

SPDX: Final = Namespace("http://spdx.org/rdf/terms#")
DCAT_VERSION: Final = URIRef(str(DCAT) + "version")
"""New in DCAT 3; the library's list of terms is of DCAT 2."""
COUNTED: Final = {
    "letters": t.LETTER,
    "people": t.PERSON,
    "organizations": t.ORGANIZATION,
    "signatures": t.SIGNATURE,
    "statements": t.STATEMENT,
    "articles": t.ARTICLE,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """A file of a release. `number` is what its format counts: statements, rows, edges."""

    path: str
    title: str
    media_type: str
    size_bytes: int
    sha256: str
    number: int


def count_things(reader: GraphReader) -> dict[str, int]:
    """How many things of each kind the knowledge graph holds."""
    return {
        name: sum(1 for _ in reader.triples(reader.iris.knowledge, None, t.RDF_TYPE, class_iri))
        for name, class_iri in COUNTED.items()
    }


def catalogue(request: ExportRequest, holdings: Sequence[Holding], things: dict[str, int]) -> str:
    """The entry in Turtle; equal data give equal text."""
    graph = Graph()
    for prefix, namespace in (("spdx", SPDX), ("us", t.US)):
        graph.bind(prefix, namespace)
    dataset = URIRef(request.reader.iris.base)
    graph.add((dataset, RDF.type, VOID.Dataset))
    graph.add((dataset, RDF.type, DCAT.Dataset))
    graph.add((dataset, DCTERMS.title, Literal("Letters, signatures and statements", lang="en")))
    graph.add((dataset, DCTERMS.issued, Literal(request.released, datatype=XSD.date)))
    graph.add((dataset, DCTERMS.license, URIRef(request.licence or "")))
    graph.add((dataset, DCAT_VERSION, Literal(request.reader.revision)))
    graph.add((dataset, VOID.uriSpace, Literal(request.reader.iris.base)))
    graph.add((dataset, VOID.vocabulary, URIRef(t.US)))
    for name, class_iri in COUNTED.items():
        part = BNode(f"partition-{name}")
        graph.add((dataset, VOID.classPartition, part))
        graph.add((part, VOID["class"], URIRef(class_iri.value)))
        graph.add((part, VOID.entities, Literal(things[name])))
    for holding in holdings:
        _add_file(graph, dataset, holding)
    return graph.serialize(format="longturtle")


def _add_file(graph: Graph, dataset: URIRef, holding: Holding) -> None:
    file = URIRef(f"{dataset}release/{holding.path}")
    checksum = BNode(f"sum-{holding.path.replace('/', '-')}")
    if holding.path == "dataset.nq.gz":
        graph.add((dataset, VOID.triples, Literal(holding.number)))
        graph.add((dataset, VOID.dataDump, file))
    graph.add((dataset, DCAT.distribution, file))
    graph.add((file, RDF.type, DCAT.Distribution))
    graph.add((file, DCTERMS.title, Literal(holding.title, lang="en")))
    graph.add((file, DCAT.mediaType, URIRef(_iana(holding.media_type))))
    graph.add((file, DCAT.byteSize, Literal(holding.size_bytes, datatype=XSD.nonNegativeInteger)))
    graph.add((file, SPDX.checksum, checksum))
    graph.add((checksum, RDF.type, SPDX.Checksum))
    graph.add((checksum, SPDX.algorithm, SPDX.checksumAlgorithm_sha256))
    graph.add((checksum, SPDX.checksumValue, Literal(holding.sha256, datatype=XSD.hexBinary)))


def _iana(media_type: str) -> str:
    return f"https://www.iana.org/assignments/media-types/{media_type}"
