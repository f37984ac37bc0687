"""Speech acts: which attributions count as something that was said.

Thoughts, wishes, votes and what was not said do not; nor does writing *a letter*, addressing *a
crowd*, or being one who *opposes* a law.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from undersigned.claims import StatementKind
from undersigned.reading.lexicon import open_lexicon
from undersigned.reading.speech.cues import CueClass, open_cue_lexicon
from undersigned.reading.speech.modality import is_unsaid

if TYPE_CHECKING:
    from spacy.tokens import Token

    from undersigned.reading.attribution import Attribution

_OBJECTS = ("cue-object", "cue-names-as")
_OBJECT_REACH = 4
"""Tokens within which an object's noun follows: "an angry open letter" is four."""
_STATES = frozenset({"support", "oppose"})
_RANKS = frozenset({"first", "second", "third", "last", "latest", "next", "only"})
_THINGS = frozenset({"it", "this", "that", "these", "those", "so"})
_SELF = frozenset({"i", "we", "you", "us", "me"})


def is_statement(attribution: Attribution) -> bool:
    """Whether something was said: no thought or wish, no "did not say", no quoted "I said"."""
    if not attribution.cue_class.is_speech:
        return False
    if attribution.source is not None and attribution.source.root.lower_ in _SELF:
        return attribution.within is None
    if _is_carrier(attribution) or _is_audience(attribution) or _is_state(attribution):
        return False
    cue = attribution.cue
    if cue is None or attribution.kind is StatementKind.QUOTATION:
        return True
    return not is_unsaid(cue[0]) or _is_done_at_last(cue[0])


def is_bare_name(attribution: Attribution) -> bool:
    """Whether what was said is only a name or "it": *Roe* is reported to be ill; defended *it*.

    Verbs that judge may have a name for their object: slammed *Roe*.
    """
    if attribution.kind is StatementKind.QUOTATION:
        return False
    words = [t for span in attribution.content for t in span if t.is_alpha]
    source = attribution.source
    if source is not None and words and all(source.start <= t.i < source.end for t in words):
        return True
    if all(t.lower_ in _THINGS for t in words):
        return True
    saying = attribution.cue_class in {CueClass.SAY, CueClass.TELL, CueClass.ADD}
    return saying and all(t.pos_ == "PROPN" for t in words)


def _is_carrier(attribution: Attribution) -> bool:
    """Whether what was written is a letter or a speech, not what it says: wrote *a letter*."""
    saying = attribution.cue_class in {CueClass.SAY, CueClass.TELL, CueClass.ADD}
    if not saying or attribution.kind is StatementKind.QUOTATION:
        return False
    carriers = open_cue_lexicon().carriers
    root = attribution.content[0].root
    if root.pos_ == "NOUN" and root.lower_ in carriers:
        return not any(t.dep_.startswith("nsubj") for t in root.children)
    return attribution.rule.startswith(_OBJECTS) and _object_noun(attribution) in carriers


def _is_audience(attribution: Attribution) -> bool:
    """Whether what is addressed are hearers, not a question: addressed *the convention*."""
    verb = attribution.verb
    if verb is None or verb.name != "address" or attribution.kind is StatementKind.QUOTATION:
        return False
    return _object_noun(attribution) in open_lexicon("letter_voices").words("audiences")


def _is_state(attribution: Attribution) -> bool:
    """Whether "supports" or "oppose" tells what somebody thinks, not that they said so."""
    verb, cue = attribution.verb, attribution.cue
    if verb is None or cue is None or verb.name not in _STATES:
        return False
    return attribution.kind is not StatementKind.QUOTATION and not cue[0].lower_.endswith(
        ("ed", "ing")
    )


def _object_noun(attribution: Attribution) -> str:
    """The noun at the head of what was said, in lower case; empty where it is a clause."""
    for token in attribution.content[0][:_OBJECT_REACH]:
        if token.pos_ == "NOUN":
            return token.lower_
        if token.pos_ in {"VERB", "AUX", "PRON"}:
            break
    return ""


def _is_done_at_last(verb: Token) -> bool:
    """An infinitive of what was done: went on *to say*, was quick *to say*; the first *to say*."""
    head = verb.head
    if head.lower_ == "quick":
        return True
    went_on = head.lower_ in {"went", "goes"} and any(t.lower_ == "on" for t in head.children)
    return went_on or any(t.lower_ in _RANKS for t in head.children if t.dep_ == "amod")
