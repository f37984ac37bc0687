"""`/reconcile`: the W3C Reconciliation Service API 0.2, so that OpenRefine matches lists.

See https://reconciliation-api.github.io/specs/0.2/. The id of a thing is its IRI after the base, as
`person/ada-quill`.
"""

from __future__ import annotations

from http import HTTPStatus
from time import monotonic
from typing import TYPE_CHECKING, Any, Final

from pyoxigraph import NamedNode
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from undersigned import terms as t
from undersigned.names import fold_name
from undersigned.pages.nodes import Nodes
from undersigned.pages.requests import renderer_of
from undersigned.question_api.reconcile_requests import (
    BATCH,
    LONGEST_NAME,
    MOST_PROPERTIES,
    check_batch,
    get_property,
    object_of,
    read_wanted,
)
from undersigned.question_api.reconciling import (
    TYPES,
    Match,
    Property,
    find_matches,
    properties,
    values_of,
)
from undersigned.searching.opening import open_index
from undersigned.serving.body import FORM, malformed, parameters_of, read_body, require_type
from undersigned.serving.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from starlette.requests import Request
    from starlette.routing import BaseRoute

    from undersigned.pages.nodes import Node
    from undersigned.searching.index import SearchIndex
    from undersigned.serving.site import Site

Json = dict[str, Any]
PATH: Final = "/reconcile"
_CLIENT_GONE: Final = 499
_BATCH_BYTES: Final = 512 * 1024
_SUGGESTED: Final = 10
_PREVIEW: Final = {"width": 420, "height": 260}
_PREVIEW_POLICY: Final = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'none'; "
    "base-uri 'none'"
)
"""As for every page, but that others may frame it: a preview is shown within OpenRefine."""


def routes(site: Site) -> list[BaseRoute]:
    """The routes of reconciliation."""
    service = Reconciliation(site)
    return [
        Route(PATH, service.answer, methods=["GET", "POST"]),
        Route(f"{PATH}/suggest/entity", site.cached(service.suggest_entity)),
        Route(f"{PATH}/suggest/property", site.cached(service.suggest_property)),
        Route(f"{PATH}/suggest/type", site.cached(service.suggest_type)),
        Route(f"{PATH}/properties", site.cached(service.propose_properties)),
        Route(f"{PATH}/preview", site.cached(service.preview)),
    ]


