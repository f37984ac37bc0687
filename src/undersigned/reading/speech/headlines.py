"""Headlines: their own grammar, which parsers of running text lose their way in.

`HEADLINE_CONSTRUCTIONS` lists the constructions in the order in which they are tried; each is a
small function from a page and a headline's tokens to a draft.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from undersigned.reading.speech.cues import CueClass, open_cue_lexicon
from undersigned.reading.speech.drafts import Draft
from undersigned.source import BlockKind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from spacy.tokens import Span, Token

    from undersigned.reading.speech.cues import CueVerb
    from undersigned.reading.speech.page import Page

_MAX_NAME = 4
"""Tokens of a name before a colon; longer openings are topics: "Three years after the flood: …"."""
_HEADLINE_CLASSES = frozenset(
    {CueClass.SAY, CueClass.TELL, CueClass.ASK, CueClass.CALL, CueClass.JUDGE}
)


def headline_drafts(page: Page, taken: set[int]) -> Iterator[Draft]:
    """What headlines say in which no cue has been read yet.

    Args:
        page: the article.
        taken: the tokens that other drafts have as cue or content.
    """
    for block in page.text.blocks:
        words = page.doc[block.start : block.end]
        if block.block.kind is BlockKind.HEADLINE and not any(t.i in taken for t in words):
            for construction in HEADLINE_CONSTRUCTIONS:
                draft = construction(page, words)
                if draft is not None:
                    yield draft
                    break


def _present_tense(page: Page, words: Span) -> Draft | None:
    """*Actor Ann Lee* Slams *Studio Boss*: a form in -s of a verb of speech after a name."""
    for token in words[1:-1]:
        entry = _present_cue(token)
        if entry is None or token.nbor(-1).pos_ not in {"PROPN", "NOUN", "ADJ"}:
            continue
        source = page.trimmed(words.start, token.i)
        content = page.trimmed(token.i + 1, words.end)
        if source is not None and content is not None:
            return Draft(
                content=(page.widened(content),),
                rule="headline-present-tense",
                confidence=0.7,
                cue_class=entry.cue_class,
                source=source,
                cue=page.doc[token.i : token.i + 1],
                verb=entry,
            )
    return None


def _present_cue(token: Token) -> CueVerb | None:
    if not token.lower_.endswith("s"):
        return None
    entries = open_cue_lexicon().by_form.get(token.lower_, ())
    return next((e for e in entries if e.cue_class in _HEADLINE_CLASSES and not e.particles), None)


def _name_and_colon(page: Page, words: Span) -> Draft | None:
    """*Lee*: *No deal with the studios*."""
    colon = next((t for t in words[: 2 * _MAX_NAME] if t.text == ":"), None)
    if colon is None or colon.i == words.start:
        return None
    source = _before_hearer(page.doc[words.start : colon.i])
    content = page.trimmed(colon.i + 1, words.end)
    if (
        content is None
        or len(source) > _MAX_NAME
        or not any(t.ent_type_ or t.pos_ == "PROPN" for t in source)
    ):
        return None
    return Draft(
        content=(page.widened(content),),
        rule="headline-name-colon",
        confidence=0.6,
        cue_class=CueClass.SAY,
        source=source,
    )


def _before_hearer(words: Span) -> Span:
    """Whoever speaks in *Lee* to the Studios: …."""
    to = next((t.i for t in words[1:] if t.lower_ == "to"), words.end)
    return words.doc[words.start : to]


HEADLINE_CONSTRUCTIONS: list[Callable[[Page, Span], Draft | None]] = [
    _present_tense,
    _name_and_colon,
]
