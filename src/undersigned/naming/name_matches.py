"""Two people's names compared: what matches, what that is worth, and what tells them apart.

Weights are in bits. Names that are the same are worth their rarity; every step away from that
(a pet form, an initial, another spelling) takes some of it away.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from rapidfuzz import fuzz
from rapidfuzz.distance import DamerauLevenshtein

from undersigned.naming.given_names import stand_for_one
from undersigned.naming.person_names import sound_of
from undersigned.naming.shares import given_name_bits, is_given_name, is_surname, surname_bits

if TYPE_CHECKING:
    from undersigned.naming.person_names import PersonName

PET_FORM: Final = -3.0
OTHER_SPELLING: Final = -3.0
MISSPELT: Final = -8.0
ONE_OF_TWO_SURNAMES: Final = -4.0
TWO_SURNAMES_ALIKE: Final = -5.0
"""On top of a slip: "Clark" and "Clarke" are both surnames, and likelier two."""
OMITTED_PARTICLE: Final = -2.0
OTHER_ORDER: Final = -2.0
OMITTED_MIDDLE: Final = -1.0
OMITTED_SUFFIX: Final = -5.0
SAME_MIDDLE_INITIAL: Final = 3.0
SAME_MIDDLE: Final = 6.0
OTHER_MIDDLE: Final = -14.0
OTHER_SUFFIX: Final = -14.0
MOST: Final = 30.0
"""No name is worth more."""
SPELLED_ALIKE: Final = 65.0
"""Per cent of the letters of two romanized names; consonants alone meet by chance."""
TYPO_LETTERS: Final = 5
"""A word shorter than this with another letter is another name."""


@dataclass(frozen=True, slots=True)
class NameMatch:
    """What two names have in common: the weight in bits, and the reason in words.

    `exact`: nothing but order of loading tells them apart. `against`: a reason why these are two
    people although the rest of the names matches ("" if none).
    """

    weight: float
    finding: str
    exact: bool = False
    against: str = ""


@dataclass(frozen=True, slots=True)
class _Part:
    weight: float
    finding: str = ""
    misspelt: bool = False


@lru_cache(maxsize=100_000)
def match_names(one: PersonName, other: PersonName) -> NameMatch | None:
    """What two names have in common, or None where they are plainly names of two people."""
    if one == other:
        what = "the name, one word," if one.is_single else "the full name"
        return NameMatch(min(one.bits, MOST), f"{what} is the same", exact=True)
    if one.is_single or other.is_single:
        return _match_single(one, other)
    straight = _match_order(one, other)
    if straight is not None:
        return straight
    if one.foreign or other.foreign:
        return _match_scripts(one, other)
    if not one.middle and not other.middle:
        return _match_turned(one, other)
    return None


def _match_single(one: PersonName, other: PersonName) -> NameMatch | None:
    if one.is_single and other.is_single and sound_of(one.surname) == sound_of(other.surname):
        if not (one.foreign or other.foreign):
            return None
        return NameMatch(one.bits + OTHER_SPELLING, "the name, one word, is written alike")
    return None


def _match_order(one: PersonName, other: PersonName) -> NameMatch | None:
    surname = _match_surnames(one, other)
    if surname is None:
        return None
    given = _match_given(one, other)
    if given is None or (surname.misspelt and given.misspelt and not _alike(one, other)):
        return None
    weight, against = surname.weight + given.weight, ""
    findings = [text for text in (given.finding, surname.finding) if text]
    middle, finding = _match_middle(one, other)
    if middle == OTHER_MIDDLE:
        against = finding
    elif finding:
        findings.append(finding)
    if one.suffix != other.suffix:
        if one.suffix and other.suffix:
            against = f"“{one.suffix}” and “{other.suffix}”"
        else:
            weight += OMITTED_SUFFIX
    text = ", ".join(findings) or "the name is the same"
    return NameMatch(min(weight + middle, MOST), text, against=against)


def _match_surnames(one: PersonName, other: PersonName) -> _Part | None:
    a, b = one.surname, other.surname
    bits = min(surname_bits(a), surname_bits(b))
    if a == b and one.particles != other.particles:
        if one.particles and other.particles:
            return None
        return _Part(bits + OMITTED_PARTICLE)
    if a == b:
        return _Part(bits)
    if a.replace(" ", "") == b.replace(" ", "") or _whole(one) == _whole(other):
        return _Part(bits, "the surname is written in another way")
    if set(a.split()) & set(b.split()):
        shared = next(iter(sorted(set(a.split()) & set(b.split()))))
        return _Part(surname_bits(shared) + ONE_OF_TWO_SURNAMES, "one of two surnames is the same")
    if (one.middle and one.middle[-1] == b) or (other.middle and other.middle[-1] == a):
        shared = b if one.middle and one.middle[-1] == b else a
        return _Part(surname_bits(shared) + ONE_OF_TWO_SURNAMES, "one of two surnames is the same")
    if (one.foreign or other.foreign) and _sound_alike(a, b):
        return _Part(bits + OTHER_SPELLING, "the surname is the same in another script")
    if _misspelt(a, b):
        slip = MISSPELT + TWO_SURNAMES_ALIKE * (is_surname(a) and is_surname(b))
        return _Part(bits + slip, f"“{a}” and “{b}” are a slip apart", misspelt=True)
    return None


def _whole(name: PersonName) -> str:
    return "".join((*name.particles, name.surname)).replace(" ", "")


def _match_given(one: PersonName, other: PersonName) -> _Part | None:
    a, b = one.given, other.given
    bits = min(given_name_bits(a), given_name_bits(b))
    if a == b:
        return _Part(bits if len(a) > 1 else 0.0)
    if a in other.middle[:1] or b in one.middle[:1]:
        used = a if a in other.middle[:1] else b
        worth = given_name_bits(used) + PET_FORM if len(used) > 1 else 0.0
        return _Part(worth, "goes by the middle name")
    if min(len(a), len(b)) == 1:
        # Relatives share rare surnames, and often an initial: the initial itself is worth nothing.
        return _Part(0.0, "an initial for the given name") if a[0] == b[0] else None
    if stand_for_one(a, b):
        return _Part(bits + PET_FORM, f"“{a}” can stand for “{b}”")
    if (one.foreign or other.foreign) and _sound_alike(a, b):
        return _Part(bits + OTHER_SPELLING, "the given name is the same in another script")
    if a + "".join(one.middle[:1]) == b or b + "".join(other.middle[:1]) == a:
        return _Part(bits)
    if _misspelt(a, b) and not (is_given_name(a) and is_given_name(b)):
        return _Part(bits + MISSPELT, f"“{a}” and “{b}” are a slip apart", misspelt=True)
    return None


def _match_middle(one: PersonName, other: PersonName) -> tuple[float, str]:
    a, b = one.middle, other.middle
    if a == b or other.surname in a or one.surname in b:
        return (SAME_MIDDLE if any(len(n) > 1 for n in a) else SAME_MIDDLE_INITIAL * bool(a)), ""
    if not a or not b:
        if one.given in b or other.given in a:
            return 0.0, ""
        return OMITTED_MIDDLE, "a middle name is left out"
    if a[0][0] == b[0][0] and (min(len(a[0]), len(b[0])) == 1 or stand_for_one(a[0], b[0])):
        return SAME_MIDDLE_INITIAL, "the middle initial is the same"
    if set(a) & set(b):
        return SAME_MIDDLE_INITIAL, "a middle name is the same"
    return OTHER_MIDDLE, f"another middle name, “{' '.join(a)}” and “{' '.join(b)}”"


def _match_turned(one: PersonName, other: PersonName) -> NameMatch | None:
    """Surname first in one of the two, as in Chinese or Hungarian names."""
    if (one.given, one.surname) != (other.surname, other.given):
        return None
    if is_given_name(one.given) and is_given_name(one.surname):
        return None  # Scott Ryan and Ryan Scott
    bits = min(one.bits, other.bits) + OTHER_ORDER
    return NameMatch(min(bits, MOST), "the same names in another order")


def _match_scripts(one: PersonName, other: PersonName) -> NameMatch | None:
    """The whole names by their sound, in any order: scripts part and order names differently."""
    words = [(n.given, *n.middle, n.surname) for n in (one, other)]
    turned = words[1][-1:] + words[1][:-1]
    sounds = ["".join(map(sound_of, w)) for w in (words[0], words[1], turned)]
    spelled = (" ".join(w) for w in words)
    if sounds[0] not in sounds[1:] or fuzz.token_sort_ratio(*spelled) < SPELLED_ALIKE:
        return None
    bits = min(one.bits, other.bits) + 2 * OTHER_SPELLING
    return NameMatch(min(bits, MOST), "the name sounds the same in another script")


def _sound_alike(a: str, b: str) -> bool:
    return sound_of(a) == sound_of(b)


def _alike(one: PersonName, other: PersonName) -> bool:
    return _sound_alike(one.given, other.given) and _sound_alike(one.surname, other.surname)


def _misspelt(a: str, b: str) -> bool:
    """One slip of the pen apart, two in a long word; or two that sound alike.

    The first letter is rarely wrong, but where it sounds the same.
    """
    shorter = min(len(a), len(b))
    if shorter < TYPO_LETTERS:
        return False
    slips = DamerauLevenshtein.distance(a, b, score_cutoff=3)
    if _sound_alike(a, b):
        return slips <= max(1, shorter // 3)
    return a[0] == b[0] and slips <= (2 if shorter >= 9 else 1)
