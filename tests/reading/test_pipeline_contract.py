"""What reading must find with any pipeline that it accepts.

`reader` is the shipped pipeline; one that labels as other treebanks and recognisers do (relations
without the newer subtypes, PERSON and GPE); and, where it lies beside the repository, an older
pipeline with weights of its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span

from conftest import SHARED
from passage import source_of
from undersigned.claims import iter_slices
from undersigned.reading.facts import facts_document
from undersigned.reading.pipeline import SHIPPED
from undersigned.reading.reader import Reader

if TYPE_CHECKING:
    from pathlib import Path

OTHER_RELATIONS = {
    "nmod:desc": "compound",
    "obl:unmarked": "obl:tmod",
    "nmod:unmarked": "nmod:tmod",
    "obl:agent": "obl",
    "nsubj:outer": "nsubj",
    "advcl:relcl": "advcl",
}
OTHER_NAMES = {"PER": "PERSON", "LOC": "GPE"}


@Language.component("labels_of_others")
def relabel(doc: Doc) -> Doc:
    for token in doc:
        token.dep_ = OTHER_RELATIONS.get(token.dep_, token.dep_)
    doc.ents = [
        Span(doc, name.start, name.end, OTHER_NAMES.get(name.label_, name.label_))
        for name in doc.ents
    ]
    return doc


@pytest.fixture(
    scope="module",
    params=["shipped", "relabelled", pytest.param("older", marks=pytest.mark.shared)],
)
def reader(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Reader:
    if request.param == "shipped":
        return Reader()
    if request.param == "older":
        return Reader(SHARED / "models" / "first")
    folder: Path = tmp_path_factory.mktemp("pipelines") / "relabelled"
    nlp = spacy.load(SHIPPED)
    nlp.add_pipe("labels_of_others", last=True)
    nlp.to_disk(folder)
    return Reader(folder)


def facts(reader: Reader, *paragraphs: str, headline: str | None = None) -> dict[str, Any]:
    (reading,) = reader.read([source_of(*paragraphs, headline=headline)])
    return facts_document(reading)


def test_signers_with_their_professions_and_the_letter(reader: Reader) -> None:
    found = facts(
        reader,
        "More than 200 actors have signed an open letter to the Ministry of Mines.",
        "Among the signatories are the actor Ann Lee, the singer Bo Diaz and Chidi Okoro, a former "
        "mayor of Lima.",
        "Joan Reyes, who was listed in an early draft, did not sign the letter.",
    )
    (letter,) = found["letter"]
    assert letter["addressees"] == ["Ministry of Mines"]
    assert (letter["signatory_count"], letter["count_qualifier"]) == (200, "over")
    signers = {row["signatory"]: row["role"] for row in found["signatures"]}
    assert signers == {
        "Ann Lee": "actor",
        "Bo Diaz": "singer",
        "Chidi Okoro": "former mayor of Lima",
    }


def test_a_quotation_goes_to_who_said_it_behind_a_surname_and_a_pronoun(reader: Reader) -> None:
    found = facts(
        reader,
        "Ann Lee grew up beside the river. “We will not be quiet,” said Lee.",
        "“It is ours,” she added.",
    )
    assert [row["speaker"] for row in found["statements"]] == ["Ann Lee", "Ann Lee"]
    assert [row["kind"] for row in found["statements"]] == ["quotation", "quotation"]


def test_the_words_of_a_letter_are_the_letters(reader: Reader) -> None:
    found = facts(
        reader,
        "Dozens of teachers signed an open letter on Monday.",
        "“The school belongs to all of us,” the letter says.",
    )
    kinds = {row["quote"].strip("“,”"): row["speaker_kind"] for row in found["statements"]}
    assert kinds["The school belongs to all of us"] == "letter"


def test_reported_speech_of_a_body(reader: Reader) -> None:
    found = facts(reader, "The Ministry of Mines said that the river was safe.")
    (statement,) = found["statements"]
    assert (statement["speaker"], statement["kind"]) == ("Ministry of Mines", "reported-speech")
    assert "the river was safe" in statement["quote"]


def test_people_and_bodies_are_told_apart_from_places(reader: Reader) -> None:
    found = facts(reader, "Ann Lee of the Marlow Foundation met Dr. Bo Diaz of Oxfam in Kenya.")
    assert [person["name"] for person in found["people"]] == ["Ann Lee", "Bo Diaz"]
    assert set(found["organizations"]) == {"Marlow Foundation", "Oxfam"}


def test_every_claim_keeps_the_sources_own_words(reader: Reader) -> None:
    source = source_of(
        "“No,” said Ann Lee,\u00a0a judge.",
        "She signed the letter to the Ministry of Mines.",
        headline="JUDGE SIGNS LETTER",
    )
    (reading,) = reader.read([source])
    slices = list(iter_slices(reading))
    assert slices
    assert all(source.text[piece.start : piece.end] == piece.exact for piece in slices)
