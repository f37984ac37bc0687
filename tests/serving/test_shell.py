"""Headers, caching, CORS, hosts."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest
from pyoxigraph import Literal, Triple

from serving.asking import Asker
from undersigned.errors import StoreUnreadable
from undersigned.iris import Iris
from undersigned.serving.app import make_app
from undersigned.serving.limits import ServeSettings
from undersigned.serving.revision import LatestReader
from undersigned.store.embedded import memory_store, open_writer
from undersigned.terms import RDFS_LABEL

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from starlette.applications import Starlette

    from undersigned.store.base import GraphReader

QUERY = "SELECT * { ?s ?p ?o }"


@pytest.mark.parametrize("path", ["/", "/sparql", "/health", "/nowhere"])
def test_every_answer_has_the_safety_headers(ask: Asker, path: str) -> None:
    headers = ask("GET", path).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert "default-src 'none'" in headers["content-security-policy"]
    assert "unsafe" not in headers["content-security-policy"]
    assert "server" not in headers


def test_any_site_may_read_without_credentials(ask: Asker) -> None:
    read = ask.query(QUERY, Origin="https://reader.example")
    assert read.headers["access-control-allow-origin"] == "*"
    assert "access-control-allow-credentials" not in read.headers
    failed = ask.query("nonsense", Origin="https://reader.example")
    assert failed.headers["access-control-allow-origin"] == "*"
    preflight = {
        "Origin": "https://reader.example",
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "content-type",
    }
    assert ask("OPTIONS", headers=preflight).status_code == 200
    write = {**preflight, "Access-Control-Request-Method": "DELETE"}
    assert ask("OPTIONS", headers=write).status_code == 400


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("localhost", 200),
        ("LOCALHOST:8000", 200),
        ("127.0.0.1:8000", 200),
        ("[::1]:8000", 200),
        ("rebound.example", 421),
        ("localhost.rebound.example", 421),
        ("", 400),
        ("local host", 400),
        ("localhost:80:80", 400),
    ],
)
def test_loopback_server_answers_under_its_own_names_only(
    ask: Asker, host: str, status: int
) -> None:
    assert ask("GET", "/health", headers={"Host": host}).status_code == status


def test_known_answer_is_not_sent_again_until_the_revision_changes(
    make_asker: Callable[[Starlette], Asker],
) -> None:
    graph = Iris().knowledge
    store = memory_store()
    ask = make_asker(make_app(lambda: store, ServeSettings()))
    first = ask.query(QUERY)
    known = {"If-None-Match": f'"other", {first.headers["etag"]}'}
    again = ask("GET", params={"query": QUERY}, headers=known)
    assert again.status_code == 304
    assert again.content == b""
    assert again.headers["etag"] == first.headers["etag"]
    csv = ask("GET", params={"query": QUERY}, headers={**known, "Accept": "text/csv"})
    assert csv.status_code == 200
    store.replace_graphs({graph: [Triple(graph, RDFS_LABEL, Literal("new"))]})
    store.publish()
    changed = ask("GET", params={"query": QUERY}, headers=known)
    assert changed.status_code == 200
    assert len(changed.json()["results"]["bindings"]) == 1


def test_what_a_load_published_is_seen_without_a_restart(
    tmp_path: Path, make_asker: Callable[[Starlette], Asker]
) -> None:
    graph = Iris().knowledge
    latest = LatestReader(tmp_path / "store")
    ask = make_asker(make_app(latest, ServeSettings()))
    assert ask.query(QUERY).status_code == 503
    with open_writer(tmp_path / "store") as writer:
        for count in (1, 2):
            labels = [Literal(str(number)) for number in range(count)]
            writer.replace_graphs({graph: [Triple(graph, RDFS_LABEL, label) for label in labels]})
            writer.publish()
            assert len(ask.query(QUERY).json()["results"]["bindings"]) == count
    assert latest() is latest()


def test_store_that_can_not_be_read_is_a_problem_without_its_path(
    make_asker: Callable[[Starlette], Asker],
) -> None:
    def broken() -> GraphReader:
        raise StoreUnreadable("/secret/place: no store there")

    ask = make_asker(make_app(broken, ServeSettings()))
    for path in ("/health", "/sparql", "/sparql?query=ASK%7B%7D"):
        response = ask("GET", path)
        assert response.status_code == 503
        assert "secret" not in response.text


def test_bug_is_told_to_the_server_and_not_to_the_client() -> None:
    def broken() -> GraphReader:
        raise ZeroDivisionError("/secret/place")

    app = make_app(broken, ServeSettings())
    with asyncio.Runner() as runner:
        with pytest.raises(ZeroDivisionError):
            Asker(app, runner).query(QUERY)
        response = Asker(app, runner, raises_bugs=False).query(QUERY)
    assert response.status_code == 500
    assert response.json()["type"].endswith("#internal")
    assert "secret" not in response.text
    assert response.headers["x-content-type-options"] == "nosniff"
