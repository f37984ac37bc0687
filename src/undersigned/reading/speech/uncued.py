"""Quotations without a cue: SOURCE: “…” · “…” — SOURCE · a paragraph that is nothing but one."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from undersigned.reading.speech.cues import CueClass, open_cue_lexicon
from undersigned.reading.speech.direct import is_title, is_whole
from undersigned.reading.speech.drafts import Draft
from undersigned.reading.speech.page import MARKS, SENTENCE_ENDS, last_word_mark, phrase_of
from undersigned.reading.speech.sources import SUBJECTS, subject_of
from undersigned.source import BlockKind

if TYPE_CHECKING:
    from collections.abc import Callable

    from spacy.tokens import Span, Token

    from undersigned.reading.quotation_marks import Quotation
    from undersigned.reading.speech.page import Page

_PERSONS = frozenset({"he", "she"})
_SIDE = frozenset({"acl:relcl", "advcl", "ccomp", "csubj"})
_DASHES = frozenset({"—", "–", "―", "-", "--"})
_MAX_SIGNATURE = 12
"""Tokens of "Jane Doe, professor of law" after a dash; more is a sentence."""
MIN_WORDS = 3
"""Words from which a quoted stretch counts as speech without a cue of its own."""


def uncued_drafts(page: Page, taken: set[int]) -> list[Draft]:
    """Quotations without a cue whose speaker place and punctuation tell.

    Args:
        page: the article.
        taken: the tokens that other drafts already have as content.
    """
    drafts: list[Draft] = []
    free = [q for q in page.quotations if q.start not in taken and q.word_count >= MIN_WORDS]
    for quotation in free:
        found = (construction(page, quotation) for construction in UNCUED_CONSTRUCTIONS)
        draft = next((draft for draft in found if draft is not None), None)
        if draft is not None:
            drafts.append(_told_by_narration(page, draft, taken) if draft.follows else draft)
    return drafts


def _before_dash(page: Page, quotation: Quotation) -> Draft | None:
    """“…” — *Jane Doe*, in the same paragraph or in a line of its own."""
    doc, end = page.doc, quotation.end
    if end < len(doc) and doc[end].is_punct and doc[end].text in SENTENCE_ENDS:
        end += 1
    if end + 1 >= len(doc):
        return None
    below = end == page.block_bounds(doc[quotation.end - 1])[1]
    if doc[end].text in _DASHES:
        end += 1
    elif below and doc[end].text[0] in _DASHES and len(doc[end]) > 1:
        pass  # -Jane Doe, as one token
    elif not (below and page.text.block_of(doc[end]).block.kind is BlockKind.LIST_ITEM):
        return None  # loaders take the dash before a line for the mark of a list
    _, block_end = page.block_bounds(doc[end])
    name_end = next((t.i for t in doc[end:block_end] if _ends_signature(page, t)), block_end)
    name = page.trimmed(end, name_end)
    if name is None or len(name) > _MAX_SIGNATURE or doc[end].pos_ != "PROPN":
        return None
    if any(token.pos_ == "VERB" for token in name):
        return None
    return Draft(
        content=quotation.pieces,
        rule="quotation-dash-source",
        confidence=0.85,
        cue_class=CueClass.SAY,
        source=name,
    )


def _ends_signature(page: Page, token: Token) -> bool:
    return token.text == "," or "\n" in token.text or page.is_quoted(token)


def _after_colon(page: Page, quotation: Quotation) -> Draft | None:
    """*Roe*: “…”; *the letter's first line*: “…”; *the mayor* issued a statement, “…”."""
    index = quotation.start - 1
    if index < 1 or not _announces(page.doc[index]):
        return None
    floor = page.sentence_bounds(index)[0]
    head = _colon_source(page.doc[floor:index])
    if head is None:
        return None
    return Draft(
        content=quotation.pieces,
        rule="source-colon-quotation",
        confidence=0.7,
        cue_class=CueClass.SAY,
        source=phrase_of(head),
    )


def _announces(joint: Token) -> bool:
    carriers = open_cue_lexicon().carriers
    return joint.text == ":" or (joint.text == "," and joint.nbor(-1).lower_ in carriers)


def _colon_source(words: Span) -> Token | None:
    """The subject before a colon, or the one name or carrier ("letter") that stands there."""
    root = words.root
    subject = subject_of(root)
    if subject is not None:
        return subject
    opening = _opening_person(words)
    if opening is not None:
        return opening
    is_name = all(token.text[0].isupper() for token in words)
    if is_name or root.lower_ in open_cue_lexicon().carriers:
        return root
    return None


def _opening_person(words: Span) -> Token | None:
    """The person whom a sentence opens with, where the parse has found no subject in it."""
    last = None
    for token in words:
        if token.pos_ != "PROPN":
            break
        last = token
    named = last is not None and last.ent_type_ in {"PER", "PERSON"} and last.i + 1 < words.end
    return last if named and last is not None and last.nbor(1).tag_ != "POS" else None


def _goes_on(page: Page, quotation: Quotation) -> Draft | None:
    """A quotation that makes up whole sentences of its own, after other speech."""
    if not is_whole(quotation):
        return None
    block_start, block_end = page.block_bounds(page.doc[quotation.start])
    before = page.before_spaces(quotation.start) - 1
    at_start = quotation.start == block_start or _ends(page.doc[before])
    last = last_word_mark(quotation.pieces[-1])
    at_end = last is not None and (
        last.text in SENTENCE_ENDS or (quotation.end < block_end and _ends(page.doc[quotation.end]))
    )
    if quotation.marked and not (at_start and at_end):
        return None
    return Draft(
        content=quotation.pieces,
        rule="quotation-goes-on",
        confidence=0.6,
        cue_class=CueClass.ADD,
        follows=True,
    )


def _told_by_narration(page: Page, draft: Draft, taken: set[int]) -> Draft:
    """*Jane Doe* agreed. “…”: the subject of the sentence before it, if that is no speech itself.

    Near miss: the port was silent. “…”; that goes on with the speaker before.
    """
    before = page.before_spaces(draft.start) - 1
    if before < 0:
        return draft
    first, last = page.sentence_bounds(before)
    if any(t.i in taken or _is_speech(page, t) for t in page.doc[first:last]):
        return draft
    subjects = (t for t in page.doc[first:last] if t.dep_ in SUBJECTS)
    subject = next((t for t in subjects if t.head.dep_ not in _SIDE), None)
    if subject is None or not (subject.pos_ == "PROPN" or subject.lower_ in _PERSONS):
        return draft
    source = phrase_of(subject)
    return replace(draft, source=source, follows=False, rule="narration-quotation")


def _is_speech(page: Page, token: Token) -> bool:
    """Whether a token is quoted as somebody's words, not as the name of a work."""
    quotation = page.quotation_at(token)
    return quotation is not None and not is_title(page, quotation)


def _ends(token: Token) -> bool:
    return token.text in SENTENCE_ENDS or token.text in MARKS or token.text == ":"


UNCUED_CONSTRUCTIONS: list[Callable[[Page, Quotation], Draft | None]] = [
    _before_dash,
    _after_colon,
    _goes_on,
]
