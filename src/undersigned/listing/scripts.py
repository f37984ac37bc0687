"""One name in two scripts: "Иван Примеров (Ivan Primerov)"."""

from __future__ import annotations

import re
from typing import Final

from rapidfuzz import fuzz

from undersigned.iris import slug_of
from undersigned.listing.kinds import is_given_name, is_organization, is_surname

_LATIN: Final = re.compile(r"[A-Za-zÀ-ɏḀ-ỿ]")
_ALIKE: Final = 60.0
"""Of 100: transliterations differ ("Nadiia", "Nadija"), names and bodies differ more."""
_SHORT_NAME: Final = re.compile(r"[\u3400-\u9fff\uac00-\ud7af]{2,3}")
"""Most Chinese and Korean names; bodies are longer."""


def is_other_script_of(name: str, words: str) -> bool:
    """Whether words tell a name in another script, as far as their sounds or their looks say."""
    one, other = is_latin(name), is_latin(words)
    if one is other or None in (one, other) or is_organization(words):
        return False
    if fuzz.token_sort_ratio(*(slug_of(w).replace("-", " ") for w in (name, words))) >= _ALIKE:
        return True
    if _SHORT_NAME.fullmatch(words.strip()):
        return True
    found = words.split()
    known = any(is_given_name(word) or is_surname(word) for word in found)
    return 2 <= len(found) <= 3 and known and all(word[:1].isupper() for word in found)


def is_latin(words: str) -> bool | None:
    """Whether the letters are Latin ones; None for no letters, and for a mixture."""
    found = {bool(_LATIN.match(sign)) for sign in words if sign.isalpha()}
    return found.pop() if len(found) == 1 else None
