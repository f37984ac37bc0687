"""Our own corpus: news prose with the names marked in the text, `[Ann Lee](PER)`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from undersigned.source import Block, BlockKind, Source

OWN_CORPUS = Path(__file__).parent / "corpus"
_MARK = re.compile(r"\[([^\]\[]+)\]\((PER|ORG|LOC)\)")


@dataclass(frozen=True, slots=True)
class MarkedParagraph:
    """A paragraph and its names: start and end characters in `text`, and PER, ORG or LOC."""

    text: str
    names: tuple[tuple[int, int, str], ...]


@dataclass(frozen=True, slots=True)
class MarkedArticle:
    """An article in paragraphs; `has_headline` where the first of them is one."""

    article_id: str
    paragraphs: tuple[MarkedParagraph, ...]
    has_headline: bool = False

    def source(self) -> Source:
        """The article as a source that reading can take, a block a paragraph."""
        blocks, start = [], 0
        for number, paragraph in enumerate(self.paragraphs):
            headline = self.has_headline and number == 0
            kind = BlockKind.HEADLINE if headline else BlockKind.PARAGRAPH
            blocks.append(Block(kind, start, start + len(paragraph.text)))
            start += len(paragraph.text) + 1
        text = "\n".join(paragraph.text for paragraph in self.paragraphs)
        return Source(
            source_id=self.article_id,
            kind="article",
            text=text,
            blocks=tuple(blocks),
            origin=self.article_id,
        )

    def names(self) -> set[tuple[int, int, str]]:
        """All names by their characters in the source's text."""
        found, start = set(), 0
        for paragraph in self.paragraphs:
            found |= {(start + a, start + b, label) for a, b, label in paragraph.names}
            start += len(paragraph.text) + 1
        return found


def read_own(split: str, folder: Path = OWN_CORPUS) -> list[MarkedArticle]:
    """Our own corpus, "train" or "test": form and labels are described in its README."""
    articles = []
    for path in sorted((folder / split).glob("*.txt")):
        for chunk in re.split(r"^## ", path.read_text(encoding="utf-8"), flags=re.M)[1:]:
            header, *lines = chunk.strip().splitlines()
            paragraphs = tuple(_unmarked(line.strip()) for line in lines if line.strip())
            articles.append(MarkedArticle(header.split("|")[0].strip(), paragraphs, True))
    return articles


def _unmarked(line: str) -> MarkedParagraph:
    text, names, at = "", [], 0
    for mark in _MARK.finditer(line):
        text += line[at : mark.start()]
        names.append((len(text), len(text) + len(mark[1]), mark[2]))
        text += mark[1]
        at = mark.end()
    return MarkedParagraph(text + line[at:], tuple(names))
