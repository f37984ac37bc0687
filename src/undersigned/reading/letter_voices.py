"""Letter voices: where signers speak by their letter.

"The signers wrote", "490 employees told the board" and a "they" after the letter was told of
quote the letter. So its words are the letter's, not those of a group that nobody can look up.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from spacy.tokens import Token

from undersigned.claims import StatementKind
from undersigned.reading.lexicon import open_lexicon
from undersigned.reading.nominals import is_definite
from undersigned.reading.signing.modality import Modality
from undersigned.reading.signing.scene import is_signer_noun

if TYPE_CHECKING:
    from spacy.tokens import Span

    from undersigned.claims import LocalKey
    from undersigned.reading.attribution import Attribution
    from undersigned.reading.letters import Letters
    from undersigned.reading.text import ReadText

_PAIR = 2
_TEXTS = frozenset({"text", "document", "missive"})
_REACH = 3
"""Sentences back in which the letter must have been told of for a "they" to be its signers."""
_VOICE_PRONOUNS = frozenset({"it", "they"})


class LetterVoices:
    """The groups and pronouns that speak for the letter of an article."""

    def __init__(self, text: ReadText, letters: Letters):
        self._doc = text.doc
        self._letters = letters
        self._keys = frozenset(letters.keys())
        words = open_lexicon("letter_voices")
        self._writes = words.words("writing")
        self._signs = words.words("signing")
        nouns = self._signing_nouns() if self._keys else frozenset()
        self._nouns = words.words("signers") | nouns
        self._groups = open_lexicon("signing").words("groups")
        self._signers = self._nouns_of_signings()
        self._told_in = self._verbs_of_letters()

    def _signing_nouns(self) -> frozenset[str]:
        """Plural nouns beside a signing or a letter: "more than 300 *members* signed"."""
        return frozenset(
            token.lower_
            for sentence in self._doc.sents
            if any(t.lower_ in self._signs or self._letters.at(t) is not None for t in sentence)
            for token in sentence
            if token.pos_ == "NOUN" and token.morph.get("Number", []) == ["Plur"]
            if token.dep_.startswith("nsubj") or any(t.dep_ == "nummod" for t in token.children)
        )

    def _nouns_of_signings(self) -> dict[str, list[tuple[int, LocalKey]]]:
        """Plural nouns for signers, with the places where and the letters that they signed."""
        found: dict[str, list[tuple[int, LocalKey]]] = {}
        for signing in self._letters.signings:
            for token in signing.where if signing.modality == Modality() else ():
                counted = any(t.dep_ == "nummod" or t.like_num for t in signing.where)
                if token.tag_ == "NNS" and (counted or not signing.names):
                    found.setdefault(token.lower_, []).append((token.i, signing.letter))
        return found

    def _verbs_of_letters(self) -> dict[int, LocalKey]:
        """Verbs by which a group says something "in a letter", with the letter."""
        return {
            signing.words[0].i: signing.letter
            for signing in self._letters.signings
            if signing.rule == "said-in-the-letter"
            and signing.modality == Modality()
            and isinstance(signing.words[0], Token)
            and any(t.like_num for t in signing.where)
            and any(t.tag_ == "NNS" for t in signing.where)
        }

    def tellers(self, attribution: Attribution) -> tuple[LocalKey, ...]:
        """The few who say something "in a letter", where the text names them all: Roe and Diaz."""
        cue = attribution.cue
        for signing in self._letters.signings if cue is not None else ():
            alone = signing.rule == "said-in-the-letter" and signing.modality == Modality()
            if not alone or cue is None or signing.words[0] != cue[0] or len(signing.names) < _PAIR:
                continue
            others = any(t.tag_ == "NNS" or t.like_num for t in signing.where)
            return () if others else tuple(name.key for name in signing.names)
        return ()

    def have_signed(self, head: Token) -> bool:
        """Whether signers were told by a noun before: "the mayors" after "sixty mayors signed"."""
        return any(place < head.i for place, _ in self._signers.get(head.lower_, ()))

    def _letter_signed_by(self, head: Token) -> LocalKey | None:
        """The letter that those meant by a noun signed: the last one told of, else the main one."""
        told = self._signers.get(head.lower_, [])
        before = [letter for place, letter in told if place < head.i]
        return next(iter([*reversed(before), *(k for _, k in told)]), self._letters.main())

    def letter_of(self, attribution: Attribution, source: Span) -> LocalKey | None:
        """The letter whose words a group or a pronoun speaks; None where they speak themselves."""
        head = source.root
        if attribution.cue is not None and attribution.cue[0].i in self._told_in:
            return self._told_in[attribution.cue[0].i]
        if head.lower_ in _TEXTS and head.i and head.nbor(-1).lower_ == "the":
            return self._letter_before(head)
        if is_signer_noun(head) and head.tag_ == "NNS" and _stands_for_all(head):
            return self._letter_signed_by(head)
        if attribution.kind is not StatementKind.QUOTATION:
            return None
        if head.lower_ in _VOICE_PRONOUNS:
            return self._letter_before(head)
        writes = attribution.cue is not None and attribution.cue[0].lower_ in self._writes
        if head.lower_ in self._nouns or _is_large(head) or (writes and _is_group(head)):
            return self._letter_signed_by(head)
        if head.lower_ in self._groups and _is_group(head):
            return self._letter_before(head)
        return None

    def relative(self, source: Span) -> LocalKey | None:
        """The letter in "a letter to Ann Lee *that* asks her": its own clause, not Lee's."""
        that = source[0]
        if len(source) > 1 or that.lower_ not in {"that", "which"}:
            return None
        for token in reversed(self._doc[that.sent.start : that.i]):
            letter = self._letters.at(token)
            if letter is not None:
                return letter if token.nbor(1).lower_ in {"to", "that", "which"} else None
            if token.pos_ in {"VERB", "AUX"} or token.text in {",", ";"}:
                return None
        return None

    def signing(self, attribution: Attribution, source: Span) -> LocalKey | None:
        """The letter in "more than 400 others signed a letter, *urging* Congress to act"."""
        cue = attribution.cue
        if cue is None or cue[0].tag_ != "VBG" or source.end > cue.start:
            return None
        if not any(t.dep_ == "nummod" or t.like_num for t in source):
            return None
        between = self._doc[source.end : cue.start]
        signs = any(t.lower_ in self._signs for t in between)
        letters = [self._letters.at(t) for t in between]
        return next((key for key in letters if signs and key is not None), None)

    def goes_on(self, source: Span, last: LocalKey | None) -> LocalKey | None:
        """The letter that spoke last, if a definite group goes on: *the scholars* continued."""
        return last if last in self._keys and _is_group(source.root) else None

    def _letter_before(self, pronoun: Token) -> LocalKey | None:
        """The letter told of in the sentences up to a pronoun."""
        start = pronoun.sent.start
        for _ in range(_REACH):
            if start > 0:
                start = self._doc[start - 1].sent.start
        for token in reversed(self._doc[start : pronoun.i]):
            letter = self._letters.at(token)
            if letter is not None:
                return letter
            if token.lower_ in self._signs or token.lower_ in self._nouns:
                return self._letters.main()
        return None


def _stands_for_all(head: Token) -> bool:
    """As in "the signatories", "its authors"; no "some of the signers", "two signatories"."""
    before = head.nbor(-1) if head.i > head.sent.start else None
    other = head.i - 2 >= head.sent.start and head.nbor(-2).lower_ == "of"
    return before is not None and before.lower_ in {"the", "its", "their"} and not other


def _is_group(head: Token) -> bool:
    """Whether a definite plural noun stands alone: "the scholars", not "the two scholars"."""
    plural = head.pos_ == "NOUN" and head.morph.get("Number", []) == ["Plur"]
    counted = any(t.dep_ == "nummod" for t in head.children)
    return plural and is_definite(head) and not counted


def _is_large(head: Token) -> bool:
    """Whether a number of two digits or more counts the speakers: "490 employees"."""
    return any(t.dep_ == "nummod" and len(t.text) > 1 and t.is_digit for t in head.children)
