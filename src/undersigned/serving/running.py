"""Running queries beside the server's loop, with a limit on their number and their time.

A query can't be killed here: the engine has no cancel, and a thread can't be stopped. When the
time is up the client gets its answer, and the thread goes on until it ends or writes a row, which
stops it. It keeps its place until then, so that runaway queries can't pile up beyond the limit;
when all places are held by such queries, further ones get 503. Memory is not limited.
"""

from __future__ import annotations

import asyncio
import threading
import traceback
from contextlib import suppress
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, TypeVar

from undersigned.serving.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from undersigned.serving.limits import ServeSettings

T = TypeVar("T")


class ClientGone(Exception):
    """The client closed the connection before it had its answer."""


class QueryRunner:
    """Gives each query a thread of its own, a few at a time."""

    def __init__(self, settings: ServeSettings) -> None:
        self._settings = settings
        self._places = asyncio.Semaphore(settings.running_queries)
        self._waiting = 0

    async def run(
        self, work: Callable[[threading.Event], T], client_gone: Callable[[], Awaitable[None]]
    ) -> T:
        """What `work` returns or raises; it is handed the event that says nobody waits any more.

        Raises:
            Problem: 503, no place is free; 504, the time is up.
            ClientGone: `client_gone` returned first.
        """
        loop = asyncio.get_running_loop()
        deadline = loop.time() + self._settings.timeout_seconds
        await self._take_place()
        abandoned = threading.Event()
        running = self._start(work, abandoned)
        watch = asyncio.ensure_future(client_gone())
        try:
            either: list[asyncio.Future[Any]] = [running, watch]
            await asyncio.wait(
                either,
                timeout=max(0.0, deadline - loop.time()),
                return_when=asyncio.FIRST_COMPLETED,
            )
            if running.done():
                return running.result()
            if watch.done():
                raise ClientGone
            raise self._time_is_up()
        finally:
            abandoned.set()
            watch.cancel()

    async def _take_place(self) -> None:
        if self._places.locked() and self._waiting >= self._settings.waiting_queries:
            raise self._no_place()
        self._waiting += 1
        try:
            async with asyncio.timeout(self._settings.timeout_seconds):
                await self._places.acquire()
        except TimeoutError:
            raise self._no_place() from None
        finally:
            self._waiting -= 1

    def _start(
        self, work: Callable[[threading.Event], T], abandoned: threading.Event
    ) -> asyncio.Future[T]:
        loop = asyncio.get_running_loop()
        outcome: asyncio.Future[T] = loop.create_future()

        def settle(result: T | None, error: BaseException | None) -> None:
            self._places.release()
            if outcome.cancelled():
                return
            if error is not None:
                outcome.set_exception(error)
                outcome.exception()  # marks it as seen: after the deadline nobody asks
            else:
                outcome.set_result(result)  # type: ignore[arg-type]

        def body() -> None:
            result, failure = None, None
            try:
                result = work(abandoned)
            except BaseException as error:
                failure = _without_variables(error)
            # The loop is closed when the server stopped while the query still ran.
            with suppress(RuntimeError):
                loop.call_soon_threadsafe(settle, result, failure)

        # A daemon thread: a runaway query must not keep the program from ending.
        threading.Thread(target=body, name="query", daemon=True).start()
        return outcome

    def _no_place(self) -> Problem:
        return Problem(
            HTTPStatus.SERVICE_UNAVAILABLE,
            "busy",
            f"All {self._settings.running_queries} places for running queries are taken; ask "
            "again in a moment.",
            headers={"Retry-After": "5"},
        )

    def _time_is_up(self) -> Problem:
        return Problem(
            HTTPStatus.GATEWAY_TIMEOUT,
            "timeout",
            f"The query took longer than {self._settings.timeout_seconds:g} seconds. Make it "
            "narrower: fix more of its terms, or ask with a LIMIT.",
        )


def _without_variables(error: BaseException) -> BaseException:
    """The same error, whose traceback no longer holds the variables of the functions it left.

    Among them is the engine's answer, which may only be let go in the thread that asked for it.
    """
    link: BaseException | None = error
    while link is not None:
        traceback.clear_frames(link.__traceback__)
        link = link.__cause__ or link.__context__
    return error
