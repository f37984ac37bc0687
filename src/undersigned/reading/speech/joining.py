"""Drafts beside each other: quotations that go on with speech, content that runs over a cue."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace
from typing import TYPE_CHECKING

from undersigned.reading.speech.cues import CueClass
from undersigned.reading.speech.modality import is_unsaid

if TYPE_CHECKING:
    from collections.abc import Sequence

    from undersigned.reading.speech.drafts import Draft
    from undersigned.reading.speech.page import Page


_GO_ON = frozenset({CueClass.SAY, CueClass.ADD, CueClass.TELL})
"""Classes that quotations go on with; after "Roe called it old. “…”" other speech begins."""


def join_continued(page: Page, drafts: Sequence[Draft], uncued: Sequence[Draft]) -> list[Draft]:
    """The drafts, with each quotation that goes on right after speech made a part of that speech.

    The dam was “a crime,” Roe said. *“It must go.”* — one attribution with two pieces. Near miss:
    a paragraph or a sentence between them, after which the quotation stays a draft of its own.
    """
    joined = list(drafts)
    ended = {end: n for n, draft in enumerate(drafts) if (end := _sentence_end(page, draft))}
    for draft in uncued:
        place = ended.get(page.before_spaces(draft.start)) if draft.follows else None
        if place is None:
            joined.append(draft)
            continue
        joined[place] = replace(joined[place], content=(*joined[place].content, *draft.content))
        ended[draft.end] = place
    return joined


def _sentence_end(page: Page, draft: Draft) -> int | None:
    """One after the sentence of a speech with a source, if it does not end its paragraph."""
    cue = draft.cue
    if cue is None or draft.source is None or draft.cue_class not in _GO_ON:
        return None
    if is_unsaid(cue[0]):
        return None
    end = page.sentence_bounds(cue.start)[1]
    return end if draft.end <= end < page.block_bounds(cue[0])[1] else None


def cut_at_outer_cues(drafts: Sequence[Draft]) -> list[Draft]:
    """The drafts, each without the words of a source that it is itself a part of.

    Roe wants to close the port*, Lee said*: what Roe wants ends before "Lee said", since all of
    the sentence before it is what Lee said.
    """
    cued = sorted((d for d in drafts if d.cue is not None), key=_cue_start)
    cut = [_cut(draft, cued) for draft in drafts]
    return [draft for draft in cut if draft is not None]


def _cue_start(draft: Draft) -> int:
    assert draft.cue is not None
    return draft.cue.start


def _cut(draft: Draft, cued: Sequence[Draft]) -> Draft | None:
    if draft.cue is None:
        return draft
    first = bisect_left(cued, draft.start, key=_cue_start)
    last = bisect_left(cued, draft.end, key=_cue_start)
    for outer in cued[first:last]:
        before = [s.end for s in outer.content if s.end <= _cue_start(outer)]
        inside = outer.start <= draft.cue.start < _cue_start(outer)
        if inside and before and before[-1] > draft.start:
            return _shortened(draft, before[-1])
    return draft


def _shortened(draft: Draft, end: int) -> Draft | None:
    spans = [s if s.end <= end else s.doc[s.start : end] for s in draft.content if s.start < end]
    return replace(draft, content=tuple(spans)) if spans else None
