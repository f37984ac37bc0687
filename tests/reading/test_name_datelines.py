from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from passage import read
from undersigned.reading.name_types import NameType
from undersigned.reading.names import find_names

if TYPE_CHECKING:
    from spacy.language import Language

DATELINES = [
    ("KISUMU — Hundreds of nurses signed the petition.", "KISUMU"),
    ("TARNBECK, April 3 - Fifty-three members asked for a halt.", "TARNBECK"),
    ("PORT ELLEN, Scotland (Reuters) – The ferry was late again.", "PORT ELLEN"),
    ("GRAVENHAM (AP) -- The council met on Monday.", "GRAVENHAM"),
]
NO_DATELINES = [
    "EXCLUSIVE — The mayor has signed the letter.",
    "NATO-led troops left the town.",
    "OXFAM said that the river was safe.",
]


@pytest.mark.parametrize(("paragraph", "place"), DATELINES)
def test_a_place_in_capitals_before_a_dash_is_a_place(
    nlp: Language, paragraph: str, place: str
) -> None:
    first = find_names(read(nlp, paragraph))[0]
    assert (first.span.text, first.type) == (place, NameType.PLACE)


@pytest.mark.parametrize("paragraph", NO_DATELINES)
def test_other_words_in_capitals_are_no_place(nlp: Language, paragraph: str) -> None:
    names = find_names(read(nlp, paragraph))
    assert [name.span.text for name in names if name.type is NameType.PLACE] == []
