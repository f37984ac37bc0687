"""The corpora as spaCy files: what the neural components are trained and measured on."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from documents import as_printed, iter_paragraphs, make_doc, make_name_doc, renamed
from gum_names import gum_names
from iob import read_column_file
from spacy.lang.en import English
from spacy.tokens import Doc, DocBin
from treebanks import GENRES, read_ewt, read_gum

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from conllu import Sentence
    from documents import Names
    from own_corpus import MarkedArticle
    from spacy.vocab import Vocab

GUM_WEIGHT = 2
"""How often GUM's documents appear: edited prose is nearer to newspapers than the web is."""
OWN_WEIGHT = 2
"""How often our own news prose appears: nothing else is so near to what is read."""
CAPITALS, STRAIGHT = 0.05, 0.3
"""Shares of our paragraphs that are put in capitals, or get straight quotation marks."""
STRAIGHT_MARKS = str.maketrans("“”‘’", "\"\"''")
SENTENCES_A_TEXT = 4
"""Sentences to a document at most, about a paragraph of news. The parser's training takes a time
that grows with the square of a document's length."""
JOINED = 0.3
"""Share of the treebanks' paragraphs that are put to the one before."""


def convert(corpora: Path, work: Path, ours: Iterable[MarkedArticle]) -> None:
    """Writes train.spacy and dev.spacy into the work folder; `ours` is our own corpus.

    EWT's dev part is learnt from, too: the network and its schedule are set beforehand, and GUM's
    dev part is enough to watch the training by.
    """
    vocab = English().vocab
    rng = random.Random(1)
    train = [
        make_doc(vocab, dressed, names)
        for document, names in _treebanks(corpora)
        for paragraph in iter_paragraphs(document, rng, JOINED, SENTENCES_A_TEXT)
        for dressed in (paragraph, as_printed(paragraph, rng), renamed(paragraph, names, rng))
        if dressed
    ]
    own = [doc for article in ours for doc in _own_docs(vocab, article, rng)]
    _write(work / "train.spacy", [*train, *own * OWN_WEIGHT, *_wikigold(corpora, vocab)])
    dev = [
        make_doc(vocab, paragraph, gum_names(document))
        for document in read_gum(corpora / "gum", "dev", GENRES)
        for paragraph in iter_paragraphs(document, rng, 0.0, SENTENCES_A_TEXT)
    ]
    _write(work / "dev.spacy", dev)


def _treebanks(corpora: Path) -> Iterator[tuple[list[Sentence], dict[str, Names]]]:
    yield read_ewt(corpora, "train")
    yield read_ewt(corpora, "dev")
    for document in GUM_WEIGHT * read_gum(corpora / "gum", "train", GENRES):
        yield document, gum_names(document)


def _own_docs(vocab: Vocab, article: MarkedArticle, rng: random.Random) -> Iterator[Doc]:
    """The paragraphs of an article of ours; some with straight marks or in capitals."""
    tokenizer = English().tokenizer
    for paragraph in article.paragraphs:
        text = paragraph.text
        dice = rng.random()
        if dice < CAPITALS and len(text.upper()) == len(text):
            text = text.upper()
        elif dice < CAPITALS + STRAIGHT:
            text = text.translate(STRAIGHT_MARKS)
        words = tokenizer(text)
        doc = Doc(vocab, [t.text for t in words], [bool(t.whitespace_) for t in words])
        spans = (doc.char_span(start, end, label) for start, end, label in paragraph.names)
        doc.set_ents([span for span in spans if span is not None], default="outside")
        yield doc


def _wikigold(corpora: Path, vocab: Vocab) -> Iterator[Doc]:
    text: list[str] = []
    names: Names = []
    for count, (words, found) in enumerate(
        read_column_file(corpora / "wikigold" / "wikigold.conll.txt"), start=1
    ):
        names += [(start + len(text), end + len(text), label) for start, end, label in found]
        text += words
        if count % SENTENCES_A_TEXT == 0:
            yield make_name_doc(vocab, text, names)
            text, names = [], []
    if text:
        yield make_name_doc(vocab, text, names)


def _write(path: Path, docs: list[Doc]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    DocBin(docs=docs).to_disk(path)
