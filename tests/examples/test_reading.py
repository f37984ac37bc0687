"""What is read in the example articles, against what a careful reader takes from them.

Floors, not goals: a change that reads worse fails here and says which names it lost. The expected
facts were written by hand before any program read the articles (see expected/README.md).
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from undersigned.loading.gather import gather
from undersigned.loading.readers import ReadingRules, iter_read_closely
from undersigned.names import fold_name
from undersigned.project import find_project
from undersigned.reading.facts import facts_document
from undersigned.reading.reader import ReadSource

if TYPE_CHECKING:
    from collections.abc import Iterator

    from undersigned.loading.gather import WorkItem

EXPECTED = Path(__file__).parent / "expected"

Items = set[tuple[str, ...]]


@dataclass
class Tally:
    """Hits, misses and false finds of one kind of fact over all articles."""

    right: list[tuple[str, ...]] = field(default_factory=list)
    missed: list[tuple[str, ...]] = field(default_factory=list)
    wrong: list[tuple[str, ...]] = field(default_factory=list)

    def add(self, article: str, expected: Items, found: Items, optional: Items) -> None:
        self.right += [(article, *item) for item in sorted(expected & found)]
        self.missed += [(article, *item) for item in sorted(expected - found)]
        self.wrong += [(article, *item) for item in sorted(found - expected - optional)]

    @property
    def f1(self) -> float:
        return 2 * len(self.right) / (2 * len(self.right) + len(self.missed) + len(self.wrong))


def articles(root: Path) -> list[WorkItem]:
    """The articles with expected facts; those of the invented town have tests of their own."""
    return [
        item
        for item in gather([str(root / "examples")]).items
        if item.path is not None and item.path.parent.name == "examples"
    ]


def names(items: list[Any]) -> Items:
    return {
        (fold_name(i["name"] if isinstance(i, dict) else i).removeprefix("the "),) for i in items
    }


def signatures(document: dict[str, Any], *, optional: bool = False) -> Items:
    return {
        (fold_name(s["signatory"]), s.get("certainty", "stated"))
        for s in document.get("signatures", [])
        if bool(s.get("optional")) is optional
    }


def letter_items(document: dict[str, Any], key: str) -> Items:
    found = (item for letter in document.get("letter", []) for item in letter.get(key) or [])
    return names(list(found))


def counts(document: dict[str, Any]) -> Items:
    return {
        (str(letter["signatory_count"]), str(letter.get("count_qualifier")))
        for letter in document.get("letter", [])
        if letter.get("signatory_count")
    }


@pytest.fixture(scope="module")
def tallies(root: Path) -> dict[str, Tally]:
    rules = ReadingRules(project=find_project())
    items = articles(root)
    found: dict[str, Tally] = {}
    for item, read in iter_read_closely(items, rules):
        assert isinstance(read, ReadSource), read
        assert item.path is not None
        article = item.path.stem
        expected = tomllib.loads((EXPECTED / f"{article}.toml").read_text(encoding="utf-8"))
        for kind, *sets in _iter_compared(expected, facts_document(read.reading)):
            found.setdefault(kind, Tally()).add(article, *sets)
    return found


def _iter_compared(
    expected: dict[str, Any], read: dict[str, Any]
) -> Iterator[tuple[str, Items, Items, Items]]:
    for kind in ("people", "organizations"):
        optional = names(expected.get(f"{kind}_optional", []))
        yield kind, names(expected.get(kind, [])), names(read[kind]), optional
    optional = signatures(expected, optional=True)
    yield "signatures", signatures(expected), signatures(read), optional
    yield (
        "addressees",
        letter_items(expected, "addressees"),
        letter_items(read, "addressees"),
        set(),
    )
    yield "counts", counts(expected), counts(read), set()


FLOORS = {
    "people": 0.95,
    "organizations": 0.90,
    "signatures": 0.96,
    "addressees": 0.92,
    "counts": 0.92,
}


@pytest.mark.parametrize("kind", FLOORS)
def test_the_examples_are_read_as_well_as_before(tallies: dict[str, Tally], kind: str) -> None:
    tally = tallies[kind]
    assert tally.f1 >= FLOORS[kind], f"missed {tally.missed}; wrong {tally.wrong}"


def test_nobody_signs_who_is_said_not_to_have_signed(root: Path) -> None:
    rules = ReadingRules(project=find_project())
    items = articles(root)
    for item, read in iter_read_closely(items, rules):
        assert isinstance(read, ReadSource), read
        assert item.path is not None
        expected = tomllib.loads((EXPECTED / f"{item.path.stem}.toml").read_text(encoding="utf-8"))
        signed = {name for name, _ in signatures(facts_document(read.reading))}
        signers = {name for name, _ in signatures(expected)}
        others = {
            fold_name(other["name"])
            for other in expected.get("not_signatories", [])
            if other.get("status") != "withdrawn"
        }
        assert not signed & (others - signers), item.path.name
