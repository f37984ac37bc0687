"""Which given names stand for one another: pet forms, short forms, spellings of one name."""

from __future__ import annotations

from collections import defaultdict
from functools import cache

from undersigned.naming.word_lists import read_words


@cache
def full_forms() -> dict[str, frozenset[str]]:
    """Given name → the full forms that it stands for, itself included if it is one."""
    found: dict[str, set[str]] = defaultdict(set)
    for full, forms in read_words("nicknames")["of"].items():
        for form in (full, *forms):
            found[form].add(full)
    return {form: frozenset(fulls) for form, fulls in found.items()}


def stand_for_one(one: str, other: str) -> bool:
    """Whether one name can be a form of the other, or both of a third."""
    forms = full_forms()
    return bool(forms.get(one, frozenset((one,))) & forms.get(other, frozenset((other,))))


def first_letters(given: str) -> set[str]:
    """The letters that the name or a full form of it begins with: {"b", "w"} of "bill"."""
    return {name[0] for name in (given, *full_forms().get(given, ())) if name}
