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
_READ_BYTES: Final = 1 << 16

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
        # All at once, for each piece that comes alone wakes the other side.
        sent = connection.sendmsg(parts)
        if sent < HEAD.size + length:
            connection.sendall(memoryview(b"".join(parts))[sent:])
    except OSError as error:
        raise ServerGone from error


class FrameReader:
    """Reads frames from a blocking socket."""

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection
        # Kept, since making room for each frame took a tenth of the time of a short query.
        self._buffer = bytearray(_READ_BYTES)

    def read(self) -> tuple[Kind, bytes]:
        """The next frame.

        Raises:
            ServerGone: there will be none.
        """
        received = self._more()
        while len(received) < HEAD.size:
            received += self._more()
        kind, length = HEAD.unpack_from(received)
        parts, missing = [received], HEAD.size + length - len(received)
        while missing:
            parts.append(self._more())
            missing -= len(parts[-1])
        whole = received if len(parts) == 1 else b"".join(parts)
        return Kind(kind), whole[HEAD.size :]

    def _more(self) -> bytes:
        count = self._connection.recv_into(self._buffer)
        if not count:
            raise ServerGone
        return bytes(memoryview(self._buffer)[:count])
