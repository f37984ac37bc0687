"""Nothing reaches out of the endpoint, however it is spelled; words that only look so are fine."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING

import pytest

from undersigned.errors import QueryRefused
from undersigned.store.syntax import find_syntax_fault, has_keyword, refuse_outbound

if TYPE_CHECKING:
    from collections.abc import Iterator

    from serving.asking import Asker

OUTSIDE = "http://127.0.0.1:{port}/sparql"

REACHING_OUT = [
    "SELECT * { SERVICE <URL> { ?s ?p ?o } }",
    "ASK { SERVICE <URL> { ?s ?p ?o } }",
    "CONSTRUCT { ?s ?p ?o } WHERE { SERVICE <URL> { ?s ?p ?o } }",
    "DESCRIBE ?s { SERVICE <URL> { ?s ?p ?o } }",
    "SELECT * { serViCe SILENT <URL> { ?s ?p ?o } }",
    "SELECT * { SERVICE#hidden\n<URL> { ?s ?p ?o } }",
    "SELECT * { ?s ?p ?o FILTER(?s<?p)SERVICE#>\n<URL>{ ?a ?b ?c } }",
    "PREFIX x: <URL> SELECT * { SERVICEx: { ?s ?p ?o } }",
    "PREFIX service: <URL> SELECT * { SERVICE service: { ?s ?p ?o } }",
    "SELECT * { VALUES ?to { <URL> } SERVICE ?to { ?s ?p ?o } }",
    "SELECT * { BIND(<URL> AS ?to) SERVICE ?to { ?s ?p ?o } }",
    "SELECT * { ?s ?p ?o OPTIONAL { GRAPH ?g { { SERVICE <URL> { ?a ?b ?c } } } } }",
    "SELECT * { ?s ?p ?o FILTER EXISTS { SERVICE <URL> { ?s ?p ?o } } }",
    "SELECT * { { SELECT ?s { SERVICE <URL> { ?s ?p ?o } } } }",
    "SELECT * { ?s ?p 'SERVICE' . SERVICE <URL> { ?s ?p ?o } } # SERVICE",
    # Where code point escapes are undone before parsing, these strings end early, and what the
    # engine evaluates is a comment.
    'SELECT * { BIND("\\u0022 AS ?a) } #" AS ?x) SERVICE <URL> { ?s ?p ?o } }',
    "SELECT * { BIND('\\u0027 AS ?a) } #' AS ?x) SERVICE <URL> { ?s ?p ?o } }",
    'SELECT * { BIND("\\U00000022 AS ?a) } #" AS ?x) SERVICE <URL> { ?s ?p ?o } }',
]

MALFORMED = [
    "SELECT * { \\u0053ERVICE <URL> { ?s ?p ?o } }",
    "SELECT * { SERV\\u0049CE <URL> { ?s ?p ?o } }",
    "SELECT * { \u017fERVICE <URL> { ?s ?p ?o } }",
    "SELECT * { SERVICE <URL> { ?s ?p ?o }",
    "SELECT * { ?s ?p ?o } ; LOAD <URL>",
]

HARMLESS = [
    "SELECT * { ?s ?p ?o } # SERVICE <URL> { ?s ?p ?o }",
    "SELECT * { ?s ?p 'SERVICE <URL> { ?s ?p ?o }' }",
    'SELECT * { ?s ?p """SERVICE <URL> {\n?s ?p ?o }""" }',
    "PREFIX ex: <urn:> SELECT * { ?s ex:service ex:SERVICE }",
    "PREFIX service: <urn:> SELECT * { ?s service:load service:SERVICE }",
    "SELECT ?service ?SERVICE { ?service ?SERVICE ?LOAD }",
    "SELECT * { <URL/service> ?p ?o }",
    "SELECT * { ?s ?p ?o FILTER(STR(?o) = 'xxxxxxx' || STR(?o) = \"\\u0053ERVICE\") }",
    "SELECT * { ?s ?p 'x'@service }",
    "SELECT * { _:service ?p ?o }",
]


@pytest.fixture
def outside() -> Iterator[socket.socket]:
    """A listener that nobody may connect to."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.setblocking(False)
        yield listener


def _aimed(sparql: str, listener: socket.socket) -> str:
    return sparql.replace("URL", OUTSIDE.format(port=listener.getsockname()[1]))


def _was_reached(listener: socket.socket) -> bool:
    try:
        listener.accept()
    except BlockingIOError:
        return False
    return True


@pytest.mark.parametrize("sparql", REACHING_OUT)
def test_query_that_reaches_out_is_refused(ask: Asker, outside: socket.socket, sparql: str) -> None:
    query = _aimed(sparql, outside)
    assert find_syntax_fault(query) is None
    response = ask.query(query)
    assert response.status_code == 403
    assert response.json()["type"].endswith("#query-refused")
    assert not _was_reached(outside)
    with pytest.raises(QueryRefused):
        refuse_outbound(query)


@pytest.mark.parametrize("sparql", MALFORMED)
def test_spelling_that_is_no_keyword_is_malformed(
    ask: Asker, outside: socket.socket, sparql: str
) -> None:
    response = ask.query(_aimed(sparql, outside))
    assert response.status_code == 400
    assert not _was_reached(outside)


@pytest.mark.parametrize("sparql", HARMLESS)
def test_word_that_is_no_keyword_is_answered(
    ask: Asker, outside: socket.socket, sparql: str
) -> None:
    assert ask.query(_aimed(sparql, outside)).status_code == 200


@pytest.mark.parametrize(
    ("sparql", "keyword", "found"),
    [
        ("SELECT * FROM <urn:g> { ?s ?p ?o }", "FROM", True),
        ("SELECT * from\tnamed<urn:g>{ ?s ?p ?o }", "FROM", True),
        (
            "SELECT (1 AS ?from) (2 AS ?FROM) { FILTER('\\from' = '\\\\from') } # from",
            "FROM",
            False,
        ),
        ("SELECT ?xxxx { ?xxxx ?from ?XXXXX }", "FROM", False),
        ("SELECT * FROM <urn:g> {", "FROM", False),
    ],
)
def test_keyword_is_told_from_the_same_letters_elsewhere(
    sparql: str, keyword: str, found: bool
) -> None:
    assert has_keyword(sparql, keyword) is found
