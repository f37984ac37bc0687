"""What a request of the SPARQL 1.1 protocol gets, as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import pytest

from undersigned.serving.limits import ServeSettings

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from serving.asking import Asker

ALL = "SELECT ?s WHERE { ?s ?p ?o }"
DIRECT = {"Content-Type": "application/sparql-query"}
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
SOURCE = "https://w3id.org/undersigned/source/daily-2024-05-01"
KNOWLEDGE = "https://w3id.org/undersigned/graph/knowledge"

ANSWERED: dict[str, tuple[str, dict[str, Any]]] = {
    "get": ("GET", {"params": {"query": ALL}}),
    "post form": ("POST", {"data": {"query": ALL}}),
    "post form with charset": (
        "POST",
        {"content": urlencode({"query": ALL}), "headers": {
            "Content-Type": 'Application/X-WWW-Form-Urlencoded; charset="UTF-8"'}},
    ),
    "post direct": ("POST", {"content": ALL, "headers": DIRECT}),
    "unknown parameters are passed over": ("GET", {"params": {"query": ALL, "timeout": "9"}}),
    "comment with the word": ("GET", {"params": {"query": f"# LOAD and SERVICE\n{ALL}"}}),
}  # fmt: skip

REFUSED: dict[str, tuple[str, dict[str, Any], int, str]] = {
    "malformed": ("GET", {"params": {"query": "SELECT WHERE"}}, 400, "query-malformed"),
    "empty query": ("GET", {"params": {"query": ""}}, 400, "query-malformed"),
    "two queries": ("GET", {"params": {"query": [ALL, ALL]}}, 400, "request-malformed"),
    "query in both places": (
        "POST", {"params": {"query": ALL}, "content": ALL, "headers": DIRECT}, 400,
        "request-malformed",
    ),
    "no query in the form": ("POST", {"data": {"quarry": ALL}}, 400, "request-malformed"),
    "body not UTF-8": (
        "POST", {"content": b"ASK { # \xff\n}", "headers": DIRECT}, 400, "request-malformed",
    ),
    "graph is no IRI": (
        "GET", {"params": {"query": ALL, "default-graph-uri": "x y"}}, 400, "request-malformed",
    ),
    "update in the form": ("POST", {"data": {"update": "CLEAR ALL"}}, 403, "update-refused"),
    "update by get": ("GET", {"params": {"update": "CLEAR ALL"}}, 403, "update-refused"),
    "update direct": (
        "POST",
        {"content": "CLEAR ALL", "headers": {"Content-Type": "application/sparql-update"}},
        403, "update-refused",
    ),
    "update as a query": (
        "GET",
        {"params": {"query": "# hello\nPREFIX ex: <urn:> INSERT DATA { ex:a ex:b ex:c }"}},
        400, "update-refused",
    ),
    "load as a query": (
        "GET", {"params": {"query": "LOAD <http://127.0.0.1:1/x>"}}, 400, "update-refused",
    ),
    "nothing acceptable": (
        "GET", {"params": {"query": ALL}, "headers": {"Accept": "image/png"}}, 406,
        "not-acceptable",
    ),
    "unknown format": (
        "GET", {"params": {"query": ALL, "format": "cvs"}}, 406, "format-unknown",
    ),
    "body too long": (
        "POST", {"content": "#" * 70_000 + ALL, "headers": DIRECT}, 413, "query-too-long",
    ),
    "no content type": ("POST", {"content": ALL}, 415, "media-type-unsupported"),
    "wrong content type": (
        "POST", {"content": ALL, "headers": {"Content-Type": "text/plain"}}, 415,
        "media-type-unsupported",
    ),
    "other charset": (
        "POST",
        {"content": ALL.encode("utf-16"),
         "headers": {"Content-Type": "application/sparql-query; charset=utf-16"}},
        415, "media-type-unsupported",
    ),
    "compressed": (
        "POST", {"content": ALL, "headers": {**DIRECT, "Content-Encoding": "gzip"}}, 415,
        "media-type-unsupported",
    ),
    "function that is not there": (
        "GET", {"params": {"query": "SELECT (<urn:f>(1) AS ?x) {}"}}, 422, "query-unsupported",
    ),
    "delete": ("DELETE", {"params": {"query": ALL}}, 405, "http"),
}  # fmt: skip


@pytest.mark.parametrize("case", ANSWERED)
def test_query_is_answered_however_the_protocol_lets_it_be_sent(ask: Asker, case: str) -> None:
    method, options = ANSWERED[case]
    response = ask(method, **options)
    assert response.status_code == 200
    assert response.headers["content-type"] == "application/sparql-results+json"
    assert response.headers["undersigned-complete"] == "yes"
    assert len(response.json()["results"]["bindings"]) == 5


@pytest.mark.parametrize("case", REFUSED)
def test_bad_request_gets_a_problem_that_names_its_kind(ask: Asker, case: str) -> None:
    method, options, status, kind = REFUSED[case]
    response = ask(method, **options)
    assert response.status_code == status
    assert response.headers["content-type"] == "application/problem+json"
    problem = response.json()
    assert problem["type"].endswith(f"#{kind}")
    assert problem["status"] == status
    assert "Traceback" not in response.text
    assert "/" not in problem["detail"].replace(
        "application/sparql-query", ""
    ).replace("application/x-www-form-urlencoded", "")  # fmt: skip


def test_parameters_that_are_no_utf8_are_malformed(ask: Asker) -> None:
    for path in ("/sparql?query=%ff", "/sparql?query=ASK%7B%7D&default-graph-uri=%c3%28"):
        assert ask("GET", path).json()["type"].endswith("#request-malformed")


def test_query_string_has_a_limit(store: Path, make_asker: Callable[..., Asker]) -> None:
    ask = make_asker(store, ServeSettings(query_bytes=200))
    assert ask.query(ALL).status_code == 200
    assert ask.query(ALL + "#" * 200).status_code == 414


def test_malformed_query_is_told_its_line_and_column(ask: Asker) -> None:
    problem = ask.query("SELECT * {\n  ?s ?p \n}").json()
    assert (problem["line"], problem["column"]) == (3, 2)
    assert "line 3, column 2" in problem["detail"]


def test_place_in_the_first_line_counts_from_its_own_start(ask: Asker) -> None:
    assert ask.query("SELECT * { ?s ?p }").json()["column"] == 19


def test_relative_iri_starts_at_the_base_of_the_graph(ask: Asker) -> None:
    assert ask.query("ASK { <person/ada-example> ?p ?o }").json()["boolean"] is True
    assert ask.query("BASE <urn:x:> ASK { <person/ada-example> ?p ?o }").json()["boolean"] is False


def test_wrong_method_is_told_the_right_ones(ask: Asker) -> None:
    allowed = ask("PUT").headers["allow"]
    assert set(allowed.split(", ")) == {"GET", "HEAD", "POST", "OPTIONS"}
    assert ask("OPTIONS").status_code == 204


@pytest.mark.parametrize(
    ("parameters", "sparql", "found"),
    [
        ({}, "SELECT ?s { ?s ?p ?o }", 5),
        ({}, "SELECT ?s { GRAPH ?g { ?s ?p ?o } }", 6),
        ({}, f"SELECT ?s FROM <{SOURCE}> {{ ?s ?p ?o }}", 1),
        ({}, f"SELECT ?s FROM NAMED <{SOURCE}> {{ GRAPH ?g {{ ?s ?p ?o }} }}", 1),
        ({"default-graph-uri": SOURCE}, "SELECT ?s { ?s ?p ?o }", 1),
        ({"default-graph-uri": [SOURCE, KNOWLEDGE]}, "SELECT ?s { ?s ?p ?o }", 6),
        ({"default-graph-uri": SOURCE}, "SELECT ?s { GRAPH ?g { ?s ?p ?o } }", 0),
        ({"default-graph-uri": SOURCE}, f"SELECT ?s FROM <{KNOWLEDGE}> {{ ?s ?p ?o }}", 1),
        ({"named-graph-uri": SOURCE}, "SELECT ?s { GRAPH ?g { ?s ?p ?o } }", 1),
        ({"named-graph-uri": SOURCE}, "SELECT ?s { ?s ?p ?o }", 0),
    ],
)
def test_dataset_of_the_request_comes_before_that_of_the_query(
    ask: Asker, parameters: dict[str, Any], sparql: str, found: int
) -> None:
    response = ask("GET", params={"query": sparql, **parameters})
    assert len(response.json()["results"]["bindings"]) == found


def test_head_has_the_headers_of_get_and_no_body(ask: Asker) -> None:
    head = ask("HEAD", params={"query": ALL})
    get = ask("GET", params={"query": ALL})
    assert head.content == b""
    assert head.headers == get.headers


def test_bare_get_describes_the_service_without_federation(ask: Asker) -> None:
    response = ask("GET")
    assert response.headers["content-type"].startswith("text/turtle")
    assert "http://localhost/sparql" in response.text
    assert "sd:SPARQL11Query" in response.text
    assert "Federat" not in response.text
    assert "Update" not in response.text


def test_home_page_and_health(ask: Asker) -> None:
    home = ask("GET", "/")
    assert home.headers["content-type"].startswith("text/html")
    assert 'action="/search"' in home.text
    health = ask("GET", "/health")
    assert health.json() == {"status": "ok", "revision": ask.site.latest().name}
    assert ask("GET", "/nowhere").status_code == 404
