"""JSON-LD of the knowledge graph with its context inside, so that nobody needs to fetch one.

Written here, one subject at a time, since a general compaction holds the whole graph in memory.
A value is bare only where the context gives it back exactly; else it says its type itself.
"""

from __future__ import annotations

import json
import re
from itertools import groupby
from typing import TYPE_CHECKING, BinaryIO, Final

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from undersigned.errors import ExportError
from undersigned.exporting.base import ExportFormat, ExportRequest
from undersigned.exporting.context import Context, Term, read_context
from undersigned.exporting.selection import knowledge_graph
from undersigned.terms import RDF_TYPE, XSD

if TYPE_CHECKING:
    from collections.abc import Iterable

_PLAIN_INTEGER: Final = re.compile(r"0|-?[1-9][0-9]{0,14}")
"""Integers that every JSON reader keeps: written in the one canonical way, below 2**53."""
_REFERENCE: Final = {"@id", "@vocab"}

_Json = str | int | bool | dict[str, str]


def write_jsonld(request: ExportRequest, output: BinaryIO) -> int:
    """Writes `{"@context": ..., "@graph": [...]}` with one node object a line, sorted."""
    context = read_context(request.context_file)
    head = json.dumps(context.document, ensure_ascii=False, indent=1)
    output.write(f'{{"@context": {head},\n"@graph": ['.encode())
    total = 0
    separator = "\n"
    triples = knowledge_graph(request).triples(request.reader.iris.knowledge)
    for subject, group in groupby(triples, key=lambda triple: triple.subject):
        node, count = _node(context, subject, group)
        output.write(f"{separator}{json.dumps(node, ensure_ascii=False)}".encode())
        separator = ",\n"
        total += count
        request.advance(count)
    output.write(b"\n]}\n")
    return total


def _node(
    context: Context, subject: NamedNode | BlankNode | Triple, triples: Iterable[Triple]
) -> tuple[dict[str, object], int]:
    node: dict[str, object] = {context.id_key: _identifier(subject)}
    count = 0
    for predicate, same in groupby(triples, key=lambda triple: triple.predicate):
        objects = [triple.object for triple in same]
        count += len(objects)
        if predicate == RDF_TYPE and not any(isinstance(o, Literal) for o in objects):
            node[context.type_key] = _types(context, objects)
            continue
        term = context.terms.get(predicate.value, Term(predicate.value))
        values = [_value(context, term, o) for o in objects]
        node[term.name] = values if len(values) > 1 or term.always_list else values[0]
    return node, count


def _types(
    context: Context, classes: Iterable[NamedNode | BlankNode | Literal | Triple]
) -> list[str]:
    found = [_identifier(c) for c in classes]
    return [context.terms[iri].name if iri in context.terms else iri for iri in found]


def _identifier(node: NamedNode | BlankNode | Literal | Triple) -> str:
    if isinstance(node, NamedNode):
        return node.value
    if isinstance(node, BlankNode):
        return f"_:{node.value}"
    raise ExportError(
        f"jsonld: {node} stands where JSON-LD wants an IRI; export it with --format nquads"
    )


def _value(context: Context, term: Term, value: NamedNode | BlankNode | Literal | Triple) -> _Json:
    if not isinstance(value, Literal):
        identifier = _identifier(value)
        return identifier if term.coercion in _REFERENCE else {"@id": identifier}
    kind = value.datatype.value
    if value.language is not None:
        return {"@value": value.value, "@language": value.language}
    if kind == term.coercion:
        return value.value
    if kind == XSD + "string":
        bare = term.coercion is None and not context.default_language
        return value.value if bare else {"@value": value.value}
    if kind == XSD + "integer" and term.coercion is None and _PLAIN_INTEGER.fullmatch(value.value):
        return int(value.value)
    return {"@value": value.value, "@type": kind}


JSONLD: Final = ExportFormat(
    name="jsonld",
    media_type="application/ld+json",
    suffix=".jsonld",
    holds="the knowledge graph, with its context inside",
    write=write_jsonld,
)
