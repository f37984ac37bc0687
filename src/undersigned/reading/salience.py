"""How much a mention stands out at a later place of the text: nearness, subjecthood, quotation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Span

    from undersigned.claims import LocalKey
    from undersigned.reading.text import ReadText

REACH = 150
"""Tokens back to which a pronoun may reach: some five sentences of news."""
_OPENING = 6
"""A name that opens its sentence within so many tokens is its subject, if it is not parsed so."""
_BESIDE_NOUN = frozenset({"appos", "flat", "flat:name"})
"""Relations of a name to the noun that it names: "the owner, *Ann Lee*"."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """A place where somebody is spoken of: by name, or by a pronoun already resolved."""

    key: LocalKey
    start: int
    end: int
    prominence: float
    quoted: bool


def prominence(mention: Span) -> float:
    """How much the grammar puts a mention forward: most as the subject of the main clause."""
    root = mention.root
    while root.dep_ in _BESIDE_NOUN and root.head != root:
        root = root.head
    relation = root.dep_
    if relation.startswith("nsubj"):
        return 0.28 if root.head.dep_ == "ROOT" else 0.15
    if relation == "ROOT" and root.i - root.sent.start < _OPENING:
        return 0.2  # long sentences: "Speaker *Ann Lee*, often described as …, struck a note"
    if relation != "nmod:poss":
        return 0.0
    # Whose plan the sentence is about is spoken of more than an owner elsewhere in it.
    owns_subject = root.head.dep_.startswith("nsubj") and root.head.head.dep_ == "ROOT"
    return 0.0 if owns_subject else -0.15


def quoted_tokens(text: ReadText) -> list[bool]:
    """For each token, whether it stands inside double quotation marks.

    A quotation that a block leaves open ends with the block.
    """
    inside = [False] * len(text.doc)
    for block in text.blocks:
        is_open = False
        for token in text.doc[block.start : block.end]:
            if token.text in {"“", "``"} or (token.text == '"' and not is_open):
                is_open = True
            elif token.text in {"”", "''", '"'}:
                is_open = False
            inside[token.i] = is_open
    return inside


def worth(spoken: Spoken, place: int) -> float:
    """A number, some -0.5 to 1.0: how likely a pronoun at `place` means whom was spoken of.

    A pronoun mostly takes up the subject of the sentence before, or of its own; an owner ("Lee's
    lawyer") and somebody inside a quotation stand back.
    """
    nearness = 0.55 - 0.7 * (place - spoken.end) / REACH
    return nearness + spoken.prominence - (0.35 if spoken.quoted else 0.0)
