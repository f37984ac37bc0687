"""Conversation: who has spoken so far in an article, for pronouns that go on with them.

"They criticized the plan" and "It accused the board" mean whoever the text let speak, or made
its subject, just before, even where that is a group, an unnamed aide or a letter.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from undersigned.claims import EntityKind
from undersigned.reading.lexicon import open_lexicon
from undersigned.reading.nominals import is_definite
from undersigned.reading.pronouns import pronoun_gender
from undersigned.reading.speakers import Speaker, find_speakers, is_plural
from undersigned.reading.speech.page import phrase_of
from undersigned.reading.speech.sources import SUBJECTS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Span, Token

    from undersigned.claims import LocalKey
    from undersigned.reading.cast import Cast
    from undersigned.reading.letters import Letters

_REACH = 120
"""Tokens back within which the last speaker may be taken up by a pronoun: two short paragraphs."""
_FACTOR = 0.75
"""What is lost of a score when a pronoun takes a speaker up."""
_ONE_BODY = frozenset({EntityKind.ORGANIZATION})


class Conversation:
    """Who spoke where, in text order."""

    def __init__(self, cast: Cast, letters: Letters):
        self._cast = cast
        self._letters = letters
        self._letter_keys = frozenset(letters.keys())
        self._last: tuple[int, Sequence[Speaker]] | None = None
        self._papers: dict[str, Sequence[Speaker]] = {}

    def note(self, place: int, speakers: Sequence[Speaker]) -> None:
        """Remembers who spoke at a token."""
        if speakers:
            self._last = (place, tuple(speakers))

    def note_paper(self, source: Span, speakers: Sequence[Speaker]) -> None:
        """Remembers whose paper spoke: after "an FBI *summary*" so does "the *summary*"."""
        word = source.root.lower_
        if word in open_lexicon("nominals").words("papers"):
            self._papers[word] = tuple(speakers)

    def paper_taken_up(self, source: Span) -> list[Speaker]:
        """Whose paper "the summary" is, if one of that name has spoken before."""
        known = self._papers.get(source.root.lower_, ())
        return _less_sure(known) if is_definite(source.root) else []

    def last_alone(self) -> LocalKey | None:
        """The last who spoke, if it was one."""
        return self._last[1][0].key if self._last is not None and len(self._last[1]) == 1 else None

    def taken_up(self, source: Span) -> list[Speaker]:
        """Whom a pronoun takes up that nothing else resolves; none for other words."""
        word = source.root.lower_
        pronouns = open_lexicon("pronouns")
        if word in pronouns.words("plural"):
            return self._plural_subject(source.root) or self._last_many(source.start)
        if word in pronouns.words("neuter"):
            return self._last_body(source.start)
        if pronoun_gender(source.root) is not None:
            return self._last_person(source.root)
        return []

    def _plural_subject(self, pronoun: Token) -> list[Speaker]:
        """*Some voters* are so angry that *they* …: the last plural subject of both sentences."""
        doc = pronoun.doc
        start = pronoun.sent.start
        start = doc[start - 1].sent.start if start > 0 else start
        for token in reversed(doc[start : pronoun.i]):
            is_noun = token.pos_ in {"NOUN", "PROPN"}
            if token.dep_ in SUBJECTS and is_noun and is_plural(token):
                speakers = find_speakers(phrase_of(token), self._cast, self._letters)
                return _less_sure(speakers)
        return []

    def _last_many(self, place: int) -> list[Speaker]:
        """The last who spoke, if they are many: a group, a body, a letter, several people."""
        speakers = self._within_reach(place)
        many = len(speakers) > 1 or any(self._is_many(s) for s in speakers)
        return _less_sure(speakers) if many else []

    def _is_many(self, speaker: Speaker) -> bool:
        if speaker.key in self._letter_keys:
            return True
        return self._cast.kind_of(speaker.key) in {EntityKind.GROUP, EntityKind.ORGANIZATION}

    def _last_body(self, place: int) -> list[Speaker]:
        """The last who spoke, if it is a letter or an organization."""
        speakers = self._within_reach(place)
        if len(speakers) != 1:
            return []
        key = speakers[0].key
        is_body = key in self._letter_keys or self._cast.kind_of(key) in _ONE_BODY
        return _less_sure(speakers) if is_body else []

    def _last_person(self, pronoun: Token) -> list[Speaker]:
        """The last who spoke, if it is one person whom the pronoun fits."""
        speakers = self._within_reach(pronoun.i)
        if len(speakers) != 1 or speakers[0].key in self._letter_keys:
            return []
        key = speakers[0].key
        kind = self._cast.kind_of(key)
        fits = self._cast.gender_of(key) in (None, pronoun_gender(pronoun))
        is_one = kind in {EntityKind.PERSON, EntityKind.UNNAMED}
        return _less_sure(speakers) if is_one and fits else []

    def _within_reach(self, place: int) -> Sequence[Speaker]:
        # The same pronoun may speak twice in a sentence: then it stands before the last words.
        if self._last is None or place - self._last[0] > _REACH:
            return ()
        return self._last[1]


def _less_sure(speakers: Sequence[Speaker]) -> list[Speaker]:
    return [Speaker(s.key, s.score * _FACTOR, s.letter) for s in speakers]
