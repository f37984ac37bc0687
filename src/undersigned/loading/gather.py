"""What the arguments of `load` and `read` stand for: files, folders, globs, URLs, standard input.

Gathering looks at names only. A `WorkItem` is small and can be sent to a worker process, which
reads or fetches it with `retrieve`.
"""

from __future__ import annotations

import difflib
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote, urlsplit
from urllib.request import url2pathname

from undersigned.errors import SourceError, SourceUnreadable
from undersigned.loading.base import Part, Payload
from undersigned.loading.fetch import FetchRules, fetch
from undersigned.loading.media import suffix_kind
from undersigned.loading.signer_folders import letter_beside, mapping_beside, signer_folders

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

STANDARD_INPUT: Final = "-"
MAX_FILE_BYTES: Final = 50_000_000
"""Files of this size and more are refused: no article is that long, and a book costs minutes."""
STORE_MARK: Final = "store.json"
"""The file that marks a folder as a store: what lies there is no source."""
_ABOUT_THE_FOLDER: Final = frozenset({"readme", "license", "licence", "notice", "copying"})
"""Names of files that tell of a folder and are no sources."""
_NAMELESS: Final = "index"
_GLOB_SIGNS: Final = frozenset("*?[")


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkItem:
    """One source that has not been read yet: a path, a URL, or the bytes of standard input.

    `parts` are the files of a folder `path` that is one list, a file a signer. `mapping` is the
    file that says what the columns of a table hold; without it one of the same name beside it.
    """

    origin: str
    name_hint: str
    path: Path | None = None
    url: str | None = None
    data: bytes | None = field(default=None, repr=False)
    source_id: str | None = None
    parts: tuple[Path, ...] = field(default=(), repr=False)
    mapping: Path | None = None


@dataclass(frozen=True, slots=True)
class Gathered:
    """The sources that arguments stand for, in the order given, folders sorted by path.

    `skipped` are the files in folders that are hidden, have a suffix that says nothing to us, or
    tell of the folder (README and the like); `problems` are arguments that stand for nothing.
    """

    items: tuple[WorkItem, ...]
    skipped: tuple[Path, ...] = ()
    problems: tuple[SourceError, ...] = ()


def gather(
    arguments: Sequence[str],
    *,
    standard_input: bytes = b"",
    source_id: str | None = None,
    mapping: Path | None = None,
) -> Gathered:
    """The sources that these arguments stand for.

    An argument is a file, a folder (with all that lies below it), a glob pattern (`**` for any
    depth), an http(s) or file URL, or `-` for the bytes of standard input. A source that is named
    twice is given once. `source_id` is for a single source, `mapping` for all tables among them.
    """
    items: list[WorkItem] = []
    skipped: list[Path] = []
    problems: list[SourceError] = []
    for argument in arguments:
        try:
            found = _expand(argument, standard_input)
        except SourceError as problem:
            problems.append(problem)
            continue
        items += found.items
        skipped += found.skipped
    seen: dict[str, WorkItem] = {}
    for item in items:
        seen.setdefault(_place(item), item)
    items = list(seen.values())
    if source_id is not None:
        items, refused = _with_id(items, source_id)
        problems += refused
    if mapping is not None:
        items = [replace(item, mapping=mapping) for item in items]
    return Gathered(tuple(items), tuple(dict.fromkeys(skipped)), tuple(problems))


def retrieve(
    item: WorkItem, rules: FetchRules | None = None, *, max_file_bytes: int = MAX_FILE_BYTES
) -> Payload:
    """The bytes of a work item, read from disk or fetched.

    Raises:
        SourceUnreadable: the file is missing, too large or may not be read.
        SourceUnreachable: the URL did not answer, or may not be asked.
    """
    mapping, page = _beside(item, max_file_bytes)
    if item.url is not None:
        fetched = fetch(item.url, rules or FetchRules(), source_id=item.source_id)
        return replace(fetched, mapping=mapping, page=page)
    if item.path is None:
        data = item.data or b""
    else:
        data = b"" if item.parts else _bytes_of(item.path, max_file_bytes)
    return Payload(
        origin=item.origin,
        data=data,
        name_hint=item.name_hint,
        source_id=item.source_id,
        parts=tuple(
            Part(f"{path.parent.name}/{path.name}", _bytes_of(path, max_file_bytes))
            for path in item.parts
        ),
        page=page,
        mapping=mapping,
    )


