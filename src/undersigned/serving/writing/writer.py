"""The process that writes: takes the store's lock, writes in one transaction, publishes."""

from __future__ import annotations

import json
import signal
import traceback
from contextlib import suppress
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pyoxigraph
from pyoxigraph import NamedNode, RdfFormat

from undersigned.errors import StoreLocked, UndersignedError
from undersigned.serving.isolation.confinement import limit_memory
from undersigned.serving.isolation.frames import FrameReader, Kind, ServerGone, send_frame
from undersigned.serving.named_graphs import graph_exists, no_such_graph
from undersigned.serving.problems import Problem, as_problem
from undersigned.serving.writing.job import Action, Job, unpack
from undersigned.serving.writing.payload import read_graph
from undersigned.serving.writing.refusing import refuse_outbound_update
from undersigned.store.embedded import open_writer

if TYPE_CHECKING:
    import socket

    from undersigned.store.embedded import EmbeddedWriter


def write(connection: socket.socket) -> None:
    """Does jobs until the server closes the connection. Between them others may write."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    frames = FrameReader(connection)
    with suppress(ServerGone):
        send_frame(connection, Kind.READY)
        while True:
            job = unpack(frames.read()[1])
            try:
                told = _do(job)
            except Problem as problem:
                _send_problem(connection, problem)
            except StoreLocked:
                _send_problem(connection, _LOCKED)
            except UndersignedError as error:
                _send_problem(connection, as_problem(error))
            except RuntimeError as error:  # the engine's, as for a graph that is not there
                _send_problem(connection, Problem(HTTPStatus.CONFLICT, "update-failed", str(error)))
            except Exception:
                send_frame(connection, Kind.BUG, traceback.format_exc().encode())
            else:
                send_frame(connection, Kind.WHOLE, json.dumps(told).encode())


_LOCKED: Final = Problem(
    HTTPStatus.SERVICE_UNAVAILABLE,
    "store-locked",
    "Another process is writing to the store; ask again in a moment.",
)

_ERASURE_CUT_SHORT: Final = Problem(
    HTTPStatus.SERVICE_UNAVAILABLE,
    "erasure-unfinished",
    "Somebody was being taken out of the store when the program was stopped, and nothing else is "
    "written before that is done. Whoever runs this server brings it to its end with any command "
    "that writes: `undersigned forget`, `undersigned load`.",
)


def _send_problem(connection: socket.socket, problem: Problem) -> None:
    told = [int(problem.status), problem.kind, problem.detail, problem.extra]
    send_frame(connection, Kind.PROBLEM, json.dumps(told).encode())


def _do(job: Job) -> dict[str, object]:
    limit_memory(job.memory_bytes)
    with open_writer(Path(job.store)) as store:
        if store.erasing:
            # To end it takes the whole store's time, which an update's budget would cut again.
            raise _ERASURE_CUT_SHORT
        existed = _write(job, store)
        return {"revision": store.publish(), "existed": existed}


def _write(job: Job, store: EmbeddedWriter) -> bool:
    """Writes; whether the graph of the job was there before."""
    if job.action is Action.UPDATE:
        sparql = job.payload.decode("utf-8")
        refuse_outbound_update(sparql, store.iris.base)
        store.update(sparql)
        return True
    name = f"GRAPH <{job.graph}>" if job.graph else "DEFAULT"
    existed = not job.graph or graph_exists(store, NamedNode(job.graph))
    if job.action is Action.DELETE:
        if not existed:
            raise no_such_graph()
        store.update(f"DROP SILENT {name}")
        return True
    base = job.graph or store.iris.base
    data = pyoxigraph.serialize(
        read_graph(job.payload, job.media_type, base), format=RdfFormat.N_TRIPLES
    )
    triples = (data or b"").decode("utf-8")
    inserted = f"GRAPH <{job.graph}> {{ {triples} }}" if job.graph else triples
    steps = [f"DROP SILENT {name}"] if job.action is Action.PUT else []
    steps += [f"CREATE SILENT {name}"] if job.graph else []
    store.update(";\n".join([*steps, f"INSERT DATA {{ {inserted} }}"]))
    return existed
