"""Whether a few words look like an entry of a list of signers, whoever it may name."""

from __future__ import annotations

import re
from typing import Final

from undersigned.listing.lexicon import words
from undersigned.listing.pieces import cut_entry
from undersigned.listing.remarks import is_link, names_nobody

_LONGEST_CHARS: Final = 400
_LONGEST_NAME_WORDS: Final = 9
_SENTENCE: Final = re.compile(r"[.!?]\s+[A-ZÀ-Þ]\w*\s+\w+\s+\w+|[^.]\?$")


def looks_like_signer(entry: str) -> bool:
    """Whether an entry begins with something like a name: capitals, or one made-up word.

    Demands ("Stop the road now."), links and sentences don't.
    """
    if len(entry) > _LONGEST_CHARS or names_nobody(entry) or is_link(entry):
        return False
    cut = cut_entry(entry)
    if not cut.name:
        return False
    name = " ".join(entry[a:b] for a, b in cut.name)
    found = name.split()
    if len(found) > _LONGEST_NAME_WORDS or (len(found) > 3 and name.endswith((".", "!", "?"))):
        return False
    if len(found) == 1:
        return len(name) <= 40 and not name.endswith((".", "!", "?"))
    small = words("naming", "particles") | {
        "of",
        "for",
        "and",
        "&",
        "the",
        "in",
        "on",
        "für",
        "pour",
        "para",
        "per",
        "voor",
        "+",
        "to",
        "against",
        "et",
        "contre",
    }
    weighed = [word for word in found if word.lower().strip(".,'’") not in small]
    if any(word.lower() in words("roles", "sentence-words") for word in found):
        return False
    capitals = [w for w in weighed if not w[0].islower()]
    short = len(found) <= 3 and not capitals
    return bool(weighed) and (len(capitals) >= 0.7 * len(weighed) or short)
