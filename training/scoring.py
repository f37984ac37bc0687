"""Measures a pipeline: syntax on the treebanks, names, subjects of cues, words a second."""

from __future__ import annotations

import random
import time
from collections import Counter
from typing import TYPE_CHECKING

from articles import read_pud_news
from cue_subject import cue_subject_figures
from documents import iter_paragraphs, make_doc
from spacy.scorer import Scorer
from spacy.training import Example
from treebanks import read_ewt, read_gum

from undersigned.reading import matrix_product
from undersigned.reading.name_series import complete_series
from undersigned.reading.names import find_names
from undersigned.reading.pipeline import open_pipeline, read_texts

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from conllu import Sentence
    from own_corpus import MarkedArticle
    from spacy.language import Language

    from undersigned.reading.name_types import NameTyper

Figures = dict[str, float]
LONGEST = 12
"""Sentences of a text at most; few paragraphs have more."""
_LABEL_OF_TYPE = {"person": "PER", "organization": "ORG", "place": "LOC"}


def measure(
    corpora: Path, pipeline: Path, typer: NameTyper, ours: Sequence[MarkedArticle]
) -> dict[str, Figures]:
    """All figures of the model card; `ours` is the test part of our own corpus."""
    nlp = open_pipeline(pipeline)
    gum = read_gum(corpora / "gum", "test")
    news = read_gum(corpora / "gum", "dev", {"news"}) + read_gum(corpora / "gum", "test", {"news"})
    with matrix_product.in_one_thread():
        return {
            "ewt_test": syntax_figures(nlp, [read_ewt(corpora, "test")[0]]),
            "gum_test": syntax_figures(nlp, gum),
            "gum_news": syntax_figures(nlp, news),
            "pud_news": name_figures(nlp, read_pud_news(corpora), typer),
            "own_test": name_figures(nlp, ours, typer),
            "polnear_dev": cue_subject_figures(nlp, corpora / "polnear" / "dev"),
            "speed": speed_figures(nlp, ours, typer),
        }


def syntax_figures(nlp: Language, documents: Iterable[Sequence[Sentence]]) -> Figures:
    """Tags, dependencies and sentences from raw text, a paragraph at a time as reading does it."""
    rng = random.Random(1)
    gold = [
        make_doc(nlp.vocab, paragraph, {})
        for document in documents
        for paragraph in iter_paragraphs(document, rng, joined=0.0, longest=LONGEST)
    ]
    read = nlp.pipe([doc.text for doc in gold])
    scores = Scorer(nlp).score([Example(p, g) for p, g in zip(read, gold, strict=True)])
    wanted = ("pos_acc", "tag_acc", "lemma_acc", "dep_uas", "dep_las", "sents_f")
    return {name: float(scores[name]) for name in wanted}


def name_figures(nlp: Language, articles: Sequence[MarkedArticle], typer: NameTyper) -> Figures:
    """F1 by label of names as reading finds them; span and type must be exact."""
    right: Counter[str] = Counter()
    read: Counter[str] = Counter()
    marked: Counter[str] = Counter()
    texts = read_texts(nlp, (article.source() for article in articles))
    for article, text in zip(articles, texts, strict=True):
        found = set()
        for name in complete_series(text, find_names(text, typer)):
            words = text.slice(name.span)
            found.add((words.start, words.end, _LABEL_OF_TYPE[name.type]))
        for counter, names in (
            (right, found & article.names()),
            (read, found),
            (marked, article.names()),
        ):
            for _, _, label in names:
                counter.update((label, "ALL"))
    return {
        label: 2 * right[label] / max(1, read[label] + marked[label])
        for label in ("PER", "ORG", "LOC", "ALL")
    }


def speed_figures(nlp: Language, articles: Sequence[MarkedArticle], typer: NameTyper) -> Figures:
    """Words a second of processor time, batched: the pipeline alone, and with names."""
    sources = [article.source() for article in articles] * 3
    texts = [p.text for article in articles for p in article.paragraphs] * 3
    for _ in nlp.pipe(texts[:50]):
        pass
    start = time.process_time()
    words = sum(len(doc) for doc in nlp.pipe(texts, batch_size=256))
    pipe_seconds = time.process_time() - start
    start = time.process_time()
    for text in read_texts(nlp, sources):
        find_names(text, typer)
    whole_seconds = time.process_time() - start
    return {"pipeline": words / pipe_seconds, "with_names": words / whole_seconds}
