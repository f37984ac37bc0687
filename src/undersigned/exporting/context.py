"""The JSON-LD context as an export uses it: read from a file of the project, never fetched.

Only definitions that say one plain thing (a name for an IRI, perhaps with a type or as a set) are
used for writing. A term with more to it (lists, language maps, reverse properties) is left unused:
its property is then written with its whole IRI, which means the same.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from undersigned.errors import ExportError

if TYPE_CHECKING:
    from pathlib import Path

_PLAIN: Final = {"@id", "@type", "@container", "@protected"}


@dataclass(frozen=True, slots=True)
class Term:
    """How a property is written: its name, what its strings mean, whether it is always a list."""

    name: str
    coercion: str | None = None
    always_list: bool = False


@dataclass(frozen=True, slots=True)
class Context:
    """A context: `document` to be put into the output as it is, and what writing needs of it."""

    document: dict[str, Any]
    terms: dict[str, Term]
    """Property or class IRI → term."""
    id_key: str = "@id"
    type_key: str = "@type"
    default_language: bool = False
    """Whether a bare string would get a language."""


def read_context(path: Path) -> Context:
    """The context of a file that holds `{"@context": {...}}`.

    Raises:
        ExportError: the file is missing or not a context, or points to one elsewhere.
    """
    try:
        document = json.loads(path.read_text(encoding="utf-8"))["@context"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ExportError(
            f'{path}: a JSON-LD context, {{"@context": {{...}}}}, was expected and can\'t be read '
            f"({error}); restore the file, or name another project folder with --project"
        ) from error
    if not isinstance(document, dict) or "@import" in document:
        raise ExportError(
            f"{path}: the context must be one object with nothing imported, since nothing is "
            "fetched; write its terms into this file"
        )
    return Context(
        document=document,
        terms=_terms(document),
        id_key=_alias(document, "@id"),
        type_key=_alias(document, "@type"),
        default_language=document.get("@language") is not None,
    )


def _alias(document: dict[str, Any], keyword: str) -> str:
    return next((name for name, meaning in document.items() if meaning == keyword), keyword)


def _terms(document: dict[str, Any]) -> dict[str, Term]:
    terms: dict[str, Term] = {}
    for name, definition in sorted(document.items()):
        entry = {"@id": definition} if isinstance(definition, str) else definition
        if name.startswith("@") or not isinstance(entry, dict) or not set(entry) <= _PLAIN:
            continue
        if entry.get("@container", "@set") != "@set":
            continue
        iri = _expanded(document, name, entry.get("@id", name))
        if iri is not None:
            coercion = entry.get("@type")
            if isinstance(coercion, str) and not coercion.startswith("@"):
                coercion = _expanded(document, name, coercion)
            terms.setdefault(iri, Term(name, coercion, "@container" in entry))
    return terms


def _expanded(document: dict[str, Any], name: str, value: object) -> str | None:
    """The whole IRI of a name, a compact IRI or an IRI; None for what is no IRI here."""
    if not isinstance(value, str) or value.startswith("@"):
        return None
    prefix, colon, local = value.partition(":")
    if colon and not local.startswith("//"):
        start = document.get(prefix)
        start = start.get("@id") if isinstance(start, dict) else start
        if isinstance(start, str) and prefix != name:
            whole = _expanded(document, prefix, start)
            return None if whole is None else whole + local
        return value
    if colon:
        return value
    if value == name or value not in document:
        vocabulary = document.get("@vocab")
        return vocabulary + value if isinstance(vocabulary, str) else None
    return None
