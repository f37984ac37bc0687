"""Constructions of signing around a noun: "signatories include", "one of the signatories".

Each is one small function from a sentence and a scene to `Signing`s; its docstring is an example.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from undersigned.claims import Certainty, SignatureStatus
from undersigned.reading.signing.clauses import words_before
from undersigned.reading.signing.cued import LETTER, cued_by
from undersigned.reading.signing.list_items import is_finite
from undersigned.reading.signing.modality import Modality, governor_of, modality_of, words_of
from undersigned.reading.signing.name_lists import Listed, read_list
from undersigned.reading.signing.objects import object_letter
from undersigned.reading.signing.scene import (
    STATED,
    Scene,
    Signing,
    is_being,
    is_form_of,
    is_signer_noun,
    is_signing_verb,
    letter_words,
    signing_words,
)
from undersigned.reading.signing.subjects import people_in, subject_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Span, Token


_PARTITIVES: Final = frozenset(
    [
        "among",
        "one",
        "some",
        "a",
        "an",
        "the",
        "two",
        "three",
        "four",
        "five",
        "both",
        "all",
        "with",
        "amongst",
        "also",
        "part",
        "another",
        "its",
    ]
)
_APPOSING: Final = frozenset({",", "–", "—"})
_DEFINING: Final = frozenset({"the", "its", "two", "three", "four", "main", "lead"})
_APPOSED: Final = frozenset({"one", "a", "an", "another", "also", "among", "the"})
_SIGNED_THINGS: Final = frozenset(
    {"names", "name", "figures", "people", "those", "voices", "forces", "signatures"}
)


@cued_by(
    "signing.sign",
    "signing.signers",
    "signing.writers",
    "signing.endorse",
    "letters.authors",
    "behind",
    "on",
    "backing",
)
def among_signatories(sentence: Span, scene: Scene) -> Iterator[Signing]:
    """As in "Ann Lee is among the signatories."; "Ann Lee was one of the 400 who signed."."""
    for verb in sentence:
        if not (is_being(verb) or _ranks_among(verb)) or verb.i + 1 >= sentence.end:
            continue
        predicate = _predicate(verb)
        said = _says_signers(predicate, scene)
        if said is None:
            continue
        letter = scene.letter_in(predicate) or scene.letter_near(predicate[0])
        modality = _modality_of_being(verb)
        if letter is not None and modality is not None:
            where = subject_of(verb, scene)
            yield Signing(
                rule="among-signatories",
                letter=letter,
                words=(said,),
                names=people_in(where, scene),
                where=predicate,
                confidence=0.95,
                modality=modality,
            )


@cued_by(LETTER, "behind", "on")
def names_on_the_letter(sentence: Span, scene: Scene) -> Iterator[Signing]:
    """As in "Lee is behind an open letter."; "Lee and Ray are the first names on the letter."."""
    for verb in sentence:
        if not is_being(verb) or verb.i + 1 >= sentence.end:
            continue
        predicate = _predicate(verb)
        behind = next((t for t in predicate if t.lower_ in {"behind", "on"}), None)
        if behind is None or _says_signers(predicate, scene) is not None:
            continue
        letter = scene.letter_in(scene.doc[behind.i : min(behind.i + 8, sentence.end)])
        named = any(t.lower_ in {"names", "name"} for t in predicate if t.i < behind.i)
        directly = behind.lower_ == "behind" and behind.i <= verb.i + 2
        modality = modality_of(verb)
        if letter is not None and modality is not None and (named or directly):
            where = words_before(verb, scene.cast)
            yield Signing(
                rule="names-on-the-letter",
                letter=letter,
                words=(predicate,),
                names=people_in(where, scene),
                where=where,
                confidence=0.9,
                modality=modality,
            )


@cued_by("signing.signers", "signing.writers")
def one_of_the_signatories(sentence: Span, scene: Scene) -> Iterator[Signing]:
    """As in "Ann Lee, one of the signatories, said …"; "co-signer Ann Lee"."""
    for noun in sentence:
        letter = scene.letter_near(noun) if is_signer_noun(noun) else None
        if letter is None:
            continue
        titled = _name_after(noun, scene) or _name_apposed(noun, scene)
        if titled is not None:
            yield Signing(
                rule="signatory-title",
                letter=letter,
                words=(noun,),
                names=(titled,),
                where=titled.words,
                confidence=0.85,
            )
            continue
        apposed = _list_apposed(noun, scene) or _list_titled(noun, scene)
        if len(apposed):
            yield Signing(
                rule="the-signatories",
                letter=letter,
                words=(noun,),
                names=tuple(read_list(apposed, scene.cast)),
                where=apposed,
                confidence=0.8,
                counts=False,
            )
            continue
        start = _apposition_start(noun, scene)
        if start is not None:
            where = _name_before(start, scene)
            yield Signing(
                rule="one-of-the-signatories",
                letter=letter,
                words=(scene.doc[start + 1 : noun.i + 1],),
                names=tuple(read_list(where, scene.cast)),
                where=where,
                confidence=0.9,
            )


def _modality_of_being(verb: Token) -> Modality | None:
    """The modality of "is among"; the negation of "is not among" stands after the verb.

    "is thought to be among" is hedged.
    """
    governor = governor_of(verb)
    if governor is not None and is_form_of(governor, words_of("hedge-verbs")):
        passive = governor.tag_ == "VBN" and is_being(governor.nbor(-1))
        hedged = Modality(certainty=Certainty.REPORTED, words=(governor,))
        return hedged if passive or governor.lower_ in {"appears", "seems"} else None
    after = verb.nbor(1)
    if after.lower_ in words_of("negations") and modality_of(verb) is not None:
        return Modality(SignatureStatus.DENIED, Certainty.DENIED, (after,))
    return modality_of(verb)


def _ranks_among(verb: Token) -> bool:
    """As in "Ann Lee counts among the signatories"."""
    if verb.i + 1 >= len(verb.doc) or verb.nbor(1).lower_ not in {"among", "amongst"}:
        return False
    return is_form_of(verb, signing_words("stands") | {"count", "number"})


def _predicate(verb: Token) -> Span:
    """The words after "be" and "not" up to the next comma or the end of the sentence."""
    doc, end = verb.doc, verb.i + 1
    if verb.nbor(1).lower_ in words_of("negations"):
        verb, end = verb.nbor(1), end + 1
    while end < verb.sent.end and doc[end].text not in {",", ";", ".", "”", ":"}:
        end += 1
    return doc[verb.i + 1 : end]


def _says_signers(predicate: Span, scene: Scene) -> Span | None:
    """The words that say it in "among the over 400 … who signed", "one of the signatories"."""
    doc = predicate.doc
    if not len(predicate) or not any(t.lower_ in _PARTITIVES for t in predicate[:2]):
        return None
    noun = next((t for t in predicate if is_signer_noun(t)), None)
    if noun is not None:
        named = any(scene.cast.at(t) is not None for t in doc[predicate.start : noun.i])
        return (
            None
            if named and predicate[0].lower_ not in {"among", "one", "a"}
            else doc[predicate.start : noun.i + 1]
        )
    who = next((t for t in predicate if t.lower_ in {"who", "that"}), None)
    for verb in predicate:
        endorses = (
            is_form_of(verb, signing_words("endorse") | letter_words("authors"))
            and object_letter(verb, scene) is not None
        )
        if who is not None and verb.i > who.i and (is_signing_verb(verb) or endorses):
            return doc[predicate.start : verb.i + 1] if modality_of(verb) == STATED else None
    behind = next(
        (t for t in predicate if t.lower_ in {"behind", "on", "backing", "signing"}), None
    )
    thing = None if behind is None else _signed_thing(predicate, behind)
    letter = scene.letter_in(predicate) is not None or predicate[-1].lower_ == "it"
    if thing is not None and behind is not None and letter:
        return doc[predicate.start : behind.i + 1]
    return None


def _signed_thing(predicate: Span, behind: Token) -> Token | None:
    """The "names" of "the names on the letter", the "players" of "the 106 players behind it"."""
    return next(
        (
            t
            for t in predicate
            if t.lower_ in _SIGNED_THINGS
            or (t.tag_ == "NNS" and t.i == behind.i - 1 and behind.lower_ != "on")
        ),
        None,
    )


def _name_after(noun: Token, scene: Scene) -> Listed | None:
    """The name in "co-signer Ann Lee"."""
    if noun.tag_ not in {"NN", "NNP"} or noun.i + 1 >= noun.sent.end:
        return None
    key = scene.cast.at(noun.nbor(1))
    if key is None:
        return None
    end = noun.i + 1
    while end < noun.sent.end and scene.cast.at(scene.doc[end]) == key:
        end += 1
    return Listed(key, scene.doc[noun.i + 1 : end], None)


def _name_apposed(noun: Token, scene: Scene) -> Listed | None:
    """The name in "one of the signatories, Ann Lee, said"."""
    doc, end = scene.doc, noun.sent.end
    before = doc[max(noun.sent.start, noun.i - 5) : noun.i].text.lower()
    single = "one of" in before or "another of" in before or noun.tag_ == "NN"
    if not single or noun.i + 2 >= end or doc[noun.i + 1].text != ",":
        return None
    key, stop = scene.cast.at(doc[noun.i + 2]), noun.i + 2
    while key is not None and stop < end and scene.cast.at(doc[stop]) == key:
        stop += 1
    return None if key is None else Listed(key, doc[noun.i + 2 : stop], None)


def _list_apposed(noun: Token, scene: Scene) -> Span:
    """The list in "the authors of the letter, Lee and Ray, ask for a vote"; may be empty."""
    doc, end = scene.doc, noun.sent.end
    after = doc[noun.i + 1 : min(noun.i + 7, end)]
    start = next((t.i for t in after if t.text in _APPOSING), None)
    nothing = doc[noun.i : noun.i]
    if start is None or noun.tag_ not in {"NNS", "NNPS"} or noun.i == noun.sent.start:
        return nothing
    between = doc[noun.i + 1 : start]
    defined = doc[noun.i - 1].lower_ in _DEFINING or any(
        t.tag_ == "POS" for t in doc[noun.i - 2 : noun.i]
    )
    if not defined or (len(between) and between[0].lower_ != "of") or start + 1 >= end:
        return nothing
    stop = next((t.i for t in doc[start:end] if is_finite(t) and scene.cast.at(t) is None), None)
    if doc[start].text != ",":
        closing = (t.i for t in doc[start + 1 : end] if t.text == doc[start].text)
        stop = next(closing, end - 2) + 1
    if (
        stop is None
        or doc[stop - 1].text != doc[start].text
        or not doc[start + 1].text[:1].isupper()
    ):
        return nothing
    return doc[start + 1 : stop - 1]


def _list_titled(noun: Token, scene: Scene) -> Span:
    """The list in "Initiators Ann Lee, Bob Ray and Cy Fox said so"; may be empty."""
    doc, start = scene.doc, noun.i + 1
    nothing = doc[noun.i : noun.i]
    if noun.tag_ not in {"NNS", "NNPS"} or start >= noun.sent.end:
        return nothing
    first = next((t for t in doc[start : start + 3] if scene.cast.at(t) is not None), None)
    if first is None or not all(t.text[:1].isupper() for t in doc[start : first.i + 1]):
        return nothing
    stop = next(
        (t.i for t in doc[first.i : noun.sent.end] if is_finite(t) and scene.cast.at(t) is None),
        None,
    )
    return nothing if stop is None else doc[start:stop]


def _apposition_start(noun: Token, scene: Scene) -> int | None:
    """The comma in front of "one of the signatories" or "a signatory"."""
    doc, i = scene.doc, noun.i - 1
    while i > noun.sent.start and doc[i].pos_ in {"DET", "NUM", "ADP", "ADJ"}:
        i -= 1
    if doc[i].lower_ == "and" and doc[i + 1].lower_ in _APPOSED:
        return next((n for n in range(i, noun.sent.start, -1) if _follows_name(n, scene)), None)
    i = noun.i - 1
    while i > noun.sent.start and doc[i].text not in {",", "—", "–"}:
        if doc[i].pos_ == "VERB" or scene.cast.at(doc[i]) is not None:
            return None
        i -= 1
    opens = doc[i].text in {",", "—", "–"} and doc[i + 1].lower_ in _APPOSED
    return i if opens else None


def _follows_name(i: int, scene: Scene) -> bool:
    """Whether a token is the comma of "Ann Lee, a baker and one of the signatories"."""
    return scene.doc[i].text == "," and scene.cast.at(scene.doc[i - 1]) is not None


def _name_before(comma: int, scene: Scene) -> Span:
    """The item in front of a comma: the name that ends there, if one does."""
    doc, start = scene.doc, comma
    key = scene.cast.at(doc[comma - 1])
    while key is not None and start > 0 and scene.cast.at(doc[start - 1]) == key:
        start -= 1
    if start < comma:
        return doc[start:comma]
    floor = doc[comma].sent.start
    while start > floor and doc[start - 1].text not in {",", "—", "–", "“", "”"}:
        start -= 1
    return doc[start:comma]
