"""The process that forks workers: it has all modules loaded and no network, and does nothing else.

Forking takes a few milliseconds where starting a Python program takes a hundred. The server sends
one end of a new connection for each worker that it wants, and gets the worker's process id. An
ended worker keeps its process id until the server asks how it ended, so that no other process can
get it, and be killed in its place, in between. When the server goes, all workers are killed.
"""

from __future__ import annotations

import gc
import os
import signal
import socket
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, NoReturn

from undersigned.serving.isolation.confinement import leave_network, leave_no_dump
from undersigned.serving.isolation.frames import REPLY, REQUEST, WRITER
from undersigned.serving.isolation.worker import work
from undersigned.serving.writing.writer import write

if TYPE_CHECKING:
    from collections.abc import Callable


def main() -> None:
    """Serves the connection whose descriptor is the first argument, until it is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    leave_no_dump()
    gc.freeze()  # else looking for garbage would copy, in each worker, what all of them share
    control = socket.socket(fileno=int(sys.argv[1]))
    control.sendall(REPLY.pack(int(leave_network())))
    workers: set[int] = set()
    try:
        with suppress(ConnectionError):  # the server has gone
            _serve(control, workers)
    finally:
        for worker in workers:
            os.kill(worker, signal.SIGKILL)


def _serve(control: socket.socket, workers: set[int]) -> None:
    while True:
        request, descriptors, _, _ = socket.recv_fds(control, REQUEST.size, 1)
        if not request:
            return
        (worker,) = REQUEST.unpack(request)
        if worker > 0:
            _, status = os.waitpid(worker, 0)
            workers.discard(worker)
            control.sendall(REPLY.pack(os.waitstatus_to_exitcode(status)))
            continue
        role = write if worker == WRITER else work
        worker = os.fork()
        if worker == 0:
            control.close()
            _become(role, descriptors[0])
        os.close(descriptors[0])
        workers.add(worker)
        control.sendall(REPLY.pack(worker))


def _become(role: Callable[[socket.socket], None], descriptor: int) -> NoReturn:
    """Does not return: what the spawner would do at its end is not for a worker."""
    try:
        role(socket.socket(fileno=descriptor))
    finally:
        os._exit(0)


if __name__ == "__main__":
    main()
