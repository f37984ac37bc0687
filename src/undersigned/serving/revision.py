"""The newest published revision, opened again only when a load has published."""

from __future__ import annotations

import threading
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from undersigned.serving.site import Revision
from undersigned.store.embedded import open_reader

if TYPE_CHECKING:
    from pathlib import Path


class LatestRevision:
    """Call it for the newest revision of a store on disk. Safe to call from many threads."""

    def __init__(self, store: Path) -> None:
        self._store = store
        self._head = store / "store.json"
        self._lock = threading.Lock()
        self._seen: tuple[int, int] | None = None
        self._revision: Revision | None = None

    def __call__(self) -> Revision:
        """The revision, its reader open.

        Raises:
            StoreUnreadable: there is no store, or it holds nothing yet.
        """
        with self._lock:
            state = self._head_state()
            if self._revision is None or state is None or state != self._seen:
                # The older reader is not closed: handlers may still read from it. Its files are let
                # go when the last of them ends.
                reader = open_reader(self._store)
                published = datetime.fromtimestamp((state[1] if state else 0) // 10**9, UTC)
                folder = self._store / "revisions" / reader.revision
                self._revision = Revision(reader, published, folder)
                self._seen = state
            return self._revision

    def _head_state(self) -> tuple[int, int] | None:
        """Changes with each published revision, since the file is replaced by a new one."""
        try:
            status = self._head.stat()
        except OSError:
            return None
        return status.st_ino, status.st_mtime_ns
