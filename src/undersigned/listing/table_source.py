"""From a table of signers, its mapping and the letter's page to one source."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from undersigned.listing.entries import LetterFact, Listing
from undersigned.listing.tables import Records, Value, entries_of
from undersigned.source import Block, BlockKind, Source

if TYPE_CHECKING:
    from undersigned.listing.entries import Entry
    from undersigned.listing.mapping import ListMapping

_BREAK = "\n\n"


def table_source(
    text: str, records: Records, mapping: ListMapping, *, origin: str, page: Source | None = None
) -> Source:
    """The source of a list: the letter's page, what the mapping says, then the table's text.

    Raises:
        SignersNotFound: no column names signers, or no row does.
        MappingInvalid: the mapping names a column that is not there.
    """
    entries, notes = entries_of(records, mapping, origin)
    head, facts = _head(mapping, page)
    base = len(head)
    moved = tuple(_moved(entry, base) for entry in entries)
    header = records.header or (entries[0].start, entries[0].end)
    announced = (header[0] + base, header[1] + base)
    blocks = (
        page.blocks
        if page is not None
        else tuple(Block(BlockKind.BOILERPLATE, fact.start, fact.end) for fact in facts)
    )
    signers = (Block(BlockKind.SIGNER, entry.start, entry.end) for entry in moved)
    return Source(
        source_id="",
        kind="letter-page",
        text=head + text,
        blocks=(*blocks, *signers),
        origin=origin,
        title=mapping.letter.get("title") or (page.title if page is not None else None),
        url=mapping.letter.get("url"),
        listing=Listing(moved, announced, facts),
        notes=records.notes + notes,
    )


def _head(mapping: ListMapping, page: Source | None) -> tuple[str, tuple[LetterFact, ...]]:
    """The text before the table, and what it says of the letter by the mapping file."""
    lines = page.text if page is not None else ""
    facts: list[LetterFact] = []
    for name, value in mapping.letter.items():
        if name in ("page", "url"):
            continue
        lines += _BREAK if lines and not facts else "\n" * bool(facts)
        start = len(lines) + len(name) + 2
        lines += f"{name}: {value}"
        facts.append(LetterFact(name, start, len(lines), value))
    return (lines + _BREAK if lines else ""), tuple(facts)


def _moved(entry: Entry, by: int) -> Entry:
    if not by:
        return entry
    cells = tuple(cell._replace(start=cell.start + by, end=cell.end + by) for cell in entry.cells)
    return replace(entry, start=entry.start + by, end=entry.end + by, cells=cells)


def joined_records(parts: list[tuple[str, str, Records]]) -> tuple[str, Records]:
    """Several files as one list: their texts below one another, each below its name."""
    pieces: list[str] = []
    rows: list[dict[str, Value]] = []
    notes: list[str] = []
    length = 0
    for name, text, records in parts:
        opening = ("\n\n" if pieces else "") + f"# {name}\n"
        base = length + len(opening)
        body = text.rstrip()
        pieces += (opening, body)
        length = base + len(body)
        rows += (
            {
                key: value._replace(start=value.start + base, end=value.end + base)
                for key, value in row.items()
            }
            for row in records.rows
        )
        notes += records.notes
    return "".join(pieces), Records(rows, None, tuple(notes))
