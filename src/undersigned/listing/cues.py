"""What announces a part of a page: signers, a closing formula, organizations, or their end."""

from __future__ import annotations

import re
from typing import Final

from undersigned.listing.entries import Section
from undersigned.listing.lexicon import words
from undersigned.listing.role_words import is_role

_CUE_WORDS: Final = 9
"""A line with more words announces nothing."""
_SIGNED_BY: Final = re.compile(r"(?:co ?)?(?:signed|endorsed|supported|backed) by\b")
_AROUND: Final = frozenset({"these", "following", "the", "our", "and", "other"})
_LEAST_KINDS: Final = 2
"""A heading of one such word, as "Projects", may be about anything."""
_COPIES: Final = re.compile(r"(?i)\s*(?:b?cc|cop(?:y|ies) to|encl(?:osures?)?\.?|attachments?)\s*:")
"""Below a business letter: who gets a copy, and what goes with it."""
_LETTER_OF_ALPHABET: Final = re.compile(r"(?i)[^\W\d_](?:\s*[-–—/,]\s*[^\W\d_])?")
"""Headings within an alphabetical list: "A", "C–D"."""


def cue_of(line: str) -> str | None:
    """What a line announces: "signers", "closings", "organizations", "individuals", "ends"."""
    if _COPIES.match(line):
        return "ends"
    bare = re.sub(r"\([^)]*\)|\[[^\]]*\]|\d[\d.,]*", " ", line.lower())
    bare = re.sub(r"[*:/_]\s?innen\b|:innen\b|·(?:e·)?s?\b|\.e\.?s?\b", "", bare)
    bare = " ".join(re.sub(r"[^\w\s']", " ", bare).split())
    if not bare or len(bare.split()) > _CUE_WORDS:
        return None
    for article in ("the ", "our ", "all ", "list of ", "our ", "and ", "also "):
        bare = bare.removeprefix(article)
    for name in ("signers", "closings", "organizations", "individuals", "ends"):
        known = words("announcements", name)
        if bare in known or bare.removesuffix(" so far") in known:
            return name
    if re.search(
        r"\b(?:signator(?:y|ies)|undersigned|signers|unterzeichn\w+|signataires|firmantes|firmatari)\b",
        bare,
    ):
        return _kind_of_signers(bare)
    return _cue_by_kinds(bare)


def _cue_by_kinds(bare: str) -> str | None:
    """As in "Companies and projects" and "Signed by these teachers": kinds of signers, no names."""
    signed = _SIGNED_BY.match(bare)
    kinds = [word for word in bare[signed.end() if signed else 0 :].split() if word not in _AROUND]
    bodies = words("announcements", "organizations") | words("announcements", "kinds-of-bodies")
    people = words("announcements", "individuals")
    if not kinds or (signed is None and len(kinds) < _LEAST_KINDS):
        return None
    if all(kind in bodies for kind in kinds):
        return "organizations"
    named = (kind in bodies or kind in people or is_role(kind) for kind in kinds)
    return "individuals" if signed and kinds[-1].endswith("s") and all(named) else None


def _kind_of_signers(bare: str) -> str:
    """As in "Organizational signatories" is a section of organizations, too."""
    if re.search(
        r"organi[sz]ation|institution|organisation|association|group|organizaci|verb[aä]nd", bare
    ):
        return "organizations"
    return "individuals" if "individual" in bare else "signers"


def section_of(cue: str, before: Section) -> Section:
    """Whom the part of a list is for that a cue announces; after other cues as before."""
    known = {"organizations": Section.ORGANIZATIONS, "individuals": Section.INDIVIDUALS}
    return known.get(cue, Section.ANYONE if cue in ("signers", "closings") else before)


def is_alphabet_heading(line: str) -> bool:
    """Whether a line is no more than the letter that the names below begin with: "A", "C–D"."""
    return bool(_LETTER_OF_ALPHABET.fullmatch(line.strip()))
