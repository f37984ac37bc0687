"""Whatever the text: blocks are sound, or one of our own errors says why there are none."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from undersigned.errors import SourceError
from undersigned.loading.checking import problem_of
from undersigned.loading.gather import gather, retrieve

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from undersigned.loading.base import Payload
    from undersigned.source import Source

LINES = st.sampled_from(
    [
        "By Ann Lee and Bo Roe",
        "May 3, 2024",
        "PARIS, May 3 (Reuters) - Forty bakers wrote.",
        "(Photo by A. Rook/Getty Images)",
        "Read more: the mill",
        "- Ann Lee, baker",
        "> quoted",
        "Bakers Write To Miller",
        "“We sign,” they say.",
        "",
        "\t",
        "1. ",
        "* * *",
    ]
)
TEXTS = st.one_of(
    st.text(max_size=300),
    st.lists(st.one_of(LINES, st.text(max_size=60)), max_size=12).map("\n".join),
)
TAGS = st.sampled_from(
    ["p", "div", "li", "ul", "article", "h1", "a", "figure", "table", "td", "br"]
)
MARKUP = st.lists(
    st.one_of(
        TAGS.map(lambda tag: f"<{tag}>"),
        TAGS.map(lambda tag: f"</{tag}>"),
        st.sampled_from(['<div class="related byline">', "<!--", "-->", "&amp;", "<![CDATA["]),
        LINES,
    ),
    max_size=25,
).map(lambda parts: "<html><body>" + "".join(parts))


def reading_of(article: Callable[..., Source], data: bytes, name: str) -> Source | None:
    """None where one of the foreseen errors says why there is no source."""
    try:
        return article(data, name)
    except SourceError:
        return None


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.html"])
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(text=st.one_of(TEXTS, MARKUP))
def test_any_text_gives_sound_blocks_or_our_error(
    name: str, text: str, article: Callable[..., Source]
) -> None:
    source = reading_of(article, text.encode("utf-8", "surrogatepass"), name)
    assert source is None or (source.blocks and problem_of(source) is None)


@given(data=st.binary(max_size=400))
@settings(
    max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_any_bytes_give_sound_blocks_or_our_error(
    data: bytes, article: Callable[..., Source]
) -> None:
    source = reading_of(article, data, "a.html")
    assert source is None or problem_of(source) is None


@pytest.mark.shared
@pytest.mark.parametrize(
    "folder", ["articles", "gold/letter-news/texts", "corpora/polnear/train/text"]
)
def test_every_shared_text_is_kept_and_cut_into_blocks(
    folder: str, shared: Path, article: Callable[..., Source]
) -> None:
    items = gather([str(shared / folder)]).items
    assert items
    for item in items:
        payload: Payload = retrieve(item)
        source = article(payload.data, payload.name_hint)
        assert source.text == payload.data.decode()
        assert sum(block.kind.is_story for block in source.blocks) >= 1
        covered = sum(block.end - block.start for block in source.blocks)
        assert covered >= 0.9 * len(source.text.strip())


@pytest.mark.shared
def test_the_example_articles_front_matter_is_told_from_its_story(
    shared: Path, article: Callable[..., Source]
) -> None:
    path = shared / "articles" / "hollywood-letter-2025-03-21.txt"
    source = article(path.read_bytes(), path.name)
    assert (source.authors, source.outlet, source.published) == (
        ("Blake Wolf",),
        "OAN",
        "2025-03-21",
    )
    kinds = [str(block.kind) for block in source.blocks]
    assert kinds[:4] == ["dateline", "caption", "byline", "dateline"]
    assert set(kinds[4:]) == {"paragraph"}
    assert source.title is None
