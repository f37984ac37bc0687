"""What a letter's own page says of the letter: kind, date, demands, numbers of signers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

from undersigned.claims import CountQualifier, LetterKind, Slice
from undersigned.listing.dates import date_line
from undersigned.listing.lexicon import any_of
from undersigned.source import BlockKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from undersigned.source import Block, Source

_PROSE: Final = frozenset({BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.BLOCK_QUOTE})
_KINDS: Final = ("open-letter", "petition", "submission", "pledge", "joint-statement", "letter")
_STATEMENT_WORDS: Final = 8
"""Shorter sentences ("Enough is enough.") are no statements that others would quote."""
_SENTENCE_END: Final = re.compile(r"[.!?…]+[”\"’')\]]*(?=\s+[“\"‘'(\[«„¡¿]*[^\W\d_a-zß-ÿ])|$")
_ABBREVIATED: Final = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|Sen|Rep|Gov|St|No|Nr|Art|vs|etc|Inc|Ltd|Jr|Sr|e\.g|i\.e|z\.B|u\.a|bzw|Abs|M|Mme|p|U\.S|U\.K|[A-Z]))\.$"
)


@dataclass(frozen=True, slots=True)
class Counted:
    """A number of signers as printed."""

    number: int
    qualifier: CountQualifier
    words: Slice


def sentences_of(source: Source) -> Iterator[Slice]:
    """The sentences of the letter's body, in order."""
    for block in source.blocks:
        if block.kind in _PROSE:
            yield from _sentences(source.text, block)


def statements_of(source: Source) -> Iterator[Slice]:
    """The sentences that say something: long enough to be quoted."""
    return (piece for piece in sentences_of(source) if len(piece.exact.split()) >= _STATEMENT_WORDS)


def _sentences(text: str, block: Block) -> Iterator[Slice]:
    start = block.start
    for stop in _SENTENCE_END.finditer(text[block.start : block.end]):
        end = block.start + stop.end()
        if _ABBREVIATED.search(text[start:end]) and end < block.end:
            continue
        if piece := slice_of(text, start, end):
            yield piece
        start = end


def slice_of(text: str, start: int, end: int) -> Slice | None:
    """The words at a place, without white space around them; None where there are none."""
    exact = text[start:end].strip()
    if not exact:
        return None
    at = start + text[start:end].index(exact)
    return Slice(at, at + len(exact), exact)


def kind_of_letter(*texts: str | None) -> LetterKind:
    """The kind of document by the first of some texts that names one; an open letter else."""
    for text in filter(None, texts):
        for name in _KINDS:
            if re.search(rf"(?i)\b{any_of('letter', name)}\b", text):
                return LetterKind(name)
    return LetterKind.OPEN_LETTER


def letter_date(source: Source) -> tuple[str, Slice] | None:
    """The date that a line of its own gives, and its words."""
    for block in source.blocks:
        if block.kind is not BlockKind.SIGNER and block.end - block.start <= 80:
            found = date_line(source.text, block.start, block.end)
            if found is not None:
                return found.iso, Slice(
                    found.start, found.end, source.text[found.start : found.end]
                )
    return None


def demands_of(source: Source) -> Iterator[Slice]:
    """What the letter asks for: clauses from "call on", "demand" …, and the items below them."""
    listing = False
    for block in source.blocks:
        if listing and block.kind is BlockKind.LIST_ITEM:
            if item := slice_of(source.text, block.start, block.end):
                yield item
            continue
        listing = False
        if block.kind not in _PROSE:
            continue
        for sentence in _sentences(source.text, block):
            asked = _asking().search(sentence.exact)
            if asked is None:
                continue
            listing = sentence.exact.endswith(":")
            start = sentence.start + asked.start("ask")
            demand = slice_of(source.text, start, sentence.end)
            if demand is not None and not listing:
                yield _without_stop(demand)


def _without_stop(piece: Slice) -> Slice:
    exact = piece.exact.rstrip(".*_ ")
    return Slice(piece.start, piece.start + len(exact), exact)


@cache
def _asking() -> re.Pattern[str]:
    between = r"(?:,[^,]{3,80},)?(?:\s+[^\W\d_]+(?:ly|fore|with|also|by|halb|mit|auch|donc|aussi))*"
    pronoun = rf"(?:\b{any_of('letter', 'we')}\b{between}\s+(?:also\s+)?|^)"
    return re.compile(rf"(?i){pronoun}(?P<ask>{any_of('letter', 'asks')})\b")


def counts_of(source: Source) -> Iterator[Counted]:
    """Numbers of signers that the page gives: "3,003 signatures", "and 40 others have signed"."""
    for block in source.blocks:
        if block.kind is BlockKind.SIGNER or block.end - block.start > 300:
            continue
        for found in _counting().finditer(source.text, block.start, block.end):
            figure = found["before"] or found["after"]
            number = int(re.sub(r"\D", "", figure))
            if number < 2 or (1900 <= number <= 2100 and len(figure) == 4):
                continue
            qualifier = (
                CountQualifier.OVER if found["over"] or found["plus"] else CountQualifier.EXACT
            )
            if piece := slice_of(source.text, found.start(), found.end()):
                yield Counted(number, qualifier, piece)


@cache
def _counting() -> re.Pattern[str]:
    figure = r"\d{1,3}(?:[.,\u00a0\u202f ’']\d{3})+|\d+"
    words_over = "more than|over|at least|mehr als|über|plus de|más de|oltre|meer dan|mais de"
    over = rf"(?P<over>(?:{words_over})\s+)?"
    return re.compile(
        rf"(?i){over}(?<![\d.,])(?P<before>{figure})(?P<plus>\+)?\s+"
        rf"(?:(?:of|de|d’|d')\s+)?(?:\w+\s+){{0,2}}{any_of('letter', 'counted')}\b"
        rf"|\b{any_of('letter', 'counting')}\b\s*[:(]?\s*(?P<after>{figure})(?![\d.,]*\d)"
    )
