"""Constructions that tell a letter's authors: "a letter from Lee", "Lee's letter", "their letter".

Each is one small function from a sentence and a scene to `Signing`s; its docstring is an example.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from undersigned.reading.counts import counts_people, iter_counts
from undersigned.reading.signing.clauses import words_after
from undersigned.reading.signing.cued import LETTER, cued_by
from undersigned.reading.signing.list_items import is_finite
from undersigned.reading.signing.modality import modality_of
from undersigned.reading.signing.name_lists import read_list
from undersigned.reading.signing.objects import agent_marker
from undersigned.reading.signing.scene import Scene, Signing, is_form_of, letter_words
from undersigned.reading.signing.subjects import people_in
from undersigned.source import BlockKind

if TYPE_CHECKING:
    from collections.abc import Iterator

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
        if letter is None or not opens or sentence.start == 0 or _is_known(letter, token, scene):
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
    return any(
        scene.letter_at(t) == letter
        for block in scene.text.blocks
        if block.block.kind not in _HEADINGS
        for t in scene.doc[block.start : min(block.end, token.i)]
    )


def _is_among(predicate: Span) -> bool:
    return any(t.lower_ in {"among", "amongst"} for t in predicate[:2])


@cued_by(LETTER)
def letter_from(sentence: Span, scene: Scene) -> Iterator[Signing]:
    """As in "A letter from Lee and Ray"; "an open letter by forty chefs, among them Lee"."""
    for token in sentence:
        letter = scene.letter_at(token)
        if letter is None or token.i + 1 >= sentence.end:
            continue
        marker = token.nbor(1)
        if marker.text == "," and marker.i + 1 < sentence.end:
            marker = marker.nbor(1)
        if (
            marker.tag_ == "VBN"
            and marker.lower_ in {"written", "penned", "authored", "sent"}
            and marker.i + 1 < sentence.end
        ):
            marker = marker.nbor(1)
        if marker.lower_ in {"from", "by"} and (marker.i == token.i + 1 or marker.lower_ == "by"):
            where = words_after(marker)
            yield Signing(
                rule="letter-from",
                letter=letter,
                words=(token, marker),
                names=tuple(read_list(where, scene.cast)),
                where=where,
                confidence=0.75,
            )


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
    return scene.letter_at(head) if head.i < verb.i else None


@cued_by(LETTER)
def owned_letter(sentence: Span, scene: Scene) -> Iterator[Signing]:
    """As in "Lee's letter calls for …"; "submissions placed by Acme": its author."""
    for token in sentence:
        letters = scene.letters_at(token)
        if not letters or (scene.doc[token.i - 1].tag_ != "POS" and not _placed_by(token)):
            continue
        if token.i and scene.doc[token.i - 1].tag_ == "POS":
            where = _owner_before(token.i - 1, scene)
            if letters[0] != scene.main and _follows_the(where):
                continue
        else:
            where = words_after(scene.doc[token.i + 2])
        for name in read_list(where, scene.cast):
            owned = [key for key in letters if key.endswith(name.key.split("-", 1)[1])] or list(
                letters[:1]
            )
            for letter in owned:
                yield Signing(
                    rule="owned-letter",
                    letter=letter,
                    words=(token,),
                    names=(name,),
                    where=where,
                    confidence=0.65,
                    counts=False,
                )


def _follows_the(owner: Span) -> bool:
    """Whether a letter is only called by the name: "the Harper's letter"."""
    return owner.start > owner.sent.start and owner.doc[owner.start - 1].lower_ == "the"


def _placed_by(token: Token) -> bool:
    after = token.doc[token.i + 1 : min(token.i + 3, token.sent.end)]
    own = (letter_words("authors") - letter_words("publishes")) | {"place"}
    placed = len(after) == 2 and is_form_of(after[0], own)
    return placed and after[0].tag_ == "VBN" and after[1].lower_ == "by"


def _owner_before(possessive: int, scene: Scene) -> Span:
    doc, start = scene.doc, possessive
    key = scene.cast.at(doc[possessive - 1])
    while key is not None and start > 0 and scene.cast.at(doc[start - 1]) == key:
        start -= 1
    return doc[start:possessive]
