"""Names in an article: people, organizations and places, each at its place in the text.

Candidates are runs of proper nouns, what the recogniser marked, and what lexicons know. Each gets
a score for every type from three voices: the log-linear typer, the recogniser's vote, and the
rules (`name_rules`). Then mentions of one article speak for each other: the same words are
mostly the same thing, and the last word of a person's full name is a surname.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from undersigned.reading.known_names import find_repeats
from undersigned.reading.lexicon import open_lexicon
from undersigned.reading.name_places import BlockPlaces, find_places, gather_article
from undersigned.reading.name_types import (
    LABELS,
    LONGEST_PERSON,
    BlockTokens,
    LogProbabilities,
    NameType,
    NameTyper,
    normalized,
    open_name_typer,
)
from undersigned.reading.name_words import capital, is_title
from undersigned.source import BlockKind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spacy.tokens import Span

    from undersigned.reading.name_candidates import Range
    from undersigned.reading.name_features import ArticleNames
    from undersigned.reading.text import ReadText

_HEADINGS = {BlockKind.HEADLINE, BlockKind.SUBHEADING}
_RECOGNISER_VOTE = 2.0
"""In log-odds; with 1 the recogniser's company names are lost, with 3 its slips prevail."""
_SILENCE_VOTE = 0.6
"""For "no name" where the recogniser marked nothing that overlaps."""
_SAME_WORDS_VOTE = 0.8
_SURNAME_VOTE = 3.0
_OPENING_VOTE = 1.5
"""For a word that opens a longer name in the article ("Okoro" after "Okoro Steel")."""
_SHORT_FORM_VOTE = 1.5
"""For a longer name whose last word alone is a person elsewhere in the article."""
_LIST_VOTES = {"and": 2.0, ",": 0.5}
"""By the joint; twice as much where both names have several words, as personal names do."""
_LEAST_PROBABILITY = 0.45
"""Of being a name at all. Parts of a name compete with the whole, which lowers all of them."""
_HEADING_VOTE = 3.0
_PERSON = LABELS.index(NameType.PERSON)


@dataclass(frozen=True, slots=True)
class NameMention:
    """A name where it stands. `score` (0.0–1.0): how sure it is a name of this type."""

    span: Span
    type: NameType
    score: float


@dataclass(slots=True)
class _Candidate:
    block: BlockTokens
    start: int
    end: int
    scores: LogProbabilities
    known: bool

    @property
    def stands_free(self) -> bool:
        """Whether no other capitalised word touches it, but for a title or a day before it."""
        block, before = self.block, self.start - 1
        return not capital(block, self.end) and (
            not capital(block, before)
            or is_title(block.texts[before])
            or block.texts[before] in open_lexicon("no_names").words("calendar")
        )

    @property
    def words(self) -> str:
        return " ".join(self.block.lowers[self.start : self.end])

    @property
    def name_probability(self) -> float:
        return 1.0 - float(np.exp(self.scores[0]))

    @property
    def type(self) -> NameType:
        label = LABELS[int(np.argmax(self.scores[1:])) + 1]
        assert label is not None
        return label

    def mention(self) -> NameMention:
        first = self.block.span.start
        span = self.block.span.doc[first + self.start : first + self.end]
        return NameMention(span, self.type, float(np.exp(self.scores[1:].max())))


def find_names(text: ReadText, typer: NameTyper | None = None) -> list[NameMention]:
    """The names of an article, in text order, without overlaps.

    Titles, articles and possessive endings stand outside the names; "Trump administration" and
    "Clinton campaign" are names of organizations. Nationalities, days and months are no names.
    `typer` is the shipped one unless given.
    """
    typer = typer or open_name_typer()
    blocks = [
        BlockTokens(text.doc[b.start : b.end], heading=b.block.kind in _HEADINGS)
        for b in text.blocks
        if b.end > b.start
    ]
    running = [find_places(block) for block in blocks if not block.is_title_case]
    article = gather_article(running)
    body = [candidate for places in running for candidate in _candidates(typer, places, article)]
    _make_consistent(body)
    chosen = _without_overlaps(body)
    told = {candidate.words: candidate.type for candidate in chosen}
    for block in blocks:
        if block.is_title_case:
            chosen += _without_overlaps(_heading_candidates(typer, block, told, article))
    mentions = [candidate.mention() for candidate in chosen]
    return sorted(mentions, key=lambda mention: mention.span.start)


def _candidates(typer: NameTyper, places: BlockPlaces, article: ArticleNames) -> list[_Candidate]:
    return [_scored(typer, places, place, article) for place in places.all(article)]


def _scored(
    typer: NameTyper, places: BlockPlaces, place: Range, article: ArticleNames
) -> _Candidate:
    scores = typer.log_probabilities(places.features(place, article))
    scores += places.votes(place)
    if place in places.marked:
        scores[LABELS.index(places.marked[place])] += _RECOGNISER_VOTE
    elif not _overlaps(place, places.marked):
        scores[0] += _SILENCE_VOTE
    return _Candidate(places.block, *place, normalized(scores), place in places.known)


