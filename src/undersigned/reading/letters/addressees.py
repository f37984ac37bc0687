"""To whom a letter is addressed: one small function a construction, with an example each.

To add one: write a function from a letter's mention and the scene to `Party`s, and put it into
`OUTRIGHT` where it names the addressee, into `URGED` where it names who is asked for something.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from undersigned.claims import EntityKind
from undersigned.reading.letters.mentions import Article
from undersigned.reading.letters.parties import Party, parties_in, phrase_after, starts_noun_phrase
from undersigned.reading.signing.objects import letter_of_writing
from undersigned.reading.signing.scene import (
    Scene,
    is_form_of,
    is_signer_noun,
    letter_words,
    signing_words,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from spacy.tokens import Span, Token

    from undersigned.reading.letters.mentions import LetterMention

_QUOTATIONS_BETWEEN: Final = 2
_APPEALS: Final = frozenset({"appeal", "plead"})
_TIME_WORDS: Final = frozenset(
    [
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "yesterday",
        "today",
        "last",
        "this",
        "week",
        "month",
        "earlier",
    ]
)


def letter_to(mention: LetterMention, scene: Scene) -> Iterator[Party]:
    """As in "an open letter to the prime minister, Ann Lee"; "a letter Friday to the board"."""
    head, doc = mention.head, scene.doc
    i, stop = head.i + 1, head.sent.end
    while i < stop and (doc[i].lower_ in _TIME_WORDS or doc[i].like_num):
        i += 1
    if i < stop and doc[i].lower_ == "from":
        i = next(
            (t.i for t in doc[i : min(i + 10, stop)] if t.lower_ == "to" or t.text in {",", "."}), i
        )
    if i < stop and doc[i].lower_ == "to" and starts_noun_phrase(doc[i]) and not _is_shown(mention):
        phrase = phrase_after(doc[i])
        if head.sent[0].lower_ == "in" and mention.words.start <= head.sent.start + 1:
            phrase = _opening_phrase(phrase)
        yield from parties_in(phrase, scene, (head, doc[i]), "letter-to", 0.9)


def addressed_to(mention: LetterMention, scene: Scene) -> Iterator[Party]:
    """As in "The letter, addressed to the board, …"; "the letter was sent to Ann Lee"."""
    yield from _addressed(
        scene.doc[mention.head.i + 1 : min(mention.head.i + 30, mention.head.sent.end)], scene
    )


def it_is_addressed_to(mention: LetterMention, scene: Scene) -> Iterator[Party]:
    """As in "… the letter reads. It is addressed to Acme and Bolt."."""
    following = _it_sentence(mention, scene)
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
        if token.pos_ == "VERB" or token.text == ",":
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
        if verb.lower_ in {"wrote", "written"} and letter_of_writing(verb, scene) is not None:
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


def urged_before_letter(mention: LetterMention, scene: Scene) -> Iterator[Party]:
    """As in "Forty nurses urged the Senate to act. The letter …", where it is first spoken of."""
    start = mention.head.sent.start
    anew = mention.article is Article.INDEFINITE and not _they_say_in(mention)
    if start == 0 or anew:
        return
    own = scene.letter_at(mention.head)
    before = scene.doc[start - 1].sent
    block = scene.text.block_of(mention.head)
    near = before.start >= scene.text.blocks[max(0, scene.text.blocks.index(block) - 1)].start
    if not near or any(scene.letter_at(t) == own for t in scene.doc[:start]):
        return
    for verb in before:
        if is_form_of(verb, letter_words("urges")) and verb.pos_ == "VERB":
            yield from _urged(verb, scene, "urged-before-letter", 0.55)
            return


def _they_say_in(mention: LetterMention) -> bool:
    """As in "In an open letter, they say …": those of the sentence before."""
    sentence = mention.head.sent
    opens = sentence[0].lower_ == "in" and mention.words.start == sentence.start + 1
    return opens and any(t.lower_ == "they" for t in sentence[:12])


def urged_by_letter(mention: LetterMention, scene: Scene) -> Iterator[Party]:
    """As in "The letter urges lawmakers to …"; "a letter calling on the firm to …"."""
    doc, head = scene.doc, mention.head
    for verb in doc[head.i + 1 : min(head.i + 16, head.sent.end)]:
        asks = verb.pos_ == "VERB" or (verb.i == head.i + 1 and verb.lower_.endswith("ing"))
        if is_form_of(verb, letter_words("urges")) and asks:
            own = verb.head == head or (verb == head.head and head.dep_.startswith("nsubj"))
            directly = (
                verb.i <= head.i + 2
                or doc[verb.i - 1].lower_ in {"that", "which"}
                or verb.lower_.endswith("ing")
            )
            if own or directly:
                yield from _urged(verb, scene, "urged-by-letter", 0.75)
            return


def it_urges(mention: LetterMention, scene: Scene) -> Iterator[Party]:
    """As in "… says the letter. It wants laboratories to stop."."""
    following = _it_sentence(mention, scene)
    if (
        following is not None
        and len(following) > 2
        and is_form_of(following[1], letter_words("urges"))
    ):
        yield from _urged(following[1], scene, "it-urges", 0.7)


def urged_in_letter(mention: LetterMention, scene: Scene) -> Iterator[Party]:
    """As in "They urged the minister, in an open letter, to …"."""
    start = mention.words.start
    if start == mention.head.sent.start or scene.doc[start - 1].lower_ != "in":
        return
    for verb in mention.head.sent:
        if is_form_of(verb, letter_words("urges")) and verb.pos_ == "VERB" and verb.tag_ != "VB":
            yield from _urged(verb, scene, "urged-in-letter", 0.75)
            return


def signers_urge(mention: LetterMention, scene: Scene) -> Iterator[Party]:
    """As in "The signatories urge the board to wait."."""
    own = scene.letter_at(mention.head)
    end = mention.head.sent.end
    if end >= len(scene.doc) or scene.doc[end].sent.start < mention.head.i:
        return
    following = scene.doc[end].sent
    for noun in following[:4]:
        verb = noun.nbor(1) if noun.i + 1 < following.end else noun
        urges = is_form_of(verb, letter_words("urges"))
        if is_signer_noun(noun) and urges and scene.letter_near(noun) == own:
            yield from _urged(verb, scene, "signers-urge", 0.7)
            return


def urged_in_its_words(mention: LetterMention, scene: Scene) -> Iterator[Party]:
    """As in "“We urge the Commission to wait,” the letter states."."""
    sentence = mention.head.sent
    for verb in sentence[1:]:
        if scene.doc[verb.i - 1].lower_ == "we" and is_form_of(verb, letter_words("urges")):
            yield from _urged(verb, scene, "urged-in-its-words", 0.6)
            return


OUTRIGHT: Final[tuple[Callable[[LetterMention, Scene], Iterator[Party]], ...]] = (
    letter_to,
    addressed_to,
    it_is_addressed_to,
    letter_they_sent,
    wrote_to,
    wrote_to_them,
    told_in_letter,
)
"""Constructions that name the addressee."""

URGED: Final[tuple[Callable[[LetterMention, Scene], Iterator[Party]], ...]] = (
    urged_by_letter,
    it_urges,
    urged_in_letter,
    signers_urge,
    urged_in_its_words,
    urged_before_letter,
)
"""Constructions whose object is the addressee where the article names none outright."""


def find_addressees(mentions: list[LetterMention], scene: Scene) -> list[Party]:
    """The addressees of a letter, each once: all that are named, or else the first groups."""
    found: dict[str, Party] = {}
    for constructions in (OUTRIGHT, URGED):
        for mention in mentions:
            for construction in constructions:
                for party in construction(mention, scene):
                    found.setdefault(party.key, party)
        named = [p for p in found.values() if scene.cast.kind_of(p.key) is not EntityKind.GROUP]
        if found and (named or constructions is URGED):
            break
    if not named:
        return _of_one_phrase(list(found.values()))
    cues = [party.words[0] for party in named]
    return [party for party in found.values() if party in named or party.words[0] in cues]


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


def _it_sentence(mention: LetterMention, scene: Scene) -> Span | None:
    """The next sentence, past quotations, if it begins with "It" and names no letter."""
    end = mention.head.sent.end
    for _ in range(_QUOTATIONS_BETWEEN + 1):
        if end >= len(scene.doc):
            return None
        following = scene.doc[end].sent
        if scene.letter_in(following) is not None:
            return None
        if following[0].lower_ == "it":
            return following
        if not following[0].is_quote and following[0].text not in {"“", "‘"}:
            return None
        end = following.end
    return None


def _urged(verb: Token, scene: Scene, rule: str, confidence: float) -> Iterator[Party]:
    following = verb.nbor(1) if verb.i + 1 < verb.sent.end else None
    if following is None or following.lower_ in {"for", "that", "a", "an"}:
        return
    appeals = following.lower_ == "to" and is_form_of(verb, _APPEALS)
    if following.lower_ == "to" and not (appeals and starts_noun_phrase(following)):
        return
    marker = following if appeals or following.lower_ in {"on", "upon"} else verb
    phrase = phrase_after(marker)
    if len(phrase) and _asks_something(phrase):
        yield from parties_in(phrase, scene, (verb,), rule, confidence)


def _asks_something(phrase: Span) -> bool:
    """Whether "to act", "for help" or "not to" follows whom a verb urges."""
    doc, end = phrase.doc, phrase.end
    after = [t for t in doc[end : min(end + 8, phrase.sent.end)] if not t.is_quote]
    if after and after[0].lower_ in {"for", "not", "that"}:
        return True
    return any(t.lower_ == "to" and t.tag_ == "TO" for t in after)
