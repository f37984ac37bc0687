"""The constructions that docs/how-it-reads.md prints work as printed."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from passage import read
from undersigned.reading.cast import make_cast
from undersigned.reading.letters import find_letters
from undersigned.reading.names import find_names
from undersigned.reading.signing.scene import Scene
from undersigned.reading.speech.cues import open_cue_lexicon
from undersigned.reading.speech.page import Page

if TYPE_CHECKING:
    from spacy.language import Language

DOCUMENT = Path(__file__).parents[2] / "docs" / "how-it-reads.md"
BLOCK = re.compile(r"^```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@pytest.fixture(scope="module")
def printed() -> dict[str, Any]:
    """What the page's blocks of Python define."""
    names: dict[str, Any] = {}
    for block in BLOCK.findall(DOCUMENT.read_text(encoding="utf-8")):
        exec(block, names)
    return names


def scene_of(nlp: Language, words: str) -> Scene:
    text = read(nlp, words)
    cast = make_cast(text, find_names(text))
    letters = find_letters(text, cast)
    places = {t.i: (key,) for t in text.doc if (key := letters.at(t)) is not None}
    return Scene(text, cast, places, letters.main())


@pytest.mark.parametrize(
    ("words", "signatories"),
    [
        (
            "Forty nurses wrote an open letter to the mayor. "
            "The letter counts Anna Keller and Robert Stone among its signers.",
            ["person-anna-keller", "person-robert-stone"],
        ),
        (
            "Forty nurses wrote an open letter to the mayor. "
            "The letter counts on Anna Keller and Robert Stone.",
            [],
        ),
    ],
)
def test_the_signing_construction(
    nlp: Language, printed: dict[str, Any], words: str, signatories: list[str]
) -> None:
    scene = scene_of(nlp, words)
    signings = [
        s for sent in scene.doc.sents for s in printed["counted_among_signers"](sent, scene)
    ]
    assert [name.key for signing in signings for name in signing.names] == signatories
    assert {signing.letter for signing in signings} <= {"letter-open-letter"}


def test_the_attribution_construction(nlp: Language, printed: dict[str, Any]) -> None:
    page = Page(read(nlp, "In the words of Anna Keller, the dam will leak within a year."))
    drafts = [d for token in page.doc if (d := printed["in_the_words_of"](page, token))]
    assert [(d.source.text, d.cue.text, d.content[0].text) for d in drafts] == [
        ("Anna Keller", "In the words of", "the dam will leak within a year")
    ]


def test_the_verb_of_saying_stands_in_the_lexicon_as_printed() -> None:
    document = DOCUMENT.read_text(encoding="utf-8")
    entry = next(verb for verb in open_cue_lexicon().verbs() if verb.name == "reiterate")
    assert f'[say.verbs]\nreiterate = "{entry.example}"' in document
