"""Health, readiness, counts, the list of running queries, the log."""

from __future__ import annotations

import asyncio
import io
import json
import re
from typing import TYPE_CHECKING, Any

import pytest

from undersigned.serving.limits import ServeSettings
from undersigned.serving.request_log import RequestLog
from undersigned.serving.revision import LatestRevision
from undersigned.serving.site import Site

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from serving.asking import Asker

ALL = "SELECT * { ?s ?p ?o }"
VALUES = " ".join(f"VALUES ?v{n} {{ {' '.join(map(str, range(100)))} }}" for n in range(9))
ENDLESS = f"SELECT (COUNT(*) AS ?n) {{ {VALUES} }}"
TOKEN = {"Authorization": "Bearer tests-only"}


def test_server_is_ready_when_queries_find_workers(
    store: Path, make_asker: Callable[..., Asker]
) -> None:
    ask = make_asker(store)
    assert ask("GET", "/health").status_code == 200
    assert ask("GET", "/ready").status_code == 503
    ask.run(ask.site.queries.start())
    assert ask("GET", "/ready").json()["status"] == "ready"


def test_counts_are_in_the_format_of_prometheus(
    store: Path, make_asker: Callable[..., Asker]
) -> None:
    ask = make_asker(store)
    for query in (ALL, ALL, "nonsense"):
        ask.query(query)
    answer = ask("GET", "/metrics")
    assert answer.headers["content-type"].startswith("text/plain; version=0.0.4")
    lines = answer.text.splitlines()
    assert 'undersigned_http_requests_total{method="GET",status="200"} 2' in lines
    assert 'undersigned_http_requests_total{method="GET",status="400"} 1' in lines
    assert "undersigned_http_request_seconds_count 3" in lines
    assert 'undersigned_queries_ended_total{outcome="answered"} 1' in lines
    assert 'undersigned_queries_ended_total{outcome="query-malformed"} 1' in lines
    assert 'undersigned_cache_answers_total{found="yes"} 1' in lines
    samples = [line for line in lines if not line.startswith("#")]
    assert all(re.fullmatch(r'[a-z_]+(\{[a-z]+="[^"]*"(,[a-z]+="[^"]*")*\})? [\d.e+-]+', line)
               for line in samples)  # fmt: skip


def test_counts_of_a_public_server_take_the_token(
    store: Path, make_asker: Callable[..., Asker]
) -> None:
    ask = make_asker(store, ServeSettings(open_metrics=False, token="tests-only"))
    assert ask("GET", "/metrics").status_code == 401
    assert ask("GET", "/metrics", headers=TOKEN).status_code == 200
    assert (
        make_asker(store, ServeSettings(open_metrics=False))("GET", "/metrics").status_code == 404
    )


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 401),
        ({"Authorization": "Bearer wrong"}, 401),
        ({"Authorization": "Bearer "}, 401),
        ({"Authorization": "Basic tests-only"}, 401),
        ({"Authorization": "tests-only"}, 401),
        ({"Authorization": "bearer tests-only"}, 200),
    ],
)
def test_running_queries_are_for_those_with_the_token(
    store: Path, make_asker: Callable[..., Asker], headers: dict[str, str], status: int
) -> None:
    ask = make_asker(store, ServeSettings(token="tests-only"))
    assert ask("GET", "/running", headers=headers).status_code == status
    assert ask("DELETE", "/running/1", headers=headers).status_code == (
        404 if status == 200 else 401
    )


def test_without_a_token_nobody_sees_running_queries(ask: Asker) -> None:
    for headers in ({}, {"Authorization": "Bearer "}, {"Authorization": "Bearer x"}):
        assert ask("GET", "/running", headers=headers).status_code == 404


def test_operator_sees_a_query_and_ends_it(store: Path, make_asker: Callable[..., Asker]) -> None:
    ask = make_asker(store, ServeSettings(token="tests-only", timeout_seconds=60))

    async def watched() -> tuple[dict[str, Any], int]:
        asked = asyncio.ensure_future(ask.client.post("/sparql", data={"query": ENDLESS}))
        running: list[dict[str, Any]] = []
        while not running or running[0]["lane"] != "long":
            await asyncio.sleep(0)  # lets the others go on: nothing here waits for the network
            running = (await ask.client.get("/running", headers=TOKEN)).json()["running"]
        path = f"/running/{running[0]['number']}"
        assert (await ask.client.delete(path, headers=TOKEN)).status_code == 204
        answer = await asked
        assert answer.json()["type"].endswith("#cancelled")
        return running[0], answer.status_code

    told, status = ask.run(watched())
    assert status == 503
    assert told["query"] == ENDLESS
    assert ask("GET", "/running", headers=TOKEN).json() == {"running": []}


@pytest.mark.parametrize("queries", [False, True])
def test_log_is_json_and_tells_queries_only_if_asked(
    store: Path, make_asker: Callable[..., Asker], queries: bool
) -> None:
    written = io.StringIO()
    log = RequestLog(written, queries=queries)
    site = Site(LatestRevision(store), ServeSettings(), log=log)
    ask = make_asker(store, site=site)
    ask.query(ALL)
    ask("POST", data={"query": ALL})
    lines = [json.loads(line) for line in written.getvalue().splitlines()]
    assert [(line["method"], line["path"], line["status"]) for line in lines] == [
        ("GET", "/sparql", 200),
        ("POST", "/sparql", 200),
    ]
    assert (ALL in written.getvalue()) is queries
    assert ("?s" in written.getvalue() or "%3Fs" in written.getvalue()) is queries
