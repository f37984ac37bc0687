"""Counts of what the server does, in the text format of Prometheus (version 0.0.4)."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from undersigned.serving.site import Site

MEDIA_TYPE: Final = "text/plain; version=0.0.4; charset=utf-8"
_BUCKETS: Final = (0.001, 0.005, 0.025, 0.1, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)
"""Upper ends in seconds: answers from the cache, quick queries, the long lane, the time limit."""
_METHODS: Final = {"GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS"}


class RequestCounts:
    """How many responses had which status, and how long they took."""

    def __init__(self) -> None:
        self.statuses: Counter[tuple[str, int]] = Counter()
        self._buckets = [0] * (len(_BUCKETS) + 1)
        self._seconds = 0.0

    def count(self, method: str, status: int, seconds: float) -> None:
        """Counts one response. Status 0 stands for none, since the client had gone."""
        self.statuses[method if method in _METHODS else "other", status] += 1
        self._buckets[bisect_left(_BUCKETS, seconds)] += 1
        self._seconds += seconds

    def lines(self) -> Iterator[str]:
        """Yields the lines of the two metrics."""
        yield from metric(
            "http_requests_total",
            "counter",
            "Responses by method and status.",
            {
                f'{{method="{method}",status="{status}"}}': number
                for (method, status), number in sorted(self.statuses.items())
            },
        )
        total, values = 0, {}
        for end, number in zip((*map(str, _BUCKETS), "+Inf"), self._buckets, strict=True):
            total += number
            values[f'_bucket{{le="{end}"}}'] = float(total)
        values |= {"_sum": self._seconds, "_count": float(total)}
        yield from metric(
            "http_request_seconds", "histogram", "Time from request to last byte.", values
        )


def metric(name: str, kind: str, sentence: str, values: Mapping[str, float]) -> Iterator[str]:
    """Yields the lines of one metric; the keys of `values` are what follows its name."""
    yield f"# HELP undersigned_{name} {sentence}"
    yield f"# TYPE undersigned_{name} {kind}"
    for rest, value in values.items():
        yield (
            f"undersigned_{name}{rest} {value:g}"
            if value % 1
            else (f"undersigned_{name}{rest} {int(value)}")
        )


def iter_metrics(site: Site) -> Iterator[str]:
    """Yields all lines."""
    yield from site.requests.lines()
    lanes = Counter({"waiting": 0, "quick": 0, "long": 0, "sending": 0})
    lanes.update(query.lane for query in site.queries.running.values())
    yield from _simple(
        ("queries_ended_total", "counter", "Queries by how they ended.",
         {f'{{outcome="{k}"}}': n for k, n in sorted(site.queries.outcomes.items())}),
        ("queries_running", "gauge", "Queries that are being answered, by lane.",
         {f'{{lane="{k}"}}': n for k, n in lanes.items()}),
        ("queries_memory_bytes", "gauge", "Memory held by the queries of the long lane.",
         {"": site.queries.watch.held_bytes}),
        ("cache_answers_total", "counter", "Answers asked of the cache.",
         {'{found="yes"}': site.cache.hits, '{found="no"}': site.cache.misses}),
        ("cache_bytes", "gauge", "Memory of the cache.", {"": site.cache.held_bytes}),
    )  # fmt: skip


def _simple(*metrics: tuple[str, str, str, Mapping[str, float]]) -> Iterable[str]:
    for name, kind, sentence, values in metrics:
        yield from metric(name, kind, sentence, values)
