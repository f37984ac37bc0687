"""Bytes to characters: which encoding they are in, and whether the result can be text at all."""

from __future__ import annotations

import codecs
import re
from typing import Final, NamedTuple

import charset_normalizer

from undersigned.errors import SourceUnreadable

_MARKS: Final = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_META_CHARSET: Final = re.compile(rb"(?i)<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]+)")
_META_WITHIN: Final = 4096
_CONTROL: Final = re.compile(r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ufffd]")
_TWICE_ENCODED: Final = re.compile(r"â€.|Ã[\x80-\xbf\w©¨±³­¡]|Â[\xa0-\xbf]")
_TWICE_ENCODED_QUOTE: Final = re.compile(r"â€[\x80-\x9f\u0152-\u0178\u2018-\u201e\u2122]")
_GARBLED_SHARE: Final = 0.01
"""One broken sign in 100: some garbled names leave an article readable, more do not."""


class Decoded(NamedTuple):
    """A text, and what was in doubt about its characters."""

    text: str
    notes: tuple[str, ...]


def decode(data: bytes, origin: str, declared: str | None = None) -> Decoded:
    """The text in these bytes, unchanged: line breaks and a UTF-8 byte order mark are kept.

    Tried in this order: byte order mark; UTF-8, since other encodings are next to never valid
    UTF-8; the encoding that the server or the page names; Windows-1252; what the bytes look like.

    Raises:
        SourceUnreadable: no encoding gives text.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            text = _strictly(data, encoding)
            if text is None:
                raise _wrong_encoding(origin, f"it begins as {encoding.upper()} but is not")
            return _checked(text, origin, ())
    tried = ("utf-8", _known(declared) or "utf-8", "cp1252")
    for encoding in dict.fromkeys(tried):
        text = _strictly(data, encoding)
        if text is not None and (encoding != "cp1252" or declared or _looks_western(text)):
            guessed = encoding == "cp1252" and not declared
            note = "the text is not UTF-8 and was read as Windows-1252"
            return _checked(text, origin, (note,) * guessed)
    best = charset_normalizer.from_bytes(data).best()
    if best is None:
        raise _wrong_encoding(origin, "its bytes fit no character encoding")
    return _checked(str(best), origin, (f"the text was read as {best.encoding} by its looks",))


def charset_in_page(data: bytes) -> str | None:
    """The encoding that an HTML page names in a meta element near its start."""
    found = _META_CHARSET.search(data[:_META_WITHIN])
    return found[1].decode("ascii", "replace") if found else None


def _known(name: str | None) -> str | None:
    """Python's name of an encoding. Pages that say Latin-1 mean Windows-1252 (WHATWG Encoding)."""
    try:
        known = codecs.lookup(name).name if name else None
    except LookupError:
        return None
    return "cp1252" if known in ("iso8859-1", "ascii") else known


def _strictly(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except (UnicodeDecodeError, LookupError, ValueError):
        return None


def _looks_western(text: str) -> bool:
    """Whether signs beyond ASCII stand as accents and quotation marks do in western languages."""
    beyond = re.findall(r"[^\x00-\x7f]", text)
    odd = re.findall(r"[^\x00-\x7f]{4,}|[¤¦¬¯±¹²³µ¶¸¼½¾¿ƒˆ˜‡‰Ð×ÞðþÝýªº]", text)
    return bool(beyond) and len(odd) <= 0.1 * len(beyond) and len(beyond) <= 0.2 * len(text)


def _checked(text: str, origin: str, notes: tuple[str, ...]) -> Decoded:
    """The text, if it can be read. Garbled quotation marks would silently cost every quotation."""
    broken = len(_CONTROL.findall(text))
    twice = _TWICE_ENCODED.findall(text)
    quotes = _TWICE_ENCODED_QUOTE.findall(text)
    if len(quotes) > 2 and not re.search("[“”]", text):
        raise _wrong_encoding(origin, f"quotation marks stand there as '{quotes[0]}'")
    if broken + len(twice) > max(5, _GARBLED_SHARE * len(text)):
        found = f"{broken} control signs and {len(twice)} like '{twice[0] if twice else '�'}'"
        raise _wrong_encoding(origin, f"of {len(text)} signs {found}")
    if broken + len(twice) > 2:
        notes = (*notes, f"{broken + len(twice)} signs of the text are garbled")
    return Decoded(text, notes)


def _wrong_encoding(origin: str, found: str) -> SourceUnreadable:
    return SourceUnreadable(
        f"{origin}: the characters are garbled: {found}; save the text as UTF-8 and load it again"
    )
