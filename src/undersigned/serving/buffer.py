"""A buffer for one answer that stops the query when the answer grows too long or nobody waits."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import threading

    from typing_extensions import Buffer


class AnswerTooLong(Exception):
    """The answer has more bytes than are allowed."""


class QueryAbandoned(Exception):
    """Nobody waits for the answer any more."""


class AnswerBuffer(io.BytesIO):
    """Collects an answer. Writing is where a running query can be stopped: nothing else is."""

    def __init__(self, limit_bytes: int, abandoned: threading.Event) -> None:
        super().__init__()
        self._limit = limit_bytes
        self._abandoned = abandoned

    def write(self, data: Buffer, /) -> int:
        """Takes more of the answer; the number of bytes.

        Raises:
            AnswerTooLong: beyond the limit.
            QueryAbandoned: the time is up, or the client has gone.
        """
        if self._abandoned.is_set():
            raise QueryAbandoned
        if self.tell() + memoryview(data).nbytes > self._limit:
            raise AnswerTooLong
        return super().write(data)
