"""The example articles are sound pages, and what is expected of them stands in them.

Use `example` for one article at a time, `expected` for the facts that belong to it.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections import Counter
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from lxml import etree, html

ROOT = Path(__file__).parents[2]
EXPECTED = Path(__file__).parent / "expected"
PAGES = sorted(
    path for path in (ROOT / "examples").iterdir() if path.is_file() and path.name != "README.md"
)
HTML_PAGES = [path for path in PAGES if path.suffix == ".html"]
STORY = "//*[@itemprop='articleBody']//*[self::p or self::li or self::h2]"
NOT_STORY = {"aside", "figure", "form"}


def story_of(path: Path) -> str:
    """The story's words, a block a line; of plain text and Markdown the whole file."""
    if path.suffix != ".html":
        return path.read_text(encoding="utf-8")
    tree = html.fromstring(path.read_bytes())
    blocks = [
        block
        for block in tree.xpath(STORY)
        if not any(parent.tag in NOT_STORY for parent in block.iterancestors())
    ]
    headline = tree.xpath("//h1")[0].text_content()
    return "\n".join([headline, *(" ".join(block.text_content().split()) for block in blocks)])


def expected_of(path: Path) -> dict[str, Any]:
    return tomllib.loads((EXPECTED / f"{path.stem}.toml").read_text(encoding="utf-8"))


@pytest.fixture(params=PAGES, ids=lambda path: path.stem)
def example(request: pytest.FixtureRequest) -> Path:
    path: Path = request.param
    return path


@pytest.fixture
def expected(example: Path) -> dict[str, Any]:
    return expected_of(example)


def test_kinds_of_page_are_mixed() -> None:
    kinds = Counter(path.suffix for path in PAGES)
    assert kinds[".html"] >= 7
    assert kinds[".txt"] >= 2
    assert kinds[".md"] >= 1


def test_every_example_has_its_expected_facts_and_no_other_has() -> None:
    assert sorted(path.stem for path in EXPECTED.glob("*.toml")) == [path.stem for path in PAGES]


def test_the_readme_of_the_examples_names_every_example() -> None:
    readme = (ROOT / "examples" / "README.md").read_text(encoding="utf-8")
    assert [path.name for path in PAGES if path.name not in readme] == []


def test_the_story_is_short_and_long_enough(example: Path) -> None:
    assert 180 <= len(story_of(example).split()) <= 450


@pytest.mark.parametrize("path", HTML_PAGES, ids=lambda path: path.stem)
def test_html_is_well_formed(path: Path) -> None:
    parser = etree.HTMLParser(encoding="utf-8")
    etree.fromstring(path.read_bytes(), parser)
    # libxml2 knows the elements of HTML 4 only: "Tag article invalid" is no mistake of the page.
    mistakes = [error.message for error in parser.error_log if "invalid" not in error.message]
    assert mistakes == []


@pytest.mark.parametrize("path", HTML_PAGES, ids=lambda path: path.stem)
def test_json_ld_is_json_with_an_iso_date(path: Path) -> None:
    tree = html.fromstring(path.read_bytes())
    for script in tree.xpath("//script[@type='application/ld+json']/text()"):
        json.loads(script)
        dates = re.findall(r'"date(?:Published|Modified)":\s*"([^"]+)"', script)
        assert dates
        assert [datetime.fromisoformat(date).year for date in dates]


@pytest.mark.parametrize("path", HTML_PAGES, ids=lambda path: path.stem)
def test_a_page_states_its_date_and_its_outlet_for_machines(path: Path) -> None:
    head = etree.tostring(html.fromstring(path.read_bytes()).head, encoding="unicode")
    assert re.search(r'datePublished|article:published_time|name="date"', head)
    assert re.search(r'"publisher"|og:site_name|name="publisher"', head)


def test_canonical_addresses_are_unique_and_on_reserved_domains() -> None:
    addresses = [
        address
        for path in HTML_PAGES
        for address in html.fromstring(path.read_bytes()).xpath("//link[@rel='canonical']/@href")
    ]
    assert len(addresses) == len(HTML_PAGES) == len(set(addresses))
    # RFC 2606 keeps .example for examples: nobody's newspaper is meant.
    assert all(str(urlsplit(address).hostname).endswith(".example") for address in addresses)


def test_at_least_three_letters_are_told_by_two_outlets() -> None:
    letters = Counter(path.stem.split("-letter-")[0] for path in PAGES if "-letter-" in path.stem)
    assert sum(number >= 2 for number in letters.values()) >= 3


def test_expected_quotes_are_slices_of_the_story(example: Path, expected: dict[str, Any]) -> None:
    story = story_of(example)
    missing = [said["quote"] for said in expected["statements"] if said["quote"] not in story]
    assert missing == []


def test_expected_names_stand_in_the_story(example: Path, expected: dict[str, Any]) -> None:
    story = story_of(example)
    names = [person["name"] for person in expected["people"]] + expected["organizations"]
    assert [name for name in names if name not in story] == []


def test_expected_signers_are_expected_people_or_organizations(expected: dict[str, Any]) -> None:
    named = {person["name"] for person in expected["people"]} | set(expected["organizations"])
    signers = [s["signatory"] for s in expected["signatures"] if not s.get("optional")]
    assert signers
    assert [name for name in signers if name not in named] == []


def test_nobody_is_expected_to_have_signed_and_not_signed(expected: dict[str, Any]) -> None:
    signed = {
        (s["signatory"], s["letter"]) for s in expected["signatures"] if not s.get("optional")
    }
    assert [n for n in expected["not_signatories"] if (n["name"], n["letter"]) in signed] == []


def test_expected_facts_speak_of_expected_letters(expected: dict[str, Any]) -> None:
    letters = {letter["id"] for letter in expected["letter"]}
    used = {s["letter"] for s in expected["signatures"] + expected["not_signatories"]}
    used |= {said["speaker"] for said in expected["statements"] if said["speaker_kind"] == "letter"}
    assert used <= letters
