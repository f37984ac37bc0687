"""The cast of an article: its people and organizations, and who is meant where.

A cast is made once from the names of the article. Speakers without a name (groups, "a campaign
spokesman") join it when they are needed, by `Cast.ensure`.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from undersigned.claims import EntityKind, LocalEntity, LocalKey, Mention, MentionForm
from undersigned.reading.cast_names import NameGroup, group_names, slug
from undersigned.reading.coreference import Resolver
from undersigned.reading.roles import find_roles

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from spacy.tokens import Span, Token

    from undersigned.claims import RoleClaim
    from undersigned.reading.coreference import Resolution
    from undersigned.reading.genders import Gender
    from undersigned.reading.names import NameMention
    from undersigned.reading.text import ReadText


@dataclass(slots=True)
class Member:
    """One of the cast while the article is read; `spans` are its mentions."""

    key: LocalKey
    kind: EntityKind
    name: str
    gender: Gender | None
    spans: list[Span] = field(default_factory=list)
    form: MentionForm = MentionForm.NAME
    scores: list[float] = field(default_factory=list)


class Cast:
    """Who appears in an article; made by `make_cast`."""

    def __init__(self, text: ReadText, groups: Sequence[NameGroup]):
        self.text = text
        self._members: dict[LocalKey, Member] = {}
        self._of_token: dict[int, LocalKey] = {}
        for group in groups:
            self._add_named(group)
        self._resolver = Resolver(self)

    def _add_named(self, group: NameGroup) -> None:
        key = LocalKey(f"{group.kind.value}-{slug(group.name)}")
        member = self._members.get(key)
        if member is None:
            member = Member(key, group.kind, group.name, group.gender)
            self._members[key] = member
        for mention in group.mentions:
            member.spans.append(mention.span)
            member.scores.append(mention.score)
            for token in mention.span:
                self._of_token[token.i] = key

    @cached_property
    def roles(self) -> tuple[RoleClaim, ...]:
        """The roles of the cast's people; coreference asks for them, and so does the reader."""
        return tuple(find_roles(self.text, self))

    def entities(self) -> tuple[LocalEntity, ...]:
        """All named people and organizations and those ensured, by their first mention."""
        members = sorted(self._members.values(), key=lambda m: (m.spans[0].start, m.key))
        return tuple(
            LocalEntity(
                key=member.key,
                kind=member.kind,
                name=member.name,
                mentions=tuple(
                    Mention(words=words, form=member.form, score=round(score, 3))
                    for span, score in sorted(
                        zip(member.spans, member.scores, strict=True), key=lambda m: m[0].start
                    )
                    for words in self.text.slices(span)
                ),
            )
            for member in members
        )

    @cached_property
    def _name_spans(self) -> list[Span]:
        """All mentions by name in text order; only groups and unnamed speakers join later."""
        named = (m for m in self._members.values() if m.form is MentionForm.NAME)
        return sorted((s for m in named for s in m.spans), key=lambda span: span.start)

    def names_in(self, stretch: Span) -> list[Span]:
        """The mentions by name that lie wholly in a stretch of text, in text order."""
        spans = self._name_spans
        first = bisect_left(spans, stretch.start, key=lambda span: span.start)
        last = bisect_left(spans, stretch.end, key=lambda span: span.start)
        return [span for span in spans[first:last] if span.end <= stretch.end]

    def members(self) -> Iterable[Member]:
        """The cast as it stands now, in no particular order."""
        return self._members.values()

    def at(self, token: Token) -> LocalKey | None:
        """The person or organization whose name covers the token."""
        return self._of_token.get(token.i)

    def kind_of(self, key: LocalKey) -> EntityKind:
        """What an entity of the cast is."""
        return self._members[key].kind

    def name_of(self, key: LocalKey) -> str:
        """The fullest form of an entity's name that the article gives."""
        return self._members[key].name

    def gender_of(self, key: LocalKey) -> Gender | None:
        """A person's gender as titles or the given name show it; None where in doubt."""
        return self._members[key].gender

    def resolve(self, phrase: Span, *, before: int | None = None) -> Resolution | None:
        """Whom a name, pronoun or noun phrase means; None where in doubt.

        Args:
            phrase: the words, with or without what depends on them ("she", "the senator").
            before: the token before which the one meant has been spoken of; the phrase's own
                start by default.
        """
        return self._resolver.resolve(phrase, before=before)

    def resolve_salient(self, phrase: Span) -> Resolution | None:
        """As `resolve`, and for a definite noun of which nothing is told who stands out before it.

        "The nominee said" then means whoever has been the subject, with a score of 0.6 at most.
        """
        return self._resolver.resolve_salient(phrase)

    def couple_before(self, head: Token, size: int | None = None) -> tuple[LocalKey, ...]:
        """The people whom the text last named side by side, shortly before a phrase.

        "Ann Lee and Bo Diaz signed. *The two* said so." `size`: how many they must be. Empty where
        there are none.
        """
        return self._resolver.couple_before(head, size)

    def ensure(self, phrase: Span, kind: EntityKind) -> LocalKey:
        """The key of a group or unnamed speaker, who joins the cast by this noun phrase.

        The same words give the same key, wherever they stand.
        """
        key = LocalKey(f"{kind.value}-{slug(phrase.text)}")
        member = self._members.setdefault(
            key, Member(key, kind, " ".join(phrase.text.split()), None, form=MentionForm.NOMINAL)
        )
        if all(span.start != phrase.start or span.end != phrase.end for span in member.spans):
            member.spans.append(phrase)
            member.scores.append(1.0)
        return key


def make_cast(text: ReadText, names: Sequence[NameMention]) -> Cast:
    """The cast of an article from its names: mentions of one person or body gathered under one key.

    Surnames, "Mr. X", given names alone and acronyms go to the full name that the article gives.
    Places are no members.
    """
    return Cast(text, group_names(text, names))
