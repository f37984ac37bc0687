from __future__ import annotations

import pytest
import spacy
from spacy.tokens import Doc

from undersigned.reading.parse_repair import repair_parse

VOCAB = spacy.blank("en").vocab

# (word, tag, part of speech, head, relation), as a parser gives a sentence without a finite verb.
CONFIRMED = [
    ("The", "DT", "DET", 1, "det"),
    ("agency", "NN", "NOUN", 1, "ROOT"),
    ("confirmed", "VBN", "VERB", 1, "acl"),
    ("that", "WDT", "PRON", 6, "obj"),
    ("money", "NN", "NOUN", 6, "nsubj:pass"),
    ("was", "VBD", "AUX", 6, "aux:pass"),
    ("paid", "VBN", "VERB", 2, "ccomp"),
    (".", ".", "PUNCT", 1, "punct"),
]
ADOPTED = [
    ("The", "DT", "DET", 1, "det"),
    ("plan", "NN", "NOUN", 1, "ROOT"),
    ("adopted", "VBN", "VERB", 1, "acl"),
    ("by", "IN", "ADP", 5, "case"),
    ("the", "DT", "DET", 5, "det"),
    ("council", "NN", "NOUN", 2, "obl:agent"),
    (".", ".", "PUNCT", 1, "punct"),
]
SPOKEN = [
    ("A", "DT", "DET", 1, "det"),
    ("man", "NN", "NOUN", 4, "nsubj"),
    ("called", "VBN", "VERB", 1, "acl"),
    ("Roe", "NNP", "PROPN", 2, "obj"),
    ("spoke", "VBD", "VERB", 4, "ROOT"),
    (".", ".", "PUNCT", 4, "punct"),
]

Row = tuple[str, str, str, int, str]


def parsed(rows: list[Row]) -> Doc:
    words, tags, kinds, heads, relations = map(list, zip(*rows, strict=True))
    return Doc(VOCAB, words=words, tags=tags, pos=kinds, heads=heads, deps=relations)


def tree(doc: Doc) -> list[tuple[str, str]]:
    return [(token.head.text, token.dep_) for token in doc]


def test_a_participle_becomes_the_verb_of_a_sentence_that_has_no_other() -> None:
    doc = parsed(CONFIRMED)
    repair_parse(doc)
    assert [sentence.root.text for sentence in doc.sents] == ["confirmed"]
    assert (doc[1].head.text, doc[1].dep_, doc[2].tag_) == ("confirmed", "nsubj", "VBD")
    assert (doc[6].head.text, doc[6].dep_) == ("confirmed", "ccomp")
    assert doc[7].head.text == "confirmed"


@pytest.mark.parametrize(
    "rows",
    [ADOPTED, SPOKEN, CONFIRMED[:-1]],
    ids=["passive", "another finite verb", "no full stop, as in a heading"],
)
def test_other_parses_stay(rows: list[Row]) -> None:
    doc = parsed(rows)
    before = tree(doc)
    repair_parse(doc)
    assert tree(doc) == before
