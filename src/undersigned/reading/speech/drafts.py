"""A draft: what one construction makes of one cue, before drafts are put side by side."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Span

    from undersigned.reading.speech.cues import CueClass, CueVerb


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """Source, cue and content as one construction sees them.

    `content` is in text order. `verb` is the lexicon's entry, None for nouns and cues without a
    verb. `follows` says that the source is that of the speech before it.
    """

    content: tuple[Span, ...]
    rule: str
    confidence: float
    cue_class: CueClass
    source: Span | None = None
    cue: Span | None = None
    verb: CueVerb | None = None
    follows: bool = False

    @property
    def start(self) -> int:
        """The first token of the content, counted in the `Doc`."""
        return self.content[0].start

    @property
    def end(self) -> int:
        """One after the last token of the content, counted in the `Doc`."""
        return self.content[-1].end
