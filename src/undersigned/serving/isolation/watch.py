"""Looks at the running queries twenty times a second, and ends those whose budget is used up.

One look for all of them costs the usual query, which is over before the next look, nothing.
"""

from __future__ import annotations

import asyncio
import os
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Final

from undersigned.serving.isolation.running import End, RunningQuery

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from undersigned.serving.isolation.process import Worker
    from undersigned.serving.limits import ServeSettings

LOOK_SECONDS: Final = 0.05
_PATIENCE: Final = 5
"""On a busy machine a quick query may take so many times longer by the clock than it works."""
_PAGE_BYTES: Final = os.sysconf("SC_PAGE_SIZE")


class Watch:
    """Watches queries from `begin` until none is left."""

    def __init__(
        self,
        settings: ServeSettings,
        running: Collection[RunningQuery],
        on_long: Callable[[RunningQuery], None],
    ) -> None:
        """`on_long` is told of each query that leaves the quick lane."""
        self._settings = settings
        self._running = running
        self._on_long = on_long
        self._next: asyncio.TimerHandle | None = None
        self.held_bytes = 0
        """Memory that the queries of the long lane held at the last look, in bytes."""

    def begin(self) -> None:
        """Starts looking, if it has not."""
        if self._next is None:
            self._next = asyncio.get_running_loop().call_later(LOOK_SECONDS, self._look)

    def close(self) -> None:
        """Looks no more."""
        if self._next is not None:
            self._next.cancel()
            self._next = None

    def _look(self) -> None:
        self._next = None
        now = asyncio.get_running_loop().time()
        for query in list(self._running):
            self._look_at(query, now)
        self._look_at_memory()
        if self._running:
            self.begin()

    def _look_at(self, query: RunningQuery, now: float) -> None:
        settings, seconds = self._settings, now - query.since
        if query.end is not None:
            return
        if seconds - min(query.paused_seconds, settings.sending_seconds) > settings.timeout_seconds:
            query.stop(End.TIME)
        elif query.worker is not None and not query.is_long:
            self._look_at_quick(query, now)

    def _look_at_quick(self, query: RunningQuery, now: float) -> None:
        quick = self._settings.quick_seconds
        is_slow = query.cpu_seconds() > quick
        if not is_slow and now - query.begun < quick * _PATIENCE:
            return
        if not self._has_place(query):
            if is_slow:
                self._move_to_long(query)
                query.stop(End.LONG_LANE_FULL)
            return
        self._move_to_long(query)

    def _has_place(self, query: RunningQuery) -> bool:
        clients = Counter(other.asker.address for other in self._running if other.is_long)
        return (
            clients.total() < self._settings.long_queries
            and clients[query.asker.address] < self._settings.long_queries_per_client
        )

    def _move_to_long(self, query: RunningQuery) -> None:
        query.is_long = True
        assert query.worker is not None, "it runs"
        query.worker.make_way()
        query.watch = asyncio.ensure_future(_stop_when_gone(query))
        self._on_long(query)

    def _look_at_memory(self) -> None:
        held = {
            q: memory_of(q.worker) for q in self._running if q.is_long and q.worker and not q.end
        }
        self.held_bytes = sum(held.values())
        if self.held_bytes > self._settings.memory_together_bytes:
            max(held, key=held.__getitem__).stop(End.MEMORY_SHORT)


async def _stop_when_gone(query: RunningQuery) -> None:
    await query.asker.gone()
    query.stop(End.CLIENT_GONE)


def memory_of(worker: Worker) -> int:
    """Memory that a worker holds for itself alone, in bytes; 0 where the system does not tell."""
    try:
        fields = Path(f"/proc/{worker.pid}/statm").read_text(encoding="ascii").split()
        return (int(fields[1]) - int(fields[2])) * _PAGE_BYTES
    except (OSError, ValueError, IndexError):
        return 0
