"""What one server allows, declared once."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ServeSettings:
    """The limits of a server.

    `allowed_hosts` are the names that the Host header may have, without port; None allows any. On a
    loopback address the check keeps pages of other sites from reading the graph through a name of
    theirs that leads here (DNS rebinding).
    """

    timeout_seconds: float = 10.0
    """Time for one query, waiting for its turn included."""
    running_queries: int = 8
    """Queries that are evaluated at once. One that ran out of time counts until it really ends."""
    waiting_queries: int = 64
    """Queries that wait for their turn; further ones are turned away at once."""
    query_bytes: int = 64 * 1024
    """The longest request body and the longest query string."""
    answer_bytes: int = 64 * 1024 * 1024
    """The longest answer, held in memory whole before the status is sent."""
    allowed_hosts: frozenset[str] | None = frozenset({"localhost", "127.0.0.1", "::1"})
