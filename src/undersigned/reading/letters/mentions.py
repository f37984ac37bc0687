"""Where an article speaks of a document that people put their names to."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING, Final

from undersigned.claims import LetterKind, LocalKey
from undersigned.reading.counts import counts_people, iter_counts
from undersigned.reading.letters.titles import Title, find_titles, title_of
from undersigned.reading.lexicon import open_lexicon
from undersigned.reading.signing.clauses import words_before
from undersigned.reading.signing.modality import Modality, modality_of
from undersigned.reading.signing.name_lists import read_list

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spacy.tokens import Doc, Span, Token

    from undersigned.reading.cast import Cast

_KINDS: Final = tuple(kind.value for kind in LetterKind)
_YEAR: Final = re.compile(r"(?:19|20)\d\d")
_PREMODIFIERS: Final = frozenset({"ADJ", "NOUN", "PROPN", "NUM", "X"})
_GENERAL: Final = frozenset({"once", "if", "whenever", "every", "any", "each", "no", "whether"})
"""In front of "a petition" these speak of petitions at large."""
_WRITING: Final = frozenset({"wrote", "written"})
_FIRST_WORDS: Final = 10
"""A noun phrase reaches at most so many tokens to the left of its noun."""


class Article(StrEnum):
    """How a noun phrase begins: what it says about having been spoken of before."""

    INDEFINITE = "indefinite"
    DEFINITE = "definite"
    POSSESSIVE = "possessive"
    BARE = "bare"


@dataclass(frozen=True, slots=True)
class LetterMention:
    """A noun phrase for a letter: `words` from its article to its noun, `head` the noun.

    `owner` is whom a possessive names ("OpenAI's letter"), `owner_words` the words for that, named
    or not ("the group's", "its"). `marks` are the words that keep it apart from other letters.
    `noun` is the lexicon's entry for it; an `ordinal` stands for it ("the first"); `title` is the
    title printed as its name, or that it is the noun of.
    """

    head: Token
    words: Span
    kind: LetterKind
    article: Article
    noun: str
    needs_signing: bool = False
    shared: bool = False
    owner: LocalKey | None = None
    owner_words: Span | None = None
    marks: tuple[str, ...] = ()
    ordinal: bool = False
    title: Title | None = None

    @property
    def is_verb(self) -> bool:
        """Whether it is the verb of "wrote to the minister", and no noun."""
        return self.head.lower_ in _WRITING

    @property
    def is_plural(self) -> bool:
        """Whether several documents are meant."""
        return self.head.tag_ in {"NNS", "NNPS"}


def find_mentions(doc: Doc, cast: Cast) -> list[LetterMention]:
    """All mentions, in text order; whether each is of a letter at all is settled later."""
    titles = find_titles(doc)
    return [mention for token in doc for mention in _mention_at(token, cast, titles)]


def find_written(doc: Doc, cast: Cast) -> list[LetterMention]:
    """Letters that only a verb tells of: "Forty players have written to FIFA", in text order."""
    return [
        LetterMention(
            verb, doc[verb.i : verb.i + 1], LetterKind.LETTER, Article.INDEFINITE, "letter"
        )
        for verb in doc
        if verb.lower_ in _WRITING and _is_written_by_many(verb, cast)
    ]


def _is_written_by_many(verb: Token, cast: Cast) -> bool:
    if verb.i + 1 >= verb.sent.end or verb.nbor(1).lower_ != "to" or verb.nbor(1).tag_ == "TO":
        return False
    if modality_of(verb) != Modality():
        return False
    writers = words_before(verb, cast)
    many = any(counts_people(c) and c.number > 1 for c in iter_counts(writers))
    return many or len(read_list(writers, cast)) > 1


def _mention_at(token: Token, cast: Cast, titles: Sequence[Title]) -> Iterator[LetterMention]:
    if token.lower_ not in _nouns():
        return
    if token.pos_ not in {"NOUN", "PROPN"} and not token.is_title:
        return
    singular = singular_of(token)
    if (cast.at(token) is not None and token.is_title) or _is_something_else(token, singular):
        return
    words = _phrase(token)
    kind, noun = _kind_of([t for t in words if t.i < token.i], token, singular)
    if kind is None:
        return
    words = _with_entry(words, noun)
    modifiers = [t for t in words if t.i < token.i]
    owner_words = _owner(words)
    yield LetterMention(
        head=token,
        words=words,
        kind=kind,
        article=_article(words, owner_words),
        noun=noun,
        needs_signing=noun in _words("needs-signing"),
        shared=any(t.lower_ in _words("shared") for t in modifiers),
        owner=_owner_key(owner_words, cast),
        owner_words=owner_words,
        marks=_marks(token, modifiers),
        title=title_of(token, words, titles),
    )


def _words(list_name: str) -> frozenset[str]:
    return open_lexicon("letters").words(list_name)


@cache
def _nouns() -> frozenset[str]:
    """The nouns of all entries, singular and plural."""
    nouns = {entry.split()[-1] for kind in _KINDS for entry in _words(kind)}
    plurals = {f"{n[:-1]}ies" if n.endswith("y") else f"{n}s" for n in nouns}
    return frozenset(nouns | plurals)


def singular_of(token: Token) -> str:
    """A noun in lower case and in the singular, whatever the lemmatizer made of it."""
    lower = token.lower_
    if token.tag_ in {"NNS", "NNPS"} or lower.endswith("s"):
        return lower[:-3] + "y" if lower.endswith("ies") else lower.removesuffix("s")
    return lower


def _is_something_else(token: Token, singular: str) -> bool:
    """Whether a neighbouring word makes it no letter: "letter carrier", "letter of intent"."""
    doc = token.doc
    before = doc[token.i - 1] if token.i else None
    after = doc[token.i + 1] if token.i + 1 < len(doc) else None
    if before is not None and before.lower_ in _words("other-before"):
        return True
    if singular in _words("replies") | {"brief"} and before is not None and before.lower_ == "in":
        return True
    if before is not None and before.lower_ in _words("letter") and token.lower_ == "appeals":
        return True
    near = doc[max(token.sent.start, token.i - 3) : token.i]
    if _is_negated(near):
        return True
    if any(t.lower_ in _GENERAL and t.nbor(1).text != "-" for t in near):
        return True
    if after is None or after.is_sent_start:
        return False
    if after.lower_ in _words("other-after") or (
        singular == "letter" and re.fullmatch("[A-Z]", after.text)
    ):
        return True
    wanted = {"of": _words("other-of"), "to": _words("other-to")}.get(after.lower_, frozenset())
    return any(t.lower_ in wanted for t in doc[token.i + 2 : token.i + 4])


def _is_negated(before: Span) -> bool:
    """As in "they do not sign a letter for fun", which tells of no letter."""
    if not len(before) or before[-1].lower_ not in {"a", "an"}:
        return False
    verb = before[:-1]
    start = verb.start
    negation = verb.doc[max(verb[0].sent.start, start - 1) : verb.end] if len(verb) else verb
    return any(
        t.lower_ in {"not", "n't", "n’t"} and t.i and t.nbor(-1).lower_ in {"do", "does"}
        for t in negation
    )


def _phrase(head: Token) -> Span:
    """The noun phrase up to its noun, found from the surface."""
    doc, start = head.doc, head.i
    floor = max(head.sent.start, head.i - _FIRST_WORDS)
    while start > floor:
        token = doc[start - 1]
        if token.lower_ in {"sign", "signs"}:
            break
        if token.pos_ == "DET" or token.tag_ == "PRP$":
            return doc[start - 1 : head.i + 1]
        if token.tag_ == "POS":
            return doc[_owner_start(token, floor) : head.i + 1]
        if not (
            token.pos_ in _PREMODIFIERS
            or token.lower_ in _words("distinguishing")
            or (
                token.text in {"-", ",", "“", "‘"}
                and token.i > floor
                and doc[start - 2].pos_ in {"ADJ", "NUM", "DET"}
            )
            or token.tag_ in {"VBN", "VBG", "HYPH"}
        ):
            break
        start -= 1
    return doc[start : head.i + 1]


def _with_entry(words: Span, noun: str) -> Span:
    """The noun phrase with all of its entry: "a friend-of-the-court brief" holds an "of"."""
    doc, start = words.doc, words.start
    first = noun.split()[0]
    if len(noun) <= len(words.text) and noun in words.text.lower():
        return words
    printed = doc[max(0, words.end - _FIRST_WORDS) : words.end]
    if " " not in noun or not printed.text.lower().endswith(noun):
        return words
    while start > printed.start and not doc[start : words.end].text.lower().startswith(first):
        start -= 1
    if start > printed.start and doc[start - 1].pos_ == "DET":
        start -= 1
    return doc[start : words.end]


def _owner_start(possessive: Token, floor: int) -> int:
    doc, start = possessive.doc, possessive.i - 1
    while start > floor:
        token = doc[start - 1]
        if token.pos_ == "DET":
            return start - 1
        if token.pos_ not in _PREMODIFIERS and token.tag_ not in {"POS", "HYPH"}:
            break
        start -= 1
    return start


def _kind_of(modifiers: list[Token], head: Token, singular: str) -> tuple[LetterKind | None, str]:
    """The kind of the longest entry that the noun phrase ends with, and that entry."""
    phrase = " ".join([*(t.lower_ for t in modifiers), singular])
    printed = head.doc[max(0, head.i - _FIRST_WORDS) : head.i].text_with_ws.lower() + singular
    best: tuple[int, LetterKind | None, str] = (0, None, "")
    for kind in _KINDS:
        for entry in _words(kind):
            noun = entry.split()[-1]
            whole = (
                phrase.endswith(entry)
                or printed.endswith(f" {entry}")
                or (noun == singular and all(f" {w} " in f" {phrase} " for w in entry.split()))
            )
            if whole and len(entry) > best[0]:
                best = (len(entry), LetterKind(kind), entry)
    return best[1], best[2]


def _owner(words: Span) -> Span | None:
    for token in reversed(words[:-1]):
        if token.tag_ == "POS":
            return words.doc[words.start : token.i]
        if token.tag_ == "PRP$":
            return words.doc[token.i : token.i + 1]
    return None


def _owner_key(owner: Span | None, cast: Cast) -> LocalKey | None:
    if owner is None:
        return None
    if owner[0].tag_ == "PRP$":
        resolution = cast.resolve(owner) if owner[0].lower_ in {"his", "her"} else None
        return None if resolution is None else resolution.key
    return cast.at(owner[-1])


def _article(words: Span, owner: Span | None) -> Article:
    if owner is not None:
        return Article.POSSESSIVE
    first = words[0]
    if first.lower_ in {"a", "an", "another", "one"} or (
        first.pos_ == "NUM" and not _YEAR.fullmatch(first.text)
    ):
        return Article.INDEFINITE
    if first.lower_ in {"the", "this", "that", "these", "those", "both", "each"}:
        return Article.DEFINITE
    return Article.BARE


def _marks(head: Token, modifiers: list[Token]) -> tuple[str, ...]:
    """Years and words such as "earlier" before the noun, and the year in "a letter of 2015"."""
    marks = [
        t.lower_
        for t in modifiers
        if t.lower_ in _words("distinguishing") or _YEAR.fullmatch(t.text)
    ]
    after = head.doc[head.i + 1 : head.i + 3]
    if (
        len(after) == 2
        and after[0].lower_ in {"of", "from", "in"}
        and _YEAR.fullmatch(after[1].text)
    ):
        marks.append(after[1].text)
    return tuple(marks)
