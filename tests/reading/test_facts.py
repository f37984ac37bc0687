"""A reading as a document of facts: names instead of keys, offsets of the source."""

from __future__ import annotations

import making
from undersigned.reading.facts import facts_document


def test_names_stand_for_keys_and_letters_have_ids() -> None:
    said = making.Said(signers=("Ann Lee",), quotes=("We object.",), over=400)
    document = facts_document(making.article("x", said))
    (letter,) = document["letter"]
    assert letter["id"] == "L1"
    assert (letter["signatory_count"], letter["count_qualifier"]) == (400, "over")
    (signature,) = document["signatures"]
    assert (signature["signatory"], signature["letter"]) == ("Ann Lee", "L1")
    assert [person["name"] for person in document["people"]] == ["Ann Lee"]


def test_those_who_declined_did_not_sign() -> None:
    document = facts_document(making.article("x", making.Said(declined=("Ann Lee",))))
    assert document["signatures"] == []


def test_a_statement_has_the_offsets_of_its_words() -> None:
    reading = making.article("x", making.Said(quotes=("We object.",)))
    (statement,) = facts_document(reading)["statements"]
    words = reading.source.text[statement["start"] : statement["end"]]
    assert "We object." in words
    assert words.startswith(statement["quote"])
    assert (statement["speaker"], statement["speaker_kind"]) == ("L1", "letter")
