"""Cues: words without which a construction need not look at a sentence at all."""

from __future__ import annotations

from functools import cache, wraps
from typing import TYPE_CHECKING

from undersigned.reading.lexicon import open_lexicon

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from spacy.tokens import Span

    from undersigned.reading.signing.scene import Scene, Signing

    Construction = Callable[[Span, Scene], Iterator[Signing]]

LETTER = "a letter"
"""The cue of constructions that need a letter spoken of in the sentence itself."""


def cued_by(*cues: str) -> Callable[[Construction], Construction]:
    """Makes a construction look only at sentences that have a form of one of its cues.

    A cue with a full stop is a word list ("signing.sign"), another one a word. Looking is dear:
    most sentences of an article about a letter tell of no signing.
    """

    def decorate(construction: Construction) -> Construction:
        @wraps(construction)
        def cued(sentence: Span, scene: Scene) -> Iterator[Signing]:
            if _is_cued(sentence, scene, cues):
                yield from construction(sentence, scene)

        return cued

    return decorate


def _is_cued(sentence: Span, scene: Scene, cues: tuple[str, ...]) -> bool:
    if LETTER in cues and scene.letter_in(sentence) is None:
        return False
    words = _words_of(cues)
    return not words or not words.isdisjoint(scene.forms_in(sentence))


@cache
def _words_of(cues: tuple[str, ...]) -> frozenset[str]:
    words: set[str] = set()
    for cue in cues:
        lexicon, dot, list_name = cue.partition(".")
        if dot:
            words |= open_lexicon(lexicon).words(list_name)
        elif cue != LETTER:
            words.add(cue)
    return frozenset(words)
