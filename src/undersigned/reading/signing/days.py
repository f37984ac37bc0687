"""The names of the days, which stand where a name or a place might."""

from __future__ import annotations

from typing import Final

DAYS: Final = frozenset(
    {"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"}
)
