from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pyoxigraph import Literal, NamedNode

from undersigned.errors import QueryParameterInvalid, QueryParameterMissing
from undersigned.questions.saved_query import Parameter, ParameterType, SavedQuery
from undersigned.questions.values import term_of, terms_of
from undersigned.terms import US, XSD

if TYPE_CHECKING:
    from undersigned.store.base import GraphReader


def parameter(kind: str, **more: str) -> Parameter:
    return Parameter(name="it", type=ParameterType(kind), description="it", **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("kind", "text", "term"),
    [
        ("text", " AI ", Literal("AI")),
        ("integer", "-12", Literal(-12)),
        ("date", "2025-03-21", Literal("2025-03-21", datatype=NamedNode(XSD + "date"))),
        ("date", "2024-02", Literal("2024-02", datatype=NamedNode(XSD + "gYearMonth"))),
        ("date", "2025", Literal("2025", datatype=NamedNode(XSD + "gYear"))),
        ("stance", "Against", NamedNode(US + "stance-against")),
        ("status", "withdrawn", NamedNode(US + "status-withdrawn")),
        ("certainty", US + "certainty-reported", NamedNode(US + "certainty-reported")),
        ("letter", "bridge", NamedNode("https://w3id.org/undersigned/letter/bridge")),
    ],
)
def test_values_become_terms(
    kind: str, text: str, term: NamedNode | Literal, town: GraphReader
) -> None:
    assert term_of(town, parameter(kind), text) == term


@pytest.mark.parametrize(
    ("kind", "text", "expected"),
    [
        ("integer", "3.5", "a whole number"),
        ("integer", "9" * 19, "a whole number"),
        ("integer", "１２", "a whole number"),
        ("date", "2025-02-30", "a date as 2025-03-21"),
        ("date", "21 March 2025", "a date as 2025-03-21"),
        ("date", "0000", "a date as 2025-03-21"),
        ("stance", "againts", "one of for, against, neutral; did you mean 'against'?"),
        ("text", "", "1 to 10,000 characters"),
        ("text", "x" * 10_001, "1 to 10,000 characters"),
        ("text", "a\0b", "of Unicode text"),
        ("text", "\ud800", "of Unicode text"),
    ],
)
def test_wrong_value_says_what_was_expected(
    kind: str, text: str, expected: str, town: GraphReader
) -> None:
    with pytest.raises(QueryParameterInvalid) as raised:
        term_of(town, parameter(kind), text)
    assert str(raised.value).startswith("--it is ")
    assert expected in str(raised.value)
    assert len(str(raised.value)) < 250


def query(*parameters: Parameter) -> SavedQuery:
    return SavedQuery(name="q", where="q.rq", sparql="", summary="?", parameters=parameters)


def test_unknown_parameter_has_near_names(town: GraphReader) -> None:
    with pytest.raises(QueryParameterInvalid, match="no parameter 'its'; did you mean 'it'"):
        terms_of(town, query(parameter("text")), {"its": "x"})


def test_default_stands_in_and_optional_stays_open(town: GraphReader) -> None:
    assert terms_of(town, query(parameter("integer", default="2")), {}) == {"it": Literal(2)}
    assert terms_of(town, query(parameter("integer")), {}) == {}


def test_missing_parameter_is_named(town: GraphReader) -> None:
    needed = Parameter(name="it", type=ParameterType.TEXT, description="a word", required=True)
    with pytest.raises(QueryParameterMissing, match=r"needs --it \(a word\)"):
        terms_of(town, query(needed), {})
