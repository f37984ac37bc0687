"""Tables of signers: CSV, TSV, XLSX, JSON, JSON Lines, YAML, Parquet; folders of small files.

Which column holds what is told by the columns' names, or by a mapping file: a TOML file of the
same name beside the table (docs/signature-lists.md). The letter's page, where there is one beside
the list, belongs to the same source.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from undersigned.errors import SourceKindUnknown, SourceUnreadable, UndersignedError
from undersigned.listing.letter_page import page_source
from undersigned.listing.mapping import ListMapping, read_mapping
from undersigned.listing.table_source import joined_records, table_source
from undersigned.loading.base import Payload
from undersigned.loading.ids import source_id_for
from undersigned.loading.media import MediaKind, media_kind_of

from . import _table_delimited, _table_nested, _table_sheets
from ._characters import decode
from ._letter_file import lines_of

if TYPE_CHECKING:
    from undersigned.listing.tables import Records
    from undersigned.source import Source

_MEDIA_TYPES: Final = {
    MediaKind.TABLE: "text/csv",
    MediaKind.JSON: "application/json",
    MediaKind.YAML: "application/yaml",
    MediaKind.WORKBOOK: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    MediaKind.PARQUET: "application/vnd.apache.parquet",
    MediaKind.FOLDER: "text/plain",
}
_SURE: Final = 0.6


@dataclass(frozen=True, slots=True)
class TableLoader:
    """Reads one list of signers a table, or a folder of small files."""

    summary: str = "lists of signers as tables: CSV, TSV, XLSX, JSON, JSON Lines, YAML, Parquet"

    def accepts(self, payload: Payload) -> float:
        return _SURE if media_kind_of(payload) in _MEDIA_TYPES else 0.0

    def read(self, payload: Payload) -> Source:
        kind = media_kind_of(payload)
        mapping = ListMapping()
        if payload.mapping is not None:
            mapping = read_mapping(payload.mapping.data, payload.mapping.name)
        text, records = _table_of(payload, kind, mapping)
        source = table_source(text, records, mapping, origin=payload.origin, page=_page_of(payload))
        return replace(
            source,
            source_id=source_id_for(payload, source.url),
            url=source.url or payload.url,
            media_type=_MEDIA_TYPES.get(kind, "text/csv"),
        )


def _page_of(payload: Payload) -> Source | None:
    """The letter's page beside the list, without a list of its own."""
    if payload.page is None:
        return None
    page = Payload(origin=payload.page.name, data=payload.page.data, name_hint=payload.page.name)
    lines, details = lines_of(page)
    source = page_source(lines, origin=payload.page.name)
    return replace(source, title=source.title or details.title)


def _table_of(payload: Payload, kind: MediaKind, mapping: ListMapping) -> tuple[str, Records]:
    if kind is MediaKind.FOLDER:
        return _folder_of(payload)
    if kind is MediaKind.WORKBOOK:
        return _table_sheets.text_and_records_of_workbook(
            payload.data, payload.origin, mapping.sheet
        )
    if kind is MediaKind.PARQUET:
        return _table_sheets.text_and_records_of_parquet(payload.data, payload.origin)
    if kind is MediaKind.TEXT:
        kind = MediaKind.TABLE  # piped in, or without a suffix: whoever names this loader knows
    if kind not in _MEDIA_TYPES:
        raise SourceKindUnknown(
            f"{payload.origin}: this is {kind}, and lists of signers are read from CSV, TSV, XLSX, "
            "JSON, JSON Lines, YAML and Parquet; convert it to one of them"
        )
    text, notes = decode(payload.data, payload.origin, payload.charset)
    records = _records_of(text, payload.origin, kind)
    return text, replace(records, notes=notes + records.notes)


def _records_of(text: str, origin: str, kind: MediaKind) -> Records:
    if kind is MediaKind.JSON:
        if re.search(r"(?i)\.(?:jsonl|ndjson)$", origin) or re.match(
            r"\s*\{[^\r\n]*\}\s*\r?\n\s*\{", text
        ):
            return _table_nested.records_of_json_lines(text, origin)
        return _table_nested.records_of_json(text, origin)
    if kind is MediaKind.YAML:
        return _table_nested.records_of_yaml(text, origin)
    return _table_delimited.records_of(text)


def _folder_of(payload: Payload) -> tuple[str, Records]:
    """All files of a folder as one list; those that can't be read are noted and left out."""
    read: list[tuple[str, str, Records]] = []
    notes: list[str] = []
    for part in payload.parts:
        try:
            text = decode(part.data, part.name).text
            text = _front_matter_alone(text) if part.name.endswith(".md") else text
            kind = MediaKind.JSON if part.name.endswith(".json") else MediaKind.YAML
            records = _records_of(text, part.name, kind)
        except UndersignedError as problem:
            notes.append(str(problem))
            continue
        if not records.rows:
            notes.append(f"{part.name}: it names no signer")
            continue
        read.append((part.name, text, records))
    if not read:
        raise SourceUnreadable(f"{payload.origin}: no file of the folder can be read: {notes[0]}")
    text, records = joined_records(read)
    return text, replace(records, notes=(*records.notes, *notes))


def _front_matter_alone(text: str) -> str:
    found = re.match(r"\A\ufeff?---[ \t]*\r?\n(.*?)\r?\n(?:---|\.\.\.)", text, re.DOTALL)
    return found[1] if found else text


LOADER: Final = TableLoader()
