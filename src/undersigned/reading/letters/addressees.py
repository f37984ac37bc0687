"""To whom a letter is addressed: one small function a construction, with an example each.

To add one: write a function from a letter's mention and the scene to `Party`s, and put it into
`OUTRIGHT`; one that names who is asked for something belongs into `URGED` in `urged.py`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from spacy.tokens import Token

from undersigned.claims import EntityKind, LetterKind
from undersigned.reading.letters.mentions import Article
from undersigned.reading.letters.parties import Party, parties_in, phrase_after, starts_noun_phrase
from undersigned.reading.letters.urged import URGED, it_sentence
from undersigned.reading.signing.days import DAYS
from undersigned.reading.signing.objects import letter_of_writing
from undersigned.reading.signing.scene import (
    Scene,
    is_form_of,
    letter_words,
    signing_words,
)
from undersigned.source import BlockKind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from spacy.tokens import Span

    from undersigned.reading.letters.mentions import LetterMention

_BEARING: Final = frozenset({"carrying", "bearing", "signed", "containing", "with"})
_DESKS: Final = frozenset({"desk", "desks", "inbox", "inboxes", "mailbox", "office", "offices"})
_FIRST_WORDS: Final = 20
_TIME_WORDS: Final = DAYS | {"yesterday", "today", "last", "this", "week", "month", "earlier"}


def letter_to(mention: LetterMention, scene: Scene) -> Iterator[Party]:
    """As in "an open letter to the prime minister, Ann Lee"; "a letter Friday to the board"."""
    head, doc = mention.head, scene.doc
    i, stop = head.i + 1, head.sent.end
    if i + 2 < stop and doc[i].lower_ == "of" and doc[i + 2].lower_ == "own":
        i += 3
    while i < stop and (doc[i].lower_ in _TIME_WORDS or doc[i].like_num):
        i += 1
    if i + 1 < stop and doc[i].text == "," and doc[i + 1].lower_ == "to":
        i += 1
    if i < stop and doc[i].lower_ == "from":
        i = next(
            (t.i for t in doc[i : min(i + 10, stop)] if t.lower_ == "to" or t.text in {",", "."}), i
        )
    if i < stop and doc[i].lower_ == "to" and starts_noun_phrase(doc[i]) and not _is_shown(mention):
        phrase = phrase_after(doc[i])
        if len(phrase) and phrase[-1].lower_ in letter_words("proceedings"):
            return
        if head.sent[0].lower_ == "in" and mention.words.start <= head.sent.start + 1:
            phrase = _opening_phrase(phrase)
        yield from parties_in(phrase, scene, (head, doc[i]), "letter-to", 0.9)
    elif i + 1 < stop and doc[i].lower_ == "to" and doc[i + 1].tag_ == "PRP":
        resolution = scene.cast.resolve(doc[i + 1 : i + 2])
        if resolution is not None:
            yield Party(resolution.key, (head, doc[i : i + 2]), "letter-to", 0.7)


def addressed_to(mention: LetterMention, scene: Scene) -> Iterator[Party]:
    """As in "The letter, addressed to the board, …"; "the letter was sent to Ann Lee"."""
    yield from _addressed(
        scene.doc[mention.head.i + 1 : min(mention.head.i + 30, mention.head.sent.end)], scene
    )


def opens_addressed_to(mention: LetterMention, scene: Scene) -> Iterator[Party]:
    """As in "Addressed to “every kitchen”, the letter asks …"."""
    sentence = mention.head.sent
    opens = scene.doc[sentence.start : min(sentence.start + 3, sentence.end)]
    if opens[0].tag_ != "VBN" or mention.head.i - sentence.start > _FIRST_WORDS:
        return
    for token in opens:
        if token.lower_ == "to" and is_form_of(opens[0], letter_words("addresses")):
            quoted = token.nbor(1).text in {"“", '"', "‘"}
            marker = token.nbor(1) if quoted else token
            phrase = _quoted(marker) if quoted else phrase_after(marker)
            yield from parties_in(phrase, scene, (opens[0], token), "opens-addressed-to", 0.9)


def _quoted(opening: Token) -> Span:
    """The words up to the next quotation mark."""
    after = opening.doc[opening.i + 1 : opening.sent.end]
    end = next((t.i for t in after if t.is_quote), opening.i + 1)
    return opening.doc[opening.i + 1 : end]


def to_whom_it_is_addressed(mention: LetterMention, scene: Scene) -> Iterator[Party]:
    """As in "they tell Minister Ann Lee, to whom the letter is addressed"."""
    sentence, start = mention.head.sent, mention.words.start
    if start < sentence.start + 3 or scene.doc[start - 2 : start].text.lower() != "to whom":
        return
    after = scene.doc[mention.head.i + 1 : min(mention.head.i + 4, sentence.end)]
    if not any(is_form_of(t, letter_words("addresses")) for t in after):
        return
    end = start - 2
    while end > sentence.start and scene.doc[end - 1].text == ",":
        end -= 1
    key, begin = scene.cast.at(scene.doc[end - 1]), end
    while key is not None and begin > sentence.start and scene.cast.at(scene.doc[begin - 1]) == key:
        begin -= 1
    if key is not None:
        words = (scene.doc[begin:end], mention.head)
        yield Party(key, words, "to-whom-addressed", 0.85)


def it_is_addressed_to(mention: LetterMention, scene: Scene) -> Iterator[Party]:
    """As in "… the letter reads. It is addressed to Acme and Bolt."."""
    following = it_sentence(mention, scene)
    if following is not None:
        yield from _addressed(following[1:8], scene)


def letter_they_sent(mention: LetterMention, scene: Scene) -> Iterator[Party]:
    """As in "a letter the campaign sent the committee"."""
    for verb in mention.head.children:
        if (
            verb.dep_ == "acl:relcl"
            and verb.lemma_.lower() in {"send", "write", "hand"}
            and verb.i > mention.head.i
        ):
            phrase = phrase_after(verb)
            if (
                len(phrase)
                and phrase[0].pos_ in {"DET", "PROPN"}
                and phrase[0].lower_ not in _TIME_WORDS
            ):
                yield from parties_in(phrase, scene, (verb,), "letter-they-sent", 0.8)


def wrote_to(mention: LetterMention, scene: Scene) -> Iterator[Party]:
    """As in "They sent the governor a letter."; "He wrote the letter Feb. 2 to the adviser."."""
    verb = mention.head.head
    if mention.head.dep_ != "obj" or not is_form_of(verb, letter_words("addresses")):
        return
    between = scene.doc[verb.i + 1 : mention.words.start]
    if (
        0 < len(between) <= 8
        and between[0].pos_ in {"DET", "PROPN"}
        and scene.letter_in(between) is None
    ):
        yield from parties_in(between, scene, (verb,), "wrote-to", 0.8)
    for token in scene.doc[mention.head.i + 1 : min(mention.head.i + 7, mention.head.sent.end)]:
        if (token.pos_ == "VERB" and token.lower_ not in _BEARING) or token.text == ",":
            return
        if token.lower_ == "to" and starts_noun_phrase(token):
            yield from parties_in(phrase_after(token), scene, (verb, token), "wrote-to", 0.85)
            return


def wrote_to_them(mention: LetterMention, scene: Scene) -> Iterator[Party]:
    """As in "Ann Lee wrote to the minister on Monday. The letter …"."""
    start = mention.head.sent.start
    if start == 0:
        return
    for verb in scene.doc[start - 1].sent:
        writes = verb.lower_ in letter_words("writes-to") and verb.pos_ == "VERB"
        if writes and letter_of_writing(verb, scene) == scene.letter_at(mention.head):
            yield from parties_in(phrase_after(verb.nbor(1)), scene, (verb,), "wrote-to-them", 0.8)
            return


def told_in_letter(mention: LetterMention, scene: Scene) -> Iterator[Party]:
    """As in "They told the minister, Ann Lee, in a letter that …"."""
    doc, start, sentence = scene.doc, mention.words.start, mention.head.sent
    if start == sentence.start or doc[start - 1].lower_ not in {"in", "via", "through", "with"}:
        return
    for verb in reversed(doc[sentence.start : start - 1]):
        if not is_form_of(verb, letter_words("urges")) or verb.pos_ != "VERB":
            continue
        phrase = phrase_after(verb)
        rest = doc[phrase.end : start - 1]
        if len(phrase) and all(t.text == "," or t.lower_ in _TIME_WORDS for t in rest):
            yield from parties_in(phrase, scene, (verb, mention.head), "told-in-letter", 0.85)
        return


def filed_in_court(mention: LetterMention, scene: Scene) -> Iterator[Party]:
    """As in "They filed an amicus brief with the Supreme Court."; "lodged with Judge Ann Lee"."""
    if mention.kind not in {LetterKind.AMICUS_BRIEF, LetterKind.SUBMISSION}:
        return
    for token in scene.doc[mention.head.i + 1 : min(mention.head.i + 6, mention.head.sent.end)]:
        if token.lower_ in {"with", "in", "at", "before"}:
            for party in parties_in(phrase_after(token), scene, (token,), "filed-in", 0.75):
                kind = scene.cast.kind_of(party.key)
                judge = kind is EntityKind.PERSON and token.lower_ in {"with", "before"}
                if kind is EntityKind.ORGANIZATION or judge:
                    yield party
            return


def reached_them(mention: LetterMention, scene: Scene) -> Iterator[Party]:
    """As in "a letter that reached the desks of Ann Lee and Bob Ray", "landed on Lee's desk"."""
    after = scene.doc[mention.head.i + 1 : min(mention.head.i + 8, mention.head.sent.end)]
    verb = next((t for t in after if is_form_of(t, letter_words("reaches"))), None)
    if verb is None:
        return
    rest = scene.doc[verb.i + 1 : min(verb.i + 6, verb.sent.end)]
    desk = next((t for t in rest if t.lower_ in _DESKS), None)
    if desk is not None and desk.i + 1 < desk.sent.end and desk.nbor(1).lower_ == "of":
        where, marker = phrase_after(desk.nbor(1)), desk
    elif desk is not None:
        where = scene.doc[verb.i + 1 : desk.i]
        marker = desk
    else:
        return
    for party in parties_in(where, scene, (verb, marker), "reached-them", 0.75):
        if scene.cast.kind_of(party.key) is not EntityKind.GROUP:
            yield party


OUTRIGHT: Final[tuple[Callable[[LetterMention, Scene], Iterator[Party]], ...]] = (
    letter_to,
    addressed_to,
    opens_addressed_to,
    it_is_addressed_to,
    to_whom_it_is_addressed,
    letter_they_sent,
    wrote_to,
    wrote_to_them,
    told_in_letter,
    filed_in_court,
    reached_them,
)
"""Constructions that name the addressee."""


def find_addressees(mentions: list[LetterMention], scene: Scene) -> list[Party]:
    """The addressees of a letter, each once: all that are named, or else the first groups."""
    headings = {BlockKind.HEADLINE, BlockKind.SUBHEADING}
    told = [m for m in mentions if scene.text.block_of(m.head).block.kind not in headings]
    return _addressees(told, scene) or _addressees(mentions, scene)


def _addressees(mentions: list[LetterMention], scene: Scene) -> list[Party]:
    found: dict[str, Party] = {}
    named: list[Party] = []
    for constructions in (OUTRIGHT, URGED):
        for mention in mentions:
            for construction in constructions:
                for party in construction(mention, scene):
                    found.setdefault(party.key, party)
        named = [p for p in found.values() if scene.cast.kind_of(p.key) is not EntityKind.GROUP]
        if found and (named or constructions is URGED) and not _are_others(found.values()):
            break
    if not named:
        return _of_one_phrase(list(found.values()))
    cues = [party.words[0] for party in named]
    return [party for party in found.values() if party in named or party.words[0] in cues]


def _are_others(parties: Iterable[Party]) -> bool:
    """As in "The letter was also sent to Ann Lee": somebody else is its addressee."""
    verbs = [party.words[0] for party in parties]
    return all(isinstance(t, Token) and t.i and t.nbor(-1).lower_ == "also" for t in verbs)


def _of_one_phrase(groups: list[Party]) -> list[Party]:
    """The first group, and those listed with it."""
    return [party for party in groups if party.words[0] == groups[0].words[0]]


def _addressed(words: Span, scene: Scene) -> Iterator[Party]:
    for token in words:
        if is_form_of(token, letter_words("addresses")) and token.tag_ in {"VBN", "VBD"}:
            after = scene.doc[token.i + 1 : min(token.i + 6, token.sent.end)]
            to = next((t for t in after if t.lower_ == "to"), None)
            if to is not None and starts_noun_phrase(to):
                yield from parties_in(phrase_after(to), scene, (token, to), "addressed-to", 0.95)
            return


def _opening_phrase(phrase: Span) -> Span:
    """The addressee in "In a letter to the board, Ann Lee said …": what the first comma closes."""
    commas = [t.i for t in phrase if t.text == ","]
    named = (
        any(t.pos_ == "PROPN" for t in phrase.doc[phrase.start : commas[0]]) if commas else False
    )
    if not commas or (len(commas) > 1 and not named):
        return phrase.doc[phrase.start : commas[1]] if commas else phrase
    return phrase.doc[phrase.start : commas[0]]


def _is_shown(mention: LetterMention) -> bool:
    """As in "confirmed the letter to a magazine": "to" belongs to a verb that sends nothing."""
    verb = mention.head.head
    if mention.head.dep_ != "obj" or mention.article is Article.INDEFINITE or verb.pos_ != "VERB":
        return False
    sends = letter_words("addresses") | letter_words("authors") | signing_words("sign")
    return verb.lemma_.lower() not in sends
