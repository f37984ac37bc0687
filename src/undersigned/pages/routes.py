"""The part of the site that readers see: pages, search, and the data of every IRI."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final

from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from undersigned.pages import listing, ontology_routes, query_routes, search_routes
from undersigned.pages.assets import read_asset
from undersigned.pages.home import home_page
from undersigned.pages.linked_data import Answering
from undersigned.pages.network import network_json
from undersigned.pages.nodes import Nodes
from undersigned.pages.requests import addresses_of, asked_of, project_of, renderer_of
from undersigned.pages.signing_networks import whole
from undersigned.pages.timeline import draw_columns
from undersigned.pages.view import network_around
from undersigned.serving.problems import Problem
from undersigned.store.suppression import read_suppression

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from starlette.requests import Request
    from starlette.routing import BaseRoute

    from undersigned.pages.asking import Asked
    from undersigned.pages.network import Network
    from undersigned.pages.rendering import Renderer
    from undersigned.serving.site import Site

_LISTINGS: Final[dict[str, Callable[[Nodes, Asked], listing.Listing]]] = {
    "letters": listing.letter_listing,
    "people": listing.people_listing,
    "organizations": listing.organization_listing,
    "statements": listing.statement_listing,
    "sources": listing.source_listing,
}
_IN_HERO: Final = 40
"""Nodes of the network on the front page."""
_HERO: Final = (560, 460)
_FOREVER: Final = {"Cache-Control": "public, max-age=31536000, immutable"}


def routes(site: Site) -> list[BaseRoute]:
    """The pages of a site; the last route takes every path, so this part comes last."""
    pages = Pages(site)
    return [
        Route("/", site.cached(pages.home)),
        *(Route(f"/{name}", site.cached(pages.listing(name))) for name in _LISTINGS),
        Route("/network", site.cached(pages.network)),
        Route("/network.json", site.cached(pages.network_data)),
        Route("/about", site.cached(pages.about)),
        *search_routes.routes(site),
        *query_routes.routes(site),
        *ontology_routes.routes(site),
        Route("/static/{path:path}", pages.static),
        Route("/{path:path}", site.cached(pages.thing)),
    ]


class Pages:
    """The handlers of the pages of one site."""

    def __init__(self, site: Site) -> None:
        self._site = site

    def home(self, request: Request) -> Response:
        """The front page."""
        nodes = Nodes(self._site.reader(request))
        page = home_page(nodes)
        page_of = addresses_of(request, nodes.reader.iris).page_of
        network = whole(nodes, page_of, most=_IN_HERO, size=_HERO)
        years = draw_columns(page.by_year)
        return self._html(request, "home.html", page=page, years=years, network=network)

    def listing(self, name: str) -> Callable[[Request], Response]:
        """The handler of one list."""

        def handler(request: Request) -> Response:
            nodes = Nodes(self._site.reader(request))
            page = _LISTINGS[name](nodes, asked_of(request))
            return self._html(request, "listing.html", page=page, kind=name)

        return handler

    def network(self, request: Request) -> Response:
        """The network of all who signed several letters."""
        picture = self._network(request)
        return self._html(request, "network.html", picture=picture)

    def network_data(self, request: Request) -> Response:
        """A network for the script that lets readers move it."""
        picture = self._network(request)
        return JSONResponse(network_json(picture))

    def about(self, request: Request) -> Response:
        """How to read the pages."""
        return self._html(request, "about.html")

    def static(self, request: Request) -> Response:
        """The style sheet and the scripts."""
        found = read_asset(request.path_params["path"])
        if found is None:
            raise Problem(HTTPStatus.NOT_FOUND, "unknown", "There is no such file.")
        body, media_type = found
        return Response(body, headers={"Content-Type": media_type, **_FOREVER})

    def thing(self, request: Request) -> Response:
        """Anything below the base."""
        reader = self._site.reader(request)
        return Answering(
            reader=reader,
            addresses=addresses_of(request, reader.iris),
            render=self._renderer(request),
            context=self._context,
            suppression=lambda: read_suppression(
                self._site.revision(request).folder.parent.parent / "suppressed.json"
            ),
            accept=request.headers.get("accept"),
        ).answer(request.path_params["path"])

    def _network(self, request: Request) -> Network:
        nodes = Nodes(self._site.reader(request))
        addresses = addresses_of(request, nodes.reader.iris)
        about = asked_of(request).text("of")
        if not about:
            return whole(nodes, addresses.page_of)
        iri = addresses.iri_of(about.removeprefix(nodes.reader.iris.base))
        node = nodes.get(iri) if iri else None
        if not node:
            raise Problem(
                HTTPStatus.NOT_FOUND, "unknown", "The graph has no person or letter of this IRI."
            )
        return network_around(nodes, node, addresses)

    def _html(self, request: Request, template: str, **values: Any) -> Response:
        return HTMLResponse(self._renderer(request).page(template, **values))

    def _renderer(self, request: Request) -> Renderer:
        return renderer_of(request, Nodes(self._site.reader(request)))

    def _context(self) -> Path:
        return project_of(self._site).ontology / "context.jsonld"
