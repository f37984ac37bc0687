"""Constructions of signing by writing: "wrote an open letter", "said in a letter to the board".

Each is one small function from a sentence and a scene to `Signing`s; its docstring is an example.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from undersigned.claims import EntityKind
from undersigned.reading.signing.clauses import words_before
from undersigned.reading.signing.cued import LETTER, cued_by
from undersigned.reading.signing.list_items import is_finite
from undersigned.reading.signing.modality import is_passive, modality_of, of_the_list, verb_group
from undersigned.reading.signing.name_lists import read_list
from undersigned.reading.signing.objects import agent_marker, letter_of_writing, letter_written
from undersigned.reading.signing.scene import Scene, Signing, is_form_of, letter_words
from undersigned.reading.signing.subjects import main_of_participle, people_in, subject_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Span, Token

    from undersigned.reading.signing.name_lists import Listed

_CARRYING: Final = frozenset({"in", "via", "through", "with"})
_NEW: Final = frozenset({"a", "an", "another", "one", "their", "his", "her", "its"})
"""What opens the noun phrase of a letter by whoever is spoken of."""
_FINITE: Final = frozenset({"VBD", "VBZ", "VBP", "VBN"})
_REACH: Final = 14
"""A relative clause begins at most so many tokens after the noun of its letter."""
_ACTS: Final = frozenset({"endorse", "welcome", "praise", "applaud", "say"})
"""What writers do in a letter, besides saying."""


@cued_by("letters.authors")
def wrote_the_letter(sentence: Span, scene: Scene) -> Iterator[Signing]:
    """As in "Forty mayors, including Ann Lee, sent a letter to the governor."."""
    for verb in sentence:
        if (
            not is_form_of(verb, letter_words("authors"))
            or verb.pos_ != "VERB"
            or agent_marker(verb) is not None
        ):
            continue
        letter, modality = letter_written(verb, scene), modality_of(verb)
        if letter is None or modality is None or is_passive(verb):
            continue
        where = subject_of(verb, scene)
        names = people_in(where, scene)
        if is_form_of(verb, letter_words("publishes")):
            names = tuple(n for n in names if _is_person(n, scene))
            names = () if len(names) == 1 and _is_only(names[0], where) else names
        yield Signing(
            rule="wrote-the-letter",
            letter=letter,
            words=(verb,),
            names=names,
            where=where,
            confidence=0.8,
            modality=of_the_list(where, modality),
        )


@cued_by("letters.publishes")
def handed_it_over(sentence: Span, scene: Scene) -> Iterator[Signing]:
    """As in "Ann Lee published an open letter": one person alone, who may carry others' names."""
    for verb in sentence:
        if not is_form_of(verb, letter_words("publishes")) or verb.pos_ != "VERB":
            continue
        letter, modality = letter_written(verb, scene), modality_of(verb)
        if letter is None or modality is None or is_passive(verb) or agent_marker(verb) is not None:
            continue
        where = subject_of(verb, scene)
        names = tuple(n for n in people_in(where, scene) if _is_person(n, scene))
        if len(names) == 1 and _is_only(names[0], where):
            yield Signing(
                rule="handed-it-over",
                letter=letter,
                words=(verb,),
                names=names,
                where=where,
                confidence=0.7,
                modality=modality,
                counts=False,
            )


def _is_only(name: Listed, where: Span) -> bool:
    """Whether a subject holds nobody else: no "Forty bakers, among them Ann Lee,"."""
    return not any(t.tag_ in {"NNS", "NNPS"} or t.like_num for t in where if t not in name.words)


@cued_by(LETTER, "according")
def according_to_the_letter(sentence: Span, scene: Scene) -> Iterator[Signing]:
    """As in "Forty nurses have called for a vote, according to a letter seen by Reuters."."""
    for according in sentence[1:-2]:
        letter = scene.letter_at(scene.doc[according.i + 2])
        if according.lower_ != "according" or letter is None:
            continue
        verb = next((t for t in sentence if is_finite(t) and t.i < according.i), None)
        main = verb.head if verb is not None and verb.dep_.startswith("aux") else verb
        says = main is not None and is_form_of(main, letter_words("says-in") | _ACTS)
        modality = None if main is None else modality_of(main)
        if main is None or not says or modality is None:
            continue
        where = words_before(main, scene.cast)
        if scene.doc[according.i + 2].lower_ in _NEW and len(where):
            yield Signing(
                rule="according-to-the-letter",
                letter=letter,
                words=(main, scene.doc[according.i : according.i + 2]),
                names=people_in(where, scene),
                where=where,
                confidence=0.7,
                modality=of_the_list(where, modality),
            )


