"""Questions that must have no answer: the `*-violation.rq` files asked of a loaded graph."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from undersigned.errors import QueryHeaderInvalid
from undersigned.store.base import select

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from undersigned.store.base import GraphReader

ENDING: Final = "-violation.rq"
_HEADER_LINE: Final = re.compile(r"#\+ (summary|advice): (.+)")


@dataclass(frozen=True, slots=True)
class ViolationQuery:
    """One check: its question, what to do about each row, and the SPARQL that finds the rows."""

    name: str
    summary: str
    advice: str
    sparql: str


@dataclass(frozen=True, slots=True)
class Violation:
    """One row that should not be. The first column of `values` is the thing that is wrong."""

    query: ViolationQuery
    values: Mapping[str, str]


def read_violation_queries(folder: Path) -> list[ViolationQuery]:
    """The checks of a folder, sorted by name.

    Raises:
        QueryHeaderInvalid: a file lacks its summary or its advice.
    """
    return [_read(path) for path in sorted(folder.glob(f"*{ENDING}"))]


def find_violations(reader: GraphReader, query: ViolationQuery) -> list[Violation]:
    """The rows of one check, in the order of the query.

    Raises:
        QueryInvalid: the file holds no SPARQL 1.1 query.
    """
    solutions = select(reader, query.sparql)
    names = [variable.value for variable in solutions.variables]
    return [
        Violation(query, {name: str(row[name]) for name in names if row[name] is not None})
        for row in solutions
    ]


def _read(path: Path) -> ViolationQuery:
    text = path.read_text(encoding="utf-8")
    header = {found[1]: found[2] for found in _HEADER_LINE.finditer(text)}
    for field in ("summary", "advice"):
        if field not in header:
            raise QueryHeaderInvalid(
                f"{path}: the header has no line '#+ {field}: …'; a check starts with its summary "
                "as a question and with advice for whoever gets an answer to it"
            )
    return ViolationQuery(path.name.removesuffix(ENDING), header["summary"], header["advice"], text)
