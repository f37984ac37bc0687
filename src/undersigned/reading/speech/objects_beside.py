"""Objects of verbs of judgement by place, where parsers miss the verb, and where objects end."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from undersigned.reading.speech.cues import CueClass
from undersigned.reading.speech.drafts import Draft

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

    from undersigned.reading.speech.cues import Cue
    from undersigned.reading.speech.page import Page

_FINITE: Final = frozenset({"VBD", "VBZ", "VBP", "MD"})
_OPENS_OBJECT: Final = frozenset({"DET", "PROPN", "PRON"})
_CLOSES_SUBJECT: Final = frozenset({"PROPN", "NOUN", "PRON"})
_AFTERTHOUGHTS: Final = frozenset(
    {"although", "though", "but", "while", "because", "after", "since"}
)
_GOVERN: Final = frozenset({CueClass.JUDGE, CueClass.ASK})
_LONGEST_SUBJECT: Final = 24
_LONGEST_HEARER: Final = 4


def object_by_place(page: Page, cue: Cue) -> Draft | None:
    """Ann Lee, the club's founder, praised *Roe's remarks*; The union opposed *the plan*.

    Parsers take such verbs for participles or prepositions where the subject is long or the object
    has a name. Near misses: the widely praised film; a plan praised by the mayor.
    """
    verb, doc = cue.verb, page.doc
    first, last = page.sentence_bounds(cue.start)
    if cue.entry.cue_class not in _GOVERN or not _is_misread(verb) or cue.end >= last:
        return None
    if not _ends_subject(doc[first : cue.start]) or doc[cue.end].pos_ not in _OPENS_OBJECT:
        return None
    if cue.entry.cue_class is CueClass.ASK and not _asks_to(doc[cue.end : last]):
        return None
    end = before_afterthought(page, cue.end, _first_mark(doc[cue.end : last]))
    content = page.trimmed(cue.end, end)
    source = page.trimmed(first, cue.start)
    if content is None or source is None:
        return None
    return Draft(
        content=(page.widened(content),),
        rule="object-by-place",
        confidence=0.65,
        cue_class=cue.entry.cue_class,
        source=source,
        cue=cue.span,
        verb=cue.entry,
    )


def before_afterthought(page: Page, start: int, end: int) -> int:
    """Where an object ends that a clause follows: she backed the deal*, although it hurt*."""
    for token in page.doc[start + 1 : end - 1]:
        following = token.nbor(1)
        adds = following.lower_ in _AFTERTHOUGHTS or following.tag_ == "VBG"
        if token.text == "," and adds and not page.is_quoted(token):
            return token.i
    return end


def _asks_to(words: Span) -> bool:
    """Whether a name and an infinitive follow: exhorted *Lee to* “speak up”."""
    to = next((t.i for t in words[: _LONGEST_HEARER + 1] if t.lower_ == "to"), None)
    if to is None or to + 2 >= words.end:
        return False
    named = all(
        t.pos_ in {"DET", "PROPN", "PRON", "NOUN", "ADJ"} for t in words.doc[words.start : to]
    )
    return named and any(t.tag_ == "VB" for t in words.doc[to + 1 : to + 3])


def _is_misread(verb: Token) -> bool:
    """Whether the parse has a past form as an attribute or a preposition of the noun behind it."""
    if verb.tag_ not in {"VBD", "VBN"} or verb.head.i <= verb.i:
        return False
    return verb.dep_ in {"amod", "case", "acl"} and not any(
        t.dep_.startswith(("nsubj", "aux")) for t in verb.children
    )


def _ends_subject(before: Span) -> bool:
    """Whether the words in front of a verb are a subject: no finite verb, a name or noun last."""
    if not 0 < len(before) <= _LONGEST_SUBJECT or any(t.tag_ in _FINITE for t in before):
        return False
    last = before[-1]
    apposed = last.text == "," and any(t.text == "," for t in before[:-1])
    named = any(t.pos_ in _CLOSES_SUBJECT for t in before)
    return named and (apposed or last.pos_ in _CLOSES_SUBJECT)


def _first_mark(words: Span) -> int:
    """Where the first comma, semicolon or full stop stands, or "and" before the next verb."""
    return next((t.i for t in words[:-1] if t.text in {",", ";", "."} or _adds_verb(t)), words.end)


def _adds_verb(joint: Token) -> bool:
    """Whether the subject does one more thing: exhorted Lee to wait *and said* so."""
    return joint.lower_ in {"and", "but"} and joint.nbor(1).tag_ in _FINITE
