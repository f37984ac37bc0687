"""Mapping files: what a table's columns hold, and what the table does not say of its letter.

[letter]
title = "An open letter on the harbor"
date = "2023-05-12"
addressee = "Harbor City Council"
page = "letter.md"            # the letter's text, beside this file

[columns]
name = "Wer"                  # or given_name and family_name
affiliation = "Was"

[list]
signers = "organizations"     # all of them; default: told apart by their names
"""

from __future__ import annotations

import difflib
import tomllib
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from undersigned.errors import MappingInvalid
from undersigned.listing.entries import Field, Section

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from undersigned.loading.base import Payload

LETTER_KEYS: Final = ("title", "kind", "date", "addressee", "organizer", "url", "page")
LIST_KEYS: Final = ("signers", "sheet")
_COLUMN_KEYS: Final = tuple(f.value for f in Field if f is not Field.ENTRY)


@dataclass(frozen=True, slots=True)
class ListMapping:
    """A mapping file. `columns` has the name of the column for each field; others are left out.

    `letter` holds what is said of the letter, `section` whom the list is for, `sheet` the name of
    a workbook's sheet.
    """

    letter: Mapping[str, str] = field(default_factory=dict)
    columns: Mapping[Field, str] = field(default_factory=dict)
    section: Section = Section.ANYONE
    sheet: str | None = None


def read_mapping(data: bytes, name: str) -> ListMapping:
    """The mapping in a file.

    Raises:
        MappingInvalid: it is no TOML, or has a key or value that means nothing.
    """
    try:
        tables = tomllib.loads(data.decode("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise MappingInvalid(
            f"{name}: not a TOML file: {error}; see docs/signature-lists.md"
        ) from error
    _check(name, "table", tables, ("letter", "columns", "list"))
    letter = _table(name, tables, "letter", LETTER_KEYS)
    columns = _table(name, tables, "columns", _COLUMN_KEYS)
    options = _table(name, tables, "list", LIST_KEYS)
    signers = options.get("signers", Section.ANYONE.value)
    if signers not in {section.value for section in Section}:
        raise MappingInvalid(
            f"{name}: signers = '{signers}' in [list]; expected one of "
            f"{', '.join(section.value for section in Section)}"
        )
    return ListMapping(
        letter,
        {Field(key): value for key, value in columns.items()},
        Section(signers),
        options.get("sheet"),
    )


def refuse_mapping(payload: Payload, loader: str) -> None:
    """For the loaders of what is no table: a mapping file that was named says nothing of it.

    Raises:
        MappingInvalid: the payload has one.
    """
    if payload.mapping is not None:
        raise MappingInvalid(
            f"{payload.origin}: the mapping file {payload.mapping.name} says what the columns of a "
            f"table hold, and this is no table: loader '{loader}' reads it; load it without "
            "--mapping, or name the loader of tables with --loader table"
        )


def _table(name: str, tables: dict[str, Any], key: str, known: Iterable[str]) -> dict[str, str]:
    table = tables.get(key, {})
    if not isinstance(table, dict):
        raise MappingInvalid(f"{name}: '{key}' is a value; expected a table, written [{key}]")
    _check(name, f"key in [{key}]", table, tuple(known))
    values: dict[str, str] = {}
    for entry, value in table.items():
        if isinstance(value, date):
            value = value.isoformat()
        if not isinstance(value, str) or not value.strip():
            raise MappingInvalid(
                f"{name}: {entry} = {value!r} in [{key}]; expected a text in quotation marks"
            )
        values[entry] = value.strip()
    return values


def _check(name: str, what: str, found: Iterable[str], known: tuple[str, ...]) -> None:
    for key in found:
        if key not in known:
            near = difflib.get_close_matches(key, known, n=2, cutoff=0.5)
            hint = f"did you mean {' or '.join(near)}? " if near else ""
            raise MappingInvalid(
                f"{name}: unknown {what}: '{key}'; {hint}there are: {', '.join(known)}"
            )
