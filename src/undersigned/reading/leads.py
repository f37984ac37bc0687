"""Leads that call somebody by a noun whom only the next paragraph names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from undersigned.claims import EntityKind
from undersigned.reading.genders import gender_from_title
from undersigned.reading.nominals import is_definite
from undersigned.reading.role_phrases import ends_title, is_courtesy
from undersigned.reading.salience import prominence
from undersigned.source import BlockKind

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

    from undersigned.claims import LocalKey
    from undersigned.reading.cast import Cast
    from undersigned.reading.text import ReadBlock

_OPENING: Final = 3
"""A name opens its paragraph within so many tokens: "On Monday Ann Roe" does not."""


def named_after_lead(noun: Token, cast: Cast) -> LocalKey | None:
    """Whom a lead means: "*The minister* has resigned.", and below "*Ann Roe* told reporters …".

    The lead's subject must be told by a noun alone, and the next paragraph must open with somebody
    who has not been named before and is given no office there.
    """
    lead, following = _lead_and_next(noun, cast)
    if lead is None or following is None or not noun.dep_.startswith("nsubj"):
        return None
    if not is_definite(noun) or _people(lead.start, noun.i, cast):
        return None
    opening = _people(following.start, following.start + _OPENING, cast)
    if not opening or not _is_told_of_plainly(opening[0]):
        return None
    key = cast.at(opening[0].root)
    if key is None or _people_of(key, following.start, cast):
        return None
    gender, other = gender_from_title(noun.lower_), cast.gender_of(key)
    return None if gender and other and gender is not other else key


def _lead_and_next(noun: Token, cast: Cast) -> tuple[ReadBlock | None, ReadBlock | None]:
    """The first paragraph, where the noun stands in it, and the second one."""
    paragraphs = [b for b in cast.text.blocks if b.block.kind is BlockKind.PARAGRAPH][:2]
    if len(paragraphs) < 2 or not paragraphs[0].start <= noun.i < paragraphs[0].end:
        return None, None
    return paragraphs[0], paragraphs[1]


def _people(start: int, end: int, cast: Cast) -> list[Span]:
    """The names of people that begin in a stretch."""
    doc = cast.text.doc
    stretch = doc[start : min(len(doc), end + 8)]
    names = (span for span in cast.names_in(stretch) if span.start < end)
    keys = ((span, cast.at(span.root)) for span in names)
    return [s for s, key in keys if key is not None and cast.kind_of(key) is EntityKind.PERSON]


def _people_of(key: LocalKey, end: int, cast: Cast) -> list[Span]:
    return [span for span in _people(0, end, cast) if cast.at(span.root) == key]


def _is_told_of_plainly(name: Span) -> bool:
    """Whether a name is its clause's subject, and no office stands beside it."""
    before = name.doc[name.start - 1] if name.start > name.sent.start else None
    if before is not None and ends_title(before) and not is_courtesy(before.text):
        return False
    apposed = any(token.dep_ == "appos" for token in name.root.children)
    return prominence(name) > 0 and not apposed
