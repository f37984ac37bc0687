"""A saved query: one question in one `.rq` file, plain SPARQL 1.1 under a header of `#+` lines.

    #+ summary: Who signed a letter?
    #+ parameters:
    #+   letter: {type: letter, description: the letter, required: true}
    #+ columns:
    #+   signer: who signed
    #+ evidence: [signature]
    #+ example: {letter: the letter to the Arts Council}
    #+ tags: [signatures]
    SELECT ?signer ?signerLabel ?signature WHERE {
      VALUES ?letter { UNDEF }
      ...

The header is YAML. A parameter stands in the query as `VALUES ?letter { UNDEF }`, so the file runs
as it is on any store and then answers for all letters. A column `signer` shows `signerLabel`, if
the query selects that, and keeps `signer` as the thing that the name belongs to. `evidence` names
the variables that hold the row's facts or claims: one IRI, or several parted by spaces.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Final

import yaml
from rapidfuzz import fuzz, process

from undersigned.errors import QueryHeaderInvalid, QueryNotFound
from undersigned.questions.placeholders import find_placeholders

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_HEADER: Final = "#+"
_YamlLoader: Final = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
"""The one in C where PyYAML has it: all headers are read for each list of queries."""
_KEYS: Final = (
    "summary", "description", "parameters", "columns", "evidence", "example", "tags",
)  # fmt: skip
PICTURES: Final = ("chart", "network", "timeline")
"""Tags that say in which picture an answer is worth a look."""
_PARAMETER_KEYS: Final = ("type", "description", "required", "default")


class ParameterType(StrEnum):
    """What a parameter's value must be. The first five are looked up by name in the graph."""

    PERSON = "person"
    ORGANIZATION = "organization"
    LETTER = "letter"
    AGENT = "agent"
    SOURCE = "source"
    TEXT = "text"
    DATE = "date"
    INTEGER = "integer"
    STANCE = "stance"
    STATUS = "status"
    CERTAINTY = "certainty"


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """One blank of a question."""

    name: str
    type: ParameterType
    description: str
    required: bool = False
    default: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedQuery:
    """A question with its SPARQL. `columns` maps each shown column to what it holds, in order.

    A query without a header has no declared columns: all its variables are then shown.
    """

    name: str
    where: str
    sparql: str
    summary: str
    description: str = ""
    parameters: tuple[Parameter, ...] = ()
    columns: Mapping[str, str] = field(default_factory=dict)
    evidence: tuple[str, ...] = ()
    example: Mapping[str, str] = field(default_factory=dict)
    tags: tuple[str, ...] = ()

    @property
    def pictures(self) -> tuple[str, ...]:
        """The pictures of an answer that are worth a look, as the tags say."""
        return tuple(tag for tag in PICTURES if tag in self.tags)


def iter_query_paths(folder: Path) -> list[Path]:
    """The saved queries of a project's folder, sorted by name."""
    return sorted(folder.glob("*.rq"), key=lambda path: path.stem)


def get_saved_query(folder: Path, name: str) -> SavedQuery:
    """The query `name.rq` of a folder.

    Raises:
        QueryNotFound: there is none; the message has near names.
        QueryHeaderInvalid: its header is not what it must be.
    """
    names = {path.stem: path for path in iter_query_paths(folder)}
    if name in names:
        return read_saved_query(names[name])
    hint = near(name, list(names))
    raise QueryNotFound(f"no query {name!r}; {hint}see `undersigned query --list`")


