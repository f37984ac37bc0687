"""Attributions as a JSON document, for scoring and for other programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from spacy.tokens import Span

    from undersigned.reading.attribution import Attribution
    from undersigned.reading.text import ReadText


def attributions_document(
    name: str, text: ReadText, attributions: Sequence[Attribution]
) -> dict[str, Any]:
    """One document with the offsets of its attributions.

    Offsets are Unicode code points into the source's text, end exclusive, in text order:
    `{"document": name, "attributions": [{"source": [[0, 4]], "cue": …, "content": …, "kind":
    "quotation", "class": "say", "rule": "cue-clause"}, …]}`.
    A quotation without source of its own gets that of the speech that it goes on with; where it
    opens the next paragraph, it becomes a part of that speech.
    """
    joined = _joined(text, attributions)
    return {
        "document": name,
        "attributions": [_record(text, attributions, group) for group in joined],
    }


def _joined(text: ReadText, attributions: Sequence[Attribution]) -> list[list[Attribution]]:
    """Groups of a speech and the paragraphs right after it that go on with it."""
    groups: list[list[Attribution]] = []
    of_place: dict[int, list[Attribution]] = {}
    for place, one in enumerate(attributions):
        group = (
            of_place.get(one.follows) if one.source is None and one.follows is not None else None
        )
        if group is None or not _is_next_paragraph(text, group, one):
            group = []
            groups.append(group)
        group.append(one)
        of_place[place] = group
    return groups


def _is_next_paragraph(text: ReadText, group: Sequence[Attribution], one: Attribution) -> bool:
    """Whether a quotation opens the paragraph after the one whose last sentence spoke."""
    first = group[0]
    spans = [span for a in group for span in (*a.content, a.cue, a.source) if span is not None]
    reached = max(span.end for span in spans)
    between = text.doc[reached : one.start]
    last = text.doc[reached - 1]
    next_block = text.block_of(last).end == text.block_of(text.doc[one.start]).start
    ends = sum(token.is_sent_start is True for token in between)
    return next_block and ends == 0 and first.rule == "quotation-cue"


def _record(
    text: ReadText, attributions: Sequence[Attribution], group: Sequence[Attribution]
) -> dict[str, Any]:
    one = group[0]
    source = one.source
    if source is None and one.follows is not None:
        source = attributions[one.follows].source
    return {
        "source": _offsets(text, [source] if source is not None else []),
        "cue": _offsets(text, [one.cue] if one.cue is not None else []),
        "content": _offsets(text, (span for member in group for span in member.content)),
        "kind": one.kind.value,
        "class": one.cue_class.value,
        "rule": one.rule,
    }


def _offsets(text: ReadText, spans: Iterable[Span]) -> list[list[int]]:
    return [[s.start, s.end] for span in spans for s in text.slices(span)]
