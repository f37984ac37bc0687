"""`browser` asks a site over a small store for its pages; see site_store.py for what it holds."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from pages.site_store import Browser, make_store

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(scope="session")
def small_store(tmp_path_factory: pytest.TempPathFactory, root: Path) -> Path:
    return make_store(tmp_path_factory.mktemp("pages") / "store", root)


@pytest.fixture(scope="session")
def browser(small_store: Path, root: Path) -> Iterator[Browser]:
    with asyncio.Runner() as runner:
        made = Browser(runner, small_store, root)
        yield made
        made.close()
