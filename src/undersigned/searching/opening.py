"""The index that belongs to a revision: beside the store, made when it is first asked for.

    PATH/search/REV.sqlite

Indexes of revisions that are no longer kept are taken away, so that nothing outlives what it was
made from.
"""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Final

from undersigned.searching.index import SearchIndex, build_index
from undersigned.store.place import SEARCH_FOLDER

if TYPE_CHECKING:
    from undersigned.store.base import GraphReader

_SUFFIX: Final = ".sqlite"
_HEAD: Final = "store.json"
_OWN: Final[dict[Path, Path]] = {}
_LOCK: Final = threading.Lock()
"""One index is built at a time; who waits for it finds it made."""


class IndexBeingMade(Exception):
    """Another search is making the index just now."""


def open_index(reader: GraphReader, store: Path, *, patient: bool = True) -> SearchIndex:
    """The index of the reader's revision in the folder of a store; made if it is not there yet.

    Where the folder can't be written, the index is kept among this process's temporary files.

    Raises:
        IndexBeingMade: somebody else is making an index, and the caller is not patient.
    """
    name = f"{reader.revision}{_SUFFIX}"
    for folder in (store / SEARCH_FOLDER, _OWN.get(store)):
        if folder is not None and (folder / name).is_file():
            return SearchIndex(folder / name)
    if not _LOCK.acquire(blocking=patient):
        raise IndexBeingMade
    try:
        return SearchIndex(_made(reader, store, name))
    finally:
        _LOCK.release()


def _made(reader: GraphReader, store: Path, name: str) -> Path:
    path = store / SEARCH_FOLDER / name
    try:
        path.parent.mkdir(exist_ok=True)
        if not path.is_file():
            _make(reader, path, (store / _HEAD).stat().st_mode & 0o777)
    except OSError:
        path = _make_own_folder(store) / name
        if not path.is_file():
            _make(reader, path, 0o600)
    _drop_others(store, path)
    return path


def _make_own_folder(store: Path) -> Path:
    """This process's folder for indexes of a store that can't hold them."""
    if store not in _OWN:
        _OWN[store] = Path(tempfile.mkdtemp(prefix="undersigned-search-"))
        atexit.register(shutil.rmtree, _OWN[store], ignore_errors=True)
    return _OWN[store]


def _make(reader: GraphReader, path: Path, mode: int) -> None:
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f"{path.name}.new-")
    os.close(handle)
    made = Path(name)
    try:
        build_index(reader, made)
        made.chmod(mode)
        made.replace(path)
    finally:
        made.unlink(missing_ok=True)


def _drop_others(store: Path, path: Path) -> None:
    """Indexes of revisions that the store no longer keeps."""
    for other in path.parent.glob(f"*{_SUFFIX}"):
        if other != path and not (store / "revisions" / other.stem).is_dir():
            other.unlink(missing_ok=True)
