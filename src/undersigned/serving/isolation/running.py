"""A query that is being answered: who asked, since when, in which lane, and why it was ended."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import Enum
from http import HTTPStatus
from itertools import count
from signal import Signals
from typing import TYPE_CHECKING, Final

from undersigned.serving.isolation.process import Worker, WorkerEnded
from undersigned.serving.problems import Problem

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Awaitable, Callable

    from undersigned.serving.limits import ServeSettings

_NUMBERS: Final = count(1)


class End(Enum):
    """Why the server ended a query. The name is what metrics and the log call it."""

    TIME = "timeout"
    LONG_LANE_FULL = "long-lane-full"
    MEMORY_SHORT = "memory-short"
    CLIENT_GONE = "client-gone"
    CANCELLED = "cancelled"
    STOPPING = "stopping"


class ClientGone(Exception):
    """The client closed the connection before it had its answer."""


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks a query."""

    address: str
    gone: Callable[[], Awaitable[None]]
    """Returns when the client has closed the connection."""


@dataclass(slots=True, eq=False)
class RunningQuery:
    """One query between its request and the last byte of its answer."""

    sparql: str
    asker: Asker
    since: float
    """By the clock of the event loop, in seconds."""
    number: int = field(default_factory=lambda: next(_NUMBERS))
    began: datetime = field(default_factory=lambda: datetime.now(UTC))
    turn: asyncio.Future[Worker] | None = None
    """Gives the worker to a query that has to wait."""
    worker: Worker | None = None
    """None while it waits for its turn."""
    begun: float = 0.0
    """When it got its worker, by the clock of the event loop."""
    cpu_before: float = 0.0
    """Processor time of its worker then, in seconds."""
    is_settled: bool = False
    """Whether its worker has said all that it will say, and may be asked again."""
    is_long: bool = False
    is_sending: bool = False
    paused_seconds: float = 0.0
    """How long the client let its answer wait."""
    end: End | None = None
    watch: asyncio.Task[None] | None = None
    """Waits for the client to go."""

    def begin(self, worker: Worker, now: float) -> None:
        """Gives the query its worker."""
        self.worker, self.begun = worker, now
        self.cpu_before = worker.cpu_seconds()

    def cpu_seconds(self) -> float:
        """Processor time that it has used."""
        return self.worker.cpu_seconds() - self.cpu_before if self.worker else 0.0

    def stop(self, end: End) -> None:
        """Ends the query; the first reason counts."""
        self.end = self.end or end
        if self.worker is not None:
            self.worker.kill()
        elif self.turn is not None and not self.turn.done():
            self.turn.set_exception(WorkerEnded)

    @property
    def lane(self) -> str:
        """Where it stands, in a word."""
        if self.worker is None:
            return "waiting"
        return "sending" if self.is_sending else "long" if self.is_long else "quick"


def problem_of_end(end: End, settings: ServeSettings) -> Problem:
    """What the client is told about a query that the server ended."""
    if end is End.TIME:
        return Problem(
            HTTPStatus.GATEWAY_TIMEOUT,
            "timeout",
            f"The query took longer than {settings.timeout_seconds:g} seconds. Make it narrower: "
            "fix more of its terms, or ask with a LIMIT.",
        )
    if end is End.CANCELLED:
        return Problem(
            HTTPStatus.SERVICE_UNAVAILABLE,
            "cancelled",
            "Whoever runs this server has ended the query.",
        )
    detail = {
        End.LONG_LANE_FULL: "All places for queries that take longer are taken",
        End.MEMORY_SHORT: "The queries that run at the moment take too much memory together",
    }.get(end, "The server is stopping")
    return Problem(
        HTTPStatus.SERVICE_UNAVAILABLE,
        "busy",
        f"{detail}; ask again in a moment.",
        headers={"Retry-After": "5"},
    )


def problem_of_exit(code: int, settings: ServeSettings) -> Problem:
    """What the client is told when its worker ended by itself: a budget of the system's."""
    if code == -Signals.SIGXCPU:
        return Problem(
            HTTPStatus.GATEWAY_TIMEOUT,
            "timeout",
            f"The query took more than {settings.cpu_seconds:g} seconds of processor time. Make "
            "it narrower: fix more of its terms, or ask with a LIMIT.",
        )
    return Problem(
        HTTPStatus.UNPROCESSABLE_ENTITY,
        "memory-exceeded",
        f"The query needs more than {settings.memory_bytes // (1024 * 1024)} MiB of memory. Sort, "
        "group or join less at once.",
    )


def no_place(settings: ServeSettings) -> Problem:
    """What the client is told when too many queries wait already, or its own waited too long."""
    return Problem(
        HTTPStatus.SERVICE_UNAVAILABLE,
        "busy",
        f"{settings.waiting_queries} queries wait for their turn; ask again in a moment.",
        headers={"Retry-After": "5"},
    )
