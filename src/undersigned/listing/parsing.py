"""One entry of a signature list: who signed, and what the entry says of them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from undersigned.claims import EntityKind
from undersigned.listing import remarks
from undersigned.listing.affiliations import AFFILIATED, Affiliation, find_affiliations, is_role
from undersigned.listing.entries import Field, Section
from undersigned.listing.kinds import has_legal_form, is_organization, kind_of
from undersigned.listing.naming import (
    given_name_first,
    is_degrees,
    is_generation,
    is_titles,
    without_titles,
)
from undersigned.listing.pieces import Piece, PieceKind, cut_entry
from undersigned.listing.places import is_place

if TYPE_CHECKING:
    from undersigned.listing.entries import Cell, Entry

Place = tuple[int, int]
_BETWEEN: Final = re.compile(r"\s*[,;]\s*|\s+/\s+|\n")
_SENTENCE_WORDS: Final = 9
"""A piece of so many words that names no role and no body is the signer's comment."""


@dataclass(slots=True)
class Signer:
    """Who signed, as one entry tells it. Places count in the source's text.

    `name` is plain: without titles, degrees, nicknames and handles; `printed` are its places, two
    where a table has given name and surname apart. `capacity` are the places of what the entry
    says of the signer's roles, `comments` those of what the signer says.
    """

    name: str
    printed: tuple[Place, ...]
    kind: EntityKind
    account_names: list[str] = field(default_factory=list)
    affiliations: list[Affiliation] = field(default_factory=list)
    capacity: list[Place] = field(default_factory=list)
    comments: list[Place] = field(default_factory=list)

    def add_account(self, name: str) -> None:
        """Adds a user name, once."""
        if name and name not in self.account_names:
            self.account_names.append(name)


@dataclass(frozen=True, slots=True)
class ListHabits:
    """How a list as a whole writes its names. `surname_first`: "Lee, Ann"."""

    surname_first: bool = False


def read_entry(text: str, entry: Entry, habits: ListHabits | None = None) -> Signer | None:
    """The signer of an entry; None where it names nobody ("Show more", "Name withheld")."""
    cells = {cell.field: cell for cell in entry.cells if cell.value.strip()}
    section = entry.section
    if (kind := cells.get(Field.KIND)) and remarks.names_organizations(kind.value):
        section = Section.ORGANIZATIONS
    signer = _signer_of(text, cells, section, habits or ListHabits())
    if signer is not None:
        _Telling(text, signer).take_cells(cells)
    return signer


def _signer_of(
    text: str, cells: dict[Field, Cell], section: Section, habits: ListHabits
) -> Signer | None:
    if free := cells.get(Field.ENTRY) or cells.get(Field.NAME):
        return _from_text(text, free, section, habits)
    parts = [cells[f] for f in (Field.GIVEN_NAME, Field.FAMILY_NAME) if f in cells]
    if parts:
        name = " ".join(part.value.strip() for part in parts)
        places = tuple(sorted((part.start, part.end) for part in parts))
        return Signer(_without_titles(name), places, EntityKind.PERSON)
    if body := cells.pop(Field.ORGANIZATION, None):
        return Signer(body.value.strip(), ((body.start, body.end),), EntityKind.ORGANIZATION)
    if handle := cells.get(Field.HANDLE):
        name = handle.value.strip().lstrip("@")
        return Signer(name, ((handle.start, handle.end),), EntityKind.HANDLE, [name])
    return None


def _without_titles(name: str) -> str:
    start, end = without_titles(name, 0, len(name))
    return " ".join(name[start:end].split())


def _from_text(text: str, cell: Cell, section: Section, habits: ListHabits) -> Signer | None:
    """The signer in a stretch of running text: name in front, the rest behind it."""
    if cell.field is Field.NAME and remarks.is_link(cell.value):
        # Whoever gives an address as their name signed all the same: by what stands before the @.
        name = cell.value.partition("@")[0] or cell.value
        return Signer(name, ((cell.start, cell.end),), EntityKind.HANDLE, [name])
    if remarks.names_nobody(cell.value) or remarks.is_link(cell.value):
        return None
    if cell.value != text[cell.start : cell.end]:
        # The format escapes signs here: places within would be wrong, the cell as a whole is not.
        signer = _cut_signer(cell.value, (0, len(cell.value)), section, habits)
        if signer is None:
            return None
        return Signer(signer.name, ((cell.start, cell.end),), signer.kind, signer.account_names)
    end = remarks.without_when(text, cell.start, cell.end)
    return _cut_signer(text, (cell.start, end), section, habits)


