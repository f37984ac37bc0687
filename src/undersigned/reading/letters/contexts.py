"""What an article does with a letter it mentions: who wrote it, to whom, whether it speaks.

A noun phrase is a letter in our sense only with such a context. Each context is one small function
from a mention to its words, so that a new one is added to `AUTHORS` or `SIGNS_OF_A_LETTER`.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

from undersigned.claims import LetterKind
from undersigned.reading.counts import counts_people, iter_counts
from undersigned.reading.letters.mentions import Article
from undersigned.reading.lexicon import open_lexicon
from undersigned.reading.signing.modality import is_form_of
from undersigned.reading.signing.writing import acting_verb
from undersigned.reading.speech.cues import open_cue_lexicon

if TYPE_CHECKING:
    from collections.abc import Callable

    from spacy.tokens import Span, Token

    from undersigned.reading.cast import Cast
    from undersigned.reading.letters.mentions import LetterMention

_LONGEST_HEADING: Final = 8
"""Tokens of the longest heading of a list: "Those who have signed so far:"."""


def _letters(list_name: str) -> frozenset[str]:
    return open_lexicon("letters").words(list_name)


def _signing(list_name: str) -> frozenset[str]:
    return open_lexicon("signing").words(list_name)


def speaks(mention: LetterMention, cast: Cast) -> bool:
    """As in "The letter urges Congress to act."; "…,” stated the letter."."""
    head, doc = mention.head, mention.head.doc
    after = doc[head.i + 1] if head.i + 1 < head.sent.end else None
    before = doc[mention.words.start - 1] if mention.words.start > head.sent.start else None
    by_parse = [head.head] if head.dep_.startswith("nsubj") else []
    return any(
        verb is not None
        and (is_form_of(verb, _letters("speaks")) or (_says(verb) and verb is not before))
        and verb.tag_ in {"VBD", "VBZ", "VBP", "NNS"}
        for verb in (*by_parse, after, before)
    )


def _says(verb: Token) -> bool:
    """Whether a verb is one of those by which people speak, "cautioned" or "lamented"."""
    return any(e.cue_class.is_speech for e in open_cue_lexicon().by_form.get(verb.lower_, ()))


def is_signed(mention: LetterMention, cast: Cast) -> bool:
    """As in "They signed a letter", "a letter signed by", "signatories of the letter".."""
    doc = mention.head.doc
    near = doc[
        max(mention.head.sent.start, mention.words.start - 6) : min(
            mention.head.sent.end, mention.head.i + 6
        )
    ]
    wanted = _signing("sign") | _signing("signers")
    before = doc[near.start : mention.words.start]
    if any(t.lower_ in _signing("signatures") | _signing("support") for t in before):
        return True
    if mention.head.dep_.startswith("nsubj") and is_form_of(mention.head.head, _signing("sign")):
        return True
    after = doc[mention.head.i + 1 : near.end]
    if len(after) and after[0].lower_ == "with" and _counts_names(after):
        return True
    return any(t.lemma_.lower() in wanted or t.lower_ in wanted for t in near)


def _counts_names(words: Span) -> bool:
    """As in "with 1,150 signatures", "with the names of 40 poets"."""
    names = any(t.lower_ in _signing("signatures") for t in words)
    return names and (any(t.like_num for t in words) or any(t.lower_ == "names" for t in words))


def is_organized(mention: LetterMention, cast: Cast) -> bool:
    """As in "a letter organized by three bishops", "the letter, drawn up by the guild"."""
    after = mention.head.doc[mention.head.i + 1 : min(mention.head.i + 6, mention.head.sent.end)]
    made = next((t for t in after if t.tag_ == "VBN"), None)
    if made is None or any(t.pos_ not in {"PUNCT", "ADV"} for t in after if t.i < made.i):
        return False
    return is_form_of(made, _letters("organizes") | _letters("penning")) and any(
        t.lower_ == "by" for t in after if t.i > made.i
    )


def is_addressed(mention: LetterMention, cast: Cast) -> bool:
    """As in "a letter to the prime minister", "a letter addressed to".."""
    after = mention.head.doc[mention.head.i + 1 : mention.head.i + 12]
    for token in after:
        if token.is_sent_start or token.text in {".", ";", "”", "“"}:
            return False
        if (
            token.lower_ == "to"
            and token.tag_ == "IN"
            and (
                token.i == mention.head.i + 1
                or token.nbor(-1).lemma_.lower() in _letters("addresses")
                or (token.head.dep_ == "nmod" and token.head.head == mention.head)
            )
        ):
            return True
    return False


def is_authored(mention: LetterMention, cast: Cast) -> bool:
    """As in "They sent a letter", "she said in a letter", "a letter from Lee", "Lee's letter".."""
    if mention.owner is not None:
        return True
    verb = mention.head.head
    lemma = verb.lemma_.lower()
    if any(
        t.dep_ == "acl:relcl" and is_form_of(t, _letters("authors")) for t in mention.head.children
    ):
        return True
    if mention.head.dep_ in {"obj", "nsubj:pass"} and lemma in _letters("authors") | _letters(
        "organizes"
    ):
        return True
    if lemma in _letters("says-in") and mention.head.dep_.startswith("obl"):
        return True
    before = mention.head.doc[max(0, mention.words.start - 1) : mention.words.start]
    if (
        len(before)
        and before[0].lower_ == "in"
        and any(is_form_of(t, _letters("says-in")) for t in mention.head.sent)
    ):
        return True
    if len(before) and before[0].i > mention.head.sent.start and acting_verb(before[0]) is not None:
        return True
    after = mention.head.doc[mention.head.i + 1 : mention.head.i + 8]
    if after[:3].text.lower() in {"of their own", "of his own", "of her own", "of its own"}:
        return True
    if len(after) > 1 and after[0].lower_ in {"from", "by"}:
        return any(cast.at(t) is not None or t.tag_ == "NNS" for t in after[1:])
    return (
        len(after) > 2
        and after[1].lower_ == "by"
        and after[0].tag_ == "VBN"
        and any(cast.at(t) is not None for t in after[2:])
    )


def is_shared(mention: LetterMention, cast: Cast) -> bool:
    """As in "an open letter", "a joint statement".."""
    by_kind = mention.kind in {LetterKind.OPEN_LETTER, LetterKind.AMICUS_BRIEF}
    return mention.shared or (by_kind and not mention.needs_signing)


def was_written(mention: LetterMention, cast: Cast) -> bool:
    """As in "They have written to the mayor. Their letter asks …"."""
    start = mention.head.sent.start
    if start == 0 or mention.article not in {Article.DEFINITE, Article.POSSESSIVE}:
        return False
    before = mention.head.doc[start - 1].sent
    return any(
        a.lower_ in _letters("writes-to") and b.lower_ == "to" for a, b in pairwise(before)
    ) and (not mention.needs_signing or any(counts_people(c) for c in iter_counts(before)))


def is_said_by_many(mention: LetterMention, cast: Cast) -> bool:
    """As in "In a statement, the 280 authors say …": one that a counted group makes."""
    verb = next(
        (t for t in mention.head.sent if is_form_of(t, _letters("says-in")) and t.pos_ == "VERB"),
        None,
    )
    subject = [] if verb is None else [t for t in verb.children if t.dep_ == "nsubj"]
    if verb is None or not subject or mention.head.dep_.startswith("nsubj"):
        return False
    words = mention.head.doc[subject[0].left_edge.i : subject[0].i + 1]
    plural = subject[0].tag_ in {"NNS", "NNPS"}
    return plural and any(counts_people(c) and c.number > 1 for c in iter_counts(words))


def asks_within(mention: LetterMention, cast: Cast) -> bool:
    """As in "a letter Thursday imploring Congress to act", "the petition opposing the road"."""
    asks = _letters("demands") | _letters("says-in")
    after = mention.head.doc[mention.head.i + 1 : min(mention.head.i + 4, mention.head.sent.end)]
    participle = next((t for t in after if t.tag_ == "VBG" and is_form_of(t, asks)), None)
    return participle is not None and all(
        t.pos_ in {"PROPN", "ADV", "NOUN", "ADJ", "DET"} for t in after if t.i < participle.i
    )


def is_authored_by_many(mention: LetterMention, cast: Cast) -> bool:
    """As in "Thirty chefs have published a riposte", "a plea by 27 writers"; no one's own."""
    verb, doc = mention.head.head, mention.head.doc
    after = doc[mention.head.i + 1 : min(mention.head.i + 4, mention.head.sent.end)]
    if len(after) > 1 and after[0].lower_ in {"by", "from"}:
        return any(counts_people(c) and c.number > 1 for c in iter_counts(after[1:]))
    if mention.head.dep_ != "obj" or not is_form_of(verb, _letters("authors")):
        return False
    before = verb.doc[verb.sent.start : verb.i]
    return any(counts_people(c) and c.number > 1 for c in iter_counts(before))


