"""Content negotiation: which of the offered media types a client likes best (RFC 9110, 12.5.1)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

_RANGE: Final = re.compile(
    r"\s*([!#$%&'*+.^_`|~\w-]+)/([!#$%&'*+.^_`|~\w-]+)\s*(?:;(.*))?", re.ASCII
)
_QUALITY: Final = re.compile(r"\s*q\s*=\s*(0(?:\.\d{0,3})?|1(?:\.0{0,3})?)\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class MediaRange:
    """One part of an Accept header: `text/*;q=0.5`."""

    major: str
    minor: str
    quality: float

    def specificity_for(self, media_type: str) -> int:
        """0 if the type is not in this range; 1 for `*/*`, 2 for `text/*`, 3 for the type."""
        major, _, minor = media_type.partition("/")
        if (self.major, self.minor) == (major, minor):
            return 3
        if self.major == major and self.minor == "*":
            return 2
        return 1 if (self.major, self.minor) == ("*", "*") else 0


def read_accept(header: str | None) -> tuple[MediaRange, ...]:
    """The ranges of an Accept header; everything is accepted if it is missing or empty.

    Parts that are no media ranges are passed over, as are parameters other than the quality.
    """
    ranges = [found for part in (header or "").split(",") if (found := _range(part))]
    return tuple(ranges) or (MediaRange("*", "*", 1.0),)


def _range(part: str) -> MediaRange | None:
    found = _RANGE.fullmatch(part)
    if found is None:
        return None
    quality = 1.0
    for parameter in (found[3] or "").split(";"):
        if given := _QUALITY.fullmatch(parameter):
            quality = float(given[1])
    return MediaRange(found[1].lower(), found[2].lower(), quality)


def best_media_type(accepted: tuple[MediaRange, ...], offered: Iterable[str]) -> str | None:
    """The offered type that the client likes best; of equal ones the first. None if it likes none.

    The most specific range that a type is in decides on that type.
    """
    best, best_quality = None, 0.0
    for media_type in offered:
        quality = _quality_of(accepted, media_type)
        if quality > best_quality:
            best, best_quality = media_type, quality
    return best


def _quality_of(accepted: tuple[MediaRange, ...], media_type: str) -> float:
    ranked = [(r.specificity_for(media_type), r.quality) for r in accepted]
    specificity, quality = max(ranked)
    return quality if specificity else 0.0
