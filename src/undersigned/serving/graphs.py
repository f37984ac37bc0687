"""Named graphs by the graph store protocol (https://www.w3.org/TR/sparql11-http-rdf-update/)."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Final

from pyoxigraph import NamedNode
from starlette.responses import Response
from starlette.routing import Route

from undersigned.serving.answering import answer_query
from undersigned.serving.body import iris_of, malformed, parameters_of
from undersigned.serving.named_graphs import graph_exists, no_such_graph
from undersigned.serving.protocol import QueryRequest

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.routing import BaseRoute

    from undersigned.serving.site import Site

PATH: Final = "/graphs"
READING: Final = ("GET", "HEAD", "OPTIONS")
_WHOLE_GRAPH: Final = "CONSTRUCT WHERE { ?s ?p ?o }"


def routes(site: Site) -> list[BaseRoute]:
    """The part that hands out named graphs whole."""

    async def read(request: Request) -> Response:
        if request.method == "OPTIONS":
            return Response(
                status_code=HTTPStatus.NO_CONTENT, headers={"Allow": ", ".join(READING)}
            )
        return await read_graph_of(site, request)

    return [Route(PATH, read, methods=list(READING))]


async def read_graph_of(site: Site, request: Request) -> Response:
    """The graph that a request names, in the format that it asks for.

    Raises:
        Problem: 400, it names none or several; 404, there is no such graph.
    """
    graph, format_names = named_graph(request)
    if graph is not None and not graph_exists(site.reader(request), NamedNode(graph)):
        raise no_such_graph()
    default = None if graph is None else (graph,)
    asked = QueryRequest(_WHOLE_GRAPH, default, None if default is None else (), format_names)
    return await answer_query(site, request, asked)


def named_graph(request: Request) -> tuple[str | None, tuple[str, ...]]:
    """The IRI of the graph that a request is about, None for the default graph; and formats.

    Raises:
        Problem: 400.
    """
    given = parameters_of(request.scope["query_string"])
    graphs = iris_of(given, "graph") or ()
    default = any(name == "default" for name, _ in given)
    if len(graphs) + default != 1:
        raise malformed("A graph is named by one of ?default and ?graph=IRI.")
    formats = tuple(value for name, value in given if name == "format" and value)
    return (None if default else graphs[0]), formats
