"""The article loader takes from each example what its page says, and keeps the story apart."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from undersigned.loading.base import Payload
from undersigned.loading.registry import find_loaders

if TYPE_CHECKING:
    from undersigned.source import Source

ROOT = Path(__file__).parents[2]
EXPECTED = Path(__file__).parent / "expected"
PAGES = sorted(
    path for path in (ROOT / "examples").iterdir() if path.is_file() and path.name != "README.md"
)
LOADER = find_loaders(ROOT / "loaders").by_name["article"].loader


@pytest.fixture(params=PAGES, ids=lambda path: path.stem)
def example(request: pytest.FixtureRequest) -> Path:
    path: Path = request.param
    return path


@pytest.fixture
def source(example: Path) -> Source:
    payload = Payload(
        origin=example.name, data=example.read_bytes(), name_hint=example.name, media_type=None
    )
    return LOADER.read(payload)


@pytest.fixture
def expected(example: Path) -> dict[str, Any]:
    return tomllib.loads((EXPECTED / f"{example.stem}.toml").read_text(encoding="utf-8"))


def story_of(source: Source) -> str:
    return "\n".join(
        source.text[block.start : block.end] for block in source.blocks if block.kind.is_story
    )


def test_title_outlet_authors_and_address_are_the_page_s(
    source: Source, expected: dict[str, Any]
) -> None:
    found = {
        "title": source.title,
        "outlet": source.outlet,
        "authors": list(source.authors),
        "published": (source.published or "")[:10],
        "url": source.url,
    }
    assert found == {"url": None} | expected["source"]


def test_every_expected_quote_is_in_the_story(source: Source, expected: dict[str, Any]) -> None:
    story = story_of(source)
    assert [said["quote"] for said in expected["statements"] if said["quote"] not in story] == []


def test_reporters_captions_and_link_boxes_are_no_story(
    source: Source, expected: dict[str, Any]
) -> None:
    story = story_of(source)
    # Estates sign for people who can't: their names do stand in the story.
    outside = set(expected["people_optional"]) - {"Frank Sinatra", "Bob Marley"}
    assert [name for name in sorted(outside) if name in story] == []
