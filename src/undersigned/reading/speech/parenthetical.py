"""Cues set into or after what was said: *The vote*, she said, *was lost*; …, said Jane Doe."""

from __future__ import annotations

from typing import TYPE_CHECKING

from undersigned.reading.speech.cues import VERB_TAGS, CueClass
from undersigned.reading.speech.names_beside import inverted_name, name_behind_as
from undersigned.reading.speech.page import MARKS, SENTENCE_ENDS, clause_of, phrase_of
from undersigned.reading.speech.sources import (
    SUBJECTS,
    is_free_participle,
    is_passive,
    subject_of,
)

if TYPE_CHECKING:
    from spacy.tokens import Token

    from undersigned.reading.speech.cues import Cue
    from undersigned.reading.speech.page import Page

Bounds = tuple[int, int]
Pieces = tuple[Bounds, ...]
_COMMAS = frozenset({",", "-", "–", "—", "--"})
_COMPLEMENTS = frozenset({"obj", "ccomp", "xcomp"})
_OWN_CONTENT = frozenset({"that", "whether", "if"})
"""Words after "she said" that open content of its own: Asked for proof, she said *that* …."""
_OF_OBJECTS = frozenset({CueClass.CALL, CueClass.JUDGE, CueClass.SPEAK})
_MAX_GROUP = 12
"""Tokens of a subject in "…, she said, …"; longer ones are clauses gone wrong."""


def parenthetical(page: Page, cue: Cue) -> Pieces | None:
    """*The vote*, she said, *was lost*; *the vote was lost*, said Jane Doe, who counted."""
    group = _cue_group(page, cue)
    if group is None or is_passive(cue.verb) or _has_own_content(cue):
        return None
    if cue.entry.cue_class in _OF_OBJECTS and any(is_object(t) for t in _right(cue.verb)):
        return None
    start, end = group
    if page.doc[min(end, len(page.doc) - 1)].lower_ in _OWN_CONTENT:
        return None
    first, last = page.sentence_bounds(cue.start)
    if page.doc[start - 1].lower_ == "as" and _closes_at(page, end):
        start -= 1
    if is_free_participle(cue.verb) or _is_relative(page, cue, start):
        return None
    if start <= first + 1 or page.doc[start - 1].text not in _COMMAS | MARKS:
        return None
    before = (first, start)
    if "parenthesis" not in cue.entry.takes and not _is_beside_quotation(page, start, end):
        return None
    if end >= last or page.doc[end].text in SENTENCE_ENDS:
        return (before,)
    inverted = cue.start == start
    if page.doc[end].text in _COMMAS:
        return (before,) if inverted else (before, (end, last))
    after = _after_adjunct(page, end, last)
    if after is not None and not inverted and _is_subject_alone(page, first, start):
        return before, (after, last)
    whole = _has_clause(page, first, start) or page.is_quoted(page.doc[start - 1])
    if inverted or (whole and not _has_clause(page, end, last)):
        return (before,)
    return None


def _after_adjunct(page: Page, start: int, last: int) -> int | None:
    """Where a quotation goes on after *The tax*, Roe wrote *in a letter*, *“is theft.”*."""
    for token in page.doc[start:last]:
        if token.text == ",":
            goes_on = token.i + 1 < last and page.is_quoted(token.nbor(1))
            return token.i + 1 if goes_on else None
        if token.pos_ in VERB_TAGS or page.is_quoted(token):
            return None
    return None


def _is_subject_alone(page: Page, first: int, start: int) -> bool:
    """Whether a noun without a verb stands in front of a cue, which what follows is said of."""
    words = page.doc[first : start - 1]
    opens = len(words) > 0 and words[0].pos_ in {"DET", "PROPN", "NOUN", "PRON"}
    return opens and not any(t.pos_ in VERB_TAGS or page.is_quoted(t) for t in words)


def _has_own_content(cue: Cue) -> bool:
    """As in "After a long day, she said in Ohio *that …*": a clause of the cue's follows it."""
    after = (t for t in cue.verb.children if t.dep_ == "ccomp" and t.i > cue.verb.i)
    marks = (t.lower_ for clause in after for t in clause.children if t.dep_ == "mark")
    return any(mark in _OWN_CONTENT for mark in marks)


def _is_relative(page: Page, cue: Cue, start: int) -> bool:
    """Whether a cue stands in a relative clause, which none without pronoun after a quotation is.

    Parsers take *“too late,” she added* for “too late” that she added.
    """
    if cue.verb.dep_ != "acl:relcl":
        return False
    return not page.is_quoted(page.doc[start - 1])


