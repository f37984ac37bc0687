"""The dataset that a request names for an update, written into the update as USING clauses.

By the protocol (SPARQL 1.1 Protocol, 2.2.3) it is what WHERE sees in every operation. The engine
takes such a dataset for queries alone, so it goes into the text, where the grammar has a place for
it: before each WHERE that stands outside of braces.
"""

from __future__ import annotations

import re
from http import HTTPStatus
from typing import TYPE_CHECKING, Final

from undersigned.serving.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_TOKEN: Final = re.compile(
    r'"""(?:[^"\\]|\\.|"(?!""))*+"""' r"|'''(?:[^'\\]|\\.|'(?!''))*+'''"
    r'|"(?:[^"\\\n]|\\.)*+"' r"|'(?:[^'\\\n]|\\.)*+'"
    r"|<[^\s<>\"{}|\\^`]*+>|\#[^\n]*+|[{}]|[\w:.%-]+|\s++|.",
    re.DOTALL,
)  # fmt: skip


def with_dataset(sparql: str, default_graphs: Sequence[str], named_graphs: Sequence[str]) -> str:
    """The update with `USING` and `USING NAMED` before each of its outer WHERE.

    Raises:
        Problem: 400, it names a dataset of its own.
    """
    clauses = [f"USING <{iri}>" for iri in default_graphs]
    clauses += [f"USING NAMED <{iri}>" for iri in named_graphs]
    using = " ".join(clauses)
    written: list[str] = []
    pattern_start = -1
    for token, outer, before in _tokens(sparql):
        word = token.upper() if outer else ""
        if word in {"USING", "WITH"}:
            raise Problem(
                HTTPStatus.BAD_REQUEST,
                "request-malformed",
                f"The request names a dataset, and the update has {word}: leave one of them out.",
            )
        if word == "WHERE" and before == "DELETE":
            # DELETE WHERE { pattern } has no place for USING; the same in full has.
            pattern_start = len(written)
            continue
        if word == "WHERE":
            written.append(f"{using} ")
        written.append(token)
        if pattern_start >= 0 and token == "}" and outer:
            pattern = "".join(written[pattern_start:])
            written.append(f" {using} WHERE {pattern}")
            pattern_start = -1
    return "".join(written)


def _tokens(sparql: str) -> Iterator[tuple[str, bool, str]]:
    """Yields each token, whether it is outside of braces, and the word or sign before it."""
    depth, before = 0, ""
    for found in _TOKEN.finditer(sparql):
        token = found[0]
        if token == "}":
            depth -= 1
        yield token, depth == 0, before
        if token == "{":
            depth += 1
        if not token.isspace() and not token.startswith("#"):
            before = token.upper()
