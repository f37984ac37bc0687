"""Signers who say so themselves: "“I signed the letter,” said Ann Lee"."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from undersigned.reading.signing.cued import cued_by
from undersigned.reading.signing.modality import modality_of, verb_group
from undersigned.reading.signing.objects import letter_signed
from undersigned.reading.signing.scene import (
    Scene,
    Signing,
    is_form_of,
    is_signing_verb,
    letter_words,
)
from undersigned.reading.signing.subjects import people_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Span, Token

    from undersigned.reading.signing.name_lists import Listed

_OPENING: Final = frozenset({"“", '"', "``"})
_CLOSING: Final = frozenset({"”", '"', "''"})
_SAYS: Final = frozenset({"tweet", "post", "tell", "add", "reply", "recall"})
_SPEAKER_WORDS: Final = 4
"""A speaker of so many words at most stands between a quotation and the verb of saying."""


@cued_by("signing.sign")
def i_signed(sentence: Span, scene: Scene) -> Iterator[Signing]:
    """As in "“I signed it at once,” said Ann Lee."; "“I did not sign this letter,” he wrote."."""
    for verb in sentence:
        if not is_signing_verb(verb) or not _has_i_as_subject(verb):
            continue
        letter, modality = letter_signed(verb, scene), modality_of(verb)
        closing = _closing_mark(verb, scene)
        if letter is None or modality is None or closing is None:
            continue
        names = _speaker_after(closing, scene)
        if names:
            yield Signing(
                rule="i-signed",
                letter=letter,
                words=(verb,),
                names=names,
                where=names[0].words,
                confidence=0.85,
                modality=modality,
                counts=False,
            )


def _has_i_as_subject(verb: Token) -> bool:
    group = verb_group(verb)
    first = group[0].i if group else verb.i
    return first > verb.sent.start and verb.doc[first - 1].text == "I"


def _closing_mark(verb: Token, scene: Scene) -> Token | None:
    """The mark that closes the quotation a verb stands in; None outside of quotations."""
    block = scene.text.block_of(verb)
    before = [t for t in scene.doc[block.start : verb.i] if t.text in _OPENING | _CLOSING]
    after = (t for t in scene.doc[verb.i : block.end] if t.text in _CLOSING)
    inside = bool(before) and (
        before[-1].text in {"“", "``"} or (before[-1].text == '"' and len(before) % 2 == 1)
    )
    return next(after, None) if inside else None


def _speaker_after(closing: Token, scene: Scene) -> tuple[Listed, ...]:
    """Who is said to speak right after a quotation: "she said", "said Ann Lee", "Ann Lee wrote"."""
    doc, end = scene.doc, scene.text.block_of(closing).end
    after = doc[closing.i + 1 : min(closing.i + 2 + _SPEAKER_WORDS, end)]
    verb = next((t for t in after if is_form_of(t, letter_words("says-in") | _SAYS)), None)
    if verb is None:
        return ()
    if verb.i > closing.i + 1:
        return people_in(doc[closing.i + 1 : verb.i], scene)
    stop = next((t.i for t in doc[verb.i + 1 : end] if t.text in {",", "."}), end)
    return people_in(doc[verb.i + 1 : stop], scene)[:1]
