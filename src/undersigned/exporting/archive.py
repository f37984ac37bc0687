"""Zip archives whose bytes depend on nothing but what is in them."""

from __future__ import annotations

import zipfile
from contextlib import contextmanager
from typing import TYPE_CHECKING, BinaryIO, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

_EPOCH: Final = (1980, 1, 1, 0, 0, 0)
"""The earliest time that a zip file can hold; the time of writing would change the bytes."""


class Archive:
    """Files written one after the other into a zip."""

    def __init__(self, output: BinaryIO) -> None:
        self._zip = zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED)

    @contextmanager
    def file(self, name: str) -> Iterator[BinaryIO]:
        """Opens a file of the archive for writing; names have `/` between folders."""
        entry = zipfile.ZipInfo(name, date_time=_EPOCH)
        entry.compress_type = zipfile.ZIP_DEFLATED
        entry.external_attr = 0o644 << 16
        entry.create_system = 3
        # The size is not known before, and may pass 2 GiB.
        with self._zip.open(entry, "w", force_zip64=True) as opened:
            yield opened  # type: ignore[misc]  # a writable file, typed as IO[bytes]

    def close(self) -> None:
        """Writes the list of files."""
        self._zip.close()


@contextmanager
def open_archive(output: BinaryIO) -> Iterator[Archive]:
    """An archive that is finished when the block ends without an error."""
    archive = Archive(output)
    yield archive
    archive.close()
