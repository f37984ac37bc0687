"""Articles with their names marked, from every corpus in one form: what names are learnt from."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from documents import guess_spaces
from gum_names import gum_names
from iob import read_column_file, uner_articles
from own_corpus import MarkedArticle, MarkedParagraph
from treebanks import GENRES, read_ewt, read_gum

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from conllu import Sentence
    from documents import Names

_WIKIGOLD_SENTENCES = 12
"""WikiGold does not say where its articles end; as many sentences pass for one."""


def read_treebanks(corpora: Path, split: str) -> list[MarkedArticle]:
    """EWT and GUM of a split; GUM only in the genres that may be used."""
    sentences, names = read_ewt(corpora, split)
    documents = [list(group) for _, group in groupby(sentences, key=lambda s: s.document)]
    articles = [_from_sentences(document, names) for document in documents]
    gum = read_gum(corpora / "gum", split, GENRES)
    return articles + [_from_sentences(document, gum_names(document)) for document in gum]


def read_wikigold(corpora: Path) -> list[MarkedArticle]:
    """WikiGold in stretches of some sentences."""
    sentences = list(read_column_file(corpora / "wikigold" / "wikigold.conll.txt"))
    return [
        _from_words(f"wikigold-{start}", sentences[start : start + _WIKIGOLD_SENTENCES])
        for start in range(0, len(sentences), _WIKIGOLD_SENTENCES)
    ]


def read_tweets(corpora: Path) -> list[MarkedArticle]:
    """The Broad Twitter Corpus, an article a message; only those with a name."""
    return [
        _from_words(f"btc-{path.stem}-{number}", [(words, names)])
        for path in sorted((corpora / "btc").glob("*.conll"))
        for number, (words, names) in enumerate(read_column_file(path))
        if names
    ]


def read_pud_news(corpora: Path) -> list[MarkedArticle]:
    """The news half of PUD with Universal NER's names; for evaluation only."""
    return [
        MarkedArticle(document, tuple(MarkedParagraph(*sentence) for sentence in sentences))
        for document, sentences in uner_articles(corpora / "uner-pud" / "en_pud-ud-test.iob2")
        if document.startswith("n")
    ]


def _from_sentences(sentences: Sequence[Sentence], names: dict[str, Names]) -> MarkedArticle:
    paragraphs: list[list[Sentence]] = []
    for sentence in sentences:
        if sentence.begins_paragraph or not paragraphs:
            paragraphs.append([])
        paragraphs[-1].append(sentence)
    return MarkedArticle(
        sentences[0].document, tuple(_paragraph(members, names) for members in paragraphs)
    )


def _paragraph(sentences: Iterable[Sentence], names: dict[str, Names]) -> MarkedParagraph:
    rows = [
        (
            [token.form for token in sentence.tokens],
            [token.space_after for token in sentence.tokens],
            names.get(sentence.sentence_id, []),
        )
        for sentence in sentences
    ]
    return _joined(rows)


def _from_words(article_id: str, sentences: Iterable[tuple[list[str], Names]]) -> MarkedArticle:
    rows = [(words, guess_spaces(words), names) for words, names in sentences]
    return MarkedArticle(article_id, (_joined(rows),))


def _joined(rows: Iterable[tuple[list[str], list[bool], Names]]) -> MarkedParagraph:
    text, marks = "", []
    for words, spaces, names in rows:
        text = text and text.rstrip() + " "
        starts, ends = [], []
        for word, space in zip(words, spaces, strict=True):
            starts.append(len(text))
            text += word
            ends.append(len(text))
            text += " " if space else ""
        marks += [(starts[start], ends[end - 1], label) for start, end, label in names]
    return MarkedParagraph(text.rstrip(), tuple(marks))
