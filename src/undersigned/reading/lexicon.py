"""Opens the lexicons: word lists in TOML that an analyst can extend, one concern a file.

A lexicon file has one table a word list, `words` with the entries and `example` with a sentence
that shows one in use:

    [media]
    example = "The Guardian reported it first."
    words = ["The Guardian", "Reuters"]
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class WordList:
    """The entries of one list, as written in the file, and a sentence that shows one in use."""

    words: frozenset[str]
    example: str


@dataclass(frozen=True, slots=True)
class Lexicon:
    """One lexicon file: its word lists by name, and the entries of all of them."""

    name: str
    lists: Mapping[str, WordList]
    everything: frozenset[str]

    def words(self, list_name: str) -> frozenset[str]:
        """The entries of one list, as written.

        Raises:
            KeyError: the file has no such list.
        """
        return self.lists[list_name].words

    def all_words(self) -> frozenset[str]:
        """The entries of all lists of the file."""
        return self.everything


@cache
def open_lexicon(name: str) -> Lexicon:
    """The lexicon `lexicons/NAME.toml` of the package, opened once."""
    place = files("undersigned") / "reading" / "lexicons" / f"{name}.toml"
    tables = tomllib.loads(place.read_text(encoding="utf-8"))
    lists = {
        key: WordList(frozenset(table["words"]), table.get("example", ""))
        for key, table in tables.items()
    }
    return Lexicon(name, lists, frozenset().union(*(entry.words for entry in lists.values())))
