"""Which letter a verb is about: as its object, as the noun it describes, or by the context."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Final

from undersigned.reading.signing.days import DAYS
from undersigned.reading.signing.scene import (
    Scene,
    is_form_of,
    is_signing_verb,
    letter_words,
    signing_words,
)

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

    from undersigned.claims import LocalKey

_TEXTS: Final = frozenset({"text", "filing", "document", "draft"})
_STAND_FOR_LETTERS: Final = frozenset(
    {
        "it",
        "them",
        "one",
        "list",
        "document",
        "text",
        "missive",
        "call",
        "plea",
        "appeal",
        "version",
    }
)
_NAME_GOES_TO: Final = frozenset({"to", "on", "under", "beneath", "below", "behind"})
_WITH_WHOM: Final = frozenset({"with", "together", "alongside", "and", "to", "in"})
_ORDINALS: Final = {
    "both": slice(0, 2),
    "neither": slice(0, 2),
    "first": slice(0, 1),
    "former": slice(0, 1),
    "second": slice(1, 2),
    "latter": slice(1, 2),
}
_BEFORE_ORDINAL: Final = frozenset({"to", "on", "under", "the", "of", "in", "fact", "only"})
_MOMENTS: Final = frozenset({"noon", "midnight", "then", "now", "today"})
_TO_TEXT: Final = 4
_NO_LETTER_SIGNED: Final = frozenset({("off", "on"), *product(("on", "up"), ("for", "with", "at"))})
"""As in "signed off on the plan", "signed on for another season", "signed up with Acme"."""
_BLOCK_REACH: Final = 60
"""So many tokens before its paragraph may a letter be told of whose "text" somebody wrote."""
_AUTHOR_REACH: Final = 9
"""So many tokens at most lie between a letter and the "by" of "filed on the same day by"."""
_BEFORE_OBJECT: Final = frozenset({"DET", "ADJ", "ADV", "PRON", "NUM", "ADP", "PART"})
_TAGS_BEFORE_OBJECT: Final = frozenset({"HYPH", "NN", "NNP", "NNPS", "VBN", "POS"})


def agent_marker(verb: Token) -> Token | None:
    """The "by" of a passive."""
    if verb.tag_ in {"VBD", "VBZ", "VBP"} and any(t.dep_ == "nsubj" for t in verb.children):
        return None
    after = verb.doc[verb.i + 1 : min(verb.i + 9, verb.sent.end)]
    if after[:2].text.lower() == "among others":
        after = after[2:]
    behalf = next((n for n, t in enumerate(after[:4]) if t.lower_ == "behalf"), None)
    if behalf is not None and after[0].lower_ == "on":
        after = after[behalf + 1 :]
    reach = 2 if len(after) and after[0].pos_ == "ADV" else 1
    marker = next((t for t in after[:reach] if t.lower_ == "by"), None)
    return None if marker is not None and is_day(marker.nbor(1)) else marker


def author_marker(noun: Token) -> Token | None:
    """The word before the author of "a letter from Lee", "a brief, filed on Monday by Acme"."""
    doc, stop = noun.doc, min(noun.i + _AUTHOR_REACH, noun.sent.end)
    start = noun.i + 1
    if start < stop and doc[start].lower_ == "from":
        return doc[start]
    if start < stop and doc[start].lower_ == "to":
        sender = _sender_after_addressee(doc[start + 1 : min(start + _AUTHOR_REACH, noun.sent.end)])
        if sender is not None:
            return sender
    if start < stop and doc[start].text == ",":
        start += 1
    if start + 1 < stop and doc[start].lower_ in {"by", "from"} and doc[start + 1].pos_ != "PRON":
        return doc[start]
    makes = (letter_words("authors") - letter_words("publishes")) | {"place", "lead"}
    if start >= stop or doc[start].tag_ != "VBN" or not is_form_of(doc[start], makes):
        return None
    for token in doc[start + 1 : stop]:
        if token.pos_ == "VERB" or token.text in {",", ";", "“"}:
            return None
        if token.lower_ == "by" and token.i + 1 < noun.sent.end and not is_day(token.nbor(1)):
            return token
    return None


def _sender_after_addressee(after: Span) -> Token | None:
    """The "from" of "a letter to Mayor Ann Lee from Bob Ray": names and nouns stand between."""
    for token in after:
        if token.lower_ == "from":
            return token if token.i > after.start else None
        if token.pos_ not in {"PROPN", "NOUN", "ADJ", "DET"} and token.lower_ not in {"of", "for"}:
            return None
    return None


def object_letter(verb: Token, scene: Scene) -> LocalKey | None:
    """The letter that stands as a verb's object: by the parse, or right after it."""
    for child in verb.children:
        if child.dep_ == "obj" and child.i > verb.i and scene.letter_at(child) is not None:
            return scene.letter_at(child)
    for token in scene.doc[verb.i + 1 : min(verb.i + 9, verb.sent.end)]:
        letter = scene.letter_at(token)
        if letter is not None:
            return letter
        if token.pos_ not in _BEFORE_OBJECT and token.tag_ not in _TAGS_BEFORE_OBJECT:
            return None
        if token.lower_ == "in":
            return None
    return None