class Reconciliation:
    """The handlers of the service."""

    def __init__(self, site: Site) -> None:
        self._site = site

    async def answer(self, request: Request) -> Response:
        """The manifest, the candidates of a batch of names, or the rows of an extension."""
        given = parameters_of(request.scope["query_string"])
        if request.method == "POST":
            require_type(request, (FORM,), f"A batch is sent as a field of {FORM}.")
            try:
                body = await read_body(request, _BATCH_BYTES, self._site.settings.timeout_seconds)
            except ClientDisconnect:
                return Response(status_code=_CLIENT_GONE)
            given += parameters_of(body)
        fields = dict(given)
        if "queries" in fields:
            batch = object_of("queries", fields["queries"])
            return JSONResponse(await run_in_threadpool(self._matched, request, batch))
        if "extend" in fields:
            asked = object_of("extend", fields["extend"])
            return JSONResponse(await run_in_threadpool(self._extended, request, asked))
        if request.method == "POST":
            raise malformed("A POST has the field 'queries' or 'extend'.")
        return JSONResponse(self._manifest(request))

    def suggest_entity(self, request: Request) -> Response:
        """Things whose names begin like `prefix`."""
        nodes, index = self._nodes(request), self._index(request)
        prefix = request.query_params.get("prefix", "")[:LONGEST_NAME]
        hits = [hit for kind in TYPES for hit in index.suggest(prefix, kind=kind, limit=_SUGGESTED)]
        found = [
            {
                "id": self._id(nodes.get(NamedNode(hit.iri))),
                "name": hit.label,
                "description": hit.note,
                "notable": [_type(hit.kind)],
            }
            for hit in hits
        ]
        return JSONResponse({"result": found})

    def suggest_property(self, request: Request) -> Response:
        """Properties with a word that begins like `prefix`."""
        return JSONResponse(
            {"result": [_named(p) for p in properties().values() if _begins(request, p.name)]}
        )

    def suggest_type(self, request: Request) -> Response:
        """Types whose names begin like `prefix`."""
        return JSONResponse(
            {"result": [_type(id_) for id_, (name, _) in TYPES.items() if _begins(request, name)]}
        )

    def propose_properties(self, request: Request) -> Response:
        """The properties of a type."""
        wanted = request.query_params.get("type", "")
        offered = [_named(p) for p in properties().values() if not wanted or wanted in p.types]
        return JSONResponse({"type": wanted, "properties": offered})

    def preview(self, request: Request) -> Response:
        """A small page about one thing."""
        nodes = self._nodes(request)
        id_ = request.query_params.get("id", "")
        node = self._node(nodes, id_)
        if node is None:
            status = HTTPStatus.NOT_FOUND if id_ else HTTPStatus.UNPROCESSABLE_ENTITY
            raise Problem(
                status,
                "unknown",
                f"There is nothing of the id {id_[:100]!r}; expected one as person/NAME.",
            )
        kind = _kind(node)
        facts = [
            (prop.name, [label for _, label in values_of(nodes.reader, node.iri, prop)][:3])
            for prop in properties().values()
            if kind in prop.types
        ]
        page = renderer_of(request, nodes).page(
            "preview.html",
            node=node,
            kind=TYPES[kind][0] if kind else "",
            facts=[(name, values) for name, values in facts if values and values != ["0"]][:6],
        )
        return HTMLResponse(page, headers={"Content-Security-Policy": _PREVIEW_POLICY})

    def _manifest(self, request: Request) -> Json:
        root = str(request.base_url).rstrip("/")
        service = f"{root}{PATH}"
        suggest = {
            kind: {"service_url": service, "service_path": f"/suggest/{kind}"}
            for kind in ("entity", "property", "type")
        }
        return {
            "versions": ["0.2"],
            "name": "Undersigned",
            "identifierSpace": self._site.reader(request).iris.base,
            "schemaSpace": t.US,
            "defaultTypes": [_type(id_) for id_ in TYPES],
            "batchSize": BATCH,
            "view": {"url": f"{root}/{{{{id}}}}"},
            "preview": {"url": f"{service}/preview?id={{{{id}}}}", **_PREVIEW},
            "suggest": suggest,
            "extend": {
                "propose_properties": {"service_url": service, "service_path": "/properties"},
                "property_settings": [],
            },
        }

    def _matched(self, request: Request, batch: Mapping[str, Any]) -> Json:
        check_batch("queries", len(batch))
        nodes, index = self._nodes(request), self._index(request)
        in_time = self._clock()
        return {
            key: {
                "result": [
                    self._candidate(match)
                    for match in find_matches(nodes, index, read_wanted(key, asked))
                    if in_time()
                ]
            }
            for key, asked in batch.items()
        }

    def _clock(self) -> Callable[[], bool]:
        """True at each call, until the time for one request is over.

        Raises:
            Problem: 504, it is over.
        """
        ends = monotonic() + self._site.settings.timeout_seconds

        def in_time() -> bool:
            if monotonic() > ends:
                raise Problem(
                    HTTPStatus.GATEWAY_TIMEOUT,
                    "timeout",
                    "The batch took too long; send fewer names or properties at once.",
                )
            return True

        return in_time

    def _candidate(self, match: Match) -> Json:
        return {
            "id": self._id(match.node),
            "name": match.node.label,
            "type": [_type(match.type)],
            "score": match.score,
            "match": match.is_sure,
            "description": "; ".join(match.node.texts(t.DESCRIPTION)[:1]),
            "features": [{"id": name, "value": value} for name, value in match.features],
        }

    def _extended(self, request: Request, asked: Mapping[str, Any]) -> Json:
        ids, wanted = asked.get("ids"), asked.get("properties")
        if not isinstance(ids, list) or not isinstance(wanted, list):
            raise malformed("'extend' has the lists 'ids' and 'properties'.")
        check_batch("ids", len(ids))
        if len(wanted) > MOST_PROPERTIES:
            raise malformed(f"At most {MOST_PROPERTIES} properties can be asked for at once.")
        known = [get_property(one) for one in wanted]
        nodes, in_time = self._nodes(request), self._clock()
        return {
            "meta": [_named(prop) for prop in known],
            "rows": {
                str(id_): {
                    prop.id: self._cells(nodes, str(id_), prop) for prop in known if in_time()
                }
                for id_ in ids
            },
        }

    def _cells(self, nodes: Nodes, id_: str, prop: Property) -> list[Json]:
        node = self._node(nodes, id_)
        if node is None:
            return []
        return [
            _cell(prop, label) if iri is None else {"id": self._short(iri), "name": label}
            for iri, label in values_of(nodes.reader, node.iri, prop)
        ]

    def _node(self, nodes: Nodes, id_: str) -> Node | None:
        """The thing of an id or an IRI, if the knowledge graph has it."""
        base = nodes.reader.iris.base
        try:
            node = nodes.get(NamedNode(base + id_.removeprefix(base)))
        except ValueError:
            return None
        return node if node else None

    def _id(self, node: Node) -> str:
        return self._short(node.iri)

    def _short(self, iri: NamedNode) -> str:
        return iri.value.removeprefix(self._base)

    @property
    def _base(self) -> str:
        return self._site.latest().reader.iris.base

    def _nodes(self, request: Request) -> Nodes:
        return Nodes(self._site.reader(request))

    def _index(self, request: Request) -> SearchIndex:
        revision = self._site.revision(request)
        return open_index(revision.reader, revision.folder.parent.parent)


def _cell(prop: Property, text: str) -> Json:
    if prop.pick == "count":
        return {"float": float(text)}
    return (
        {"date": text}
        if prop.id.endswith("-date") and len(text) == len("2025-03-21")
        else {"str": text}
    )


def _kind(node: Node) -> str:
    return next((id_ for id_, (_, kind) in TYPES.items() if kind in node.kinds), "")


def _type(id_: str) -> Json:
    return {"id": id_, "name": TYPES[id_][0] if id_ in TYPES else id_}


def _named(prop: Property) -> Json:
    return {"id": prop.id, "name": prop.name}


def _begins(request: Request, name: str) -> bool:
    prefix = fold_name(request.query_params.get("prefix", "")[:LONGEST_NAME])
    return f" {fold_name(name)}".find(f" {prefix}") >= 0
