"""Each page in `pages/` is read as the file `NAME.expected` beside it says."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from lxml import html

from undersigned.source import BlockKind

if TYPE_CHECKING:
    from collections.abc import Callable

    from undersigned.source import Source

PAGES = Path(__file__).parent / "pages"
EXAMPLES = Path(__file__).parents[2] / "examples"
NAMES = sorted(path.name for path in PAGES.iterdir() if path.suffix != ".expected")


@pytest.mark.parametrize("name", NAMES)
def test_page_is_read_as_expected(
    name: str, article: Callable[..., Source], listing_of: Callable[[Source], str]
) -> None:
    expected = (PAGES / f"{name}.expected").read_text(encoding="utf-8")
    assert listing_of(article((PAGES / name).read_bytes(), name)) == expected


@pytest.mark.parametrize("name", [n for n in NAMES if n.endswith(".txt") and "html" not in n])
def test_plain_text_is_kept_exactly(name: str, article: Callable[..., Source]) -> None:
    data = (PAGES / name).read_bytes()
    assert article(data, name).text == data.decode()


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*.html")), ids=lambda path: path.stem)
def test_every_paragraph_of_an_example_is_story(path: Path, article: Callable[..., Source]) -> None:
    source = article(path.read_bytes(), path.name)
    story = {source.text[b.start : b.end] for b in source.blocks if b.kind.is_story}
    body = html.fromstring(path.read_bytes()).xpath("//*[@itemprop='articleBody']")[0]
    aside = {"aside", "figure", "form"}
    for element in body.iter("p", "li"):
        if not aside & {above.tag for above in element.iterancestors()}:
            words = " ".join(element.text_content().split())
            assert any(words.endswith(block) for block in story), words


def test_nothing_beside_the_story_is_story(article: Callable[..., Source]) -> None:
    source = article((PAGES / "newspaper.html").read_bytes(), "newspaper.html")
    story = " ".join(source.text[b.start : b.end] for b in source.blocks if b.kind.is_story)
    for name in ("Dov Lamm", "Sam Rook", "FenMan", "Ferry", "newsletter"):
        assert name not in story


def test_a_dateline_is_cut_from_its_paragraph(article: Callable[..., Source]) -> None:
    source = article(b"Roof falls in\n\nOSLO, May 2 (AFP) - A roof fell in on Monday.\n")
    kinds = [block.kind for block in source.blocks]
    assert kinds == [BlockKind.HEADLINE, BlockKind.DATELINE, BlockKind.PARAGRAPH]
    assert source.text[source.blocks[2].start :].startswith("A roof")
    assert source.outlet == "AFP"
