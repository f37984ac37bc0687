"""`site` asks a site over the small store of tests/pages as a program does; `browser` as a browser.

What the store holds is said in pages/site_store.py.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from pages.site_store import Browser, make_site, make_store
from serving.asking import Asker
from undersigned.pages.requests import error_page
from undersigned.serving.app import make_app
from undersigned.serving.parts import PARTS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(scope="session")
def small_store(tmp_path_factory: pytest.TempPathFactory, root: Path) -> Path:
    return make_store(tmp_path_factory.mktemp("questions") / "store", root)


@pytest.fixture(scope="session")
def runner() -> Iterator[asyncio.Runner]:
    with asyncio.Runner() as runner:
        yield runner


@pytest.fixture(scope="session")
def site(runner: asyncio.Runner, small_store: Path, root: Path) -> Iterator[Asker]:
    served = make_site(small_store, root)
    app = make_app(served, PARTS, error_page=error_page)
    asker = Asker(runner, small_store, app=app, site=served)
    yield asker
    asker.close()


@pytest.fixture(scope="session")
def browser(runner: asyncio.Runner, small_store: Path, root: Path) -> Iterator[Browser]:
    made = Browser(runner, small_store, root)
    yield made
    made.close()
