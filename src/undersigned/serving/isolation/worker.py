"""The worker: a process that opens a snapshot and answers one query after the other.

It may be killed at any moment, and loses nothing then. It has no network, one open snapshot, and
its socket to the server.
"""

from __future__ import annotations

import json
import signal
import traceback
from contextlib import suppress
from typing import TYPE_CHECKING

import pyoxigraph

from undersigned.iris import Iris
from undersigned.serving.isolation.confinement import limit_memory, limit_processor
from undersigned.serving.isolation.evaluation import answer_query
from undersigned.serving.isolation.frames import FrameReader, Kind, ServerGone, send_frame
from undersigned.serving.isolation.outlet import Outlet
from undersigned.serving.isolation.question import unpack
from undersigned.serving.problems import Problem
from undersigned.store.embedded import EmbeddedReader

if TYPE_CHECKING:
    import socket

    from undersigned.serving.isolation.question import Question


def work(connection: socket.socket) -> None:
    """Answers questions until the server closes the connection."""
    # Ctrl-C in a terminal reaches every process; the server decides when its workers end.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    folder, reader = "", None
    frames = FrameReader(connection)
    with suppress(ServerGone):
        send_frame(connection, Kind.READY)
        while True:
            question = unpack(frames.read()[1])
            if reader is None or question.folder != folder:
                folder, reader = question.folder, _opened(question)
                limit_memory(question.memory_bytes)
            if reader is None:
                send_frame(connection, Kind.REVISION_GONE)
                continue
            limit_processor(question.cpu_seconds)
            _answer(connection, reader, question)


def _opened(question: Question) -> EmbeddedReader | None:
    try:
        store = pyoxigraph.Store.read_only(question.folder)
    except OSError:
        return None
    return EmbeddedReader(store, Iris(question.base), question.revision)


def _answer(connection: socket.socket, reader: EmbeddedReader, question: Question) -> None:
    outlet = Outlet(connection, question)
    try:
        answer_query(reader, question, outlet)
    except (ServerGone, MemoryError):
        raise  # the process ends, since nobody listens, or nothing more can be done
    except Problem as problem:
        told = [int(problem.status), problem.kind, problem.detail, problem.extra]
        send_frame(connection, Kind.PROBLEM, json.dumps(told).encode())
    except BaseException:  # the engine's panics are no Exception
        send_frame(connection, Kind.BUG, traceback.format_exc().encode("utf-8", "replace"))
