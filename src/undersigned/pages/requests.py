"""From a request to what pages need of it: addresses, filters, the renderer, the error page."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

from starlette.responses import HTMLResponse, Response

from undersigned.iris import Iris
from undersigned.pages.addresses import PAGE_SUFFIX, Addresses
from undersigned.pages.asking import Asked
from undersigned.pages.rendering import Renderer
from undersigned.project import find_project
from undersigned.serving.negotiation import best_media_type, read_accept

if TYPE_CHECKING:
    from starlette.requests import Request

    from undersigned.pages.nodes import Nodes
    from undersigned.project import Project
    from undersigned.serving.problems import Problem
    from undersigned.serving.site import Site


SECTIONS: Final = (
    ("/letters", "Letters"),
    ("/people", "People"),
    ("/organizations", "Organizations"),
    ("/statements", "Statements"),
    ("/sources", "Sources"),
    ("/network", "Network"),
    ("/questions", "Questions"),
    ("/query", "Query"),
)
"""The sections of a site, in the order of its navigation."""


def asked_of(request: Request) -> Asked:
    """What a request asks a page for."""
    return Asked(request.url.path, dict(request.query_params))


def addresses_of(request: Request, iris: Iris) -> Addresses:
    """The addresses of the site that a request came to."""
    return Addresses(iris, request.scope.get("root_path", "").rstrip("/"))


def renderer_of(request: Request, nodes: Nodes) -> Renderer:
    """What writes the pages that answer a request."""
    return Renderer(
        addresses_of(request, nodes.reader.iris),
        asked_of(request),
        sections=sections_of(request),
        name_of=lambda iri: nodes.get(iri).label,
    )


def sections_of(request: Request) -> tuple[tuple[str, str], ...]:
    """Path and name of each section that the site has, whichever parts it is put together from."""
    paths = {getattr(route, "path", "") for route in request.app.routes}
    return tuple(section for section in SECTIONS if section[0] in paths)


def project_of(site: Site) -> Project:
    """The project folder of a site; the package's own content if it has none."""
    return site.project or find_project()


def error_page(request: Request, problem: Problem) -> Response | None:
    """The page that a browser gets for a problem; None for other clients."""
    accepted = read_accept(request.headers.get("accept"))
    if best_media_type(accepted, ("application/problem+json", "text/html")) != "text/html":
        return None
    render = Renderer(
        addresses_of(request, Iris()), asked_of(request), sections=sections_of(request)
    )
    looked_for = _words_of(request.url.path) if problem.status == HTTPStatus.NOT_FOUND else ""
    page = render.page("problem.html", problem=problem, looked_for=looked_for)
    return HTMLResponse(page, problem.status, {**problem.headers, "Vary": "Accept"})


def _words_of(path: str) -> str:
    """The name that the end of a path was made from, near enough to search for it."""
    end = unquote(path.rstrip("/").rpartition("/")[2]).removesuffix(PAGE_SUFFIX)
    return " ".join(end.replace("-", " ").split())
