"""Direct speech: which cue each quotation belongs to, by place and punctuation.

Quotation marks confuse parsers, so this goes by the order of marks, cues and punctuation alone:
“…,” SOURCE CUE · SOURCE CUE, “…” · “…,” SOURCE CUE. “…” · Quotations that are only a
part of a clause are left to `indirect`, those without a cue to `uncued`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from undersigned.reading.speech.cues import VERB_TAGS, CueClass, open_cue_lexicon
from undersigned.reading.speech.drafts import Draft
from undersigned.reading.speech.page import MARKS, SENTENCE_ENDS, last_word_mark, phrase_of
from undersigned.reading.speech.quoted_sources import (
    has_insertion,
    source_before_insertion,
    source_by_place,
)
from undersigned.reading.speech.sources import (
    is_free_participle,
    is_mere_attribute,
    source_of,
    subject_of,
)
from undersigned.reading.speech.unlisted import mistagged_before, unlisted_after, unlisted_before

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Span, Token

    from undersigned.reading.quotation_marks import Quotation
    from undersigned.reading.speech.cues import Cue
    from undersigned.reading.speech.page import Page

_GOES_ON_AFTER = frozenset({",", "?", "!", "-", "–", "—", "--", "…", "...", "?!"})
"""Marks before a closing quotation mark after which the sentence may go on with its cue."""
_INTRODUCES = frozenset({",", ":", "—", "–", "--", ";"})
_INVERTED = frozenset({CueClass.SAY, CueClass.ADD, CueClass.TELL, CueClass.ASK, CueClass.THINK})
"""Classes whose verbs may follow a quotation without their subject beside it."""
_SUBORDINATES = frozenset(
    {"when", "while", "after", "before", "if", "because", "since", "although"}
)
_RELATIVES = frozenset({"which", "who", "that"})
_JOINTS = frozenset({"and", "but"})
_NOMINAL = frozenset({"NOUN", "PROPN", "PRON"})
_MAX_TITLE_WORDS = 8
_SMALL_WORD = 3
"""Letters up to which a word in a title may be lower case: "of", "the", "and"."""
_FRAGMENT_WORDS = 4
"""Words up to which a quotation in lower case may be a fragment."""
_GOING_ON = "interrupted-quotation"
_QUOTE_REACH = 45
"""Tokens between a quotation and its cue, to leave room for “Jane Doe, who runs the shop, said”."""


@dataclass(frozen=True, slots=True)
class Assignment:
    """A quotation and the cue that it belongs to."""

    quotation: Quotation
    cue: Cue
    rule: str


def assign(page: Page) -> list[Assignment]:
    """Pairs of quotation and cue, in the order of the quotations; some get none."""
    found: list[Assignment] = []
    for quotation in page.quotations:
        if is_title(page, quotation):
            continue
        goes_on = bool(found) and _interrupted(page, found[-1], quotation)
        if not goes_on and _is_part_of_a_clause(page, quotation):
            continue
        if goes_on and len(quotation.pieces) > 1:
            # “…,” she said. “… ⏎ “…,” she added: the last paragraph may have a cue of its own.
            first, quotation = _split_before_last(quotation)
            found.append(Assignment(first, found[-1].cue, _GOING_ON))
        own = _own_cue(page, quotation)
        if own is not None:
            found.append(own)
        elif goes_on:
            found.append(Assignment(quotation, found[-1].cue, _GOING_ON))
    return found


def _own_cue(page: Page, quotation: Quotation) -> Assignment | None:
    """The cue after or before a quotation, whichever the punctuation speaks for."""
    after = _cue_after(page, quotation)
    before = _cue_before(page, quotation)
    last = last_word_mark(quotation.pieces[-1])
    goes_on = last is None or last.text == ","
    if after and (goes_on or not before) and not (before and _is_closer(page, quotation, after)):
        return Assignment(quotation, after, "quotation-cue")
    if before is None:
        before = mistagged_before(page, quotation) or unlisted_before(page, quotation)
    if before is not None:
        return Assignment(quotation, before, "cue-quotation")
    return Assignment(quotation, after, "quotation-cue") if after else None


def _is_closer(page: Page, quotation: Quotation, after: Cue) -> bool:
    """Whether a cue before a quotation is nearer than one after it: by a colon, or by content."""
    joint = page.before_spaces(quotation.start) - 1
    first, _ = page.block_bounds(page.doc[quotation.start])
    colon = joint >= first and page.doc[joint].text == ":"
    return colon or _has_content_of_its_own(after, quotation)


def _split_before_last(quotation: Quotation) -> tuple[Quotation, Quotation]:
    first, last = quotation.pieces[:-1], quotation.pieces[-1:]
    return replace(quotation, pieces=first), replace(quotation, pieces=last)


def is_title(page: Page, quotation: Quotation) -> bool:
    """The name of a work: on CNN's “Evening Report,”; the “Fight for Bread” movement."""
    start = quotation.start
    words = [t for piece in quotation.pieces for t in piece if t.is_alpha]
    introduced = start > 0 and page.doc[start - 1].pos_ in {
        "ADP",
        "DET",
        "NOUN",
        "PROPN",
        "PART",
        "ADJ",
    }
    ends = last_word_mark(quotation.pieces[-1])
    closed = ends is not None and ends.text in {".", "!", "?"} and len(words) > _MAX_TITLE_WORDS
    capitalised = all(t.text[0].isupper() or len(t) <= _SMALL_WORD for t in words)
    return bool(words) and introduced and capitalised and not closed