def _heading_candidates(
    typer: NameTyper, block: BlockTokens, told: dict[str, NameType], article: ArticleNames
) -> list[_Candidate]:
    """Where every word has a capital, only the story's own names and known ones are names."""
    repeats = find_repeats(block, told)
    candidates = [
        candidate
        for candidate in _candidates(typer, find_places(block), article)
        if not _overlaps((candidate.start, candidate.end), repeats)
        or (candidate.known and _adds_given_name(candidate, repeats))
    ]
    for candidate in candidates:
        if not candidate.known:
            candidate.scores[0] += _HEADING_VOTE
            candidate.scores = normalized(candidate.scores)
    for (start, end), kind in repeats.items():
        scores = np.full(len(LABELS), np.log(0.02 / 3), dtype=np.float32)
        scores[LABELS.index(kind)] = np.log(0.98)
        candidates.append(_Candidate(block, start, end, scores, True))
    return candidates


def _adds_given_name(candidate: _Candidate, repeats: Iterable[Range]) -> bool:
    """Whether a heading has "Ann Lee" where the story tells only of "Lee"."""
    return any((candidate.start + 1, candidate.end) == repeat for repeat in repeats)


def _overlaps(place: Range, others: Iterable[Range]) -> bool:
    return any(start < place[1] and place[0] < end for start, end in others)


def _make_consistent(candidates: list[_Candidate]) -> None:
    same_words: defaultdict[str, list[LogProbabilities]] = defaultdict(list)
    surnames: dict[str, float] = {}
    alone: dict[str, float] = {}
    openings: defaultdict[str, LogProbabilities] = defaultdict(_nothing)
    _hear_neighbours(candidates)
    candidates = [candidate for candidate in candidates if candidate.stands_free]
    for candidate in candidates:
        same_words[candidate.words].append(candidate.scores)
        chances = np.exp(candidate.scores)
        several = candidate.end - candidate.start > 1
        if several and candidate.name_probability > 0.6:
            first = candidate.block.lowers[candidate.start]
            openings[first] = np.maximum(openings[first], chances)
        if chances[_PERSON] > 0.6:
            last = candidate.block.lowers[candidate.end - 1]
            seen = surnames if several else alone
            seen[last] = max(seen.get(last, 0.0), float(chances[_PERSON]))
    for candidate in candidates:
        others = same_words[candidate.words]
        scores = candidate.scores.copy()
        if len(others) > 1:
            scores += _SAME_WORDS_VOTE * np.mean(others, axis=0) * min(3, len(others) - 1)
        if candidate.end - candidate.start == 1:
            scores[_PERSON] += _SURNAME_VOTE * surnames.get(candidate.words, 0.0)
            if candidate.words not in surnames and candidate.words in openings:
                scores[1:] += _OPENING_VOTE * openings[candidate.words][1:]
        elif candidate.end - candidate.start <= LONGEST_PERSON:
            last = candidate.block.lowers[candidate.end - 1]
            scores[_PERSON] += _SHORT_FORM_VOTE * alone.get(last, 0.0)
        candidate.scores = normalized(scores)


def _nothing() -> LogProbabilities:
    return np.zeros(len(LABELS), dtype=np.float32)


def _hear_neighbours(candidates: list[_Candidate]) -> None:
    """Names in one list are mostly of one type: "Trump and Musk", "Ann Lee, Bo Diaz and …"."""
    starting = {c.block.span.start + c.start: c for c in candidates if c.name_probability > 0.8}
    ending = {c.block.span.start + c.end: c for c in candidates if c.name_probability > 0.8}
    for candidate in candidates:
        block, first = candidate.block, candidate.block.span.start
        pairs = (
            (block.lower_at(candidate.start - 1), ending.get(first + candidate.start - 1)),
            (block.lower_at(candidate.end), starting.get(first + candidate.end + 1)),
        )
        for joint, neighbour in pairs:
            if neighbour is None or joint not in _LIST_VOTES:
                continue
            weight = _LIST_VOTES[joint] * neighbour.name_probability
            if min(candidate.end - candidate.start, neighbour.end - neighbour.start) > 1:
                weight *= 2
            candidate.scores[LABELS.index(neighbour.type)] += weight
        candidate.scores = normalized(candidate.scores)


def _without_overlaps(candidates: list[_Candidate]) -> list[_Candidate]:
    """The best candidates that share no token; a longer or a known name goes before its parts."""

    def worth(candidate: _Candidate) -> float:
        length = candidate.end - candidate.start
        return candidate.name_probability + 0.05 * length + 0.3 * candidate.known

    taken: set[int] = set()
    chosen = []
    for candidate in sorted(candidates, key=worth, reverse=True):
        first = candidate.block.span.start
        tokens = set(range(first + candidate.start, first + candidate.end))
        if candidate.name_probability >= _LEAST_PROBABILITY and not tokens & taken:
            taken |= tokens
            chosen.append(candidate)
    return chosen
