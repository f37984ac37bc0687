"""What one server allows, declared once."""

from __future__ import annotations

import os
from dataclasses import dataclass, field

_MIB = 1024 * 1024


def _quick_workers() -> int:
    return (os.cpu_count() or 1) + 2


@dataclass(frozen=True, slots=True, kw_only=True)
class ServeSettings:
    """The limits of a server.

    Every query starts in the quick lane. One that is not done soon goes on in the long lane, at the
    lowest priority, so that quick queries never wait for slow ones.
    """

    timeout_seconds: float = 10.0
    """Time for one query, waiting for its turn included."""
    cpu_seconds: float = 10.0
    """Processor time for one query, rounded up to whole seconds."""
    memory_bytes: int = 512 * _MIB
    """Address space that one query may take."""
    memory_together_bytes: int = 2048 * _MIB
    """Memory of all queries together; beyond it the one that holds most is ended."""
    answer_rows: int = 1_000_000
    """Rows or triples of one answer."""
    answer_bytes: int = 64 * _MIB
    """The longest answer."""
    whole_bytes: int = 1 * _MIB
    """Up to this length an answer is whole before its status is sent; longer ones are streamed."""
    sending_seconds: float = 60.0
    """Time that a client may let a streamed answer wait for it, all its pauses together."""
    quick_seconds: float = 0.1
    """A query that takes more processor time, or much more time, goes on in the long lane."""
    quick_workers: int = field(default_factory=_quick_workers)
    """Processes that answer quick queries."""
    long_queries: int = 24
    """Queries that may be in the long lane at once."""
    long_queries_per_client: int = 20
    """Of them, those of one address."""
    waiting_queries: int = 256
    """Queries that wait for their turn; further ones are turned away at once."""
    page_threads: int = 6
    """Threads that make pages. More of them would only wait for one another, and let the answers to
    queries wait, too."""
    query_bytes: int = 64 * 1024
    """The longest request body and the longest query string."""
    update_seconds: float = 60.0
    """Time for one update, where writing is on."""
    update_bytes: int = 16 * _MIB
    """The longest update and the longest graph that is sent."""
    update_memory_bytes: int = 4096 * _MIB
    """Address space that writing may take."""
    rows_with_words: int = 500
    """Rows of an answer to a saved question that is asked with the words of its sources."""
    export_seconds: float = 60.0
    """Time for one export."""
    export_bytes: int = 256 * _MIB
    """The longest export."""
    export_memory_bytes: int = 2048 * _MIB
    """Address space that one export may take."""
    exports_together: int = 2
    """Exports that are made at once; further ones are turned away."""
    cache_bytes: int = 64 * _MIB
    """Memory for answers that are kept until the revision changes."""
    allowed_hosts: frozenset[str] | None = frozenset({"localhost", "127.0.0.1", "::1"})
    """The names that the Host header may have, without port; None allows any. On a loopback address
    the check keeps pages of other sites from reading the graph through a name of theirs that leads
    here (DNS rebinding)."""
    token: str = ""
    """Who sends it as a bearer token sees and ends running queries, and writes where writing is on.
    Without one, nobody does."""
    open_metrics: bool = True
    """Whether anybody who reaches the server sees its counts; else it takes the token."""
