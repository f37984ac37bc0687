"""Sentences of a treebank as spaCy documents: paragraphs as a newspaper would print them."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING

from spacy.tokens import Doc, Span

from undersigned.reading.name_words import given_names, surnames

if TYPE_CHECKING:
    import random
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from conllu import ConlluToken, Sentence
    from spacy.vocab import Vocab

SMALL_WORDS = {
    "a",
    "an",
    "the",
    "of",
    "in",
    "on",
    "for",
    "to",
    "and",
    "at",
    "by",
    "with",
    "from",
    "as",
    "or",
}
_CLOSING = {
    ".",
    ",",
    ";",
    ":",
    "?",
    "!",
    ")",
    "]",
    "%",
    "...",
    "'s",
    "n't",
    "'re",
    "'ve",
    "'ll",
    "'d",
    "'m",
    "’s",
    "’",
}
_OPENING = {"(", "[", "$", "#", "@", "£"}

Names = list[tuple[int, int, str]]
"""Names of a sentence: first token, end token (exclusive), label."""


def make_doc(vocab: Vocab, sentences: Sequence[Sentence], names: dict[str, Names]) -> Doc:
    """One document with tags, lemmas, morphology, dependencies, sentence starts and names.

    Where `names` lacks one of the sentences, the document's names stay unknown.
    """
    words: list[str] = []
    columns: dict[str, list[str]] = {k: [] for k in ("lemmas", "pos", "tags", "morphs", "deps")}
    spaces: list[bool] = []
    heads: list[int] = []
    spans: list[tuple[int, int, str]] = []
    for sentence in sentences:
        first = len(words)
        for at, token in enumerate(sentence.tokens):
            words.append(token.form)
            spaces.append(token.space_after)
            heads.append(first + (token.head - 1 if token.head else at))
            columns["lemmas"].append(token.lemma)
            columns["pos"].append(token.upos)
            columns["tags"].append(token.xpos)
            columns["morphs"].append(token.features)
            columns["deps"].append(token.relation if token.head else "ROOT")
        if sentence is not sentences[-1]:
            spaces[-1] = True
        for start, end, label in names.get(sentence.sentence_id, ()):
            spans.append((first + start, first + end, label))
    doc = Doc(
        vocab,
        words=words,
        spaces=spaces,
        heads=heads,
        lemmas=columns["lemmas"],
        pos=columns["pos"],
        tags=columns["tags"],
        morphs=columns["morphs"],
        deps=columns["deps"],
    )
    if all(sentence.sentence_id in names for sentence in sentences):
        _set_names(doc, spans)
    return doc


def make_name_doc(vocab: Vocab, words: list[str], names: Names) -> Doc:
    """One document of a text that is marked with names only."""
    doc = Doc(vocab, words=words, spaces=guess_spaces(words))
    _set_names(doc, names)
    return doc


def _set_names(doc: Doc, names: Names) -> None:
    doc.set_ents([Span(doc, *name[:2], label=name[2]) for name in names], default="outside")


def guess_spaces(words: Sequence[str]) -> list[bool]:
    """Whether a space follows each word, for corpora that do not say."""
    spaces = [True] * len(words)
    quoted = False
    for index, word in enumerate(words):
        if index and word in _CLOSING:
            spaces[index - 1] = False
        if word in _OPENING:
            spaces[index] = False
        if word == '"':
            spaces[index - 1 if quoted and index else index] = False
            quoted = not quoted
    return spaces


def iter_paragraphs(
    sentences: Iterable[Sentence], rng: random.Random, joined: float, longest: int
) -> Iterator[list[Sentence]]:
    """Yields the sentences by paragraph, `longest` at most.

    `joined` is the share of paragraphs that are put to the one before, so that a heading without a
    full stop is also seen next to a sentence.
    """
    paragraph: list[Sentence] = []
    for sentence in sentences:
        ends = paragraph and (
            (sentence.begins_paragraph and rng.random() >= joined)
            or len(paragraph) >= longest
            or paragraph[-1].document != sentence.document
        )
        if ends:
            yield paragraph
            paragraph = []
        paragraph.append(sentence)
    if paragraph:
        yield paragraph


def as_printed(paragraph: Sequence[Sentence], rng: random.Random) -> list[Sentence] | None:
    """The paragraph in another dress, for about a third of them: treebanks lack what papers have.

    Headlines in capitals, headlines with capitalised words, curly quotation marks and apostrophes.
    """
    dice = rng.random()
    if dice < 0.05:
        return _rewritten(paragraph, str.upper)
    if dice < 0.11 and len(paragraph) <= 3:
        return _rewritten(paragraph, _headline_word)
    if dice < 0.36:
        return _with_curly_marks(paragraph)
    return None


def _rewritten(paragraph: Sequence[Sentence], change: Callable[[str], str]) -> list[Sentence]:
    copies = copy.deepcopy(list(paragraph))
    for sentence in copies:
        for token in sentence.tokens:
            token.form = change(token.form)
    return copies


def _headline_word(form: str) -> str:
    is_word = form.isalpha() and form.islower() and form not in SMALL_WORDS
    return form.capitalize() if is_word else form


def _with_curly_marks(paragraph: Sequence[Sentence]) -> list[Sentence] | None:
    copies = copy.deepcopy(list(paragraph))
    changed = False
    for sentence in copies:
        opening = True
        for token in sentence.tokens:
            form = token.form.replace("'", "’")
            if form in ('"', "``", "''"):
                form = "“" if opening else "”"
                opening = not opening
            changed = changed or form != token.form
            token.form = form
    return copies if changed else None


def renamed(
    paragraph: Sequence[Sentence], names: dict[str, Names], rng: random.Random
) -> list[Sentence] | None:
    """The paragraph with other names for its people, from the lexicons; None where it has none.

    Treebanks show few names, and those again and again: a parser learns them as words.
    """
    given, last = sorted(given_names()), sorted(surnames())
    copies = copy.deepcopy(list(paragraph))
    changed = False
    for sentence in copies:
        for start, end, label in names.get(sentence.sentence_id, ()):
            if label != "PER":
                continue
            ending = sentence.tokens[end - 1]
            if end - start == 1 and ending.form in given_names():
                _rename(ending, rng.choice(given))
            elif ending.form.isalpha() and not ending.form.isupper():
                _rename(ending, rng.choice(last))
            if end - start > 1 and sentence.tokens[start].form.isalpha():
                _rename(sentence.tokens[start], rng.choice(given))
            changed = True
    return copies if changed else None


def _rename(token: ConlluToken, form: str) -> None:
    token.form = token.lemma = form
