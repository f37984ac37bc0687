from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import spacy

from passage import phrase, read, source_of
from undersigned.errors import PipelineUnusable
from undersigned.reading.evidence import make_evidence
from undersigned.reading.pipeline import open_pipeline, read_texts
from undersigned.source import Block, BlockKind, Source

if TYPE_CHECKING:
    from pathlib import Path

    from spacy.language import Language


def test_a_pipeline_that_is_not_there_is_refused_with_what_to_do() -> None:
    with pytest.raises(PipelineUnusable, match=r"language pipeline 'en_nowhere'.*shipped"):
        open_pipeline("en_nowhere")


def test_a_pipeline_without_a_parser_is_refused_with_what_it_lacks(tmp_path: Path) -> None:
    spacy.blank("en").to_disk(tmp_path / "blank")
    with pytest.raises(PipelineUnusable, match=r"no parser.*no tagger.*Universal Dependencies"):
        open_pipeline(tmp_path / "blank")


def test_a_parser_with_other_labels_is_refused_and_they_are_shown(tmp_path: Path) -> None:
    other = spacy.blank("en")
    parser = other.add_pipe("parser")
    for label in ("dobj", "pobj", "nsubj"):
        parser.add_label(label)  # type: ignore[attr-defined]
    other.initialize()
    other.to_disk(tmp_path / "clear")
    with pytest.raises(PipelineUnusable, match=r"lacks the labels .*obl.*dobj"):
        open_pipeline(tmp_path / "clear")


SENTENCES = [
    ["“It is true.” he said.", "She left."],
    ["“No way!”", "Then she left."],
    ['He said: "Go."', '"Stay."'],
    ["Sen. Ann Lee met Mr. Diaz."],
    ["The U.S. Senate voted.", "It passed."],
    ["J. K. Okoro wrote it.", "(It is long.)", "We read it."],
    ["He left the town. [2]", "She stayed. [3] [4]", "It rained."],
    ["Bo Diaz et al., who wrote it, left.", "She stayed."],
    ["1. Who signed the letter?"],
    ["She lives at No. 12.", "He does not."],
    ["Roe wrote on X.", "The town laughed.", "“Go to X.”"],
    ["It was shown to Francis X. Roe.", "She left."],
    ["She signed, too, on June 26, 2023 in Lima.", "He did not."],
]


@pytest.mark.parametrize("sentences", SENTENCES, ids=" | ".join)
def test_sentences_end_where_print_ends_them(nlp: Language, sentences: list[str]) -> None:
    text = read(nlp, " ".join(sentences))
    assert [sentence.text for sentence in text.doc.sents] == sentences


def test_slices_are_the_sources_own_words_whatever_spaces_it_has(nlp: Language) -> None:
    text = read(nlp, "On\u00a0Monday Ann\u2009Lee  signed\u00a0it.")
    lee = text.slice(phrase(text, "Ann Lee"))
    assert lee.exact == "Ann\u2009Lee"
    assert text.source.text[lee.start : lee.end] == lee.exact
    assert text.slice(phrase(text, "signed")).exact == "signed"


def test_a_headline_in_capitals_is_read_in_lower_case_and_sliced_in_capitals(
    nlp: Language,
) -> None:
    text = read(nlp, "Ann Lee signed it.", headline="ANN LEE SIGNS A LETTER")
    assert text.doc[:2].text == "Ann Lee"
    assert text.slice(text.doc[:2]).exact == "ANN LEE"


def test_sources_come_out_in_order_and_one_without_a_story_too(nlp: Language) -> None:
    caption = Source(
        source_id="caption",
        kind="article",
        text="A photo.",
        blocks=(Block(BlockKind.CAPTION, 0, 8),),
        origin="caption",
    )
    texts = list(read_texts(nlp, [source_of("One."), caption, source_of("Two words.")]))
    assert [len(text.doc) for text in texts] == [2, 0, 3]
    assert list(texts[1].doc.sents) == []


def test_many_sources_give_the_same_as_each_alone(nlp: Language) -> None:
    sources = [source_of(f"Ann Lee wrote {n} letters. She signed them.", "So?") for n in range(70)]
    together = [text.doc.to_json() for text in read_texts(nlp, sources)]
    alone = [text.doc.to_json() for source in sources[::23] for text in read_texts(nlp, [source])]
    assert together[::23] == alone


def test_evidence_shows_the_sentence_around_its_words_in_text_order(nlp: Language) -> None:
    text = read(nlp, "It rained. Actor Bo Diaz signed. He left.")
    words = [phrase(text, "Bo Diaz"), phrase(text, "Actor")]
    evidence = make_evidence(text, words, rule="title-before-name", confidence=0.9)
    assert [piece.exact for piece in evidence.words] == ["Actor", "Bo Diaz"]
    assert evidence.passage.exact == "Actor Bo Diaz signed."


def test_a_passage_over_two_blocks_shows_both(nlp: Language) -> None:
    text = read(nlp, "It rained. These signed:", "Ann Lee, a judge. She is 40.")
    words = [phrase(text, "signed"), phrase(text, "Ann Lee")]
    evidence = make_evidence(text, words, rule="both", confidence=0.9)
    assert evidence.passage.exact == "These signed:\nAnn Lee, a judge."
    assert [piece.exact for piece in evidence.words] == ["signed", "Ann Lee"]


def test_a_long_passage_over_blocks_is_the_sentence_of_the_last_word(nlp: Language) -> None:
    between = "It rained all day in the town of Keswick. " * 10
    text = read(nlp, "These signed:", between.strip(), "Ann Lee, a judge. She is 40.")
    words = [phrase(text, "signed"), phrase(text, "Ann Lee")]
    evidence = make_evidence(text, words, rule="both", confidence=0.9)
    assert evidence.passage.exact == "Ann Lee, a judge."


def test_evidence_without_words_is_refused(nlp: Language) -> None:
    with pytest.raises(ValueError, match="without words"):
        make_evidence(read(nlp, "So."), [], rule="none", confidence=0.9)
