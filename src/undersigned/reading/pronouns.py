"""Personal pronouns: the gender that they show, and which subjects bear on whom they mean."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from undersigned.reading.genders import Gender, gender_from_title
from undersigned.reading.lexicon import open_lexicon
from undersigned.reading.role_phrases import ends_title
from undersigned.reading.speech.cues import open_cue_lexicon

if TYPE_CHECKING:
    from collections.abc import Mapping

    from spacy.tokens import Token

_QUOTES = frozenset({"“", "”", '"', "``", "''"})
_OBJECT_PRONOUNS = frozenset({"him", "her"})


@cache
def _gender_of_pronoun() -> Mapping[str, Gender]:
    pronouns = open_lexicon("pronouns")
    return {word: gender for gender in Gender for word in pronouns.words(gender.value)}


def pronoun_gender(token: Token) -> Gender | None:
    """The gender that a personal pronoun shows; None for all other words."""
    return _gender_of_pronoun().get(token.lower_)


def subject_apart(pronoun: Token) -> Token | None:
    """The subject of an object pronoun's own clause, who is somebody else: *Roe* praised her."""
    if pronoun.lower_ not in _OBJECT_PRONOUNS or pronoun.dep_ in {"nmod:poss", "nsubj"}:
        return None
    verb = pronoun.head
    while verb.pos_ not in {"VERB", "AUX"} and verb.head != verb:
        verb = verb.head
    subject = next((t for t in verb.children if t.dep_ == "nsubj" and t.i < pronoun.i), None)
    if subject is not None and subject.lower_ == "who" and verb.dep_ == "acl:relcl":
        return verb.head
    return subject


def words_said_by(pronoun: Token) -> list[Token]:
    """What a pronoun says in its own sentence, with a quotation in it: *Roe was “brave*,” she said.

    Nobody in them is the speaker: one does not speak of oneself by name.
    """
    verb = pronoun.head
    if not pronoun.dep_.startswith("nsubj") or verb.lower_ not in open_cue_lexicon().by_form:
        return []
    clauses = [token for token in verb.children if token.dep_ == "ccomp"]
    own = {token.i for token in verb.subtree}
    words = [token for clause in clauses for token in clause.subtree]
    if not clauses and verb.dep_ == "parataxis":
        words = [token for token in verb.head.subtree if token.i not in own]
    return words if any(token.text in _QUOTES for token in words) else []


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
