from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, QuerySolution, QuerySolutions, Store

from undersigned.errors import QueryInvalid, QueryParameterInvalid
from undersigned.questions.binding import bind
from undersigned.questions.saved_query import SavedQuery, parse_saved_query
from undersigned.terms import XSD

QUERY = parse_saved_query(
    """#+ summary: What?
#+ parameters:
#+   value: {type: text}
#+   other: {type: integer}
# VALUES ?value { UNDEF } is only a comment here
SELECT ?value ?other ?text WHERE {
  VALUES ?value { UNDEF }
  BIND("VALUES ?value { UNDEF }" AS ?text)
  BIND(<http://x.example/#VALUES> AS ?iri)
  VALUES ?other { UNDEF }
}
""",
    name="what",
    where="what.rq",
)

HOSTILE = [
    'a "quoted" word',
    "it's",
    "'''",
    '"""',
    "} } #",
    "> } #",
    "UNDEF } VALUES ?x { 1",
    "\\",
    'end with \\"',
    "line\nbreak\r\n\ttab",
    "\u2028\u2029\u0085",
    "é😀\u202e",
    '"@en',
    '"^^<http://x.example/>',
    "# comment",
    "x" * 10_000,
    "\x01\x7f",
]


def _rows(sparql: str) -> list[QuerySolution]:
    solutions = Store().query(sparql)
    assert isinstance(solutions, QuerySolutions)
    return list(solutions)


def value_of(query: SavedQuery, term: NamedNode | Literal) -> object:
    [row] = _rows(bind(query, {"value": term}))
    assert row["text"] == Literal("VALUES ?value { UNDEF }")
    assert row["other"] is None
    return row["value"]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_comes_back_as_it_went_in(text: str) -> None:
    assert value_of(QUERY, Literal(text)) == Literal(text)


@given(st.text(st.characters(exclude_categories=["Cs"])))
@settings(max_examples=40, deadline=None)
def test_any_text_is_bound_as_itself_or_refused(text: str) -> None:
    try:
        found = value_of(QUERY, Literal(text))
    except QueryParameterInvalid:
        return
    assert found == Literal(text)


@pytest.mark.parametrize(
    "term",
    [
        NamedNode("http://x.example/é"),
        Literal("2025-01-01", datatype=NamedNode(XSD + "date")),
        Literal("oui", language="fr"),
        Literal(3),
    ],
)
def test_terms_keep_kind_and_type(term: NamedNode | Literal) -> None:
    assert value_of(QUERY, term) == term


def test_code_point_escape_that_other_stores_would_expand_is_refused() -> None:
    # SPARQL 1.1, section 19.2: such escapes are taken out before the query is parsed.
    with pytest.raises(QueryParameterInvalid, match="would change the query itself"):
        bind(QUERY, {"value": Literal('\\u0022 } ASK { "')})


def test_nothing_bound_leaves_the_query_as_it_is() -> None:
    assert bind(QUERY, {}) == QUERY.sparql


def test_every_place_of_a_parameter_is_bound() -> None:
    twice = replace(
        QUERY,
        sparql="SELECT * { { VALUES ?value { UNDEF } } UNION { values $value{undef} ?s ?p 1 } }",
    )
    bound = bind(twice, {"value": Literal("x")})
    assert bound == 'SELECT * { { VALUES ?value { "x" } } UNION { values $value{"x"} ?s ?p 1 } }'


def test_query_that_is_not_sparql_is_named() -> None:
    broken = replace(QUERY, sparql="SELEKT { VALUES ?value { UNDEF } }")
    with pytest.raises(QueryInvalid, match=r"what\.rq: not a SPARQL 1.1 query"):
        bind(broken, {"value": Literal("x")})
