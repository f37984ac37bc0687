"""Whether a signer's name is a person's, an organization's or a bare handle."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from undersigned.claims import EntityKind
from undersigned.listing.entries import Section
from undersigned.listing.lexicon import words
from undersigned.listing.places import is_place
from undersigned.reading.lexicon import open_lexicon

_WORD: Final = re.compile(r"[^\W_]+(?:[.'’\-‐][^\W_]+)*\.?", re.UNICODE)
_HANDLE_SIGNS: Final = re.compile(r"[\d_@#/\\~+=]|[a-z][A-Z]|\w\.\w")
_LONGEST_NAME_WORDS: Final = 6
_UNSPACED: Final = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af々・]{2,8}")
"""Chinese, Japanese and Korean names are written without a blank."""
_WITH_ITS: Final = re.compile(r"(?i)\w (?:&|and|und|et|y) (?:the|his|her|die|les|los) \w")
"""A band or a firm: "Ann and the Harbor Lights"."""
_ACRONYM: Final = re.compile(r"[A-ZÄÖÜ]{2,8}(?:-[A-Z]{2,8})?")


def kind_of(name: str, section: Section = Section.ANYONE) -> EntityKind:
    """What a name on a list of signers names.

    A section for organizations holds nothing else. One word is a handle, unless it is a usual
    given name or surname: with nothing but a word, nobody is named.
    """
    if section is Section.ORGANIZATIONS:
        return EntityKind.ORGANIZATION
    if section is Section.ANYONE and is_organization(name):
        return EntityKind.ORGANIZATION
    if section is Section.INDIVIDUALS and _is_plainly_organization(name):
        return EntityKind.ORGANIZATION
    return EntityKind.HANDLE if is_handle(name) else EntityKind.PERSON


def is_handle(name: str) -> bool:
    """Whether a name is a bare handle: no blank in it, and no usual given name or surname."""
    bare = name.strip()
    if bare.startswith("@"):
        return True
    if _UNSPACED.fullmatch(bare):
        return False
    if re.search(r"\s", bare):
        return not re.search(r"[^\W\d_]{2}", bare)
    if _HANDLE_SIGNS.search(bare) or bare.islower():
        return True
    return bare.lower() not in _known_names()


def is_organization(name: str) -> bool:
    """Whether a name shows by its words that it names an organization."""
    if _is_plainly_organization(name):
        return True
    found = [word.lower() for word in _WORD.findall(name)]
    if len(found) < 2:
        return bool(_ACRONYM.fullmatch(name)) or (found[:1] != [] and found[0] in _heads())
    if found[-1] in _heads() or found[0] in _heads() or _compound_head(found):
        return not _reads_as_person(name)
    if any(word in _strong_heads() for word in found):
        return not _reads_as_person(name)
    return _is_group(name)


def may_be_surname(name: str) -> bool:
    """Whether nothing but one word that is a surname, too, makes a body of a name.

    "Hartley Church", "Oduya K. Temple"; not "First Baptist Church", "Union Bank", "Hartley Club".
    What else the list says decides then: a title or a role beside the name, its other entries.
    """
    found = name.replace(".", ". ").split()
    inner = [word.strip(".,") for word in found[1:-1]]
    heads = [word for word in found if word.lower().strip(".,") in _heads()]
    return (
        2 <= len(found) <= 3
        and all(word[0].isupper() for word in found)
        and all(len(word) == 1 or is_given_name(word) for word in inner)
        and len(heads) == 1
        and heads[0] in (found[0], found[-1])
        and heads[0].lower() in words("bodies", "surnames")
        and not _is_plainly_organization(name)
    )


def reads_as_person(name: str) -> bool:
    """Whether the words look like a person's name: two to six, capitals, a usual given name."""
    return _reads_as_person(name)


@cache
def _openings() -> tuple[str, ...]:
    return tuple(f"{opening} " for opening in words("bodies", "openings"))


