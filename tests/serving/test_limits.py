"""Time, memory, places and length are limited, and a cut answer can't pass for a whole one."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import httpx
import pytest
from pyoxigraph import Literal, NamedNode, Quad

from serving.asking import Asker, never_ending, write_store
from undersigned.iris import Iris
from undersigned.serving.answering import COMPLETE
from undersigned.serving.app import make_app
from undersigned.serving.limits import ServeSettings
from undersigned.serving.parts import PARTS
from undersigned.serving.revision import LatestRevision
from undersigned.serving.site import Site
from undersigned.terms import RDFS_LABEL

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from starlette.types import ASGIApp, Message

ROWS = "SELECT * { ?s ?p ?o }"
PRODUCT = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
QUIET_PRODUCT = f"{PRODUCT[:-1]} FILTER(CONCAT(?c, ?f, ?i, ?l) = 'none') }}"
"""Gives no row for a long time."""
DOUBLED = " ".join(f"BIND(CONCAT(?x{n}, ?x{n}) AS ?x{n + 1})" for n in range(28))
DOUBLING = f"SELECT (STRLEN(?x28) AS ?n) {{ BIND('0123456789' AS ?x0) {DOUBLED} }}"
"""2.7 GB of text."""


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of 1,000 labels."""
    graph = Iris().knowledge
    quads = [
        Quad(NamedNode(f"urn:{number}"), RDFS_LABEL, Literal(str(number)), graph)
        for number in range(1_000)
    ]
    return write_store(tmp_path_factory.mktemp("many") / "store", quads)


def kind_of(response: httpx.Response) -> str:
    assert response.headers["content-type"] == "application/problem+json"
    return str(response.json()["type"]).partition("#")[2]


@pytest.mark.parametrize("settings", [{"answer_bytes": 20_000}, {"answer_rows": 100}])
@pytest.mark.parametrize("sparql", [ROWS, "CONSTRUCT WHERE { ?s ?p ?o }", PRODUCT])
def test_answer_beyond_a_limit_is_a_problem_and_not_a_part(
    many: Path, make_asker: Callable[..., Asker], settings: dict[str, int], sparql: str
) -> None:
    ask = make_asker(many, ServeSettings(**settings))  # type: ignore[arg-type]  # two of its fields
    assert ask.query(f"{sparql} LIMIT 10").status_code == 200
    cut = ask.query(sparql)
    assert cut.status_code == 413
    assert kind_of(cut) == "answer-too-long"


def test_rows_are_counted_in_every_format(many: Path, make_asker: Callable[..., Asker]) -> None:
    ask = make_asker(many, ServeSettings(answer_rows=500))
    for form in ("json", "xml", "csv", "tsv"):
        options = {"query": f"{ROWS} LIMIT 450", "format": form}
        assert ask("GET", params=options).status_code == 200
        options = {"query": f"{ROWS} LIMIT 600", "format": form}
        assert ask("GET", params=options).status_code == 413


def test_query_ends_with_its_time(many: Path, make_asker: Callable[..., Asker]) -> None:
    ask = make_asker(many, ServeSettings(timeout_seconds=0.4))
    slow = ask.query(QUIET_PRODUCT)
    assert slow.status_code == 504
    assert kind_of(slow) == "timeout"
    assert ask.site.queries.running == {}
    assert ask.query(ROWS).status_code == 200


def test_query_ends_with_its_processor_time(many: Path, make_asker: Callable[..., Asker]) -> None:
    ask = make_asker(many, ServeSettings(timeout_seconds=60, cpu_seconds=0.1))
    slow = ask.query(QUIET_PRODUCT)
    assert slow.status_code == 504
    assert "processor time" in slow.json()["detail"]


@pytest.mark.parametrize("sparql", [DOUBLING, f"{PRODUCT} ORDER BY ?c ?f ?i ?l"])
def test_query_ends_with_its_memory(
    many: Path, make_asker: Callable[..., Asker], sparql: str
) -> None:
    ask = make_asker(many, ServeSettings(memory_bytes=64 * 1024 * 1024, timeout_seconds=60))
    greedy = ask.query(sparql)
    assert greedy.status_code == 422
    assert kind_of(greedy) == "memory-exceeded"
    assert ask.query(ROWS).status_code == 200


def test_query_that_holds_most_ends_when_memory_is_short(
    many: Path, make_asker: Callable[..., Asker]
) -> None:
    settings = ServeSettings(memory_together_bytes=48 * 1024 * 1024, timeout_seconds=60)
    ended = make_asker(many, settings).query(f"{PRODUCT} ORDER BY ?c ?f ?i ?l")
    assert ended.status_code == 503
    assert "memory" in ended.json()["detail"]


def test_slow_queries_leave_the_quick_lane(many: Path, make_asker: Callable[..., Asker]) -> None:
    settings = ServeSettings(timeout_seconds=2, quick_workers=1, quick_seconds=0.05)
    slow, *quick = make_asker(many, settings).together(QUIET_PRODUCT, *[ROWS] * 20)
    assert slow.status_code == 504
    assert [response.status_code for response in quick] == [200] * 20


