"""The files of an embedded store: where each lies, and the steps that put them in their place."""

from __future__ import annotations

import json
import os
import secrets
import shutil
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pyoxigraph
from pyoxigraph import RdfFormat

from undersigned.errors import StoreUnreadable

if TYPE_CHECKING:
    from pathlib import Path

    from undersigned.iris import Iris

FORMAT: Final = 1
EMPTY: Final = "000000-empty"
"""The revision of a store before anything was published; it has no snapshot."""
SEARCH_FOLDER: Final = "search"
SNAPSHOT_TRIES: Final = 4
KEPT_REVISIONS: Final = 3
"""A reader that opens while two loads end still finds its snapshot."""

_BEFORE_THE_HEAD: Final = {"writer.lock", "store.json.new"}
"""What lies in a store that another process is making just now, or was killed while making."""
SOMETHING_ELSE: Final = (
    "{path} exists and is not a store of this program; name another folder with --store"
)


@dataclass(frozen=True, slots=True)
class Head:
    """What store.json says: the current revision, and what the store's IRIs start with."""

    revision: str
    base: str


@dataclass(frozen=True, slots=True)
class Place:
    """The files of a store on disk."""

    path: Path

    @property
    def live(self) -> Path:
        """What the writer writes to."""
        return self.path / "live"

    @property
    def unpublished(self) -> Path:
        """There while live files hold what no revision has."""
        return self.path / "unpublished"

    @property
    def suppressed(self) -> Path:
        """The salted hashes of names that must not come back."""
        return self.path / "suppressed.json"

    @property
    def erasing(self) -> Path:
        """There from the beginning of an erasure until its last byte is gone."""
        return self.path / "erasing"

    @property
    def _fresh(self) -> Path:
        return self.path / "live.new"

    @property
    def _quads(self) -> Path:
        return self.path / "live.nq"

    @property
    def _stale(self) -> Path:
        return self.path / "live.old"

    def revision(self, name: str) -> Path:
        """The snapshot of a revision."""
        return self.path / "revisions" / name

    def write_anew(self, store: pyoxigraph.Store) -> None:
        """Copies all quads to files that have never held anything else."""
        shutil.rmtree(self._fresh, ignore_errors=True)
        # By way of a file: five times as fast as quad by quad through Python.
        store.dump(str(self._quads), RdfFormat.N_QUADS)
        fresh = pyoxigraph.Store(str(self._fresh))
        fresh.bulk_load(path=str(self._quads), format=RdfFormat.N_QUADS)
        fresh.flush()
        self._quads.unlink()

    def swap(self) -> None:
        """Puts the files of `write_anew` in the place of the live ones, which nobody has open."""
        self.live.replace(self._stale)
        self._fresh.replace(self.live)
        shutil.rmtree(self._stale)

    def open_live(self) -> pyoxigraph.Store:
        """Opens the live files; first ends a swap that was cut short, or undoes its beginning."""
        if not self.live.exists() and self._fresh.exists():
            self._fresh.replace(self.live)
        for left in (self._fresh, self._stale):
            shutil.rmtree(left, ignore_errors=True)
        self._quads.unlink(missing_ok=True)
        return pyoxigraph.Store(str(self.live))

    def drop_revisions_but(self, revision: str) -> None:
        """Removes every snapshot but one, and what was made from them.

        Snapshots that were never published go, too.
        """
        for child in self.revision(revision).parent.iterdir():
            if child.name != revision:
                shutil.rmtree(child)
        shutil.rmtree(self.path / SEARCH_FOLDER, ignore_errors=True)

    def is_store(self) -> bool:
        """Whether a store of this program lies here."""
        return (self.path / "store.json").is_file()

    def is_something_else(self) -> bool:
        """Whether a file or a folder with content of others lies here."""
        if self.is_store() or not self.path.exists():
            return False
        return not self.path.is_dir() or any(
            child.name not in _BEFORE_THE_HEAD for child in self.path.iterdir()
        )

    def read_head(self) -> Head:
        """What store.json says.

        Raises:
            StoreUnreadable: there is no store, or one of another format, or the file is damaged.
        """
        if self.is_something_else():
            raise StoreUnreadable(SOMETHING_ELSE.format(path=self.path))
        if not self.is_store():
            raise StoreUnreadable(
                f"{self.path}: no store there; say `undersigned load SOURCE --store {self.path}`, "
                "or name the store's folder with --store"
            )
        try:
            head = json.loads((self.path / "store.json").read_text(encoding="utf-8"))
            version, found = head["format"], Head(head["revision"], head["base"])
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise StoreUnreadable(
                f"{self.path}/store.json can't be read ({error}); restore it from a copy of the "
                "store, or load the sources into a new one"
            ) from error
        if version != FORMAT:
            raise StoreUnreadable(
                f"{self.path}: the store has format {version!r}, and this program reads format "
                f"{FORMAT}; load the sources into a new store, or use the program that made it"
            )
        return found

    def write_head(self, revision: str, base: str) -> None:
        """Replaces store.json in one step."""
        head = {"format": FORMAT, "revision": revision, "base": base}
        draft = self.path / "store.json.new"
        with draft.open("w", encoding="utf-8") as out:
            out.write(json.dumps(head, indent=2) + "\n")
            out.flush()
            os.fsync(out.fileno())  # or a power cut could leave the new name with no content
        draft.replace(self.path / "store.json")

    def publish(self, store: pyoxigraph.Store, iris: Iris) -> str:
        """Makes a snapshot the current revision, and drops the oldest; the new revision."""
        revision = new_revision(self.read_head().revision)
        folder = self.revision(revision)
        folder.parent.mkdir(exist_ok=True)
        _snapshot(store, folder)
        self.write_head(revision, iris.base)
        self.unpublished.unlink(missing_ok=True)
        old = sorted(child for child in folder.parent.iterdir() if child.name < revision)
        for child in old[: -(KEPT_REVISIONS - 1)]:
            with suppress(OSError):  # a reader may hold it open where files in use can't be removed
                shutil.rmtree(child)
        return revision


def _snapshot(store: pyoxigraph.Store, folder: Path) -> None:
    """A snapshot of the live files; tried again where the engine changed them meanwhile.

    The engine merges files in the background, and a snapshot that meets the moment in which it
    swaps its list of files fails: "Corruption: File smaller than expected".
    """
    for _ in range(SNAPSHOT_TRIES - 1):
        try:
            store.backup(str(folder))
        except OSError:
            shutil.rmtree(folder, ignore_errors=True)
            store.flush()
        else:
            return
    store.backup(str(folder))


def new_revision(last: str) -> str:
    """The name of the revision after another: "000004-9f3a1c02" after "000003-…"."""
    # The number orders revisions; the random part tells stores apart that were made anew.
    return f"{int(last.split('-')[0]) + 1:06d}-{secrets.token_hex(4)}"
