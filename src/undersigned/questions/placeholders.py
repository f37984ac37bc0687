"""Where a query's parameters stand: `VALUES ?name { UNDEF }` outside comments, strings and IRIs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

# What may hold the words of a placeholder without being one is matched first and passed over.
# The four string forms, IRIs and comments are those of the SPARQL 1.1 grammar, section 19.8.
_PLACEHOLDER: Final = re.compile(
    r'''
    """ (?: \\. | [^\\] )*? """
    | \'\'\' (?: \\. | [^\\] )*? \'\'\'
    | " (?: \\. | [^"\\\n\r] )* "
    | ' (?: \\. | [^'\\\n\r] )* '
    | < [^<>"{}|^`\\\x00-\x20]* >
    | \# [^\n\r]*
    | (?<! [\w?$:] ) VALUES \s+ [?$] (?P<name> \w+ ) \s* \{ \s* (?P<data> UNDEF ) \s* \}
    ''',
    re.VERBOSE | re.DOTALL | re.IGNORECASE,
)


class Placeholder(NamedTuple):
    """One parameter's place: the characters of `UNDEF` in the query's text, end exclusive."""

    name: str
    start: int
    end: int


def find_placeholders(sparql: str) -> Iterator[Placeholder]:
    """Yields the placeholders in text order; one parameter may stand in several places."""
    for match in _PLACEHOLDER.finditer(sparql):
        if match["name"]:
            yield Placeholder(match["name"], match.start("data"), match.end("data"))
