"""What the text of a query says, asked of the engine's own parser without evaluating anything.

Two parsers of SPARQL disagree about some texts: where code point escapes are undone first, a
string can end early for one of them, and what is a comment to it is a `SERVICE` pattern to the
other. So whether a query reaches out is decided by the parser of the engine that would run it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from pyoxigraph import NamedNode, Store, Variable

from undersigned.errors import QueryRefused

_PLACE: Final = re.compile(
    r"error at (?P<line>\d+):(?P<column>\d+)(?:: expected (?P<expected>.*))?", re.DOTALL
)
_ANY: Final = NamedNode("urn:any")


@dataclass(frozen=True, slots=True)
class SyntaxFault:
    """Where a text stops being a SPARQL 1.1 query; line and column count from 1."""

    line: int
    column: int
    expected: str
    """What the parser could have gone on with, in its own words; may be long, or empty."""


def find_syntax_fault(sparql: str) -> SyntaxFault | None:
    """Where a query is malformed; None for a well-formed one. Nothing is evaluated."""
    # The engine parses, then refuses a substitution of a variable that the query does not project,
    # before it evaluates: the only way to its parser alone.
    unused = Variable(_word_not_in(sparql, 8))
    try:
        Store().query(sparql, substitutions={unused: _ANY})
    except SyntaxError as error:
        found = _PLACE.match(str(error))
        if found is None:
            return SyntaxFault(1, 1, "")
        return SyntaxFault(int(found["line"]), int(found["column"]), found["expected"] or "")
    except RuntimeError:
        return None
    return None


def has_keyword(sparql: str, keyword: str) -> bool:
    """Whether a word stands in a well-formed query as a keyword of the grammar.

    Not in a string, a comment, an IRI, a name or a variable: there any other word does as well, so
    the query is parsed with another word in all its places. False for a malformed query.

    >>> has_keyword("SELECT * { SERVICE ?s { ?s ?p ?o } }", "SERVICE")
    True
    >>> has_keyword("SELECT ?service { ?service <urn:service> 'SERVICE' }", "SERVICE")
    False
    """
    if keyword.lower() not in sparql.lower():
        return False
    other = _word_not_in(sparql, len(keyword))
    # Not after a backslash: that would spoil an escape ("\\from" is a form feed and "rom").
    places = re.compile(rf"(?<!\\){re.escape(keyword)}", re.IGNORECASE | re.ASCII)
    changed = places.sub(lambda place: _in_case_of(place[0], other), sparql)
    return find_syntax_fault(sparql) is None and find_syntax_fault(changed) is not None


def refuse_outbound(sparql: str) -> None:
    """Lets every query pass but one with a `SERVICE` pattern, which would ask another endpoint.

    Raises:
        QueryRefused: the query has a `SERVICE` pattern. A malformed query passes: it is found out
            where it would be evaluated, and reaches nothing.
    """
    if has_keyword(sparql, "SERVICE"):
        raise QueryRefused(
            "the query asks another endpoint (SERVICE), which is refused here; ask that endpoint "
            "itself and join the answers"
        )


def _word_not_in(sparql: str, length: int) -> str:
    """Letters that are nowhere in the text, of this length if that can be."""
    longest = max((len(run) for run in re.findall("x+", sparql, re.IGNORECASE)), default=0)
    return "x" * max(length, longest + 1)


def _in_case_of(found: str, word: str) -> str:
    # ?from and ?FROM are two variables, and stay two.
    cased = "".join(w.upper() if f.isupper() else w for f, w in zip(found, word, strict=False))
    return cased + word[len(found) :]
