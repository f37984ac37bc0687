"""Names that only the series shows in which they stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from undersigned.reading.name_series import complete_series
from undersigned.reading.name_types import NameType
from undersigned.reading.names import NameMention
from undersigned.reading.pipeline import open_pipeline
from undersigned.reading.text import ReadText
from undersigned.source import Block, BlockKind, Source

if TYPE_CHECKING:
    from spacy.language import Language


@pytest.fixture(scope="module")
def nlp() -> Language:
    return open_pipeline()


def _completed(nlp: Language, words: str, known: dict[str, NameType]) -> dict[str, NameType]:
    """The names of a sentence after completion; `known` are those recognised before."""
    block = Block(BlockKind.PARAGRAPH, 0, len(words))
    source = Source(source_id="x", kind="article", text=words, blocks=(block,), origin="x")
    text = ReadText.joined(source, [(block, nlp(words))])
    names = []
    for name, kind in known.items():
        span = text.doc.char_span(words.index(name), words.index(name) + len(name))
        assert span is not None
        names.append(NameMention(span, kind, 0.9))
    return {name.span.text: name.type for name in complete_series(text, names)}


def test_an_item_between_people_is_a_person(nlp: Language) -> None:
    known = {"Anna Keller": NameType.PERSON, "Robert Stone": NameType.PERSON}
    found = _completed(nlp, "It was signed by Anna Keller, Ouma Bax and Robert Stone.", known)
    assert found == {**known, "Ouma Bax": NameType.PERSON}


def test_an_item_between_organizations_is_one(nlp: Language) -> None:
    known = {"Acme Foundation": NameType.ORGANIZATION, "Bolt Union": NameType.ORGANIZATION}
    words = "It was signed by Acme Foundation, the Green Table and Bolt Union."
    assert _completed(nlp, words, known)["Green Table"] is NameType.ORGANIZATION


@pytest.mark.parametrize(
    "words",
    [
        "Anna Keller, Principal Reporter, met Robert Stone.",
        "Anna Keller, R-Fla., and Robert Stone spoke.",
        "Anna Keller, a spokeswoman for Ouma Bax, and Robert Stone spoke.",
        "Anna Keller, the mayor, and Robert Stone spoke.",
    ],
)
def test_appositions_are_no_items(nlp: Language, words: str) -> None:
    known = {"Anna Keller": NameType.PERSON, "Robert Stone": NameType.PERSON}
    assert _completed(nlp, words, known) == known
