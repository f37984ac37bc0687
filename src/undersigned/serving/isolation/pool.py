"""The workers of one server: who is asked next, who waits, and what becomes of the answers."""

from __future__ import annotations

import asyncio
import json
import logging
from collections import Counter, deque
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Final

from undersigned.serving.isolation.frames import MEDIA_TYPE_BYTES, WORKER, WRITER, Kind
from undersigned.serving.isolation.process import Spawner, Worker, WorkerEnded
from undersigned.serving.isolation.running import (
    Asker,
    ClientGone,
    End,
    RunningQuery,
    no_place,
    problem_of_end,
    problem_of_exit,
)
from undersigned.serving.isolation.watch import Watch
from undersigned.serving.problems import Problem, unforeseen

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Coroutine

    from undersigned.serving.isolation.question import Question
    from undersigned.serving.limits import ServeSettings

_LOG: Final = logging.getLogger(__name__)
_NEWEST_EACH: Final = 4


class RevisionGone(Exception):
    """The snapshot was removed before a worker opened it: newer ones are there."""


@dataclass(frozen=True, slots=True)
class WholeAnswer:
    """An answer that is complete."""

    media_type: str
    body: bytes


class StreamedAnswer:
    """An answer that comes in parts. Iterate over it, and close it in any case."""

    def __init__(self, pool: QueryPool, query: RunningQuery, first: memoryview) -> None:
        self.media_type, self._first = _split(first)
        self._pool = pool
        self._query = query

    async def __aiter__(self) -> AsyncIterator[bytes]:
        """Yields the parts.

        Raises:
            Problem: the rest will not come, and what came does not hold.
        """
        loop = asyncio.get_running_loop()
        part: bytes | None = self._first
        while part is not None:
            before = loop.time()
            yield part
            self._query.paused_seconds += loop.time() - before
            part = await self._pool.next_part(self._query)

    def close(self) -> None:
        """Lets go of the worker; ends it if the answer was not taken whole."""
        self._pool.done(self._query)


