"""Reads lists of names: "actors A and B, the singer C, D (Ohio), and firms such as E and F".

A list is read from its surface, item by item between commas and "and", since parsers lose their
way in long lists with roles. An item gives the name that it is about: not the firm of "Acme
founder Ann Lee", not the other party of "a friend of Ann Lee", not who stands in a side clause.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import zip_longest
from typing import TYPE_CHECKING, Final

from undersigned.claims import EntityKind, LocalKey
from undersigned.reading.lexicon import open_lexicon
from undersigned.reading.signing.capacities import (
    executives_in,
    is_role,
    role_text,
    singular_role,
)
from undersigned.reading.signing.list_items import (
    before_side_clause,
    begins_item,
    ends_in_phrase,
    ends_item,
    is_after_plural_of,
    is_finite,
    separates,
    stands_after_plural_of,
)
from undersigned.reading.signing.unknown_names import bare_name, kind_of_unknown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Span, Token

    from undersigned.reading.cast import Cast

_LONGEST_RANGE: Final = 30
_REPRESENTED: Final = "represented by "


@dataclass(frozen=True, slots=True)
class Listed:
    """One name of a list, its words, and the role printed beside it."""

    key: LocalKey
    words: Span
    capacity: str | None


@dataclass(slots=True)
class _Item:
    """The words between two separators, and what stood in front of them."""

    words: Span
    separator: str


def read_list(span: Span, cast: Cast, *, unknown: bool = False) -> list[Listed]:
    """The people and organizations that a stretch of text lists, in text order.

    Roles before a name or in apposition after it come along as its capacity; an organization whose
    executives are listed ("the heads of Acme and Bolt") is listed as represented by them.
    With `unknown` a capitalised item that the cast does not know joins it as a name, where the
    list leaves no doubt.
    """
    names = cast.names_in(span)
    reader = _Reader(cast, takes_unknown=unknown)
    items = list(_items(span, names))
    for item, following in zip_longest(items, items[1:]):
        inside = [n for n in names if item.words.start <= n.start and n.end <= item.words.end]
        reader.following = None if following is None else _sole_name(following.words, names)
        if not reader.take(item, inside):
            break
    return _without_named_firms(reader.listed, cast)


def _without_named_firms(listed: list[Listed], cast: Cast) -> list[Listed]:
    """Only Lee and Ray of "the heads of Acme and Bolt, Ann Lee and Bob Ray"."""
    firms = [n for n in listed if (n.capacity or "").startswith(_REPRESENTED)]
    people = [n for n in listed if cast.kind_of(n.key) is EntityKind.PERSON]
    if not firms or len(firms) != len(people) or listed != firms + people:
        return listed
    return people


def _sole_name(words: Span, names: list[Span]) -> Span | None:
    """The name that an item holds nothing else than."""
    return next((n for n in names if n.start == words.start and n.end == words.end), None)


def _items(span: Span, names: list[Span]) -> Iterator[_Item]:
    """The items of a list; brackets are left out, names never cut."""
    doc = span.doc
    inside_name = {i for name in names for i in range(name.start, name.end)}
    ranges = _range_words(span, inside_name)
    start, separator, depth = span.start, "", 0
    for i in range(span.start, span.end + 1):
        at_end = i == span.end
        if not at_end:
            depth += (doc[i].text in "([") - (doc[i].text in ")]")
        splits = at_end or (
            i not in inside_name and not depth and (separates(doc[i]) or i in ranges)
        )
        if not splits:
            continue
        if start < i:
            yield _Item(doc[start:i], separator)
            separator = ""
        if not at_end:
            separator = f"{separator} {doc[i].lower_}".strip()
        start = i + 1


def _range_words(span: Span, inside_name: set[int]) -> set[int]:
    """The "from" and "to" of "from Lee and Ray to Fox", set off by a comma or dash."""
    doc = span.doc
    for token in span[:-1]:
        opens = token.i == span.start or doc[token.i - 1].text in {",", "–", "—", "-", "("}
        if token.lower_ != "from" or not opens:
            continue
        for to in doc[token.i + 1 : min(token.i + _LONGEST_RANGE, span.end)]:
            if is_finite(to):
                break
            ends = to.lower_ == "to" and not inside_name.isdisjoint(range(token.i, to.i))
            if ends and not inside_name.isdisjoint(range(to.i, min(to.i + 8, span.end))):
                return {token.i, to.i}
    return set()


class _Reader:
    """Walks over the items; `_roles` are role words that wait for the name they belong to."""

    def __init__(self, cast: Cast, *, takes_unknown: bool):
        self._takes_unknown = takes_unknown
        self.listed: list[Listed] = []
        self._cast = cast
        self._roles: list[str] = []
        self._shared: str | None = None
        self._executives: str | None = None
        self._within_phrase = False
        self._within_side_clause = False
        self._of_many = False
        self._of_places = False
        self._ends_in_name = False
        self._bodies = False
        self.following: Span | None = None

    def take(self, item: _Item, names: list[Span]) -> bool:
        """Reads one item; False where a new main clause begins, so that the list is over."""
        words, opened = _after_opener(item.words)
        if self._goes_on_beside(item, words):
            return True
        words, self._within_side_clause = before_side_clause(words, names)
        names = [n for n in names if words.start <= n.start and n.end <= words.end]
        if opened:
            self._open(item.words, words)
        if len(words) and words[0].pos_ == "SCONJ" and words[0].lower_ == "that":
            return False
        if not len(words) or words[0].lower_ == "not":
            self._roles = []
            return True
        clause = _finite_verb(words, names)
        if clause is not None:
            last = _before_main_verb(clause, words, names) or _opens_list(clause, item, names)
            if last is not None and (key := self._cast.at(last[0])) is not None:
                self._add(key, last, words.doc[words.start : clause.i])
            return False
        if self._take_range(words, names):
            return True
        name = self._subject(words, names)
        key = None if name is None else self._cast.at(name[0])
        if name is None or key is None:
            if names or not self._take_unknown(words, item.separator):
                self._keep_role(words, item.separator)
        else:
            self._add(key, name, words)
        return True

    def _take_unknown(self, words: Span, separator: str) -> bool:
        """A capitalised item that the cast does not know, as a name where the list shows it."""
        found = bare_name(words, self._cast, places=self._bodies and separator == "and")
        if found is None or self._within_phrase or not self._takes_unknown:
            return False
        name, is_body = found
        closes = separator.endswith(("and", "&", "plus")) and self._ends_in_name
        among_bodies = self._last_kind is EntityKind.ORGANIZATION and self._ends_in_name
        self._bodies = is_body or (self._bodies and separator.endswith("and"))
        kind = kind_of_unknown(name)
        opens = not self.listed and self._opens_series(name, words, kind)
        if not (self._bodies or opens or (bool(self.listed) and (closes or among_bodies))):
            return False
        if among_bodies or self._bodies:
            kind = EntityKind.ORGANIZATION
        self._add(self._cast.ensure(name, kind), name, words)
        return True

    def _opens_series(self, name: Span, words: Span, kind: EntityKind) -> bool:
        """The unknown name in front of known ones of its kind: "Baxo, Acme Corp. and Bolt"."""
        following = None if self.following is None else self._kind(self.following)
        return following is kind and name.start == words.start

    @property
    def _last_kind(self) -> EntityKind | None:
        return self._cast.kind_of(self.listed[-1].key) if self.listed else None

    def _goes_on_beside(self, item: _Item, words: Span) -> bool:
        """Whether "and" goes on with what is no part of the list.

        That is a side clause ("who knows Lee and Ray"), or a phrase ("the estates of Lee and Ray",
        "the bishops of Leeds, Wells and York").
        """
        if self._of_places and len(words) == 1 and words[0].text[:1].isupper():
            return True
        return item.separator == "and" and (
            self._within_side_clause
            or (self._of_many and len(words) > 0 and self._cast.at(words[0]) is not None)
        )

    def _take_range(self, words: Span, names: list[Span]) -> bool:
        """Both names of "from Lee to Ray"."""
        people = [n for n in names if self._kind(n) is EntityKind.PERSON]
        ends = people if len(people) == 2 else names
        if len(ends) != 2 or words[0].lower_ != "from":
            return False
        between = words.doc[ends[0].end : ends[1].start]
        if not len(between) or between[0].lower_ != "to":
            return False
        for name in ends:
            key = self._cast.at(name[0])
            if key is not None:
                self._add(key, name, name)
        return True

    def _open(self, item: Span, words: Span) -> None:
        before = item.doc[item.start : words.start]
        self._within_phrase = False
        self._roles = []
        self._executives = executives_in(before) or self._executives

    def _subject(self, words: Span, names: list[Span]) -> Span | None:
        """The name that the item is about."""
        self._of_many = self._of_places = False
        for name in reversed(names):
            if not ends_item(name, words) or not begins_item(name, words):
                continue
            is_person = self._kind(name) is EntityKind.PERSON
            if not is_person and self._within_phrase:
                return None
            self._within_phrase = False
            return name
        executives = executives_in(words)
        is_body = bool(names) and self._kind(names[-1]) is EntityKind.ORGANIZATION
        if executives and is_body and ends_item(names[-1], words):
            self._executives = executives
            return names[-1]
        self._within_phrase = bool(names) or ends_in_phrase(words)
        self._of_places = len(words) > 2 and is_after_plural_of(words[-1], words)
        self._of_many = any(stands_after_plural_of(name, words) for name in names[-1:])
        return None

    def _kind(self, name: Span) -> EntityKind | None:
        key = self._cast.at(name[0])
        return None if key is None else self._cast.kind_of(key)

    def _keep_role(self, words: Span, separator: str) -> None:
        """A nameless item is a role: of the next name where it opens the list, else of the last."""
        if not is_role(words):
            return
        text = role_text(words)
        if self.listed and not self._roles and (separator == "," or self._last_has_apposition):
            last = self.listed[-1]
            if last.capacity is None:
                self.listed[-1] = Listed(last.key, last.words, text)
            elif separator == "and":
                self.listed[-1] = Listed(last.key, last.words, f"{last.capacity} and {text}")
            else:
                self._roles = [text]
        else:
            self._roles.append(text)

    @property
    def _last_has_apposition(self) -> bool:
        return self.listed[-1].capacity is not None

    def _add(self, key: LocalKey, name: Span, words: Span) -> None:
        before = words.doc[words.start : name.start]
        role = role_text(before) if is_role(before) else None
        if self._cast.kind_of(key) is EntityKind.ORGANIZATION:
            capacity = f"{_REPRESENTED}{self._executives}" if self._executives else role
        else:
            self._executives = None
            plural = len(before) > 0 and before[-1].tag_ == "NNS"
            if role and plural:
                self._shared = singular_role(before)
                role = None
            elif role:
                self._shared = None
            capacity = " and ".join([*self._roles, *([role] if role else [])]) or self._shared
        self._roles = []
        self._ends_in_name = name.end == words.end
        self.listed.append(Listed(key, name, capacity))


def _after_opener(words: Span) -> tuple[Span, bool]:
    """What stands after the last "including", "such as", "besides" of an item."""
    openers = open_lexicon("signing").words("openers")
    start = words.start
    for token in words[:-2] if words[-2:].text.lower() in openers else words:
        pair = f"{token.lower_} {token.nbor(1).lower_}" if token.i + 1 < words.end else ""
        if pair in openers:
            start = token.i + 2
        elif token.lower_ in openers and not (token.lower_ == "like" and token.pos_ == "VERB"):
            start = token.i + 1
    return words.doc[start : words.end], start > words.start


def _opens_list(verb: Token, item: _Item, names: list[Span]) -> Span | None:
    """Lee in the headline "Letter signed by Lee calls for ban": no comma parts verb and name."""
    name = next((n for n in names if n.end == verb.i), None)
    if item.separator or name is None or item.words.start != name.start:
        return None
    return name if name.start > 0 and name.doc[name.start - 1].lower_ == "by" else None


def _finite_verb(words: Span, names: list[Span]) -> Token | None:
    inside = {i for name in names for i in range(name.start, name.end)}
    return next((t for t in words if t.i not in inside and is_finite(t)), None)


def _before_main_verb(verb: Token, words: Span, names: list[Span]) -> Span | None:
    """Ray in "a letter signed by Lee and Ray was printed": the verb's subject is another word."""
    name = next((n for n in reversed(names) if n.end == verb.i), None)
    if name is not None and not begins_item(name, words):
        return None
    main = verb.head if verb.dep_.startswith(("aux", "cop")) else verb
    subjects = [t for t in main.children if t.dep_.startswith("nsubj")]
    if name is None or not subjects or any(name.start <= t.i < name.end for t in subjects):
        return None
    return name
