"""Graphs that clients send: which format they are in, and their triples, without reaching out."""

from __future__ import annotations

import re
from email import message_from_bytes, policy
from http import HTTPStatus
from typing import TYPE_CHECKING, Final

import pyoxigraph
from pyoxigraph import RdfFormat

from undersigned.serving.problems import Problem

if TYPE_CHECKING:
    from pyoxigraph import Triple

_FORMATS: Final = {
    "text/turtle": RdfFormat.TURTLE,
    "application/n-triples": RdfFormat.N_TRIPLES,
    "text/plain": RdfFormat.N_TRIPLES,
    "application/rdf+xml": RdfFormat.RDF_XML,
    "application/ld+json": RdfFormat.JSON_LD,
}
MULTIPART: Final = "multipart/form-data"
_DOCTYPE: Final = re.compile(rb"<!\s*DOCTYPE", re.IGNORECASE)


def read_graph(payload: bytes, content_type: str, base: str) -> list[Triple]:
    """The triples of a graph, of all parts of a form.

    Raises:
        Problem: 400, not of its format, or XML with a document type; 415, another format.
    """
    if _essence(content_type) != MULTIPART:
        return _read_part(payload, content_type, base)
    head = f"Content-Type: {content_type}\r\n\r\n".encode("latin-1", "replace")
    form = message_from_bytes(head + payload, policy=policy.HTTP)
    triples: list[Triple] = []
    for part in form.iter_parts():
        content = part.get_payload(decode=True)
        if isinstance(content, bytes):
            triples += _read_part(content, part.get("Content-Type", "text/turtle"), base)
    return triples


def _read_part(payload: bytes, content_type: str, base: str) -> list[Triple]:
    form = _FORMATS.get(_essence(content_type))
    if form is None:
        raise Problem(
            HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
            "media-type-unsupported",
            f"A graph is sent as one of: {', '.join(_FORMATS)}.",
        )
    if form == RdfFormat.RDF_XML and _DOCTYPE.search(_ascii(payload)):
        # Entities that stand for entities make gigabytes of a few lines.
        raise Problem(
            HTTPStatus.BAD_REQUEST,
            "document-type-refused",
            "XML with a document type declaration is not read; write its entities out.",
        )
    try:
        quads = pyoxigraph.parse(payload, form, base_iri=base, without_named_graphs=True)
        return [quad.triple for quad in quads]
    except (SyntaxError, ValueError) as error:
        raise Problem(
            HTTPStatus.BAD_REQUEST, "graph-malformed", f"The graph can't be read: {error}"
        ) from error


def _essence(content_type: str) -> str:
    return content_type.partition(";")[0].strip().lower()


def _ascii(payload: bytes) -> bytes:
    """The payload with what UTF-16 and UTF-32 put between its letters left out."""
    return payload.replace(b"\x00", b"")
