"""Whatever is sent, the server itself never fails."""

from __future__ import annotations

from typing import TYPE_CHECKING

import httpx
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

if TYPE_CHECKING:
    from serving.asking import Asker

HEADER_NAMES = st.sampled_from(
    ["accept", "content-type", "content-length", "content-encoding", "if-none-match", "origin",
     "host", "range", "x-other"]
)  # fmt: skip
HEADER_VALUES = st.one_of(
    st.sampled_from(
        ["application/sparql-query", "application/x-www-form-urlencoded", "*/*", "text/csv;q=0",
         "application/sparql-query; charset=latin-1", "application/json;;q=0.2,a/b;q=9", "W/\"\"",
         "99999999999999999999", "-1", "localhost", "[::1]:80"]
    ),
    st.text(st.characters(min_codepoint=32, max_codepoint=255), max_size=60),
)  # fmt: skip
QUERIES = st.one_of(
    st.text(max_size=80),
    st.lists(
        st.sampled_from(
            ["SELECT", "*", "?s", "{", "}", "?s ?p ?o", "FROM", "<urn:g>", "SERVICE", "#",
             "\\u0022",
             "'", '"', "WHERE", "ASK", "CONSTRUCT", "DESCRIBE", "FILTER", "(", ")", "INSERT DATA",
             "LOAD", "PREFIX a: <urn:>", "a:b", "BIND", "AS", "xxxxxxx", "\n", "VALUES", "1e9",
             "ORDER BY", "LIMIT 5", "GROUP BY", "COUNT(*)", "GRAPH", "MINUS", "\U0010FFFF"]
        ),
        max_size=14,
    ).map(" ".join),
)  # fmt: skip


PATHS = st.one_of(
    st.sampled_from(
        ["/", "/letters", "/people", "/organizations", "/statements", "/sources", "/network",
         "/network.json", "/search", "/suggest", "/query", "/query/network.json", "/questions",
         "/questions/signatories", "/questions/co-signers.csv", "/reconcile", "/reconcile/preview",
         "/reconcile/suggest/entity", "/export", "/ontology", "/graph/knowledge", "/static/x",
         "/person/ada-example", "/person/ada-example.html", "/letter/harbour-appeal.ttl",
         "/.well-known/void", "/metrics", "/running/1"]
    ),
    st.text(
        st.characters(min_codepoint=33, max_codepoint=126, exclude_characters="#?"), max_size=30
    ).map(lambda end: f"/{end}"),
)  # fmt: skip
FIELDS = st.lists(
    st.tuples(
        st.sampled_from(
            ["q", "page", "type", "year", "kind", "order", "stance", "topic", "outlet", "query",
             "view", "example", "load", "person", "letter", "queries", "extend", "id", "prefix",
             "format", "scope", "why", "iris", "since", "limit"]
        ),
        st.one_of(
            st.text(max_size=20),
            st.sampled_from(["-1", "0", "99999999999999999999", "null", "{}", '{"q0":{"query":""}}',
                             "[]", "<urn:a>", "urn:a", "2024-13-40", "%", '"', "*", "NEAR(", "\0"]),
        ),
    ),
    max_size=4,
)  # fmt: skip


def _status(
    ask: Asker, method: str, query_string: str, headers: list[tuple[str, str]], body: bytes
) -> int:
    raw = [(name.encode(), value.encode("latin-1")) for name, value in headers]
    path = "/graphs" if query_string.startswith("graph") else "/sparql"
    url = httpx.URL("http://localhost", path=path, query=query_string.encode())
    return ask.send(httpx.Request(method, url, headers=raw, content=body)).status_code


@settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(
    method=st.sampled_from(["GET", "HEAD", "POST", "PUT", "OPTIONS"]),
    query_string=st.text(
        st.characters(min_codepoint=33, max_codepoint=126, exclude_characters="#"), max_size=60
    ),
    headers=st.lists(st.tuples(HEADER_NAMES, HEADER_VALUES), max_size=4),
    body=st.binary(max_size=80),
)
@example("POST", "", [("content-type", "application/sparql-query")], b"\xff")
@example("GET", "query=%00", [("accept", "a/b;q=")], b"")
@example("GET", "graph=%00", [], b"")
@example("GET", "graph=a%20b&default", [], b"")
@example("GET", "", [("host", "a b")], b"")
@example("GET", "", [("host", "N:80:x"), ("host", "localhost")], b"")
def test_no_request_makes_the_server_fail(
    ask: Asker, method: str, query_string: str, headers: list[tuple[str, str]], body: bytes
) -> None:
    assert _status(ask, method, query_string, headers, body) < 500


@settings(max_examples=150, deadline=None)
@given(query=QUERIES, accept=HEADER_VALUES)
def test_no_query_makes_the_server_fail(ask: Asker, query: str, accept: str) -> None:
    form = httpx.QueryParams({"query": query})
    content_type = ("content-type", "application/x-www-form-urlencoded")
    body = str(form).encode()
    assert _status(ask, "POST", "", [content_type, ("accept", accept)], body) < 500


@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    method=st.sampled_from(["GET", "HEAD", "POST"]),
    path=PATHS,
    fields=FIELDS,
    headers=st.lists(st.tuples(HEADER_NAMES, HEADER_VALUES), max_size=3),
)
def test_no_request_for_a_page_makes_the_server_fail(
    ask: Asker,
    method: str,
    path: str,
    fields: list[tuple[str, str]],
    headers: list[tuple[str, str]],
) -> None:
    raw = [(name.encode(), value.encode("latin-1")) for name, value in headers]
    url = httpx.URL("http://localhost").copy_with(path=path, params=fields)
    assert ask.send(httpx.Request(method, url, headers=raw)).status_code < 500
