"""The endpoint `/sparql`: queries by the SPARQL 1.1 protocol, and what the service is."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route

from undersigned.serving.answering import answer_query
from undersigned.serving.caching import etag_of, kept_response, make_answer
from undersigned.serving.description import describe_service, write_description
from undersigned.serving.formats import TRIPLES, check_format_names, choose_among
from undersigned.serving.negotiation import read_accept
from undersigned.serving.problems import Problem
from undersigned.serving.protocol import DescriptionRequest, read_request

if TYPE_CHECKING:
    from starlette.routing import BaseRoute
    from starlette.types import Receive, Scope, Send

    from undersigned.serving.site import Site

METHODS: Final = ("GET", "HEAD", "POST", "OPTIONS")
_CLIENT_GONE: Final = 499


def routes(site: Site) -> list[BaseRoute]:
    """The part of the application that answers queries."""
    return [Route("/sparql", SparqlEndpoint(site), methods=list(METHODS))]


class SparqlEndpoint:
    """Answers queries over the revision of each request.

    An ASGI application, and no function: those Starlette wraps once more, for each request.
    """

    def __init__(self, site: Site) -> None:
        self._site = site

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers any request for `/sparql`."""
        response = await self._answer(Request(scope, receive, send))
        await response(scope, receive, send)

    async def _answer(self, request: Request) -> Response:
        if request.method == "OPTIONS":
            return Response(
                status_code=HTTPStatus.NO_CONTENT, headers={"Allow": ", ".join(METHODS)}
            )
        try:
            asked = await read_request(request, self._site.settings)
        except ClientDisconnect:
            return Response(status_code=_CLIENT_GONE)
        check_format_names(asked.format_names)
        if isinstance(asked, DescriptionRequest):
            return await run_in_threadpool(self._describe, asked, request)
        return await answer_query(self._site, request, asked)

    def _describe(self, asked: DescriptionRequest, request: Request) -> Response:
        revision = self._site.revision(request)
        accept = request.headers.get("accept", "")
        form, media_type = choose_among(TRIPLES, asked.format_names, read_accept(accept))
        endpoint = str(request.url.replace(query="", fragment=""))
        try:
            described = describe_service(endpoint, revision.reader)
        except ValueError as error:
            detail = f"The address of the request is no IRI: {error}"
            raise Problem(HTTPStatus.BAD_REQUEST, "request-malformed", detail) from error
        body = write_description(described, form)
        etag = etag_of(revision, endpoint, media_type)
        kept = make_answer(revision, etag, body, {"Content-Type": media_type})
        return kept_response(request, kept, revision)