def read_saved_query(path: Path) -> SavedQuery:
    """The query in a `.rq` file, named after the file.

    Raises:
        QueryNotFound: no such file, or not UTF-8 text.
        QueryHeaderInvalid: its header is not what it must be.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise QueryNotFound(
            f"{path}: can't be read as a query: {reason}; expected a .rq file with SPARQL as UTF-8 "
            "text, or a name that `undersigned query --list` shows"
        ) from error
    return parse_saved_query(text, name=path.stem, where=str(path))


def parse_saved_query(text: str, *, name: str, where: str) -> SavedQuery:
    """The query in a text; `where` is its place for messages.

    Raises:
        QueryHeaderInvalid: the header is not what it must be, with `where` and the line.
    """
    header = _Header(text, where)
    parameters = header.parameters()
    _check_placeholders(header, {parameter.name for parameter in parameters})
    query = SavedQuery(
        name=name,
        where=where,
        sparql=text,
        summary=header.summary(name),
        description=header.string("description"),
        parameters=parameters,
        columns=header.mapping("columns"),
        evidence=header.names("evidence"),
        example=header.mapping("example"),
        tags=header.names("tags"),
    )
    for example in query.example:
        if example not in {parameter.name for parameter in parameters}:
            raise header.error("example", f"{example!r} is not a parameter of this query")
    return query


def near(name: str, known: list[str]) -> str:
    """The question "did you mean …? " with known names close to this one; empty without any."""
    found = process.extract(name, known, scorer=fuzz.ratio, limit=3, score_cutoff=60)
    best = [match for match, score, _ in found if score > found[0][1] - 10]
    return f"did you mean {' or '.join(map(repr, best))}? " if best else ""


class _Header:
    """The `#+` lines of one text, as YAML in which every value is a string."""

    def __init__(self, text: str, where: str) -> None:
        lines = text.splitlines()
        self._where = where
        self._yaml = "\n".join(
            line[len(_HEADER) :].removeprefix(" ") if line.startswith(_HEADER) else ""
            for line in lines
        )
        self.text = text
        self.present = any(line.startswith(_HEADER) for line in lines)
        try:
            loaded = yaml.load(self._yaml, Loader=_YamlLoader) or {}
        except yaml.MarkedYAMLError as error:
            line = error.problem_mark.line + 1 if error.problem_mark else 1
            message = f"{where}:{line}: the #+ header is not YAML: {error.problem}"
            raise QueryHeaderInvalid(message) from error
        except yaml.YAMLError as error:
            message = f"{where}:1: the #+ header is not YAML: {error}"
            raise QueryHeaderInvalid(message) from error
        if not isinstance(loaded, dict):
            raise QueryHeaderInvalid(f"{where}:1: the #+ header must be lines of `key: value`")
        self._entries: dict[str, object] = loaded
        for key in loaded:
            if key not in _KEYS:
                hint = near(key, list(_KEYS))
                raise self.error(key, f"no header entry {key!r}; {hint}known: {', '.join(_KEYS)}")

    def error(self, key: str, message: str) -> QueryHeaderInvalid:
        """An error at the first line that has this key."""
        found = re.search(rf"^\s*{re.escape(key)}\s*:", self._yaml, re.MULTILINE)
        line = self._yaml.count("\n", 0, found.end()) + 1 if found else 1
        return QueryHeaderInvalid(f"{self._where}:{line}: {message}")

    def summary(self, name: str) -> str:
        """The question; a query without a header is its own."""
        summary = self.string("summary")
        if not self.present:
            return name
        if not summary.endswith("?"):
            raise self.error("summary", f"summary is {summary!r}; expected a question, with “?”")
        return summary

    def string(self, key: str) -> str:
        """A text entry; empty without one."""
        value = self._entries.get(key, "")
        if not isinstance(value, str):
            raise self.error(key, f"{key} must be a text, not {value!r}")
        return " ".join(value.split())

    def names(self, key: str) -> tuple[str, ...]:
        """A list entry; one name alone is a list of one."""
        value = self._entries.get(key, [])
        listed = [value] if isinstance(value, str) else value
        if not isinstance(listed, list) or not all(isinstance(one, str) for one in listed):
            raise self.error(key, f"{key} must be a list of names, not {value!r}")
        return tuple(one.removeprefix("?") for one in listed)

    def mapping(self, key: str) -> dict[str, str]:
        """An entry of names with texts, in the order of the file."""
        value = self._entries.get(key, {}) or {}
        if not isinstance(value, dict) or not all(isinstance(v, str) for v in value.values()):
            raise self.error(key, f"{key} must be lines of `name: text`, not {value!r}")
        return {name: " ".join(text.split()) for name, text in value.items()}

    def parameters(self) -> tuple[Parameter, ...]:
        """The declared parameters in order."""
        value = self._entries.get("parameters", {}) or {}
        if not isinstance(value, dict):
            raise self.error("parameters", f"parameters must be names with entries, not {value!r}")
        return tuple(self._parameter(name, entry) for name, entry in value.items())

    def _parameter(self, name: str, entry: object) -> Parameter:
        if not isinstance(entry, dict) or "type" not in entry:
            raise self.error(name, f"parameter {name!r} needs a type, as in {{type: person}}")
        for key in entry:
            if key not in _PARAMETER_KEYS:
                known = ", ".join(_PARAMETER_KEYS)
                raise self.error(name, f"parameter {name!r} has no entry {key!r}; known: {known}")
        types = [known.value for known in ParameterType]
        if entry["type"] not in types:
            found = f"parameter {name!r} has type {entry['type']!r}"
            raise self.error(name, f"{found}; expected one of {', '.join(types)}")
        return Parameter(
            name=name,
            type=ParameterType(entry["type"]),
            description=" ".join(str(entry.get("description", "")).split()),
            required=entry.get("required", "false") == "true",
            default=entry.get("default"),
        )


def _check_placeholders(header: _Header, declared: set[str]) -> None:
    """Every parameter stands in the query, and nothing else looks like one."""
    placed = {placeholder.name for placeholder in find_placeholders(header.text)}
    for name in sorted(declared - placed):
        raise header.error(
            name, f"parameter {name!r} is nowhere: expected VALUES ?{name} {{ UNDEF }}"
        )
    for name in sorted(placed - declared):
        raise header.error(
            "parameters",
            f"VALUES ?{name} {{ UNDEF }} stands in the query, but {name!r} is no parameter",
        )
