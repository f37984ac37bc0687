"""Letters that an article tells by their order: "Two letters … The first … The second …"."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from undersigned.reading.letters.mentions import Article, LetterMention

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from undersigned.reading.cast import Cast

_ORDINALS: Final = {
    "first": "first",
    "second": "second",
    "third": "third",
    "other": "second",
    "latter": "second",
}
_ORDINAL_REACH: Final = 150
"""So many tokens after "two letters" may "the second" mean one of them."""
_COUNTS: Final = frozenset({"two", "three", "both", "rival"})


def find_ordinals(mentions: Sequence[LetterMention], cast: Cast) -> list[LetterMention]:
    """Where "the first", "the second" or "the other" stands for one of two letters or three.

    In text order; each has the kind and the noun of the letters that were told of together.
    """
    return [o for mention in mentions if _is_counted(mention) for o in _after(mention, cast)]


def _is_counted(mention: LetterMention) -> bool:
    """As in "Two letters have divided the trade"."""
    return mention.is_plural and mention.words[0].lower_ in _COUNTS


def _after(letters: LetterMention, cast: Cast) -> Iterator[LetterMention]:
    """The letters that "the first", "the second" or "the other" mean after "two letters"."""
    doc = letters.head.doc
    for token in doc[letters.head.i + 1 : min(letters.head.i + _ORDINAL_REACH, len(doc) - 1)]:
        if token.lower_ not in _ORDINALS or token.nbor(-1).lower_ != "the":
            continue
        after = token.nbor(1)
        noun = after.pos_ in {"NOUN", "PROPN", "NUM", "ADJ"} or after.lower_ in {"to", "of"}
        if noun or cast.at(token) is not None:
            continue
        words = doc[token.i - 1 : token.i + 1]
        yield LetterMention(
            head=token,
            words=words,
            kind=letters.kind,
            article=Article.DEFINITE,
            noun=letters.noun,
            marks=() if token.lower_ == "first" else (_ORDINALS[token.lower_],),
            ordinal=True,
        )
