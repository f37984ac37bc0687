"""Speech in a paragraph of its own, without marks, below "the mayor added:"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from undersigned.reading.speech.cues import CueClass
from undersigned.reading.speech.drafts import Draft
from undersigned.reading.speech.page import MARKS
from undersigned.reading.speech.sources import is_mere_attribute, source_of
from undersigned.source import BlockKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from undersigned.reading.speech.cues import Cue
    from undersigned.reading.speech.page import Page

_PROSE = frozenset({BlockKind.PARAGRAPH, BlockKind.BLOCK_QUOTE})
_QUOTATION_MARKS = MARKS - {"’", "'"}
_SAYS = frozenset({CueClass.SAY, CueClass.ADD, CueClass.TELL})
_FINITE_TAGS = frozenset({"VBD", "VBZ"})
_MIN_WORDS = 5
"""Words from which a paragraph after a colon is speech; shorter ones are labels or items."""
_CUE_REACH = 8
"""Tokens between a cue and the colon: added *in an interview with the paper*: …."""


def set_off_drafts(page: Page, taken: set[int]) -> Iterator[Draft]:
    """The paragraphs that a cue and a colon announce: The mayor added: ⏎ *the port is lost*.

    Near misses: a list of items below a colon; a paragraph with quotation marks, which say
    themselves where speech begins.

    Args:
        page: the article.
        taken: the tokens that other drafts have as cue or content.
    """
    for above, below in zip(page.text.blocks, page.text.blocks[1:], strict=False):
        cue = _announcing_cue(page, above.start, above.end)
        if cue is None or cue.start in taken or below.block.kind not in _PROSE:
            continue
        words = page.doc[below.start : below.end]
        spoken = any(t.i in taken or t.text in _QUOTATION_MARKS for t in words)
        if spoken or sum(t.is_alpha for t in words) < _MIN_WORDS:
            continue
        source, content = source_of(page, cue), page.trimmed(below.start, below.end)
        if source is not None and content is not None:
            yield Draft(
                content=(content,),
                rule="cue-colon-paragraph",
                confidence=0.7,
                cue_class=cue.entry.cue_class,
                source=source,
                cue=cue.span,
                verb=cue.entry,
            )


def _announcing_cue(page: Page, start: int, end: int) -> Cue | None:
    """The cue of a paragraph's last sentence, if that ends in a colon."""
    colon = page.before_spaces(end) - 1
    if colon <= start or page.doc[colon].text != ":":
        return None
    first, _ = page.sentence_bounds(colon)
    cues = [
        cue
        for cue in page.cues_between(max(first, colon - _CUE_REACH), colon)
        if cue.entry.cue_class in _SAYS and cue.verb.tag_ in _FINITE_TAGS
    ]
    if not cues or is_mere_attribute(cues[-1].verb) or page.is_quoted(cues[-1].verb):
        return None
    return cues[-1]
