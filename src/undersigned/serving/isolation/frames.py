"""How server and worker talk over their socket: frames of a kind, a length and a payload."""

from __future__ import annotations

import struct
from enum import IntEnum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import socket

HEAD: Final = struct.Struct("!BI")
MEDIA_TYPE_BYTES: Final = 64
"""The media type stands at the start of a payload, filled up with spaces."""
_JOINED_BYTES: Final = 1 << 16

REQUEST: Final = struct.Struct("!i")
"""To the spawner. With a connection: what to fork. Without: the process id of one to wait for."""
WORKER: Final = 0
WRITER: Final = -1
REPLY: Final = struct.Struct("!i")
"""From the spawner: a process id, or how a worker ended as `os.waitstatus_to_exitcode` tells it."""


class Kind(IntEnum):
    """What a frame says."""

    QUESTION = 1
    """To the worker: a packed `Question`."""
    READY = 2
    """The worker can be asked."""
    WHOLE = 3
    """A media type and the whole answer."""
    PART = 4
    """A media type and the next part of an answer that is longer than it may be to be held."""
    END = 5
    """All parts of the answer were sent: it is complete."""
    PROBLEM = 6
    """There is no answer, or none of what was sent holds: status, kind, detail, extra as JSON."""
    BUG = 7
    """Evaluating met something unforeseen: its traceback, for the server's log."""
    REVISION_GONE = 8
    """The snapshot was removed before it could be opened."""


class ServerGone(Exception):
    """The other side has closed the connection."""


def send_frame(connection: socket.socket, kind: Kind, *payload: bytes | bytearray) -> None:
    """Sends one frame over a blocking socket.

    Raises:
        ServerGone: nobody takes it.
    """
    length = sum(len(part) for part in payload)
    parts = [HEAD.pack(kind, length), *payload]
    try:
        for part in [b"".join(parts)] if length < _JOINED_BYTES else parts:
            connection.sendall(part)
    except OSError as error:
        raise ServerGone from error


def receive_frame(connection: socket.socket) -> tuple[Kind, bytes]:
    """The next frame from a blocking socket.

    Raises:
        ServerGone: there will be none.
    """
    received = bytearray()
    length: int | None = None
    while length is None or len(received) < length:
        if not (more := connection.recv(_JOINED_BYTES)):
            raise ServerGone
        received += more
        if length is None and len(received) >= HEAD.size:
            length = HEAD.size + HEAD.unpack_from(received)[1]
    return Kind(received[0]), bytes(received[HEAD.size :])
