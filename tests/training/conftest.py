"""Fixtures for tests of training: `corpora` is a folder of tiny corpora in their own formats."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

SENTENCES = Path(__file__).parent / "sentences.conllu"
LETTERS = ("train", "dev", "test")


@pytest.fixture
def corpora(tmp_path: Path) -> Path:
    """The tiny corpora, made of the sentences beside this file, whose last column has the names."""
    folder = tmp_path / "corpora"
    for name in ("ud-ewt", "uner-ewt", "gum", "wikigold", "btc", "uner-pud"):
        (folder / name).mkdir(parents=True)
    treebank = SENTENCES.read_text(encoding="utf-8")
    for split in LETTERS:
        shutil.copy(SENTENCES, folder / "ud-ewt" / f"en_ewt-ud-{split}.conllu")
        _write(folder / "uner-ewt" / f"en_ewt-ud-{split}.iob2", _columns(treebank, "{n}\t{w}\t{t}"))
        shutil.copy(SENTENCES, folder / "gum" / f"GUM_news_{split}.conllu")
    splits = "".join(f"## {split}\n\n  * GUM_news_{split}\n\n" for split in LETTERS)
    _write(folder / "gum" / "splits.md", splits)
    _write(folder / "wikigold" / "wikigold.conll.txt", _columns(treebank, "{w} {t}"))
    _write(folder / "btc" / "a.conll", _columns(treebank, "{w}\t{t}"))
    named = _columns(treebank, "{n}\t{w}\t{t}\t-\t-")
    _write(folder / "uner-pud" / "en_pud-ud-test.iob2", "# newdoc id = n01\n" + named)
    _write_attribution(folder / "polnear" / "dev")
    return folder


def _columns(treebank: str, form: str) -> str:
    """The sentences as column files; lines that begin with "#" only where numbers are wanted."""
    rows = []
    for line in treebank.splitlines():
        cells = line.split("\t")
        if len(cells) == 10:
            tag = dict(part.split("=") for part in cells[9].split("|")).get("Name", "O")
            rows.append(form.format(n=cells[0], w=cells[1], t=tag))
        elif not line or (line.startswith(("# sent_id", "# text")) and "{n}" in form):
            rows.append(line)
    return "\n".join(rows) + "\n"


def _write_attribution(folder: Path) -> None:
    """One article of one sentence, with who says what marked beside it."""
    _write(folder / "text" / "one.txt", "Ann Lee said that it was late.\n")
    marks = "T1\tSource 0 7\tAnn Lee\nT2\tCue 8 12\tsaid\nT3\tContent 13 29\tthat it was late\n"
    _write(folder / "attributions" / "one.ann", marks + "E1\tCue:T2 Source:T1 Content:T3\n")


def _write(path: Path, words: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(words, encoding="utf-8")
