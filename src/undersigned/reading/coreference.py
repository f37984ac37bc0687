"""Whom a name, pronoun or noun phrase means, by sieves from the surest to the least sure."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, deque
from dataclasses import dataclass
from functools import cached_property
from itertools import takewhile
from typing import TYPE_CHECKING

from undersigned.claims import EntityKind, LocalKey
from undersigned.reading.couples import find_couples
from undersigned.reading.disjoint_reference import excluded_keys
from undersigned.reading.genders import gender_from_title
from undersigned.reading.leads import named_after_lead
from undersigned.reading.lexicon import open_lexicon
from undersigned.reading.name_words import is_office
from undersigned.reading.nominals import (
    bodies_meant,
    describes_person,
    is_definite,
    party_of,
    titles_meant,
)
from undersigned.reading.pronouns import pronoun_gender, titled_subject
from undersigned.reading.role_phrases import ends_title
from undersigned.reading.salience import REACH, Spoken, prominence, quoted_tokens, worth
from undersigned.source import BlockKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from spacy.tokens import Span, Token

    from undersigned.reading.cast import Cast
    from undersigned.reading.genders import Gender

_TOPIC = 0.04
"""For each earlier mention within reach: who is spoken of again and again is the topic."""
_TELLING = frozenset({"nmod", "acl:relcl", "appos", "nmod:poss"})
"""What makes a definite noun tell for itself whom it means: "the mayor *of Ghent*"."""
_SAME_BLOCK = 0.25
"""For a mention in the same paragraph: a new one mostly says anew whom it speaks of."""
_SURE = 0.85
"""A pronoun resolved with such a score shows the gender of somebody whose name shows none."""
_OF = re.compile(r" (?:of|for|to|in|at) ")
"""Parts a title from its field: "minister of state", "minister for housing"."""
_QUALIFIERS = frozenset({"shadow", "deputy", "vice", "prime", "assistant"})
"""A *shadow* minister is no minister, a *vice* president no president."""
_CANDIDATES = frozenset({"nominee", "candidate", "incumbent", "winner", "loser"})
"""What somebody who holds an office may be besides."""
_BEFORE_NOUN = frozenset({"ADJ", "NOUN", "NUM", "PART", "PROPN"})
"""What stands between an article and its noun."""
_NOMINAL_REACH = 600
"""Tokens back to which "the senator" may reach: most of an article."""


@dataclass(frozen=True, slots=True)
class Resolution:
    """Whom a phrase means. `score` (0.0–1.0): how sure; `rule`: the sieve that decided."""

    key: LocalKey
    score: float
    rule: str


class Resolver:
    """Resolves phrases against a cast. Made once an article; results are kept."""

    def __init__(self, cast: Cast):
        self._cast = cast
        self._shown: dict[LocalKey, Gender] = {}

    def resolve(self, phrase: Span, *, before: int | None = None) -> Resolution | None:
        """See `Cast.resolve`."""
        head = phrase.root
        named = self._by_name(head)
        if named is not None:
            return named
        limit = phrase.start if before is None else before
        gender = pronoun_gender(head)
        if gender is not None:
            if head.i in self._followed or before is None:
                return self._followed.get(head.i)
            return self._by_pronoun(gender, head, limit, self._before(self._named, limit))
        if head.lower_ in open_lexicon("pronouns").words("neuter"):
            return self._by_it(limit)
        return self._by_nominal(head, limit) if self._is_nominal(head) else None

    def resolve_salient(self, phrase: Span) -> Resolution | None:
        """See `Cast.resolve_salient`."""
        sure = self.resolve(phrase)
        return sure or self._followed.get(phrase.root.i) or self._by_headline(phrase.root)

    def couple_before(self, head: Token, size: int | None) -> tuple[LocalKey, ...]:
        """See `Cast.couple_before`."""
        for end, keys in reversed(self._couples):
            if end > head.i:
                continue
            if head.i - end > REACH:
                break
            if size in (None, len(keys)):
                return keys
        return ()

    @cached_property
    def _couples(self) -> list[tuple[int, tuple[LocalKey, ...]]]:
        return find_couples(self._cast, [spoken for spoken in self._named if not spoken.quoted])

    def _by_name(self, head: Token) -> Resolution | None:
        key = self._cast.at(head)
        if key is not None:
            return Resolution(key, 1.0, "name")
        if head.i + 1 < len(head.doc) and ends_title(head):
            after = self._cast.at(head.nbor(1))
            if after is not None and head.nbor(1).sent.start == head.sent.start:
                return Resolution(after, 0.95, "title-and-name")
        return None

    def _is_nominal(self, head: Token) -> bool:
        is_noun = head.pos_ in {"NOUN", "PROPN"} or ends_title(head) or describes_person(head)
        return is_noun and is_definite(head) and not self._holds_name(head)

    def _holds_name(self, head: Token) -> bool:
        """Whether somebody's name stands between the article and the noun: "the Lee spokesman"."""
        before = reversed(head.doc[max(head.sent.start + 1, head.i - 3) : head.i])
        return any(
            token.text in self._name_words and party_of(token.lower_) is None
            for token in takewhile(lambda token: token.pos_ in _BEFORE_NOUN, before)
            if token.text[:1].isupper()
        )

    @cached_property
    def _name_words(self) -> frozenset[str]:
        members = self._cast.members()
        return frozenset(word for member in members for word in member.name.split())

    @cached_property
    def _named(self) -> list[Spoken]:
        """All mentions by name, in text order."""
        return sorted(
            (
                self._spoken(member.key, span)
                for member in self._cast.members()
                if member.kind in {EntityKind.PERSON, EntityKind.ORGANIZATION}
                for span in member.spans
            ),
            key=lambda spoken: spoken.start,
        )

    @cached_property
    def _named_of(self) -> dict[LocalKey, list[Spoken]]:
        of: dict[LocalKey, list[Spoken]] = {}
        for spoken in self._named:
            of.setdefault(spoken.key, []).append(spoken)
        return of

    @cached_property
    def _quoted(self) -> list[bool]:
        return quoted_tokens(self._cast.text)

    def _spoken(self, key: LocalKey, span: Span) -> Spoken:
        return Spoken(key, span.start, span.end, prominence(span), self._quoted[span.start])

    def _before(self, spoken: Sequence[Spoken], limit: int, reach: int = REACH) -> list[Spoken]:
        """Those of a list in text order that stand within reach before a place."""
        first = bisect_left(spoken, limit - reach, key=lambda place: place.end)
        last = bisect_left(spoken, limit, key=lambda place: place.start)
        return [place for place in spoken[first:last] if place.end <= limit]

    @cached_property
    def _followed(self) -> dict[int, Resolution]:
        """The pronouns and nouns of the article in one pass, each leaning on those before it."""
        found: dict[int, Resolution] = {}
        recent: deque[Spoken] = deque()
        named = deque(self._named)
        seen_nouns: set[str] = set()
        for token in self._cast.text.doc:
            while named and named[0].end <= token.i:
                recent.append(named.popleft())
            while recent and token.i - recent[0].end > REACH:
                recent.popleft()
            resolution = self._follow(token, recent, seen_nouns)
            if resolution is None:
                continue
            found[token.i] = resolution
            self._learn_gender(token, resolution)
            if not self._quoted[token.i]:
                place = token.doc[token.i : token.i + 1]
                recent.append(self._spoken(resolution.key, place))
        return found

    def _learn_gender(self, pronoun: Token, resolution: Resolution) -> None:
        """Whom an article has called "she" for sure is no "he" later on."""
        gender = pronoun_gender(pronoun)
        sure = gender is not None and resolution.score >= _SURE and not self._quoted[pronoun.i]
        if gender is not None and sure and self._cast.gender_of(resolution.key) is None:
            self._shown.setdefault(resolution.key, gender)

    def _follow(
        self, token: Token, recent: Iterable[Spoken], seen_nouns: set[str]
    ) -> Resolution | None:
        gender = pronoun_gender(token)
        if gender is not None:
            return self._by_pronoun(gender, token, token.i, recent)
        if not describes_person(token) or self._cast.at(token) is not None:
            return None
        if not self._is_nominal(token):
            if self._cast.text.block_of(token).block.kind is not BlockKind.HEADLINE:
                seen_nouns.add(token.lower_)
            return None
        if self._by_name(token) is not None:
            return None
        sure = self._by_nominal(token, token.left_edge.i) or self._by_next_paragraph(token)
        if sure is not None or token.lower_ in seen_nouns:
            return sure
        return self._by_salience(token, recent)

    def _by_next_paragraph(self, noun: Token) -> Resolution | None:
        """See `named_after_lead`."""
        late = named_after_lead(noun, self._cast)
        return None if late is None else Resolution(late, 0.6, "named-after-lead")

    def _by_salience(self, noun: Token, recent: Iterable[Spoken]) -> Resolution | None:
        """*The nominee*, *the 43-year-old*: of nobody told, so it is whoever stands out."""
        if not _may_take_up(noun):
            return None
        told = [spoken for spoken in recent if not spoken.quoted and spoken.end <= noun.sent.start]
        if is_office(noun.text) and noun.lower_ not in _CANDIDATES:
            told = [spoken for spoken in told if not self._titles.get(spoken.key)]
        scores = self._scores(gender_from_title(noun.lower_), noun.sent.start, told)
        winner = _clear_winner(scores, "salience")
        if winner is None:
            return None
        return Resolution(winner.key, min(winner.score, 0.6), winner.rule)

    def _by_headline(self, noun: Token) -> Resolution | None:
        """*Union chair* slams deal: in a headline the one who has that title in the article."""
        if self._cast.text.block_of(noun).block.kind is not BlockKind.HEADLINE:
            return None
        if is_definite(noun) or self._cast.at(noun) is not None:
            return None
        holders = [key for key, titles in self._titles.items() if noun.lower_ in titles]
        if len(holders) == 1:
            return Resolution(holders[0], 0.6, "headline-title")
        text = self._cast.text.doc
        same = (found for i, found in self._followed.items() if text[i].lower_ == noun.lower_)
        later = next(same, None)
        return None if later is None else Resolution(later.key, 0.5, "headline-noun")

    def _by_pronoun(
        self, gender: Gender, pronoun: Token, limit: int, spoken: Iterable[Spoken]
    ) -> Resolution | None:
        subject = titled_subject(pronoun, gender)
        if subject is not None:
            known = self._by_nominal(subject, subject.i) or self._by_next_paragraph(subject)
            return known if is_definite(subject) else None
        others = excluded_keys(pronoun, self._cast, self._named_of, self._quoted)
        possible = [place for place in spoken if place.key not in others]
        return _clear_winner(self._scores(gender, limit, possible), "pronoun")

    def _scores(
        self, gender: Gender | None, limit: int, spoken: Iterable[Spoken]
    ) -> dict[LocalKey, float]:
        """How much each person of fitting gender stands out at a place."""
        block = self._cast.text.block_of(self._cast.text.doc[limit]).start
        best: dict[LocalKey, float] = {}
        times: Counter[LocalKey] = Counter()
        for place in spoken:
            if not 0 <= limit - place.end <= REACH:
                continue
            if self._cast.kind_of(place.key) is not EntityKind.PERSON:
                continue
            other = self._cast.gender_of(place.key) or self._shown.get(place.key)
            if gender is not None and other not in (None, gender):
                continue
            times[place.key] += 1
            near = _SAME_BLOCK if place.start >= block else 0.0
            score = near + worth(place, limit) + _TOPIC * min(times[place.key], 4)
            if gender is not None:
                score += 0.05 if other is gender else -0.05
            best[place.key] = max(best.get(place.key, -1.0), score)
        return best

    def _by_it(self, limit: int) -> Resolution | None:
        """The pronoun "it" only takes up an organization that is a subject nearby, unrivalled."""
        scores: dict[LocalKey, float] = {}
        for place in self._before(self._named, limit, REACH // 3):
            is_body = self._cast.kind_of(place.key) is EntityKind.ORGANIZATION
            if is_body and place.prominence > 0:
                score = worth(place, limit) - 0.15
                scores[place.key] = max(scores.get(place.key, -1.0), score)
        return _clear_winner(scores, "it")

    @cached_property
    def _titles(self) -> dict[LocalKey, set[str]]:
        """The words of the roles that each person has in the article, and whole titles."""
        titles: dict[LocalKey, set[str]] = {}
        for claim in self._cast.roles:
            words = titles.setdefault(claim.holder, set())
            title = claim.title.lower()
            first = _qualifier(title.split())
            words |= {title, first + title.split()[-1], first + _OF.split(title)[0].split()[-1]}
        return titles

    @cached_property
    def _parties(self) -> dict[LocalKey, set[str]]:
        """The parties that stand in each person's titles: "Democratic nominee Ann Roe"."""
        return {
            key: {p for title in titles for p in map(party_of, title.split()) if p is not None}
            for key, titles in self._titles.items()
        }

    def _by_nominal(self, head: Token, limit: int) -> Resolution | None:
        noun = head.lower_
        before = _words_before(head)
        rank = _qualifier(before[-1:])
        wanted = {rank + title for title in titles_meant(noun)}
        gender = gender_from_title(noun)
        party = next((p for p in map(party_of, before) if p is not None), None)
        scores: dict[LocalKey, float] = {}
        bodies = bodies_meant(noun, self._cast)
        for place in self._before(self._named, limit, _NOMINAL_REACH):
            held = self._titles.get(place.key, set())
            other = self._cast.gender_of(place.key)
            if held & wanted and not (gender and other and gender is not other):
                score = 0.85 if rank + noun in held else 0.75
            elif place.key in bodies:
                score = bodies[place.key]
            else:
                continue
            parties = self._parties.get(place.key, set())
            if party is not None and parties:
                score += 0.2 if party in parties else -0.8
            score -= 0.4 * (limit - place.end) / _NOMINAL_REACH
            scores[place.key] = max(scores.get(place.key, 0.0), score)
        return _clear_winner(scores, "noun-phrase")


def _qualifier(words: Sequence[str]) -> str:
    """The word among these that makes another office of one, with a space; else nothing."""
    return next((f"{word} " for word in words if word in _QUALIFIERS), "")


def _words_before(head: Token) -> list[str]:
    return [token.lower_ for token in head.doc[max(head.sent.start, head.i - 4) : head.i]]


def _may_take_up(noun: Token) -> bool:
    """Whether a definite noun tells no more than was told before: not "the mayor *of Ghent*".

    Nor "the *Ohio* governor".
    """
    told = any(t.dep_ in _TELLING for t in noun.children)
    told |= is_office(noun.text) and any(t.pos_ == "PROPN" for t in noun.children)
    return not told and noun.dep_ not in {"appos", "compound", "amod"}


def _clear_winner(scores: dict[LocalKey, float], rule: str) -> Resolution | None:
    """The best, less sure the closer the second; None where nothing stands out."""
    ranked = sorted(scores.items(), key=lambda item: (-item[1], item[0]))
    if not ranked or ranked[0][1] < 0.1:
        return None
    lead = ranked[0][1] - (ranked[1][1] if len(ranked) > 1 else 0.0)
    if lead < 0.01:
        return None
    score = min(0.95, 0.45 + ranked[0][1] * 0.4 + min(lead, 0.4) * 0.4)
    return Resolution(ranked[0][0], round(score, 3), rule)
