"""The words that a construction sees as content, cut where other speech begins."""

from __future__ import annotations

from typing import TYPE_CHECKING

from undersigned.reading.speech.cues import open_cue_lexicon
from undersigned.reading.speech.page import MARKS
from undersigned.reading.speech.sources import is_free_participle

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

    from undersigned.reading.speech.cues import Cue
    from undersigned.reading.speech.page import Page

MAIN = frozenset({"ROOT", "conj", "parataxis"})
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_NAME_REACH = 5
"""Tokens of a short subject and its verb after a comma."""
_JOINTS = frozenset({"and", "but", "while"})


def content_of(page: Page, cue: Cue, bounds: tuple[int, int]) -> tuple[Span, ...]:
    """The tokens as content: cut where other speech begins, widened over quotations."""
    start, end = bounds
    if start < cue.start < end:
        end = cue.start
    end = _before_main_clause(page, cue, end)
    end = _before_other_speech(page, max(start, cue.end), end)
    end = _before_other_speaker(page, cue, max(start, cue.end), end)
    span = page.trimmed(start, end) if start < end else None
    if span is None or not any(token.is_alpha or token.like_num for token in span):
        return ()
    return (page.widened(span),)


def _before_main_clause(page: Page, cue: Cue, end: int) -> int:
    """Where a sentence that opens with a participle begins: *Denying the theft*, Roe left.

    Parsers lose the comma where what was said has quotation marks.
    """
    first, _ = page.sentence_bounds(cue.start)
    if cue.start != first or not cue.verb.lower_.endswith(("ing", "ed")):
        return end
    commas = (t.i for t in page.doc[cue.end : end] if t.text == "," and not _is_within(page, t))
    opens = (i for i in commas if _is_main_subject(page, i + 1))
    return next(opens, end)


def _is_within(page: Page, comma: Token) -> bool:
    """Whether a comma stands in a quotation, and not as the last mark of it."""
    following = comma.nbor(1)
    return page.is_quoted(comma) and not (following.text in MARKS and page.is_quoted(following))


def _is_main_subject(page: Page, index: int) -> bool:
    """Whether a name or pronoun with its verb follows a comma, or the mark behind it."""
    while index < len(page.doc) and page.doc[index].text in MARKS:
        index += 1
    words = page.doc[index : index + _NAME_REACH]
    verb = next((t for t in words if t.tag_ in _FINITE), None)
    named = [t for t in words if verb is not None and t.i < verb.i]
    return bool(named) and all(t.pos_ in {"PROPN", "PRON", "DET", "NOUN"} for t in named)


def _before_other_speech(page: Page, start: int, end: int) -> int:
    """Where a participle of saying goes on after a comma: taxes were low*, adding that …*."""
    lexicon = open_cue_lexicon()
    for token in page.doc[start:end]:
        entries = lexicon.by_form.get(token.lower_, ())
        speaks = any(e.cue_class.is_speech for e in entries) and not page.is_quoted(token)
        if speaks and token.i > start + 1 and is_free_participle(token):
            return token.i
    return end


def _before_other_speaker(page: Page, cue: Cue, start: int, end: int) -> int:
    """Where somebody else speaks: Roe says it is late *and Lee says it is early*."""
    if cue.verb.dep_ not in MAIN and not is_free_participle(cue.verb):
        return end
    for other in page.cues_between(start, end):
        joint = _joint_before(page, other) or _same_tense(page, cue, other)
        if joint is not None and joint > start and not page.is_quoted(other.verb):
            return joint
    return end


def _same_tense(page: Page, cue: Cue, other: Cue) -> int | None:
    """The "and" in "she said that it was late *and praised* the cooks"."""
    joined = page.doc[other.start - 1].lower_ == "and"
    same = other.verb.tag_ == cue.verb.tag_ and other.entry.cue_class.is_speech
    return other.start - 1 if joined and same else None


def _joint_before(page: Page, cue: Cue) -> int | None:
    """The "and" or "but" before a cue of speech that has a name of its own, or is a participle."""
    if not cue.entry.cue_class.is_speech:
        return None
    first = cue.start
    while first > 0 and page.doc[first - 1].pos_ == "PROPN":
        first -= 1
    named = first < cue.start or cue.verb.lower_.endswith("ing")
    joined = first > 0 and page.doc[first - 1].lower_ in _JOINTS
    return first - 1 if named and joined else None
