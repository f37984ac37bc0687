"""Sources of quotations by place, where the parse has none or a long insertion misleads it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from undersigned.reading.speech.cues import VERB_TAGS
from undersigned.reading.speech.names_beside import name_after

if TYPE_CHECKING:
    from spacy.tokens import Span

    from undersigned.reading.speech.cues import Cue
    from undersigned.reading.speech.page import Page

_NOMINAL = frozenset({"NOUN", "PROPN", "PRON"})
_MAX_NAME = 12
"""Tokens of a source that is read by place alone."""


def source_by_place(page: Page, end: int, cue: Cue) -> Span | None:
    """What stands beside a cue: “…,” said *the 46-year-old*; *another* tweeted, “…”.

    For sentences whose parse has no subject there.
    """
    if end <= cue.start:
        between = page.trimmed(end, cue.start)
        if between is None:
            return name_after(page, cue)
    else:
        between = page.trimmed(page.sentence_bounds(cue.start)[0], cue.start)
    if between is None or len(between) > _MAX_NAME:
        return None
    return between if all(t.pos_ not in VERB_TAGS and not t.is_punct for t in between) else None


def source_before_insertion(page: Page, end: int, cue: Cue) -> Span | None:
    """“…,” *Roe*, who had come back after winning in Ohio, said: the name before an insertion."""
    doc, start = page.doc, end
    if cue.start < end or not has_insertion(page, start, cue):
        return None
    comma = next(t.i for t in doc[start : cue.start] if t.text == ",")
    return page.trimmed(start, comma)


def has_insertion(page: Page, start: int, cue: Cue) -> bool:
    """Whether a name and an insertion between commas are all that stands before a cue."""
    words = page.doc[start : cue.start]
    commas = [t.i for t in words if t.text == ","]
    if len(commas) < 2 or commas[-1] != cue.start - 1 or commas[0] == start:
        return False
    name = page.doc[start : commas[0]]
    return all(t.pos_ in _NOMINAL | {"DET", "ADJ", "NUM"} for t in name)
