"""Evidence: the words that carry a claim, and the passage shown around them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from undersigned.claims import Evidence, Slice

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spacy.tokens import Span, Token

    from undersigned.reading.text import ReadText

LONGEST_PASSAGE: Final = 400
"""So many characters at most has a passage over several blocks."""


def make_evidence(
    text: ReadText,
    words: Iterable[Span | Token],
    *,
    rule: str,
    confidence: float,
    passage: Span | None = None,
) -> Evidence:
    """The evidence for a claim that rests on some words of the text.

    Args:
        text: the article.
        words: at least one; a span that runs over several blocks becomes one slice a block.
        rule: the construction that was seen, in words joined by hyphens.
        confidence: 0.0 to 1.0, where 1.0 means that the construction leaves no other reading.
        passage: what people are shown around the words; the sentences that hold them by default.
            Over several blocks it is shown whole up to `LONGEST_PASSAGE` characters, so that a
            list item comes with its "Signatories include:", else it is the last word's sentence.

    Raises:
        ValueError: no words are given.
    """
    spans = [_as_span(word) for word in words]
    slices = sorted({piece for span in spans for piece in text.slices(span)})
    if not slices:
        raise ValueError(f"{text.source.source_id}: evidence for {rule!r} without words")
    if passage is None:
        passage = _sentences_around(spans)
    return Evidence(
        words=tuple(slices),
        passage=_shown(text, passage, spans),
        rule=rule,
        confidence=confidence,
    )


def _as_span(words: Span | Token) -> Span:
    return words.doc[words.i : words.i + 1] if hasattr(words, "i") else words


def _sentences_around(spans: list[Span]) -> Span:
    doc = spans[0].doc
    first = min(span.start for span in spans)
    last = max(span.end for span in spans) - 1
    return doc[doc[first].sent.start : doc[last].sent.end]


def _shown(text: ReadText, passage: Span, spans: list[Span]) -> Slice:
    pieces = text.slices(passage)
    start, end = pieces[0].start, pieces[-1].end
    if len(pieces) == 1:
        return pieces[0]
    if end - start <= LONGEST_PASSAGE:
        return Slice(start, end, text.source.text[start:end])
    last = max(spans, key=lambda span: span.end)[-1]
    return text.slices(last.sent)[-1]
