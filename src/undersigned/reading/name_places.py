"""Where names may stand in a block, and what the typer and the rules are told of each place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from undersigned.reading.known_names import find_known_names
from undersigned.reading.lexicon import open_lexicon
from undersigned.reading.name_candidates import find_runs, recognised
from undersigned.reading.name_features import ArticleNames, features
from undersigned.reading.name_rules import type_votes
from undersigned.reading.name_types import LABELS, NameType
from undersigned.reading.name_words import is_people, is_title

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from undersigned.reading.name_candidates import Range
    from undersigned.reading.name_types import BlockTokens, LogProbabilities


_NO_OPENERS = frozenset(".,;:!?)”—–-")


@dataclass(frozen=True, slots=True)
class BlockPlaces:
    """Where names may stand in a block: by proper nouns, by the recogniser, by the lexicons."""

    block: BlockTokens
    runs: set[Range]
    marked: dict[Range, NameType]
    known: dict[Range, NameType | None]

    def all(self, article: ArticleNames) -> list[Range]:
        """Every place, first to last, but for those that are surely no names."""
        places = self.runs | set(self.marked) | set(self.known) | self._openings(article)
        return [place for place in sorted(places) if self._may_name(place)]

    def _may_name(self, place: Range) -> bool:
        """No day, people or dash, and nothing that ends in a word for people ("House Whigs")."""
        first = self.block.texts[place[0]]
        if first[:1] in _NO_OPENERS or not any(map(_has_letter, self.block.texts[slice(*place)])):
            return False
        if place in self.known:
            return self.known[place] is not None and not self._is_common_opening(place)
        last = self.block.texts[place[1] - 1]
        return not (is_people(last) or is_title(last) or is_title(last.removesuffix("s")))

    def _is_common_opening(self, place: Range) -> bool:
        """Whether a known name may as well be the common word that opens a sentence ("Time")."""
        start, end = place
        block = self.block
        common = block.pos[start] in {"NOUN", "ADJ", "VERB", "ADV"}
        return (
            common
            and end - start == 1
            and not block.texts[start].isupper()
            and bool(block.tokens[start].is_sent_start)
            and not is_title(block.lower_at(end))
        )

    def _openings(self, article: ArticleNames) -> set[Range]:
        """Words that open sentences, where the article has them in names elsewhere."""
        return {
            (index, index + 1)
            for index in range(len(self.block))
            if self.block.opens_sentence(index)
            and self.block.texts[index][:1].isupper()
            and article.knows(self.block.lowers[index])
        }

    def features(self, place: Range, article: ArticleNames) -> Iterator[str]:
        """What the typer looks at."""
        known = (place in self.known, self.known.get(place))
        return features(self.block, place, known, article)

    def votes(self, place: Range) -> LogProbabilities:
        """What the rules say, for each of `LABELS`."""
        votes = np.zeros(len(LABELS), dtype=np.float32)
        for label, weight in type_votes(self.block, *place, self.known.get(place)):
            votes[LABELS.index(label)] += weight
        return votes


def find_places(block: BlockTokens) -> BlockPlaces:
    """Where names may stand in a block."""
    titles = open_lexicon("titles").all_words() | open_lexicon("name_context").words(
        "words_before_persons"
    )
    return BlockPlaces(
        block, find_runs(block, titles), recognised(block, titles), find_known_names(block)
    )


def gather_article(blocks: Iterable[BlockPlaces]) -> ArticleNames:
    """What the runs of proper nouns of an article's running text say about each other."""
    return ArticleNames.gathered(
        (places.block, run) for places in blocks for run in sorted(places.runs)
    )


def _has_letter(word: str) -> bool:
    return any(map(str.isalpha, word))
