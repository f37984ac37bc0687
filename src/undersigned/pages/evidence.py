"""The passages behind a line as readers see them: by source, each sentence once.

Several claims often rest on one sentence; their words are then marked in it together.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from undersigned.source import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pyoxigraph import NamedNode

    from undersigned.why import IdentityNote, Passage, SourceNote


@dataclass(frozen=True, slots=True)
class Sentence:
    """One passage with the words of all its claims. `claims` are pairs of a claim and its kind.

    `surest` and `least_sure` are the confidences of the reading, 0.0 to 1.0, None if unknown.
    """

    text: str
    marks: tuple[Span, ...]
    certainties: tuple[str, ...]
    least_sure: float | None
    surest: float | None
    claims: tuple[tuple[NamedNode, str], ...]


@dataclass(frozen=True, slots=True)
class Testimony:
    """What one source says of a line, and whom it is taken to mean."""

    source: SourceNote
    sentences: tuple[Sentence, ...]
    identities: tuple[IdentityNote, ...]


def testimonies(passages: Iterable[Passage]) -> list[Testimony]:
    """Passages by source in their order, those of one text and place as one sentence."""
    return [_testimony(list(found)) for _, found in groupby(passages, key=lambda p: p.source.iri)]


def _testimony(passages: Sequence[Passage]) -> Testimony:
    together: dict[tuple[int, str], list[Passage]] = {}
    for passage in passages:
        together.setdefault((passage.offset_chars, passage.text), []).append(passage)
    notes = {(n.name, n.entity.value): n for p in passages for n in p.identities}
    return Testimony(
        source=passages[0].source,
        sentences=tuple(_sentence(found) for found in together.values()),
        identities=tuple(notes[key] for key in sorted(notes)),
    )


def _sentence(passages: Sequence[Passage]) -> Sentence:
    known = [p.confidence for p in passages if p.confidence is not None]
    return Sentence(
        text=passages[0].text,
        marks=merged(span for p in passages for span in p.marks),
        certainties=tuple(dict.fromkeys(p.certainty for p in passages if p.certainty)),
        least_sure=min(known, default=None),
        surest=max(known, default=None),
        claims=tuple((p.claim, p.kind) for p in passages),
    )


def merged(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Spans without overlaps, sorted."""
    found: list[Span] = []
    for span in sorted(spans):
        if found and span.start <= found[-1].end:
            found[-1] = Span(found[-1].start, max(found[-1].end, span.end))
        else:
            found.append(span)
    return tuple(found)
