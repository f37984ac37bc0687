"""One job after the other, in a process that is killed when its time is up."""

from __future__ import annotations

import asyncio
import json
from http import HTTPStatus
from typing import TYPE_CHECKING

from undersigned.serving.isolation.frames import Kind
from undersigned.serving.isolation.pool import problem_of
from undersigned.serving.isolation.process import Worker, WorkerEnded
from undersigned.serving.problems import Problem

if TYPE_CHECKING:
    from undersigned.serving.isolation.pool import QueryPool
    from undersigned.serving.limits import ServeSettings
    from undersigned.serving.writing.job import Job


class WritingQueue:
    """Does jobs, one at a time."""

    def __init__(self, processes: QueryPool, settings: ServeSettings) -> None:
        self._processes = processes
        self._settings = settings
        self._turn = asyncio.Lock()
        self._writer: Worker | None = None

    async def do(self, job: Job) -> bool:
        """Writes and publishes; whether the graph of the job was there before.

        Raises:
            Problem: nothing was written.
        """
        async with self._turn:
            try:
                async with asyncio.timeout(self._settings.update_seconds):
                    if self._writer is None:
                        self._writer = await self._processes.spawn_writer()
                    self._writer.send(Kind.QUESTION, job.pack())
                    kind, payload = await self._writer.receive()
            except (TimeoutError, WorkerEnded, asyncio.CancelledError) as error:
                await self._end_writer()
                if isinstance(error, asyncio.CancelledError):
                    raise
                raise _cut_short() from error
        if kind is not Kind.WHOLE:
            raise problem_of(kind, payload)
        return bool(json.loads(bytes(payload))["existed"])

    async def _end_writer(self) -> None:
        if self._writer is not None:
            writer, self._writer = self._writer, None
            await self._processes.end_writer(writer)


def _cut_short() -> Problem:
    return Problem(
        HTTPStatus.GATEWAY_TIMEOUT,
        "timeout",
        "The update took more time or memory than it may, and was not done.",
    )
