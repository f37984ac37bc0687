"""A graph behind a SPARQL 1.1 endpoint, read through SPARQLWrapper."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, Self
from urllib.error import URLError

from pyoxigraph import (
    BlankNode,
    Literal,
    NamedNode,
    Quad,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Triple,
    parse,
    parse_query_results,
)
from SPARQLWrapper import JSON, POST, TURTLE, SPARQLWrapper
from SPARQLWrapper.SPARQLExceptions import QueryBadFormed, SPARQLWrapperException

from undersigned import __version__
from undersigned.errors import EndpointAnswerInvalid, EndpointUnreachable, QueryInvalid
from undersigned.iris import DEFAULT_BASE, Iris
from undersigned.store.embedded import memory_store

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from types import TracebackType

TIMEOUT_SECONDS: Final = 60
_IS_SELECT_OR_ASK: Final = {"SELECT", "ASK"}
_FORM: Final = re.compile(
    r"(?:\s|#[^\r\n]*|BASE\s*<[^>]*>|PREFIX\s+[^\s:]*:\s*<[^>]*>)*(?P<form>[a-z]+)", re.IGNORECASE
)
"""The first word after comments and prefixes. The library's own look at it stumbles over a comment
that has the letters of a keyword, such as *addressee*, and takes the query for an update."""


class RemoteReader:
    """Reads a dataset that an endpoint serves; its default graph must be the knowledge graph.

    `revision` is the endpoint's address: what it serves may change between two questions.
    """

    def __init__(self, endpoint: str, *, base: str = DEFAULT_BASE) -> None:
        self.iris = Iris(base)
        self.revision = endpoint
        self._endpoint = endpoint

    def query(
        self,
        sparql: str,
        *,
        default_graphs: Iterable[NamedNode] | None = None,
        named_graphs: Iterable[NamedNode] | None = None,
    ) -> QuerySolutions | QueryBoolean | QueryTriples:
        """Sends a query; see `GraphReader.query`.

        Raises:
            QueryInvalid: the endpoint can't read the query.
            EndpointUnreachable: no answer, or none in time.
            EndpointAnswerInvalid: the answer is not what SPARQL says.
        """
        client = SPARQLWrapper(self._endpoint, agent=f"undersigned/{__version__}")
        client.setMethod(POST)
        client.setTimeout(TIMEOUT_SECONDS)
        client.setQuery(sparql)
        if form := _FORM.match(sparql):
            client.queryType = form["form"].upper()
        for graph in default_graphs or ():
            client.addParameter("default-graph-uri", graph.value)
        for graph in named_graphs or ():
            client.addParameter("named-graph-uri", graph.value)
        rows = client.queryType in _IS_SELECT_OR_ASK
        client.setReturnFormat(JSON if rows else TURTLE)
        client.setOnlyConneg(True)
        return self._answer(self._sent(client), rows=rows)

    def _sent(self, client: SPARQLWrapper) -> bytes:
        try:
            response = client.query()
            content: bytes = response.response.read()
        except QueryBadFormed as error:
            raise QueryInvalid(f"{self._endpoint} can't read the query: {error}") from error
        except (SPARQLWrapperException, URLError, TimeoutError, OSError) as error:
            raise EndpointUnreachable(
                f"{self._endpoint} gave no answer ({error}); see whether it is up and how long it "
                f"takes: {TIMEOUT_SECONDS} seconds are waited"
            ) from error
        return content

    def _answer(
        self, content: bytes, *, rows: bool
    ) -> QuerySolutions | QueryBoolean | QueryTriples:
        try:
            if rows:
                return parse_query_results(content, format=QueryResultsFormat.JSON)
            store = memory_store(
                Quad(x.subject, x.predicate, x.object, self.iris.knowledge)
                for x in parse(content, format=RdfFormat.TURTLE)
            )
            answer = store.query("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }")
        except (SyntaxError, ValueError) as error:
            raise EndpointAnswerInvalid(
                f"{self._endpoint} answered with something else than SPARQL's formats: {error}"
            ) from error
        return answer

    def triples(
        self,
        graph: NamedNode,
        subject: NamedNode | None = None,
        predicate: NamedNode | None = None,
        object: NamedNode | BlankNode | Literal | None = None,
    ) -> Iterator[Triple]:
        """Yields the triples of one named graph that match; see `GraphReader.triples`."""
        given = (("s", subject), ("p", predicate), ("o", object))
        values = " ".join(
            f"VALUES ?{name} {{ {term} }}" for name, term in given if term is not None
        )
        inside = "?s ?p ?o" if graph == self.iris.knowledge else f"GRAPH {graph} {{ ?s ?p ?o }}"
        answer = self.query(f"SELECT ?s ?p ?o WHERE {{ {values} {inside} }}")
        if not isinstance(answer, QuerySolutions):
            raise EndpointAnswerInvalid(f"{self._endpoint} answered a SELECT with something else")
        for row in answer:
            found = row["s"], row["p"], row["o"]
            if isinstance(found[0], NamedNode | BlankNode) and isinstance(found[1], NamedNode):
                yield Triple(found[0], found[1], found[2])

    def quads(self) -> Iterator[Quad]:
        """Yields every quad of the dataset."""
        for graph in self.graphs():
            for x in self.triples(graph):
                yield Quad(x.subject, x.predicate, x.object, graph)

    def graphs(self) -> Iterator[NamedNode]:
        """Yields the named graphs that hold something."""
        answer = self.query("SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } }")
        if isinstance(answer, QuerySolutions):
            for row in answer:
                if isinstance(row["g"], NamedNode):
                    yield row["g"]

    def close(self) -> None:
        """Nothing is held."""

    def __enter__(self) -> Self:
        """The reader itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Nothing is held."""
