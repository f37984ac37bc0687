"""What the constructions of signing look at, and what they give."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from undersigned.reading.lexicon import open_lexicon
from undersigned.reading.signing.modality import Modality, forms_of, is_form_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from spacy.tokens import Doc, Span, Token

    from undersigned.claims import LocalKey
    from undersigned.reading.cast import Cast
    from undersigned.reading.signing.name_lists import Listed
    from undersigned.reading.text import ReadText

__all__ = [
    "STATED",
    "Scene",
    "Signing",
    "given_words",
    "is_being",
    "is_form_of",
    "is_signer_noun",
    "is_signing_verb",
    "letter_words",
    "signing_words",
]

_BE: Final = frozenset({"be", "is", "are", "was", "were", "been", "’s", "'s", "’re", "'re"})
_BELONGING: Final = frozenset({"of", "to", "behind", "on", "under"})
_OF_REACH: Final = 8
STATED: Final = Modality()


@dataclass(frozen=True, slots=True)
class Scene:
    """An article with its cast and its letters, before signatures are known.

    `letters` maps the tokens of letter mentions to the letters meant; `main` is the letter that
    the article is about, if any; `owners` are those whose letter one is called.
    """

    text: ReadText
    cast: Cast
    letters: Mapping[int, tuple[LocalKey, ...]]
    main: LocalKey | None
    owners: Mapping[LocalKey, Sequence[LocalKey]] = field(default_factory=dict)
    _forms: dict[int, frozenset[str]] = field(default_factory=dict, repr=False)
    _places: dict[LocalKey, list[int]] = field(default_factory=dict, repr=False)

    @property
    def doc(self) -> Doc:
        """The whole story."""
        return self.text.doc

    def letter_at(self, token: Token) -> LocalKey | None:
        """The letter that a token is part of a mention of; the first of several."""
        return next(iter(self.letters_at(token)), None)

    def letters_at(self, token: Token) -> tuple[LocalKey, ...]:
        """All letters that a token is part of a mention of ("submissions by Acme and Bolt")."""
        return self.letters.get(token.i, ())

    def places_of(self, letter: LocalKey | None) -> Sequence[int]:
        """The tokens of all mentions of a letter, in text order."""
        if not self._places:
            for place in sorted(self.letters):
                for key in self.letters[place]:
                    self._places.setdefault(key, []).append(place)
        return () if letter is None else self._places.get(letter, ())

    def letter_in(self, span: Span) -> LocalKey | None:
        """The first letter mentioned in a stretch of text."""
        places = range(span.start, span.end)
        return next((self.letters[i][0] for i in places if i in self.letters), None)

    def forms_in(self, sentence: Span) -> frozenset[str]:
        """The words of a sentence in lower case, with what each may be a form of."""
        known = self._forms.get(sentence.start)
        if known is None:
            known = frozenset().union(*(forms_of(token) for token in sentence))
            self._forms[sentence.start] = known
        return known

    def _letter_of(self, token: Token) -> LocalKey | None:
        """The letter that a noun belongs to: "signatories *of the first letter*"."""
        after = self.doc[token.i + 1 : min(token.i + 1 + _OF_REACH, token.sent.end)]
        if not len(after) or after[0].lower_ not in _BELONGING:
            return None
        stop = next((t.i for t in after if t.text in {",", ";"} or t.pos_ == "VERB"), after.end)
        return self.letter_in(self.doc[after.start : stop])

    def _letter_before(self, token: Token) -> LocalKey | None:
        """The letter last mentioned before a token in its sentence."""
        places = range(token.i, token.sent.start - 1, -1)
        return next((self.letters[i][0] for i in places if i in self.letters), None)

    def letter_near(self, token: Token) -> LocalKey | None:
        """The letter meant: its noun's, the sentence's, the last of the block, or the main one."""
        here = self._letter_of(token) or self._letter_before(token) or self.letter_in(token.sent)
        if here is not None:
            return here
        start = self.text.block_of(token).start
        last = next(
            (self.letters[i][0] for i in range(token.i, start - 1, -1) if i in self.letters), None
        )
        return last or self.main


@dataclass(frozen=True, slots=True, kw_only=True)
class Signing:
    """A place where the article says that somebody signed, or did not.

    `names` are those listed there, `where` the stretch that holds them and the number of signers;
    `words` say the signing. `counts` is False where the number there counts something else.
    """

    rule: str
    letter: LocalKey
    words: tuple[Token | Span, ...]
    names: tuple[Listed, ...]
    where: Span
    confidence: float
    modality: Modality = field(default=STATED)
    counts: bool = True


def signing_words(list_name: str) -> frozenset[str]:
    """A word list of the signing lexicon."""
    return open_lexicon("signing").words(list_name)


def given_words() -> frozenset[str]:
    """What one gives a letter: a name, or support."""
    return signing_words("signatures") | signing_words("support")


def letter_words(list_name: str) -> frozenset[str]:
    """A word list of the letters lexicon."""
    return open_lexicon("letters").words(list_name)


def is_being(token: Token) -> bool:
    """A form of "be"; no possessive "'s"."""
    return token.lower_ in _BE and token.tag_ != "POS"


def is_signer_noun(token: Token) -> bool:
    """As in "signatories", "co-signer", "signees"."""
    nouns = signing_words("signers")
    return token.lower_ in nouns or token.lemma_.lower() in nouns or _is_author_of_letter(token)


def _is_author_of_letter(token: Token) -> bool:
    """As in "the authors of the open letter", "the letter's authors"; "its authors" after one."""
    if token.lower_ not in signing_words("writers"):
        return False
    after = token.doc[token.i + 1 : min(token.i + 6, token.sent.end)]
    of_it = len(after) > 0 and after[0].lower_ == "of"
    before = token.doc[max(token.sent.start, token.i - 3) : token.i]
    owned = any(t.tag_ == "POS" for t in before[-2:])
    near = (*(after if of_it else ()), *(before if owned else ()))
    if len(before) and before[-1].lower_ == "its" and token.sent.start:
        near = (*token.doc[token.sent.start - 1].sent, *before)
    return any(t.lower_ in letter_words("letter") | {"petition", "statement"} for t in near)


def is_signing_verb(token: Token) -> bool:
    """A form of "sign" or "co-sign" that the tagger takes for a verb or an adjective.

    In headlines ("Ann Lee and Bob Ray sign open letter") it may take it for a noun.
    """
    if not is_form_of(token, signing_words("sign")):
        return False
    return token.pos_ in {"VERB", "ADJ", "AUX"} or _is_headline_sign(token)


def _is_headline_sign(token: Token) -> bool:
    """The "sign" of "Ann Lee and Bob Ray sign open letter"."""
    after = token.doc[token.i + 1 : min(token.i + 4, token.sent.end)]
    return token.lower_ in {"sign", "signs"} and any(
        t.lower_ in letter_words("letter") | {"petition"} for t in after
    )