def letter_written(verb: Token, scene: Scene) -> LocalKey | None:
    """The letter that a verb of writing has as its object; "it" is the letter spoken of."""
    after = scene.doc[verb.i + 1 : min(verb.i + 3, verb.sent.end)]
    if after[:1].text.lower() == "it" and is_form_of(verb, letter_words("penning")):
        ends = len(after) < 2 or after[1].is_punct or after[1].lower_ in _WITH_WHOM
        return scene.letter_near(verb) if ends else None
    if is_form_of(verb, letter_words("penning")) and _is_its_text(verb, scene):
        return scene.letter_near(verb)
    return object_letter(verb, scene)


def _is_its_text(verb: Token, scene: Scene) -> bool:
    """As in "wrote the text", "wrote most of the text", where a letter has been told of before."""
    after = scene.doc[verb.i + 1 : min(verb.i + 6, verb.sent.end)]
    text = next((t for t in after if t.lower_ in _TEXTS), None)
    opens = text is not None and text.nbor(-1).lower_ == "the" and text.i - verb.i <= _TO_TEXT
    start = scene.text.block_of(verb).start
    return opens and scene.letter_in(scene.doc[max(0, start - _BLOCK_REACH) : verb.i]) is not None


def letter_signed(verb: Token, scene: Scene) -> LocalKey | None:
    """The letter that a verb of signing has as its object, or the one meant where it has none.

    None where something else is signed ("signed the bill", "signed a contract").
    """
    letter = object_letter(verb, scene)
    if letter is not None:
        return letter
    direct = [
        t
        for t in verb.children
        if t.dep_ == "obj"
        and t.i > verb.i
        and all(between.text != "," for between in scene.doc[verb.i : t.i])
    ]
    if direct:
        return scene.letter_near(verb) if direct[0].lower_ in _STAND_FOR_LETTERS else None
    after = verb.nbor(1) if verb.i + 1 < verb.sent.end else None
    if after is None:
        return scene.letter_near(verb)
    further = after.nbor(1).lower_ if after.i + 1 < verb.sent.end else ""
    if (after.lower_, further) in _NO_LETTER_SIGNED:
        return None
    if after.pos_ in {"NOUN", "PROPN", "DET", "NUM"} and after.dep_ != "obl:unmarked":
        return scene.letter_near(verb) if after.lower_ in _STAND_FOR_LETTERS else None
    return scene.letter_near(verb)


def letters_by_order(after: Span, scene: Scene) -> tuple[LocalKey, ...]:
    """The letters of "signed both", "put her name to the second": by the order of their telling.

    Empty where a noun follows ("the second bill"), or where the article tells of more than two.
    """
    pointer = next((t for t in after if t.lower_ not in _BEFORE_ORDINAL), None)
    if pointer is None or pointer.lower_ not in _ORDINALS or scene.letter_at(pointer) is not None:
        return ()
    following = pointer.nbor(1) if pointer.i + 1 < len(scene.doc) else pointer
    if following.pos_ in {"NOUN", "PROPN", "ADJ", "NUM"} and scene.letter_at(following) is None:
        return ()
    told = list(dict.fromkeys(key for i in sorted(scene.letters) for key in scene.letters[i]))
    return tuple(told[_ORDINALS[pointer.lower_]]) if len(told) == 2 else ()


