"""The lexicon of stance: its examples come out, and its lists do not contradict each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from undersigned.claims import Stance, StatementClaim
from undersigned.reading.lexicon import open_lexicon
from undersigned.reading.speech.cues import open_cue_lexicon
from undersigned.source import Block, BlockKind, Source

if TYPE_CHECKING:
    from undersigned.reading.reader import Reader

LISTS = {
    "verbs_for": Stance.FOR,
    "verbs_against": Stance.AGAINST,
    "complaints": Stance.AGAINST,
    "doubts": Stance.AGAINST,
    "words_for": Stance.FOR,
    "words_against": Stance.AGAINST,
    "deeds_for": Stance.FOR,
    "deeds_against": Stance.AGAINST,
    "treatment_for": Stance.FOR,
    "treatment_against": Stance.AGAINST,
    "treatment_nouns_against": Stance.AGAINST,
    "asked_against": Stance.AGAINST,
    "phrases_for": Stance.FOR,
    "phrases_against": Stance.AGAINST,
    "turning": Stance.FOR,
    "negations": Stance.FOR,
}


@pytest.mark.parametrize("list_name", LISTS)
def test_the_example_of_each_list_has_its_stance(reader: Reader, list_name: str) -> None:
    text = open_lexicon("stance").lists[list_name].example
    block = Block(BlockKind.PARAGRAPH, 0, len(text))
    source = Source(source_id="x", kind="article", text=text, blocks=(block,), origin="x")
    (reading,) = reader.read([source])
    (statement,) = (c for c in reading.claims if isinstance(c, StatementClaim))
    assert (statement.target, statement.stance) == ("person-ann-roe", LISTS[list_name])


def test_every_list_has_its_example_tested() -> None:
    assert set(open_lexicon("stance").lists) == set(LISTS)


@pytest.mark.parametrize("what", ["verbs", "words", "deeds", "treatment", "phrases"])
def test_no_word_is_for_and_against(what: str) -> None:
    lexicon = open_lexicon("stance")
    assert not lexicon.words(f"{what}_for") & lexicon.words(f"{what}_against")


def test_every_verb_with_a_stance_is_a_cue() -> None:
    lexicon = open_lexicon("stance")
    cues = {verb.name for verb in open_cue_lexicon().verbs()}
    assert lexicon.words("verbs_for") | lexicon.words("verbs_against") <= cues
