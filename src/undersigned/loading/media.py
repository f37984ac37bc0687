"""What kind of file some bytes are: by their own marks first, then by what others say of them."""

from __future__ import annotations

import re
from enum import StrEnum
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from undersigned.loading.base import Payload


class MediaKind(StrEnum):
    """Kinds of files that are told apart. The value is the name for people."""

    EMPTY = "nothing"
    HTML = "an HTML page"
    TEXT = "plain text"
    MARKDOWN = "Markdown"
    PDF = "a PDF file"
    JSON = "JSON"
    YAML = "YAML"
    TABLE = "a table (CSV or TSV)"
    XML = "XML"
    RTF = "a rich-text (RTF) file"
    IMAGE = "an image"
    RECORDING = "sound or video"
    GZIP = "a gzip archive"
    ARCHIVE = "an archive"
    WORKBOOK = "a workbook (.xlsx)"
    PARQUET = "a Parquet file"
    FOLDER = "a folder of small files"
    OFFICE = "an office document (.docx, .odt or the like)"
    BINARY = "binary data"


_MAGIC: Final = (
    (b"%PDF-", MediaKind.PDF),
    (b"\x1f\x8b", MediaKind.GZIP),
    (b"{\\rtf", MediaKind.RTF),
    (b"\x89PNG", MediaKind.IMAGE),
    (b"\xff\xd8\xff", MediaKind.IMAGE),
    (b"GIF8", MediaKind.IMAGE),
    (b"II*\x00", MediaKind.IMAGE),
    (b"MM\x00*", MediaKind.IMAGE),
    (b"ID3", MediaKind.RECORDING),
    (b"OggS", MediaKind.RECORDING),
    (b"\xd0\xcf\x11\xe0", MediaKind.OFFICE),
    (b"7z\xbc\xaf", MediaKind.ARCHIVE),
    (b"BZh", MediaKind.ARCHIVE),
    (b"\xfd7zXZ", MediaKind.ARCHIVE),
    (b"\x28\xb5\x2f\xfd", MediaKind.ARCHIVE),
    (b"Rar!", MediaKind.ARCHIVE),
    (b"PAR1", MediaKind.PARQUET),
)
_SUFFIXES: Final = {
    **dict.fromkeys((".html", ".htm", ".xhtml", ".shtml"), MediaKind.HTML),
    **dict.fromkeys((".txt", ".text"), MediaKind.TEXT),
    **dict.fromkeys((".md", ".markdown", ".mdown"), MediaKind.MARKDOWN),
    **dict.fromkeys((".json", ".jsonl", ".jsonld", ".ndjson"), MediaKind.JSON),
    **dict.fromkeys((".yaml", ".yml"), MediaKind.YAML),
    **dict.fromkeys((".csv", ".tsv"), MediaKind.TABLE),
    **dict.fromkeys((".xml", ".rss", ".atom"), MediaKind.XML),
    ".pdf": MediaKind.PDF,
    ".xlsx": MediaKind.WORKBOOK,
    ".parquet": MediaKind.PARQUET,
}
_TYPES: Final = {
    "text/html": MediaKind.HTML,
    "application/xhtml+xml": MediaKind.HTML,
    "text/markdown": MediaKind.MARKDOWN,
    "text/csv": MediaKind.TABLE,
    "text/tab-separated-values": MediaKind.TABLE,
    "application/json": MediaKind.JSON,
    "application/ld+json": MediaKind.JSON,
    "application/yaml": MediaKind.YAML,
    "application/xml": MediaKind.XML,
    "text/xml": MediaKind.XML,
    "application/rss+xml": MediaKind.XML,
    "application/atom+xml": MediaKind.XML,
}
_KNOWN_BY_MARKS: Final = (MediaKind.PDF, MediaKind.WORKBOOK, MediaKind.PARQUET)
"""Kinds that the bytes would show, whatever the suffix says."""
_UTF16_MARKS: Final = (b"\xff\xfe", b"\xfe\xff")
_PAGE_START: Final = re.compile(
    rb"(?is)\A(?:\xef\xbb\xbf)?(?:\s|<!--.*?-->|<\?xml[^>]*>)*"
    rb"<(?:!doctype\s+html|html|head|body|title|meta|article|main)\b"
)
_SNIFFED_BYTES: Final = 64 * 1024


def media_kind_of(payload: Payload) -> MediaKind:
    """What the bytes are.

    Marks in the bytes win over the server's word, and that over the file's suffix, since pages
    are saved under any name and servers call much of what they send plain text.
    """
    if payload.parts:
        return MediaKind.FOLDER
    head = payload.data[:_SNIFFED_BYTES]
    if not payload.data.strip():
        return MediaKind.EMPTY
    for mark, kind in _MAGIC:
        if head.startswith(mark):
            return kind
    if head.startswith(b"PK\x03\x04"):
        if b"xl/" in head or suffix_kind(payload.name_hint) is MediaKind.WORKBOOK:
            return MediaKind.WORKBOOK
        office = b"word/" in head or b"mimetypeapplication/vnd.oasis" in head
        return MediaKind.OFFICE if office else MediaKind.ARCHIVE
    if head[:4] == b"RIFF" or head[4:8] == b"ftyp":
        return MediaKind.IMAGE if head[8:12] == b"WEBP" else MediaKind.RECORDING
    if b"\0" in head and not head.startswith(_UTF16_MARKS):
        return MediaKind.BINARY
    if _PAGE_START.match(head):
        return MediaKind.HTML
    return _kind_as_told(payload)


def suffix_kind(name: str) -> MediaKind | None:
    """The kind that a file's suffix names; None for suffixes that say nothing to us."""
    return _SUFFIXES.get(PurePosixPath(name).suffix.lower())


def _kind_as_told(payload: Payload) -> MediaKind:
    by_suffix = suffix_kind(payload.name_hint)
    if payload.media_type in _TYPES:
        return _TYPES[payload.media_type]
    return by_suffix if by_suffix not in (None, *_KNOWN_BY_MARKS) else MediaKind.TEXT
