"""The treebanks by split: the English Web Treebank and the parts of GUM that may be used."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conllu import Sentence, read_conllu
from iob import read_uner

if TYPE_CHECKING:
    from pathlib import Path

    from documents import Names

GENRES = {"news", "interview", "voyage", "bio", "academic", "court", "textbook"}
"""GUM's genres under named licences that allow sharing of derivatives for any purpose."""
LEFT_OUT = {"GUM_court_carpet"}
"""From the Santa Barbara Corpus, which allows no derivatives."""


def read_gum(folder: Path, split: str, genres: set[str] | None = None) -> list[list[Sentence]]:
    """GUM's documents of a split ("train", "dev", "test"), one list of sentences each."""
    members = _split_members(folder / "splits.md", split)
    documents = []
    for path in sorted(folder.glob("GUM_*.conllu")):
        genre = path.stem.split("_")[1]
        if path.stem in members and path.stem not in LEFT_OUT and (not genres or genre in genres):
            sentences = list(read_conllu(path))
            for sentence in sentences:
                sentence.document = path.stem
            documents.append(sentences)
    return documents


def _split_members(path: Path, split: str) -> set[str]:
    members, current = set(), ""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            current = line[3:].strip()
        elif line.strip().startswith("* ") and current == split:
            members.add(line.strip()[2:])
    return members


def read_ewt(corpora: Path, split: str) -> tuple[list[Sentence], dict[str, Names]]:
    """The English Web Treebank with the names of Universal NER."""
    sentences = list(read_conllu(corpora / "ud-ewt" / f"en_ewt-ud-{split}.conllu"))
    names = read_uner(corpora / "uner-ewt" / f"en_ewt-ud-{split}.iob2", sentences)
    return sentences, names
