"""Things of the knowledge graph as pages need them: what is said of one, and what names it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pyoxigraph import Literal, NamedNode

from undersigned import terms as t
from undersigned.names import fold_name
from undersigned.store.base import select

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from undersigned.store.base import GraphReader

_PREFIXES: Final = (
    f"PREFIX us: <{t.US}>\nPREFIX rdfs: <{t.RDFS}>\nPREFIX dcterms: <{t.DCTERMS}>\n"
    f"PREFIX oa: <{t.OA}>\n"
)


@dataclass(frozen=True, slots=True)
class Node:
    """One thing and its properties, values sorted; without any it is not in the graph."""

    iri: NamedNode
    values: Mapping[NamedNode, tuple[NamedNode | Literal, ...]]

    def __bool__(self) -> bool:
        return bool(self.values)

    @property
    def label(self) -> str:
        """What to call it; words from its IRI if it has no label."""
        return self.text(t.RDFS_LABEL) or words_of(self.iri)

    @property
    def kinds(self) -> tuple[NamedNode, ...]:
        """Its classes."""
        return self.iris(t.RDF_TYPE)

    def text(self, predicate: NamedNode) -> str:
        """The least value as a string, "" without one."""
        return next(iter(self.texts(predicate)), "")

    def texts(self, predicate: NamedNode) -> tuple[str, ...]:
        """All values as strings."""
        return tuple(value.value for value in self.values.get(predicate, ()))

    def iris(self, predicate: NamedNode) -> tuple[NamedNode, ...]:
        """The values that are things."""
        found = self.values.get(predicate, ())
        return tuple(value for value in found if isinstance(value, NamedNode))

    def iri_or_none(self, predicate: NamedNode) -> NamedNode | None:
        """The least value that is a thing."""
        return next(iter(self.iris(predicate)), None)

    def concept(self, predicate: NamedNode) -> str:
        """The value of a SKOS concept without its scheme: "stated" for `us:certainty-stated`."""
        value = self.text(predicate)
        scheme = _SCHEMES.get(predicate, "")
        return value.removeprefix(f"{t.US}{scheme}-").replace("-", " ")


_SCHEMES: Final = {
    t.CERTAINTY: "certainty",
    t.STATUS: "status",
    t.STANCE: "stance",
    t.DOCUMENT_KIND: "document-kind",
    t.COUNT_QUALIFIER: "count-qualifier",
    t.ROLE_TIME: "role-time",
}


_VOCABULARIES: Final = tuple(t.PREFIXES.values())


class Nodes:
    """Reads nodes of one revision, each once. Made for one page and then let go."""

    def __init__(self, reader: GraphReader, graph: NamedNode | None = None) -> None:
        """Reads from a named graph; from the knowledge graph if none is given."""
        self.reader = reader
        self.graph = graph or reader.iris.knowledge
        self._known: dict[NamedNode, Node] = {}

    def get(self, iri: NamedNode) -> Node:
        """What the graph says of a thing."""
        if iri not in self._known:
            values: defaultdict[NamedNode, list[NamedNode | Literal]] = defaultdict(list)
            for triple in self.reader.triples(self.graph, iri):
                if isinstance(triple.object, NamedNode | Literal):
                    values[triple.predicate].append(triple.object)
            ordered = {p: tuple(sorted(found, key=_order)) for p, found in values.items()}
            self._known[iri] = Node(iri, ordered)
        return self._known[iri]

    def of(self, predicate: NamedNode, object: NamedNode) -> list[Node]:
        """The things of which a property has this value, by IRI."""
        found = self.reader.triples(self.graph, None, predicate, object)
        iris = {triple.subject for triple in found if isinstance(triple.subject, NamedNode)}
        return [self.get(iri) for iri in sorted(iris, key=str)]

    def rows(self, sparql: str) -> list[tuple[str, ...]]:
        """The rows of a `SELECT` over the knowledge graph as strings, "" for what is unbound."""
        answer = select(self.reader, _PREFIXES + sparql)
        return [
            tuple("" if (term := row[name]) is None else _plain(term) for name in answer.variables)
            for row in answer
        ]


def by_label(nodes: Iterable[Node]) -> list[Node]:
    """Nodes in the order of their labels, without regard to case and accents."""
    return sorted(nodes, key=lambda node: (fold_name(node.label), node.iri.value))


def words_of(iri: NamedNode) -> str:
    """Words for something without a label.

    A term's local name: `us:ClaimedCount` gives "claimed count", `us:status-reported` "reported".
    Of other IRIs the last part.
    """
    name = last_part(iri)
    if not iri.value.startswith(_VOCABULARIES):
        return name
    for scheme in _SCHEMES.values():
        if name.startswith(f"{scheme}-"):
            return name.removeprefix(f"{scheme}-").replace("-", " ")
    return "".join(f" {c.lower()}" if c.isupper() else c for c in name).strip()


def last_part(iri: NamedNode) -> str:
    """What follows the last slash or number sign of an IRI."""
    return iri.value.rstrip("/#").rsplit("#", 1)[-1].rsplit("/", 1)[-1]


def _plain(term: object) -> str:
    return term.value if isinstance(term, NamedNode | Literal) else str(term)


def _order(term: NamedNode | Literal) -> tuple[bool, str]:
    return isinstance(term, NamedNode), term.value