def _is_part_of_a_clause(page: Page, quotation: Quotation) -> bool:
    """A fragment in a sentence that began before it: Roe “is no friend of ours,” she said."""
    first = page.sentence_bounds(quotation.start)[0]
    before = page.doc[first : quotation.start]
    if is_whole(quotation) or not any(t.is_alpha for t in before):
        return False
    return (
        not any(t.text in {",", ":"} for t in before[-1:])
        and any(t.pos_ in _NOMINAL or t.tag_ == "VBG" for t in before)
        and not _cue_ends_at(quotation.start, page)
    )


def _cue_ends_at(index: int, page: Page) -> bool:
    """Whether a verb of saying ends before a place, not a noun like that: the *report* “…”."""
    if index < 2 or page.doc[index - 1].lower_ not in open_cue_lexicon().by_form:
        return False
    return page.doc[index - 1].pos_ != "NOUN" or page.doc[index - 2].pos_ not in {"DET", "ADJ"}


def _cue_after(page: Page, quotation: Quotation) -> Cue | None:
    """“…,” *she said*; “…” *said Jane Doe, who runs the shop*."""
    end = quotation.end
    _, block_end = page.block_bounds(page.doc[end - 1])
    if end >= block_end or not _sentence_goes_on(page, quotation):
        return None
    for cue in _quoting_cues(page, end, min(block_end, end + _QUOTE_REACH)):
        between = page.doc[end : cue.start]
        if any(t.text in SENTENCE_ENDS or page.is_quoted(t) for t in between):
            return None
        source = subject_of(cue.verb)
        relative = source is not None and source.lower_ in _RELATIVES and source.i < cue.start
        if relative or _is_subordinate(cue.verb) or _opens_relative(between):
            continue
        if len(between) > 0 and between[0].lower_ in _JOINTS:
            return None  # they want “justice,” *but pledged* to stay calm
        starts_near = source is not None and phrase_of(source).start <= end + 2 <= cue.end + 2
        inverted = cue.start == end and cue.entry.cue_class in _INVERTED
        plain = cue.entry.cue_class in _INVERTED and not _has_other_verb(between, cue)
        if starts_near or inverted or plain or has_insertion(page, end, cue):
            return cue
    return unlisted_after(page, quotation)


def _opens_relative(words: Span) -> bool:
    """“The Wire,” *which* Roe calls her best."""
    return any(t.lower_ in _RELATIVES for t in words[:2])


def _quoting_cues(page: Page, start: int, end: int) -> list[Cue]:
    """The cues between two places that take quotations and do not stand in one."""
    cues = page.cues_between(start, end)
    return [c for c in cues if "quote" in c.entry.takes and not page.is_quoted(c.verb)]


def _has_other_verb(between: Span, cue: Cue) -> bool:
    return any(t.pos_ in VERB_TAGS and t.head != cue.verb for t in between)


def _is_subordinate(verb: Token) -> bool:
    """Whether a verb stands in a side clause: *when* asked, *while* discussing it."""
    return any(t.dep_ in {"mark", "advmod"} and t.lower_ in _SUBORDINATES for t in verb.children)


def _sentence_goes_on(page: Page, quotation: Quotation) -> bool:
    """Whether the sentence may go on with a cue after the closing mark."""
    last = last_word_mark(quotation.pieces[-1])
    following = page.doc[quotation.end]
    if last is None:
        return False
    return (
        last.text in _GOES_ON_AFTER
        or following.text == ","
        or (following.text in open_cue_lexicon().by_form)
        or (following.text[:1].islower() and following.pos_ == "PRON")
        or (last.text not in SENTENCE_ENDS and following.pos_ in {"PROPN", "PRON"})
    )


def _has_content_of_its_own(cue: Cue, quotation: Quotation) -> bool:
    """Whether a cue after a quotation speaks of something else: “…,” adding *that she …*."""
    source = subject_of(cue.verb)
    adjacent = source is not None and quotation.end <= source.i
    return not adjacent and any(c.dep_ == "ccomp" and c.i > cue.verb.i for c in cue.verb.children)


