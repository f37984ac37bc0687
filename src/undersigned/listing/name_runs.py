"""Signers in running text: "Ann Lee; Bob Ray (Acme); Carla Diaz, poet"."""

from __future__ import annotations

import re
from typing import Final

from undersigned.listing.kinds import is_organization, reads_as_person
from undersigned.listing.naming import is_degrees, is_generation
from undersigned.listing.role_words import is_role

Place = tuple[int, int]
_LAST: Final = re.compile(r"\s*(?:,\s*)?\b(?:and|und|et|y|e|en|sowie|&)\s+(?=[^\W\d_])")
_NAME: Final = re.compile(
    r"(?:[A-ZÀ-ÞŁŚŻŽŠČĐ][\w'’.\-]*|d[aeiou]s?|de[rnl]?|la|von|van|y|al|bin|ben|el|zu)"
    r"(?:\s+(?:[A-ZÀ-ÞŁŚŻŽŠČĐ][\w'’.\-]*|d[aeiou]s?|de[rnl]?|la|von|van|y|al|bin|ben|el|zu)){1,5}"
)


def split_run(text: str, start: int, end: int) -> list[Place]:
    """The places of the signers that a stretch of text lists; none where it lists nothing.

    Semicolons part signers for certain. Between commas, what is no name belongs to the signer
    before it: "Ann Lee, poet, Bob Ray" are two.
    """
    by_semicolon = _split(text, start, end, ";")
    if len(by_semicolon) >= 3:
        return [place for part in by_semicolon for place in _last_two(text, part)]
    parts = _split(text, start, end, ",")
    parts = [place for part in parts for place in _last_two(text, part)]
    if len(parts) < 3:
        return []
    places: list[Place] = []
    for part in parts:
        if places and not _begins_signer(text[slice(*part)]):
            places[-1] = (places[-1][0], part[1])
        else:
            places.append(part)
    return places


def _begins_signer(words: str) -> bool:
    bare = re.sub(r"\s*[(\[].*$", "", words).strip().rstrip(".")
    if is_role(bare) or is_degrees(bare) or is_generation(bare):
        return False
    if is_organization(bare):
        return False
    return bool(_NAME.fullmatch(bare)) or reads_as_person(bare)


def _split(text: str, start: int, end: int, sign: str) -> list[Place]:
    """Cuts at a sign outside brackets."""
    places: list[Place] = []
    depth, began = 0, start
    for at in range(start, end):
        depth += (text[at] in "([") - (text[at] in ")]")
        if text[at] == sign and depth <= 0:
            places.append((began, at))
            began = at + 1
    places.append((began, end))
    return [place for a, b in places if (place := _stripped(text, a, b))]


def _stripped(text: str, start: int, end: int) -> Place | None:
    words = text[start:end]
    core = (
        words.strip().rstrip(".")
        if not re.search(r"\b(?:Jr|Sr|Dr|[A-Z])\.\s*$", words)
        else words.strip()
    )
    if not core:
        return None
    at = start + words.index(core)
    return at, at + len(core)


def _last_two(text: str, place: Place) -> list[Place]:
    """Two places where "and" joins the last two signers, else the one."""
    start, end = place
    opening = _LAST.match(text, start, end)
    if opening:
        start = opening.end()
    words = text[start:end]
    for joined in _LAST.finditer(words):
        first, second = words[: joined.start()], words[joined.end() :]
        if "(" not in first and _begins_signer(first) and _begins_signer(second):
            return [(start, start + joined.start()), (start + joined.end(), end)]
    return [(start, end)] if words.strip() else []
