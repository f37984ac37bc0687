"""Where what a cue governs really ends: parsers drop the tails of long clauses, or run on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from undersigned.reading.speech.contents import MAIN
from undersigned.reading.speech.cues import VERB_TAGS
from undersigned.reading.speech.page import MARKS
from undersigned.reading.speech.sources import is_free_participle

if TYPE_CHECKING:
    from spacy.tokens import Token

    from undersigned.reading.speech.cues import Cue
    from undersigned.reading.speech.page import Page

_DASHES = frozenset({"-", "–", "—", "--"})
_SCENE = frozenset({"when", "while", "as", "before", "after", "by"})
"""Words that open a clause about the speaking rather than about what was said."""


def clause_end(page: Page, cue: Cue, end: int) -> int:
    """Where a clause really ends: parsers drop the tail of long ones, which runs to the full stop.

    The tail ends earlier where the cue goes on: she said it was late *and left*.
    """
    verb = cue.verb
    if end >= len(page.doc) or not (verb.dep_ in MAIN or is_free_participle(verb)):
        return end
    last = page.sentence_bounds(cue.start)[1]
    for child in verb.children:
        if child.i >= end and _is_of_the_cue(page, child):
            last = min(last, child.left_edge.i)
    for token in page.doc[end:last]:
        if token.lower_ == "according" or token.text == ";":
            return token.i
    return max(end, last)


def _is_of_the_cue(page: Page, child: Token) -> bool:
    """Whether a clause goes on with the cue, not with what was said: *and left*; *when asked*.

    Near miss: she said it was late and dark*, because it was winter*.
    """
    if child.dep_ == "cc":
        return child.head.i < child.i and not page.is_quoted(child)
    if child.dep_ == "conj":
        goes_on = child.pos_ in VERB_TAGS and not page.is_quoted(child)
        return goes_on and not any(t.lower_ == "that" and t.dep_ == "mark" for t in child.children)
    if child.dep_ != "advcl" or any(page.is_quoted(t) for t in child.subtree):
        return False
    marks = {t.lower_ for t in child.children if t.dep_ in {"mark", "advmod"}}
    return not marks or bool(marks & _SCENE)


def before_remark(page: Page, cue: Cue, end: int) -> int:
    """Where the writer's remark begins: he called it “a cage” *— an odd word for it*."""
    for token in page.doc[cue.end + 1 : end]:
        if token.text in _DASHES and page.is_quoted(token.nbor(-1)) and not page.is_quoted(token):
            goes_on = any(page.is_quoted(t) for t in page.doc[token.i : end])
            return end if goes_on else token.i
    return end


def end_by_place(page: Page, cue: Cue, start: int) -> int:
    """Where a clause ends that the parser has not seen: with its sentence, or at a comma.

    A comma ends it where the cue opens the sentence in a side clause: after saying *the tax
    hurt*, she left.
    """
    _, last = page.sentence_bounds(cue.start)
    if cue.verb.dep_ in MAIN:
        return last
    for token in page.doc[start:last]:
        closes = token.text in MARKS and page.is_quoted(token) and token.nbor(-1).text == ","
        if closes or (token.text == "," and not page.is_quoted(token)):
            return token.i + 1
    return last
