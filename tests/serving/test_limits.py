"""Time, places and length of answers are limited, and a cut answer can't pass for a whole one."""

from __future__ import annotations

import asyncio
import threading
from typing import TYPE_CHECKING

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from undersigned.iris import Iris
from undersigned.serving.app import make_app
from undersigned.serving.buffer import AnswerBuffer, AnswerTooLong, QueryAbandoned
from undersigned.serving.limits import ServeSettings
from undersigned.serving.problems import Problem
from undersigned.serving.running import ClientGone, QueryRunner
from undersigned.store.embedded import memory_store
from undersigned.terms import RDFS_LABEL

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from starlette.applications import Starlette

    from serving.asking import Asker

ROWS = "SELECT * { ?s ?p ?o }"
PRODUCT = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
QUIET_PRODUCT = f"{PRODUCT[:-1]} FILTER(CONCAT(?c, ?f, ?i, ?l) = 'none') }}"
"""Gives no row, so that only the deadline ends the wait."""


def _many(count: int) -> list[Quad]:
    graph = Iris().knowledge
    return [
        Quad(NamedNode(f"urn:{number}"), RDFS_LABEL, Literal(str(number)), graph)
        for number in range(count)
    ]


async def _stays() -> None:
    await asyncio.Event().wait()


def test_answer_beyond_the_limit_is_a_problem_and_not_a_part(
    make_asker: Callable[[Starlette], Asker],
) -> None:
    store = memory_store(_many(1_000))
    ask = make_asker(make_app(lambda: store, ServeSettings(answer_bytes=20_000)))
    assert ask.query(f"{ROWS} LIMIT 10").status_code == 200
    cut = ask.query(ROWS)
    assert cut.status_code == 413
    assert cut.json()["type"].endswith("#answer-too-long")


def test_endless_query_is_stopped_by_the_length_of_its_answer(
    make_asker: Callable[[Starlette], Asker],
) -> None:
    store = memory_store(_many(1_000))
    ask = make_asker(make_app(lambda: store, ServeSettings(answer_bytes=1_000_000)))
    assert ask.query(PRODUCT).status_code == 413


def test_client_gets_its_answer_when_the_time_is_up(
    make_asker: Callable[[Starlette], Asker],
) -> None:
    store = memory_store(_many(40))
    settings = ServeSettings(timeout_seconds=0.05, running_queries=1)
    ask = make_asker(make_app(lambda: store, settings))
    slow = ask.query(QUIET_PRODUCT)
    assert slow.status_code == 504
    assert slow.json()["type"].endswith("#timeout")
    # The engine goes on with it, so that the one place is still taken.
    busy = ask.query(ROWS)
    assert busy.status_code == 503
    assert busy.headers["retry-after"] == "5"


def test_body_that_does_not_arrive_is_not_waited_for(
    make_asker: Callable[[Starlette], Asker],
) -> None:
    async def stalled() -> AsyncIterator[bytes]:
        yield b"query=ASK"
        await asyncio.Event().wait()

    store = memory_store()
    ask = make_asker(make_app(lambda: store, ServeSettings(timeout_seconds=0.05)))
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    assert ask("POST", content=stalled(), headers=headers).status_code == 408


def test_queries_wait_for_their_turn(make_asker: Callable[[Starlette], Asker]) -> None:
    store = memory_store(_many(10))
    ask = make_asker(make_app(lambda: store, ServeSettings(running_queries=2)))
    assert [r.status_code for r in ask.together(*[ROWS] * 20)] == [200] * 20


def test_further_queries_are_turned_away_when_too_many_wait() -> None:
    go_on = threading.Event()
    settings = ServeSettings(running_queries=1, waiting_queries=1)

    async def three() -> list[object]:
        runner = QueryRunner(settings)
        first = asyncio.ensure_future(runner.run(lambda _: go_on.wait(), _stays))
        second = asyncio.ensure_future(runner.run(lambda _: "second", _stays))
        await asyncio.sleep(0)
        with pytest.raises(Problem, match="taken"):
            await runner.run(lambda _: "third", _stays)
        go_on.set()
        return list(await asyncio.gather(first, second))

    assert asyncio.run(three()) == [True, "second"]


def test_query_is_told_when_its_client_has_gone() -> None:
    told = threading.Event()

    def work(abandoned: threading.Event) -> None:
        if abandoned.wait(timeout=10):
            told.set()

    async def leave() -> None:
        """A client that goes at once."""

    async def run() -> None:
        with pytest.raises(ClientGone):
            await QueryRunner(ServeSettings()).run(work, leave)

    asyncio.run(run())
    assert told.wait(timeout=10)


def test_error_of_a_query_reaches_the_one_who_asked() -> None:
    def work(abandoned: threading.Event) -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        asyncio.run(QueryRunner(ServeSettings()).run(work, _stays))


def test_buffer_stops_the_writer() -> None:
    abandoned = threading.Event()
    buffer = AnswerBuffer(5, abandoned)
    assert buffer.write(b"12345") == 5
    with pytest.raises(AnswerTooLong):
        buffer.write(b"6")
    abandoned.set()
    with pytest.raises(QueryAbandoned):
        buffer.write(b"")
    assert buffer.getvalue() == b"12345"
