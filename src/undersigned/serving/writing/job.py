"""What is to be written: an update, or a graph as the graph store protocol puts it."""

from __future__ import annotations

import marshal
from dataclasses import dataclass
from enum import StrEnum
from operator import attrgetter


class Action(StrEnum):
    """What happens to the store."""

    UPDATE = "update"
    PUT = "put"
    POST = "post"
    DELETE = "delete"


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One request to write."""

    store: str
    """The store's folder."""
    action: Action
    graph: str | None = None
    """The graph that is put, posted to or deleted; None for the one without a name."""
    payload: bytes = b""
    """The update in UTF-8, or the graph."""
    media_type: str = ""
    """Of the graph."""
    memory_bytes: int

    def pack(self) -> bytes:
        """The job as bytes, for `unpack` in a process of the same program."""
        return marshal.dumps([str(v) if isinstance(v, Action) else v for v in _VALUES(self)])


_VALUES = attrgetter(*Job.__slots__)


def unpack(packed: bytes) -> Job:
    """The job again."""
    values = dict(zip(Job.__slots__, marshal.loads(packed), strict=True))
    return Job(**{**values, "action": Action(values["action"])})
