"""Constructions of attribution, over short passages (`passages/attributions/*.toml`)."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from undersigned.reading.attribution import find_attributions
from undersigned.reading.attributions_output import attributions_document
from undersigned.reading.pipeline import read_texts
from undersigned.source import Block, BlockKind, Source

if TYPE_CHECKING:
    from spacy.language import Language

    from undersigned.reading.attribution import Attribution
    from undersigned.reading.text import ReadText

PASSAGES = {
    passage["name"]: passage
    for path in sorted(Path(__file__).parent.glob("passages/attributions/*.toml"))
    for passage in tomllib.loads(path.read_text(encoding="utf-8"))["passage"]
}


def read(nlp: Language, words: str) -> ReadText:
    words = words.strip()
    blocks, start = [], 0
    for paragraph in words.split("\n\n"):
        blocks.append(Block(BlockKind.PARAGRAPH, start, start + len(paragraph)))
        start += len(paragraph) + 2
    source = Source(source_id="x", kind="article", text=words, blocks=tuple(blocks), origin="x")
    (text,) = read_texts(nlp, [source])
    return text


def in_words(one: Attribution) -> str:
    source = one.source.text if one.source is not None else "—"
    return f"{source}: {' … '.join(span.text for span in one.content)}"


@pytest.mark.parametrize("name", PASSAGES)
def test_passage(nlp: Language, name: str) -> None:
    passage: dict[str, Any] = PASSAGES[name]
    found = find_attributions(read(nlp, passage["text"]))
    assert [in_words(one) for one in found] == passage["found"]


def test_the_next_paragraph_joins_the_speech_that_it_goes_on_with(nlp: Language) -> None:
    text = read(nlp, "“The ferry was old,” Oona Birk said.\n\n“Everybody on the island knew it.”")
    found = find_attributions(text)
    (record,) = attributions_document("x", text, found)["attributions"]
    assert len(found) == 2
    assert [text.source.text[start:end] for start, end in record["content"]] == [
        "“The ferry was old,”",
        "“Everybody on the island knew it.”",
    ]


def test_a_later_paragraph_keeps_a_record_of_its_own(nlp: Language) -> None:
    words = (
        "“The ferry was old,” Oona Birk said.\n\nThe hall was cold.\n\n“Everybody here knew it.”"
    )
    text = read(nlp, words)
    records = attributions_document("x", text, find_attributions(text))["attributions"]
    assert [len(record["content"]) for record in records] == [1, 1]
    assert records[0]["source"] == records[1]["source"]
