"""Letter authors: letters of one author, whose words are the author's own.

The words of a letter that a group signed are the letter's; "The letter accuses the board" is what
the company said that wrote it alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from undersigned.claims import Certainty, CountClaim

if TYPE_CHECKING:
    from undersigned.claims import LocalKey
    from undersigned.reading.letters import Letters

_AUTHORSHIP = frozenset(
    {
        "handed-it-over",
        "its-author",
        "wrote-the-letter",
        "letter-from",
        "owned-letter",
        "letter-they-sent",
        "said-in-the-letter",
    }
)
"""Rules of signing by which somebody is told to have written a letter, not only to be on it."""


def sole_authors(letters: Letters) -> dict[LocalKey, LocalKey]:
    """Each letter that one alone wrote, with its author."""
    counted = {
        claim.letter
        for claim in letters.claims()
        if isinstance(claim, CountClaim) and claim.number > 1
    }
    signers: dict[LocalKey, set[LocalKey]] = {}
    written: set[LocalKey] = set()
    for signing in letters.signings:
        if signing.modality.certainty is Certainty.DENIED:
            continue
        signers.setdefault(signing.letter, set()).update(name.key for name in signing.names)
        if signing.rule in _AUTHORSHIP:
            written.add(signing.letter)
    return {
        letter: next(iter(names))
        for letter, names in signers.items()
        if len(names) == 1 and letter in written and letter not in counted
    }