def _cue_before(page: Page, quotation: Quotation) -> Cue | None:
    """*She said,* “…”; *she told the court:* “…”; *writing that* “…”."""
    start = quotation.start
    block_start, _ = page.block_bounds(page.doc[start])
    if start == block_start:
        return _cue_of_colon_before(page, start)
    floor = page.sentence_bounds(start - 1)[0]
    cues = _quoting_cues(page, floor, start)
    before = [c for c in cues if c.end <= start and not is_mere_attribute(c.verb)]
    if not before:
        return None
    cue = _main_one(before, start)
    if any(page.is_quoted(t) for t in page.doc[cue.end : start]):
        return None
    joint = page.doc[start - 1]
    if joint.text == ":":
        return cue
    if cue.end == start and cue.entry.cue_class is not CueClass.THINK:
        return None if _clause_goes_on(page, quotation) else cue
    if page.doc[start - 2].lower_ == "that" and _clause_goes_on(page, quotation):
        return None
    if joint.text in _INTRODUCES and not _clause_between(page, cue, start):
        return cue if is_whole(quotation) or _is_sentence_after(quotation, cue) else None
    return None


def _is_sentence_after(quotation: Quotation, cue: Cue) -> bool:
    """Whether a quotation right after "saying," is a sentence, though it begins in lower case."""
    last = last_word_mark(quotation.pieces[-1])
    closed = last is not None and last.text in SENTENCE_ENDS
    return cue.end == quotation.start - 1 and closed and quotation.word_count > _FRAGMENT_WORDS


def _main_one(cues: Sequence[Cue], start: int) -> Cue:
    """The cue right before a quotation, else the last one that is not in a relative clause."""
    if cues[-1].end >= start - 1:
        return cues[-1]
    return next((c for c in reversed(cues) if c.verb.dep_ != "acl:relcl"), cues[-1])


def _clause_goes_on(page: Page, quotation: Quotation) -> bool:
    """Whether words of the same clause follow: he said “it hurts” *every time it rains*."""
    _, block_end = page.block_bounds(page.doc[quotation.start])
    if quotation.end >= block_end:
        return False
    following = page.doc[quotation.end]
    last = last_word_mark(quotation.pieces[-1])
    return not following.is_punct and last is not None and not last.is_punct


def _cue_of_colon_before(page: Page, start: int) -> Cue | None:
    """A paragraph that ends in "she wrote:", with the quotation in the next one."""
    if start == 0 or page.doc[start - 1].text != ":":
        return None
    floor = page.sentence_bounds(start - 1)[0]
    before = _quoting_cues(page, floor, start)
    return before[-1] if before else None


def _clause_between(page: Page, cue: Cue, end: int) -> bool:
    """Whether a finite clause, the cue's own content, stands between a cue and a quotation."""
    between = page.doc[cue.end : end]
    return any(
        t.pos_ in VERB_TAGS
        and subject_of(t) is not None
        and t.dep_ in {"ccomp", "parataxis", "ROOT"}
        for t in between
    )


def is_whole(quotation: Quotation) -> bool:
    """Whether the quoted words begin like a sentence."""
    first = next((t for t in quotation.pieces[0] if t.text not in MARKS and t.text != "["), None)
    return first is not None and (first.text[:1].isupper() or not first.is_alpha)


def _interrupted(page: Page, last: Assignment, quotation: Quotation) -> bool:
    """“…,” she said*.* “…”; “…,” she said, *but “…”*: it begins where the cue's clause ends."""
    start = page.before_spaces(quotation.start)
    first, _ = page.block_bounds(page.doc[quotation.start])
    if last.rule == "cue-quotation" or not first < last.quotation.end <= start:
        return False
    _, sentence_end = page.sentence_bounds(last.cue.start)
    if page.before_spaces(sentence_end) == start:
        return not _speaks_on(page, last.cue.end, start)
    gap = page.doc[last.quotation.end : start]
    if len(gap) > 1 and gap[-1].lower_ in _JOINTS:
        gap = gap[:-1]
    return (
        len(gap) > 0
        and gap[-1].text in _INTRODUCES
        and not any(t.text in SENTENCE_ENDS or page.is_quoted(t) for t in gap)
    )


def _speaks_on(page: Page, start: int, end: int) -> bool:
    """Whether other speech stands in between: “…,” she said, *adding that* it was late. “…”."""
    cues = page.cues_between(start, end)
    return any(c.entry.cue_class.is_speech and is_free_participle(c.verb) for c in cues)


def quoted_drafts(page: Page, assignments: Sequence[Assignment]) -> list[Draft]:
    """One draft a cue, its quotations in order."""
    by_cue: dict[int, list[Assignment]] = {}
    for assignment in assignments:
        by_cue.setdefault(assignment.cue.start, []).append(assignment)
    return [
        Draft(
            content=tuple(piece for a in group for piece in a.quotation.pieces),
            rule=group[0].rule,
            confidence=0.95,
            cue_class=group[0].cue.entry.cue_class,
            source=source_before_insertion(page, group[0].quotation.end, group[0].cue)
            or source_of(page, group[0].cue)
            or source_by_place(page, group[0].quotation.end, group[0].cue),
            cue=group[0].cue.span,
            verb=group[0].cue.entry,
        )
        for group in by_cue.values()
    ]
