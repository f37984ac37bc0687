"""Whom a letter or its signers urge to do something, where no addressee is named outright.

To add a construction: write a function from a letter's mention and the scene to `Party`s, with an
example, and put it into `URGED`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from undersigned.claims import EntityKind, LetterKind
from undersigned.reading.letters.mentions import Article
from undersigned.reading.letters.parties import Party, parties_in, phrase_after, starts_noun_phrase
from undersigned.reading.signing.modality import Modality, modality_of
from undersigned.reading.signing.scene import (
    Scene,
    is_form_of,
    is_signer_noun,
    letter_words,
    signing_words,
)
from undersigned.reading.signing.subjects import group_taken_up
from undersigned.source import BlockKind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from spacy.tokens import Span, Token

    from undersigned.reading.letters.mentions import LetterMention

_QUOTATIONS_BETWEEN: Final = 2
_APPEALS: Final = frozenset({"appeal", "plead"})
_DEMANDS: Final = frozenset({"demand", "ask", "insist", "request", "urge"})
_ASIDES: Final = frozenset(
    {"by", "from", "of", "headed", "called", "titled", "entitled", "headlined", "dated"}
)
_BARE: Final = frozenset({"VB", "VBP", "MD"})
_FIRST_WORDS: Final = 20
_TOP: Final = 4
"""Paragraphs in which a letter is named that the article is about, if it is named but once."""


def urged_before_letter(mention: LetterMention, scene: Scene) -> Iterator[Party]:
    """As in "Forty nurses urged the Senate to act. The letter …", where it is first spoken of."""
    start = mention.head.sent.start
    anew = mention.article is Article.INDEFINITE and not _they_say_in(mention)
    if start == 0 or anew:
        return
    own = scene.letter_at(mention.head)
    before = scene.doc[start - 1].sent
    number = scene.text.block_number(mention.head)
    near = before.start >= scene.text.blocks[max(0, number - 1)].start
    if not near or min(scene.places_of(own), default=start) < start:
        return
    for verb in before:
        if is_form_of(verb, letter_words("urges")) and verb.pos_ == "VERB":
            yield from _urged(verb, scene, "urged-before-letter", 0.55)
            return


def urged_in_lead(mention: LetterMention, scene: Scene) -> Iterator[Party]:
    """As in "Ex-ministers have joined farmers in urging Minister Ann Lee to wait.", at the top."""
    top = [b for b in scene.text.blocks if b.block.kind is BlockKind.PARAGRAPH][:_TOP]
    if scene.letter_at(mention.head) != scene.main or not top:
        return
    if mention.head.i >= top[-1].end and not _is_told_again(scene.places_of(scene.main), scene):
        return
    paragraph = top[0]
    for verb in scene.doc[paragraph.start : paragraph.end]:
        if not is_form_of(verb, letter_words("urges")) or verb.pos_ != "VERB":
            continue
        begins = scene.doc[verb.sent.start : verb.i]
        one = begins and scene.cast.at(begins[-1]) is not None
        if one or modality_of(verb) != Modality():
            return
        for party in _urged(verb, scene, "urged-in-lead", 0.5):
            if scene.cast.kind_of(party.key) is not EntityKind.GROUP:
                yield party
        return


def _is_told_again(places: Sequence[int], scene: Scene) -> bool:
    """Whether more sentences than one speak of a letter, else mentioned in passing."""
    return scene.doc[places[0]].sent.start != scene.doc[places[-1]].sent.start


def _they_say_in(mention: LetterMention) -> bool:
    """As in "In an open letter, they say …", "… signed by the nurses": those just spoken of."""
    sentence = mention.head.sent
    opens = sentence[0].lower_ == "in" and mention.words.start == sentence.start + 1
    return opens and any(
        t.lower_ == "they" or (t.tag_ == "NNS" and t.nbor(-1).lower_ in {"the", "these"})
        for t in sentence[2:_FIRST_WORDS]
    )


def urged_by_letter(mention: LetterMention, scene: Scene) -> Iterator[Party]:
    """As in "The letter urges lawmakers to …"; "a letter calling on the firm to …"."""
    doc, head = scene.doc, mention.head
    for verb in doc[head.i + 1 : min(head.i + 16, head.sent.end)]:
        asks = verb.pos_ == "VERB" or (verb.i == head.i + 1 and verb.lower_.endswith("ing"))
        if is_form_of(verb, letter_words("urges") | _DEMANDS) and asks:
            own = verb.head == head or (verb == head.head and head.dep_.startswith("nsubj"))
            directly = (
                verb.i <= head.i + 2
                or doc[verb.i - 1].lower_ in {"that", "which"}
                or verb.lower_.endswith("ing")
            )
            if own or directly or _only_aside(doc[head.i + 1 : verb.i]):
                yield from _urged(verb, scene, "urged-by-letter", 0.75)
            return


def _only_aside(between: Span) -> bool:
    """Whether a letter and its verb are parted by who wrote it or its title alone.

    As in "A joint statement by 134 scientists called on …"; "a manifesto headed “…,” asks …".
    """
    quoted, aside = False, len(between) > 0 and between[0].lower_ in _ASIDES
    for token in between:
        if token.is_quote or token.text in {"“", "”"}:
            quoted = not quoted
        elif not quoted and token.i > between.start and token.pos_ in {"VERB", "AUX"}:
            return False
    return aside


def it_urges(mention: LetterMention, scene: Scene) -> Iterator[Party]:
    """As in "… says the letter. It wants laboratories to stop."."""
    following = it_sentence(mention, scene)
    if (
        following is not None
        and len(following) > 2
        and is_form_of(following[1], letter_words("urges"))
    ):
        yield from _urged(following[1], scene, "it-urges", 0.7)


def accused_in_letter(mention: LetterMention, scene: Scene) -> Iterator[Party]:
    """As in "In an open letter, 500 employees accuse Acme of bad faith."; a named one only."""
    sentence = mention.head.sent
    if mention.kind not in {LetterKind.LETTER, LetterKind.OPEN_LETTER}:
        return
    opens = sentence[0].lower_ == "in" and mention.words.start == sentence.start + 1
    for verb in sentence if opens else ():
        if verb.lemma_.lower() != "accuse" or verb.pos_ != "VERB" or verb.i < mention.head.i:
            continue
        if modality_of(verb) != Modality():
            return
        phrase = phrase_after(verb)
        after = scene.doc[phrase.end : min(phrase.end + 1, sentence.end)].text.lower()
        if len(phrase) and (after == "of" or " of " in phrase.text):
            for party in parties_in(_accused(phrase), scene, (verb,), "accused-in-letter", 0.55):
                if scene.cast.kind_of(party.key) is not EntityKind.GROUP:
                    yield party
        return


def _accused(phrase: Span) -> Span:
    """The board in "the board of botching the firing"."""
    for token in phrase[1:-1]:
        if token.lower_ == "of" and (token.nbor(1).tag_ == "VBG" or token.i > phrase.start + 2):
            return phrase.doc[phrase.start : token.i]
    return phrase


def urged_in_letter(mention: LetterMention, scene: Scene) -> Iterator[Party]:
    """As in "They urged the minister, in an open letter, to …"."""
    start = mention.words.start
    if start == mention.head.sent.start or scene.doc[start - 1].lower_ != "in":
        return
    for verb in mention.head.sent:
        if is_form_of(verb, letter_words("urges")) and verb.pos_ == "VERB" and verb.tag_ != "VB":
            yield from _urged(verb, scene, "urged-in-letter", 0.75)
            return


def group_urges(mention: LetterMention, scene: Scene) -> Iterator[Party]:
    """As in "Forty parents signed a letter. They ask the board to wait."; "The parents ask …"."""
    own, sentence = scene.letter_at(mention.head), mention.head.sent
    if sentence.end >= len(scene.doc):
        return
    following = scene.doc[sentence.end].sent
    verb = following.root
    other = scene.letter_in(following)
    if not is_form_of(verb, letter_words("urges")) or other not in {None, own}:
        return
    subject = next((t for t in verb.children if t.dep_ == "nsubj"), None)
    if subject is None or subject.i > following.start + 1:
        return
    group = group_taken_up(scene.doc[following.start : subject.i + 1])
    told = {t.lower_ for t in sentence if t.i < mention.head.i}
    taken_up = group is not None and (
        group.lower_ in told or group.lower_ in signing_words("groups")
    )
    if taken_up or subject.lower_ == "they":
        yield from _urged(verb, scene, "group-urges", 0.65)


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


def it_sentence(mention: LetterMention, scene: Scene) -> Span | None:
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
    if following is not None and following.lower_ == "that" and is_form_of(verb, _DEMANDS):
        yield from _demanded_of(following, scene, verb)
        return
    if following is None or following.lower_ in {"for", "that", "a", "an"}:
        return
    appeals = following.lower_ == "to" and is_form_of(verb, _APPEALS)
    if following.lower_ == "to" and not (appeals and starts_noun_phrase(following)):
        return
    marker = following if appeals or following.lower_ in {"on", "upon"} else verb
    phrase = phrase_after(marker)
    if len(phrase) and _asks_something(phrase):
        yield from parties_in(phrase, scene, (verb,), rule, confidence)


def _demanded_of(that: Token, scene: Scene, verb: Token) -> Iterator[Party]:
    """Whose deed is asked for: "demanding that Minister Ann Lee release the money"."""
    phrase = phrase_after(that)
    after = scene.doc[phrase.end : min(phrase.end + 1, that.sent.end)]
    does = len(after) > 0 and after[0].lower_ not in {"be", "get"} and after[0].tag_ in _BARE
    if len(phrase) and does:
        yield from parties_in(phrase, scene, (verb,), "demanded-of", 0.65)


def _asks_something(phrase: Span) -> bool:
    """Whether "to act", "for help" or "not to" follows whom a verb urges."""
    doc, end = phrase.doc, phrase.end
    after = [t for t in doc[end : min(end + 8, phrase.sent.end)] if not t.is_quote]
    if after and after[0].lower_ in {"for", "not", "that"}:
        return True
    return any(t.lower_ == "to" and t.tag_ == "TO" for t in after)


URGED: Final[tuple[Callable[[LetterMention, Scene], Iterator[Party]], ...]] = (
    urged_by_letter,
    it_urges,
    urged_in_letter,
    signers_urge,
    group_urges,
    urged_in_its_words,
    urged_before_letter,
    urged_in_lead,
    accused_in_letter,
)
"""Constructions whose object is the addressee where the article names none outright."""
