"""Verbs that no lexicon lists, and that speak by place: “…,” *Roe fumed*; *Roe sighed*: “…”."""

from __future__ import annotations

from typing import TYPE_CHECKING

from undersigned.reading.speech.cues import Cue, CueClass, CueVerb, open_cue_lexicon
from undersigned.reading.speech.page import MARKS, SENTENCE_ENDS, last_word_mark
from undersigned.reading.speech.sources import subject_of

if TYPE_CHECKING:
    from spacy.tokens import Token

    from undersigned.reading.quotation_marks import Quotation
    from undersigned.reading.speech.page import Page

_FINITE_TAGS = frozenset({"VBD", "VBZ"})
_SPEAKERS = frozenset({"PROPN", "NOUN", "PRON"})
_IN_A_NAME = frozenset({"PROPN", "NOUN", "PRON", "ADJ", "DET", "NUM", "PART", "PUNCT", "ADP"})
_LEAVES_ROOM = frozenset({",", "?", "!", "—", "–", "--", "?!"})
"""Marks before a closing quotation mark after which the sentence may go on."""
_RELATIVES = frozenset({"which", "who", "that"})
_REACH = 8
"""Tokens of a subject between a quotation and a verb that no lexicon lists."""
_NAMES = frozenset({"PROPN", "NOUN", "PRON", "NUM"})
_TITLE_WORDS = 4
"""Words up to which a quotation may be the name of a work: “The Long Way,” a film *shown* …."""
_TAKES = frozenset({"quote"})


def unlisted_after(page: Page, quotation: Quotation) -> Cue | None:
    """“…,” *Roe fumed* on Monday; “…!” *chanted* the crowd: a finite verb with its subject alone.

    Near miss: “…,” and the crowd left; there another clause begins.
    """
    last = last_word_mark(quotation.pieces[-1])
    if last is None or last.text not in _LEAVES_ROOM:
        return None
    _, block_end = page.block_bounds(page.doc[quotation.end - 1])
    named = False
    for token in page.doc[quotation.end : min(block_end, quotation.end + _REACH)]:
        if (
            token.text in SENTENCE_ENDS | MARKS
            or token.lower_ in _RELATIVES
            or page.is_quoted(token)
        ):
            return None
        if _is_finite(token) or (named and _seems_past(token, quotation)):
            following = page.doc[token.i + 1 : token.i + 2]
            inverted = any(t.pos_ in {"PROPN", "DET", "PRON"} for t in following)
            return _cue(token) if named or inverted else None
        hyphened = token.i > 0 and page.doc[token.i - 1].text == "-"
        in_name = token.pos_ in _IN_A_NAME or token.is_space or hyphened
        if not in_name and token.lower_ != "then":
            return None
        named = named or token.pos_ in _SPEAKERS
    return None


def unlisted_before(page: Page, quotation: Quotation) -> Cue | None:
    """*Roe bristled*: “Nobody asked us.”: the main verb of a sentence that ends in a colon."""
    start = page.before_spaces(quotation.start)
    if start == 0 or page.doc[start - 1].text != ":":
        return None
    first, _ = page.sentence_bounds(start - 1)
    for token in page.doc[first : start - 1]:
        if token.dep_ == "ROOT" and _is_finite(token) and subject_of(token) is not None:
            return _cue(token)
    return None


def mistagged_before(page: Page, quotation: Quotation) -> Cue | None:
    """*Roe quipped*, “…”; *Article 5 affirms*: “…”: listed verbs that the tagger took for nouns.

    Near miss: the group's *demands*: “…”.
    """
    joint = page.before_spaces(quotation.start) - 1
    if joint < 2 or page.doc[joint].text not in {",", ":"}:
        return None
    token, before = page.doc[joint - 1], page.doc[joint - 2]
    named = before.pos_ in _NAMES and before.lower_ not in {"'s", "’s"}
    past = token.lower_.endswith("ed") or page.doc[joint].text == ":"
    listed = (past and _is_listed_form(token)) or token.lower_ == "read"
    return _cue(token) if named and listed else None


def _seems_past(token: Token, quotation: Quotation) -> bool:
    """A form in -ed that the tagger took for a participle: “…,” the nominee *riffed*."""
    following = token.nbor(1) if token.i + 1 < len(token.doc) else None
    return (
        token.tag_ == "VBN"
        and quotation.word_count > _TITLE_WORDS
        and following is not None
        and following.lower_ != "by"
    )


def _is_finite(token: Token) -> bool:
    """Past or present of a full verb; of those that taggers take for nouns, the listed ones."""
    if token.pos_ == "VERB":
        return token.tag_ in _FINITE_TAGS
    return token.pos_ == "NOUN" and _is_listed_form(token)


def _is_listed_form(token: Token) -> bool:
    """Whether a word is a form of a listed verb, other than its base form."""
    lemmas = {entry.lemma for entry in open_cue_lexicon().by_form.get(token.lower_, ())}
    return bool(lemmas) and token.lower_ not in lemmas


def _cue(verb: Token) -> Cue:
    listed = open_cue_lexicon().by_form.get(verb.lower_, ())
    plain = (entry for entry in listed if "quote" in entry.takes)
    entry = next(plain, CueVerb(verb.lemma_.lower(), (), CueClass.SAY, _TAKES, ""))
    return Cue(verb, entry, verb.doc[verb.i : verb.i + 1])