class QueryPool:
    """Asks workers. Belongs to the event loop in which it is first used."""

    def __init__(self, settings: ServeSettings) -> None:
        self._settings = settings
        self._spawner: Spawner | None = None
        self._starting = asyncio.Lock()
        self._idle: list[Worker] = []
        self._line: deque[asyncio.Future[Worker]] = deque()
        self._turns = 0
        self._quick = 0
        self._tasks: set[asyncio.Task[None]] = set()
        self.running: dict[int, RunningQuery] = {}
        self.watch = Watch(settings, self.running.values(), self._left_quick_lane)
        self.outcomes: Counter[str] = Counter()
        """How queries ended: answered, streamed, or the kind of their problem."""

    @property
    def without_network(self) -> bool:
        """Whether the system keeps the workers away from the network."""
        return self._spawner is not None and self._spawner.without_network

    @property
    def is_ready(self) -> bool:
        """Whether queries find workers."""
        return self._spawner is not None

    def idle_workers(self) -> list[Worker]:
        """The workers that wait for a query."""
        return list(self._idle)

    async def start(self) -> None:
        """Starts the workers. Done at the first query if not before."""
        async with self._starting:
            if self._spawner is None:
                spawner = Spawner()
                await spawner.start()
                self._spawner = spawner
                self._fill_quick_lane()

    async def close(self) -> None:
        """Ends all queries and all workers. The next query starts new ones."""
        self.watch.close()
        for query in list(self.running.values()):
            query.stop(End.STOPPING)
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        spawner, self._spawner = self._spawner, None
        self._idle.clear()
        self._quick = 0
        if spawner is not None:
            spawner.close()

    async def ask(self, question: Question, asker: Asker) -> WholeAnswer | StreamedAnswer:
        """The answer to a question, or its beginning.

        Raises:
            Problem: there is none.
            RevisionGone: ask again, with the newest revision.
            ClientGone: nobody waits for it any more.
        """
        if self._spawner is None:
            await self.start()
        loop = asyncio.get_running_loop()
        query = RunningQuery(question.sparql, asker, loop.time())
        self.running[query.number] = query
        self.watch.begin()
        streamed: StreamedAnswer | None = None
        try:
            worker = await self._free_worker(query)
            query.begin(worker, loop.time())
            worker.send(Kind.QUESTION, question.pack())
            kind, payload = await worker.receive()
            query.is_settled = kind is not Kind.PART
            if kind is Kind.WHOLE:
                self.outcomes["answered"] += 1
                return WholeAnswer(*_split(payload))
            if kind is not Kind.PART:
                raise problem_of(kind, payload)
            self.outcomes["streamed"] += 1
            query.is_sending = True
            streamed = StreamedAnswer(self, query, payload)
            return streamed
        except WorkerEnded:
            raise await self._why_ended(query) from None
        except Problem as problem:
            self.outcomes[problem.kind] += 1
            raise
        finally:
            if streamed is None:
                self.done(query)

    async def spawn_writer(self) -> Worker:
        """A process of writing/writer.py, ready for its first job.

        Raises:
            WorkerEnded: there is none to be had.
        """
        if self._spawner is None:
            await self.start()
        assert self._spawner is not None, "it has started"
        return await self._spawner.spawn(WRITER)

    async def end_writer(self, writer: Worker) -> None:
        """Ends such a process."""
        writer.kill()
        await self._bury(writer)

    async def next_part(self, query: RunningQuery) -> bytes | None:
        """The next part of a streamed answer; None after the last.

        Raises:
            Problem: the rest will not come.
        """
        assert query.worker is not None, "it sends"
        try:
            kind, payload = await query.worker.receive()
        except WorkerEnded:
            raise await self._why_ended(query) from None
        if kind is Kind.PART:
            return bytes(payload[MEDIA_TYPE_BYTES:])
        query.is_settled = True
        if kind is Kind.END:
            return None
        raise problem_of(kind, payload)

    def done(self, query: RunningQuery) -> None:
        """Lets go of a query's worker. One whose end is not known, or that went long, is ended."""
        if self.running.pop(query.number, None) is None:
            return
        if query.watch is not None:
            query.watch.cancel()
        if query.worker is None:
            return
        if query.is_settled and not query.is_long and query.end is None:
            self._is_free(query.worker)
            return
        # A worker that went long keeps its low priority and its memory as long as it lives.
        query.worker.kill()
        self._in_background(self._bury(query.worker))
        if not query.is_long:
            self._left_quick_lane(query)

    async def _free_worker(self, query: RunningQuery) -> Worker:
        if self._idle:
            return self._idle.pop()
        if len(self._line) >= self._settings.waiting_queries:
            raise no_place(self._settings)
        query.turn = asyncio.get_running_loop().create_future()
        self._line.append(query.turn)
        return await query.turn

    def _is_free(self, worker: Worker) -> None:
        while self._line:
            # The oldest, and each fourth time the newest. Where slow queries came all at once, a
            # small one that came later need not see them all begin.
            self._turns += 1
            turn = self._line.popleft() if self._turns % _NEWEST_EACH else self._line.pop()
            if not turn.done():
                turn.set_result(worker)
                return
        self._idle.append(worker)

    def _left_quick_lane(self, query: RunningQuery) -> None:
        self._quick -= 1
        self._fill_quick_lane()

    def _fill_quick_lane(self) -> None:
        while self._spawner is not None and self._quick < self._settings.quick_workers:
            self._quick += 1
            self._in_background(self._start_worker())

    async def _start_worker(self) -> None:
        assert self._spawner is not None, "start() comes first"
        try:
            self._is_free(await self._spawner.spawn(WORKER))
        except WorkerEnded:
            self._quick -= 1
            _LOG.error("no worker could be started; queries wait until one can")

    async def _why_ended(self, query: RunningQuery) -> Exception:
        """What to raise for a query whose worker has ended, or that got none."""
        if query.end is End.CLIENT_GONE:
            self.outcomes[query.end.value] += 1
            return ClientGone()
        if query.worker is None:
            problem = no_place(self._settings)
        elif query.end is not None:
            problem = problem_of_end(query.end, self._settings)
        else:
            problem = problem_of_exit(await self._exit_code(query.worker), self._settings)
        self.outcomes[problem.kind] += 1
        return problem

    async def _exit_code(self, worker: Worker) -> int:
        assert self._spawner is not None, "start() comes first"
        worker.exit_code = await self._spawner.bury(worker)
        return worker.exit_code

    async def _bury(self, worker: Worker) -> None:
        if worker.exit_code is None and self._spawner is not None:
            await self._exit_code(worker)

    def _in_background(self, work: Coroutine[object, object, None]) -> None:
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


def _split(payload: memoryview) -> tuple[str, bytes]:
    media_type = str(payload[:MEDIA_TYPE_BYTES], "ascii").rstrip()
    return media_type, bytes(payload[MEDIA_TYPE_BYTES:])


def problem_of(kind: Kind, payload: memoryview) -> Exception:
    """What to raise for a frame that brings no answer."""
    if kind is Kind.REVISION_GONE:
        return RevisionGone()
    if kind is Kind.PROBLEM:
        status, name, detail, extra = json.loads(bytes(payload))
        return Problem(HTTPStatus(status), name, detail, extra=extra)
    return unforeseen("a query", str(payload, "utf-8", "replace"))
