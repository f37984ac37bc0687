"""What the graph holds, counted (VoID, https://www.w3.org/TR/void/), at `/.well-known/void`."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING, Final

from pyoxigraph import BlankNode, Literal, NamedNode, Triple
from starlette.routing import Route

from undersigned.serving.answering import ask
from undersigned.serving.caching import etag_of, kept_response, make_answer
from undersigned.serving.description import write_description
from undersigned.serving.formats import TRIPLES, choose_among
from undersigned.serving.isolation.pool import WholeAnswer
from undersigned.serving.negotiation import read_accept
from undersigned.serving.problems import Problem
from undersigned.serving.protocol import QueryRequest
from undersigned.terms import RDF_TYPE, RDFS_LABEL, US, XSD

if TYPE_CHECKING:
    from collections.abc import Iterator

    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.routing import BaseRoute

    from undersigned.serving.site import Site

VOID: Final = "http://rdfs.org/ns/void#"
_COUNTS: Final = {
    "class": "SELECT ?of (COUNT(?s) AS ?n) { ?s a ?of } GROUP BY ?of ORDER BY ?of",
    "property": "SELECT ?of (COUNT(*) AS ?n) { ?s ?of ?o } GROUP BY ?of ORDER BY ?of",
}
_COUNTED: Final = {"class": "entities", "property": "triples"}


def routes(site: Site) -> list[BaseRoute]:
    """The part that describes the dataset."""

    async def describe(request: Request) -> Response:
        revision = site.revision(request)
        endpoint = str(request.url.replace(path="/sparql", query="", fragment=""))
        accept = read_accept(request.headers.get("accept"))
        form, media_type = choose_among(TRIPLES, (), accept)
        wish = ("void", endpoint, media_type)
        kept = site.cache.find(revision.name, wish)
        if kept is None:
            triples = await _described(site, request, endpoint)
            body = await asyncio.to_thread(write_description, triples, form)
            headers = {"Content-Type": media_type}
            kept = make_answer(revision, etag_of(revision, *wish), body, headers)
            site.cache.keep(revision.name, wish, kept)
        return kept_response(request, kept, revision)

    return [Route("/.well-known/void", describe)]


async def _described(site: Site, request: Request, endpoint: str) -> list[Triple]:
    base = site.reader(request).iris.base
    dataset = NamedNode(base)
    triples = [
        Triple(dataset, RDF_TYPE, _void("Dataset")),
        Triple(dataset, RDFS_LABEL, Literal("Who signed which open letter", language="en")),
        Triple(dataset, _void("sparqlEndpoint"), NamedNode(endpoint)),
        Triple(dataset, _void("uriSpace"), Literal(base)),
        Triple(dataset, _void("vocabulary"), NamedNode(US)),
    ]
    for kind in _COUNTS:
        triples += _partitions(dataset, kind, await _count(site, request, kind))
    return triples


def _partitions(dataset: NamedNode, kind: str, counts: dict[str, int]) -> Iterator[Triple]:
    if kind == "property" and counts:
        yield Triple(dataset, _void("triples"), _number(sum(counts.values())))
    for number, (of, count) in enumerate(counts.items()):
        part = BlankNode(f"{kind}{number}")
        yield Triple(dataset, _void(f"{kind}Partition"), part)
        yield Triple(part, _void(kind), NamedNode(of))
        yield Triple(part, _void(_COUNTED[kind]), _number(count))


async def _count(site: Site, request: Request, kind: str) -> dict[str, int]:
    """How often each class or property is there; none where counting takes too long."""
    try:
        answer = await ask(site, request, QueryRequest(_COUNTS[kind], format_names=("json",)))
    except Problem:
        return {}
    if not isinstance(answer, WholeAnswer):
        answer.close()
        return {}
    rows = json.loads(answer.body)["results"]["bindings"]
    return {row["of"]["value"]: int(row["n"]["value"]) for row in rows if row.get("of")}


def _number(number: int) -> Literal:
    return Literal(str(number), datatype=NamedNode(XSD + "integer"))


def _void(name: str) -> NamedNode:
    return NamedNode(VOID + name)
