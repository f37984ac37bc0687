"""Work items to readings, in this process or in several.

A worker is sent paths and work items and sends back readings: it opens the loaders and the
language pipeline itself, once. Readings come in the order of the items, whoever made them.
"""

from __future__ import annotations

import multiprocessing
import signal
import threading
import traceback
from collections import deque
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING, Final

from undersigned.errors import ReadingFailed, UndersignedError
from undersigned.loading.fetch import FetchRules
from undersigned.loading.gather import retrieve
from undersigned.loading.registry import find_loaders
from undersigned.reading.reader import Reader, ReadSource

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from undersigned.claims import Reading
    from undersigned.errors import LoaderUnusable
    from undersigned.loading.gather import WorkItem
    from undersigned.loading.registry import Loaders
    from undersigned.project import Project
    from undersigned.source import Source

BATCH: Final = 16
"""Sources that a worker is sent at once: enough for the pipeline to read them side by side."""

TURNS: Final = 4
"""Batches that each worker gets at least, if there are so many sources: so that all have work to
the end, and that a load which is stopped need not wait for long ones."""

Result = tuple[str, "Reading | UndersignedError"]
"""Origin of a source, and its reading or what went wrong."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingRules:
    """How sources are read."""

    project: Project
    pipeline: str = ""
    workers: int = 1
    loader: str | None = None
    largest_file_bytes: int = 40_000_000
    fetch: FetchRules = field(default_factory=FetchRules)


def iter_readings(items: Iterable[WorkItem], rules: ReadingRules) -> Iterator[Result]:
    """Yields origin and reading of each item, or the error that it met, in the order of items."""
    if rules.workers <= 1:
        for batch in _batched(items):
            yield from _read_batch(rules, batch)
    else:
        gathered = list(items)
        turns = rules.workers * TURNS
        size = min(BATCH, -(-len(gathered) // turns))
        yield from _read_in_processes(_batched(gathered, size), rules)


def _read_in_processes(
    batches: Iterator[tuple[WorkItem, ...]], rules: ReadingRules
) -> Iterator[Result]:
    """As many batches under way as keep every worker busy, so that results do not pile up."""
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(rules.workers, mp_context=context, initializer=_ignore_stop) as pool:
        with (
            _ignoring_stop()
        ):  # the first batch handed over starts the workers, and they inherit it
            under_way = deque(
                pool.submit(_read_batch, rules, batch)
                for batch in islice(batches, 2 * rules.workers)
            )
        try:
            while under_way:
                results = under_way.popleft().result()
                for batch in islice(batches, 1):
                    under_way.append(pool.submit(_read_batch, rules, batch))
                yield from results
        finally:
            for future in under_way:
                future.cancel()


def _ignore_stop() -> None:
    # Ctrl-C reaches the whole process group; only the process that writes decides what to do.
    signal.signal(signal.SIGINT, signal.SIG_IGN)


@contextmanager
def _ignoring_stop() -> Iterator[None]:
    """Processes started within ignore Ctrl-C from their first moment, before they run our code."""
    if threading.current_thread() is not threading.main_thread():
        yield  # Python lets only the main thread change what signals do
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _batched(items: Iterable[WorkItem], size: int = BATCH) -> Iterator[tuple[WorkItem, ...]]:
    stream = iter(items)
    while batch := tuple(islice(stream, size)):
        yield batch


def iter_read_closely(
    items: Iterable[WorkItem], rules: ReadingRules
) -> Iterator[tuple[WorkItem, ReadSource | UndersignedError]]:
    """As `iter_readings`, in this process, with each source's text and attributions."""
    loaders, reader = _loaders(rules.project.loaders), _reader(rules.pipeline)
    for batch in _batched(items):
        opened = [(item, _open(item, loaders, rules)) for item in batch]
        sources = [source for _, source in opened if not isinstance(source, UndersignedError)]
        read = _read_each(reader, sources)
        for item, source in opened:
            yield item, source if isinstance(source, UndersignedError) else next(read)


def _read_each(reader: Reader, sources: list[Source]) -> Iterator[ReadSource | ReadingFailed]:
    """Reads sources together; where that fails, one by one, to tell which of them is at fault."""
    try:
        yield from list(reader.read_closely(sources))
        return
    except Exception as error:
        if len(sources) == 1:
            yield ReadingFailed(
                f"{sources[0].origin}: reading it failed with {type(error).__name__}: {error}; "
                f"this is a bug, please report it with the article\n{traceback.format_exc()}"
            )
            return
    for source in sources:
        yield from _read_each(reader, [source])


def _read_batch(rules: ReadingRules, batch: tuple[WorkItem, ...]) -> list[Result]:
    """Reads one batch; an error belongs to its own source and stops no other."""
    return [
        (item.origin, read if isinstance(read, UndersignedError) else read.reading)
        for item, read in iter_read_closely(batch, rules)
    ]


def _open(item: WorkItem, loaders: Loaders, rules: ReadingRules) -> Source | UndersignedError:
    try:
        payload = retrieve(item, rules.fetch, max_file_bytes=rules.largest_file_bytes)
        return loaders.read(payload, rules.loader)
    except UndersignedError as error:
        return error


def check_loaders(rules: ReadingRules) -> tuple[LoaderUnusable, ...]:
    """What is wrong with loader files; the other loaders are used without them.

    Raises:
        LoaderUnusable: there is no loader of the name that was asked for.
    """
    loaders = _loaders(rules.project.loaders)
    if rules.loader is not None:
        loaders.get(rules.loader)
    return loaders.problems


@cache
def _loaders(folder: Path) -> Loaders:
    return find_loaders(folder)


@cache
def _reader(pipeline: str) -> Reader:
    return Reader(pipeline or None)
