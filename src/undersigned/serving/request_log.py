"""A log of requests: one JSON object a line. What was asked is in it only where that is wanted."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final, TextIO

from undersigned.serving.problems import INCIDENT

if TYPE_CHECKING:
    from starlette.types import Scope

QUERY: Final = "undersigned.query"
"""Where in the scope of a request the text of its query lies."""


class RequestLog:
    """Writes a line for each response."""

    def __init__(self, stream: TextIO, *, queries: bool = False) -> None:
        """`queries` adds what was asked: the query string, and the text of the query."""
        self._stream = stream
        self._queries = queries

    def write(self, scope: Scope, status: int, seconds: float) -> None:
        """Writes one line, and hands it on at once."""
        line: dict[str, Any] = {
            "time": datetime.now(UTC).isoformat(timespec="milliseconds"),
            "method": scope["method"],
            "path": scope["path"],
            "status": status,
            "ms": round(seconds * 1000, 1),
            "client": scope["client"][0] if scope.get("client") else "",
        }
        if incident := scope.get(INCIDENT):
            line[INCIDENT] = incident
        if self._queries:
            line["query_string"] = scope["query_string"].decode("latin-1")
            line["query"] = scope.get(QUERY, "")
        self._stream.write(json.dumps(line) + "\n")
        self._stream.flush()
