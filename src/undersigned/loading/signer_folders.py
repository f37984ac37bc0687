"""Folders that are one list with a small file a signer, and the files that lie beside a list."""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from typing import TYPE_CHECKING, Final

from undersigned.loading.media import MediaKind, suffix_kind

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from undersigned.loading.base import Part

_SUFFIXES: Final = frozenset({".yaml", ".yml", ".json", ".md"})
_LEAST_FILES: Final = 3
_LARGEST_BYTES: Final = 4096
"""A file of one signer is smaller; one with many signers is a list by itself."""
_PAGE_NAMES: Final = ("index", "letter", "readme")
_PAGE_SUFFIXES: Final = (".md", ".html", ".htm", ".txt", ".markdown")
_ONE_SIGNER: Final = re.compile(
    r"\A\ufeff?(?:---[^\n]*\n)?\s*(?:\{\s*\"|(?:[A-Za-z_][\w \-]*:\s))(?s:.*)"
)
_TABLES: Final = frozenset(
    {MediaKind.TABLE, MediaKind.JSON, MediaKind.YAML, MediaKind.WORKBOOK, MediaKind.PARQUET}
)


def signer_folders(paths: Iterable[Path]) -> dict[Path, tuple[Path, ...]]:
    """The folders among the parents of some files that hold nothing but a small file a signer.

    All files of such a folder have one suffix and the form of one record; the first file is
    looked into, of the others only the size.
    """
    members: dict[Path, list[Path]] = defaultdict(list)
    for path in paths:
        members[path.parent].append(path)
    return {
        folder: tuple(sorted(found))
        for folder, found in members.items()
        if len(found) >= _LEAST_FILES and _is_list(found)
    }


def _is_list(paths: list[Path]) -> bool:
    suffixes = {path.suffix.lower() for path in paths}
    if len(suffixes) != 1 or not suffixes <= _SUFFIXES:
        return False
    first = min(paths)
    try:
        if any(path.stat().st_size > _LARGEST_BYTES for path in paths):
            return False
        head = first.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return False
    if suffixes == {".md"} and not re.match(
        r"\A\ufeff?---[^\n]*\n(?s:.*?)^(?:name|signatory|signer):", head, re.M
    ):
        return False
    return bool(_ONE_SIGNER.match(head)) and not re.search(r"(?m)^\s*-\s+\w+:|[\[]\s*\{", head)


def mapping_beside(path: Path) -> Path | None:
    """The mapping file of a table or a folder: the same name, and .toml; None without one."""
    if path.is_dir():
        mapping = path.parent / f"{path.name}.toml"
    elif suffix_kind(path.name) in _TABLES:
        mapping = path.with_suffix(".toml")
    else:
        return None
    return mapping if mapping.is_file() else None


def letter_beside(path: Path, mapping: Part | None, *, is_folder: bool) -> Path | None:
    """The letter's page: the one that the mapping file names, or a folder's neighbour "index".

    A page that a mapping names but that is not there is returned all the same, so that reading it
    says so.
    """
    if mapping is not None and (named := _named_page(mapping)):
        return path.parent / named
    if not is_folder:
        return None
    beside = {
        entry.name.lower(): entry for entry in path.resolve().parent.iterdir() if entry.is_file()
    }
    names = (f"{name}{suffix}" for name in _PAGE_NAMES for suffix in _PAGE_SUFFIXES)
    found = next((beside[name] for name in names if name in beside), None)
    return None if found is None else path.parent / found.name


def _named_page(mapping: Part) -> str | None:
    try:
        letter = tomllib.loads(mapping.data.decode("utf-8-sig")).get("letter", {})
    except (tomllib.TOMLDecodeError, UnicodeDecodeError):
        return None  # the loader tells what is wrong with it
    page = letter.get("page") if isinstance(letter, dict) else None
    return page if isinstance(page, str) else None
