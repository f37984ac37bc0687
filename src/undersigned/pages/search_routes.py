"""Search: the page of hits, and suggestions while a name is being typed."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Final

from pyoxigraph import NamedNode
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from undersigned.pages.asking import ROWS_SHOWN
from undersigned.pages.nodes import Nodes
from undersigned.pages.requests import addresses_of, asked_of, renderer_of
from undersigned.searching.documents import KINDS
from undersigned.searching.opening import IndexBeingMade, open_index

if TYPE_CHECKING:
    from collections.abc import Iterable

    from starlette.requests import Request
    from starlette.routing import BaseRoute

    from undersigned.pages.addresses import Addresses
    from undersigned.searching.index import Hit, SearchIndex
    from undersigned.serving.site import Revision, Site

_OPENSEARCH: Final = """<?xml version="1.0" encoding="UTF-8"?>
<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">
  <ShortName>Undersigned</ShortName>
  <Description>Open letters, who signed them, and what they said</Description>
  <Url type="text/html" template="{search}?q={{searchTerms}}"/>
</OpenSearchDescription>
"""


def routes(site: Site) -> list[BaseRoute]:
    """The routes of search."""
    search = Search(site)
    site.prepare(search.prepare)
    return [
        Route("/search", site.cached(search.page)),
        Route("/suggest", site.cached(search.suggest)),
        Route("/opensearch.xml", site.cached(search.description)),
    ]


class Search:
    """The handlers of search on one site."""

    def __init__(self, site: Site) -> None:
        self._site = site

    def prepare(self, revision: Revision) -> None:
        """Makes the index of a revision, so that no visitor waits for it."""
        open_index(revision.reader, revision.folder.parent.parent)

    def page(self, request: Request) -> Response:
        """The page of hits."""
        asked = asked_of(request)
        words, kind = asked.text("q"), asked.choice("kind", KINDS)
        index = self._index(request)
        found = index.search(words, kind=kind, limit=ROWS_SHOWN)
        total = found.by_kind.get(kind, 0) if kind else found.total
        part = asked.part(range(total))
        if part.number > 1:
            offset = (part.number - 1) * ROWS_SHOWN
            found = index.search(words, kind=kind, limit=ROWS_SHOWN, offset=offset)
        nodes = Nodes(self._site.reader(request))
        hits = shown(found.hits, addresses_of(request, nodes.reader.iris))
        page = renderer_of(request, nodes).page(
            "search.html", words=words, kind=kind, kinds=KINDS, found=found, hits=hits, part=part
        )
        return HTMLResponse(page)

    def suggest(self, request: Request) -> Response:
        """At most eight things whose names begin like `q`; of one kind, if `kind` names it."""
        asked = asked_of(request)
        kind = asked.choice("kind", KINDS)
        try:
            found = self._index(request, patient=False).suggest(asked.text("q"), kind=kind)
        except IndexBeingMade:
            # Suggestions come in dozens while somebody types: they must not fill all threads. This
            # status is not kept in the cache, and browsers complain of it no more than of 200.
            return JSONResponse([], HTTPStatus.ACCEPTED)
        iris = self._site.reader(request).iris
        return JSONResponse(shown(found, addresses_of(request, iris)))

    def description(self, request: Request) -> Response:
        """Lets browsers search here from their address bar."""
        search = str(request.url.replace(path=request.scope.get("root_path", "") + "/search"))
        return Response(
            _OPENSEARCH.format(search=search.partition("?")[0]),
            media_type="application/opensearchdescription+xml",
        )

    def _index(self, request: Request, *, patient: bool = True) -> SearchIndex:
        revision = self._site.revision(request)
        return open_index(revision.reader, revision.folder.parent.parent, patient=patient)


def shown(hits: Iterable[Hit], addresses: Addresses) -> list[dict[str, str]]:
    """Hits with the paths of their pages."""
    return [
        {
            "iri": hit.iri,
            "kind": hit.kind,
            "label": hit.label,
            "note": hit.note,
            "page": addresses.page_of(NamedNode(hit.iri)) or hit.iri,
        }
        for hit in hits
    ]
