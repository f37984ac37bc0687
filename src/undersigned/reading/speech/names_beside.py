"""Names beside a cue, by place alone, for sentences whose parse has no subject there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from undersigned.reading.speech.cues import CueClass
from undersigned.reading.speech.page import MARKS

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

    from undersigned.reading.speech.cues import Cue
    from undersigned.reading.speech.page import Page

DAYS = frozenset(
    {"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"}
    | {"today", "yesterday", "tomorrow"}
)
"""What parsers take for the subject of “…,” said Monday."""
NO_PHRASE = frozenset({"VERB", "AUX", "SCONJ", "ADP"})
_PERIODS = frozenset({"day", "night", "morning", "week", "weekend", "month", "year"})
_AFTER_NAME = frozenset({",", ".", "(", ";"})
_BEFORE_NAME = frozenset({"PUNCT", "VERB", "SCONJ", "CCONJ"})
_NOMINAL = frozenset({"DET", "NOUN", "PROPN", "ADJ", "PRON", "NUM", "PART"})
_FEW = 5
"""Tokens of a source that is read by place alone."""


def is_time(noun: Token) -> bool:
    """Whether a noun says when: Roe earlier *Thursday* said; a letter *this week* urging so."""
    dated = any(t.lower_ in {"this", "last", "next"} for t in noun.children)
    return noun.lower_ in DAYS or (dated and noun.lower_ in _PERIODS)


def inverted_name(page: Page, cue: Cue) -> Span | None:
    """The vote was lost, said *Roe*, a baker: a name right after a comma and a cue.

    Near misses: Roe, a baker, said Lee had lost; Roe, a baker, said Monday.
    """
    doc, end = page.doc, cue.end
    if cue.entry.cue_class is not CueClass.SAY or cue.start == 0 or end >= len(doc):
        return None
    after_clause = doc[cue.start - 1].text == "," or doc[cue.start - 1].text in MARKS
    if not after_clause or doc[end].pos_ != "PROPN" or doc[end].lower_ in DAYS:
        return None
    while end < len(doc) and doc[end].pos_ == "PROPN":
        end += 1
    closed = end == len(doc) or doc[end].text in _AFTER_NAME
    return doc[cue.end : end] if closed and end <= page.sentence_bounds(cue.start)[1] else None


def name_behind_as(page: Page, cue: Cue) -> Span | None:
    """The road is “a trap,” as *the memo* put it: between a comma with "as" and a cue.

    Near miss: the road, as bad as the memo put it.
    """
    start = cue.start
    while start > 1 and page.doc[start - 1].pos_ in _NOMINAL:
        start -= 1
    behind_as = page.doc[start - 1].lower_ == "as" and page.doc[start - 2].text in MARKS | {","}
    few = 0 < cue.start - start <= _FEW
    return page.doc[start : cue.start] if behind_as and few and start > 1 else None


def name_before(page: Page, cue: Cue) -> Span | None:
    """The few words between the last comma and a cue: *six in ten* say; *some* say."""
    first, _ = page.sentence_bounds(cue.start)
    start = cue.start
    while start > first and page.doc[start - 1].pos_ not in _BEFORE_NAME:
        start -= 1
    end = cue.start
    while end > start and _leaves_name(page.doc[end - 1]):
        end -= 1
    few = 0 < end - start <= _FEW
    return page.trimmed(start, end) if few and not page.is_quoted(page.doc[start]) else None


def _leaves_name(token: Token) -> bool:
    return token.pos_ in {"ADV", "AUX", "SPACE"} or is_time(token)


def name_after(page: Page, cue: Cue) -> Span | None:
    """What follows a cue up to the next comma, verb or preposition: said *the 46-year-old*."""
    _, last = page.sentence_bounds(cue.start)
    start = cue.end
    if start < last and page.doc[start].tag_ == "VBN":
        start += 1  # said *retired* Gen. Roe
    end = next((t.i for t in page.doc[start:last] if _ends_name(t)), last)
    return page.trimmed(start, end)


def _ends_name(token: Token) -> bool:
    hyphen = token.text == "-"
    return token.pos_ in NO_PHRASE or (token.is_punct and not hyphen)
