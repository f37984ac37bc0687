"""A saved query on the command line: its parameters as options, and its own help."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

from undersigned.errors import QueryParameterInvalid, QueryParameterMissing
from undersigned.questions.saved_query import near

if TYPE_CHECKING:
    from collections.abc import Sequence

    from undersigned.questions.saved_query import SavedQuery


def read_parameters(
    query: SavedQuery, pairs: Sequence[str], arguments: Sequence[str]
) -> dict[str, str]:
    """Values by parameter, from `name=value` pairs and from `--name value`, `--name=value`.

    Raises:
        QueryParameterMissing: an option stands without its value.
        QueryParameterInvalid: no such parameter, given twice, or not of these forms.
    """
    given: dict[str, str] = {}
    waiting = list(arguments)
    for pair in pairs:
        name, sign, value = pair.partition("=")
        if not sign:
            raise QueryParameterInvalid(f"-p is {pair!r}; expected NAME=VALUE, as -p letter=…")
        _put(query, given, name, value)
    while waiting:
        name, sign, value = waiting.pop(0).partition("=")
        if not name.startswith("--"):
            raise QueryParameterInvalid(
                f"{name!r} is no option; expected --NAME VALUE with one of {_known(query)}"
            )
        if not sign:
            if not waiting:
                raise QueryParameterMissing(f"{name} needs a value: {name} VALUE")
            value = waiting.pop(0)
        _put(query, given, name.removeprefix("--"), value)
    return given


def help_of(query: SavedQuery) -> str:
    """The question, its parameters, its columns, and a command that works on the examples."""
    lines = [query.summary]
    if query.description:
        lines += ["", query.description]
    if query.parameters:
        lines += ["", "Parameters:"]
    for parameter in query.parameters:
        notes = "required" if parameter.required else "optional"
        if parameter.default is not None:
            notes = f"default {parameter.default}"
        lines.append(
            f"  --{parameter.name} {parameter.type.upper()}  {parameter.description} ({notes})"
        )
    if query.columns:
        lines += ["", "Columns:"]
        lines += [f"  {name}  {meaning}" for name, meaning in query.columns.items()]
    if query.pictures:
        lines += ["", f"As a picture, under `undersigned serve`: {', '.join(query.pictures)}"]
    options = " ".join(f"--{name} {shlex.quote(value)}" for name, value in query.example.items())
    return "\n".join(
        [*lines, "", f"Example: undersigned query {query.name} {options}".rstrip(), ""]
    )


def _put(query: SavedQuery, given: dict[str, str], name: str, value: str) -> None:
    known = [parameter.name for parameter in query.parameters]
    if name not in known:
        raise QueryParameterInvalid(
            f"query {query.name!r} has no parameter {name!r}; {near(name, known)}"
            f"expected {_known(query)}"
        )
    if name in given:
        raise QueryParameterInvalid(f"--{name} is given twice: {given[name]!r} and {value!r}")
    given[name] = value


def _known(query: SavedQuery) -> str:
    names = [f"--{parameter.name}" for parameter in query.parameters]
    return ", ".join(names) if names else "no parameter at all"
