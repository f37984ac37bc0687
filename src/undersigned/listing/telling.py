"""What stands behind a signer's name and in the columns beside it, and what it tells of them."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from undersigned.listing import remarks
from undersigned.listing.affiliations import AFFILIATED, Affiliation, find_affiliations
from undersigned.listing.entries import Field
from undersigned.listing.kinds import is_given_name, is_organization
from undersigned.listing.naming import is_degrees, is_titles
from undersigned.listing.pairing import paired
from undersigned.listing.pieces import Piece, PieceKind
from undersigned.listing.places import is_place
from undersigned.listing.role_words import is_role, makes_works
from undersigned.listing.scripts import is_other_script_of
from undersigned.listing.signers import Signer

if TYPE_CHECKING:
    from undersigned.listing.entries import Cell
    from undersigned.listing.signers import Place

_BETWEEN: Final = re.compile(r"\s*[,;]\s*|\s+/\s+|\n")
_SENTENCE_WORDS: Final = 9
"""A piece of so many words that names no role and no body is the signer's comment."""


class Telling:
    """Adds to a signer what pieces and cells tell of them."""

    def __init__(self, text: str, signer: Signer) -> None:
        self._text = text
        self._signer = signer

    def take_nickname(self, piece: Piece) -> None:
        """A word in quotes or brackets within the name: what friends say, or a user name."""
        words = self._text[piece.start : piece.end].strip(" `'\"“”‘’")
        if is_given_name(words) or len(words.split()) > 1:  # nobody logs in as "Big Jim"
            self._signer.other_names.append((piece.start, piece.end))
            return
        for account in remarks.handles_in(words) or [words.lstrip("@")]:
            self._signer.add_account(account)

    def take_piece(self, piece: Piece) -> None:
        """A piece behind the name."""
        words = self._text[piece.start : piece.end]
        if piece.kind is PieceKind.ANGLE or remarks.is_link(words):
            return
        if piece.kind is PieceKind.QUOTED:
            if self._is_work(words):
                self._take_work(piece)
            elif len(words.split()) <= 2:
                self.take_nickname(piece)
            else:
                self._signer.comments.append((piece.start, piece.end))
            return
        if piece.kind is PieceKind.BRACKET and self._is_in_other_script(words):
            self._signer.other_names.append((piece.start, piece.end))
            return
        kept = self._without_remarks(
            piece.start, piece.end, bracket=piece.kind is PieceKind.BRACKET
        )
        if kept is None:
            return
        self._take_roles(*kept)

    def _is_work(self, words: str) -> bool:
        """Whether quoted words are what somebody is author or editor of: editor, “Quay Review”."""
        roles = self._signer.affiliations
        if not roles or roles[-1].organization is not None or not makes_works(roles[-1].title):
            return False
        # Of a title most words have capitals; of what a signer says the first has.
        capitals = sum(word[:1].isupper() for word in words.split())
        return 2 * capitals > len(words.split()) and words[-1:] not in ".!"

    def _take_work(self, piece: Piece) -> None:
        """Adds a title to the role and the capacity before it."""
        signer = self._signer
        role, end = signer.affiliations.pop(), piece.end + 1
        title = f"{role.title}, {self._text[piece.start - 1 : end]}"
        signer.affiliations.append(replace(role, title=title, end=end))
        signer.capacity.append((piece.start - 1, end))

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

    def _is_in_other_script(self, words: str) -> bool:
        """Whether a bracket right behind the name tells it in another script."""
        is_first = not (self._signer.affiliations or self._signer.other_names)
        return is_first and is_other_script_of(self._signer.name, words)

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
            or (is_titles(words) and not is_role(words))
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
        if role and is_titles(role.value) and not is_role(role.value):
            role = None
        if role and body and not (remarks.is_note(role.value) or remarks.is_note(body.value)):
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

    def _is_bare_name(self, cell: Cell) -> bool:
        """Whether a cell has nothing but words that may name a body, and don't show it."""
        found = find_affiliations(cell.value, 0, len(cell.value))
        bare = len(found) == 1 and found[0].title == AFFILIATED
        return bare and not is_organization(cell.value) and not remarks.is_pronouns(cell.value)

    def _is_exact(self, cell: Cell) -> bool:
        return self._text[cell.start : cell.end] == cell.value

    def _take_role_at(self, role: Cell, body: Cell) -> None:
        """Role and organization of one row belong together."""
        first, last = sorted((role, body), key=lambda cell: cell.start)
        own = find_affiliations(role.value, 0, len(role.value))
        title = own[0].title if own and own[0].organization is None else role.value.strip()
        made = Affiliation(title, first.start, last.end, (body.start, body.end))
        if own:
            made = replace(made, time=own[0].time)
        if not self._is_exact(body):
            made = replace(made, organization_name=body.value)
        self._signer.affiliations.append(made)
        for cell in (role, body):
            self._add_capacity(cell)

    def _add_capacity(self, cell: Cell) -> None:
        place = (cell.start, cell.end)
        self._signer.capacity.append(place)
        if not self._is_exact(cell):
            self._signer.escaped[place] = cell.value

    def _take_escaped(self, cell: Cell) -> None:
        """What a cell tells whose signs the format escapes: read as meant, placed as a whole."""
        place = (cell.start, cell.end)
        meant = Signer(self._signer.name, self._signer.printed, self._signer.kind)
        Telling(cell.value, meant).take_piece(Piece(PieceKind.TAIL, 0, len(cell.value)))
        for account in meant.account_names:
            self._signer.add_account(account)
        if not meant.capacity:
            return
        self._signer.capacity.append(place)
        self._signer.escaped[place] = ", ".join(cell.value[slice(*p)] for p in meant.capacity)
        for told in paired(cell.value, meant.affiliations):
            body = told.organization
            self._signer.affiliations.append(
                replace(
                    told,
                    start=cell.start,
                    end=cell.end,
                    organization=place if body else None,
                    organization_name=cell.value[slice(*body)] if body else None,
                )
            )

    def _take_affiliation(self, cell: Cell) -> None:
        if remarks.is_note(cell.value) or is_place(cell.value):
            return
        exact = self._is_exact(cell)
        if cell.field is Field.ORGANIZATION:
            place = (cell.start, cell.end)
            name = None if exact else cell.value
            self._signer.affiliations.append(
                Affiliation(AFFILIATED, *place, place, organization_name=name)
            )
            self._add_capacity(cell)
        elif not exact:
            self._take_escaped(cell)
        elif cell.field is Field.ROLE and self._is_bare_name(cell):
            # What stands in a column of roles is one, whether its word is known or not: "Duo".
            self._signer.affiliations.append(Affiliation(cell.value, cell.start, cell.end))
            self._add_capacity(cell)
        else:
            self.take_piece(Piece(PieceKind.TAIL, cell.start, cell.end))
