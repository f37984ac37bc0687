"""What a person types for a parameter, as the term that the query gets."""

from __future__ import annotations

import datetime
import re
from typing import TYPE_CHECKING, Final

from pyoxigraph import Literal, NamedNode

from undersigned.claims import Certainty, SignatureStatus, Stance
from undersigned.errors import QueryParameterInvalid, QueryParameterMissing
from undersigned.questions.lookup import EntityType, get_entity
from undersigned.questions.saved_query import ParameterType, near
from undersigned.terms import US, XSD, concept

if TYPE_CHECKING:
    from collections.abc import Mapping
    from enum import StrEnum

    from undersigned.questions.saved_query import Parameter, SavedQuery
    from undersigned.store.base import GraphReader

LONGEST_CHARS: Final = 10_000
"""Longer than any name or search phrase; what is longer was pasted by mistake."""

_SCHEMES: Final[dict[ParameterType, type[StrEnum]]] = {
    ParameterType.STANCE: Stance,
    ParameterType.STATUS: SignatureStatus,
    ParameterType.CERTAINTY: Certainty,
}
_DATES: Final = (
    (re.compile(r"\d{4}-\d{2}-\d{2}"), "date", ""),
    (re.compile(r"\d{4}-\d{2}"), "gYearMonth", "-01"),
    (re.compile(r"\d{4}"), "gYear", "-01-01"),
)


def terms_of(
    reader: GraphReader, query: SavedQuery, given: Mapping[str, str]
) -> dict[str, NamedNode | Literal]:
    """The terms for a query's parameters; those without value or default are left out.

    Raises:
        QueryParameterMissing: a required parameter has no value.
        QueryParameterInvalid: a value is not of its type, or there is no such parameter.
        EntityNotFound: nothing has the given name.
        EntityAmbiguous: several things have it.
    """
    known = [parameter.name for parameter in query.parameters]
    for name in given:
        if name not in known:
            has = f"it has {', '.join(known)}" if known else "it has none"
            raise QueryParameterInvalid(
                f"query {query.name!r} has no parameter {name!r}; {near(name, known)}{has}"
            )
    terms: dict[str, NamedNode | Literal] = {}
    for parameter in query.parameters:
        text = given.get(parameter.name, parameter.default)
        if text is not None:
            terms[parameter.name] = term_of(reader, parameter, text)
        elif parameter.required:
            raise QueryParameterMissing(
                f"query {query.name!r} needs --{parameter.name} ({parameter.description}); "
                f"see `undersigned query {query.name} --help`"
            )
    return terms


def term_of(reader: GraphReader, parameter: Parameter, text: str) -> NamedNode | Literal:
    """One value as a term: names are looked up, the rest is checked against its type.

    Raises:
        QueryParameterInvalid: the value is not of the parameter's type.
        EntityNotFound: nothing has the given name.
        EntityAmbiguous: several things have it.
    """
    value = text.strip()
    if not value or len(value) > LONGEST_CHARS or not _is_encodable(value):
        expected = f"1 to {LONGEST_CHARS:,} characters of Unicode text"
        raise _invalid(parameter, text, expected)
    if parameter.type in _SCHEMES:
        return _concept(parameter, value)
    match parameter.type:
        case ParameterType.TEXT:
            return Literal(value)
        case ParameterType.DATE:
            return _date(parameter, value)
        case ParameterType.INTEGER:
            return _integer(parameter, value)
        case _:
            return get_entity(reader, value, EntityType(parameter.type.value)).iri


def _is_encodable(value: str) -> bool:
    return "\0" not in value and not any("\ud800" <= char <= "\udfff" for char in value)


def _concept(parameter: Parameter, value: str) -> NamedNode:
    allowed = [member.value for member in _SCHEMES[parameter.type]]
    plain = value.removeprefix(f"{US}{parameter.type}-").lower()
    if plain not in allowed:
        raise _invalid(parameter, value, f"one of {', '.join(allowed)}", near(plain, allowed))
    return concept(parameter.type.value, plain)


def _date(parameter: Parameter, value: str) -> Literal:
    for pattern, datatype, rest in _DATES:
        if pattern.fullmatch(value) and value.isascii():
            try:
                datetime.date.fromisoformat(value + rest)
            except ValueError:
                break
            return Literal(value, datatype=NamedNode(XSD + datatype))
    raise _invalid(parameter, value, "a date as 2025-03-21, a month as 2025-03 or a year as 2025")


def _integer(parameter: Parameter, value: str) -> Literal:
    if not re.fullmatch(r"[+-]?[0-9]{1,18}", value):
        raise _invalid(parameter, value, "a whole number as 3")
    return Literal(int(value))


def _invalid(
    parameter: Parameter, value: str, expected: str, hint: str = ""
) -> QueryParameterInvalid:
    shown = value if len(value) <= 80 else f"{value[:80]}… ({len(value):,} characters)"
    message = f"--{parameter.name} is {shown!r}; expected {expected}"
    return QueryParameterInvalid(f"{message}; {hint}".removesuffix("; ").rstrip())
