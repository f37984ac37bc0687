"""What the graph says of one thing as data, in the formats of linked data.

All that has the thing as its subject or its object in the knowledge graph, with the labels and
classes of the things named there.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pyoxigraph import NamedNode, Quad, Triple

from undersigned import terms as t
from undersigned.exporting.base import ExportRequest
from undersigned.exporting.registry import get_export_format
from undersigned.store.embedded import memory_store

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from undersigned.store.base import GraphReader


@dataclass(frozen=True, slots=True)
class DataFormat:
    """A format by the suffix of its address.

    `export` is the name that exporting knows it by; None for N-Triples, which no export has.
    """

    suffix: str
    media_type: str
    export: str | None


FORMATS: Final = (
    DataFormat(".ttl", "text/turtle", "turtle"),
    DataFormat(".jsonld", "application/ld+json", "jsonld"),
    DataFormat(".nt", "application/n-triples", None),
    DataFormat(".rdf", "application/rdf+xml", "rdfxml"),
)
_NAMING: Final = (t.RDFS_LABEL, t.RDF_TYPE)


def describe(reader: GraphReader, iri: NamedNode) -> set[Triple]:
    """The triples about a thing, with what names the things in them."""
    knowledge = reader.iris.knowledge
    about = set(reader.triples(knowledge, iri)) | set(reader.triples(knowledge, None, None, iri))
    named = {end for n in about for end in (n.subject, n.object) if isinstance(end, NamedNode)}
    for thing in named - {iri}:
        about |= {n for n in reader.triples(knowledge, thing) if n.predicate in _NAMING}
    return about


def write_data(
    reader: GraphReader, triples: Iterable[Triple], form: DataFormat, context: Path
) -> bytes:
    """Triples in a format; the same triples give the same bytes.

    Raises:
        ExportError: the format can't say them, as RDF/XML some characters.
    """
    if form.export is None:
        return "".join(sorted(f"{triple} .\n" for triple in triples)).encode()
    knowledge = reader.iris.knowledge
    quads = (Quad(n.subject, n.predicate, n.object, knowledge) for n in triples)
    output = io.BytesIO()
    with memory_store(quads, iris=reader.iris) as store:
        request = ExportRequest(reader=store, context_file=context)
        get_export_format(form.export).write(request, output)
    return output.getvalue()
