"""Constructions in which a signature is taken back, or was never the signer's own.

Each is one small function from a sentence and a scene to `Signing`s; its docstring is an example.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from undersigned.claims import Certainty, SignatureStatus
from undersigned.reading.signing.clauses import words_after, words_before
from undersigned.reading.signing.cued import cued_by
from undersigned.reading.signing.modality import Modality, modality_of, words_of
from undersigned.reading.signing.name_lists import Listed, read_list
from undersigned.reading.signing.scene import (
    Scene,
    Signing,
    is_form_of,
    is_signer_noun,
    signing_words,
)
from undersigned.reading.signing.subjects import people_in, subject_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Span, Token

_FORGED: Final = Modality(SignatureStatus.FORGED, Certainty.STATED)
_WITHDRAWN: Final = Modality(SignatureStatus.WITHDRAWN, Certainty.STATED)


@cued_by("hedges.withdraws")
def withdrew(sentence: Span, scene: Scene) -> Iterator[Signing]:
    """As in "Ann Lee withdrew her signature."; "Ann Lee asked for her name to be removed."."""
    for verb in sentence:
        if not is_form_of(verb, words_of("withdraws")) or verb.pos_ != "VERB":
            continue
        noun = _own_name_near(verb)
        letter = scene.letter_near(verb)
        if noun is None or letter is None or _negated(verb):
            continue
        asked = noun.i < verb.i
        actor = next(
            (
                t
                for t in sentence
                if t.i < noun.i and t.lemma_.lower() in {"ask", "request", "demand", "want"}
            ),
            None,
        )
        if asked and actor is None:
            continue
        where = subject_of(actor if asked and actor is not None else verb, scene)
        yield Signing(
            rule="withdrew",
            letter=letter,
            words=(verb, noun),
            names=people_in(where, scene),
            where=where,
            confidence=0.9,
            modality=_WITHDRAWN,
            counts=False,
        )


@cued_by("hedges.fakes")
def forged(sentence: Span, scene: Scene) -> Iterator[Signing]:
    """As in "The signature of Ann Lee was fake."; "Ann Lee's name was forged."."""
    for word in sentence:
        if word.lower_ not in words_of("fakes") and word.lemma_.lower() not in words_of("fakes"):
            continue
        where = _before(word, scene)
        noun = next((t for t in where if t.lower_ in signing_words("signatures")), None)
        letter = scene.letter_near(word)
        if noun is None or letter is None or _negated(word):
            continue
        yield Signing(
            rule="forged",
            letter=letter,
            words=(noun, word),
            names=_owners(noun, where, scene),
            where=where,
            confidence=0.9,
            modality=_FORGED,
            counts=False,
        )


@cued_by("hedges.falsely")
def wrongly_listed(sentence: Span, scene: Scene) -> Iterator[Signing]:
    """As in "Ann Lee and Bob Ray were wrongly listed as signatories."."""
    for adverb in sentence:
        if adverb.lower_ not in words_of("falsely") or adverb.i + 1 >= sentence.end:
            continue
        after = scene.doc[adverb.i + 1 : min(adverb.i + 8, sentence.end)]
        letter = scene.letter_near(adverb)
        listed = any(is_signer_noun(t) or t.lower_ in {"signed", "list"} for t in after)
        if letter is None or not listed or modality_of(after[0]) is None:
            continue
        where = words_before(after[0], scene.cast)
        yield Signing(
            rule="wrongly-listed",
            letter=letter,
            words=(adverb, after[0]),
            names=people_in(where, scene),
            where=where,
            confidence=0.9,
            modality=_FORGED,
            counts=False,
        )


def _own_name_near(verb: Token) -> Token | None:
    """The "signature" or "name" with "her" or "their" that a verb of withdrawing takes."""
    doc, sentence = verb.doc, verb.sent
    near = doc[max(sentence.start, verb.i - 5) : min(sentence.end, verb.i + 6)]
    return next(
        (
            t
            for t in near
            if t.lower_ in signing_words("signatures") | {"support"}
            and t.i
            and t.nbor(-1).tag_ == "PRP$"
        ),
        None,
    )


def _negated(word: Token) -> bool:
    before = word.doc[max(word.sent.start, word.i - 3) : word.i]
    return any(t.lower_ in words_of("negations") for t in before)


def _before(word: Token, scene: Scene) -> Span:
    doc, start = scene.doc, word.i
    while start > word.sent.start and doc[start - 1].text not in {";", "“", "”", ":"}:
        start -= 1
    return doc[start : word.i]


def _owners(noun: Token, where: Span, scene: Scene) -> tuple[Listed, ...]:
    """Whose signature: "of Lee and Ray" after the noun, or "Lee's" before it."""
    following = noun.nbor(1) if noun.i + 1 < where.end else None
    if following is not None and following.lower_ == "of":
        span = words_after(following)
        return tuple(read_list(where.doc[span.start : where.end - 1], scene.cast))
    if noun.i > where.start and noun.nbor(-1).tag_ == "POS":
        return tuple(read_list(where.doc[where.start : noun.i - 1], scene.cast))
    if noun.i > where.start and noun.nbor(-1).tag_ == "PRP$":
        return people_in(where.doc[where.start : noun.i - 1], scene)
    return ()
