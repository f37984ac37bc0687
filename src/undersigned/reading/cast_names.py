"""Gathers the mentions of one person or organization of an article under its fullest name."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from undersigned.claims import EntityKind
from undersigned.iris import slug_of
from undersigned.reading.genders import Gender, gender_from_title, gender_of_given_name
from undersigned.reading.lexicon import open_lexicon
from undersigned.reading.name_types import NameType

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from undersigned.reading.names import NameMention
    from undersigned.reading.text import ReadText

_SMALL_WORDS = frozenset({"of", "for", "and", "the", "on", "to", "&", "-"})
_ARTICLES = frozenset({"the", "a", "an"})


@dataclass(slots=True)
class NameGroup:
    """The mentions of one person or organization; `words` are the words of its fullest name."""

    kind: EntityKind
    words: tuple[str, ...]
    mentions: list[NameMention] = field(default_factory=list)
    genders: list[Gender] = field(default_factory=list)

    @property
    def name(self) -> str:
        """The fullest name, as printed."""
        longest = max(self.mentions, key=lambda m: (len(m.span), -m.span.start))
        return _plain(longest)

    @property
    def gender(self) -> Gender | None:
        """From titles ("Ms.") where the article has them, else from the given name."""
        if self.kind is not EntityKind.PERSON:
            return None
        if self.genders:
            return max(sorted(set(self.genders)), key=self.genders.count)
        return gender_of_given_name(self.words[0]) if len(self.words) > 1 else None


def slug(name: str) -> str:
    """A name as the last part of a key: lower case, ASCII, joined by hyphens, without "the"."""
    return slug_of(name.removeprefix("The ").removeprefix("the "))


def group_names(text: ReadText, names: Sequence[NameMention]) -> list[NameGroup]:
    """The named people and organizations of an article, each with its mentions in text order."""
    people = [m for m in names if m.type is NameType.PERSON]
    bodies = [m for m in names if m.type is NameType.ORGANIZATION]
    short = _short_forms_among(people, bodies)
    people = [m for m in people if m not in short]
    bodies = sorted([*bodies, *short], key=lambda m: m.span.start)
    return [*_group_people(people), *_group_bodies(text, bodies)]


def _short_forms_among(
    people: Sequence[NameMention], bodies: Sequence[NameMention]
) -> list[NameMention]:
    """What was taken for people and is a body named again: "Lee & Ray" of "Lee & Ray Logistics".

    Where somebody bears the name, too, a surname stays theirs.
    """
    full = {_words(m) for m in bodies}
    borne = {words[n:] for words in map(_words, people) for n in range(1, len(words))}
    return [
        mention
        for mention in people
        if _words(mention) not in borne
        and any(_leaves_out(_words(mention), words) for words in full)
    ]


def _leaves_out(words: tuple[str, ...], full: tuple[str, ...]) -> bool:
    """Whether a short name lacks only what articles leave out: "Acme" of "Acme Widgets Inc."."""
    size = len(words)
    return size < len(full) and full[:size] == words and _endings().issuperset(full[size:])


@cache
def _endings() -> frozenset[str]:
    lists = open_lexicon("organization_words")
    return lists.words("left_out") | {end.lower() for end in lists.words("suffixes")}


def _plain(mention: NameMention) -> str:
    return " ".join(mention.span.text.split())


def _words(mention: NameMention) -> tuple[str, ...]:
    return tuple(token.lower_ for token in mention.span if not token.is_space)


def _group_people(people: Sequence[NameMention]) -> list[NameGroup]:
    """Longer names first, so that every shorter one finds the full name that it is a part of."""
    groups: dict[tuple[str, ...], NameGroup] = {}
    for mention in sorted(people, key=lambda m: (-len(_words(m)), m.span.start)):
        words = _words(mention)
        owner = groups.get(words) or _owner_of_part(mention, list(groups.values()))
        if owner is None:
            owner = groups.setdefault(words, NameGroup(EntityKind.PERSON, words))
        owner.mentions.append(mention)
    for group in groups.values():
        group.mentions.sort(key=lambda m: m.span.start)
        group.genders.extend(_title_genders(group))
    return sorted(groups.values(), key=lambda group: group.mentions[0].span.start)


def _owner_of_part(part: NameMention, groups: Sequence[NameGroup]) -> NameGroup | None:
    """The full name that a surname, or else a given name, belongs to: the last one spoken of."""
    words = _words(part)
    longer = [group for group in groups if len(group.words) > len(words)]
    found = [g for g in longer if g.words[-len(words) :] == words]
    found = found or [g for g in longer if len(words) > 1 and _same_but_middle(words, g.words)]
    found = found or [g for g in longer if len(words) == 1 and g.words[0] == words[0]]
    if not found:
        return None
    title = next(_titles_before(part), None)
    if title is not None:
        found = [g for g in found if gender_of_given_name(g.words[0]) in (None, title)]
    if not found:
        return None

    def nearness(group: NameGroup) -> tuple[bool, int]:
        earlier = [m.span.start for m in group.mentions if m.span.start < part.span.start]
        return (bool(earlier), max(earlier) if earlier else -group.mentions[0].span.start)

    return max(found, key=nearness)


def _same_but_middle(short: tuple[str, ...], full: tuple[str, ...]) -> bool:
    """Whether two names differ by middle names, initials and "Jr." at most."""
    end = len(full)
    suffixes = {word.lower() for word in open_lexicon("person_names").words("suffixes")}
    if full[-1] in suffixes and short[-1] not in suffixes:
        return False
    return short[0] == full[0] and short[-1] == full[end - 1]


def _titles_before(mention: NameMention) -> Iterator[Gender]:
    if mention.span.start:
        gender = gender_from_title(mention.span.doc[mention.span.start - 1].lower_)
        if gender is not None:
            yield gender


def _title_genders(group: NameGroup) -> Iterator[Gender]:
    for mention in group.mentions:
        yield from _titles_before(mention)


def _group_bodies(text: ReadText, bodies: Sequence[NameMention]) -> list[NameGroup]:
    """Longer names first, so that every shorter form finds the name that it is short for."""
    groups: dict[tuple[str, ...], NameGroup] = {}
    acronyms = _acronyms_in_brackets(text, bodies)
    for mention in sorted(bodies, key=lambda m: (-len(_words(m)), m.span.start)):
        words = tuple(w for w in _words(mention) if w not in _ARTICLES) or _words(mention)
        words = acronyms.get(words, words)
        owner = groups.get(words) or _owner_of_short_form(mention, words, list(groups.values()))
        if owner is None:
            owner = groups.setdefault(words, NameGroup(EntityKind.ORGANIZATION, words))
        owner.mentions.append(mention)
    for group in groups.values():
        group.mentions.sort(key=lambda m: m.span.start)
    return sorted(groups.values(), key=lambda group: group.mentions[0].span.start)


def _owner_of_short_form(
    mention: NameMention, words: tuple[str, ...], groups: Sequence[NameGroup]
) -> NameGroup | None:
    """The one longer name that words are short for: "DNC", "the Commission", "Acme Widgets"."""
    word, lists = words[-1], open_lexicon("organization_words")

    def is_short_for(full: tuple[str, ...]) -> bool:
        if _leaves_out(words, full):
            return True
        if len(words) > 1 or len(full) < 2:
            return False
        initials = "".join(part[0] for part in full if part not in _SMALL_WORDS)
        acronym = mention.span.text.isupper() and len(word) > 1 and word == initials
        return acronym or (
            full[-1] == word and word in lists.words("heads") and full[0] not in _ARTICLES
        )

    found = [group for group in groups if is_short_for(group.words)]
    return found[0] if len(found) == 1 else None


def _acronyms_in_brackets(
    text: ReadText, bodies: Sequence[NameMention]
) -> dict[tuple[str, ...], tuple[str, ...]]:
    """Acronyms that stand in brackets after the full name: "… Policy (OSTP)"."""
    found = {}
    for before, after in pairwise(bodies):
        between = text.doc[before.span.end : after.span.start].text.strip()
        if between == "(" and len(after.span) == 1 and after.span.text.isupper():
            found[_words(after)] = tuple(w for w in _words(before) if w not in _ARTICLES)
    return found
