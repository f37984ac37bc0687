"""Reading a request of the SPARQL 1.1 protocol (https://www.w3.org/TR/sparql11-protocol/, 2.1)."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Final

from undersigned.serving.body import (
    FORM,
    iris_of,
    malformed,
    parameters_of,
    read_body,
    require_type,
    text_of,
)
from undersigned.serving.problems import Problem, update_refused

if TYPE_CHECKING:
    from starlette.requests import Request

    from undersigned.serving.limits import ServeSettings

QUERY: Final = "application/sparql-query"
UPDATE: Final = "application/sparql-update"
_UPDATE_PARAMETERS: Final = {"update", "using-graph-uri", "using-named-graph-uri"}


@dataclass(frozen=True, slots=True)
class QueryRequest:
    """A query as it was asked. Graphs, by IRI, are None where the request does not name any."""

    sparql: str
    default_graphs: tuple[str, ...] | None = None
    named_graphs: tuple[str, ...] | None = None
    format_names: tuple[str, ...] = ()

    @property
    def key(self) -> tuple[object, ...]:
        """Equal for requests that ask the same."""
        return self.sparql, self.default_graphs, self.named_graphs, self.format_names


@dataclass(frozen=True, slots=True)
class DescriptionRequest:
    """A request without a query: it asks what the service is."""

    format_names: tuple[str, ...]


async def read_request(
    request: Request, settings: ServeSettings
) -> QueryRequest | DescriptionRequest:
    """What a GET, HEAD or POST asks.

    Raises:
        Problem: 400, 403 (an update), 408, 413, 414 or 415.
        starlette.requests.ClientDisconnect: the client went before its body was whole.
    """
    raw = request.scope["query_string"]
    if len(raw) > settings.query_bytes:
        raise Problem(
            HTTPStatus.REQUEST_URI_TOO_LONG,
            "query-too-long",
            f"The query string has more than {settings.query_bytes} bytes; send the query by POST.",
        )
    parameters = parameters_of(raw)
    queries = [value for name, value in parameters if name == "query"]
    if request.method == "POST":
        body = await _read_posted(request, settings)
        if isinstance(body, str):
            queries.append(body)
        else:
            parameters += body
            queries += [value for name, value in body if name == "query"]
    if any(name in _UPDATE_PARAMETERS for name, _ in parameters):
        raise update_refused()
    names = tuple(value for name, value in parameters if name == "format" and value)
    if not queries and request.method != "POST":
        return DescriptionRequest(names)
    if len(queries) != 1:
        raise malformed(f"One query was expected, and {len(queries)} were found.")
    default_graphs = iris_of(parameters, "default-graph-uri")
    named_graphs = iris_of(parameters, "named-graph-uri")
    if default_graphs is not None or named_graphs is not None:
        # A dataset given in the request is the whole dataset: what it leaves out is empty.
        default_graphs, named_graphs = default_graphs or (), named_graphs or ()
    return QueryRequest(queries[0], default_graphs, named_graphs, names)


async def _read_posted(request: Request, settings: ServeSettings) -> str | list[tuple[str, str]]:
    """The query, or the fields of a form."""
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() == UPDATE:
        raise update_refused()
    media_type = require_type(
        request,
        (QUERY, FORM),
        f"A POST carries a query as {QUERY} or as the field 'query' of {FORM}, in UTF-8.",
    )
    body = await read_body(request, settings.query_bytes, settings.timeout_seconds)
    return parameters_of(body) if media_type == FORM else text_of(body)
