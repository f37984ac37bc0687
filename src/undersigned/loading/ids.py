"""The id of a source: the last part of its IRI, the same when a corrected version is loaded."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qsl, unquote, urlsplit

from undersigned.iris import slug_of

if TYPE_CHECKING:
    from undersigned.loading.base import Payload

_SCRIPT_SUFFIX: Final = re.compile(r"\.(?:php|aspx?|jsp|cfm|cgi|pl)$", re.IGNORECASE)
_PAGE_SUFFIX: Final = re.compile(r"\.(?:[xs]?html?|php|aspx?|jsp|cfm|cgi|pl)$", re.IGNORECASE)
_TRACKING: Final = re.compile(
    r"(?:utm_.*|fbclid|gclid|dclid|msclkid|mc_[a-z]+|cmpid?|ref|referrer|source|src|share|smid|"
    r"amp|outputtype|s?cid|guccounter|feature)",
    re.IGNORECASE,
)


def source_id_for(payload: Payload, canonical_url: str | None = None) -> str:
    """The id of a payload's source: ASCII letters, digits and hyphens.

    The first of: the id that the user gave; the URL that the page states as its own; the URL that
    was fetched; the path below the folder that was loaded, without its suffix.
    """
    if payload.source_id:
        return slug_of(payload.source_id)
    for url in (canonical_url, payload.url):
        if url and (name := _name_of_url(url)):
            return slug_of(name)
    path = PurePosixPath(payload.name_hint.replace("\\", "/"))
    return slug_of(str(path.with_suffix("")).replace(".", "-"))


def _name_of_url(url: str) -> str | None:
    """Host and path, and the query where only the query tells pages apart; None for a bare host.

    Many sites state their front page as the canonical URL of every page, so that a bare host
    names nothing.
    """
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:
        return None
    if not host or parts.scheme not in ("http", "https"):
        return None
    path = unquote(parts.path).rstrip("/")
    query = ""
    if not path or _SCRIPT_SUFFIX.search(path):
        pairs = sorted(parse_qsl(parts.query))
        query = " ".join(f"{k} {v}" for k, v in pairs if not _TRACKING.fullmatch(k))
    path = re.sub(r"/index$", "", _PAGE_SUFFIX.sub("", path))
    return f"{host}{path} {query}".replace(".", "-").strip() if path or query else None
