"""The OpenAPI 3.1 description of a site, made from its query files and its public paths."""

from __future__ import annotations

from importlib.metadata import version
from typing import TYPE_CHECKING, Any, Final

from undersigned.claims import Certainty, SignatureStatus, Stance
from undersigned.exporting.networks import NETWORKS
from undersigned.question_api.export_formats import offered_formats
from undersigned.question_api.formats import DOWNLOADS, FORMATS, JSON
from undersigned.question_api.public_paths import public_paths
from undersigned.question_api.values import OPTIONS
from undersigned.questions.saved_query import ParameterType

if TYPE_CHECKING:
    from collections.abc import Iterable

    from undersigned.questions.saved_query import Parameter, SavedQuery

Json = dict[str, Any]
_DATE: Final = r"^\d{4}(-\d{2}(-\d{2})?)?$"
_SCHEMAS: Final[dict[ParameterType, Json]] = {
    ParameterType.DATE: {"type": "string", "pattern": _DATE},
    ParameterType.INTEGER: {"type": "integer"},
    ParameterType.STANCE: {"type": "string", "enum": [choice.value for choice in Stance]},
    ParameterType.STATUS: {"type": "string", "enum": [choice.value for choice in SignatureStatus]},
    ParameterType.CERTAINTY: {"type": "string", "enum": [choice.value for choice in Certainty]},
}
_NAMED: Final = "A name, an alias, or an IRI of the graph."


def describe_site(questions: Iterable[SavedQuery], root: str) -> Json:
    """The whole description; `root` is what stands before every path of the site."""
    listed = list(questions)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Undersigned",
            "version": version("undersigned"),
            "description": "Who signed which letter, to whom, and what they said, each fact with "
            "the words that carry it. Every answer names the revision of the graph it is from.",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": root or "/"}],
        "tags": [
            {"name": "questions", "description": "Saved questions"},
            {"name": "graph", "description": "SPARQL, search, export"},
            {"name": "reconciliation", "description": "Matching lists against the graph"},
            {"name": "operating", "description": "Is it there, can it answer"},
        ],
        "paths": {
            "/questions": {"get": _list_operation()},
            **{f"/questions/{question.name}": {"get": _operation(question)} for question in listed},
            **public_paths(list(offered_formats()), list(NETWORKS)),
        },
        "components": {
            "schemas": {"Problem": _PROBLEM, "Answer": _ANSWER},
            "responses": _RESPONSES,
        },
    }


def _list_operation() -> Json:
    return {
        "operationId": "list-questions",
        "summary": "Which questions are there?",
        "tags": ["questions"],
        "parameters": [
            {"name": "q", "in": "query", "schema": {"type": "string"}, "description": "words"},
            {"name": "tag", "in": "query", "schema": {"type": "string"}, "description": "a tag"},
        ],
        "responses": {
            "200": {
                "description": "The questions, their parameters and columns",
                "content": {
                    JSON.media_type: {
                        "schema": {
                            "type": "object",
                            "properties": {"questions": {"type": "array"}},
                            "required": ["questions"],
                        }
                    },
                    "text/html": {"schema": {"type": "string"}},
                },
            },
            **_refusals("406", "503"),
        },
    }


def _operation(question: SavedQuery) -> Json:
    suffixes = ", ".join(form.suffix for form in FORMATS)
    return {
        "operationId": question.name,
        "summary": question.summary,
        "description": f"{question.description} Suffixes name a format: {suffixes}.".strip(),
        "tags": ["questions"],
        "parameters": [
            *(_parameter(p, question.example.get(p.name)) for p in question.parameters),
            *(
                {
                    "name": name,
                    "in": "query",
                    "description": meaning,
                    "schema": {"type": "boolean", "default": False},
                }
                for name, meaning in OPTIONS.items()
                if name not in {p.name for p in question.parameters}
            ),
        ],
        "responses": {
            "200": {
                "description": _columns(question),
                "content": {
                    JSON.media_type: {"schema": {"$ref": "#/components/schemas/Answer"}},
                    **{
                        form.media_type: {"schema": {"type": "string"}}
                        for form in FORMATS
                        if form is not JSON and not form.media_type.endswith("json")
                    },
                    **{
                        form.media_type: {"schema": {"type": "object"}}
                        for form in DOWNLOADS
                        if form is not JSON and form.media_type.endswith("json")
                    },
                },
            },
            **_refusals("300", "400", "406", "414", "422", "503", "504"),
        },
    }


def _columns(question: SavedQuery) -> str:
    columns = "; ".join(f"{name}: {meaning}" for name, meaning in question.columns.items())
    return f"The rows. {columns}".strip()


def _parameter(parameter: Parameter, example: str | None) -> Json:
    schema = dict(_SCHEMAS.get(parameter.type, {"type": "string", "minLength": 1}))
    if parameter.default is not None:
        schema["default"] = _value(parameter, parameter.default)
    described: Json = {
        "name": parameter.name,
        "in": "query",
        "description": f"{parameter.description} ({parameter.type})",
        "required": parameter.required and parameter.default is None,
        "schema": schema,
    }
    if parameter.type not in _SCHEMAS and parameter.type is not ParameterType.TEXT:
        described["description"] += f". {_NAMED}"
    if example is not None:
        described["example"] = _value(parameter, example)
    return described


def _value(parameter: Parameter, text: str) -> str | int:
    is_number = parameter.type is ParameterType.INTEGER and text.lstrip("+-").isdecimal()
    return int(text) if is_number else text


def _refusals(*codes: str) -> Json:
    return {code: {"$ref": f"#/components/responses/{code}"} for code in codes}


_PROBLEM: Final[Json] = {
    "type": "object",
    "description": "Problem details (RFC 9457)",
    "properties": {
        "type": {"type": "string", "format": "uri"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
    },
    "required": ["type", "title", "status", "detail"],
}
_ANSWER: Final[Json] = {
    "type": "object",
    "properties": {
        "query": {"type": "string"},
        "question": {"type": "string"},
        "parameters": {"type": "object", "additionalProperties": {"type": "string"}},
        "revision": {"type": "string", "description": "Equal revisions mean equal answers."},
        "columns": {"type": "array", "items": {"type": "string"}},
        "rows": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {
                    "values": {"type": "object", "description": "by column"},
                    "iris": {"type": "object", "description": "of what the cells name"},
                    "evidence": {"type": "array", "items": {"type": "string"}},
                    "passages": {"type": "array", "items": {"type": "object"}},
                },
                "required": ["values", "iris", "evidence"],
            },
        },
        "sparql": {"type": "string", "description": "as it was asked"},
        "citation": {"type": "string"},
    },
    "required": ["query", "question", "parameters", "revision", "columns", "rows", "sparql"],
}
_REASONS: Final = {
    "300": "A name may mean several things: `candidates` lists them",
    "400": "The request is not what the protocol says",
    "403": "The query would reach out or write",
    "404": "There is nothing of that name",
    "406": "Not in a media type that the Accept header asks for: `available` lists them",
    "413": "The body is too long",
    "414": "The query string is too long",
    "415": "The body is of another type",
    "422": "A parameter is missing or is not what was expected, or the answer is too long",
    "503": "The server has no place for it just now: Retry-After says when to ask again",
    "504": "The answer took too long",
}
_RESPONSES: Final[Json] = {
    code: {
        "description": reason,
        "content": {
            "application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}},
            "text/html": {"schema": {"type": "string"}},
        },
    }
    for code, reason in _REASONS.items()
}
