"""CoNLL-U files as sentences of tokens (https://universaldependencies.org/format.html)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

KEPT_FEATURES = {
    "Case", "Degree", "Gender", "Mood", "Number", "Person", "Poss", "PronType", "Tense",
    "VerbForm", "Voice",
}  # fmt: skip
"""Features that rules may ask for; others would only multiply the classes to learn."""


@dataclass(slots=True)
class ConlluToken:
    """One syntactic word. `head` counts from 1 within the sentence, 0 for the root."""

    form: str
    space_after: bool
    lemma: str
    upos: str
    xpos: str
    features: str
    head: int
    relation: str
    misc: str


@dataclass(slots=True)
class Sentence:
    """One sentence, and whether a paragraph begins with it."""

    sentence_id: str
    document: str
    begins_paragraph: bool
    tokens: list[ConlluToken] = field(default_factory=list)


def read_conllu(path: Path) -> Iterator[Sentence]:
    """Yields the sentences of a file; empty nodes are left out, multiword tokens taken apart."""
    document, begins = path.stem, True
    sentence: Sentence | None = None
    span: tuple[int, int, bool] | None = None
    for line in path.read_text(encoding="utf-8").split("\n"):
        if line.startswith("# newdoc id"):
            document, begins = line.split("=", 1)[1].strip(), True
        elif line.startswith("# newpar") and not line.startswith("# newpar_block"):
            begins = True
        elif line.startswith("# sent_id"):
            sentence = Sentence(line.split("=", 1)[1].strip(), document, begins)
            span = None
        elif not line.strip():
            if sentence is not None and sentence.tokens:
                yield sentence
                begins = False
            sentence = None
        elif not line.startswith("#") and sentence is not None:
            columns = line.split("\t")
            if "-" in columns[0]:
                first, last = map(int, columns[0].split("-"))
                span = (first, last, "SpaceAfter=No" not in columns[9])
            elif "." not in columns[0]:
                sentence.tokens.append(_token(columns, span))


def _token(columns: list[str], span: tuple[int, int, bool] | None) -> ConlluToken:
    number = int(columns[0])
    space = "SpaceAfter=No" not in columns[9]
    if span and span[0] <= number <= span[1]:
        space = span[2] if number == span[1] else False
    features = [f for f in columns[5].split("|") if f.split("=")[0] in KEPT_FEATURES]
    return ConlluToken(
        form=columns[1].replace("\xa0", "").replace(" ", ""),
        space_after=space,
        lemma=columns[2],
        upos=columns[3],
        xpos=columns[4] if columns[4] != "_" else columns[3],
        features="|".join(features),
        head=int(columns[6]),
        relation=columns[7],
        misc=columns[9],
    )
