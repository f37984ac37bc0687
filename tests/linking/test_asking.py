"""The look-up of names at an endpoint: what is sent, and what is said when the answer is bad."""

from __future__ import annotations

import socket
import threading
from typing import TYPE_CHECKING

import pytest

from linking.conftest import WD, Answering
from undersigned import __version__
from undersigned.errors import EndpointAnswerInvalid, EndpointUnreachable, QueryInvalid
from undersigned.linking.asking import LARGEST_ANSWER_BYTES, Endpoint, Entry, look_up
from undersigned.linking.link import wikidata_query

if TYPE_CHECKING:
    from collections.abc import Callable

QUERY = wikidata_query("person")


def asked(url: str, *names: str, sparql: str = QUERY, **more: float) -> list[Entry]:
    endpoint = Endpoint(url=url, pause_seconds=0, **more)  # type: ignore[arg-type] # whole numbers too
    return [entry for batch in look_up(endpoint, sparql, names) for entry in batch]


def found(url: str, *names: str, sparql: str = QUERY) -> list[tuple[str, str]]:
    return sorted(
        (entry.name, entry.link.value.removeprefix(WD))
        for entry in asked(url, *names, sparql=sparql)
    )


def test_people_are_found_by_label_and_alias_and_films_are_not(outside: str) -> None:
    assert found(outside, "Ann Poe", "Bob Roe", "Cy Moe") == [
        ("Ann Poe", "Q101"),
        ("Ann Poe", "Q102"),
        ("Bob Roe", "Q103"),
    ]


def test_organizations_are_found_by_their_class_or_one_above(outside: str) -> None:
    query = wikidata_query("organization")
    assert found(outside, "Office of Books", "Ann Poe", sparql=query) == [
        ("Office of Books", "Q107")
    ]


def test_names_are_put_in_as_terms(outside: str) -> None:
    evil = '" } SELECT * { ?s ?p ?o } #'
    names = ('Zoë "Zed" O’Neil', evil, "back\\slash", "line\nbreak", "UNDEF }")
    assert found(outside, *names) == [('Zoë "Zed" O’Neil', "Q105")]


def test_names_go_in_batches_with_the_name_of_the_program(
    answering: Callable[[Answering], str],
) -> None:
    answer = Answering()
    assert asked(answering(answer), "Ann Poe", "Bob Roe", "Cy Moe", batch_names=2) == []
    assert len(answer.sent) == 2
    assert '"Ann Poe"@en "Ann Poe" "Bob Roe"@en "Bob Roe" }' in answer.sent[0]["query"]
    assert '{ "Cy Moe"@en "Cy Moe" }' in answer.sent[1]["query"]
    assert {agent.split()[0] for agent in answer.agents} == {f"undersigned/{__version__}"}


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        (Answering(status=503), "answered with status 503"),
        (Answering(status=429, headers={"Retry-After": "30"}), "429 .*try again in 30 seconds"),
        (Answering(status=400, body=b"Malformed query"), "can't be asked"),
        (Answering(status=500, body=b"Out of memory"), "can't be asked"),
        (Answering(status=404), "can't be asked"),
    ],
    ids=lambda value: str(value.status) if isinstance(value, Answering) else "",
)
def test_an_error_of_the_endpoint_is_told(
    answering: Callable[[Answering], str], answer: Answering, message: str
) -> None:
    with pytest.raises(EndpointUnreachable, match=message):
        asked(answering(answer), "Ann Poe")


@pytest.mark.parametrize(
    "body",
    [
        b"<html><body>Welcome</body></html>",
        b"",
        b"[]",
        b'{"boolean": true}',
        b'{"results": {"bindings": [{"other": {"type": "uri", "value": "urn:x"}}]}}',
        b'{"results": {"bindings": [{"name": {"type": "literal", "value": "x"}, "entry": {}}]}}',
        b'{"results": {"bindings": [{"name": {"type": "literal", "value": "x"}, '
        b'"entry": {"type": "uri", "value": "no IRI"}}]}}',
    ],
)
def test_an_answer_that_is_no_result_is_told(
    answering: Callable[[Answering], str], body: bytes
) -> None:
    with pytest.raises(EndpointAnswerInvalid, match="expected SPARQL results as JSON"):
        asked(answering(Answering(body=body)), "Ann Poe")


def test_an_answer_too_large_is_told(answering: Callable[[Answering], str]) -> None:
    with pytest.raises(EndpointAnswerInvalid, match="more than 20,000,000 bytes"):
        asked(answering(Answering(body=b" " * (LARGEST_ANSWER_BYTES + 1))), "Ann Poe")


def test_entries_without_an_iri_are_left_out(answering: Callable[[Answering], str]) -> None:
    row = b'{"name": {"type": "literal", "value": "x"}, "entry": {"type": "bnode", "value": "b"}}'
    answer = Answering(body=b'{"results": {"bindings": [' + row + b"]}}")
    assert asked(answering(answer), "x") == []


def test_an_endpoint_that_does_not_answer_in_time_is_told(
    answering: Callable[[Answering], str],
) -> None:
    silent = threading.Event()
    url = answering(Answering(silent=silent))
    with pytest.raises(EndpointUnreachable, match=r"no answer within 0\.2 seconds"):
        asked(url, "Ann Poe", timeout_seconds=0.2)
    silent.set()


def test_a_dead_endpoint_is_told() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    with pytest.raises(EndpointUnreachable, match=rf"{port}/sparql: can't be asked"):
        asked(f"http://127.0.0.1:{port}/sparql", "Ann Poe")


@pytest.mark.parametrize(
    "url", ["file:///etc/hosts", "wikidata", "", "ftp://x.example/", "http://"]
)
def test_what_is_no_web_address_is_never_opened(url: str) -> None:
    with pytest.raises(EndpointUnreachable, match="expected a web address"):
        asked(url, "Ann Poe")


@pytest.mark.parametrize(
    ("sparql", "message"),
    [
        ("SELECT * { ?s ?p ?o }", "no place for the names"),
        ("SELECT * { VALUES ?name { UNDEF } ", "not SPARQL 1.1: line 1"),
    ],
)
def test_a_look_up_query_is_checked_before_anything_is_sent(sparql: str, message: str) -> None:
    with pytest.raises(QueryInvalid, match=message):
        asked("http://127.0.0.1:9/sparql", "Ann Poe", sparql=sparql)
