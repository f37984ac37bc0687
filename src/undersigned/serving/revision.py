"""The reader of the newest published revision, opened again only when a load has published."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from undersigned.store.embedded import EmbeddedReader, open_reader

if TYPE_CHECKING:
    from pathlib import Path


class LatestReader:
    """Call it for a reader of the newest revision. Safe to call from many threads."""

    def __init__(self, store: Path) -> None:
        self._store = store
        self._head = store / "store.json"
        self._lock = threading.Lock()
        self._seen: tuple[int, int] | None = None
        self._reader: EmbeddedReader | None = None

    def __call__(self) -> EmbeddedReader:
        """The reader.

        Raises:
            StoreUnreadable: there is no store, or it holds nothing yet.
        """
        with self._lock:
            state = self._head_state()
            if self._reader is None or state is None or state != self._seen:
                # The older reader is not closed: queries may still run on it. Its files are let go
                # when the last of them ends.
                self._reader = open_reader(self._store)
                self._seen = state
            return self._reader

    def _head_state(self) -> tuple[int, int] | None:
        """Changes with each published revision, since the file is replaced by a new one."""
        try:
            status = self._head.stat()
        except OSError:
            return None
        return status.st_ino, status.st_mtime_ns
