"""The spawner and its workers, as the server sees them."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import subprocess
import sys
import time
from collections import deque
from contextlib import suppress
from typing import Final, cast

from undersigned.serving.isolation.frames import HEAD, REPLY, REQUEST, Kind

_FRAMES_HELD: Final = 4
"""Parts of a long answer that are held for a slow client; the worker waits then."""
_LOWEST_PRIORITY: Final = 19
_ALLOCATION: Final = {
    # glibc sets an address range aside for each thread, and the range is limited.
    "MALLOC_ARENA_MAX": "1",
    # Room for an answer is kept for the next one, and not asked of the system each time.
    "MALLOC_TOP_PAD_": str(1 << 20),
    "MALLOC_MMAP_THRESHOLD_": str(1 << 24),
    "MALLOC_TRIM_THRESHOLD_": str(1 << 24),
}


class WorkerEnded(Exception):
    """The worker's process has ended, or is ending."""


class Worker(asyncio.Protocol):
    """A process that answers one question after the other."""

    def __init__(self, pid: int) -> None:
        self.pid = pid
        self.exit_code: int | None = None
        """How it ended, once that was asked."""
        loop = asyncio.get_running_loop()
        self._transport: asyncio.Transport | None = None
        self._received: list[bytes] = []
        self._received_bytes = 0
        self._wanted_bytes = HEAD.size
        """How much must be there before it is worth a look: a head, or a whole frame."""
        self._frames: deque[tuple[Kind, memoryview]] = deque()
        self._waiting: asyncio.Future[None] | None = None
        self._is_killed = False
        self._lost: asyncio.Future[None] = loop.create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """The connection is there."""
        # A transport by what it can do: that of uvloop is none by its class.
        self._transport = cast("asyncio.Transport", transport)

    def connection_lost(self, exc: Exception | None) -> None:
        """The process has ended; its memory is free again."""
        if not self._lost.done():
            self._lost.set_result(None)
        self._wake()

    def data_received(self, data: bytes) -> None:
        """More of what the worker says."""
        self._received.append(data)
        self._received_bytes += len(data)
        while self._received_bytes >= self._wanted_bytes:
            self._take_frame()
        if self._frames:
            self._wake()
        if len(self._frames) >= _FRAMES_HELD and self._transport is not None:
            self._transport.pause_reading()

    def _take_frame(self) -> None:
        """Takes one frame from what was received, or learns how long it will be."""
        received = self._received[0] if len(self._received) == 1 else b"".join(self._received)
        kind, length = HEAD.unpack_from(received)
        end = HEAD.size + length
        if len(received) < end:
            self._received, self._wanted_bytes = [received], end
            return
        self._frames.append((Kind(kind), memoryview(received)[HEAD.size : end]))
        rest = received[end:]
        self._received, self._received_bytes = [rest] if rest else [], len(rest)
        self._wanted_bytes = HEAD.size

    def send(self, kind: Kind, payload: bytes) -> None:
        """Sends a frame.

        Raises:
            WorkerEnded: nobody is there to take it.
        """
        if self._transport is None or self._transport.is_closing():
            raise WorkerEnded
        self._transport.write(HEAD.pack(kind, len(payload)) + payload)

    async def receive(self) -> tuple[Kind, memoryview]:
        """The next frame.

        Raises:
            WorkerEnded: there will be none.
        """
        while not self._frames:
            if self._is_killed or self._lost.done():
                raise WorkerEnded
            self._waiting = asyncio.get_running_loop().create_future()
            await self._waiting
        frame = self._frames.popleft()
        if not self._frames and self._transport is not None and not self._transport.is_reading():
            self._transport.resume_reading()
        return frame

    def _wake(self) -> None:
        if self._waiting is not None and not self._waiting.done():
            self._waiting.set_result(None)

    def cpu_seconds(self) -> float:
        """Processor time that the process has used, in seconds.

        Where the system does not tell, the time of the clock: then none is told from all.
        """
        try:
            # The clock of another process (clock_getcpuclockid(3) of the C library makes it so).
            return time.clock_gettime((~self.pid << 3) | 2)
        except (OSError, AttributeError):
            return time.monotonic()

    def make_way(self) -> None:
        """Lets every other process go first. It stays so until the worker ends."""
        with suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, self.pid, _LOWEST_PRIORITY)

    def kill(self) -> None:
        """Ends the process; whoever waits in `receive` gets `WorkerEnded` at once.

        The process itself may need a while to end, where others have taken all processors.
        """
        with suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)
        self._is_killed = True
        self._frames.clear()
        if self._transport is not None and not self._transport.is_closing():
            self._transport.resume_reading()  # or its end would not be noticed
        self._wake()

    async def ended(self) -> None:
        """Returns when the process has ended, its memory free again."""
        await asyncio.shield(self._lost)

    def disconnect(self) -> None:
        """Lets go of the connection; a worker that waits for a question ends then."""
        if self._transport is not None:
            self._transport.abort()


class Spawner:
    """Forks workers. Started with `start`, in the event loop that uses it."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._control: socket.socket | None = None
        self._turn = asyncio.Lock()
        self._workers: set[Worker] = set()
        self.without_network = False
        """Whether the system keeps the workers away from the network."""

    async def start(self) -> None:
        """Starts the process that forks."""
        self._control, other = socket.socketpair()
        self._control.setblocking(False)
        # -P: what lies in the working folder is never imported.
        command = [sys.executable, "-P", "-m", "undersigned.serving.isolation.spawner"]
        with other:
            self._process = subprocess.Popen(
                [*command, str(other.fileno())],
                pass_fds=[other.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                env={**os.environ, **_ALLOCATION},
            )
        self.without_network = bool(await self._reply())

    async def spawn(self, role: int) -> Worker:
        """A new process in one of the roles of spawner.py, ready to be asked.

        Raises:
            WorkerEnded: there is none to be had.
        """
        ours, theirs = socket.socketpair()
        ours.setblocking(False)
        try:
            with theirs:
                pid = await self._fork(role, theirs)
            loop = asyncio.get_running_loop()
            _, worker = await loop.create_unix_connection(lambda: Worker(pid), sock=ours)
        except BaseException:
            ours.close()
            raise
        self._workers.add(worker)
        await worker.receive()
        return worker

    async def _fork(self, role: int, connection: socket.socket) -> int:
        async with self._turn:
            assert self._control is not None, "start() comes first"
            try:
                socket.send_fds(self._control, [REQUEST.pack(role)], [connection.fileno()])
            except OSError as error:
                raise WorkerEnded from error
            return await self._reply()

    async def bury(self, worker: Worker) -> int:
        """How a worker ended, as an exit code; negative for a signal. Waits for its end."""
        await worker.ended()
        self._workers.discard(worker)
        async with self._turn:
            assert self._control is not None, "start() comes first"
            self._control.send(REQUEST.pack(worker.pid))
            return await self._reply()

    def close(self) -> None:
        """Kills all workers, and ends."""
        for worker in self._workers:
            worker.disconnect()
        self._workers.clear()
        if self._control is not None:
            self._control.close()
        if self._process is not None:
            self._process.wait()  # it does nothing any more but end

    async def _reply(self) -> int:
        assert self._control is not None, "start() comes first"
        loop = asyncio.get_running_loop()
        try:
            received = await loop.sock_recv(self._control, REPLY.size)
        except OSError as error:
            raise WorkerEnded from error
        if len(received) != REPLY.size:
            raise WorkerEnded
        return int(REPLY.unpack(received)[0])
