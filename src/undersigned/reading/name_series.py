"""Completes series of names: what stands between names, capitalised like one, is a name, too.

In "signed by Ann Lee, Ouma Bax, Bob Ray and the Green Table" a recogniser may know two of four. An
item of a series that holds nothing but a capitalised name gets the type of its neighbours.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from undersigned.reading.lexicon import open_lexicon
from undersigned.reading.name_types import NameType
from undersigned.reading.names import NameMention

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from spacy.tokens import Span, Token

    from undersigned.reading.text import ReadText

_SEPARATORS: Final = frozenset({",", ";", "and", "&", "•"})
_JOINTS: Final = frozenset(
    {
        "of",
        "the",
        "for",
        "de",
        "van",
        "von",
        "da",
        "di",
        "la",
        "le",
        "al",
        "bin",
        "-",
        "’",
        "'",
        ".",
    }
)
_CLOSING: Final = frozenset({".", "”", '"', "!", "?"})
_CLAUSE: Final = frozenset({"VERB", "AUX", "PRON", "SCONJ", "ADP"})
_TITLES: Final = frozenset(
    {"sir", "dame", "lord", "lady", "dr", "dr.", "mr", "mr.", "mrs", "mrs.", "ms", "ms.", "prof."}
)
_FEWEST: Final = 2
"""So many names around an item make it part of a series; one may be that of an apposition."""
_PARTY: Final = re.compile(r"[A-Z]-[A-Z]")
"""A party and a state: "R-Fla."."""
_LONGEST: Final = 6
_SCORE: Final = 0.7
"""A name only by its company is less sure than one that was recognised for itself."""


def complete_series(text: ReadText, names: Sequence[NameMention]) -> list[NameMention]:
    """The names with those added that only their series shows, in text order, without overlaps."""
    type_at = {i: name.type for name in names for i in range(name.span.start, name.span.end)}
    added: list[NameMention] = []
    for sentence in text.doc.sents:
        items = _items(sentence, type_at)
        for n in range(1, len(items)):
            words = _bare_name(items[n])
            kind = None if words is None else _kind_of(words, items, n, type_at)
            if words is not None and kind is not None:
                added.append(NameMention(words, kind, _SCORE))
                type_at.update(dict.fromkeys(range(words.start, words.end), kind))
    replaced = {i for name in added for i in range(name.span.start, name.span.end)}
    kept = [n for n in names if replaced.isdisjoint(range(n.span.start, n.span.end))]
    return sorted([*kept, *added], key=lambda name: name.span.start)


def _items(sentence: Span, type_at: Mapping[int, NameType]) -> list[Span]:
    """The sentence cut at commas and at "and", but within no name."""
    doc, start, items = sentence.doc, sentence.start, []
    for i in range(sentence.start, sentence.end):
        inside_name = all(j in type_at for j in (i - 1, i, i + 1))
        if doc[i].lower_ in _SEPARATORS and not inside_name:
            items.append(doc[start:i])
            start = i + 1
    items.append(doc[start : sentence.end])
    return [item for item in items if len(item)]


def _bare_name(item: Span) -> Span | None:
    """The capitalised words that end an item, after an article or roles in lower case."""
    doc, end = item.doc, item.end
    while end > item.start and doc[end - 1].text in _CLOSING:
        end -= 1
    start = end
    while start > item.start and _may_be_inside(doc[start - 1]):
        start -= 1
    while start < end and (not doc[start].text[:1].isupper() or doc[start].lower_ in _TITLES):
        start += 1
    before = doc[item.start : start]
    if not 1 <= end - start <= _LONGEST or any(_keeps_out(t) for t in before):
        return None
    if _PARTY.match(doc[start:end].text):
        return None
    if any(t.lower_ in open_lexicon("signing").words("offices") for t in doc[start:end]):
        return None
    alone = end - start == 1
    if doc[end - 1].text[:1].isdigit() or (
        alone and (doc[start].pos_ != "PROPN" or len(before) > 2)
    ):
        return None
    return doc[start:end]


def _keeps_out(token: Token) -> bool:
    """Whether a word in front of a name makes it no item of its own: "a spokesman for Lee"."""
    opens = token.lower_ in open_lexicon("signing").words("openers") | {"them", "as", "such"}
    return not opens and (token.pos_ in _CLAUSE or token.is_quote)


def _may_be_inside(token: Token) -> bool:
    if token.text in {"'", "’"} and token.whitespace_:
        return False  # "the Downs’ Ann Lee"
    return token.text[:1].isupper() or token.lower_ in _JOINTS


def _kind_of(
    words: Span, items: Sequence[Span], n: int, type_at: Mapping[int, NameType]
) -> NameType | None:
    """The type of an item that is no name yet, a part of one, or a place of two words."""
    own = {type_at.get(i) for i in range(words.start, words.end)}
    if _is_person_of(words, type_at) or _ends_in_person(words, type_at):
        return None
    several = len(words) > 1
    if len(own) == 1 and None not in own and not (several and own == {NameType.PLACE}):
        return None
    around = [items[m] for m in (n - 1, n + 1, n - 2, n + 2) if 0 <= m < len(items)]
    kinds = [kind for kind in (_type_of(item, type_at) for item in around) if kind is not None]
    if len(kinds) < _FEWEST or kinds[0] is NameType.PLACE or len(own - {None}) > 1:
        return None
    is_given = words[0].text in open_lexicon("given_names").all_words()
    if is_given and len(words) in {2, 3}:
        return NameType.PERSON
    capitals = sum(t.text[:1].isupper() for t in words)
    return kinds[0] if kinds[0] is NameType.ORGANIZATION or 2 <= capitals <= 4 else None


def _is_person_of(words: Span, type_at: Mapping[int, NameType]) -> bool:
    """Whether an item is a person's name with a place or body behind it ("Ann Lee of Acme")."""
    of = next((t.i for t in words if t.lower_ in {"of", "from"}), words.start)
    return of > words.start and all(
        type_at.get(i) is NameType.PERSON for i in range(words.start, of)
    )


def _ends_in_person(words: Span, type_at: Mapping[int, NameType]) -> bool:
    """Whether a full name ends an item, behind a party or title ("the former MP Sir Bob Ray")."""
    known = [type_at.get(i) is NameType.PERSON for i in range(words.start, words.end)]
    return len(known) > 2 and not known[0] and all(known[-2:])


def _type_of(item: Span, type_at: Mapping[int, NameType]) -> NameType | None:
    """The type of the name that ends an item; a place of two words decides nothing."""
    doc, end = item.doc, item.end
    while end > item.start and doc[end - 1].text in _CLOSING:
        end -= 1
    kind = type_at.get(end - 1)
    return None if kind is NameType.PLACE and type_at.get(end - 2) is kind else kind
