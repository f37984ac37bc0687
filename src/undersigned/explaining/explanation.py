"""How one source was read: its blocks and sentences, with the claims made there in words."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from undersigned.claims import StatementClaim
from undersigned.explaining.marks import Marking, merged
from undersigned.reading.wording import Wording

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from undersigned.claims import Certainty, Claim
    from undersigned.explaining.marks import Mark, MarkedSpan
    from undersigned.reading.reader import ReadSource
    from undersigned.reading.text import ReadText
    from undersigned.source import Block, BlockKind, Source

_UNPRINTABLE: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class ExplainedClaim:
    """A claim for people. `number` counts from 1 in text order.

    `sentence` says it in words; `speaker`, for statements, who was found for which words and how
    surely; `marks` are its words in text order.
    """

    number: int
    claim: Claim
    sentence: str
    speaker: str | None
    marks: tuple[Mark, ...]

    @property
    def certainty(self) -> Certainty:
        """How far the source hedges."""
        return self.claim.certainty

    @property
    def rule(self) -> str:
        """The construction that was seen."""
        return self.claim.evidence.rule

    @property
    def confidence(self) -> float:
        """How sure the extraction is, 0.0 to 1.0."""
        return self.claim.evidence.confidence


@dataclass(frozen=True, slots=True)
class ExplainedSentence:
    """A sentence, and the claims whose first words stand in it."""

    start: int
    end: int
    claims: tuple[ExplainedClaim, ...]


@dataclass(frozen=True, slots=True)
class ExplainedBlock:
    """A block of the source. One that was not read (a caption, a link box) has no sentences."""

    kind: BlockKind
    start: int
    end: int
    sentences: tuple[ExplainedSentence, ...] = ()

    @property
    def is_read(self) -> bool:
        """Whether claims could be made here."""
        return bool(self.sentences)

    @property
    def claims(self) -> tuple[ExplainedClaim, ...]:
        """The claims of all sentences."""
        return tuple(claim for sentence in self.sentences for claim in sentence.claims)


@dataclass(frozen=True, slots=True)
class Explanation:
    """One source as it was read: blocks in text order, claims by number, stretches to mark."""

    source: Source
    extractor: str
    blocks: tuple[ExplainedBlock, ...]
    claims: tuple[ExplainedClaim, ...]
    spans: tuple[MarkedSpan, ...]

    def words(self, start: int, end: int) -> str:
        """The source's words, printable, equally long."""
        return printable(self.source.text[start:end])


def printable(text: str) -> str:
    """The text with a � for every character that would steer a terminal or break a page."""
    return _UNPRINTABLE.sub("\ufffd", text)


def explain(read: ReadSource) -> Explanation:
    """All blocks of a source and all claims of its reading, put together for people."""
    reading = read.reading
    wording, marking = Wording(reading), Marking(reading)
    claims = tuple(
        ExplainedClaim(
            number=number,
            claim=claim,
            sentence=wording.sentence_of(claim),
            speaker=_speaker(claim, wording) if isinstance(claim, StatementClaim) else None,
            marks=marking.marks_of(claim, number),
        )
        for number, claim in enumerate(reading.claims, 1)
    )
    return Explanation(
        reading.source,
        reading.extractor,
        tuple(_blocks(read.text, claims)),
        claims,
        merged(mark for claim in claims for mark in claim.marks),
    )


def _speaker(claim: StatementClaim, wording: Wording) -> str:
    words = " … ".join(piece.exact for piece in claim.speaker_words)
    asked = f"“{words}”" if words else "left out"
    if claim.speaker is None:
        return f"{asked}: nobody found"
    return f"{asked}: {wording.name_of(claim.speaker)}, {claim.speaker_score:.2f}"


def _blocks(text: ReadText, claims: Sequence[ExplainedClaim]) -> Iterator[ExplainedBlock]:
    sentences: defaultdict[Block, list[ExplainedSentence]] = defaultdict(list)
    if len(text.doc):
        for sentence in text.doc.sents:
            place = text.slice(sentence)
            here = (c for c in claims if place.start <= c.marks[0].start < place.end)
            shown = ExplainedSentence(place.start, place.end, tuple(here))
            sentences[text.block_of(sentence[0]).block].append(shown)
    for block in text.source.blocks:
        read = sentences[block] or _entry(block, claims)
        yield ExplainedBlock(block.kind, block.start, block.end, tuple(read))


def _entry(block: Block, claims: Sequence[ExplainedClaim]) -> list[ExplainedSentence]:
    """A block that is read without grammar, as a signer of a list is: its claims as a sentence."""
    here = tuple(c for c in claims if block.start <= c.marks[0].start < block.end)
    return [ExplainedSentence(block.start, block.end, here)] if here else []
