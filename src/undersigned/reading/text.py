"""The text of a source as spaCy tokens, with the way back to the source's offsets.

Every story block becomes a `Doc` of its own (so that no sentence runs over a block's edge), and
the blocks are then joined into one `Doc`, so that rules and coreference see the whole article.
Offsets of the joined `Doc` are *not* the source's: use `ReadText.slice`.

The pipeline may read a block in another spelling of the same length (a no-break space as a space,
a headline in capitals in lower case, a rare dash as a usual one): token texts are then the spelling
that was read, slices always the source's own words.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

from spacy.tokens import Doc, Span, Token

from undersigned.claims import Slice
from undersigned.errors import ClaimMismatch

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from spacy.vocab import Vocab

    from undersigned.source import Block, Source


USUAL_DASHES: Final = str.maketrans({"―": "—", "⸺": "—", "‒": "–", "−": "-", "‐": "-", "‑": "-"})
"""Dashes that pipelines have hardly met, by those that they know."""


@dataclass(frozen=True, slots=True)
class ReadBlock:
    """A story block and its tokens `doc[start:end]` in the joined `Doc`."""

    block: Block
    start: int
    end: int


class ReadText:
    """One source's story as a joined `Doc`.

    `doc` has sentences, tags, lemmas, UD dependencies and entities; `blocks` are its story blocks
    in order, with their token ranges. A `Doc` without tokens (no story) is possible.
    """

    def __init__(
        self, source: Source, doc: Doc, blocks: Sequence[ReadBlock], starts: Sequence[int]
    ):
        self.source = source
        self.doc = doc
        self.blocks = tuple(blocks)
        self._starts = starts
        self._block_of_token = [n for n, b in enumerate(self.blocks) for _ in range(b.start, b.end)]

    @classmethod
    def joined(
        cls, source: Source, parts: Iterable[tuple[Block, Doc]], vocab: Vocab | None = None
    ) -> ReadText:
        """Joins the parsed blocks of a source, given in text order.

        Each `Doc` must have been made from `source.text[block.start:block.end]`, or from a
        spelling of it that is equally long at every character. `vocab` is the pipeline's; it is
        needed where a source may have no story block at all.
        """
        blocks: list[ReadBlock] = []
        starts: list[int] = []
        docs: list[Doc] = []
        for block, doc in parts:
            first = len(starts)
            starts.extend(block.start + token.idx for token in doc)
            blocks.append(ReadBlock(block, first, len(starts)))
            docs.append(doc)
        if docs:
            joined = Doc.from_docs(docs, ensure_whitespace=True)
        elif vocab is not None:
            joined = Doc(vocab)
        else:
            raise ValueError(f"{source.source_id}: no story block to join, and no vocabulary given")
        assert joined is not None
        return cls(source, joined, blocks, starts)

    def start_of(self, token: Token) -> int:
        """Where a token starts in the source."""
        return self._starts[token.i]

    def end_of(self, token: Token) -> int:
        """Where a token ends in the source, exclusive."""
        return self._starts[token.i] + len(token.text)

    def slice(self, tokens: Span | Token) -> Slice:
        """The source's words under tokens of one block.

        Raises:
            ValueError: the tokens run over two blocks.
            ClaimMismatch: the source has other words at this place than the pipeline read: a bug.
        """
        first, last = (tokens, tokens) if isinstance(tokens, Token) else (tokens[0], tokens[-1])
        if self._block_of_token[first.i] != self._block_of_token[last.i]:
            raise ValueError(f"{self.source.source_id}: a slice over two blocks: {tokens.text!r}")
        start, end = self.start_of(first), self.end_of(last)
        exact = self.source.text[start:end]
        if not _same_words(exact, tokens.text):
            raise ClaimMismatch(
                f"{self.source.source_id}: the pipeline read {tokens.text!r} for characters "
                f"{start} to {end}, but the source has {exact!r} there; "
                "please report this article as a bug"
            )
        return Slice(start, end, exact)

    def slices(self, tokens: Span) -> tuple[Slice, ...]:
        """As `slice`, but one slice a block where the tokens run over several blocks."""
        if tokens.start == tokens.end:
            return ()
        first, last = (self._block_of_token[at] for at in (tokens.start, tokens.end - 1))
        return tuple(
            self.slice(self.doc[max(tokens.start, b.start) : min(tokens.end, b.end)])
            for b in self.blocks[first : last + 1]
        )

    def places_of(self, word: str) -> Sequence[int]:
        """Where a word stands, as tokens of `doc` in text order; the word in lower case."""
        return self._places.get(word, ())

    @cached_property
    def _places(self) -> dict[str, list[int]]:
        places: defaultdict[str, list[int]] = defaultdict(list)
        for token in self.doc:
            places[token.lower_].append(token.i)
        return dict(places)

    def block_number(self, token: Token) -> int:
        """Where in `blocks` the story block of a token stands."""
        return self._block_of_token[token.i]

    def block_of(self, token: Token) -> ReadBlock:
        """The story block that a token stands in."""
        return self.blocks[self._block_of_token[token.i]]


def _same_words(exact: str, read: str) -> bool:
    """Whether two equally long strings differ in case and kind of space or dash at most."""
    return exact == read or (
        len(exact) == len(read)
        and all(
            a == b
            or (a.isspace() and b == " ")
            or a.lower() == b.lower()
            or a.translate(USUAL_DASHES) == b
            for a, b in zip(exact, read, strict=True)
        )
    )
