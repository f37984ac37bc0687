"""Keys of people's names: two names that may be one person's share a key, most others none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from undersigned.naming.given_names import first_letters
from undersigned.naming.person_names import parse_person, sound_of

if TYPE_CHECKING:
    from undersigned.naming.person_names import PersonName


def person_likeness_keys(name: str) -> set[str]:
    """Strings that names share if `match_names` may find that they match.

    A name has three sorts of them: what the outer words sound like, in any order; the sound of a
    surname with a first letter; a given name with the start of a surname, which survives a slip.
    """
    parsed = parse_person(name)
    if parsed.is_single:
        return {f"person-word:{sound_of(parsed.surname) if parsed.foreign else parsed.surname}"}
    surnames = {parsed.surname.split()[-1], parsed.surname.split()[0], *_second_surname(parsed)}
    keys = {
        f"person-initial:{letter} {sound_of(surname)}"
        for surname in surnames
        for letter in first_letters(parsed.given)
    }
    ends = sorted((sound_of(parsed.given), sound_of(parsed.surname)))
    keys.add(f"person-sound:{' '.join(ends)}")
    if len(parsed.given) > 1 and len(parsed.surname) > 4:
        keys.add(f"person-start:{parsed.given} {parsed.surname[:2]}")
    return keys


def _second_surname(name: PersonName) -> tuple[str, ...]:
    """The word before the last, where it may be the first of two surnames ("García Márquez")."""
    return tuple(word for word in name.middle[-1:] if len(word) > 2)
