"""Names in column files: Universal NER, WikiGold, Broad Twitter Corpus."""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from conllu import Sentence
    from documents import Names

LABELS = {"PER", "ORG", "LOC"}
_ARTICLES = {"the", "a", "an"}
_BRACKETS = {"``": '"', "''": '"', "-LRB-": "(", "-RRB-": ")"}


def read_column_file(path: Path) -> Iterator[tuple[list[str], Names]]:
    """Yields the words and names of each sentence of a file "word label", blank lines between."""
    words: list[str] = []
    tags: list[str] = []
    for line in [*path.read_text(encoding="utf-8", errors="replace").splitlines(), ""]:
        columns = re.split(r"[ \t]+", line.strip())
        if len(columns) >= 2 and columns[0] != "-DOCSTART-":
            words.append(_BRACKETS.get(columns[0], columns[0]))
            tags.append(columns[-1])
        elif words:
            yield words, _names(words, tags)
            words, tags = [], []


def read_uner(path: Path, sentences: Iterable[Sentence]) -> dict[str, Names]:
    """The names of treebank sentences by sentence id, aligned by characters without spaces.

    The two files may part words differently. A sentence that the name file lacks gets no entry.
    """
    by_id = {sentence_id: (words, tags) for sentence_id, words, tags in _uner_sentences(path)}
    names: dict[str, Names] = {}
    for sentence in sentences:
        if sentence.sentence_id in by_id:
            forms = [token.form for token in sentence.tokens]
            names[sentence.sentence_id] = _aligned(forms, *by_id[sentence.sentence_id])
    return names


def _uner_sentences(path: Path) -> Iterator[tuple[str, list[str], list[str]]]:
    sentence_id = ""
    words: list[str] = []
    tags: list[str] = []
    for line in [*path.read_text(encoding="utf-8").splitlines(), ""]:
        if line.startswith("# sent_id"):
            sentence_id = line.split("=", 1)[1].strip()
        elif not line.strip() and words:
            yield sentence_id, words, tags
            words, tags = [], []
        elif line.strip() and not line.startswith("#"):
            columns = line.split("\t")
            words.append(columns[1].replace("\xa0", "").replace(" ", ""))
            tags.append(columns[2])


def _aligned(forms: list[str], words: list[str], tags: list[str]) -> Names:
    starts, ends = _offsets(forms)
    word_starts, word_ends = _offsets(words)
    begin = {offset: index for index, offset in enumerate(starts)}
    finish = {offset: index + 1 for index, offset in enumerate(ends)}
    names = []
    for start, end, label in _names(words, tags):
        first, last = begin.get(word_starts[start]), finish.get(word_ends[end - 1])
        if first is not None and last is not None and first < last:
            names.append((first, last, label))
    return names


def _offsets(words: list[str]) -> tuple[list[int], list[int]]:
    starts, ends, at = [], [], 0
    for word in words:
        starts.append(at)
        at += len(word)
        ends.append(at)
    return starts, ends


def _names(words: list[str], tags: list[str]) -> Names:
    """Names without a leading article; both IOB1 and IOB2 are understood, handles are left out."""
    names: Names = []
    start, label = 0, ""
    for index, tag in enumerate([*tags, "O"]):
        kind = tag[2:] if tag[2:] in LABELS else ""
        if index and words[index - 1] == "@":
            kind = ""
        continues = kind == label and tag[:1] == "I"
        if label and not continues:
            first = start + 1 if words[start].lower() in _ARTICLES and index - start > 1 else start
            if words[first:index] != ["@"]:
                names.append((first, index, label))
        if not continues:
            start, label = index, kind
    return names


def uner_articles(
    path: Path,
) -> Iterator[tuple[str, list[tuple[str, tuple[tuple[int, int, str], ...]]]]]:
    """Yields each document of a Universal NER file: its id, and text and names of its sentences.

    Names are given by their characters in the sentence's text.
    """
    texts = {}
    document, current = "", ""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("# newdoc id"):
            document = line.split("=", 1)[1].strip()
        elif line.startswith("# sent_id"):
            current = line.split("=", 1)[1].strip()
        elif line.startswith("# text ="):
            texts[current] = (document, line.split("=", 1)[1].strip())
    rows = [
        (texts[sentence_id][0], _in_text(texts[sentence_id][1], words, tags))
        for sentence_id, words, tags in _uner_sentences(path)
    ]
    for document, group in groupby(rows, key=lambda row: row[0]):
        yield document, [sentence for _, sentence in group]


def _in_text(
    text: str, words: list[str], tags: list[str]
) -> tuple[str, tuple[tuple[int, int, str], ...]]:
    starts, at = [], 0
    for word in words:
        at = text.index(word, at)
        starts.append(at)
        at += len(word)
    return text, tuple(
        (starts[start], starts[end - 1] + len(words[end - 1]), label)
        for start, end, label in _names(words, tags)
    )
