"""The part of the site that programs ask: saved questions, their description, matching, exports."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from undersigned.pages.requests import project_of
from undersigned.question_api import exports, questions, reconcile_routes
from undersigned.question_api.catalogue import Catalogue
from undersigned.question_api.openapi import describe_site

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.routing import BaseRoute

    from undersigned.serving.site import Site


def routes(site: Site) -> list[BaseRoute]:
    """The routes of this part."""
    catalogue = Catalogue(project_of(site).queries)

    def description(request: Request) -> Response:
        """The OpenAPI description."""
        root = request.scope.get("root_path", "").rstrip("/")
        return JSONResponse(describe_site(catalogue.questions(), root))

    return [
        *questions.routes(site, catalogue),
        *reconcile_routes.routes(site),
        *exports.routes(site),
        Route("/openapi.json", site.cached(description, also=catalogue.state)),
    ]