def _cut_signer(text: str, place: Place, section: Section, habits: ListHabits) -> Signer | None:
    cut = cut_entry(text, *place)
    if not cut.name:
        if not cut.pieces:
            return None
        first = cut.pieces.pop(0)
        cut.name.append((first.start, first.end))
    start, end = cut.name[0][0], cut.name[-1][1]
    inside = [p for p in cut.pieces if start < p.start and p.end < end]
    name = " ".join(text[slice(*stretch)] for stretch in cut.name)
    turned = habits.surname_first and cut.pieces and cut.pieces[0].kind is PieceKind.TAIL
    is_body = not turned and kind_of(name, section) is EntityKind.ORGANIZATION
    if section is Section.ORGANIZATIONS or is_body:
        return _organization(text, (start, end), cut.pieces)
    pieces = [piece for piece in cut.pieces if piece not in inside]
    start, end = without_titles(text, start, end)
    plain = _plain_name(text, cut.name, (start, end))
    if turned and pieces:
        given = pieces.pop(0)
        own = without_titles(text, given.start, given.end)
        plain, end = f"{text[slice(*own)]} {plain}", given.end
    while pieces and is_generation(text[pieces[0].start : pieces[0].end]):
        end = pieces.pop(0).end
        plain = (
            f"{plain} {text[slice(*without_titles(text, end, end))] or text[start:end].split()[-1]}"
        )
    plain = given_name_first(plain.strip(" ,;:"))
    if not plain or remarks.names_nobody(plain):
        return None
    signer = Signer(plain, ((start, end),), kind_of(plain, section))
    telling = _Telling(text, signer)
    for piece in inside:
        telling.take_nickname(piece)
    for piece in pieces:
        telling.take_piece(piece)
    if signer.kind is EntityKind.HANDLE:
        signer.add_account(plain.lstrip("@"))
        signer.name = plain.lstrip("@") or plain
    return signer


def _plain_name(text: str, stretches: list[Place], place: Place) -> str:
    """The words of the name within a place, without what stands in quotes and brackets in it."""
    parts = [text[max(a, place[0]) : min(b, place[1])] for a, b in stretches]
    return " ".join(" ".join(parts).split())


def _organization(text: str, place: Place, pieces: list[Piece]) -> Signer | None:
    """An organization: tails belong to its name, unless they are places or addresses."""
    start, end = place
    rest = [piece for piece in pieces if piece.start >= end]
    while rest and rest[0].kind is PieceKind.TAIL and _continues_body(text, end, rest[0]):
        end = rest.pop(0).end
    words = text[start:end].strip()
    if remarks.names_nobody(words):
        return None
    signer = Signer(words, ((start, start + len(words)),), EntityKind.ORGANIZATION)
    for piece in rest:
        if piece.kind is not PieceKind.TAIL:
            for account in remarks.handles_in(text[piece.start : piece.end]):
                signer.add_account(account)
    return signer


def _continues_body(text: str, end: int, piece: Piece) -> bool:
    words = text[piece.start : piece.end]
    between = text[end : piece.start]
    if "\n" in between or "|" in between or "\t" in between:
        return False
    # "Harbor Lab, MIT", "Acme, Inc." are one name; "Riverkeepers, Upper Ann" is one and a place.
    return words.isupper() or is_organization(words) or has_legal_form(words)


