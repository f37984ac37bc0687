"""Numbers of signers and their qualifiers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import spacy

from undersigned.reading.counts import counts_people, iter_counts

if TYPE_CHECKING:
    from spacy.tokens import Doc


def _doc(words: str) -> Doc:
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    return nlp(words)


@pytest.mark.parametrize(
    ("words", "printed", "number", "qualifier"),
    [
        ("They said over 400 actors signed", "over 400", 400, "over"),
        ("They said more than 1,100 people signed", "more than 1,100", 1100, "over"),
        ("At least 30 firms signed", "At least 30", 30, "over"),
        ("They said nearly 1,000 people signed", "nearly 1,000", 1000, "about"),
        ("They said some 1,800 signatures", "some 1,800", 1800, "about"),
        ("They said fewer than 50 members signed", "fewer than 50", 50, "under"),
        ("They said 1,344 signatories", "1,344", 1344, "exact"),
        ("Five hundred and five have signed", "Five hundred and five", 505, "exact"),
        ("Twenty-five mayors signed", "Twenty-five", 25, "exact"),
        ("They said two dozen mayors signed", "two dozen", 24, "exact"),
        ("They said 1.3 million people signed", "1.3 million", 1_300_000, "exact"),
        ("They said 400 or so people signed", "400 or so", 400, "about"),
    ],
)
def test_number_with_its_qualifier(words: str, printed: str, number: int, qualifier: str) -> None:
    (count,) = iter_counts(_doc(words)[:])
    assert (count.words.text, count.number, count.qualifier.value) == (printed, number, qualifier)
    assert counts_people(count)


@pytest.mark.parametrize("words", ["Hundreds of actors signed", "Dozens signed", "Many signed"])
def test_hundreds_and_dozens_are_no_numbers(words: str) -> None:
    assert not list(iter_counts(_doc(words)[:]))


@pytest.mark.parametrize(
    "words",
    [
        "It rose by 25 percent",
        "It took 60 hours",
        "It cost $ 400",
        "It was in 2015",
        "It was on March 22",
        "The 15 letters",
    ],
)
def test_other_numbers_count_no_people(words: str) -> None:
    assert not any(counts_people(count) for count in iter_counts(_doc(words)[:]))
