"""Reading a request of the SPARQL 1.1 protocol (https://www.w3.org/TR/sparql11-protocol/, 2.1)."""

from __future__ import annotations

from dataclasses import dataclass
from email.message import Message
from http import HTTPStatus
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qsl

from pyoxigraph import NamedNode

from undersigned.serving.problems import Problem

if TYPE_CHECKING:
    from starlette.requests import Request

FORM: Final = "application/x-www-form-urlencoded"
QUERY: Final = "application/sparql-query"
UPDATE: Final = "application/sparql-update"
_UPDATE_PARAMETERS: Final = {"update", "using-graph-uri", "using-named-graph-uri"}
_UTF8_NAMES: Final = {"utf-8", "utf8", "us-ascii"}


@dataclass(frozen=True, slots=True)
class QueryRequest:
    """A query as it was asked. Graphs are None where the request does not name any."""

    sparql: str
    default_graphs: tuple[NamedNode, ...] | None
    named_graphs: tuple[NamedNode, ...] | None
    format_names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DescriptionRequest:
    """A request without a query: it asks what the service is."""

    format_names: tuple[str, ...]


async def read_request(request: Request, limit_bytes: int) -> QueryRequest | DescriptionRequest:
    """What a GET, HEAD or POST asks.

    Raises:
        Problem: 400, 403 (an update), 413, 414 or 415.
        starlette.requests.ClientDisconnect: the client went before its body was whole.
    """
    raw = request.scope["query_string"]
    if len(raw) > limit_bytes:
        raise Problem(
            HTTPStatus.REQUEST_URI_TOO_LONG,
            "query-too-long",
            f"The query string has more than {limit_bytes} bytes; send the query by POST.",
        )
    parameters = _parameters(raw)
    queries = [value for name, value in parameters if name == "query"]
    if request.method == "POST":
        body = await _read_text(request, limit_bytes)
        if _media_type(request)[0] == FORM:
            in_body = _parameters(body.encode())
            parameters += in_body
            queries += [value for name, value in in_body if name == "query"]
        else:
            queries.append(body)
    _refuse_update_parameters(parameters)
    names = tuple(value for name, value in parameters if name == "format" and value)
    if not queries and request.method != "POST":
        return DescriptionRequest(names)
    if len(queries) != 1:
        raise _malformed(f"One query was expected, and {len(queries)} were found.")
    default_graphs = _graphs(parameters, "default-graph-uri")
    named_graphs = _graphs(parameters, "named-graph-uri")
    if default_graphs is not None or named_graphs is not None:
        # A dataset given in the request is the whole dataset: what it leaves out is empty.
        default_graphs, named_graphs = default_graphs or (), named_graphs or ()
    return QueryRequest(queries[0], default_graphs, named_graphs, names)


def update_refused() -> Problem:
    """The problem for every attempt to write."""
    return Problem(
        HTTPStatus.FORBIDDEN,
        "update-refused",
        "This endpoint answers queries and takes no updates; the graph changes by loading sources "
        "on the machine that holds it.",
    )


def _refuse_update_parameters(parameters: list[tuple[str, str]]) -> None:
    if any(name in _UPDATE_PARAMETERS for name, _ in parameters):
        raise update_refused()


def _parameters(raw: bytes) -> list[tuple[str, str]]:
    try:
        return parse_qsl(
            raw.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=1_000
        )
    except ValueError as error:  # UnicodeDecodeError is one
        raise _malformed("The parameters are not percent-encoded UTF-8.") from error


def _graphs(parameters: list[tuple[str, str]], wanted: str) -> tuple[NamedNode, ...] | None:
    values = [value for name, value in parameters if name == wanted]
    if not values:
        return None
    try:
        return tuple(NamedNode(value) for value in values)
    except ValueError as error:
        raise _malformed(f"{wanted} must be an absolute IRI.") from error


async def _read_text(request: Request, limit_bytes: int) -> str:
    media_type, charset = _media_type(request)
    if media_type == UPDATE:
        raise update_refused()
    if media_type not in {FORM, QUERY} or charset not in _UTF8_NAMES:
        raise _unsupported()
    if request.headers.get("content-encoding", "identity").lower() != "identity":
        raise _unsupported()
    declared = request.headers.get("content-length", "")
    if declared.isdecimal() and len(declared) < 20 and int(declared) > limit_bytes:
        raise _too_large(limit_bytes)
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > limit_bytes:
            raise _too_large(limit_bytes)
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise _malformed(f"The body is not UTF-8: {error.reason} at byte {error.start}.") from error


def _media_type(request: Request) -> tuple[str, str]:
    """The content type in lower case, and its charset."""
    message = Message()
    message["Content-Type"] = request.headers.get("content-type", "").strip() or "none/none"
    return message.get_content_type(), (message.get_content_charset("utf-8") or "utf-8").lower()


def _malformed(detail: str) -> Problem:
    return Problem(HTTPStatus.BAD_REQUEST, "request-malformed", detail)


def _too_large(limit_bytes: int) -> Problem:
    return Problem(
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
        "query-too-long",
        f"The body has more than {limit_bytes} bytes.",
    )


def _unsupported() -> Problem:
    return Problem(
        HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
        "media-type-unsupported",
        f"A POST carries a query as {QUERY} or as the field 'query' of {FORM}, in UTF-8 and "
        "not compressed.",
        headers={"Accept-Post": f"{QUERY}, {FORM}"},
    )