def has_legal_form(words_: str) -> bool:
    """Whether words end with a body's legal form: "Inc.", "e.V."."""
    last = re.sub(r"[.,]", "", words_.lower()).split()[-1:]
    return last != [] and last[0] in words("bodies", "forms")


def is_given_name(word: str) -> bool:
    """Whether a word is a usual given name."""
    return word.strip(".,").lower() in _given_names()


def is_surname(word: str) -> bool:
    """Whether a word is a usual surname."""
    return word.strip(".,").lower() in _surnames()


def _is_plainly_organization(name: str) -> bool:
    """By a legal form at the end, a known opening, an ampersand or the body's own name."""
    bare = re.sub(r"[.\s]", "", name.lower())
    last = re.sub(r"[.,]", "", name.lower()).split()[-1:] or [""]
    forms = words("bodies", "forms")
    if last[0] in words("bodies", "surname-forms") and re.search(r"[A-Z][a-z]+\W*$", name):
        return len(name.split()) > 2 and not _reads_as_person(name)
    if len(name.split()) > 1 and (last[0] in forms or re.search(r"\be\.\s?v\.?$", name, re.I)):
        return last[0] in words("bodies", "plain-forms") or not _reads_as_person(name)
    if name.lower().startswith(_openings()):
        return len(name.split()) > 1 and not _reads_as_person(name)
    if _WITH_ITS.search(name):
        return True
    return (" & " in name and not _reads_as_person(name)) or bare in _known_organizations()


def _is_group(name: str) -> bool:
    """Whether three words or more end with people by their trade: "Tarnbrook Night Nurses"."""
    found = name.split()
    trades = open_lexicon("professions").all_words()
    return (
        len(found) > 2
        and found[-1].lower().removesuffix("s") in trades
        and found[-1].lower() not in trades
        and all(word[0].isupper() for word in found)
        and not is_given_name(found[0])
        and not is_surname(found[-1])
    )


def _compound_head(found: list[str]) -> bool:
    """German compounds: "Stadtteilverein", "Kulturstiftung"."""
    return any(len(word) >= 9 and word.endswith(_compounding_heads()) for word in found)


@cache
def _compounding_heads() -> tuple[str, ...]:
    """Heads of compounds, as `str.endswith` takes them."""
    return tuple(head for head in words("bodies", "compounding"))


def _reads_as_person(name: str) -> bool:
    found = name.replace(".", ". ").split()
    if not 2 <= len(found) <= _LONGEST_NAME_WORDS:
        return False
    first = found[0].strip(".,").lower()
    named = first in _given_names() and found[0].lower() not in words("bodies", "openings")
    last = found[-1].strip(".,").lower()
    if not named or last not in _heads() or last in _surnames():
        return named
    return may_be_surname(name) and not _is_given_elsewhere(first)


def _is_given_elsewhere(word: str) -> bool:
    """Whether a given name begins names of bodies just as well: "Victoria", "Grace"."""
    return word in words("bodies", "named-after") or is_place(word.title())


@cache
def _given_names() -> frozenset[str]:
    return frozenset(word.lower() for word in open_lexicon("given_names").all_words())


@cache
def _known_names() -> frozenset[str]:
    return _given_names() | _surnames()


@cache
def _surnames() -> frozenset[str]:
    return frozenset(word.lower() for word in open_lexicon("surnames").all_words())


@cache
def _known_organizations() -> frozenset[str]:
    names = open_lexicon("organizations").all_words()
    return frozenset(re.sub(r"[.\s]", "", name.lower()) for name in names)


@cache
def _heads() -> frozenset[str]:
    english = open_lexicon("organization_words").words("heads")
    return frozenset(english) | words("bodies", "heads")


@cache
def _strong_heads() -> frozenset[str]:
    """Heads that decide wherever they stand: "University of Nordstadt", "Institut für …"."""
    english = open_lexicon("organization_words").words("heads")
    return frozenset(word for word in _heads() if len(word) >= 7 or word in english) - {
        "brothers",
        "bar",
        "force",
    }
