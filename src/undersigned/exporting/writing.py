"""Writing an export to its place: the whole file or none."""

from __future__ import annotations

import gzip
import os
import tempfile
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, cast

from undersigned.errors import ExportError

if TYPE_CHECKING:
    from undersigned.exporting.base import ExportFormat, ExportRequest


def export_to_file(form: ExportFormat, request: ExportRequest, path: Path) -> int:
    """Writes an export beside its place and moves it there in one step when it is whole.

    An older file of that name is replaced; after an error it is still there, and no half one. A
    name that ends in .gz is compressed.
    Returns the number of statements.

    Raises:
        ExportError: the file can't be written, or the data can't be said in the format.
    """
    try:
        descriptor, draft = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    except OSError as error:
        raise _unwritable(path, error) from error
    try:
        with os.fdopen(descriptor, "wb") as output:
            if path.suffix == ".gz":
                # Neither name nor time: the same data give the same bytes.
                with gzip.GzipFile("", "wb", fileobj=output, mtime=0) as packed:
                    count = export_to_stream(form, request, cast("BinaryIO", packed))
            else:
                count = export_to_stream(form, request, output)
        # mkstemp makes files that only their owner reads; an export gets what any new file gets.
        Path(draft).chmod(0o666 & ~_umask())
        Path(draft).replace(path)
    except OSError as error:
        Path(draft).unlink(missing_ok=True)
        raise _unwritable(path, error) from error
    except BaseException:
        Path(draft).unlink(missing_ok=True)
        raise
    return count


def export_to_folder(form: ExportFormat, request: ExportRequest, path: Path) -> int:
    """Writes the files of a format that unpacks into a folder, which is made or has to be empty.

    Returns the number of files.

    Raises:
        ExportError: the folder holds something already, or can't be written.
    """
    try:
        path.mkdir(parents=True, exist_ok=True)
        if any(path.iterdir()):
            raise ExportError(
                f"{path} is not empty; name a new folder, or a file that ends in .zip"
            )
        with tempfile.TemporaryFile() as packed:
            count = export_to_stream(form, request, cast("BinaryIO", packed))
            with zipfile.ZipFile(packed) as archive:
                archive.extractall(path)
    except OSError as error:
        raise _unwritable(path, error) from error
    return count


def export_to_stream(form: ExportFormat, request: ExportRequest, output: BinaryIO) -> int:
    """Writes an export to an open stream; the number of statements."""
    count = form.write(request, output)
    output.flush()
    return count


def _unwritable(path: Path, error: OSError) -> ExportError:
    return ExportError(
        f"{path} can't be written ({error.strerror or error}); name another file with --output"
    )


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