class _Telling:
    """Adds to a signer what pieces and cells tell of them."""

    def __init__(self, text: str, signer: Signer) -> None:
        self._text = text
        self._signer = signer

    def take_nickname(self, piece: Piece) -> None:
        """A word in quotes or brackets within the name."""
        words = self._text[piece.start : piece.end].strip(" `'\"“”‘’")
        for account in remarks.handles_in(words) or [words.lstrip("@")]:
            self._signer.add_account(account)

    def take_piece(self, piece: Piece) -> None:
        """A piece behind the name."""
        words = self._text[piece.start : piece.end]
        if piece.kind is PieceKind.ANGLE or remarks.is_link(words):
            return
        if piece.kind is PieceKind.QUOTED:
            if len(words.split()) <= 2:
                self.take_nickname(piece)
            else:
                self._signer.comments.append((piece.start, piece.end))
            return
        kept = self._without_remarks(
            piece.start, piece.end, bracket=piece.kind is PieceKind.BRACKET
        )
        if kept is None:
            return
        self._take_roles(*kept)

    def _without_remarks(self, start: int, end: int, *, bracket: bool) -> Place | None:
        """What is left of a piece without the handles, degrees, dates … at its start and end."""
        if leading := remarks.leading_handle(self._text[start:end]):
            self._signer.add_account(leading[0])
            start += leading[1]
        parts: list[Place] = []
        at = start
        for gap in [*_BETWEEN.finditer(self._text, start, end), None]:
            stop = gap.start() if gap else end
            if stop > at and not self._is_remark((at, stop), alone=bracket and at == start):
                parts.append((at, stop))
            at = gap.end() if gap else end
        return (parts[0][0], parts[-1][1]) if parts else None

    def _is_remark(self, place: Place, *, alone: bool) -> bool:
        words = self._text[slice(*place)].strip()
        if not re.search(r"\w", words):
            return True
        if accounts := remarks.handles_in(words):
            for account in accounts:
                self._signer.add_account(account)
            return True
        if alone and remarks.is_bare_account(words) and not is_role(words):
            self._signer.add_account(words)
            return True
        return (
            remarks.is_link(words)
            or remarks.is_when(words)
            or remarks.is_pronouns(words)
            or is_degrees(words)
            or is_titles(words)
            or remarks.is_note(words)
            or is_place(words)
        )

    def _take_roles(self, start: int, end: int) -> None:
        found = [a for a in find_affiliations(self._text, start, end) if not self._is_noise(a)]
        words = self._text[start:end]
        if not found and (
            len(words.split()) >= _SENTENCE_WORDS or words.rstrip().endswith((".", "!"))
        ):
            self._signer.comments.append((start, end))
            return
        self._signer.affiliations += found
        self._signer.capacity.append((start, end))

    def _is_noise(self, affiliation: Affiliation) -> bool:
        words = self._text[affiliation.start : affiliation.end]
        return bool(
            remarks.handles_in(words)
            or is_degrees(words)
            or is_place(words)
            or remarks.is_note(words)
            or remarks.is_link(words)
            or remarks.is_pronouns(words)
        )

    def take_cells(self, cells: dict[Field, Cell]) -> None:
        """The columns beside the name's."""
        role, body = cells.get(Field.ROLE), cells.get(Field.ORGANIZATION)
        if role and is_titles(role.value):
            role = None
        if role and body and self._is_exact(role) and self._is_exact(body):
            self._take_role_at(role, body)
        else:
            for cell in filter(None, (role, body, cells.get(Field.AFFILIATION))):
                self._take_affiliation(cell)
        if role and body and (more := cells.get(Field.AFFILIATION)):
            self._take_affiliation(more)
        if handle := cells.get(Field.HANDLE):
            self._signer.add_account(handle.value.strip().lstrip("@"))
        if (link := cells.get(Field.LINK)) and (account := remarks.account_in_link(link.value)):
            self._signer.add_account(account)
        if (comment := cells.get(Field.COMMENT)) and self._is_exact(comment):
            self._signer.comments.append((comment.start, comment.end))

    def _is_exact(self, cell: Cell) -> bool:
        return self._text[cell.start : cell.end] == cell.value

    def _take_role_at(self, role: Cell, body: Cell) -> None:
        """Role and organization of one row belong together."""
        if remarks.is_note(body.value) or remarks.is_note(role.value):
            for cell in (role, body):
                self._take_affiliation(cell)
            return
        first, last = sorted((role, body), key=lambda cell: cell.start)
        title = role.value.strip()
        own = find_affiliations(self._text, role.start, role.end)
        time = own[0].time if own else None
        place = (body.start, body.end)
        made = Affiliation(title, first.start, last.end, place)
        if time is not None:
            made = Affiliation(
                own[0].title if own[0].organization is None else title,
                first.start,
                last.end,
                place,
                time,
            )
        self._signer.affiliations.append(made)
        self._signer.capacity += [(role.start, role.end), (body.start, body.end)]

    def _take_affiliation(self, cell: Cell) -> None:
        if not self._is_exact(cell) or remarks.is_note(cell.value) or is_place(cell.value):
            return
        if cell.field is Field.ORGANIZATION:
            place = (cell.start, cell.end)
            self._signer.affiliations.append(Affiliation(AFFILIATED, *place, place))
            self._signer.capacity.append(place)
        else:
            self.take_piece(Piece(PieceKind.TAIL, cell.start, cell.end))
