"""RDF/XML of the knowledge graph, for OWL tools and older software.

Written here since the engine's serialiser leaves carriage returns for the XML reader to swallow,
writes characters that XML forbids, and orders the prefixes differently from run to run.
"""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING, BinaryIO, Final
from xml.sax.saxutils import escape, quoteattr

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from undersigned.errors import ExportError
from undersigned.exporting.base import ExportFormat, ExportRequest
from undersigned.exporting.selection import knowledge_graph
from undersigned.terms import PREFIXES, XSD

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_FORBIDDEN: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""Characters that XML 1.0 has no way to say, not even escaped."""
_NAME: Final = re.compile(r"[A-Za-z_][\w.-]*\Z", re.ASCII)


def write_rdfxml(request: ExportRequest, output: BinaryIO) -> int:
    """Writes one rdf:Description a subject, sorted.

    Raises:
        ExportError: a property has no XML name, or a text has a character that XML forbids.
    """
    knowledge = request.reader.iris.knowledge
    output.write(_opening(PREFIXES).encode())
    total = 0
    triples = knowledge_graph(request).triples(knowledge)
    for subject, group in groupby(triples, key=lambda triple: triple.subject):
        block, count = _description(subject, group)
        output.write(block.encode())
        total += count
        request.advance(count)
    output.write(b"</rdf:RDF>\n")
    return total


def _opening(prefixes: Mapping[str, str]) -> str:
    names = "".join(f"\n  xmlns:{name}={quoteattr(iri)}" for name, iri in sorted(prefixes.items()))
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<rdf:RDF{names}>\n'


def _description(
    subject: NamedNode | BlankNode | Triple, triples: Iterable[Triple]
) -> tuple[str, int]:
    lines = [_property(triple) for triple in triples]
    about = _reference(subject, "about")
    body = "".join(lines)
    return f"<rdf:Description{about}>\n{body}</rdf:Description>\n", len(lines)


def _property(triple: Triple) -> str:
    name, namespace = _qualified_name(triple.predicate)
    value = triple.object
    if not isinstance(value, Literal):
        return f"  <{name}{namespace}{_reference(value, 'resource')}/>\n"
    if found := _FORBIDDEN.search(value.value):
        raise ExportError(
            f"rdfxml: {triple.subject} {triple.predicate} has a text with the character "
            f"U+{ord(found[0]):04X}, which XML can't hold; export it with --format turtle or nquads"
        )
    kind = ""
    if value.language is not None:
        kind = f" xml:lang={quoteattr(value.language)}"
    elif value.datatype.value != XSD + "string":
        kind = f" rdf:datatype={quoteattr(value.datatype.value)}"
    text = escape(value.value, {"\r": "&#xD;"})
    return f"  <{name}{namespace}{kind}>{text}</{name}>\n"


def _reference(node: NamedNode | BlankNode | Triple, attribute: str) -> str:
    if isinstance(node, NamedNode):
        return f" rdf:{attribute}={quoteattr(node.value)}"
    if isinstance(node, BlankNode):
        return f' rdf:nodeID="{node.value}"'
    raise ExportError(
        f"rdfxml: {node} is a triple used as a term, which RDF/XML can't say; export it with "
        "--format nquads"
    )


def _qualified_name(predicate: NamedNode) -> tuple[str, str]:
    """The property's XML name, and the namespace declaration it needs if it has no prefix."""
    found = _NAME.search(predicate.value)
    if found is None:
        raise ExportError(
            f"rdfxml: the property {predicate} does not end in an XML name; export it with "
            "--format turtle or nquads"
        )
    namespace, local = predicate.value[: found.start()], found[0]
    for prefix, start in PREFIXES.items():
        if start == namespace:
            return f"{prefix}:{local}", ""
    return f"p:{local}", f" xmlns:p={quoteattr(namespace)}"


RDFXML: Final = ExportFormat(
    name="rdfxml",
    media_type="application/rdf+xml",
    suffix=".rdf",
    holds="the knowledge graph",
    write=write_rdfxml,
)
