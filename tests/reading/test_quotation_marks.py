"""Quotation marks: which stretches stand between them."""

from __future__ import annotations

import pytest
import spacy

from undersigned.reading.quotation_marks import Quotation, find_quotations
from undersigned.reading.text import ReadText
from undersigned.source import Block, BlockKind, Source

CASES = {
    "curly marks": ("She said “no” twice.", ["“no”"]),
    "straight marks": ('She said "no" and "yes".', ['"no"', '"yes"']),
    "doubled single marks": ("''Go on,'' she said.", ["''Go on,''"]),
    "an inner quotation comes after its outer one": (
        "“He said ‘no’ to me.”",
        ["“He said ‘no’ to me.”", "‘no’"],
    ),
    "curly marks inside of straight ones": (
        'The "so-called “reform” of the port" failed.',
        ['"so-called “reform” of the port"', "“reform”"],
    ),
    "a curly mark closed by a straight one": ('He said “never" twice.', ['“never"']),
    "apostrophes": ("It's the players' game; the ’90s weren't.", []),
    "a single mark that opens": ("He called it 'a farce' again.", ["'a farce'"]),
    "an opening mark used for a closing one": ("“Never,“ he said.", ["“Never,“"]),
    "a closing mark used for an opening one": ("He wrote ”never again” on it.", ["”never again”"]),
    "low marks": ("„Never,“ he said.", ["„Never,“"]),
    "an unclosed one runs to the end of its paragraph": ("“Never, he said.", ["“Never, he said."]),
}


def quotations_in(*paragraphs: str, kind: BlockKind = BlockKind.PARAGRAPH) -> list[Quotation]:
    text = "\n\n".join(paragraphs)
    blocks, start = [], 0
    for paragraph in paragraphs:
        blocks.append(Block(kind, start, start + len(paragraph)))
        start += len(paragraph) + 2
    source = Source(source_id="x", kind="article", text=text, blocks=tuple(blocks), origin="x")
    nlp = spacy.blank("en")
    parts = [(block, nlp(text[block.start : block.end])) for block in blocks]
    return find_quotations(ReadText.joined(source, parts, nlp.vocab))


@pytest.mark.parametrize("case", CASES)
def test_stretches_between_marks(case: str) -> None:
    text, wanted = CASES[case]
    found = quotations_in(text)
    assert [" ".join(piece.text for piece in quotation.pieces) for quotation in found] == wanted


def test_a_quotation_goes_on_in_a_paragraph_that_opens_again() -> None:
    (quotation,) = quotations_in("“One. Two.", "“Three,” she said.")
    assert [piece.text for piece in quotation.pieces] == ["“One. Two.", "“Three,”"]


def test_an_unclosed_quotation_ends_with_its_paragraph_where_the_next_does_not_open() -> None:
    (quotation,) = quotations_in("“One. Two.", "Three, she said.")
    assert [piece.text for piece in quotation.pieces] == ["“One. Two."]


def test_a_block_set_as_a_quotation_needs_no_marks() -> None:
    (quotation,) = quotations_in("We object.", kind=BlockKind.BLOCK_QUOTE)
    assert quotation.pieces[0].text == "We object."
    assert not quotation.marked
