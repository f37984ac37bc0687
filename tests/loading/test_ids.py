from __future__ import annotations

import pytest

from undersigned.loading.base import Payload
from undersigned.loading.ids import source_id_for


def payload(name: str = "a.txt", url: str | None = None, given: str | None = None) -> Payload:
    return Payload(origin=name, data=b"x", name_hint=name, url=url, source_id=given)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://www.echo.example/2024/05/bees-letter.html", "echo-example-2024-05-bees-letter"),
        ("http://echo.example/bees/?utm_source=x#top", "echo-example-bees"),
        ("https://echo.example/?p=4711&fbclid=9", "echo-example-p-4711"),
        ("https://echo.example/story.php?id=7&utm_medium=m", "echo-example-story-id-7"),
        ("https://echo.example:8080/News/Bees/index.html", "echo-example-news-bees"),
        ("https://echo.example/caf%C3%A9/", "echo-example-cafe"),
    ],
)
def test_a_url_gives_the_id(url: str, expected: str) -> None:
    assert source_id_for(payload(), url) == expected


@pytest.mark.parametrize("url", ["https://echo.example/", "https://[broken", "ftp://x/y", ""])
def test_a_url_that_names_no_page_is_passed_over(url: str) -> None:
    assert source_id_for(payload("bees.txt"), url) == "bees"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("bees.txt", "bees"),
        ("2024/May/bees letter.html", "2024-may-bees-letter"),
        ("bees.v2.txt", "bees-v2"),
        ("standard-input", "standard-input"),
    ],
)
def test_a_file_name_gives_the_id(name: str, expected: str) -> None:
    assert source_id_for(payload(name)) == expected


def test_the_users_id_wins_then_the_page_then_the_fetched_url() -> None:
    fetched = "https://cache.example/x"
    stated = "https://echo.example/bees"
    assert source_id_for(payload(url=fetched, given="My bees"), stated) == "my-bees"
    assert source_id_for(payload(url=fetched), stated) == "echo-example-bees"
    assert source_id_for(payload(url=fetched)) == "cache-example-x"


def test_a_long_id_is_cut_with_a_key() -> None:
    first = source_id_for(payload(), "https://echo.example/" + "a" * 200)
    second = source_id_for(payload(), "https://echo.example/" + "a" * 201)
    assert len(first) < 100
    assert first != second
