"""The loaders in use: found by path, imported under a private name, kept in a plain dictionary.

A loader file is imported as a module of a private package whose name comes from its folder, so
that relative imports, dataclasses, tracebacks and breakpoints work and nobody's import space is
touched. Loader objects stay in their process: workers are sent paths and find loaders themselves.
"""

from __future__ import annotations

import importlib
import sys
import traceback
from dataclasses import dataclass
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Final, cast

from undersigned.errors import (
    LoaderFailed,
    LoaderUnusable,
    SourceKindUnknown,
    SourceUnreadable,
    UndersignedError,
)
from undersigned.iris import key_of
from undersigned.loading.checking import problem_of
from undersigned.loading.media import MediaKind, media_kind_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from undersigned.loading.base import Loader, Payload
    from undersigned.source import Source

ENTRY_POINT_GROUP: Final = "undersigned.loaders"


@dataclass(frozen=True, slots=True)
class FoundLoader:
    """One loader: its name, where it comes from, and the first line of its file's docstring."""

    name: str
    path: str
    summary: str
    loader: Loader


@dataclass(frozen=True, slots=True)
class Loaders:
    """The loaders in use by name, sorted, and what went wrong with the files that are not."""

    by_name: Mapping[str, FoundLoader]
    problems: tuple[LoaderUnusable, ...] = ()

    def choose(self, payload: Payload, name: str | None = None) -> FoundLoader:
        """The loader for a payload: the one named, or the one that is surest.

        Raises:
            LoaderUnusable: there is no loader of that name.
            SourceUnreadable: the payload is empty or only white space.
            SourceKindUnknown: no loader reads this kind.
        """
        if name is not None:
            return self.get(name)
        kind = media_kind_of(payload)
        if kind is MediaKind.EMPTY:
            size = len(payload.data)
            found = f"{size} bytes of white space" if size else "0 bytes"
            raise SourceUnreadable(f"{payload.origin}: nothing to read: the source has {found}")
        scored = [(_score(found, payload), found) for found in self.by_name.values()]
        best = max(scored, key=lambda pair: pair[0], default=(0.0, None))
        if best[1] is None or best[0] <= 0:
            reads = "; ".join(f"{f.name} reads {f.loader.summary}" for f in self.by_name.values())
            raise SourceKindUnknown(
                f"{payload.origin}: this is {kind}, and no loader reads that "
                f"({reads or 'there are no loaders'}); {_advice(kind)}"
            )
        return best[1]

    def read(self, payload: Payload, name: str | None = None) -> Source:
        """The source in a payload, read by the loader named or by the one that is surest.

        Raises:
            SourceError: the payload can't be read.
            LoaderFailed: the loader raised an error of its own or made impossible blocks.
        """
        found = self.choose(payload, name)
        try:
            source = found.loader.read(payload)
        except UndersignedError:
            raise
        except Exception as error:
            raise LoaderFailed(
                f"{payload.origin}: loader '{found.name}' ({found.path}) failed: "
                f"{type(error).__name__}: {error}\n{traceback.format_exc()}"
            ) from error
        if problem := problem_of(source):
            raise LoaderFailed(
                f"{payload.origin}: loader '{found.name}' ({found.path}) made a source "
                f"that can't be: {problem}"
            )
        return source

    def get(self, name: str) -> FoundLoader:
        """The loader of this name.

        Raises:
            LoaderUnusable: there is none; the message has those that there are.
        """
        if name in self.by_name:
            return self.by_name[name]
        known = ", ".join(self.by_name) or "none"
        reasons = "; ".join(str(problem) for problem in self.problems)
        raise LoaderUnusable(
            f"no loader '{name}'; there are: {known}" + (f"; not usable: {reasons}" * bool(reasons))
        )


