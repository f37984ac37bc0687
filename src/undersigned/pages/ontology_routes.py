"""The ontology at its IRI: a page for people, the file and its other formats for programs."""

from __future__ import annotations

import io
from functools import cache
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final

from pyoxigraph import RdfFormat, parse, serialize
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from undersigned.pages.addresses import ONTOLOGY_PATH, PAGE_SUFFIX
from undersigned.pages.linked_data import SUFFIX_OF
from undersigned.pages.nodes import Nodes
from undersigned.pages.requests import addresses_of, project_of, renderer_of
from undersigned.serving.negotiation import best_media_type, read_accept
from undersigned.serving.problems import Problem
from undersigned.terms import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.requests import Request
    from starlette.routing import BaseRoute

    from undersigned.project import Project
    from undersigned.serving.site import Site

_FORMATS: Final = {
    ".nt": ("application/n-triples", RdfFormat.N_TRIPLES),
    ".rdf": ("application/rdf+xml", RdfFormat.RDF_XML),
    ".jsonld": ("application/ld+json", RdfFormat.JSON_LD),
}
_FILES: Final = {"shapes.ttl": "text/turtle", "context.jsonld": "application/ld+json"}
"""Files beside the ontology that are served below its IRI."""


def routes(site: Site) -> list[BaseRoute]:
    """The routes of the ontology."""
    pages = OntologyPages(site)
    return [
        Route(ONTOLOGY_PATH, site.cached(pages.thing)),
        Route(f"{ONTOLOGY_PATH}{PAGE_SUFFIX}", site.cached(pages.page)),
        Route(f"{ONTOLOGY_PATH}.ttl", site.cached(pages.turtle)),
        *(Route(ONTOLOGY_PATH + suffix, site.cached(pages.data(suffix))) for suffix in _FORMATS),
        *(Route(f"{ONTOLOGY_PATH}/{name}", site.cached(pages.file(name))) for name in _FILES),
        Route(f"{ONTOLOGY_PATH}/{{version}}", site.cached(pages.thing)),
    ]


class OntologyPages:
    """The handlers of the ontology of one site."""

    def __init__(self, site: Site) -> None:
        self._site = site

    def thing(self, request: Request) -> Response:
        """303 to the page or to data."""
        media_type = best_media_type(read_accept(request.headers.get("accept")), SUFFIX_OF)
        if media_type is None:
            raise Problem(
                HTTPStatus.NOT_ACCEPTABLE,
                "not-acceptable",
                "The ontology can't be had in a media type that the Accept header asks for.",
                extra={"available": list(SUFFIX_OF)},
                headers={"Vary": "Accept"},
            )
        addresses = addresses_of(request, self._site.reader(request).iris)
        target = addresses.local(ONTOLOGY_PATH + SUFFIX_OF[media_type])
        return RedirectResponse(target, HTTPStatus.SEE_OTHER, headers={"Vary": "Accept"})

    def page(self, request: Request) -> Response:
        """Every term, with an anchor of its name."""
        render = renderer_of(request, Nodes(self._site.reader(request)))
        return HTMLResponse(render.page("ontology.html", **_values(project_of(self._site))))

    def turtle(self, request: Request) -> Response:
        """The edited file."""
        return Response(self._file(), headers={"Content-Type": "text/turtle"})

    def data(self, suffix: str) -> Callable[[Request], Response]:
        """The handler of another format."""
        media_type, form = _FORMATS[suffix]

        def handler(request: Request) -> Response:
            triples = (quad.triple for quad in parse(self._file(), format=RdfFormat.TURTLE))
            output = io.BytesIO()
            serialize(triples, output, form, prefixes=PREFIXES)
            return Response(output.getvalue(), headers={"Content-Type": media_type})

        return handler

    def file(self, name: str) -> Callable[[Request], Response]:
        """The handler of a file beside the ontology."""

        def handler(request: Request) -> Response:
            body = (project_of(self._site).ontology / name).read_bytes()
            return Response(body, headers={"Content-Type": _FILES[name]})

        return handler

    def _file(self) -> bytes:
        return (project_of(self._site).ontology / "undersigned.ttl").read_bytes()


@cache
def _values(project: Project) -> dict[str, Any]:
    """What the page says; reading the ontology takes most of a second."""
    from undersigned.checking.page import page_values

    return page_values(project)
