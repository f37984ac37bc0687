"""Constructions in which "its" means the letter: "its authors, Lee and Ray", "among its signers".

Each is one small function from a sentence and a scene to `Signing`s; its docstring is an example.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from undersigned.reading.signing.clauses import words_after
from undersigned.reading.signing.cued import cued_by
from undersigned.reading.signing.modality import modality_of
from undersigned.reading.signing.name_lists import read_list
from undersigned.reading.signing.scene import Scene, Signing, is_signer_noun, signing_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Span, Token

    from undersigned.claims import LocalKey

_HAVING: Final = frozenset(
    {"have", "has", "had", "count", "counts", "counted", "number", "numbers"}
)
_NAMED_IN: Final = 12
"""Tokens after "its authors" within which the apposition with their names begins and ends."""


@cued_by("signing.signers")
def has_among_its_signers(sentence: Span, scene: Scene) -> Iterator[Signing]:
    """As in "The letter has among its signatories Ann Lee and Bob Ray."."""
    for token in sentence:
        own = token.lower_ == "its" and token.i > sentence.start + 1
        if not own or token.nbor(-1).lower_ not in {"among", "amongst"}:
            continue
        verb, noun = token.nbor(-2), token.nbor(1) if token.i + 1 < sentence.end else token
        letter = _letter_of(token, scene)
        modality = modality_of(verb)
        if verb.lower_ not in _HAVING or not is_signer_noun(noun) or letter is None:
            continue
        where = words_after(noun)
        if modality is not None:
            yield Signing(
                rule="has-among-its-signers",
                letter=letter,
                words=(scene.doc[verb.i : noun.i + 1],),
                names=tuple(read_list(where, scene.cast, unknown=True)),
                where=where,
                confidence=0.9,
                modality=modality,
                counts=False,
            )


@cued_by("signing.writers", "signing.signers")
def its_authors(sentence: Span, scene: Scene) -> Iterator[Signing]:
    """As in "Its authors, Ann Lee and Bob Ray, say that …"; "Its lead author, Ann Lee, …"."""
    if sentence[0].lower_ != "its":
        return
    opening = scene.doc[sentence.start + 1 : min(sentence.start + 4, sentence.end)]
    noun = next((t for t in opening if _tells_signer(t)), None)
    if noun is None or noun.i + 1 >= sentence.end or noun.nbor(1).text != ",":
        return
    letter = _letter_of(sentence[0], scene)
    where = _apposition(scene.doc[noun.i + 2 : min(noun.i + 2 + _NAMED_IN, sentence.end)])
    names = tuple(read_list(where, scene.cast))
    if letter is not None and names:
        yield Signing(
            rule="its-authors",
            letter=letter,
            words=(noun,),
            names=names,
            where=where,
            confidence=0.85,
            counts=False,
        )


def _tells_signer(noun: Token) -> bool:
    words = signing_words("writers") | signing_words("signers")
    return noun.lower_ in words or noun.lemma_.lower() in words


def _apposition(words: Span) -> Span:
    """The names up to the comma or verb that ends them: "Its authors, *Lee and Ray*, say"."""
    last = next((t.i for t in words if t.lower_ in {"and", "&"}), words.start)
    for token in words:
        verb = token.tag_ in {"VBD", "VBZ", "VBP", "MD"} and token.ent_type_ == ""
        if verb or (token.text == "," and token.i > last):
            return words.doc[words.start : token.i]
    return words


def _letter_of(its: Token, scene: Scene) -> LocalKey | None:
    """The letter that "its" means: the sentence's, or the one that the sentence before tells of."""
    here = scene.letter_in(scene.doc[its.sent.start : its.i])
    if here is not None or its.sent.start == 0:
        return here
    before = scene.doc[its.sent.start - 1].sent
    told = [key for token in before for key in scene.letters_at(token)]
    same = scene.text.block_of(its) == scene.text.block_of(before[0])
    return told[-1] if told else scene.letter_near(its) if not same else None