@cued_by("letters.writes-to")
def wrote_to_them(sentence: Span, scene: Scene) -> Iterator[Signing]:
    """As in "Ann Lee wrote to the minister on Monday. The letter …"."""
    for verb in sentence:
        if verb.lower_ not in letter_words("writes-to") or verb.pos_ != "VERB":
            continue
        letter = letter_of_writing(verb, scene)
        modality = modality_of(verb)
        if letter is not None and modality is not None:
            where = subject_of(verb, scene)
            yield Signing(
                rule="wrote-to-them",
                letter=letter,
                words=(verb,),
                names=people_in(where, scene),
                where=where,
                confidence=0.75,
                modality=of_the_list(where, modality),
            )


@cued_by(LETTER, "letters.authors")
def letter_they_sent(sentence: Span, scene: Scene) -> Iterator[Signing]:
    """As in "a letter the campaign sent the committee"; "the letter that Ann Lee wrote"."""
    for token in sentence:
        letter = scene.letter_at(token)
        if letter is None or (
            token.i + 1 < sentence.end and scene.letter_at(token.nbor(1)) is not None
        ):
            continue
        verb = next((t for t in token.children if t.dep_ == "acl:relcl" and t.i > token.i), None)
        if verb is None or not is_form_of(verb, letter_words("authors")) or verb.i - token.i > 8:
            continue
        modality = modality_of(verb)
        where = scene.doc[token.i + 1 : verb.i]
        if modality is not None and len(where) and not any(t.text == "," for t in where):
            yield Signing(
                rule="letter-they-sent",
                letter=letter,
                words=(token, verb),
                names=tuple(read_list(where, scene.cast)),
                where=where,
                confidence=0.75,
                modality=of_the_list(where, modality),
            )


@cued_by(LETTER, "in", "via", "through", "with")
def said_in_the_letter(sentence: Span, scene: Scene) -> Iterator[Signing]:
    """As in "Ann Lee warned in a letter to the board …"; "In a letter, Ann Lee asked …"."""
    for preposition in sentence:
        if preposition.lower_ not in _CARRYING or preposition.i + 1 >= sentence.end:
            continue
        first = scene.doc[preposition.i + 1]
        letter = scene.letter_at(first)
        if preposition.lower_ == "with" and first.lower_ not in _NEW:
            continue
        verb = None if letter is None else _verb_of_the_phrase(preposition, sentence)
        if verb is None or _belongs_to_noun(preposition, verb, scene):
            continue
        verb = main_of_participle(verb, scene)
        modality = None if verb is None else modality_of(verb)
        if letter is None or verb is None or modality is None or is_passive(verb):
            continue
        where = _after_the_phrase(preposition, verb, subject_of(verb, scene))
        yield Signing(
            rule="said-in-the-letter",
            letter=letter,
            words=(verb, preposition),
            names=people_in(where, scene),
            where=where,
            confidence=0.75,
            modality=of_the_list(where, modality),
        )


@cued_by(LETTER, "which")
def in_which_they_say(sentence: Span, scene: Scene) -> Iterator[Signing]:
    """As in "a letter in which 70 bakers, including Ann Lee, asked for a road"."""
    for relative in sentence[2:]:
        if relative.lower_ != "which" or relative.nbor(-1).lower_ != "in":
            continue
        before = scene.doc[max(sentence.start, relative.i - _REACH) : relative.i - 1]
        letter = next((scene.letter_at(t) for t in reversed(before) if scene.letter_at(t)), None)
        verb = next((t for t in scene.doc[relative.i : sentence.end] if is_finite(t)), None)
        if letter is None or verb is None or any(t.pos_ == "VERB" for t in before[-2:]):
            continue
        modality, where = modality_of(verb), words_before(verb, scene.cast)
        where = scene.doc[max(where.start, relative.i + 1) : max(where.end, relative.i + 1)]
        if modality is not None and is_form_of(verb, letter_words("says-in") | _ACTS):
            yield Signing(
                rule="in-which-they-say",
                letter=letter,
                words=(scene.doc[relative.i - 1 : relative.i + 1], verb),
                names=people_in(where, scene),
                where=where,
                confidence=0.8,
                modality=of_the_list(where, modality),
            )


