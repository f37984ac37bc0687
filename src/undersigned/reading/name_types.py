"""The log-linear name typer: whether a stretch of tokens is a person, organization, place or none.

Features (`name_features`) are hashed by CRC-32 into the rows of a weight matrix, so the model is
one array and no vocabulary. It was trained with the votes of `name_rules` added to its scores, as
they are here: it says what is still to be said beside them.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING
from zlib import crc32

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray
    from spacy.tokens import Span

_OPENERS = frozenset({"“", "‘", '"', "``", "(", ":", "•", "—"})
SHIPPED_TYPER = Path(__file__).parents[1] / "pipelines" / "en_undersigned" / "name_typer"


class NameType(StrEnum):
    """What a name names."""

    PERSON = "person"
    ORGANIZATION = "organization"
    PLACE = "place"


LABELS: tuple[NameType | None, ...] = (
    None,
    NameType.PERSON,
    NameType.ORGANIZATION,
    NameType.PLACE,
)
"""The order of the columns of all scores; None is "not a name"."""
LONGEST_PERSON = 4
"""Words of the longest person's name that is judged by what stands around it."""

LogProbabilities = np.ndarray[tuple[int], np.dtype[np.float32]]


class BlockTokens:
    """The tokens of one block as plain lists: much quicker to ask than spaCy's tokens."""

    def __init__(self, block: Span, *, heading: bool = False):
        self.span = block
        self.tokens = list(block)
        self.texts = [token.text for token in self.tokens]
        self.lowers = [text.lower() for text in self.texts]
        self.pos = [token.pos_ for token in self.tokens]
        self.spaced = [bool(token.whitespace_) for token in self.tokens]
        long = [text for text in self.texts if len(text) > 3 and text.isalpha()]
        capitals = sum(text[0].isupper() for text in long)
        running = "." in self.texts[-3:] and not heading
        self.is_title_case = len(long) > 2 and capitals > 0.6 * len(long) and not running

    def __len__(self) -> int:
        return len(self.tokens)

    def lower_at(self, index: int) -> str:
        """The token's lower-case text, or "_" outside the block."""
        return self.lowers[index] if 0 <= index < len(self.lowers) else "_"

    def opens_sentence(self, index: int) -> bool:
        """Whether a sentence, or a quotation within one, begins with the token."""
        return (
            bool(self.tokens[index].is_sent_start)
            or index == 0
            or self.texts[index - 1] in _OPENERS
        )

    def pos_at(self, index: int) -> str:
        """The token's part of speech, or "_" outside the block."""
        return self.pos[index] if 0 <= index < len(self.pos) else "_"


@dataclass(frozen=True, slots=True)
class NameTyper:
    """The weights of one trained typer: one row a hashed feature, one column a label."""

    weights: NDArray[np.float32]
    bias: NDArray[np.float32]

    def log_probabilities(self, found: Iterable[str]) -> LogProbabilities:
        """Natural logarithms of the probabilities of `LABELS`, by a candidate's features."""
        return normalized(self.weights[hashed(found, len(self.weights))].sum(0) + self.bias)


def hashed(found: Iterable[str], rows: int) -> list[int]:
    """The rows of a weight matrix that belong to features; `rows` is a power of two."""
    return [crc32(name.encode()) & (rows - 1) for name in dict.fromkeys(found)]


def normalized(scores: NDArray[np.float32]) -> LogProbabilities:
    """Scores shifted so that their exponentials add up to 1."""
    shifted: LogProbabilities = scores - np.logaddexp.reduce(scores)
    return shifted


@cache
def open_name_typer(folder: Path = SHIPPED_TYPER) -> NameTyper:
    """The typer of a folder with `weights.npz`, the shipped one unless another is named."""
    with np.load(folder / "weights.npz") as arrays:
        return NameTyper(arrays["W"].astype(np.float32), arrays["b"].astype(np.float32))
