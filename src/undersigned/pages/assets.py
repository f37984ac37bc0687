"""The style sheet and the scripts: where they lie, under names that change with what they hold.

The style sheet belongs to the package. Scripts are built from web/ into static/; where they were
not built, pages have none and work without.
"""

from __future__ import annotations

import hashlib
import json
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

STATIC_PATH: Final = "/static"
_STYLE: Final = "style.css"
_TYPES: Final = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".woff2": "font/woff2",
}


@cache
def style_path() -> str:
    """The path of the style sheet."""
    return f"{STATIC_PATH}/style-{_digest(_package() / _STYLE)}.css"


@cache
def script_path(name: str) -> str | None:
    """The path of a built script, as "query"; None if it was not built."""
    entry = _manifest().get(f"src/{name}.ts")
    return f"{STATIC_PATH}/{entry['file']}" if entry else None


@cache
def styles_of(name: str) -> tuple[str, ...]:
    """The paths of the style sheets that a built script brings along."""
    entry = _manifest().get(f"src/{name}.ts", {})
    return tuple(f"{STATIC_PATH}/{path}" for path in entry.get("css", ()))


def read_asset(path: str) -> tuple[bytes, str] | None:
    """The bytes and media type of what lies at a path below /static; None if nothing does."""
    if f"{STATIC_PATH}/{path}" == style_path():
        return (_package() / _STYLE).read_bytes(), _TYPES[".css"]
    file = _built().get(path)
    suffix = path[path.rfind(".") :]
    if file is None or suffix not in _TYPES:
        return None
    try:
        return file.read_bytes(), _TYPES[suffix]
    except FileNotFoundError:  # the scripts were built again while the server ran
        return None


def _package() -> Traversable:
    return files("undersigned.pages")


@cache
def _manifest() -> dict[str, dict[str, Any]]:
    manifest = _package() / "static" / ".vite" / "manifest.json"
    if not manifest.is_file():
        return {}
    found = json.loads(manifest.read_text(encoding="utf-8"))
    return found if isinstance(found, dict) else {}


@cache
def _built() -> dict[str, Traversable]:
    """The files that were built, by their path below static/; nothing else is handed out."""
    found: dict[str, Traversable] = {}
    waiting = [("", _package() / "static")]
    while waiting:
        prefix, folder = waiting.pop()
        if not folder.is_dir():
            continue
        for entry in folder.iterdir():
            if entry.name.startswith("."):
                continue
            name = f"{prefix}{entry.name}"
            if entry.is_dir():
                waiting.append((f"{name}/", entry))
            else:
                found[name] = entry
    return found


def _digest(file: Traversable) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()[:10]
