"""The lexicon of saying: every example must come out; constructions of attribution."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from undersigned.reading.attribution import find_attributions
from undersigned.reading.pipeline import open_pipeline, read_texts
from undersigned.reading.speech.cues import CueVerb, open_cue_lexicon, verb_forms
from undersigned.source import Block, BlockKind, Source

if TYPE_CHECKING:
    from spacy.language import Language

    from undersigned.reading.attribution import Attribution

VERBS = list(open_cue_lexicon().verbs())


@pytest.fixture(scope="module")
def nlp() -> Language:
    return open_pipeline()


def attributions_in(nlp: Language, text: str) -> list[Attribution]:
    block = Block(BlockKind.PARAGRAPH, 0, len(text))
    source = Source(source_id="x", kind="article", text=text, blocks=(block,), origin="x")
    (read,) = read_texts(nlp, [source])
    return find_attributions(read)


@pytest.mark.parametrize("verb", VERBS, ids=lambda verb: f"{verb.cue_class}: {verb.name}")
def test_every_example_of_the_lexicon_shows_its_verb_as_a_cue(nlp: Language, verb: CueVerb) -> None:
    found = attributions_in(nlp, verb.example)
    classes = {(a.verb.name, a.cue_class) for a in found if a.verb is not None}
    assert (verb.name, verb.cue_class) in classes


def test_regular_forms_are_derived() -> None:
    assert verb_forms("deny") >= {"deny", "denies", "denied", "denying"}
    assert verb_forms("praise") >= {"praises", "praised", "praising"}
    assert verb_forms("confess") >= {"confesses", "confessed", "confessing"}


def test_beliefs_and_wishes_are_attributed_but_are_no_speech(nlp: Language) -> None:
    (belief,) = attributions_in(nlp, "Farmers fear that the river will flood.")
    assert not belief.cue_class.is_speech
    assert belief.source is not None
    assert belief.source.text == "Farmers"


def test_nested_attribution_names_the_one_around_it(nlp: Language) -> None:
    text = "Omar Haddad said that Nadia Petrov had told him that the dam would leak."
    outer, inner = attributions_in(nlp, text)
    assert (outer.within, inner.within) == (None, 0)


def test_spans_are_the_sources_words(nlp: Language) -> None:
    text = "“The river belongs to everybody,” said Nadia Petrov."
    (one,) = attributions_in(nlp, text)
    assert one.source is not None
    assert one.cue is not None
    assert [span.text for span in (one.source, one.cue, *one.content)] == [
        "Nadia Petrov",
        "said",
        "“The river belongs to everybody,”",
    ]
