"""Whom a pronoun can't mean, by disjoint reference.

Nobody is object and subject of one verb without "himself", and nobody speaks of themselves by name.
"""

from __future__ import annotations

from bisect import bisect_left
from itertools import chain
from typing import TYPE_CHECKING, Final

from undersigned.reading.speech.cues import open_cue_lexicon

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from spacy.tokens import Token

    from undersigned.claims import LocalKey
    from undersigned.reading.cast import Cast
    from undersigned.reading.salience import Spoken

_QUOTES: Final = frozenset({"“", "”", '"', "``", "''"})
_SHARE_SUBJECT: Final = frozenset({"advcl", "conj", "xcomp"})
_OBJECT_PRONOUNS: Final = frozenset({"him", "her"})


def excluded_keys(
    pronoun: Token, cast: Cast, named: Mapping[LocalKey, Sequence[Spoken]], quoted: Sequence[bool]
) -> set[LocalKey]:
    """Who is somebody else than the pronoun means.

    Args:
        pronoun: where it stands.
        cast: who is in the article.
        named: the mentions of each by name, in text order.
        quoted: for each token of the article, whether it stands inside quotation marks.
    """
    told = (token for token in _words_said_by(pronoun) if _is_named_again(token, cast, named))
    apart = _subjects_apart(pronoun)
    opening = cast.text.block_of(pronoun).start
    others = chain(apart, _quoted_words_before(pronoun, opening, quoted), told)
    return {key for token in others if (key := cast.at(token)) is not None}


def _subjects_apart(pronoun: Token) -> list[Token]:
    """The subjects of an object pronoun's own clause, who are others: *Roe* praised her.

    Those of a participle stand further up: *Roe* and *Diaz* are among those who left, asking her.
    """
    if pronoun.lower_ not in _OBJECT_PRONOUNS or pronoun.dep_ in {"nmod:poss", "nsubj"}:
        return []
    verb = pronoun.head
    while verb.pos_ not in {"VERB", "AUX"} and verb.head != verb:
        verb = verb.head
    subject = _subject_before(verb, pronoun)
    while subject is None and verb.dep_ in _SHARE_SUBJECT and verb.head != verb:
        verb = verb.head
        subject = _subject_before(verb, pronoun)
    if subject is not None and subject.lower_ == "who" and verb.dep_ == "acl:relcl":
        noun = verb.head
        while noun.dep_ == "conj" and noun.head != noun:
            noun = noun.head
        subject = _subject_before(noun, pronoun) or verb.head
    if subject is None:
        return []
    others = [t for t in subject.children if t.dep_ in {"conj", "appos"} and t.i < pronoun.i]
    return [subject, *others]


def _subject_before(verb: Token, pronoun: Token) -> Token | None:
    return next((t for t in verb.children if t.dep_ == "nsubj" and t.i < pronoun.i), None)


def _words_said_by(pronoun: Token) -> list[Token]:
    """What a pronoun says in its own sentence, with a quotation in it: *Roe was “brave*,” she said.

    Nobody in them is the speaker: one does not speak of oneself by name.
    """
    if not _speaks(pronoun):
        return []
    verb = pronoun.head
    clauses = [token for token in verb.children if token.dep_ == "ccomp"]
    own = {token.i for token in verb.subtree}
    words = [token for clause in clauses for token in clause.subtree]
    if not clauses and verb.dep_ == "parataxis":
        words = [token for token in verb.head.subtree if token.i not in own]
    return words if any(token.text in _QUOTES for token in words) else []


def _quoted_words_before(pronoun: Token, opening: int, quoted: Sequence[bool]) -> Iterator[Token]:
    """Yields the words of the quotation that ends right before: “*… asked Roe to go*,” he said."""
    if not _speaks(pronoun):
        return
    before = min(pronoun.i, pronoun.head.i) - 1
    place = before
    while place >= opening and pronoun.doc[place].is_punct and not quoted[place]:
        place -= 1
    if place == before:
        return  # no mark ends there
    while place >= opening and quoted[place]:
        yield pronoun.doc[place]
        place -= 1


def _speaks(pronoun: Token) -> bool:
    return pronoun.dep_.startswith("nsubj") and pronoun.head.lower_ in open_cue_lexicon().by_form


def _is_named_again(token: Token, cast: Cast, named: Mapping[LocalKey, Sequence[Spoken]]) -> bool:
    """Whether somebody is named by a surname alone here, and was named before."""
    key = cast.at(token)
    mentions = () if key is None else named.get(key, ())
    if not mentions or mentions[0].start >= token.i:
        return False
    here = bisect_left(mentions, token.i, key=lambda spoken: spoken.start)
    return here < len(mentions) and (mentions[here].start, mentions[here].end) == (
        token.i,
        token.i + 1,
    )
