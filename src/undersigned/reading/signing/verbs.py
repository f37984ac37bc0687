"""Constructions of signing around a verb: "signed", "signed by", "put her name to", "wrote".

Each is one small function from a sentence and a scene to `Signing`s; its docstring is an example.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from undersigned.claims import Certainty, SignatureStatus
from undersigned.reading.signing.clauses import words_after
from undersigned.reading.signing.cued import cued_by
from undersigned.reading.signing.modality import Modality, modality_of, of_the_list, words_of
from undersigned.reading.signing.name_lists import read_list
from undersigned.reading.signing.objects import (
    agent_marker,
    letter_of_participle,
    letter_put_under,
    letter_signed,
    letters_by_order,
    object_letter,
)
from undersigned.reading.signing.scene import (
    STATED,
    Scene,
    Signing,
    given_words,
    is_form_of,
    is_signing_verb,
    signing_words,
)
from undersigned.reading.signing.subjects import main_of_participle, people_in, subject_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Span, Token

    from undersigned.claims import LocalKey

_FINITE: Final = frozenset({"VBD", "VBZ", "VBP", "VBN"})


_JOIN: Final = frozenset({"join"})
_OWN: Final = frozenset({"his", "her", "their", "its", "my", "our"})


@cued_by("signing.sign")
def signed(sentence: Span, scene: Scene) -> Iterator[Signing]:
    """As in "Ann Lee and Bob Ray signed the letter."; "Ann Lee, who refused to sign, …"."""
    for verb in sentence:
        if not is_signing_verb(verb) or agent_marker(verb) is not None:
            continue
        nothing = _none_of_them(verb)
        modality = modality_of(verb) if nothing is None else _denied(nothing)
        if modality is None:
            continue
        where = subject_of(verb, scene)
        for letter in _letters_signed(verb, scene):
            yield Signing(
                rule="signed",
                letter=letter,
                words=(verb,),
                names=people_in(where, scene),
                where=where,
                confidence=0.95,
                modality=of_the_list(where, modality),
            )


def _letters_signed(verb: Token, scene: Scene) -> tuple[LocalKey, ...]:
    """The letter that a verb of signing has as its object; two of "signed both"."""
    ordered = letters_by_order(verb.doc[verb.i + 1 : min(verb.i + 4, verb.sent.end)], scene)
    letter = None if ordered else letter_signed(verb, scene)
    return ordered if letter is None else (letter,)


def _none_of_them(verb: Token) -> Token | None:
    """The "neither" of "Ann Lee signed neither"."""
    after = verb.nbor(1) if verb.i + 1 < verb.sent.end else None
    return after if after is not None and _is_none(after) else None


def _is_none(token: Token) -> bool:
    return token.lower_ in {"neither", "nothing", "none"}


def _denied(negation: Token) -> Modality:
    return Modality(SignatureStatus.DENIED, Certainty.DENIED, (negation,))


@cued_by("signing.sign")
def got_them_to_sign(sentence: Span, scene: Scene) -> Iterator[Signing]:
    """As in "Ann Lee got 46 senators, among them Bob Ray, to sign her letter."."""
    for verb in sentence:
        governor = _verb_before_to(verb) if is_signing_verb(verb) else None
        if governor is None or not is_form_of(governor, words_of("causes")):
            continue
        letter, modality = letter_signed(verb, scene), modality_of(governor)
        if letter is None or modality != STATED:
            continue
        where = scene.doc[governor.i + 1 : verb.i - 1]
        own = any(t.lower_ in _OWN for t in scene.doc[verb.i : min(verb.i + 3, sentence.end)])
        author = people_in(subject_of(governor, scene), scene) if own else ()
        yield Signing(
            rule="got-them-to-sign",
            letter=letter,
            words=(governor, verb),
            names=(*author, *read_list(where, scene.cast, unknown=True)),
            where=where,
            confidence=0.75,
        )


def _verb_before_to(verb: Token) -> Token | None:
    """The last verb in front of "to sign"; None where no "to" stands before the verb."""
    before = verb.doc[verb.sent.start : verb.i]
    if not len(before) or before[-1].lower_ != "to":
        return None
    return next((t for t in reversed(before) if t.pos_ == "VERB"), None)


@cued_by("signing.endorse")
def endorsed(sentence: Span, scene: Scene) -> Iterator[Signing]:
    """As in "Ann Lee endorsed the letter."; the letter must be the object."""
    for verb in sentence:
        if not is_form_of(verb, signing_words("endorse")) or verb.pos_ != "VERB":
            continue
        letter = None if agent_marker(verb) is not None else object_letter(verb, scene)
        modality = modality_of(verb)
        if letter is not None and modality is not None:
            where = subject_of(verb, scene)
            yield Signing(
                rule="endorsed",
                letter=letter,
                words=(verb,),
                names=people_in(where, scene),
                where=where,
                confidence=0.8,
                modality=of_the_list(where, modality),
            )


@cued_by("signing.sign", "signing.endorse")
def signed_by(sentence: Span, scene: Scene) -> Iterator[Signing]:
    """As in "A letter signed by Ann Lee and Bob Ray"; "The petition, backed by forty firms, …"."""
    endorse = signing_words("endorse")
    for verb in sentence:
        marker = agent_marker(verb)
        if marker is None or not (is_signing_verb(verb) or is_form_of(verb, endorse)):
            continue
        letter, modality = letter_of_participle(verb, scene), modality_of(verb)
        if letter is not None and modality is not None:
            where = words_after(marker)
            yield Signing(
                rule="signed-by",
                letter=letter,
                words=(verb, marker),
                names=tuple(read_list(where, scene.cast, unknown=True)),
                where=where,
                confidence=0.95,
                modality=of_the_list(where, modality),
            )


@cued_by("signing.put")
def put_their_names(sentence: Span, scene: Scene) -> Iterator[Signing]:
    """As in "Lee put her name to the letter."; "They added their signatures to the petition."."""
    for verb in sentence:
        if not is_form_of(verb, signing_words("put")):
            continue
        after = scene.doc[verb.i + 1 : min(verb.i + 7, sentence.end)]
        noun = next((t for t in after if t.lower_ in given_words()), None)
        if noun is None or not any(t.lower_ in _OWN for t in after if t.i < noun.i):
            continue
        beside = _those_with(verb, scene)
        modality = modality_of(verb) if beside is None else STATED
        nothing = next((t for t in scene.doc[noun.i + 1 : verb.i + 7] if _is_none(t)), None)
        if nothing is not None:
            modality = _denied(nothing)
        if modality is None:
            continue
        where = subject_of(verb, scene) if beside is None else beside
        for letter in _letters_put_under(noun, scene):
            yield Signing(
                rule="put-their-names",
                letter=letter,
                words=(scene.doc[verb.i : noun.i + 1],),
                names=people_in(where, scene),
                where=where,
                confidence=0.95,
                modality=of_the_list(where, modality),
            )


def _letters_put_under(noun: Token, scene: Scene) -> tuple[LocalKey, ...]:
    """The letter of "put her name to it"; two of "put her name to both"."""
    ordered = letters_by_order(noun.doc[noun.i + 1 : min(noun.i + 5, noun.sent.end)], scene)
    letter = None if ordered else letter_put_under(noun, scene)
    return ordered if letter is None else (letter,)


def _those_with(verb: Token, scene: Scene) -> Span | None:
    """Lee and Ray in "The cast has backed it, with Lee and Ray both adding their names"."""
    if verb.tag_ != "VBG":
        return None
    doc, start = scene.doc, verb.sent.start
    before = doc[start : verb.i]
    with_ = next((t for t in reversed(before) if t.lower_ == "with"), None)
    if with_ is None or (with_.i > start and with_.nbor(-1).text != ","):
        return None
    where = doc[with_.i + 1 : verb.i]
    named = len(where) > 0 and (scene.cast.at(where[0]) is not None or where[0].is_title)
    return where if named and not any(t.pos_ == "VERB" for t in where) else None


@cued_by("join")
def joined_by(sentence: Span, scene: Scene) -> Iterator[Signing]:
    """As in "They were joined by Lee in signing it."; "Lee joined 40 others in signing it."."""
    for verb in sentence:
        if not is_form_of(verb, _JOIN) or not verb.tag_.startswith("VB"):
            continue
        after = words_after(verb)
        signing = next((t for t in after if _is_joint(t, scene)), None)
        if signing is None:
            continue
        letter = (
            letter_signed(signing, scene) if is_signing_verb(signing) else scene.letter_near(verb)
        )
        joins, verb = verb, main_of_participle(verb, scene)
        modality = modality_of(verb)
        if letter is None or modality is None:
            continue
        marker = agent_marker(joins)
        where = scene.doc[(marker or joins).i + 1 : signing.i - 1]
        joiners = () if marker is not None else people_in(subject_of(verb, scene), scene)
        yield Signing(
            rule="joined-in-signing",
            letter=letter,
            words=(verb, signing),
            names=(*joiners, *read_list(where, scene.cast, unknown=True)),
            where=where,
            confidence=0.9,
            modality=of_the_list(where, modality),
        )


def _is_joint(token: Token, scene: Scene) -> bool:
    """As in "joined 40 others in signing it", "joined 40 others in an open letter"."""
    if token.i == token.sent.start or token.nbor(-1).lower_ not in {"in", "on"}:
        return False
    return token.lower_ in signing_words("joint-calls") or scene.letter_at(token) is not None


@cued_by("signing.vouches")
def vouched_for(sentence: Span, scene: Scene) -> Iterator[Signing]:
    """As in "The organizer vouched for Ann Lee and Bob Ray." (for their signatures)."""
    for verb in sentence:
        if not is_form_of(verb, signing_words("vouches")) or verb.pos_ != "VERB":
            continue
        letter, modality = scene.letter_near(verb), modality_of(verb)
        if letter is None or modality is None or verb.i + 1 >= sentence.end:
            continue
        if verb.nbor(1).lower_ == "for":
            where = words_after(verb.nbor(1))
            yield Signing(
                rule="vouched-for",
                letter=letter,
                words=(verb,),
                names=tuple(read_list(where, scene.cast, unknown=True)),
                where=where,
                confidence=0.7,
                modality=of_the_list(where, modality),
                counts=False,
            )
