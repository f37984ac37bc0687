"""What the name typer looks at: the words of a candidate, its neighbours, its syntax, its article.

A feature is a short string; the weights of `name_types` belong to exactly these features, so a
change here asks for a new training (`training/`). Lexicons enter by the class of a word, never by
the word itself, so that an analyst's additions work without one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from undersigned.reading.gazetteer import lookup
from undersigned.reading.lexicon import open_lexicon
from undersigned.reading.name_words import (
    capital,
    given_names,
    head_words,
    is_no_name_word,
    is_office,
    is_people,
    is_title,
    surnames,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from undersigned.reading.name_candidates import Range
    from undersigned.reading.name_types import BlockTokens, NameType

_INITIAL = re.compile(r"([A-Z]\.)+")
_CAMEL = re.compile(r"(?!Mc|Mac|De|Di|Du|La|Le|Van|Fitz|O['’])[A-Z]?[a-z]+[A-Z][A-Za-z]*")
_SAID = frozenset({"said", "says", "told", "added", "wrote", "asked", "signed", "argued"})
_SIDE_RELATIONS = frozenset(
    {"appos", "amod", "compound", "nmod:desc", "nummod", "acl:relcl", "det", "nmod:poss"}
)
_SMALL_WORDS = frozenset({"of", "for", "and", "the", "on", "to", "&", "-", "in"})
_POSSESSIVES = frozenset({"'s", "’s", "'", "’"})


@dataclass(frozen=True, slots=True)
class ArticleNames:
    """What the longer and shorter candidates of one article say about each other.

    All words are in lower case. `surnames` end a longer candidate that opens with a given name or
    an initial, `endings` any longer candidate, `openings` begin one, `acronyms` are the initials of
    one, `alone` stand as a candidate by themselves, `titled` follow a title.
    """

    surnames: frozenset[str]
    endings: frozenset[str]
    openings: frozenset[str]
    acronyms: frozenset[str]
    alone: frozenset[str]
    titled: frozenset[str]

    @classmethod
    def gathered(cls, candidates: Iterable[tuple[BlockTokens, Range]]) -> ArticleNames:
        """From all candidates of an article's running text."""
        sets: dict[str, set[str]] = {name: set() for name in cls.__slots__}
        for block, (start, end) in candidates:
            lowers = block.lowers[start:end]
            if start and is_office(block.texts[start - 1]):
                sets["titled"].add(lowers[-1])
            if end - start == 1:
                sets["alone"].add(lowers[0])
                continue
            sets["endings"].add(lowers[-1])
            sets["openings"].add(lowers[0])
            sets["acronyms"].add("".join(w[0] for w in lowers if w not in _SMALL_WORDS))
            if word_class(block.texts[start]) in {"G", "I"}:
                sets["surnames"].add(lowers[-1])
        return cls(**{name: frozenset(words) for name, words in sets.items()})

    def knows(self, lower: str) -> bool:
        """Whether a word is a name, or ends one, elsewhere in the article."""
        return lower in self.endings or lower in self.alone or lower in self.openings


@lru_cache(maxsize=50_000)
def word_class(word: str) -> str:
    """One letter for what lexicons and spelling say of a word, small words stay themselves."""
    lower = word.lower()
    if lower in _SMALL_WORDS:
        return lower
    if not word[:1].isupper():
        return "d" if word[:1].isdigit() else "l" if word[:1].isalpha() else word[:1]
    for letter, holds in (
        ("I", _INITIAL.fullmatch(word)),
        ("S", word in open_lexicon("organization_words").words("suffixes")),
        ("H", lower in head_words()),
        ("G", word in given_names()),
        ("N", is_people(word)),
        ("T", is_title(word)),
        ("J", word in open_lexicon("person_names").words("suffixes")),
        ("W", is_no_name_word(word)),
    ):
        if holds:
            return letter
    known, kind = lookup(word)
    if known:
        return "K" if kind is None else kind.value[0]
    if word in surnames():
        return "F"
    if word.isupper() and len(word) > 1:
        return "A"
    return "M" if _CAMEL.fullmatch(word) else "C"


def features(
    block: BlockTokens, place: Range, known: tuple[bool, NameType | None], article: ArticleNames
) -> Iterator[str]:
    """The features of a candidate, some of them possibly twice.

    Args:
        block: the tokens around.
        place: the candidate's tokens.
        known: whether lexicons or patterns know this very stretch, and as what.
        article: what the article's other candidates say.
    """
    start, end = place
    yield from _word_features(block, start, end)
    yield from _class_features(block, start, end)
    yield from _neighbour_features(block, start, end)
    yield from _syntax_features(block, start, end)
    yield from _article_features(block, start, end, article)
    if known[0]:
        yield f"known={known[1]}"
        yield f"known={known[1]} {min(end - start, 3)}"


def _word_features(block: BlockTokens, start: int, end: int) -> Iterator[str]:
    lowers = block.lowers[start:end]
    yield f"n={min(end - start, 5)}"
    yield "full=" + " ".join(lowers)
    yield "first=" + lowers[0]
    yield "last=" + lowers[-1]
    for lower in lowers:
        yield "w=" + lower
        yield "s3=" + lower[-3:]
        yield "s2=" + lower[-2:]
        yield "p3=" + lower[:3]
    yield "lasts3=" + lowers[-1][-3:]
    yield "lasts4=" + lowers[-1][-4:]
    yield "shape=" + " ".join(t.shape_ for t in block.tokens[start : min(end, start + 3)])
    if any(char.isdigit() for lower in lowers for char in lower):
        yield "digit"


