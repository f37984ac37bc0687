"""Single words by what they say about a name: titles, given names, head nouns, peoples."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from undersigned.reading.lexicon import open_lexicon

if TYPE_CHECKING:
    from undersigned.reading.name_types import BlockTokens


@cache
def title_words() -> frozenset[str]:
    """Words that stand before a person's name, lower case without full stops."""
    titles = open_lexicon("titles").all_words()
    single = {word for word in open_lexicon("professions").all_words() if " " not in word}
    return frozenset(titles | single)


@cache
def given_names() -> frozenset[str]:
    """All listed given names, as written."""
    return open_lexicon("given_names").all_words()


@cache
def surnames() -> frozenset[str]:
    """All listed surnames, as written."""
    return open_lexicon("surnames").all_words()


@cache
def head_words() -> frozenset[str]:
    """Nouns that head names of organizations, lower case."""
    return open_lexicon("organization_words").words("heads")


@cache
def _nation_words() -> frozenset[str]:
    return frozenset(word.lower() for word in open_lexicon("peoples").all_words())


def is_title(word: str) -> bool:
    """Whether a word is a title, office or profession, in the singular."""
    return word.lower().rstrip(".") in title_words()


def is_office(word: str) -> bool:
    """Whether a word is a title or office, as opposed to a mere calling ("baker")."""
    return word.lower().rstrip(".") in open_lexicon("titles").all_words()


def is_people(word: str) -> bool:
    """Whether a word names a nation, faith or following, or belongs to one."""
    return word.lower() in _nation_words()


def is_no_name_word(word: str) -> bool:
    """Whether a word is an article, preposition or the like, capitalised or not."""
    return word.lower() in open_lexicon("name_context").words("no_name_words")


def capital(block: BlockTokens, index: int) -> bool:
    """Whether a token begins with a capital letter."""
    return 0 <= index < len(block) and block.texts[index][:1].isupper()