def _closes_at(page: Page, index: int) -> bool:
    """Whether a sentence ends at a place, or has a comma there: …, as Roe put it*,* …."""
    closed = index >= len(page.doc) or page.doc[index].text in _COMMAS | SENTENCE_ENDS
    return closed or index >= page.sentence_bounds(index - 1)[1]


def _is_beside_quotation(page: Page, start: int, end: int) -> bool:
    """Whether "he continued" stands right after a quotation, or between commas with one near."""
    if page.is_quoted(page.doc[start - 1]):
        return True
    first, last = page.sentence_bounds(start)
    inserted = page.doc[start - 1].text == "," and end < last and page.doc[end].text == ","
    return inserted and any(page.is_quoted(token) for token in page.doc[first:last])


def _has_clause(page: Page, start: int, end: int) -> bool:
    """Whether a main clause stands between two places: a verb with its subject, no side clause."""
    words = page.doc[start:end]
    side = len(words) > 0 and words[0].pos_ in {"ADP", "SCONJ"}
    return not side and any(t.dep_ in SUBJECTS and start <= t.head.i < end for t in words)


def _cue_group(page: Page, cue: Cue) -> Bounds | None:
    """The tokens of "she said", "said Jane Doe": a subject and its cue side by side."""
    name = inverted_name(page, cue)
    if name is not None:
        return cue.start, name.end
    subject = subject_of(cue.verb)
    behind_as = name_behind_as(page, cue)
    if behind_as is not None:
        return behind_as.start, cue.end
    if subject is None:
        after_quotation = cue.start > 0 and page.is_quoted(page.doc[cue.start - 1])
        return (cue.start, cue.end) if after_quotation else None
    phrase = phrase_of(subject)
    if subject.i < cue.start:
        start = _after_comma(subject, phrase.start)
        between = page.doc[phrase.end : cue.start]
        is_short = cue.start - start <= _MAX_GROUP
        plain = all(t.pos_ in {"ADV", "AUX"} or t.text == "," for t in between)
        return (start, cue.end) if is_short and plain else None
    return (cue.start, phrase.end) if phrase.start <= cue.end + 1 else None


def _after_comma(subject: Token, start: int) -> int:
    """Where a subject begins that the parser let run over the comma before it."""
    if any(t.dep_ == "conj" for t in subject.children):
        return start
    commas = (i for i in range(subject.i - 1, start, -1) if subject.doc[i].text == ",")
    return next(commas, start - 1) + 1


def clause_around(page: Page, cue: Cue) -> Pieces | None:
    """*The vote*, she said, *was lost*; *the vote was lost*, she said; as she said, *…*.

    Near miss: *the vote was lost*, as she laments a culture of haste.
    """
    if any(t.i > cue.verb.i and t.dep_ in _COMPLEMENTS for t in cue.verb.children):
        return None
    bounds = _bounds_around(cue)
    return (bounds,) if bounds is not None and _has_clause(page, *bounds) else None


def _bounds_around(cue: Cue) -> Bounds | None:
    verb, head = cue.verb, cue.verb.head
    own_clause_before = next((c for c in verb.children if c.dep_ == "ccomp" and c.i < verb.i), None)
    if own_clause_before is not None:
        return clause_of(own_clause_before)
    as_clause = any(t.dep_ == "mark" and t.lower_ == "as" for t in verb.children)
    if verb.dep_ != "parataxis" and not (verb.dep_ in {"advcl", "ccomp"} and as_clause):
        return None
    if head == verb or head.pos_ not in {"VERB", "AUX", "ADJ", "NOUN", "PROPN", "PRON"}:
        return None
    start, end = head.left_edge.i, head.right_edge.i + 1
    first, last = verb.left_edge.i, verb.right_edge.i + 1
    if end > last + 3 and start < first:
        return start, end
    return (start, first) if start < first else (last, end)


def is_object(token: Token) -> bool:
    """An object, or the reason for it: thanked him *for coming*."""
    if token.dep_ == "advcl":
        return any(t.lower_ in {"for", "of", "as"} and t.i < token.i for t in token.children)
    return token.dep_ in {"obj", "obl", "xcomp", "iobj"}


def _right(verb: Token) -> list[Token]:
    return [t for t in verb.children if t.i > verb.i]
