"""Constructions in which a name stands on a letter, heads its list, or stands beside a signer.

Each is one small function from a sentence and a scene to `Signing`s; its docstring is an example.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from undersigned.claims import Certainty, SignatureStatus
from undersigned.reading.signing.clauses import words_after
from undersigned.reading.signing.cued import LETTER, cued_by
from undersigned.reading.signing.modality import Modality, modality_of, words_of
from undersigned.reading.signing.name_lists import read_list
from undersigned.reading.signing.objects import (
    agent_marker,
    letter_put_under,
    letter_signed,
    letter_written,
)
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

    from undersigned.reading.signing.name_lists import Listed

_NAMES: Final = frozenset({"name", "names", "signature", "signatures"})
_REACH: Final = 10
_BESIDE: Final = ("alongside", "along with", "together with", "as well as")


@cued_by("signing.signatures")
def name_stands(sentence: Span, scene: Scene) -> Iterator[Signing]:
    """As in "Ann Lee's name is on it."; "The names of Lee and Ray appear under the letter."."""
    for noun in sentence:
        if noun.lower_ not in _NAMES:
            continue
        verb = next((t for t in scene.doc[noun.i : sentence.end] if _stands(t)), None)
        names = () if verb is None else _whose(noun, verb, scene)
        if not names or verb is None:
            continue
        after = [t for t in scene.doc[verb.i + 1 : sentence.end] if t.pos_ not in {"ADV", "PART"}]
        place = after[0] if after else None
        if place is None or place.lower_ not in {"on", "under", "among", "below", "beneath"}:
            continue
        letter, modality = letter_put_under(place.nbor(-1), scene), modality_of(verb)
        negation = next((t for t in scene.doc[verb.i : place.i] if _negates(t)), None)
        if letter is not None and modality is not None:
            yield Signing(
                rule="name-stands",
                letter=letter,
                words=(noun, verb, place),
                names=names,
                where=scene.doc[noun.i : noun.i + 1],
                confidence=0.85,
                modality=modality if negation is None else _denied(negation),
                counts=False,
            )


@cued_by("on", "aboard")
def on_the_list(sentence: Span, scene: Scene) -> Iterator[Signing]:
    """As in "Ann Lee and Bob Ray are also on the list."; "Cy Fox is on it, too."."""
    for verb in sentence:
        after = [
            t
            for t in scene.doc[verb.i + 1 : min(verb.i + 6, sentence.end)]
            if t.pos_ not in {"ADV", "PART"} or t.lower_ in signing_words("places")
        ]
        if not is_being(verb) or not after or not _is_place_of_names(after, scene):
            continue
        letter, modality = scene.letter_near(verb), modality_of(verb)
        negation = next((t for t in scene.doc[verb.i + 1 : after[0].i] if _negates(t)), None)
        if letter is not None and modality is not None:
            where = subject_of(verb, scene)
            yield Signing(
                rule="on-the-list",
                letter=letter,
                words=(verb, after[0]),
                names=people_in(where, scene),
                where=where,
                confidence=0.8,
                modality=modality if negation is None else _denied(negation),
                counts=False,
            )


def _is_place_of_names(words: list[Token], scene: Scene) -> bool:
    """Whether words open with "on the list", "on it", "on there", after names have been told."""
    first, rest = words[0], [t.lower_ for t in words[1:4]]
    if first.lower_ == "aboard":
        return True
    if first.lower_ != "on" or not rest:
        return False
    noun = next((w for w in rest if w not in {"the", "its", "that", "this"}), "")
    if noun not in signing_words("places"):
        return False
    listed = words[1 + rest.index(noun)]
    return not _of_others(listed) and _tells_of_signing(first, scene)


def _tells_of_signing(token: Token, scene: Scene) -> bool:
    """Whether signing is spoken of in a token's block up to it, or in the block before."""
    blocks = scene.text.blocks
    n = scene.text.block_number(token)
    return any(
        is_signing_verb(t) or is_signer_noun(t) or t.lower_ in _NAMES
        for t in scene.doc[blocks[max(0, n - 1)].start : token.i]
    )


@cued_by(LETTER, "behind", "around")
def united_behind(sentence: Span, scene: Scene) -> Iterator[Signing]:
    """As in "Acme and Bolt have banded together behind an open letter."."""
    for verb in sentence:
        if not is_form_of(verb, signing_words("unites")) or verb.pos_ != "VERB":
            continue
        after = scene.doc[verb.i + 1 : min(verb.i + 4, sentence.end)]
        behind = next((t for t in after if t.lower_ in {"behind", "around"}), None)
        if behind is None or behind.i + 1 >= sentence.end:
            continue
        letter, modality = scene.letter_at(behind.nbor(1)), modality_of(verb)
        if letter is not None and modality is not None:
            where = subject_of(verb, scene)
            yield Signing(
                rule="united-behind",
                letter=letter,
                words=(verb, behind),
                names=people_in(where, scene),
                where=where,
                confidence=0.85,
                modality=modality,
            )


@cued_by("signing.heads")
def heads_the_list(sentence: Span, scene: Scene) -> Iterator[Signing]:
    """As in "Ann Lee tops the list of signatories."; "The list is headed by Ann Lee."."""
    for verb in sentence:
        if not is_form_of(verb, signing_words("heads")) or verb.pos_ not in {"VERB", "NOUN"}:
            continue
        marker = agent_marker(verb)
        near = scene.doc[sentence.start : verb.i] if marker else words_after(verb)[:_REACH]
        listed = next((t for t in near if t.lower_ in {"list", "signatories", "signers"}), None)
        letter = None if listed is None or _of_others(listed) else scene.letter_near(verb)
        modality = modality_of(verb)
        if listed is None or letter is None or modality is None:
            continue
        where = words_after(marker) if marker else subject_of(verb, scene)
        names = tuple(read_list(where, scene.cast)) if marker else people_in(where, scene)
        next_ones = None if marker else _followed_by(listed)
        if next_ones is not None:
            names = (*names, *read_list(words_after(next_ones), scene.cast, unknown=True))
        yield Signing(
            rule="heads-the-list",
            letter=letter,
            words=(verb, listed),
            names=names,
            where=where,
            confidence=0.85,
            modality=modality,
            counts=False,
        )


