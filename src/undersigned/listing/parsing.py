"""One entry of a signature list as its signers: the name in front, and what stands behind it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from undersigned.claims import EntityKind
from undersigned.listing import remarks
from undersigned.listing.affiliations import Affiliation
from undersigned.listing.couples import couple_in, people_in
from undersigned.listing.entries import Field, Section
from undersigned.listing.habits import is_turned_alone
from undersigned.listing.kinds import has_legal_form, is_organization, kind_of, may_be_surname
from undersigned.listing.naming import (
    given_name_first,
    is_generation,
    office_before,
    surname_last,
    trimmed,
    without_titles,
)
from undersigned.listing.pairing import paired
from undersigned.listing.pieces import Piece, PieceKind, cut_entry
from undersigned.listing.role_words import is_role
from undersigned.listing.signers import ListHabits, Signer
from undersigned.listing.telling import Telling
from undersigned.names import fold_name

if TYPE_CHECKING:
    from undersigned.listing.entries import Cell, Entry
    from undersigned.listing.pieces import CutEntry
    from undersigned.listing.signers import Place


def read_entry(text: str, entry: Entry, habits: ListHabits | None = None) -> list[Signer]:
    """The signers of an entry: one, two for a couple, none where it names nobody.

    "Show more" and "Name withheld" name nobody; "Sandra and Peter Hollis" are two.
    """
    cells = {cell.field: cell for cell in entry.cells if not remarks.says_nothing(cell.value)}
    section = entry.section
    if (kind := cells.get(Field.KIND)) and remarks.names_organizations(kind.value):
        section = Section.ORGANIZATIONS
    habits = habits or ListHabits()
    if (role := cells.get(Field.ROLE)) and is_role(role.value):
        habits = replace(habits, people=True)
    signers = _signers_of(text, cells, section, habits)
    for signer in signers:
        Telling(text, signer).take_cells(cells)
        told = [a for a in signer.affiliations if not _is_itself(text, a, signer)]
        signer.affiliations = paired(text, told)
    return signers


def _is_itself(text: str, told: Affiliation, signer: Signer) -> bool:
    """Whether a body that signs gives itself as its affiliation, as forms make it do.

    "Trade union branch", in lower case, says what it is.
    """
    body = told.organization
    if body is None:
        return False
    called = told.organization_name or text[slice(*body)]
    if signer.kind is EntityKind.ORGANIZATION and called.islower():
        return True
    return fold_name(called) == fold_name(signer.name)


def _signers_of(
    text: str, cells: dict[Field, Cell], section: Section, habits: ListHabits
) -> list[Signer]:
    if free := cells.get(Field.ENTRY) or cells.get(Field.NAME):
        return _from_text(text, free, section, habits)
    parts = [cells[f] for f in (Field.GIVEN_NAME, Field.FAMILY_NAME) if f in cells]
    if parts:
        name = " ".join(part.value.strip() for part in parts)
        if remarks.names_nobody(name):
            return []
        places = tuple(sorted((part.start, part.end) for part in parts))
        return [Signer(_without_titles(name), places, EntityKind.PERSON)]
    if body := cells.pop(Field.ORGANIZATION, None):
        place = (body.start, body.end)
        return [Signer(body.value.strip(), (place,), EntityKind.ORGANIZATION)]
    if handle := cells.get(Field.HANDLE):
        name = handle.value.strip().lstrip("@")
        return [Signer(name, ((handle.start, handle.end),), EntityKind.HANDLE, [name])]
    return []


def _without_titles(name: str) -> str:
    return " ".join(name[slice(*without_titles(name, 0, len(name)))].split())


def _from_text(text: str, cell: Cell, section: Section, habits: ListHabits) -> list[Signer]:
    """The signers in a stretch of running text: name in front, the rest behind it."""
    if cell.field is Field.NAME and remarks.is_link(cell.value):
        # Whoever gives an address as their name signed all the same: by what stands before the @.
        name = cell.value.partition("@")[0] or cell.value
        return [Signer(name, ((cell.start, cell.end),), EntityKind.HANDLE, [name])]
    if remarks.names_nobody(cell.value) or remarks.is_link(cell.value):
        return []
    if cell.value != text[cell.start : cell.end]:
        # The format escapes signs here: places within would be wrong, the cell as a whole is not.
        place = (cell.start, cell.end)
        return [
            Signer(signer.name, (place,), signer.kind, signer.account_names)
            for signer in _cut_signers(cell.value, (0, len(cell.value)), section, habits)
        ]
    end = remarks.without_when(text, cell.start, cell.end)
    if cell.field is Field.NAME and (several := people_in(text, cell.start, end)):
        return _together(text, several, [])
    if cell.field is Field.NAME and is_turned_alone(cell.value):
        habits = ListHabits(surname_first=True)
    return _cut_signers(text, (cell.start, end), section, habits)


def _cut_signers(text: str, place: Place, section: Section, habits: ListHabits) -> list[Signer]:
    cut = cut_entry(text, *place)
    if not cut.name:
        if not cut.pieces:
            return []
        first = cut.pieces.pop(0)
        cut.name.append((first.start, first.end))
    name = " ".join(text[slice(*stretch)] for stretch in cut.name)
    if remarks.names_nobody(name):
        return []
    turned = habits.surname_first and bool(cut.pieces) and cut.pieces[0].kind is PieceKind.TAIL
    if len(cut.name) == 1 and section is not Section.ORGANIZATIONS and not turned:
        couple = couple_in(text, *cut.name[0])
        if couple is not None:
            return _together(text, couple, cut.pieces)
    untitled = name[without_titles(name, 0, len(name))[0] :]
    is_body = not turned and (
        _is_called_body(text, cut)
        or (
            kind_of(untitled, section) is EntityKind.ORGANIZATION
            and not (may_be_surname(untitled) and (untitled != name or _is_told(text, cut, habits)))
        )
    )
    if section is Section.ORGANIZATIONS or is_body:
        return _organization(text, (cut.name[0][0], cut.name[-1][1]), cut.pieces)
    return _person(text, cut, section, turned=turned)


def _is_called_body(text: str, cut: CutEntry) -> bool:
    """Whether the bracket behind a name says that it is a body's: "Velvet Harbor (band)"."""
    if not cut.pieces or cut.pieces[0].kind is not PieceKind.BRACKET:
        return False
    first = cut.pieces[0]
    return remarks.names_organizations(text[first.start : first.end])


