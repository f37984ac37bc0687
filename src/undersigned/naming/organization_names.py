"""Names of organizations: short forms, spellings, and whose body it is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Final

from undersigned.names import fold_name
from undersigned.naming.name_matches import MOST, NameMatch
from undersigned.naming.word_lists import read_words, words_in

if TYPE_CHECKING:
    from collections.abc import Sequence

_SHORT_FORM: Final = re.compile(r"[A-Z][A-Za-z&-]*[A-Z][A-Z0-9&-]*s?|[A-Z]{2,}\d?")
"""A word printed as a short form: "OSTP", "SAG-AFTRA", "NIHs", "W3C"."""
SHORT_FORM_BITS: Final = 3.5
"""For each letter of a short form that fits a full name."""
WORD_BITS: Final = 7.0
"""For each telling word of a full name."""
EVERYWHERE_BITS: Final = 6.0
"""A name that every town has."""
OMITTED_QUALIFIER: Final = -1.0
LONG_NAME: Final = 3
"""Telling words from which a name has a short form."""


@dataclass(frozen=True, slots=True)
class OrganizationName:
    """A name as it is compared.

    `words` are folded, spelled out, without legal form, qualifier and small words; `initials` those
    of all telling words; `short` the short form if that is all there is of the name.
    """

    folded: str
    qualifier: str
    words: tuple[str, ...]
    short: str

    @property
    def initials(self) -> str:
        """The short form that the name would have."""
        return "".join(word[0] for word in self.words) if len(self.words) >= LONG_NAME else ""

    @property
    def is_everywhere(self) -> bool:
        """Whether every town, state or firm has a body of this name."""
        return self.folded in _phrases("everywhere")

    @property
    def bits(self) -> float:
        """What the whole name is worth when it is the same."""
        if self.is_everywhere:
            return EVERYWHERE_BITS
        return min(MOST, 14.0 + WORD_BITS * len(self.words))


@cache
def _phrases(part: str) -> frozenset[str]:
    return frozenset(read_words("organization_parts")[part]["phrases"])


@cache
def _known() -> dict[str, str]:
    return {
        fold_name(short): full for short, full in read_words("known_abbreviations")["of"].items()
    }


@lru_cache(maxsize=50_000)
def folded_organization(name: str) -> str:
    """The name that stands for all spellings of it: spelled out, without "the" and legal form."""
    folded = fold_name(name.replace("&", " and "))
    if is_short_form(name) and (full := _known().get(folded.removeprefix("the "))):
        folded = fold_name(full)
    spelled = read_words("organization_parts")["shortened"]
    words = [spelled.get(word, word) if word != "example" else word for word in folded.split()]
    while len(words) > 1 and words[0] == "the":
        del words[0]
    while len(words) > 1 and words[-1] in words_in("organization_parts", "endings"):
        del words[-1]
    return " ".join(words)


def is_short_form(name: str) -> bool:
    """Whether a name is printed as an abbreviation: "the OSTP", "O.S.T.P."."""
    bare = name.removeprefix("the ").removeprefix("The ").replace(".", "")
    return _SHORT_FORM.fullmatch(bare) is not None


@lru_cache(maxsize=50_000)
def parse_organization(name: str) -> OrganizationName:
    """Takes a printed name apart."""
    folded = folded_organization(name)
    short = folded.replace(" ", "") if is_short_form(name) and " " not in folded else ""
    qualifier, rest = "", folded
    for phrase in sorted(_phrases("qualifiers"), key=len, reverse=True):
        if folded.startswith(f"{phrase} ") and len(_telling(folded[len(phrase) :].split())) >= 2:
            qualifier, rest = phrase, folded[len(phrase) + 1 :]
            break
    return OrganizationName(folded, qualifier, _telling(rest.split()), short)


def _telling(words: Sequence[str]) -> tuple[str, ...]:
    small = words_in("organization_parts", "small")
    return tuple(word for word in words if word not in small) or tuple(words)


def match_organizations(one: OrganizationName, other: OrganizationName) -> NameMatch | None:
    """What two names have in common, or None; a part of a bigger body is not the whole."""
    if one.folded == other.folded:
        what = "a name that many bodies have" if one.is_everywhere else "the name is the same"
        return NameMatch(one.bits, what, exact=True)
    if one.words == other.words:
        if one.qualifier and other.qualifier:
            return NameMatch(0.0, "", against=f"“{one.qualifier}” and “{other.qualifier}”")
        weight = min(MOST, WORD_BITS * len(one.words)) + OMITTED_QUALIFIER
        named = one.qualifier or other.qualifier
        finding = f"the same but for “{named}”" if named else "the same but for small words"
        return NameMatch(weight, finding)
    for short, full in ((one, other), (other, one)):
        if short.short and short.short in (full.initials, _with_qualifier(full)):
            weight = SHORT_FORM_BITS * len(short.short)
            return NameMatch(weight, f"“{short.short}” can be short for “{full.folded}”")
    return None


def _with_qualifier(name: OrganizationName) -> str:
    initials = "".join(word[0] for word in name.qualifier.split())
    return initials + "".join(word[0] for word in name.words)


def organization_likeness_keys(name: str) -> set[str]:
    """Strings that names share if `match_organizations` may find that they match."""
    parsed = parse_organization(name)
    found = (
        {"organization-words:" + " ".join(parsed.words)}
        if parsed.qualifier or parsed.words
        else set()
    )
    shorts = {parsed.short, parsed.initials, _with_qualifier(parsed) if parsed.qualifier else ""}
    return found | {f"organization-short:{short}" for short in shorts if len(short) >= 3}
