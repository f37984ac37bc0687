"""The query page, and what its editor completes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pyoxigraph import NamedNode
from starlette.concurrency import run_in_threadpool
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from undersigned import terms as t
from undersigned.pages.network import network_json
from undersigned.pages.nodes import Nodes
from undersigned.pages.querying import DOWNLOADS, QueryAnswer, evaluate, read_answer
from undersigned.pages.requests import addresses_of, asked_of, project_of, renderer_of
from undersigned.questions.saved_query import iter_query_paths, read_saved_query
from undersigned.serving.answering import newer_revision
from undersigned.serving.isolation.pool import RevisionGone
from undersigned.serving.isolation.running import ClientGone
from undersigned.serving.problems import Problem

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.routing import BaseRoute

    from undersigned.questions.saved_query import SavedQuery
    from undersigned.serving.site import Site

_CLIENT_GONE: Final = 499
_FIRST_QUERY: Final = """PREFIX us: <https://w3id.org/undersigned/ontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>

# Who signed letters together?
SELECT ?person ?personLabel ?letter ?letterLabel WHERE {
  ?person us:signed ?letter ; rdfs:label ?personLabel .
  ?letter rdfs:label ?letterLabel .
}
ORDER BY ?personLabel ?letterLabel
LIMIT 200
"""


def routes(site: Site) -> list[BaseRoute]:
    """The routes of the query page."""
    page = QueryPage(site)
    return [
        Route("/query", page.answer),
        Route("/query/network.json", page.network),
        Route("/query/terms.json", site.cached(page.completions)),
    ]


class QueryPage:
    """The handlers of the query page of one site."""

    def __init__(self, site: Site) -> None:
        self._site = site

    async def answer(self, request: Request) -> Response:
        """The page, with the answer to the query that it was asked for."""
        asked = asked_of(request)
        examples = await run_in_threadpool(self._examples)
        example = next((e for e in examples if e.name == asked.text("example")), None)
        sparql = request.query_params.get("query", "")
        if example is not None and (asked.text("load") or not sparql):
            sparql = example.sparql
            return await run_in_threadpool(self._html, request, sparql, examples, None, "")
        if not sparql.strip():
            return await run_in_threadpool(self._html, request, _FIRST_QUERY, examples, None, "")
        try:
            media_type, body = await self._evaluated(request, sparql)
        except ClientGone:
            return Response(status_code=_CLIENT_GONE)
        except Problem as problem:
            page = await run_in_threadpool(
                self._html, request, sparql, examples, None, problem.detail
            )
            page.status_code = problem.status
            return page
        answer = await run_in_threadpool(self._read, request, media_type, body)
        return await run_in_threadpool(self._html, request, sparql, examples, answer, "")

    async def _evaluated(self, request: Request, sparql: str) -> tuple[str, bytes]:
        try:
            return await evaluate(self._site, request, sparql)
        except RevisionGone:
            newer_revision(self._site, request)
            return await evaluate(self._site, request, sparql)

    async def network(self, request: Request) -> Response:
        """The network of an answer, for the script that lets readers move it."""
        try:
            sparql = request.query_params.get("query", "")
            media_type, body = await self._evaluated(request, sparql)
        except ClientGone:
            return Response(status_code=_CLIENT_GONE)
        answer = await run_in_threadpool(self._read, request, media_type, body)
        if answer.views is None:
            return JSONResponse({"nodes": [], "edges": []})
        return JSONResponse(network_json(answer.views.network))

    def completions(self, request: Request) -> Response:
        """The prefixes and the terms of the ontology, for the editor."""
        nodes = Nodes(self._site.reader(request), self._site.reader(request).iris.ontology)
        kinds = {"classes": ("Class",), "properties": ("ObjectProperty", "DatatypeProperty")}
        found = {
            name: sorted(
                {
                    n.iri.value
                    for kind in of_kind
                    for n in nodes.of(t.RDF_TYPE, _owl(kind))
                    if n.iri.value.startswith(t.US)
                }
            )
            for name, of_kind in kinds.items()
        }
        found["properties"] += [t.RDFS_LABEL.value, t.DCTERMS_CREATOR.value]
        return JSONResponse({"prefixes": t.PREFIXES, **found})

    def _read(self, request: Request, media_type: str, body: bytes) -> QueryAnswer:
        nodes = Nodes(self._site.reader(request))
        return read_answer(media_type, body, nodes, addresses_of(request, nodes.reader.iris))

    def _html(
        self,
        request: Request,
        sparql: str,
        examples: list[SavedQuery],
        answer: QueryAnswer | None,
        problem: str,
    ) -> Response:
        nodes = Nodes(self._site.reader(request))
        render = renderer_of(request, nodes)
        views = answer.views.views if answer and answer.views else ("table",)
        page = render.page(
            "query.html",
            sparql=sparql,
            examples=examples,
            answer=answer,
            problem=problem,
            chosen=render.asked.choice("view", views) or "table",
            downloads=DOWNLOADS.get(answer.sort, DOWNLOADS["rows"][2:]) if answer else (),
            prefixes=sorted(t.PREFIXES.items()),
        )
        return HTMLResponse(page, headers={"Cache-Control": "no-cache"})

    def _examples(self) -> list[SavedQuery]:
        """The saved questions of the project that run as they stand."""
        return [read_saved_query(path) for path in iter_query_paths(project_of(self._site).queries)]


def _owl(name: str) -> NamedNode:
    return NamedNode(f"http://www.w3.org/2002/07/owl#{name}")
