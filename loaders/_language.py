"""Whether a text is English, the only language that can be read for claims."""

from __future__ import annotations

import re
from typing import Final

_FUNCTION_WORDS: Final = re.compile(
    r"\b(?:the|of|and|to|in|a|is|that|for|it|on|with|as|was|be|by|at|from|has|have|this|are|not|but)\b"
)
_MIN_WORDS: Final = 40
_MIN_SHARE: Final = 0.08
"""English news has function words such as these in 25 to 40 of 100; lists of names in 10 or so."""


def foreign_note(text: str) -> tuple[str, ...]:
    """A note for texts of forty words and more that do not look like English; else nothing."""
    words = re.findall(r"[^\W\d_]+", text)
    if len(words) < _MIN_WORDS:
        return ()
    share = len(_FUNCTION_WORDS.findall(text.lower())) / len(words)
    return () if share >= _MIN_SHARE else ("the text does not look like English",)
