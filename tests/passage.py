"""Short texts run through the language pipeline, for tests of reading."""

from __future__ import annotations

from typing import TYPE_CHECKING

from undersigned.reading.cast import Cast, make_cast
from undersigned.reading.names import find_names
from undersigned.reading.pipeline import read_texts
from undersigned.source import Block, BlockKind, Source

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Span

    from undersigned.reading.text import ReadText


def source_of(*paragraphs: str, headline: str | None = None) -> Source:
    """A source with these paragraphs, one line each, below the headline if there is one."""
    lines = [(BlockKind.HEADLINE, headline)] if headline else []
    lines += [(BlockKind.PARAGRAPH, paragraph) for paragraph in paragraphs]
    blocks, start = [], 0
    for kind, line in lines:
        blocks.append(Block(kind, start, start + len(line)))
        start += len(line) + 1
    text = "\n".join(line for _, line in lines)
    return Source(
        source_id="passage", kind="article", text=text, blocks=tuple(blocks), origin="passage"
    )


def read(nlp: Language, *paragraphs: str, headline: str | None = None) -> ReadText:
    """The read text of these paragraphs."""
    (text,) = read_texts(nlp, [source_of(*paragraphs, headline=headline)])
    return text


def cast_of(nlp: Language, *paragraphs: str, headline: str | None = None) -> Cast:
    """The cast of these paragraphs."""
    text = read(nlp, *paragraphs, headline=headline)
    return make_cast(text, find_names(text))


def phrase(text: ReadText, words: str, occurrence: int = 0) -> Span:
    """The tokens of the n-th place where these words stand."""
    doc = text.doc
    wanted = words.split()
    found = [
        doc[i : i + len(wanted)]
        for i in range(len(doc) - len(wanted) + 1)
        if [token.text for token in doc[i : i + len(wanted)]] == wanted
    ]
    return found[occurrence]
