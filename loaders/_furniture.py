"""Lines that are not story, told by their words: captions, link boxes, other furniture."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from undersigned.source import BlockKind


@dataclass(frozen=True, slots=True)
class Furniture:
    """The phrases and element names of `_furniture.toml`, ready for matching."""

    credit: re.Pattern[str]
    caption_ending: re.Pattern[str]
    caption_beginning: re.Pattern[str]
    caption_words: int
    link_box: re.Pattern[str]
    link_box_words: int
    boilerplate: re.Pattern[str]
    boilerplate_words: int
    roles: frozenset[str]
    outlet_words: frozenset[str]
    agencies: tuple[str, ...]
    abbreviations: frozenset[str]
    not_places: frozenset[str]
    markup: dict[str, re.Pattern[str]]

    def kind_of(self, line: str) -> BlockKind | None:
        """What a whole line is by its words alone; None for what may be story."""
        count = len(line.split())
        if count <= self.caption_words and (
            self.caption_beginning.match(line)
            or self.caption_ending.search(line)
            or self.credit.search(line)
        ):
            return BlockKind.CAPTION
        if count <= self.boilerplate_words and self.boilerplate.match(line):
            return BlockKind.BOILERPLATE
        if count <= self.link_box_words and self.link_box.match(line):
            return BlockKind.LINK_BOX
        return None


@cache
def furniture() -> Furniture:
    """The furniture that this project's loaders know."""
    path = Path(__file__).with_suffix(".toml")
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    caption, link_box, boilerplate = table["caption"], table["link_box"], table["boilerplate"]
    return Furniture(
        credit=_any(caption["credits"]),
        caption_ending=_any(caption["endings"]),
        caption_beginning=_any(caption["beginnings"]),
        caption_words=caption["words_at_most"],
        link_box=_any(link_box["beginnings"]),
        link_box_words=link_box["words_at_most"],
        boilerplate=_any(boilerplate["beginnings"]),
        boilerplate_words=boilerplate["words_at_most"],
        roles=frozenset(table["byline"]["roles"]),
        outlet_words=frozenset(table["byline"]["outlet_words"]),
        agencies=tuple(table["byline"]["agencies"]),
        abbreviations=frozenset(table["byline"]["abbreviations"]),
        not_places=frozenset(table["dateline"]["not_places"]),
        markup={
            name: re.compile(pattern, re.IGNORECASE) for name, pattern in table["markup"].items()
        },
    )


def _any(patterns: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE)
