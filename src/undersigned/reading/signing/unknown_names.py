"""Names that nothing but their place in a list shows: "the charities Scope and Sun"."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

from undersigned.claims import EntityKind
from undersigned.reading.lexicon import open_lexicon
from undersigned.reading.signing.days import DAYS

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

    from undersigned.reading.cast import Cast

_JOINTS: Final = frozenset({"of", "the", "for", "de", "van", "von", "&", "-", "'", "’", "+"})
_LONGEST: Final = 6
_PERSON_WORDS: Final = (2, 3)
_PLACES: Final = frozenset({"GPE", "LOC", "NORP", "DATE"})
_KINDS_OF_BODY: Final = frozenset(
    [
        *("band", "firm", "company", "charity", "union", "group", "duo", "trio", "startup"),
        *("start-up", "club", "publisher", "outlet", "organisation", "organization", "agency"),
        *("newspaper", "college", "brand", "chain", "bank", "carmaker", "act", "label", "studio"),
    ]
)


def bare_name(item: Span, cast: Cast, *, places: bool = False) -> tuple[Span, bool] | None:
    """The capitalised words that close an item of a list, and whether words before it say a body.

    None where they are part of a known name, a title, no name at all, or (without `places`) what
    the recogniser takes for a place.
    """
    doc, end = item.doc, item.end
    while end > item.start and doc[end - 1].is_punct:
        end -= 1
    start = end
    while start > item.start and _may_be_inside(doc[start - 1]):
        start -= 1
    while start < end and not doc[start].text[:1].isupper():
        start += 1
    name, before = doc[start:end], doc[item.start : start]
    if not 0 < len(name) <= _LONGEST or not _are_capitals(name) or not _may_open(before, name):
        return None
    is_body = any(_means_body(t) for t in before)
    place = all(t.ent_type_ in _PLACES for t in name) and not (is_body or places)
    if place or any(cast.at(t) is not None for t in name):
        return None
    if _is_title(name):
        return None
    return name, is_body


def kind_of_unknown(name: Span) -> EntityKind:
    """A person where two or three words are capitalised like one's, else an organization."""
    shaped = all(t.is_title and t.is_alpha for t in name)
    heads = open_lexicon("organization_words").words("heads")
    body = any(t.lower_ in heads for t in name)
    return (
        EntityKind.PERSON
        if shaped and not body and len(name) in _PERSON_WORDS
        else EntityKind.ORGANIZATION
    )


def _are_capitals(words: Span) -> bool:
    capital = all(_is_capital(t) or t.lower_ in _JOINTS for t in words)
    return capital and words[-1].text[:1].isupper() and any(t.is_alpha for t in words)


def _is_capital(token: Token) -> bool:
    """Whether a capitalised word may be of a name: no day, no "Also" that opens a sentence."""
    nominal = token.pos_ in {"PROPN", "NOUN", "ADJ", "NUM", "X"}
    return nominal and token.text[:1].isupper() and token.lower_ not in DAYS


def _may_be_inside(token: Token) -> bool:
    return token.text[:1].isupper() or token.lower_ in _JOINTS


def _may_open(before: Span, name: Span) -> bool:
    """Whether only "by", an article and nouns stand in front of a name.

    With an article and "of" a name is one of a body: no "Dean of Cork" in "the Dean of Cork".
    """
    nouns = before[1:] if before[:1].text.lower() in {"by", "with"} else before
    plain = all(t.pos_ in {"DET", "NOUN", "ADJ", "PROPN", "NUM"} or t.tag_ == "POS" for t in nouns)
    heads = open_lexicon("organization_words").words("heads")
    of = any(t.lower_ == "of" for t in name) and any(t.lower_ == "the" for t in before)
    return plain and not (of and all(t.lower_ not in heads for t in name))


def _means_body(noun: Token) -> bool:
    lower = noun.lower_
    singular = lower[:-3] + "y" if lower.endswith("ies") else lower.removesuffix("s")
    return not {lower, singular}.isdisjoint(_KINDS_OF_BODY)


def _is_title(name: Span) -> bool:
    """Whether words are an office or party: "Mayor", "Professor of Law", "Labour"."""
    first, last = (t.lower_.rstrip(".") for t in (name[0], name[-1]))
    of = any(t.lower_ == "of" for t in name)
    return last in _no_names() or (of and first in _no_names())


@cache
def _no_names() -> frozenset[str]:
    """Words that are capitalised beside a name without being one: titles, offices, parties."""
    lists = (
        open_lexicon("titles").all_words(),
        open_lexicon("professions").all_words(),
        open_lexicon("signing").words("offices"),
        open_lexicon("peoples").all_words(),
        {"mp", "msp", "td", "mep", "phd", "md", "obe", "cbe", "mbe", "jr", "sr", "qc", "kc", "esq"},
        {"labour", "conservative", "democrat", "republican", "green", "independent", "tory"},
    )
    return frozenset(word.lower().rstrip(".") for words in lists for word in words)
