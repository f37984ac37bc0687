"""Which words a claim rests on, and what part each of them plays in it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from undersigned.claims import (
    AddresseeClaim,
    AnswerClaim,
    Claim,
    CountClaim,
    DemandClaim,
    LetterClaim,
    LetterDateClaim,
    OrganizerClaim,
    RoleClaim,
    SignatureClaim,
    StatementClaim,
    TopicClaim,
)
from undersigned.reading.lexicon import open_lexicon

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from undersigned.claims import LocalKey, Reading, Slice
    from undersigned.source import Span


class Label(StrEnum):
    """The part that words play in a claim; the value is shown to people."""

    SIGNATORY = "signatory"
    LETTER = "letter"
    ADDRESSEE = "addressee"
    ORGANIZER = "organizer"
    ANSWERED = "answered"
    COUNT = "count"
    DATE = "date"
    TOPIC = "topic"
    DEMAND = "demand"
    SPEAKER = "speaker"
    CUE = "cue"
    CONTENT = "content"
    HOLDER = "holder"
    ROLE = "role"


@dataclass(frozen=True, slots=True, order=True)
class Mark:
    """A stretch of the source with its part in the claim of this number."""

    start: int
    end: int
    label: Label
    number: int


@dataclass(frozen=True, slots=True)
class MarkedSpan:
    """A stretch of the source with all parts that it plays: each label with its claims' numbers."""

    start: int
    end: int
    parts: tuple[tuple[Label, tuple[int, ...]], ...]

    @property
    def label(self) -> Label:
        """The part that gives the stretch its colour: the first in the order of `Label`."""
        return self.parts[0][0]

    @property
    def numbers(self) -> tuple[int, ...]:
        """The claims that rest on the stretch, in order, each once."""
        return tuple(sorted({number for _, numbers in self.parts for number in numbers}))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Scheme:
    """How the words of one type of claim are labelled.

    `parties` are attributes that hold local keys: words at a mention of one get its label.
    `printed` is an attribute that holds the source's words. All other words get `rest`.
    """

    parties: tuple[tuple[str, Label], ...]
    printed: tuple[str, Label] | None = None
    rest: Label = Label.CUE


_LETTER: Final = ("letter", Label.LETTER)
_SCHEMES: Final = {
    RoleClaim: _Scheme(parties=(("holder", Label.HOLDER),), rest=Label.ROLE),
    LetterClaim: _Scheme(parties=(), rest=Label.LETTER),
    AddresseeClaim: _Scheme(parties=(("addressee", Label.ADDRESSEE), _LETTER)),
    OrganizerClaim: _Scheme(parties=(("organizer", Label.ORGANIZER), _LETTER)),
    CountClaim: _Scheme(parties=(), printed=("printed", Label.COUNT)),
    LetterDateClaim: _Scheme(parties=(_LETTER,), printed=("printed", Label.DATE)),
    TopicClaim: _Scheme(parties=(_LETTER,), printed=("topic", Label.TOPIC)),
    DemandClaim: _Scheme(parties=(_LETTER,), printed=("demand", Label.DEMAND)),
    AnswerClaim: _Scheme(parties=(("answers", Label.ANSWERED), _LETTER)),
    SignatureClaim: _Scheme(parties=(("signatory", Label.SIGNATORY), _LETTER)),
}


class Marking:
    """Labels the words of one reading's claims."""

    def __init__(self, reading: Reading):
        self._mentions: defaultdict[LocalKey, list[Span]] = defaultdict(list)
        for entity in reading.entities:
            self._mentions[entity.key].extend(m.words.span for m in entity.mentions)
        for claim in reading.claims:
            if isinstance(claim, LetterClaim):
                self._mentions[claim.letter].extend(w.span for w in claim.evidence.words)
                self._mentions[claim.letter].extend(m.words.span for m in claim.mentions)

    def marks_of(self, claim: Claim, number: int) -> tuple[Mark, ...]:
        """The words of a claim in text order, with their labels."""
        labelled = _statement(claim) if isinstance(claim, StatementClaim) else self._others(claim)
        return tuple(sorted({Mark(w.start, w.end, label, number) for w, label in labelled}))

    def _others(self, claim: Claim) -> Iterator[tuple[Slice, Label]]:
        scheme = _SCHEMES[type(claim)]
        places = [
            (span, label)
            for attribute, label in scheme.parties
            for span in self._mentions[getattr(claim, attribute)]
        ]
        for words in claim.evidence.words:
            yield words, _label(claim, words, places, scheme)


def _label(
    claim: Claim, words: Slice, places: Sequence[tuple[Span, Label]], scheme: _Scheme
) -> Label:
    if scheme.printed is not None:
        attribute, label = scheme.printed
        if words.exact == getattr(claim, attribute):
            return label
    if scheme.parties and words.exact.lower() in open_lexicon("pronouns").all_words():
        # Mentions hold names and noun phrases only; the party comes first in every scheme.
        return scheme.parties[0][1]
    here = (label for span, label in places if span.start < words.end and words.start < span.end)
    return next(here, scheme.rest)


def _statement(claim: StatementClaim) -> Iterator[tuple[Slice, Label]]:
    parts = (
        (claim.content, Label.CONTENT),
        (claim.speaker_words, Label.SPEAKER),
        (claim.cue_words, Label.CUE),
    )
    for slices, label in parts:
        for words in slices:
            yield words, label


def merged(marks: Iterable[Mark]) -> tuple[MarkedSpan, ...]:
    """One `MarkedSpan` for each stretch, outer ones before those within them."""
    parts: defaultdict[tuple[int, int], defaultdict[Label, set[int]]] = defaultdict(
        lambda: defaultdict(set)
    )
    for mark in marks:
        parts[mark.start, mark.end][mark.label].add(mark.number)
    return tuple(
        MarkedSpan(
            start,
            end,
            tuple((label, tuple(sorted(found[label]))) for label in Label if label in found),
        )
        for (start, end), found in sorted(parts.items(), key=lambda p: (p[0][0], -p[0][1]))
    )


def runs(numbers: Sequence[int]) -> Iterator[tuple[int, int]]:
    """First and last of every run: 3, 4, 5, 8 gives (3, 5), (8, 8)."""
    first = last = None
    for number in numbers:
        if last is not None and number == last + 1:
            last = number
            continue
        if first is not None and last is not None:
            yield first, last
        first = last = number
    if first is not None and last is not None:
        yield first, last
