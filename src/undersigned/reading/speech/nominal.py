"""Attribution without a verb of saying: "according to X", "X's claim that …"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from undersigned.reading.speech.cues import CueClass, open_cue_lexicon
from undersigned.reading.speech.drafts import Draft
from undersigned.reading.speech.page import clause_of, phrase_of
from undersigned.reading.speech.sources import SUBJECTS, subject_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from spacy.tokens import Span, Token

    from undersigned.reading.speech.page import Page

Bounds = tuple[int, int]


_MEETS = frozenset(
    ["discard", "file", "find", "get", "hear", "ignore", "read", "receive", "see", "threw", "throw"]
)
"""Verbs whose subject only meets with what somebody says: "read reports that …"."""


def nominal_drafts(page: Page) -> Iterator[Draft]:
    """What the constructions of this module see, in no particular order."""
    singular = {"according", *open_cue_lexicon().nouns}
    openings = singular | {f"{word}s" for word in singular}
    for token in page.doc:
        if token.lower_ not in openings:
            continue
        for construction in NOMINAL_CONSTRUCTIONS:
            draft = construction(page, token)
            if draft is not None:
                yield draft
                break


def _according_to(page: Page, token: Token) -> Draft | None:
    """*The vote was lost*, according to two aides."""
    doc = page.doc
    if token.lower_ != "according" or token.i + 2 >= len(doc) or doc[token.i + 1].lower_ != "to":
        return None
    head = token.head if token.dep_ == "case" else _object_of_to(token)
    if head is None or head.i <= token.i:
        return None
    source = phrase_of(head)
    source = doc[max(source.start, token.i + 2) : source.end]
    if not len(source) or page.is_quoted(token):
        return None
    first, last = page.sentence_bounds(token.i)
    pieces = _around(page, (first, token.i), (source.end, last))
    if not pieces:
        return None
    return Draft(
        content=pieces,
        rule="according-to",
        confidence=0.9,
        cue_class=CueClass.SAY,
        source=source,
        cue=doc[token.i : token.i + 2],
    )


def _around(page: Page, before: Bounds, after: Bounds) -> tuple[Span, ...]:
    """What stands before "according to X"; if that is no clause, what follows as well.

    *For the port*, according to two aides, *the vote is a test*.
    """
    first, second = page.trimmed(*before), page.trimmed(*after)
    if first is not None and (second is None or _is_clause(first) or not _is_clause(second)):
        return (page.widened(first),)
    return tuple(page.widened(span) for span in (first, second) if span is not None)


def _is_clause(span: Span) -> bool:
    return any(t.dep_ in SUBJECTS and t.head in span for t in span)


def _object_of_to(according: Token) -> Token | None:
    return next((t for t in according.children if t.dep_ in {"obl", "nmod", "obj"}), None)


def _noun_clause(page: Page, token: Token) -> Draft | None:
    """Ms. Roe's claim *that the vote was lost*; their call *to free him*."""
    cue_class = open_cue_lexicon().nouns.get(_singular(token))
    if cue_class is None or token.pos_ != "NOUN" or page.is_quoted(token):
        return None
    owner = next((t for t in token.children if t.dep_ == "nmod:poss"), None)
    named = _name_in_front(token)
    clause = _clause_of_noun(token, owned=owner is not None or named is not None)
    if clause is None:
        return None
    start, end = clause_of(clause, after=token.i + 1)
    span = page.trimmed(start, end)
    if span is None:
        return None
    if owner is None and token.dep_ == "obj" and token.head.lemma_ in _MEETS:
        return None
    maker = owner if owner is not None else _maker(token)
    return Draft(
        content=(page.widened(span),),
        rule="noun-clause",
        confidence=0.75,
        cue_class=cue_class,
        source=phrase_of(maker) if maker is not None else named,
        cue=page.doc[token.i : token.i + 1],
    )


def _name_in_front(noun: Token) -> Span | None:
    """*The Daily News* reports that …, where a tagger takes the verb for a plural noun."""
    doc, start, first = noun.doc, noun.i, noun.sent.start
    while start > first and _is_of_a_name(doc[start - 1]):
        start -= 1
    after_that = noun.i + 1 < len(doc) and noun.nbor(1).lower_ == "that"
    if start == noun.i or noun.tag_ != "NNS" or not after_that:
        return None
    opens = start - 1 if start > first and doc[start - 1].lower_ == "the" else start
    return doc[opens : noun.i] if opens == first else None


def _is_of_a_name(token: Token) -> bool:
    """A name's word, also one that is an adjective by itself: the *New* Harbor Post."""
    return token.pos_ == "PROPN" or (token.tag_ == "NNP" and token.text[0].isupper())


def _clause_of_noun(noun: Token, *, owned: bool) -> Token | None:
    """The clause that a noun of saying governs; of an owned one also a "that" right after it."""
    clauses = (c for c in noun.children if c.dep_ in {"acl", "ccomp"} and _is_content(c))
    clause = next(clauses, None)
    following = noun.nbor(1) if noun.i + 1 < len(noun.doc) else None
    if clause is None and owned and following is not None and following.lower_ == "that":
        return following.head if following.head.i > noun.i else None
    return clause


def _maker(noun: Token) -> Token | None:
    """*The mayor* made the claim that …."""
    return subject_of(noun.head) if noun.dep_ == "obj" else None


def _is_content(clause: Token) -> bool:
    return any(
        (t.dep_ == "mark" and t.lower_ in {"that", "to"}) or t.lower_ == "to"
        for t in clause.children
    )


def _singular(token: Token) -> str:
    word = token.lower_
    return word.removesuffix("s") if word.endswith("s") and not word.endswith("ss") else word


NOMINAL_CONSTRUCTIONS: list[Callable[[Page, Token], Draft | None]] = [_according_to, _noun_clause]
