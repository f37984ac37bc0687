"""Constructions that tell a letter's authors: "a letter from Lee", "Lee's letter", "their letter".

Each is one small function from a sentence and a scene to `Signing`s; its docstring is an example.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from undersigned.claims import EntityKind
from undersigned.reading.counts import counts_people, iter_counts
from undersigned.reading.signing.clauses import words_after
from undersigned.reading.signing.cued import LETTER, cued_by
from undersigned.reading.signing.list_items import is_finite
from undersigned.reading.signing.modality import modality_of
from undersigned.reading.signing.name_lists import Listed, read_list
from undersigned.reading.signing.objects import agent_marker, author_marker
from undersigned.reading.signing.scene import (
    Scene,
    Signing,
    is_being,
    is_form_of,
    is_signer_noun,
    letter_words,
    signing_words,
)
from undersigned.reading.signing.subjects import people_in
from undersigned.source import BlockKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spacy.tokens import Span, Token

    from undersigned.claims import LocalKey

_OPENING_WORDS: Final = 3
_HEADINGS: Final = frozenset({BlockKind.HEADLINE, BlockKind.SUBHEADING})


@cued_by(LETTER)
def their_letter(sentence: Span, scene: Scene) -> Iterator[Signing]:
    """As in "Lee and Ray want a vote. Their open letter …"; "Forty nurses strike. The letter …"."""
    for token in sentence:
        letter = scene.letter_at(token)
        opens = token.lower_ == "the" or (token.lower_ == "their" and _of_others(token, scene))
        each = len(scene.letters_at(token)) > 1
        if letter is None or not opens or each or sentence.start == 0:
            continue
        if _is_known(letter, token, scene):
            continue
        before = scene.doc[sentence.start - 1].sent
        verb = next((t for t in before if is_finite(t) and scene.cast.at(t) is None), None)
        where = scene.doc[before.start : before.start if verb is None else verb.i]
        names = tuple(read_list(where, scene.cast))
        if len(where) and where[-1].lower_ == "they":
            names = people_in(where, scene)
        predicate = scene.doc[where.end : before.end]
        other = scene.letter_in(before) is not None
        counted = (
            token.lower_ == "the"
            and not other
            and any(counts_people(c) for c in iter_counts(where[:4]))
        )
        if counted or (token.lower_ == "their" and (len(names) > 1 or len(where) > 1)):
            yield Signing(
                rule="their-letter",
                letter=letter,
                words=(scene.doc[token.i : token.i + 1],),
                names=names,
                where=predicate if _is_among(predicate) else where,
                confidence=0.65,
            )
        return


def _of_others(their: Token, scene: Scene) -> bool:
    """Whether "their" means nobody of its own sentence: "The daily printed their letter"."""
    before = scene.doc[their.sent.start : their.i]
    if len(before) < _OPENING_WORDS:
        return True
    return len(read_list(before, scene.cast)) < 2 and not any(
        t.tag_ == "NNS" or t.lower_ == "they" or t.like_num for t in before
    )


def _is_known(letter: LocalKey, token: Token, scene: Scene) -> bool:
    """Whether the story has spoken of a letter in front of a token, headings apart."""
    for place in scene.places_of(letter):
        if place >= token.i:
            return False
        if scene.text.block_of(scene.doc[place]).block.kind not in _HEADINGS:
            return True
    return False


def _is_among(predicate: Span) -> bool:
    return any(t.lower_ in {"among", "amongst"} for t in predicate[:2])


@cued_by(LETTER)
def letter_from(sentence: Span, scene: Scene) -> Iterator[Signing]:
    """As in "A letter from Lee and Ray"; "an open letter by forty chefs, among them Lee"."""
    for token in sentence:
        letters = scene.letters_at(token)
        marker = author_marker(token) if letters else None
        if marker is None:
            continue
        where = words_after(marker)
        for letter, names in _each_its_own(letters, read_list(where, scene.cast), scene):
            yield Signing(
                rule="letter-from",
                letter=letter,
                words=(token, marker),
                names=names,
                where=where,
                confidence=0.75,
                counts=len(letters) == 1,
            )


def _each_its_own(
    letters: Sequence[LocalKey], names: Sequence[Listed], scene: Scene
) -> Iterator[tuple[LocalKey, tuple[Listed, ...]]]:
    """The names with their letters: of "submissions by Acme and Bolt" each has made one."""
    for letter in letters:
        owners = scene.owners.get(letter, ())
        own = tuple(n for n in names if n.key in owners) if len(letters) > 1 else tuple(names)
        if own or len(letters) == 1:
            yield letter, own


@cued_by("letters.penning")
def penned_by(sentence: Span, scene: Scene) -> Iterator[Signing]:
    """As in "The letter was penned by Ann Lee."; "an open reply, which was drafted by Bob Ray"."""
    for verb in sentence:
        if not is_form_of(verb, letter_words("penning")) or verb.tag_ not in {"VBN", "VBD"}:
            continue
        marker, letter = agent_marker(verb), _letter_penned(verb, scene)
        modality = modality_of(verb)
        if marker is None or letter is None or modality is None:
            continue
        where = words_after(marker)
        yield Signing(
            rule="penned-by",
            letter=letter,
            words=(verb, marker),
            names=tuple(read_list(where, scene.cast)),
            where=where,
            confidence=0.75,
            modality=modality,
        )


def _letter_penned(verb: Token, scene: Scene) -> LocalKey | None:
    """The letter that a passive verb is about: its noun, its subject, or what "which" means."""
    subject = next((t for t in verb.children if t.dep_ == "nsubj:pass"), None)
    if subject is not None and subject.lower_ in {"which", "that"}:
        before = scene.doc[max(verb.sent.start, subject.i - 2) : subject.i]
        return scene.letter_in(before)
    if subject is not None and subject.lower_ == "it":
        return scene.letter_near(verb)
    head = subject if subject is not None else verb.head
    letter = scene.letter_at(head) if head.i < verb.i else None
    return letter or _letter_after_aside(verb, scene)


def _letter_after_aside(verb: Token, scene: Scene) -> LocalKey | None:
    """The subject of "The letter, sent to the minister and copied to the mayor, was drafted by"."""
    opens, being = scene.doc[verb.sent.start : verb.sent.start + 3], verb.nbor(-1)
    letter = scene.letter_in(opens)
    aside = being.i > opens.end and is_being(being) and being.nbor(-1).text in {",", "—", "–"}
    return letter if aside else None


@cued_by("signing.writers")
def its_author(sentence: Span, scene: Scene) -> Iterator[Signing]:
    """As in "A rival letter is going round. Its author, Ann Lee, said …"; "Bob Ray, its author"."""
    for noun in sentence:
        if noun.lower_ not in signing_words("writers") or noun.i == 0:
            continue
        letter = _letter_of_its(noun.nbor(-1), scene)
        if letter is None:
            continue
        where = _apposed_to(noun, scene)
        names = tuple(read_list(where, scene.cast))
        if names:
            yield Signing(
                rule="its-author",
                letter=letter,
                words=(scene.doc[noun.i - 1 : noun.i + 1],),
                names=names,
                where=where,
                confidence=0.8,
                counts=False,
            )


def _letter_of_its(pronoun: Token, scene: Scene) -> LocalKey | None:
    """The letter last told of in a block before "its"; None where another work came after it."""
    if pronoun.lower_ != "its":
        return None
    start = scene.text.block_of(pronoun).start
    for token in reversed(scene.doc[start : pronoun.i]):
        if scene.letter_at(token) is not None:
            return scene.letter_at(token)
        if token.lower_ in letter_words("other-works"):
            return None
    return None


def _apposed_to(noun: Token, scene: Scene) -> Span:
    """The name beside "its author": after it, with or without a comma, or before it."""
    doc, after = scene.doc, noun.i + 1
    if after < noun.sent.end and doc[after].text == ",":
        after += 1
    end = after
    while end < noun.sent.end and scene.cast.at(doc[end]) is not None:
        end += 1
    if end > after:
        return doc[after:end]
    end = start = noun.i - 2 if doc[noun.i - 2].text == "," else noun.i
    while start > noun.sent.start and end < noun.i and scene.cast.at(doc[start - 1]) is not None:
        start -= 1
    return doc[start:end]


@cued_by("other")
def other_signers(sentence: Span, scene: Scene) -> Iterator[Signing]:
    """As in "It was organized by Ann Lee. Other signatories include Bob Ray."; Lee is one."""
    opens = sentence[:_OPENING_WORDS]
    noun = next((t for t in opens[1:] if is_signer_noun(t)), None)
    if noun is None or opens[0].lower_ != "other" or sentence.start == 0:
        return
    before = scene.doc[sentence.start - 1].sent
    letter = scene.letter_near(noun)
    for verb in before:
        makes = is_form_of(verb, letter_words("organizes") | letter_words("penning"))
        marker = agent_marker(verb) if makes and verb.tag_ in {"VBN", "VBD"} else None
        if letter is None or marker is None or scene.letter_in(before) not in {None, letter}:
            continue
        where = words_after(marker)
        names = tuple(n for n in read_list(where, scene.cast) if _is_person(n, scene))
        yield Signing(
            rule="other-signers",
            letter=letter,
            words=(scene.doc[verb.i : marker.i + 1], scene.doc[opens.start : noun.i + 1]),
            names=names,
            where=where,
            confidence=0.75,
            counts=False,
        )
        return


def _is_person(listed: Listed, scene: Scene) -> bool:
    return scene.cast.kind_of(listed.key) is EntityKind.PERSON


@cued_by(LETTER)
def owned_letter(sentence: Span, scene: Scene) -> Iterator[Signing]:
    """As in "Lee's letter calls for …"; "their own submissions": its author."""
    for token in sentence:
        letters = scene.letters_at(token)
        if not letters or token.i == sentence.start:
            continue
        before = scene.doc[token.i - 1]
        where = scene.doc[token.i : token.i + 1]
        if before.tag_ == "POS":
            where = _owner_before(before.i, scene)
            if letters[0] != scene.main and _follows_the(where):
                continue
            names = read_list(where, scene.cast)
        elif before.lower_ == "their" and len(letters) > 1:
            names = [Listed(k, where, None) for key in letters for k in scene.owners.get(key, ())]
        else:
            continue
        for letter, own in _each_its_own(letters, names, scene):
            yield Signing(
                rule="owned-letter",
                letter=letter,
                words=(token,),
                names=own,
                where=where,
                confidence=0.65,
                counts=False,
            )


def _follows_the(owner: Span) -> bool:
    """Whether a letter is only called by the name: "the Harper's letter"."""
    return owner.start > owner.sent.start and owner.doc[owner.start - 1].lower_ == "the"


def _owner_before(possessive: int, scene: Scene) -> Span:
    doc, start = scene.doc, possessive
    key = scene.cast.at(doc[possessive - 1])
    while key is not None and start > 0 and scene.cast.at(doc[start - 1]) == key:
        start -= 1
    return doc[start:possessive]