def _is_told(text: str, cut: CutEntry, habits: ListHabits) -> bool:
    """Whether the list, or what stands behind the name, says that it is a person's: a trade."""
    behind = cut.pieces[0] if cut.pieces else None
    return habits.people or (behind is not None and is_role(text[behind.start : behind.end]))


def _together(text: str, names: tuple[tuple[Place, ...], ...], pieces: list[Piece]) -> list[Signer]:
    """Several people of one entry; what stands behind their names is said of each."""
    signers = []
    for places in names:
        plain = given_name_first(" ".join(text[slice(*stretch)] for stretch in places))
        signer = Signer(plain, places, EntityKind.PERSON)
        _tell(text, signer, [], pieces)
        signers.append(signer)
    return signers


def _person(text: str, cut: CutEntry, section: Section, *, turned: bool) -> list[Signer]:
    """A person or a handle: titles and degrees go, "Jr." stays, the given name comes first."""
    whole = (cut.name[0][0], cut.name[-1][1])
    office = None if turned else office_before(text, *whole)
    if office is not None:
        whole = (office[1], whole[1])
    inside = [p for p in cut.pieces if whole[0] < p.start and p.end < whole[1]]
    pieces = [piece for piece in cut.pieces if piece not in inside]
    start, end = trimmed(text, *without_titles(text, *remarks.without_links(text, *whole)))
    plain = _plain_name(text, cut.name, (start, end))
    if turned and pieces:
        given = pieces.pop(0)
        own = without_titles(text, given.start, given.end)
        plain, end = surname_last(plain, text[slice(*own)]), given.end
    while pieces and is_generation(text[pieces[0].start : pieces[0].end]):
        generation = pieces.pop(0)
        plain, end = f"{plain} {text[generation.start : generation.end]}", generation.end
    plain = given_name_first(plain.strip(" ,;:"))
    if not plain or remarks.names_nobody(plain):
        return []
    kind = kind_of(plain, section)
    if kind is EntityKind.ORGANIZATION:  # by a word that is a surname here
        kind = EntityKind.PERSON
    signer = Signer(plain, ((start, end),), kind)
    if office is not None:
        signer.affiliations.append(Affiliation(text[slice(*office)], *office))
        signer.capacity.append(office)
    _tell(text, signer, inside, pieces)
    if signer.kind is EntityKind.HANDLE:
        signer.add_account(plain.lstrip("@"))
        signer.name = plain.lstrip("@") or plain
    return [signer]


def _tell(text: str, signer: Signer, inside: list[Piece], behind: list[Piece]) -> None:
    telling = Telling(text, signer)
    for piece in inside:
        telling.take_nickname(piece)
    for piece in behind:
        telling.take_piece(piece)


def _plain_name(text: str, stretches: list[Place], place: Place) -> str:
    """The words of the name within a place, without what stands in quotes and brackets in it."""
    parts = [text[max(a, place[0]) : min(b, place[1])] for a, b in stretches]
    return " ".join(" ".join(parts).split())


def _organization(text: str, place: Place, pieces: list[Piece]) -> list[Signer]:
    """An organization: tails belong to its name, unless they are places or addresses."""
    start, end = place
    rest = [piece for piece in pieces if piece.start >= end]
    while rest and rest[0].kind is PieceKind.TAIL and _continues_body(text, end, rest[0]):
        end = rest.pop(0).end
    start, end = trimmed(text, start, end)
    words = text[start:end].strip()
    if remarks.names_nobody(words):
        return []
    signer = Signer(words, ((start, start + len(words)),), EntityKind.ORGANIZATION)
    for piece in rest:
        if piece.kind is not PieceKind.TAIL:
            for account in remarks.handles_in(text[piece.start : piece.end]):
                signer.add_account(account)
    return [signer]


def _continues_body(text: str, end: int, piece: Piece) -> bool:
    words = text[piece.start : piece.end]
    between = text[end : piece.start]
    if "\n" in between or "|" in between or "\t" in between:
        return False
    # "Harbor Lab, MIT", "Acme, Inc." are one name; "Riverkeepers, Upper Ann" is one and a place.
    return words.isupper() or is_organization(words) or has_legal_form(words)
