"""Letters called by a name: "the Harper's letter", "the Stanford petition"."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from undersigned.claims import EntityKind
from undersigned.reading.letters.mentions import Article
from undersigned.reading.signing.days import DAYS
from undersigned.reading.signing.scene import letter_words

if TYPE_CHECKING:
    from spacy.tokens import Token

    from undersigned.reading.cast import Cast
    from undersigned.reading.letters.mentions import LetterMention

_DATED: Final = frozenset({"DATE", "TIME"})


def names_of_letter(mention: LetterMention) -> frozenset[str]:
    """The name words before the noun, in lower case: of an outlet, a place, an organization."""
    known = letter_words("shared") | letter_words("distinguishing")
    return frozenset(
        stem_of_name(token)
        for token in mention.words[:-1]
        if token.pos_ in {"PROPN", "NOUN"} and token.text[:1].isupper()
        if token.lower_ not in known | DAYS and token.ent_type_ not in _DATED
    )


def stem_of_name(token: Token) -> str:
    """A name word as one compares it: "Harper", "Harper's" and "Harpers" are one outlet."""
    return token.lower_.removesuffix("'s").removesuffix("’s").removesuffix("s")


def is_called_by_name(mention: LetterMention, cast: Cast) -> bool:
    """Whether a definite noun phrase tells its letter from others by a name before the noun.

    A person's name is not taken for one: "Roe's letter" may be any letter that Roe is on.
    """
    definite = mention.article is Article.DEFINITE or mention.words[0].lower_ == "the"
    if not definite or mention.title is not None or not names_of_letter(mention):
        return False
    return mention.owner is None or cast.kind_of(mention.owner) is not EntityKind.PERSON