def _followed_by(listed: Token) -> Token | None:
    """The "by" of "tops the list, followed by Bob Ray and Cy Fox"."""
    after = listed.doc[listed.i + 1 : min(listed.i + 4, listed.sent.end)]
    plain = after[:3].text.lower().replace(" ", "") == ",followedby"
    return after[2] if len(after) > 2 and plain else None


@cued_by("signing.sign", "letters.penning")
def signed_alongside(sentence: Span, scene: Scene) -> Iterator[Signing]:
    """As in "Ann Lee signed the letter, along with Bob Ray."; "wrote it with Bob Ray"."""
    for verb in sentence:
        if is_signing_verb(verb):
            letter = letter_signed(verb, scene)
        elif is_form_of(verb, letter_words("penning")) and verb.pos_ == "VERB":
            letter = letter_written(verb, scene)
        else:
            continue
        modality, marker = modality_of(verb), _beside(verb, scene)
        if letter is None or modality != STATED or marker is None:
            continue
        where = words_after(marker)
        yield Signing(
            rule="signed-alongside",
            letter=letter,
            words=(verb, marker),
            names=tuple(read_list(where, scene.cast)),
            where=where,
            confidence=0.85,
            counts=False,
        )


@cued_by("join")
def joined_the_signers(sentence: Span, scene: Scene) -> Iterator[Signing]:
    """As in "Ann Lee has joined the signatories."."""
    for verb in sentence:
        after = scene.doc[verb.i + 1 : min(verb.i + 6, sentence.end)]
        noun = next((t for t in after if is_signer_noun(t)), None)
        if verb.lemma_.lower() != "join" or verb.pos_ != "VERB" or noun is None:
            continue
        letter, modality = scene.letter_near(verb), modality_of(verb)
        plain = all(t.pos_ in {"DET", "ADJ", "NUM", "PRON", "NOUN"} for t in after if t.i < noun.i)
        if letter is not None and modality is not None and plain:
            where = subject_of(verb, scene)
            yield Signing(
                rule="joined-the-signers",
                letter=letter,
                words=(verb, noun),
                names=people_in(where, scene),
                where=where,
                confidence=0.85,
                modality=modality,
                counts=False,
            )


def _whose(noun: Token, verb: Token, scene: Scene) -> tuple[Listed, ...]:
    """Whose name: "Lee's name", "her name", "the names of Lee and Ray"."""
    sentence, doc = noun.sent, scene.doc
    if noun.i + 1 < sentence.end and noun.nbor(1).lower_ == "of":
        return tuple(read_list(doc[noun.i + 2 : verb.i], scene.cast))
    if noun.i < sentence.start + 1:
        return ()
    before = noun.nbor(-1)
    if before.tag_ == "PRP$":
        resolution = scene.cast.resolve(doc[before.i : before.i + 1])
        words = doc[before.i : before.i + 1]
        return () if resolution is None else people_in(words, scene)
    if before.tag_ == "POS":
        return tuple(read_list(doc[sentence.start : before.i], scene.cast)[-1:])
    return ()


def _stands(verb: Token) -> bool:
    return verb.pos_ in {"VERB", "AUX"} and (
        is_being(verb) or is_form_of(verb, signing_words("stands"))
    )


def _negates(token: Token) -> bool:
    return token.lower_ in words_of("negations")


def _denied(negation: Token) -> Modality:
    return Modality(SignatureStatus.DENIED, Certainty.DENIED, (negation,))


def _of_others(listed: Token) -> bool:
    """As in "the list of critics", whom nobody calls signers."""
    after = listed.doc[listed.i + 1 : min(listed.i + 6, listed.sent.end)]
    if len(after) < 2 or after[0].lower_ != "of":
        return False
    return not any(is_signer_noun(t) or t.lower_ in _NAMES or t.like_num for t in after[1:])


def _opens_with_name(words: Span, scene: Scene) -> bool:
    """As in "Bob Ray", "the playwright Bob Ray"; no "with Bob Ray adding sugar"."""
    first = next((t for t in words if scene.cast.at(t) is not None), None)
    if any(t.tag_ == "VBG" for t in words.doc[words.start : min(words.end + 4, words.sent.end)]):
        return False
    return first is not None and all(
        t.pos_ in {"DET", "ADJ", "NOUN", "PROPN"} for t in words if t.i < first.i
    )


def _beside(verb: Token, scene: Scene) -> Token | None:
    """The last word of "along with" and the like, or "with" and a name, in a verb's clause."""
    doc, stop = verb.doc, verb.sent.end
    for i in range(verb.i + 1, min(verb.i + 12, stop)):
        if doc[i].pos_ in {"VERB", "AUX"} or doc[i].text in {";", ":", "“"}:
            return None
        for phrase in _BESIDE:
            end = i + len(phrase.split())
            if end < stop and doc[i:end].text.lower() == phrase:
                return doc[end - 1]
        if doc[i].lower_ == "with" and _opens_with_name(doc[i + 1 : min(i + 6, stop)], scene):
            return doc[i]
    return None
