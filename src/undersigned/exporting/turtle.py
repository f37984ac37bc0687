"""Turtle of the knowledge graph, and the writing of one graph that TriG shares.

Written here since the engine's serialiser puts the prefixes in an order that differs from run to
run, and the same data must give the same bytes.
"""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING, BinaryIO, Final

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from undersigned.exporting.base import ExportFormat, ExportRequest
from undersigned.exporting.selection import knowledge_graph
from undersigned.terms import PREFIXES, RDF_TYPE, XSD

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_LOCAL_NAME: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*")
"""A safe part of what Turtle allows after the colon; other IRIs are written out."""
_BARE: Final = {
    XSD + "integer": re.compile(r"[+-]?[0-9]+"),
    XSD + "boolean": re.compile(r"true|false"),
}
"""Literals that Turtle reads back as they are without quotation marks."""


class TurtleTerms:
    """Writes terms, with prefixed names where the prefixes reach."""

    def __init__(self, prefixes: Mapping[str, str]) -> None:
        self._prefixes = sorted(prefixes.items())
        self._names: dict[str, str] = {}

    def header(self) -> str:
        """The prefix lines, sorted, and an empty line."""
        lines = [f"@prefix {name}: <{iri}> .\n" for name, iri in self._prefixes]
        return "".join(lines) + "\n"

    def iri(self, node: NamedNode) -> str:
        """`us:name`, or the whole IRI in angle brackets."""
        for name, start in self._prefixes:
            if node.value.startswith(start) and _LOCAL_NAME.fullmatch(node.value, len(start)):
                return f"{name}:{node.value[len(start) :]}"
        return str(node)

    def predicate(self, node: NamedNode) -> str:
        """A predicate; there are few, so each is worked out once."""
        if node.value not in self._names:
            self._names[node.value] = "a" if node == RDF_TYPE else self.iri(node)
        return self._names[node.value]

    def term(self, term: NamedNode | BlankNode | Literal | Triple) -> str:
        """Any term in Turtle."""
        if isinstance(term, NamedNode):
            return self.iri(term)
        if isinstance(term, Literal) and term.language is None:
            kind = term.datatype.value
            if kind == XSD + "string":
                return str(term)
            if kind in _BARE and _BARE[kind].fullmatch(term.value):
                return term.value
            return f"{Literal(term.value)}^^{self.iri(term.datatype)}"
        return str(term)

    def blocks(self, triples: Iterable[Triple], indent: str = "") -> Iterator[tuple[str, int]]:
        """Yields the text of each subject and its number of triples; triples come sorted."""
        for subject, group in groupby(triples, key=lambda triple: triple.subject):
            lines = []
            count = 0
            for predicate, same in groupby(group, key=lambda triple: triple.predicate):
                objects = [self.term(triple.object) for triple in same]
                count += len(objects)
                lines.append(f"{self.predicate(predicate)} {' , '.join(objects)}")
            # "a" goes first, as people write it; the others stay in the order of their IRIs.
            lines.sort(key=lambda line: not line.startswith("a "))
            body = f" ;\n{indent}    ".join(lines)
            yield f"{indent}{self.term(subject)} {body} .\n", count


def write_turtle(request: ExportRequest, output: BinaryIO) -> int:
    """Writes one block a subject, sorted."""
    terms = TurtleTerms(PREFIXES)
    output.write(terms.header().encode())
    total = 0
    triples = knowledge_graph(request).triples(request.reader.iris.knowledge)
    for block, count in terms.blocks(triples):
        output.write(block.encode())
        total += count
        request.advance(count)
    return total


TURTLE: Final = ExportFormat(
    name="turtle",
    media_type="text/turtle",
    suffix=".ttl",
    holds="the knowledge graph",
    write=write_turtle,
)
