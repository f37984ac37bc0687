"""Constructions in which "its" means the letter: "its authors, Lee and Ray", "among its signers".

Each is one small function from a sentence and a scene to `Signing`s; its docstring is an example.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from undersigned.reading.counts import iter_counts
from undersigned.reading.signing.clauses import words_after
from undersigned.reading.signing.cued import cued_by
from undersigned.reading.signing.modality import modality_of
from undersigned.reading.signing.name_lists import read_list
from undersigned.reading.signing.scene import (
    Scene,
    Signing,
    is_being,
    is_signer_noun,
    is_signing_verb,
    signing_words,
)
from undersigned.reading.signing.subjects import people_in, subject_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Span, Token

    from undersigned.claims import LocalKey

_HAVING: Final = frozenset(
    {"have", "has", "had", "count", "counts", "counted", "number", "numbers"}
)
_LIST_PHRASES: Final = (
    "those on the list",
    "of those who signed",
    "of the signatories",
    "of the signers",
)
_OPENING: Final = 6
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


@cued_by("signing.sign")
def also_signed_on(sentence: Span, scene: Scene) -> Iterator[Signing]:
    """As in "Also signed on are Ann Lee and Bob Ray."; "Signing, too, were Lee and Ray."."""
    opening = scene.doc[sentence.start : min(sentence.start + _OPENING, sentence.end)]
    being = next((t for t in opening if is_being(t)), None)
    signing = next((t for t in opening if is_signing_verb(t)), None)
    if being is None or signing is None or signing.i > being.i:
        return
    if any(t.dep_.startswith("nsubj") and t.i < being.i for t in opening):
        return
    letter, modality = scene.letter_near(signing), modality_of(signing)
    where = words_after(being)
    names = tuple(read_list(where, scene.cast, unknown=True))
    if letter is not None and modality is not None and names:
        yield Signing(
            rule="also-signed-on",
            letter=letter,
            words=(signing, being),
            names=names,
            where=where,
            confidence=0.9,
            modality=modality,
            counts=False,
        )


@cued_by("among", "amongst")
def among_the_number(sentence: Span, scene: Scene) -> Iterator[Signing]:
    """As in "Eleven mayors wrote to him. Ann Lee and Bob Ray were among the 11."."""
    for verb in sentence:
        after = scene.doc[verb.i + 1 : min(verb.i + 4, sentence.end)]
        if not is_being(verb) or len(after) < 3 or after[0].lower_ not in {"among", "amongst"}:
            continue
        ends = after.end >= sentence.end or scene.doc[after.end].is_punct
        letter = scene.letter_near(verb) if after[1].lower_ == "the" and ends else None
        modality = modality_of(verb)
        if letter is None or modality is None or not _was_told(after[2], scene):
            continue
        where = subject_of(verb, scene)
        yield Signing(
            rule="among-the-number",
            letter=letter,
            words=(after,),
            names=people_in(where, scene),
            where=where,
            confidence=0.8,
            modality=modality,
            counts=False,
        )


def _was_told(number: Token, scene: Scene) -> bool:
    """Whether so many have been told of before in the paragraph: "Eleven mayors", then "the 11"."""
    figures = list(iter_counts(number.doc[number.i : number.i + 1]))
    before = scene.doc[scene.text.block_of(number).start : number.i]
    told = {count.number for count in iter_counts(before)}
    return any(figure.number in told for figure in figures)


@cued_by("list", "signing.signers", "signing.sign")
def those_on_the_list(sentence: Span, scene: Scene) -> Iterator[Signing]:
    """As in "Two of those on the list, Ann Lee and Bob Ray, told the paper …"."""
    for comma in sentence[3:]:
        if comma.text != "," or not _ends_in_list(comma):
            continue
        letter = scene.letter_near(comma)
        where = _apposition(scene.doc[comma.i + 1 : min(comma.i + 2 + _NAMED_IN, sentence.end)])
        names = tuple(read_list(where, scene.cast))
        if letter is not None and names:
            yield Signing(
                rule="those-on-the-list",
                letter=letter,
                words=(scene.doc[comma.i - 1 : comma.i],),
                names=names,
                where=where,
                confidence=0.8,
                counts=False,
            )
        return


def _ends_in_list(comma: Token) -> bool:
    before = comma.doc[max(comma.sent.start, comma.i - 4) : comma.i].text.lower()
    return before.endswith(_LIST_PHRASES)


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