def says_within(mention: LetterMention, cast: Cast) -> bool:
    """As in "a letter last spring in which 70 bakers asked for a road"."""
    after = mention.head.doc[mention.head.i + 1 : min(mention.head.i + 8, mention.head.sent.end)]
    return any(a.lower_ == "in" and b.lower_ == "which" for a, b in pairwise(after))


def heads_a_list(mention: LetterMention, cast: Cast) -> bool:
    """As in "a pledge launched last week", with "Signatories so far:" above a list below it."""
    headings = _signing("headings")
    for place in cast.text.places_of(":"):
        sentence = mention.head.doc[place].sent
        heading = place == sentence.end - 1 and len(sentence) <= _LONGEST_HEADING
        if heading and sentence.start > mention.head.i:
            words = sentence.text.removesuffix(":").strip().lower()
            if words in headings:
                return True
    return False


SIGNS_OF_A_LETTER: Final[tuple[Callable[[LetterMention, Cast], bool], ...]] = (
    is_shared,
    is_signed,
    is_organized,
    is_addressed,
    is_authored,
    speaks,
    says_within,
    asks_within,
    was_written,
)


def counts_as_letter(mention: LetterMention, cast: Cast) -> bool:
    """Whether this mention by itself shows a document that people put their names to."""
    if mention.title is not None and mention.title.start < mention.head.i < mention.title.end:
        return True
    if mention.needs_signing:
        return (
            is_shared(mention, cast)
            or is_signed(mention, cast)
            or is_said_by_many(mention, cast)
            or was_written(mention, cast)
            or is_authored_by_many(mention, cast)
            or heads_a_list(mention, cast)
            or (
                mention.kind.value == "submission"
                and (is_authored(mention, cast) or mention.owner is not None)
            )
        )
    if mention.kind is LetterKind.PETITION:
        return True
    return any(sign(mention, cast) for sign in SIGNS_OF_A_LETTER)
