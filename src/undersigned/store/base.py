"""What the program asks of a triple store.

Two sides: a `GraphReader` sees one revision and never changes it; a `GraphWriter` is the one
process that may write. Terms, triples and quads are pyoxigraph's. A query without `GRAPH` or
`FROM` sees the knowledge graph and nothing else; `GRAPH ?g` sees every named graph.

Left out on purpose: updates in SPARQL text from outside, inference, full-text search.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, Self

from pyoxigraph import QuerySolutions

from undersigned.errors import QueryInvalid

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from types import TracebackType

    from pyoxigraph import (
        BlankNode,
        Literal,
        NamedNode,
        Quad,
        QueryBoolean,
        QueryTriples,
        Triple,
    )

    from undersigned.iris import Iris
    from undersigned.store.suppression import Suppression


class GraphReader(Protocol):
    """Reads one revision of a dataset."""

    iris: Iris
    """The IRIs of the dataset, below its base."""

    revision: str
    """Changes with every published write; equal revisions mean equal data."""

    def query(
        self,
        sparql: str,
        *,
        default_graphs: Iterable[NamedNode] | None = None,
        named_graphs: Iterable[NamedNode] | None = None,
    ) -> QuerySolutions | QueryBoolean | QueryTriples:
        """Answers a SPARQL 1.1 query.

        Args:
            sparql: the query. `SERVICE` is refused.
            default_graphs: what patterns outside `GRAPH` see; the knowledge graph if not given.
            named_graphs: what `GRAPH` sees; all named graphs if not given.

        Raises:
            QueryInvalid: not SPARQL 1.1.
            QueryRefused: the query would reach out (`SERVICE`).
        """
        ...

    def triples(
        self,
        graph: NamedNode,
        subject: NamedNode | None = None,
        predicate: NamedNode | None = None,
        object: NamedNode | BlankNode | Literal | None = None,
    ) -> Iterator[Triple]:
        """Yields the triples of one named graph that match, in no particular order."""
        ...

    def quads(self) -> Iterator[Quad]:
        """Yields every quad of the dataset, in no particular order."""
        ...

    def graphs(self) -> Iterator[NamedNode]:
        """Yields the named graphs that hold something."""
        ...

    def close(self) -> None:
        """Lets go of the revision."""
        ...

    def __enter__(self) -> Self: ...

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None: ...


class GraphWriter(GraphReader, Protocol):
    """Holds the writer's lock until it is closed. Also reads, and sees its own writes."""

    suppression: Suppression
    """The names that are kept out of the store; whoever writes evidence heeds it."""

    erasing: bool
    """Whether an erasure was begun and has not ended: its process died, and it must go on."""

    def replace_graphs(self, graphs: Mapping[NamedNode, Iterable[Triple]]) -> None:
        """Gives each named graph exactly these triples, all graphs in one transaction.

        An empty iterable removes the graph.
        """
        ...

    def change_graph(
        self, graph: NamedNode, removed: Iterable[Triple], added: Iterable[Triple]
    ) -> None:
        """In one transaction takes triples out of a graph and adds others.

        A triple in both stays. Those that were not there, or are there already, do no harm.
        """
        ...

    def publish(self) -> str:
        """Makes what was written visible to readers that open from now on; the new revision."""
        ...

    def begin_erasure(self, suppression: Suppression) -> None:
        """Keeps these names out from now on; `erasing` holds until `erase` has ended."""
        ...

    def erase(self) -> str:
        """Publishes, and sees to it that nothing taken out before is in any file or revision."""
        ...


def select(
    reader: GraphReader, sparql: str, *, named_graphs: Iterable[NamedNode] | None = None
) -> QuerySolutions:
    """The solutions of a `SELECT` over the knowledge graph; see `GraphReader.query`.

    Raises:
        QueryInvalid: the query is no `SELECT`, or not SPARQL 1.1.
    """
    answer = reader.query(sparql, named_graphs=named_graphs)
    if not isinstance(answer, QuerySolutions):
        raise QueryInvalid("a SELECT query is expected, and this one is ASK, CONSTRUCT or DESCRIBE")
    return answer
