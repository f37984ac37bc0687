"""The paths of a site beside its questions, as OpenAPI describes them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from undersigned.searching.documents import KINDS
from undersigned.serving.formats import ROWS, TRIPLES

if TYPE_CHECKING:
    from collections.abc import Sequence

Json = dict[str, Any]


def public_paths(formats: Sequence[str], networks: Sequence[str]) -> Json:
    """SPARQL, search, suggestions, reconciliation, exports, health; `formats` are of exports."""
    return {
        "/sparql": {"get": _sparql("query"), "post": _sparql_posted()},
        "/search": {"get": _search()},
        "/suggest": {"get": _suggest()},
        "/reconcile": {"get": _reconcile(), "post": _reconcile_posted()},
        "/reconcile/suggest/entity": {"get": _reconcile_suggest("entity")},
        "/reconcile/suggest/property": {"get": _reconcile_suggest("property")},
        "/reconcile/suggest/type": {"get": _reconcile_suggest("type")},
        "/reconcile/properties": {"get": _reconcile_properties()},
        "/reconcile/preview": {"get": _reconcile_preview()},
        "/export": {"get": _export(formats, networks)},
        "/health": {"get": _health("health", "Is the server alive?")},
        "/ready": {"get": _health("ready", "Can it answer queries?")},
    }


def _text(name: str, description: str, *, required: bool = False) -> Json:
    return {
        "name": name,
        "in": "query",
        "description": description,
        "required": required,
        "schema": {"type": "string"},
    }


def _one_of(name: str, description: str, choices: Sequence[str], *, required: bool = False) -> Json:
    found = _text(name, description, required=required)
    found["schema"] = {"type": "string", "enum": list(choices)}
    return found


def _several(name: str, description: str) -> Json:
    found = _text(name, description)
    found["schema"] = {"type": "array", "items": {"type": "string"}}
    return found


def _operation(
    name: str, summary: str, tag: str, parameters: Sequence[Json], ok: Json, *refusals: str
) -> Json:
    return {
        "operationId": name,
        "summary": summary,
        "tags": [tag],
        "parameters": list(parameters),
        "responses": {
            "200": ok,
            **{code: {"$ref": f"#/components/responses/{code}"} for code in refusals},
        },
    }


def _ok(description: str, *media_types: str) -> Json:
    return {
        "description": description,
        "content": {
            media_type: {"schema": {} if "json" in media_type else {"type": "string"}}
            for media_type in media_types
        },
    }


def _sparql(name: str) -> Json:
    types = [form.media_types[0] for form in (*ROWS, *TRIPLES)]
    return _operation(
        name,
        "Ask the graph in SPARQL 1.1; without a query, the service's description",
        "graph",
        [
            _text("query", "a query"),
            _several("default-graph-uri", "graphs that patterns outside GRAPH see"),
            _several("named-graph-uri", "graphs that GRAPH sees"),
        ],
        _ok("The answer, in the format that Accept asks for", *dict.fromkeys(types)),
        *("400", "403", "406", "414", "422", "503", "504"),
    )


def _sparql_posted() -> Json:
    fields = {"query": {"type": "string"}}
    schema = {"type": "object", "properties": fields, "required": ["query"]}
    return {
        **_sparql("post-query"),
        "parameters": [],
        "requestBody": {
            "required": True,
            "content": {
                "application/sparql-query": {"schema": {"type": "string"}},
                "application/x-www-form-urlencoded": {"schema": schema},
            },
        },
    }


def _search() -> Json:
    return _operation(
        "search",
        "Find people, organizations, letters, statements and sources by words",
        "graph",
        [_text("q", "words"), _one_of("kind", "only of this kind", KINDS)],
        _ok("The page of hits", "text/html"),
        "503",
    )


def _suggest() -> Json:
    return _operation(
        "suggest",
        "At most eight things whose names begin like this",
        "graph",
        [_text("q", "the beginning of a name"), _one_of("kind", "only of this kind", KINDS)],
        _ok("iri, kind, label, note and page of each", "application/json"),
        "503",
    )


def _reconcile() -> Json:
    return _operation(
        "reconcile",
        "The manifest of the reconciliation service (0.2), or the answer to a batch",
        "reconciliation",
        [_text("queries", "a batch of queries, as JSON"), _text("extend", "a data extension")],
        _ok("The manifest, or candidates by query, or rows by id", "application/json"),
        *("400", "414", "503", "504"),
    )


def _reconcile_posted() -> Json:
    fields = {"queries": {"type": "string"}, "extend": {"type": "string"}}
    return {
        **_reconcile(),
        "operationId": "post-reconcile",
        "parameters": [],
        "requestBody": {
            "required": True,
            "content": {
                "application/x-www-form-urlencoded": {
                    "schema": {"type": "object", "properties": fields}
                }
            },
        },
        "responses": {
            **_reconcile()["responses"],
            "413": {"$ref": "#/components/responses/413"},
            "415": {"$ref": "#/components/responses/415"},
        },
    }


def _reconcile_suggest(kind: str) -> Json:
    return _operation(
        f"suggest-{kind}",
        f"Suggestions for {kind} names",
        "reconciliation",
        [_text("prefix", "the beginning of a name")],
        _ok("id and name of each, in `result`", "application/json"),
        "503",
    )


def _reconcile_properties() -> Json:
    return _operation(
        "propose-properties",
        "The properties that a list can be extended with",
        "reconciliation",
        [_text("type", "of things of this type")],
        _ok("id and name of each, in `properties`", "application/json"),
        "503",
    )


def _reconcile_preview() -> Json:
    return _operation(
        "preview",
        "A small page about one candidate",
        "reconciliation",
        [_text("id", "the candidate's id", required=True)],
        _ok("The page", "text/html"),
        *("404", "422", "503"),
    )


def _export(formats: Sequence[str], networks: Sequence[str]) -> Json:
    return _operation(
        "export",
        "The dataset, or what concerns some letters and people, as a file",
        "graph",
        [
            _one_of("format", "the format", formats, required=True),
            _several("letter", "only what concerns this letter"),
            _several("person", "only what concerns this person or organization"),
            _several("table", "for formats of tables"),
            _text("licence", "the IRI of a licence; for formats of a whole release"),
            _one_of("network", "for formats of networks", networks),
        ],
        _ok("The whole file", "application/octet-stream"),
        *("300", "400", "422", "503", "504"),
    )


def _health(name: str, summary: str) -> Json:
    return _operation(
        name,
        summary,
        "operating",
        [],
        _ok("It is so; names the revision", "application/json"),
        "503",
    )
