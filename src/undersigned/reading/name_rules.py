"""What lexicons and constructions say about the type of a name, as votes in units of log-odds.

The weights were set by hand, on the scale of the typer's own scores: 2 outweighs a weak opinion of
the typer, 4 all but its firmest, 6 decides.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from undersigned.reading.gazetteer import lookup, words_of
from undersigned.reading.lexicon import open_lexicon
from undersigned.reading.name_candidates import POSSESSIVES
from undersigned.reading.name_persons import follows_field
from undersigned.reading.name_types import LONGEST_PERSON, NameType
from undersigned.reading.name_words import (
    capital,
    given_names,
    head_words,
    is_people,
    is_title,
    surnames,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from undersigned.reading.name_types import BlockTokens

Vote = tuple[NameType | None, float]

_LONGEST_DESCRIPTION = 6
"""Words up to the calling itself, as "the acting political director"."""
_OF_DESCRIPTIONS = frozenset({"DET", "ADJ", "NOUN", "ADV", "VERB"})
_CAMEL = re.compile(r"(?!Mc|Mac|De|Di|Du|La|Le|Van|Fitz|O['’])[A-Z]?[a-z]+[A-Z][A-Za-z]*")


def type_votes(block: BlockTokens, start: int, end: int, known: NameType | None) -> Iterator[Vote]:
    """Votes for the types of a candidate; a vote for None speaks against its being a name.

    Args:
        block: the tokens around.
        start: first token of the candidate.
        end: the token after it.
        known: what lexicons or patterns take this very stretch for.
    """
    if known is not None:
        yield known, _weight_of_known(block, start, end)
    else:
        yield from _votes_against(block, start, end)
    yield from _votes_of_form(block, start, end)
    yield from _votes_of_neighbours(block, start, end)
    yield from _votes_of_description(block, start, end)


def _weight_of_known(block: BlockTokens, start: int, end: int) -> float:
    """Several words or capitals throughout are sure; one plain word may be no name ("Time")."""
    word = block.texts[start]
    if end - start > 1 or (word.isupper() and len(word) > 1):
        return 5.0
    if block.is_title_case:
        return 1.0
    if len(word) == 1:
        return 7.0 if block.lower_at(start - 1) in {"on", "via"} else 0.0
    return 3.0 if block.tokens[start].is_sent_start else 4.0


def _votes_against(block: BlockTokens, start: int, end: int) -> Iterator[Vote]:
    last = block.texts[end - 1]
    if is_people(last) or is_title(last) or is_title(last.removesuffix("s")):
        yield None, 6.0
    if end - start == 1 and block.pos[start] != "PROPN" and not _follows_body_noun(block, start):
        yield None, 1.5
    if any(is_title(word) for word in block.texts[start : end - 1]):
        yield None, 3.0
    if block.texts[start][:1].isdigit() or not any(capital(block, i) for i in range(start, end)):
        yield None, 4.0


def _votes_of_form(block: BlockTokens, start: int, end: int) -> Iterator[Vote]:
    last = block.texts[end - 1]
    if any(block.lowers[i] in POSSESSIVES for i in range(start + 1, end - 1)):
        yield NameType.PERSON, -6.0  # "Bogan Downs’ Darcy Lee"
    words = open_lexicon("organization_words")
    if end - start > 1 and last in words.words("suffixes"):
        yield NameType.ORGANIZATION, 6.0
    if any(last.lower().endswith(domain) for domain in words.words("domains")) and len(last) > 5:
        yield NameType.ORGANIZATION, 5.0
    if end - start > 1 and block.lowers[end - 1] in head_words():
        yield NameType.ORGANIZATION, 2.0
    if end - start > 1:
        return
    if last.lower() in head_words() and not lookup(last)[0]:
        yield None, 2.5
    if _CAMEL.fullmatch(last):
        yield NameType.ORGANIZATION, 3.0
    elif last.isupper() and 2 <= len(last) <= 7 and last.isalpha():
        yield NameType.ORGANIZATION, 2.0
        yield NameType.PERSON, -2.0


def _votes_of_neighbours(block: BlockTokens, start: int, end: int) -> Iterator[Vote]:
    after = block.lower_at(end)
    if after in {"'s", "’s"}:
        after = block.lower_at(end + 1)
    if (
        after in open_lexicon("name_context").words("of_companies")
        and not lookup(words_of(block, start, end))[0]
    ):
        yield NameType.ORGANIZATION, 1.5
    before = block.lower_at(start - 1)
    if _follows_body_noun(block, start):
        yield NameType.ORGANIZATION, 6.5
    if end - start > 1 and follows_field(block, start):
        yield NameType.PERSON, 5.0
    elif any(follows_field(block, index) for index in range(start + 1, end - 1)):
        yield None, 5.0  # "Transport Ann Lee" of "Minister for Transport Ann Lee"
    if (
        before in POSSESSIVES
        and 2 <= end - start <= 3
        and block.lowers[end - 1] not in head_words()
    ):
        yield NameType.PERSON, 1.5
    if before in {"at", "of"} and start > 1 and is_title(block.texts[start - 2]):
        yield NameType.ORGANIZATION, 2.0 if before == "at" else 1.0
    if before not in {"_", "of"} and is_title(before) and end - start <= 4:
        if is_title(block.lower_at(end)):
            yield None, 4.0
        else:
            yield NameType.PERSON, 2.0
    if end - start > 1 or capital(block, end):
        return
    if block.texts[start] in given_names():
        yield NameType.PERSON, 1.5
    elif block.texts[start] in surnames() and not capital(block, start - 1):
        yield NameType.PERSON, 1.0


def _votes_of_description(block: BlockTokens, start: int, end: int) -> Iterator[Vote]:
    if not 2 <= end - start <= LONGEST_PERSON or block.lowers[end - 1] in head_words():
        return
    if block.lower_at(end) == "," and (
        block.lower_at(end + 1) == "who" or _is_described(block, end + 1)
    ):
        yield NameType.PERSON, 2.0
    if (
        is_people(block.texts[start])
        and block.texts[start] in open_lexicon("given_names_by_country").all_words()
        and block.texts[end - 1] in surnames()
        and not capital(block, end)
        and block.pos_at(start - 1) not in {"DET", "ADJ", "NOUN"}
    ):  # "German Ortega said", beside "the German Ortega"
        yield NameType.PERSON, 4.0


def _is_described(block: BlockTokens, index: int) -> bool:
    """Whether a person's office or calling begins here: "…, *acting head* of Acme, said"."""
    for place in range(index, min(index + _LONGEST_DESCRIPTION, len(block))):
        if capital(block, place) or block.pos_at(place) not in _OF_DESCRIPTIONS:
            return False
        if is_title(block.texts[place]) and block.lower_at(place + 1) in {",", "of", "at", "for"}:
            return True
    return False


def _follows_body_noun(block: BlockTokens, start: int) -> bool:
    """As in "the firm *Acme*", and in a list, "two charities — Acme and *Bolt* —"."""
    nouns = open_lexicon("name_context").words("before_bodies")
    if block.lower_at(start - 1) in nouns:
        return True
    index = start - 1
    while block.lower_at(index) in {",", "and"} or capital(block, index):
        index -= 1
    if block.lower_at(index) in {"—", "–", ":", "-"}:
        index -= 1
    return block.lower_at(index) in nouns and block.lowers[index].endswith("s")
