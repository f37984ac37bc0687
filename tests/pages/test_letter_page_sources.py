"""A letter's own page is a source like an article: listed, counted, found, shown in parts."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from correcting.storing import put
from pages.site_store import Browser
from undersigned.claims import Reading
from undersigned.listing.claiming import read_listing
from undersigned.loading.gather import gather, retrieve
from undersigned.loading.registry import find_loaders
from undersigned.store.embedded import open_writer

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SIGNERS = 60
SOURCE = "/source/pier-letter.html"


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory, root: Path) -> Iterator[Browser]:
    folder = tmp_path_factory.mktemp("letter-page")
    page = folder / "pier-letter.md"
    names = "\n".join(f"- Signer Number{n:02}" for n in range(SIGNERS))
    page.write_text(f"# Letter on the pier\n\nWe ask for our pier.\n\n## Signatories\n\n{names}\n")
    (item,) = gather([str(page)]).items
    source = find_loaders(root / "loaders").read(retrieve(item))
    assert source.listing is not None
    found = read_listing(source, source.listing)
    with open_writer(folder / "store") as writer:
        put(writer, Reading(source=source, entities=found.entities, claims=found.claims))
        writer.publish()
    with asyncio.Runner() as runner:
        made = Browser(runner, folder / "store", root)
        yield made
        made.close()


def links_on(browser: Browser, path: str) -> list[str]:
    return [str(link) for link in browser.get(path).html.xpath("//main//a/@href")]


def test_its_claims_are_shown_in_parts(browser: Browser) -> None:
    first = browser.get(SOURCE)
    assert "What was read in it" in first.main
    assert 0 < len(first.words("//ol[@class='claims']/li")) < SIGNERS
    assert f"{SOURCE}?page=2" in links_on(browser, SOURCE)


@pytest.mark.parametrize("path", ["/", "/sources", "/search?q=pier"])
def test_it_is_among_the_sources(browser: Browser, path: str) -> None:
    assert SOURCE in links_on(browser, path)


def test_it_is_counted_on_the_front_page(browser: Browser) -> None:
    page = browser.get("/")
    figures = dict(zip(page.words("//dl//dt"), page.words("//dl//dd"), strict=True))
    assert figures["sources"] == "1"
