"""Who signed, as one entry of a list tells it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from undersigned.claims import EntityKind
    from undersigned.listing.affiliations import Affiliation

Place = tuple[int, int]
"""A stretch of the source's text: code points, end exclusive."""


@dataclass(slots=True)
class Signer:
    """Who signed, as one entry tells it. Places count in the source's text.

    `name` is plain: without titles, degrees, nicknames and handles; `printed` are its places, two
    where given name and surname stand apart. `other_names` are the places of nicknames and of the
    name in another script. `capacity` are the places of what the entry says of the signer's roles,
    `comments` those of what the signer says. `escaped` has what a capacity says where a format
    escapes signs of it, as CSV doubles quotation marks.
    """

    name: str
    printed: tuple[Place, ...]
    kind: EntityKind
    account_names: list[str] = field(default_factory=list)
    other_names: list[Place] = field(default_factory=list)
    affiliations: list[Affiliation] = field(default_factory=list)
    capacity: list[Place] = field(default_factory=list)
    comments: list[Place] = field(default_factory=list)
    escaped: dict[Place, str] = field(default_factory=dict)

    def add_account(self, name: str) -> None:
        """Adds a user name, once."""
        if name and name not in self.account_names:
            self.account_names.append(name)


@dataclass(frozen=True, slots=True)
class ListHabits:
    """What a list as a whole says of its entries, which none shows by itself.

    `surname_first`: it has "Lee, Ann". `people`: it names people and nobody else.
    """

    surname_first: bool = False
    people: bool = False
