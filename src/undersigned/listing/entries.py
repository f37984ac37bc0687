"""What a loader hands over of a signature list: entries with their place in the source's text."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


class Field(StrEnum):
    """What a cell of an entry holds. The value is its name in mapping files."""

    ENTRY = "entry"
    """All of it in running text: "Ann Lee (Harbor Trust, chair)"."""
    NAME = "name"
    GIVEN_NAME = "given_name"
    FAMILY_NAME = "family_name"
    ORGANIZATION = "organization"
    ROLE = "role"
    AFFILIATION = "affiliation"
    """Role or organization or both, in one cell."""
    HANDLE = "handle"
    LINK = "link"
    PLACE = "place"
    COMMENT = "comment"
    SIGNED_ON = "signed_on"
    DEGREE = "degree"
    KIND = "kind"
    """The cell says whether the signer is a person or an organization."""
    SHOWN = "shown"
    """The cell says whether the signer's name may be published: "Yes", "No", "false"."""
    HIDDEN = "hidden"
    """The cell says whether the signer wants to stay anonymous."""


class Section(StrEnum):
    """Whom the part of the list is for that an entry stands in."""

    ANYONE = "anyone"
    INDIVIDUALS = "individuals"
    ORGANIZATIONS = "organizations"


class Cell(NamedTuple):
    """One part of an entry: its place in the source's text, and what it says there.

    `value` differs from the text where a format escapes signs, as a doubled quotation mark in CSV.
    """

    field: Field
    start: int
    end: int
    value: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One signer of a list. `start` and `end` take in all cells that tell of the signer."""

    start: int
    end: int
    cells: tuple[Cell, ...]
    section: Section = Section.ANYONE


class LetterFact(NamedTuple):
    """One thing that a mapping file or a table says of the letter itself, with its place.

    `name` is one of "title", "kind", "date", "addressee" and "organizer".
    """

    name: str
    start: int
    end: int
    value: str


@dataclass(frozen=True, slots=True)
class Listing:
    """A letter's own list of signers, in the order of the text, and what is known of the letter.

    `announced` is the place of the words that announce the list ("Signed,", "Signatories", a
    table's header); the first entry where there are none.
    """

    entries: tuple[Entry, ...]
    announced: tuple[int, int]
    facts: tuple[LetterFact, ...] = ()