def _class_features(block: BlockTokens, start: int, end: int) -> Iterator[str]:
    classes = [word_class(word) for word in block.texts[start:end]]
    before = word_class(block.texts[start - 1]) if start else "_"
    after = word_class(block.texts[end]) if end < len(block) else "_"
    yield "cls=" + " ".join(classes[:6])
    yield "clsends=" + classes[0] + " " + classes[-1]
    yield "clslast=" + classes[-1]
    yield f"clsfirst={classes[0]} {min(end - start, 3)}"
    for letter in set(classes):
        yield "clsany=" + letter
    yield "clsp1=" + before
    yield "clsn1=" + after
    yield "clspn=" + before + " " + classes[0] + " " + classes[-1] + " " + after
    edges = _left_edge(block, start) + " " + _right_edge(block, end)
    yield "edges=" + edges
    yield f"edges={edges} {min(end - start, 3)}"
    yield "edges=" + edges + " " + classes[0] + " " + classes[-1]
    if end - start == 1 and classes[0] == "A":
        yield f"upper={min(len(block.texts[start]), 7)}"


def _left_edge(block: BlockTokens, start: int) -> str:
    """Whether a name could have begun earlier: after a capital, or over a small word."""
    if capital(block, start - 1):
        return "title" if is_title(block.texts[start - 1]) else "capital"
    joined = block.lower_at(start - 1) in _SMALL_WORDS and capital(block, start - 2)
    return "joint" if joined else "edge"


def _right_edge(block: BlockTokens, end: int) -> str:
    if capital(block, end):
        return "capital"
    if block.lower_at(end) in _POSSESSIVES:
        return "owns capital" if capital(block, end + 1) else "owns"
    joined = block.lower_at(end) in _SMALL_WORDS and capital(block, end + 1)
    return "joint" if joined else "edge"


def _neighbour_features(block: BlockTokens, start: int, end: int) -> Iterator[str]:
    lower_at = block.lower_at
    yield "p1=" + lower_at(start - 1)
    yield "p2=" + lower_at(start - 2) + " " + lower_at(start - 1)
    yield "n1=" + lower_at(end)
    yield "n2=" + lower_at(end) + " " + lower_at(end + 1)
    yield "pp2=" + lower_at(start - 2)
    yield "nn2=" + lower_at(end + 1)
    yield "p1pos=" + block.pos_at(start - 1)
    yield "n1pos=" + block.pos_at(end)
    if lower_at(end) in _POSSESSIVES:
        yield "owns=" + block.pos_at(end + 1)
    if block.tokens[start].is_sent_start:
        yield "ss"
        yield "ss=" + " ".join(pos[:2] for pos in block.pos[start:end][:4])
    if start == 0 and end == len(block):
        yield "whole block"
    if block.is_title_case:
        yield "title case"
    yield "tags=" + " ".join(pos[:2] for pos in block.pos[start:end][:4])


def _syntax_features(block: BlockTokens, start: int, end: int) -> Iterator[str]:
    first = block.span.start
    root = block.span.doc[first + start : first + end].root
    relation, head = root.dep_, root.head
    yield "dep=" + relation
    yield "dep+hl=" + relation + "|" + head.text.lower()[:6]
    yield "hpos=" + relation + "|" + head.pos_
    saying = open_lexicon("name_context").words("speech_verbs")
    said = head.lemma_ in saying or head.text.lower() in _SAID
    if said and relation.startswith("nsubj"):
        yield "says"
    if relation == "appos":
        yield "isappos=" + ("title" if is_title(head.text) else head.pos_)
    for child in root.children:
        if start <= child.i - first < end:
            continue
        if child.dep_ == "case" and child.i < root.i:
            yield "case=" + child.text.lower()
        if child.dep_ in _SIDE_RELATIONS:
            yield "ch=" + child.dep_
        if child.dep_ == "appos":
            yield "appos=" + child.text.lower()
            yield "apposcls=" + _noun_class(child.text)
        if child.dep_ == "det":
            yield "det"
        if child.dep_ == "acl:relcl":
            yield from ("rel=" + t.text.lower() for t in child.children if t.tag_[:1] == "W")


def _noun_class(word: str) -> str:
    if is_title(word):
        return "title"
    return "body" if word.lower() in head_words() else "other"


def _article_features(
    block: BlockTokens, start: int, end: int, article: ArticleNames
) -> Iterator[str]:
    first, last = block.lowers[start], block.lowers[end - 1]
    length = min(end - start, 3)
    if last in article.titled:
        yield f"a:titled {length}"
    if end - start > 1:
        if last in article.alone:
            yield f"a:last alone {length}"
        if first in article.alone:
            yield f"a:first alone {length}"
        return
    for name in ("surnames", "endings", "openings", "acronyms"):
        if last in getattr(article, name):
            yield "a:" + name
