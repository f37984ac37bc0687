"""Personal pronouns: the gender that they show, and which subjects bear on whom they mean."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from undersigned.reading.genders import Gender, gender_from_title
from undersigned.reading.lexicon import open_lexicon
from undersigned.reading.role_phrases import ends_title

if TYPE_CHECKING:
    from collections.abc import Mapping

    from spacy.tokens import Token


@cache
def _gender_of_pronoun() -> Mapping[str, Gender]:
    pronouns = open_lexicon("pronouns")
    return {word: gender for gender in Gender for word in pronouns.words(gender.value)}


def pronoun_gender(token: Token) -> Gender | None:
    """The gender that a personal pronoun shows; None for all other words."""
    return _gender_of_pronoun().get(token.lower_)


def titled_subject(pronoun: Token, gender: Gender) -> Token | None:
    """The noun in "the senator said she would": a subject without a name, before the pronoun."""
    for token in reversed(pronoun.doc[pronoun.sent.start : pronoun.i]):
        if token.dep_ != "nsubj" or token.head not in pronoun.ancestors:
            continue
        named = any(part.pos_ == "PROPN" for part in token.subtree)
        is_one = token.morph.get("Number", []) != ["Plur"]
        fits = is_one and gender_from_title(token.lower_) in (None, gender)
        return token if ends_title(token) and fits and not named else None
    return None
