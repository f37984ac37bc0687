"""The values that a request gives a question's parameters, and what is wrong with them."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Final

from undersigned.errors import EntityAmbiguous, EntityNotFound, QueryError
from undersigned.questions.binding import bind
from undersigned.questions.lookup import EntityType, find_entities, near_names
from undersigned.questions.saved_query import ParameterType, near
from undersigned.questions.values import term_of
from undersigned.serving.problems import Problem, as_problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pyoxigraph import Literal, NamedNode

    from undersigned.questions.saved_query import Parameter, SavedQuery
    from undersigned.store.base import GraphReader

ENTITY_TYPES: Final = frozenset(
    {
        ParameterType.PERSON,
        ParameterType.ORGANIZATION,
        ParameterType.LETTER,
        ParameterType.AGENT,
        ParameterType.SOURCE,
    }
)
"""Types whose values are names, looked up in the graph."""
OPTIONS: Final = {
    "why": "With true, JSON rows also have the passages that carry them.",
    "iris": "With true, CSV, TSV and Markdown also have the IRIs of what the cells name.",
}
"""What may be asked for beside the parameters; a parameter of that name goes first."""
_CANDIDATES_SHOWN: Final = 25
_ON_THE_PAGE: Final = ("page", "view")
_TRUE: Final = {"true", "1", "yes", "on"}
_FALSE: Final = {"false", "0", "no", "off"}


@dataclass(frozen=True, slots=True)
class Asking:
    """What a request asks of a question: values by parameter, options that are switched on."""

    question: SavedQuery
    values: Mapping[str, str]
    options: frozenset[str] = frozenset()

    @property
    def lacks(self) -> list[Parameter]:
        """Required parameters without a value."""
        return [
            parameter
            for parameter in self.question.parameters
            if parameter.required and parameter.default is None
            if parameter.name not in self.values
        ]


def read_asking(question: SavedQuery, given: Iterable[tuple[str, str]]) -> Asking:
    """The values of a query string. Empty ones count as not given, as forms send them.

    Raises:
        Problem: 422, an unknown name, one given twice, or an option that is neither on nor off.
    """
    known = [parameter.name for parameter in question.parameters]
    values: dict[str, str] = {}
    options = set()
    for name, value in given:
        if name in known:
            if name in values:
                raise _invalid(question, name, f"{name} is given twice; expected one value.")
            if value.strip():
                values[name] = value
        elif name in OPTIONS:
            if _is_on(question, name, value):
                options.add(name)
        elif name not in _ON_THE_PAGE:
            has = f"It has {', '.join(known)}." if known else "It has none."
            raise _invalid(
                question,
                name[:100],
                f"The question {question.name!r} has no parameter {name[:100]!r}. "
                f"{_capital(near(name, known))}{has}",
            )
    return Asking(question, values, frozenset(options))


def bound_sparql(reader: GraphReader, asking: Asking) -> str:
    """The question's SPARQL with the values in it, as terms.

    Raises:
        Problem: 300, a name may mean several things, with `candidates`; 422, a value is missing,
            is not of its type, or names nothing.
    """
    question = asking.question
    if asking.lacks:
        wanted = ", ".join(f"{p.name} ({p.description}, {p.type})" for p in asking.lacks)
        raise _invalid(
            question, asking.lacks[0].name, f"This question needs {wanted}.", "parameter-missing"
        )
    terms: dict[str, NamedNode | Literal] = {}
    for parameter in question.parameters:
        text = asking.values.get(parameter.name, parameter.default)
        if text is not None:
            terms[parameter.name] = _term(reader, question, parameter, text)
    try:
        return bind(question, terms)
    except QueryError as error:
        raise as_problem(error) from error


def _term(
    reader: GraphReader, question: SavedQuery, parameter: Parameter, text: str
) -> NamedNode | Literal:
    name, short = parameter.name, text if len(text) <= 80 else f"{text[:80]}…"
    try:
        return term_of(reader, parameter, text)
    except EntityAmbiguous as error:
        raise _several(reader, parameter, text) from error
    except EntityNotFound as error:
        known = near_names(reader, text, EntityType(parameter.type.value))
        hint = f"did you mean {' or '.join(map(repr, known))}?" if known else "give a name or IRI."
        raise _invalid(
            question,
            name,
            f"{name} is {short!r}: the graph has no {parameter.type} of that name; {hint}",
            "entity-unknown",
            near=known,
        ) from error
    except QueryError as error:
        told = str(error).removeprefix("--").replace("; see `undersigned", "; see")
        raise _invalid(question, name, f"{told}.") from error


def _several(reader: GraphReader, parameter: Parameter, text: str) -> Problem:
    found = find_entities(reader, text, EntityType(parameter.type.value))
    candidates = [
        {
            "iri": candidate.iri.value,
            "label": candidate.label,
            "notes": list(candidate.notes[:3]),
            "sources": candidate.sources,
        }
        for candidate in found
    ]
    is_cut = len(found) > _CANDIDATES_SHOWN
    more = f" The first {_CANDIDATES_SHOWN} of {len(found)} are listed." if is_cut else ""
    return Problem(
        HTTPStatus.MULTIPLE_CHOICES,
        "entity-ambiguous",
        f"{parameter.name} is {text[:80]!r}, which may be several things; choose one of "
        f"`candidates` and give its IRI.{more}",
        extra={"parameter": parameter.name, "candidates": candidates[:_CANDIDATES_SHOWN]},
        headers={"Vary": "Accept"},
    )


def _is_on(question: SavedQuery, name: str, value: str) -> bool:
    if value.lower() in _TRUE:
        return True
    if value.lower() in _FALSE or not value:
        return False
    raise _invalid(question, name, f"{name} is {value[:80]!r}; expected true or false.")


def _invalid(
    question: SavedQuery,
    name: str,
    detail: str,
    kind: str = "parameter-invalid",
    **extra: object,
) -> Problem:
    return Problem(
        HTTPStatus.UNPROCESSABLE_ENTITY,
        kind,
        detail,
        extra={
            "parameter": name,
            "parameters": [described(p) for p in question.parameters],
            **extra,
        },
    )


def described(parameter: Parameter) -> dict[str, object]:
    """A parameter as JSON has it."""
    return {
        "name": parameter.name,
        "type": parameter.type.value,
        "description": parameter.description,
        "required": parameter.required and parameter.default is None,
        "default": parameter.default,
    }


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
