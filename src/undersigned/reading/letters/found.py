"""The letters of one article: what they are, what is said about them, and where they are meant."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from undersigned.reading.signing.scene import letter_words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from spacy.tokens import Span, Token

    from undersigned.claims import Claim, LetterKind, LocalKey
    from undersigned.reading.signing.scene import Scene, Signing

_NEARBY_SENTENCES: Final = 6
"""So far back "it" may reach for the letter that spoke."""


class Letters:
    """The distinct letters of an article; made by `find_letters`."""

    def __init__(
        self,
        scene: Scene,
        kinds: Mapping[LocalKey, LetterKind],
        signings: Sequence[Signing],
        claims: Sequence[Claim],
        titles: Sequence[Span],
    ):
        self.signings: tuple[Signing, ...] = tuple(signings)
        self._scene = scene
        self._kinds = dict(kinds)
        self._claims = list(claims)
        self._titles = tuple(titles)

    def claims(self) -> list[Claim]:
        """All claims but signatures: kinds, parties, counts, dates, topics, demands, answers."""
        return list(self._claims)

    def keys(self) -> tuple[LocalKey, ...]:
        """The letters' keys, in the order of their first mentions."""
        return tuple(self._kinds)

    def kind_of(self, key: LocalKey) -> LetterKind:
        """What kind of document a letter is."""
        return self._kinds[key]

    def main(self) -> LocalKey | None:
        """The letter that the article is about; None where it is about none."""
        return self._scene.main

    def at(self, token: Token) -> LocalKey | None:
        """The letter that a token is part of a mention of ("the", "open", "letter")."""
        return self._scene.letter_at(token)

    def are_titles(self, content: Sequence[Span]) -> bool:
        """Whether words between quotation marks are a letter's title, and no quotation."""
        return all(
            any(place.start <= span.start and span.end <= place.end + 1 for place in self._titles)
            for span in content
        )

    def resolve(self, phrase: Span) -> LocalKey | None:
        """The letter that a noun phrase or "it" means; None for other phrases, or in doubt."""
        if not len(phrase):
            return None
        if len(phrase) == 1 and phrase[0].lower_ in {"it", "this"}:
            return self.resolve_it(phrase[0])
        head = phrase.root
        if self.at(head) is not None:
            return self.at(head)
        return self.at(phrase[-1])

    def resolve_it(self, pronoun: Token) -> LocalKey | None:
        """The letter that "it" means: the one that spoke last, if nobody else has spoken since."""
        speaks = letter_words("speaks")
        sentences = [s for s in self._scene.doc.sents if s.start <= pronoun.i]
        for sentence in sentences[: -_NEARBY_SENTENCES - 1 : -1]:
            for verb in reversed(sentence):
                if verb.i >= pronoun.i or verb.pos_ != "VERB" or verb.lemma_.lower() not in speaks:
                    continue
                subject = next((t for t in verb.children if t.dep_.startswith("nsubj")), None)
                if subject is None:
                    continue
                letter = self.at(subject)
                if letter is not None:
                    return letter
                if self._scene.cast.at(subject) is not None:
                    return None
        return None