def _beside(item: WorkItem, max_file_bytes: int) -> tuple[Part | None, Part | None]:
    """The mapping file of a table and the letter's page that it names, or that lies beside it.

    A mapping file that was named goes before one beside the table, and has its page beside itself.
    """
    found = item.mapping or (mapping_beside(item.path) if item.path is not None else None)
    mapping = _optional_part(found, max_file_bytes)
    place = item.mapping or item.path
    if place is None:
        return mapping, None
    page = letter_beside(place, mapping, is_folder=bool(item.parts) and item.mapping is None)
    if page is None and item.parts and item.path is not None:
        page = letter_beside(item.path, None, is_folder=True)
    return mapping, _optional_part(page, max_file_bytes)


def _optional_part(path: Path | None, max_file_bytes: int) -> Part | None:
    return None if path is None else Part(path.name, _bytes_of(path, max_file_bytes))


def _expand(argument: str, standard_input: bytes) -> Gathered:
    if argument == STANDARD_INPUT:
        name = "standard input"
        return Gathered((WorkItem(origin=name, name_hint="standard-input", data=standard_input),))
    if not argument.strip():
        raise SourceUnreadable("'': an empty name; give a file, a folder or a web address")
    scheme = argument.partition("://")[0].lower() if "://" in argument else ""
    if scheme in ("http", "https"):
        return Gathered((WorkItem(origin=argument, name_hint=argument, url=argument),))
    if scheme == "file":
        argument = _path_of(argument)
    elif scheme.isalpha():
        raise SourceUnreadable(
            f"{argument}: '{scheme}' addresses can't be loaded; give a file, a folder, or a URL "
            "that begins with https:, http: or file:"
        )
    path = Path(argument)
    if path.is_dir():
        return _in_folder(path)
    if not path.exists() and _GLOB_SIGNS & set(argument):
        return _matching(argument)
    if not path.exists():
        raise SourceUnreadable(_missing(path))
    return Gathered((_file_item(path, _hint_below(path.parent, path)),))


def _path_of(file_url: str) -> str:
    try:
        return url2pathname(unquote(urlsplit(file_url).path))
    except ValueError as error:
        raise SourceUnreadable(
            f"{file_url}: not an address ({error}); give the path of the file"
        ) from error


def _in_folder(folder: Path) -> Gathered:
    found = list(folder.rglob("*"))
    stores = {path.parent for path in found if path.name == STORE_MARK}
    paths = sorted(
        path
        for path in found
        if (path.is_file() or _leads_nowhere(path)) and stores.isdisjoint(path.parents)
    )
    kept = [path for path in paths if _is_wanted(path.relative_to(folder))]
    wanted = set(kept)
    skipped = tuple(path for path in paths if path not in wanted)
    lists = signer_folders(kept)
    taken = {path for members in lists.values() for path in members}
    taken |= {page for place in lists if (page := letter_beside(place, None, is_folder=True))}
    single = [path for path in kept if path not in taken]
    found_items = [_file_item(path, _hint_below(folder, path)) for path in single]
    found_items += [_list_item(place, members) for place, members in lists.items()]
    items = tuple(sorted(found_items, key=lambda item: item.origin))
    if not items:
        raise SourceUnreadable(
            f"{folder}: the folder holds nothing to load (files of other kinds: {len(skipped)}); "
            "name a file itself to load it whatever its suffix"
        )
    return Gathered(items, skipped)


def _hint_below(folder: Path, path: Path) -> str:
    """The path below a folder; a file called "index" goes by its folder's name, too."""
    below = path.relative_to(folder)
    if below.stem.lower() == _NAMELESS and len(below.parts) == 1:
        return f"{path.resolve().parent.name}/{path.name}"
    return below.as_posix()


