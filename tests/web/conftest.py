"""`page` is a page of a headless Chromium that looks at a served small store; `plain_page` has no
script. Tests here are skipped where the machine has no Chromium or the scripts were not built."""

from __future__ import annotations

import shutil
from importlib.resources import files
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import sync_playwright

from pages.site_store import make_site, make_store
from undersigned.pages.requests import error_page
from undersigned.serving.app import make_app
from undersigned.serving.parts import PARTS
from web.serving import serve

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, BrowserContext, Page

_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        pytest.skip("no Chromium on this machine: apt install chromium, or the like")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=_ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory, root: Path) -> Iterator[str]:
    """Where the site is served."""
    store = make_store(tmp_path_factory.mktemp("web") / "store", root)
    site = make_site(store, root)
    with serve(make_app(site, PARTS, error_page=error_page)) as served:
        yield served


@pytest.fixture(scope="session")
def axe(root: Path) -> str:
    """The script that looks for faults of access."""
    path = root / "web/node_modules/axe-core/axe.min.js"
    if not path.is_file():
        pytest.skip("axe-core is not there: make web")
    return path.read_text(encoding="utf-8")


@pytest.fixture
def page(chromium: Browser, address: str) -> Iterator[Page]:
    if not (files("undersigned.pages") / "static" / ".vite" / "manifest.json").is_file():
        pytest.skip("the scripts of the pages were not built: make web")
    yield from _page(chromium.new_context(base_url=address, accept_downloads=True))


@pytest.fixture
def plain_page(chromium: Browser, address: str) -> Iterator[Page]:
    yield from _page(chromium.new_context(base_url=address, java_script_enabled=False))


def _page(context: BrowserContext) -> Iterator[Page]:
    """A page; what its browser complains about fails the test."""
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda m: complaints.append(m.text) if m.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda r: complaints.append(r.url) if not _is_near(r.url) else None)
    yield page
    context.close()
    assert complaints == []


def _is_near(url: str) -> bool:
    return url.startswith(("http://127.0.0.1:", "data:", "blob:"))
