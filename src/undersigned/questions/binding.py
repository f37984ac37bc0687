"""Parameters put into a query as terms, never as text.

Three locks: a value becomes an RDF term first; the term is written by the engine's own serialiser
in the place of `UNDEF`; and that text is parsed again in a query of its own, where it must be this
one term and nothing else. What is one whole term between its braces there is one here, too: the
template around it stays what it was. The parser of the third lock is another one than the engine's.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

import pyoxigraph
from pyparsing import ParseBaseException, ParseResults
from rdflib.plugins.sparql.parser import parseQuery
from rdflib.plugins.sparql.parserutils import CompValue

from undersigned.errors import QueryInvalid, QueryParameterInvalid
from undersigned.questions.placeholders import find_placeholders
from undersigned.terms import XSD

if TYPE_CHECKING:
    from collections.abc import Mapping

    from undersigned.questions.saved_query import SavedQuery

_ALONE: Final = "SELECT * WHERE {{ VALUES ?it {{ {0} }} }}"
XSD_STRING: Final = pyoxigraph.NamedNode(XSD + "string")


def bind(query: SavedQuery, terms: Mapping[str, pyoxigraph.NamedNode | pyoxigraph.Literal]) -> str:
    """The query's SPARQL with terms for some of its parameters; the others stay open.

    Raises:
        QueryInvalid: the query is not SPARQL 1.1.
        QueryParameterInvalid: with this term the query would be another query.
    """
    pieces: list[str] = []
    last = 0
    for place in find_placeholders(query.sparql):
        if place.name in terms:
            pieces += [query.sparql[last : place.start], str(terms[place.name])]
            last = place.end
    bound = "".join([*pieces, query.sparql[last:]])
    if pieces:
        _check_template(query.sparql, query.where)
        for name, term in terms.items():
            _check_term(query, name, term)
    return bound


@lru_cache(maxsize=256)
def _check_template(sparql: str, where: str) -> None:
    """Parsing takes ten times as long as most answers: once for each query is enough."""
    _parsed(sparql, where)


def _check_term(
    query: SavedQuery, name: str, term: pyoxigraph.NamedNode | pyoxigraph.Literal
) -> None:
    expected = _tree(_open_place(), {"it": term})
    try:
        found = _tree(_parsed(_ALONE.format(term), query.where), {})
    except QueryInvalid:
        found = None
    if found != expected:
        raise QueryParameterInvalid(
            f"query {query.name!r}: {name} = {str(term)[:80]} would change the query itself; "
            "expected a plain value"
        )


@lru_cache(maxsize=1)
def _open_place() -> ParseResults:
    return _parsed(_ALONE.format("UNDEF"), "binding")


def _parsed(sparql: str, where: str) -> ParseResults:
    # Kept, since parsing takes up to half a second, and a server is asked the same in many formats.
    try:
        return parseQuery(sparql)
    except (ParseBaseException, RecursionError) as error:
        raise QueryInvalid(f"{where}: not a SPARQL 1.1 query: {error}") from error


def _tree(node: object, terms: Mapping[str, pyoxigraph.NamedNode | pyoxigraph.Literal]) -> object:
    """A parse tree as plain nested tuples, the open places of `terms` filled with them."""
    if isinstance(node, CompValue):
        parts = {key: _tree(node[key], terms) for key in sorted(node)}
        if node.name == "InlineData" and parts["value"] == (("str", "UNDEF"),):
            term = terms.get(str(node["var"][0]))
            if term is not None:
                parts["value"] = (_leaf(term),)
        return (node.name, *parts.items())
    if isinstance(node, ParseResults | list):
        return tuple(_tree(part, terms) for part in node)
    return (type(node).__name__, str(node))


def _leaf(term: pyoxigraph.NamedNode | pyoxigraph.Literal) -> object:
    """A term as `_tree` shows it where it is parsed."""
    if isinstance(term, pyoxigraph.NamedNode):
        return ("URIRef", term.value)
    value = ("string", ("Literal", term.value))
    if term.language:
        return ("literal", ("lang", ("str", term.language)), value)
    if term.datatype == XSD_STRING:
        return ("literal", value)
    return ("literal", ("datatype", ("URIRef", term.datatype.value)), value)
