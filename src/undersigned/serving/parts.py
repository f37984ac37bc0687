"""The parts that every site has; see site.py for what a part is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from undersigned.pages import routes as pages
from undersigned.question_api import routes as question_api
from undersigned.serving import endpoint, graphs, operating, void

if TYPE_CHECKING:
    from undersigned.serving.site import Part

PARTS: Final[tuple[Part, ...]] = (
    endpoint.routes,
    graphs.routes,
    void.routes,
    operating.routes,
    question_api.routes,
    pages.routes,
)
"""In order: where two routes fit a path, the earlier one answers. The pages take every path."""