def letter_put_under(noun: Token, scene: Scene) -> LocalKey | None:
    """The letter of "put her name to it", "added his name"; None where the name goes elsewhere."""
    rest = scene.doc[noun.i + 1 : min(noun.i + 7, noun.sent.end)]
    if len(rest) and rest[0].lower_ in _NAME_GOES_TO and not _is_date(rest[1:2]):
        letter = scene.letter_in(rest)
        stands = any(t.lower_ in _STAND_FOR_LETTERS for t in rest)
        return scene.letter_near(noun) if letter is None and stands else letter
    named = len(rest) > 0 and rest[0].lower_ in {"as", "of", "for", "from", "in", "and"}
    return None if named else scene.letter_near(noun)


def is_day(token: Token) -> bool:
    """As in "signed by Tuesday", where "by" names no signer."""
    return token.lower_ in DAYS | _MOMENTS


def _is_date(words: Span) -> bool:
    """As in "added her name on Tuesday", "on 4 March"."""
    return any(is_day(t) or t.like_num for t in words)


def letter_of_subject(subject: Span, scene: Scene) -> LocalKey | None:
    """The letter that a subject names, or means by "it"."""
    letter = scene.letter_in(subject)
    if letter is None and len(subject) and subject[-1].lower_ in _STAND_FOR_LETTERS | {"which"}:
        return scene.letter_near(subject[-1])
    return letter


def letter_of_participle(verb: Token, scene: Scene) -> LocalKey | None:
    """The letter that a participle describes: "a letter signed by", "the petition, backed by"."""
    head = verb.head if verb.dep_.startswith("acl") else None
    if head is not None and head.i < verb.i and head.pos_ in {"NOUN", "PROPN"}:
        letter = scene.letter_at(head) or scene.letter_in(scene.doc[head.i : verb.i])
        if letter is not None or not is_signing_verb(verb) or head.i == verb.i - 1:
            return letter
    for token in reversed(scene.doc[verb.sent.start : verb.i]):
        letter = scene.letter_at(token)
        if letter is not None:
            return letter
    subject = next((t for t in verb.children if t.dep_ == "nsubj:pass"), None)
    if subject is None and verb.dep_ == "conj":
        first = next((t for t in verb.head.children if t.dep_ == "nsubj:pass"), None)
        return scene.letter_near(verb) if first is not None and first.lower_ == "it" else None
    stands = subject is not None and (
        subject.lower_ in {"which", "this"} or subject.lower_ in _STAND_FOR_LETTERS
    )
    return scene.letter_near(verb) if stands and _may_be_of_it(verb, scene) else None


def _may_be_of_it(verb: Token, scene: Scene) -> bool:
    """Whether "it was signed", or "it is backed", may be said of a letter: right after one, say."""
    if is_signing_verb(verb):
        return True
    start = verb.sent.start
    backed = is_form_of(verb, signing_words("endorse"))
    return backed and start > 0 and scene.letter_in(scene.doc[start - 1].sent) is not None


def letter_of_writing(verb: Token, scene: Scene) -> LocalKey | None:
    """The letter of "wrote to the minister": spoken of in the next sentence as "the letter"."""
    if scene.letter_at(verb) is not None:
        return scene.letter_at(verb)
    sentence, following = verb.sent, None
    if (
        verb.i + 1 < sentence.end
        and verb.nbor(1).lower_ == "to"
        and scene.letter_in(sentence) is None
    ):
        following = scene.doc[sentence.end].sent if sentence.end < len(scene.doc) else None
    if following is None:
        return None
    token = next((t for t in following if scene.letter_at(t) is not None), None)
    definite = token is not None and token.lower_ in {"the", "this", "their", "his", "her", "its"}
    return scene.letter_at(token) if token is not None and definite else None