def _belongs_to_noun(preposition: Token, verb: Token, scene: Scene) -> bool:
    """As in "He said the examples *in the letter* were wrong": it speaks of the letter."""
    doc, sentence = scene.doc, preposition.sent
    between = doc[verb.i + 1 : preposition.i]
    if verb.i > preposition.i or not len(between) or between[-1].pos_ != "NOUN":
        return False
    end = preposition.i + 1
    while end < sentence.end and scene.letter_at(doc[end]) is not None:
        end += 1
    following = doc[end : min(end + 3, sentence.end)]
    return any(t.is_quote for t in following[:1]) or any(is_finite(t) for t in following[:2])


def _is_person(listed: Listed, scene: Scene) -> bool:
    return scene.cast.kind_of(listed.key) is EntityKind.PERSON


def _verb_of_the_phrase(preposition: Token, sentence: Span) -> Token | None:
    """The verb that "in a letter" belongs to; any active one where the phrase opens the clause."""
    verb = _saying_verb(preposition, sentence) or acting_verb(preposition)
    opens = preposition.i == sentence.start or preposition.nbor(-1).text in {"“", '"', ","}
    if verb is not None or not opens or preposition.nbor(1).lower_ not in _NEW:
        return verb
    comma = next((t.i for t in sentence if t.i > preposition.i and t.text == ","), sentence.end)
    verb = next((t for t in sentence if t.i > comma and t.pos_ == "VERB" and _is_main(t)), None)
    passive = verb is not None and is_passive(verb)
    return None if passive else verb


def acting_verb(preposition: Token) -> Token | None:
    """The verb in front of "in an open letter", whatever it says: "mauled the boss in a letter"."""
    before = preposition.doc[preposition.sent.start : preposition.i]
    verb = next((t for t in reversed(before) if t.pos_ == "VERB"), None)
    if verb is None or preposition.nbor(1).lower_ not in _NEW or preposition.lower_ != "in":
        return None
    active = verb.tag_ in {"VBD", "VBZ", "VBP"} or _is_finite_group(verb) or verb.tag_ == "VB"
    passive = is_passive(verb)
    found = is_form_of(verb, letter_words("finds-in"))
    return verb if active and not passive and not found else None


def _is_finite_group(verb: Token) -> bool:
    return any(t.lower_ in {"have", "has", "had"} for t in verb_group(verb))


def _is_main(verb: Token) -> bool:
    """Whether a verb is finite, or looks like an infinitive without "to" ("they make a case")."""
    before = verb.nbor(-1)
    return is_finite(verb) or (verb.tag_ == "VB" and before.tag_ not in {"TO", "MD"})


def _saying_verb(preposition: Token, sentence: Span) -> Token | None:
    """The verb that "in a letter" belongs to: by the parse, else the nearest verb of saying."""
    says = letter_words("says-in")
    head = preposition.head.head
    if (
        head.pos_ == "VERB"
        and head.lemma_.lower() in says
        and head.i in range(sentence.start, sentence.end)
    ):
        return head
    verbs = [
        t for t in sentence if t.pos_ == "VERB" and t.lemma_.lower() in says and t.tag_ in _FINITE
    ]
    return min(verbs, key=lambda t: abs(t.i - preposition.i), default=None)


def _after_the_phrase(preposition: Token, verb: Token, where: Span) -> Span:
    """What follows "In a letter to the board," where that opens the clause.

    With an apposition ("to the prime minister, Ann Lee, …") it is what follows the second comma;
    a dash closes the phrase surely.
    """
    edges = (t.left_edge for t in verb.children if t.dep_ == "nsubj" and t.i > preposition.i)
    edge = next(edges, None)
    if (
        edge is not None
        and edge.pos_ in {"DET", "NUM", "PRON"}
        and where.start < edge.i < where.end
    ):
        return where.doc[edge.i : where.end]
    if not where.start <= preposition.i < where.end:
        return where
    doc, after = where.doc, where.doc[preposition.i : where.end]
    dashes = [t.i for t in after if t.text in {"-", "–", "—"} and doc[t.i - 1].whitespace_]
    commas = [t.i for t in after if t.text == "," and _opens_subject(doc[t.i + 1], where)]
    if dashes:
        return doc[dashes[-1] + 1 : where.end]
    if not commas:
        return doc[where.end : where.end]
    named = any(t.pos_ == "PROPN" for t in doc[preposition.i : commas[0]])
    to_somebody = any(t.lower_ == "to" for t in doc[preposition.i : commas[0]])
    second = to_somebody and not named and len(commas) > 1
    return doc[commas[1 if second else 0] + 1 : where.end]


def _opens_subject(token: Token, where: Span) -> bool:
    return (
        token.pos_ in {"PROPN", "DET", "NOUN", "ADJ", "ADV", "PRON", "NUM"} and token.i < where.end
    )