def test_places_for_slow_queries_are_limited(many: Path, make_asker: Callable[..., Asker]) -> None:
    settings = ServeSettings(timeout_seconds=3, long_queries=2, quick_seconds=0.02)
    statuses = [r.status_code for r in make_asker(many, settings).together(*[QUIET_PRODUCT] * 4)]
    assert sorted(statuses) == [503, 503, 504, 504]


def test_one_client_can_not_take_all_places(many: Path, make_asker: Callable[..., Asker]) -> None:
    settings = ServeSettings(timeout_seconds=3, quick_seconds=0.02, long_queries_per_client=1)
    busy, timed_out = sorted(
        make_asker(many, settings).together(QUIET_PRODUCT, QUIET_PRODUCT + "# again"),
        key=lambda response: response.status_code,
    )
    assert (busy.status_code, timed_out.status_code) == (503, 504)
    assert busy.headers["retry-after"] == "5"


def test_further_queries_are_turned_away_when_too_many_wait(
    many: Path, make_asker: Callable[..., Asker]
) -> None:
    ask = make_asker(many, ServeSettings(quick_workers=1, waiting_queries=2))
    statuses = [r.status_code for r in ask.together(*[f"{ROWS} # {n}" for n in range(12)])]
    assert set(statuses) == {200, 503}
    assert ask.query(ROWS).status_code == 200


def test_nobody_in_the_line_is_passed_over(many: Path, make_asker: Callable[..., Asker]) -> None:
    """Clients that ask again at once must not overtake the one who waits all the time."""
    ask = make_asker(many, ServeSettings(quick_workers=1))

    async def race() -> int:
        async def asked(text: str) -> None:
            answer = await ask.client.get("/sparql", params={"query": f"{ROWS} # {text}"})
            assert answer.status_code == 200

        first = asyncio.gather(*(asked(f"first {n}") for n in range(8)))
        later = 0
        while not first.done():
            await asyncio.gather(*(asked(f"later {later} {n}") for n in range(8)))
            later += 1
        return later

    assert ask.run(race()) < 20


def test_body_that_does_not_arrive_is_not_waited_for(
    many: Path, make_asker: Callable[..., Asker]
) -> None:
    ask = make_asker(many, ServeSettings(timeout_seconds=0.05))
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    assert ask("POST", content=never_ending(), headers=headers).status_code == 408


def test_query_ends_when_its_client_has_gone(many: Path, make_asker: Callable[..., Asker]) -> None:
    ask = make_asker(many, ServeSettings(timeout_seconds=60))

    async def leave() -> None:
        app = make_app(ask.site, PARTS)
        sent: list[Message] = []
        messages: Iterator[Message] = iter(
            [{"type": "http.request", "body": b""}, {"type": "http.disconnect"}]
        )

        async def receive() -> Message:
            return next(messages)

        async def send(message: Message) -> None:
            sent.append(message)

        scope = {
            "type": "http", "method": "GET", "path": "/sparql", "http_version": "1.1",
            "query_string": str(httpx.QueryParams({"query": QUIET_PRODUCT})).encode(),
            "headers": [(b"host", b"localhost")], "client": ("192.0.2.1", 1),
        }  # fmt: skip
        await app(scope, receive, send)
        assert sent[0]["status"] == 499

    ask.run(leave())
    assert ask.site.queries.running == {}
    assert ask.site.queries.outcomes == {"client-gone": 1}


@pytest.fixture
def streaming(many: Path, serve_app: Callable[[ASGIApp], str]) -> str:
    """A server that streams all but short answers."""
    settings = ServeSettings(whole_bytes=10_000, answer_bytes=500_000)
    return serve_app(make_app(Site(LatestRevision(many), settings), PARTS)) + "/sparql"


def test_long_answer_is_streamed_and_says_so(streaming: str) -> None:
    for form, line_count in (("csv", 1_001), ("tsv", 1_001)):
        answer = httpx.get(streaming, params={"query": ROWS, "format": form})
        assert answer.headers[COMPLETE] == "at-end-of-chunks"
        assert "content-length" not in answer.headers
        assert len(answer.text.splitlines()) == line_count
    short = httpx.get(streaming, params={"query": f"{ROWS} LIMIT 1"})
    assert short.headers[COMPLETE] == "yes"
    assert "content-length" in short.headers


def test_streamed_answer_that_fails_is_cut_off(streaming: str) -> None:
    with pytest.raises(httpx.RemoteProtocolError, match="incomplete chunked read"):
        httpx.get(streaming, params={"query": PRODUCT, "format": "csv"})
    assert httpx.get(streaming, params={"query": ROWS}).status_code == 200


def test_client_without_chunks_gets_the_whole_or_a_problem(streaming: str) -> None:
    async def asked(sparql: str) -> bytes:
        url = httpx.URL(streaming, params={"query": sparql})
        reader, writer = await asyncio.open_connection(url.host, url.port)
        writer.write(b"GET %s HTTP/1.0\r\nHost: localhost\r\n\r\n" % url.raw_path)
        answer = await reader.read()
        writer.close()
        return answer

    whole = asyncio.run(asked(ROWS))
    assert whole.startswith(b"HTTP/1.1 200")
    assert whole.endswith(b"]}}")
    assert asyncio.run(asked(PRODUCT)).startswith(b"HTTP/1.1 413")
