"""docs/security.md names a test for everything that is tried against a public server."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

TESTS = Path(__file__).parents[1]
PAGE = TESTS.parent / "docs" / "security.md"
ROW = re.compile(r"^\| (S\d+) \|(?:[^|]+\|){2} (.+) \|$", re.MULTILINE)
ROWS = dict(ROW.findall(PAGE.read_text("utf-8")))


def test_every_item_has_a_row() -> None:
    assert list(ROWS) == [f"S{number}" for number in range(1, 26)]


@pytest.mark.parametrize("item", ROWS)
def test_named_tests_exist(item: str) -> None:
    named = re.findall(r"`([\w/]+\.py)::(\w+)`", ROWS[item])
    assert named
    assert ROWS[item].count("`") == 2 * len(named)
    for file, name in named:
        text = (TESTS / file).read_text("utf-8")
        assert re.search(rf"^(?:async )?def {name}\(", text, re.MULTILINE), f"{file}::{name}"
