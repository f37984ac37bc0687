"""Bodies and parameters of requests, within limits of length and time."""

from __future__ import annotations

import asyncio
from email.message import Message
from http import HTTPStatus
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote_to_bytes

from pyoxigraph import NamedNode

from undersigned.serving.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Sequence

    from starlette.requests import Request

FORM: Final = "application/x-www-form-urlencoded"
_UTF8_NAMES: Final = {"utf-8", "utf8", "us-ascii"}
_MOST_FIELDS: Final = 1_000
Parameters = list[tuple[str, str]]


async def read_body(request: Request, limit_bytes: int, limit_seconds: float) -> bytes:
    """The whole body.

    Raises:
        Problem: 408, it did not arrive in time; 413, it is too long; 415, it is compressed.
        starlette.requests.ClientDisconnect: the client went before its body was whole.
    """
    if request.headers.get("content-encoding", "identity").lower() != "identity":
        raise unsupported("A body is sent as it is, not compressed.")
    declared = request.headers.get("content-length", "")
    if declared.isdecimal() and len(declared) < 20 and int(declared) > limit_bytes:
        raise _too_large(limit_bytes)
    body = bytearray()
    try:
        async with asyncio.timeout(limit_seconds):
            async for chunk in request.stream():
                body += chunk
                if len(body) > limit_bytes:
                    raise _too_large(limit_bytes)
    except TimeoutError:
        raise Problem(
            HTTPStatus.REQUEST_TIMEOUT, "timeout", "The request did not arrive in time."
        ) from None
    return bytes(body)


def text_of(body: bytes) -> str:
    """The body as text.

    Raises:
        Problem: 400, it is not UTF-8.
    """
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise malformed(f"The body is not UTF-8: {error.reason} at byte {error.start}.") from error


def require_type(request: Request, types: Sequence[str], hint: str) -> str:
    """The content type of a request, in lower case, if it is one of these and its text is UTF-8.

    Raises:
        Problem: 415, with the hint.
    """
    message = Message()
    message["Content-Type"] = request.headers.get("content-type", "").strip() or "none/none"
    charset = (message.get_content_charset("utf-8") or "utf-8").lower()
    if message.get_content_type() not in types or charset not in _UTF8_NAMES:
        raise unsupported(hint, accepted=types)
    return message.get_content_type()


def parameters_of(raw: bytes) -> Parameters:
    """The names and values of a query string or a form.

    Raises:
        Problem: 400.
    """
    try:
        if not raw.isascii() or raw.count(b"&") >= _MOST_FIELDS:
            raise ValueError
        fields = (field.partition(b"=") for field in raw.split(b"&") if field)
        return [(_decoded(name), _decoded(value)) for name, _, value in fields]
    except ValueError as error:  # UnicodeDecodeError is one
        raise malformed("The parameters are not percent-encoded UTF-8.") from error


def _decoded(part: bytes) -> str:
    return unquote_to_bytes(part.replace(b"+", b" ")).decode("utf-8")


def iris_of(parameters: Parameters, wanted: str) -> tuple[str, ...] | None:
    """The IRIs that the parameters of one name have; None if there are none.

    Raises:
        Problem: 400, one is no IRI.
    """
    values = [value for name, value in parameters if name == wanted]
    if not values:
        return None
    try:
        return tuple(NamedNode(value).value for value in values)
    except ValueError as error:
        raise malformed(f"{wanted} must be an absolute IRI.") from error


def malformed(detail: str) -> Problem:
    """The problem for a request that is not what the protocol says."""
    return Problem(HTTPStatus.BAD_REQUEST, "request-malformed", detail)


def unsupported(detail: str, *, accepted: Sequence[str] = ()) -> Problem:
    """The problem for a body of another type."""
    headers = {"Accept-Post": ", ".join(accepted)} if accepted else {}
    return Problem(
        HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "media-type-unsupported", detail, headers=headers
    )


def _too_large(limit_bytes: int) -> Problem:
    return Problem(
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
        "query-too-long",
        f"The body has more than {limit_bytes} bytes.",
    )