def find_loaders(folder: Path, installed: Iterable[EntryPoint] | None = None) -> Loaders:
    """The loaders in a project's `loaders/` folder and those that installed packages offer.

    Files and folders whose names begin with `_` or `.` are shared parts, not loaders.

    Raises:
        LoaderUnusable: two loaders have one name. A file that does not import does not stop the
            others: it is in `Loaders.problems`.
    """
    found: dict[str, FoundLoader] = {}
    problems: list[LoaderUnusable] = []
    points = entry_points(group=ENTRY_POINT_GROUP) if installed is None else installed
    candidates = [(path.stem, str(path)) for path in _loader_files(folder)]
    offered = {point.name: point for point in points}
    candidates += [(name, f"{point.value} (installed)") for name, point in offered.items()]
    _refuse_doubles(candidates)
    for name, path in sorted(candidates):
        try:
            module = offered[name].load() if name in offered else _import_file(folder, name)
            found[name] = _offer_of(module, name, path)
        except LoaderUnusable as problem:
            problems.append(problem)
        except Exception as error:
            problems.append(_unusable(path, error))
    return Loaders(found, tuple(problems))


def _loader_files(folder: Path) -> list[Path]:
    if not folder.is_dir():
        raise LoaderUnusable(f"{folder}: no such folder; a project keeps its loaders there")
    return [
        path
        for path in sorted(folder.iterdir())
        if not path.name.startswith(("_", "."))
        and (path.suffix == ".py" or (path / "__init__.py").is_file())
    ]


def _refuse_doubles(candidates: list[tuple[str, str]]) -> None:
    seen: dict[str, str] = {}
    for name, path in candidates:
        if name in seen:
            raise LoaderUnusable(
                f"two loaders are named '{name}': {seen[name]} and {path}; rename one of them"
            )
        seen[name] = path


def _import_file(folder: Path, name: str) -> ModuleType:
    parent = f"_undersigned_loaders_{key_of(str(folder.resolve()))}"
    if parent not in sys.modules:
        package = ModuleType(parent, f"The loaders in {folder}.")
        package.__path__ = [str(folder.resolve())]
        sys.modules[parent] = package
        importlib.invalidate_caches()
    return importlib.import_module(f"{parent}.{name}")


def _offer_of(module: ModuleType, name: str, path: str) -> FoundLoader:
    loader = getattr(module, "LOADER", None)
    lacking = [part for part in ("summary", "accepts", "read") if not hasattr(loader, part)]
    if lacking:
        fault = "is missing" if loader is None else f"lacks {', '.join(lacking)}"
        raise LoaderUnusable(
            f"{path}: LOADER {fault}; loader file sets LOADER to an object with "
            "summary, accepts(payload) and read(payload)"
        )
    lines = (module.__doc__ or "").strip().splitlines()
    return FoundLoader(name, path, lines[0] if lines else "", cast("Loader", loader))


def _unusable(path: str, error: Exception) -> LoaderUnusable:
    where = path
    if isinstance(error, SyntaxError) and error.filename:
        where = f"{error.filename}:{error.lineno}"
    else:
        folder = str(Path(path).parent.resolve())
        for frame in traceback.extract_tb(error.__traceback__):
            if frame.filename.startswith(folder):
                where = f"{frame.filename}:{frame.lineno}"
    return LoaderUnusable(f"{where}: the loader does not import: {type(error).__name__}: {error}")


def _score(found: FoundLoader, payload: Payload) -> float:
    try:
        return float(found.loader.accepts(payload))
    except Exception as error:
        raise LoaderFailed(
            f"{payload.origin}: loader '{found.name}' ({found.path}) failed to say whether it "
            f"reads this: {type(error).__name__}: {error}\n{traceback.format_exc()}"
        ) from error


def _advice(kind: MediaKind) -> str:
    if kind in (MediaKind.GZIP, MediaKind.ARCHIVE):
        return "unpack it first"
    if kind in (MediaKind.OFFICE, MediaKind.RTF):
        return "save it as plain text, HTML or PDF first"
    if kind in (MediaKind.IMAGE, MediaKind.RECORDING):
        return "a transcript of it as plain text can be loaded"
    return "name a loader for it, or convert it to a kind that one reads"