def _list_item(folder: Path, members: tuple[Path, ...]) -> WorkItem:
    """A folder with a file a signer, under the name of the letter's page beside it, if there is."""
    page = letter_beside(folder, None, is_folder=True)
    hint = folder.resolve().name if page is None else _hint_below(page.parent, page)
    return WorkItem(origin=str(folder), name_hint=hint, path=folder, parts=members)


def _place(item: WorkItem) -> str:
    """The same for one file under two names, as `a.txt` and `./a.txt`."""
    return item.origin if item.path is None else str(item.path.resolve())


def _leads_nowhere(path: Path) -> bool:
    return path.is_symlink() and not path.exists()


def _is_wanted(below: Path) -> bool:
    hidden = any(part.startswith(".") for part in below.parts)
    about = below.stem.lower() in _ABOUT_THE_FOLDER
    return not hidden and not about and suffix_kind(below.name) is not None


def _matching(pattern: str) -> Gathered:
    """What a pattern matches; names below the part of it that has no pattern signs."""
    parts = Path(pattern).parts
    fixed = next(n for n, part in enumerate(parts) if _GLOB_SIGNS & set(part))
    root = Path(*parts[:fixed])
    matches = sorted(path for path in root.glob(str(Path(*parts[fixed:]))) if path.is_file())
    kept = [
        path
        for path in matches
        if not any(part.startswith(".") for part in path.relative_to(root).parts)
    ]
    if not kept:
        raise SourceUnreadable(
            f"{pattern}: no file matches this pattern in {root.resolve()}; "
            "quote the pattern so that the shell leaves it alone, and use ** for any depth"
        )
    items = tuple(_file_item(path, path.relative_to(root).as_posix()) for path in kept)
    return Gathered(items, tuple(path for path in matches if path not in set(kept)))


def _file_item(path: Path, name_hint: str) -> WorkItem:
    return WorkItem(origin=str(path), name_hint=name_hint, path=path)


def _with_id(
    items: Iterable[WorkItem], source_id: str
) -> tuple[list[WorkItem], list[SourceUnreadable]]:
    found = list(items)
    if len(found) > 1:
        return found, [
            SourceUnreadable(
                f"the id '{source_id}' is for one source, and the arguments stand for "
                f"{len(found)}; load them one by one, or without an id"
            )
        ]
    return [replace(item, source_id=source_id) for item in found], []


def _bytes_of(path: Path, max_bytes: int) -> bytes:
    try:
        size = path.stat().st_size
        if size >= max_bytes:
            raise SourceUnreadable(_too_large(path, max_bytes, size))
        # Devices and pipes say that they are empty, and may never end.
        with path.open("rb") as file:
            data = file.read(max_bytes)
        if len(data) >= max_bytes:
            raise SourceUnreadable(_too_large(path, max_bytes))
        return data
    except FileNotFoundError as error:
        raise SourceUnreadable(_missing(path)) from error
    except OSError as error:
        raise SourceUnreadable(
            f"{path}: can't be read: {error.strerror or error}; check the file and its permissions"
        ) from error


def _too_large(path: Path, max_bytes: int, size: int | None = None) -> str:
    found = f"{size / 1e6:.0f} MB" if size else "it"
    return (
        f"{path}: {found} is too large for one source (the limit is {max_bytes / 1e6:.0f} MB); "
        "split it into one file for each article"
    )


def _missing(path: Path) -> str:
    if path.is_symlink():
        return f"{path}: a link to {path.readlink()}, which is not there; mend or remove the link"
    folder = path.parent
    if not folder.is_dir():
        return f"{path}: no such file or folder; there is no folder {folder} either"
    names = [entry.name for entry in folder.iterdir() if not entry.name.startswith(".")]
    near = difflib.get_close_matches(path.name, names, n=3, cutoff=0.5)
    hint = f"did you mean {', '.join(near)}?" if near else f"entries of the folder: {len(names)}"
    return f"{path}: no such file or folder in {folder.resolve()}; {hint}"
