"""Fixtures for loaders.

Use `article` to read bytes with the article loader of this repository, and `pages` for the folder
of small pages of our own. Beside each page lies `NAME.expected`, its reading as `listing_of` gives
it; `python tests/loaders/conftest.py` writes them anew, for review.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from undersigned.loading.base import Payload
from undersigned.loading.registry import find_loaders

if TYPE_CHECKING:
    from collections.abc import Callable

    from undersigned.source import Source

ROOT = Path(__file__).resolve().parents[2]
PAGES = Path(__file__).parent / "pages"
FIELDS = ("title", "authors", "outlet", "published", "language", "url", "notes")


def article_reader() -> Callable[..., Source]:
    loaders = find_loaders(ROOT / "loaders", installed=())
    assert not loaders.problems

    def read(data: bytes, name: str = "page.txt", **told: Any) -> Source:
        return loaders.read(replace(Payload(origin=name, data=data, name_hint=name), **told))

    return read


def listing(source: Source) -> str:
    values = {field: getattr(source, field) for field in FIELDS}
    lines = [f"id: {source.source_id}"]
    lines += [
        f"{k}: {' | '.join(v) if isinstance(v, tuple) else v}" for k, v in values.items() if v
    ]
    lines += ["", *(f"{b.kind:<11} {source.text[b.start : b.end]}" for b in source.blocks)]
    return "\n".join(lines) + "\n"


@pytest.fixture(scope="session")
def listing_of() -> Callable[[Source], str]:
    """Gives the details that are not empty, then one line a block: its kind and its words."""
    return listing


@pytest.fixture(scope="session")
def article() -> Callable[..., Source]:
    return article_reader()


@pytest.fixture(scope="session")
def pages() -> Path:
    return PAGES


if __name__ == "__main__":
    for page in sorted(PAGES.iterdir()):
        if page.suffix != ".expected":
            read = article_reader()(page.read_bytes(), page.name)
            page.with_name(f"{page.name}.expected").write_text(listing(read), encoding="utf-8")
