"""Words a second of language pipelines, one after the other, in one run and on one core.

    OPENBLAS_NUM_THREADS=1 python benchmarks/pipelines.py [PIPELINE ...] [--plain PIPELINE ...]

PIPELINE is a folder or the name of an installed pipeline, opened as reading opens it; without one,
the shipped one. Those after --plain are opened with spacy.load and nothing else. Each reads our
own training prose three times; the best time counts, in processor seconds, batched.
"""

from __future__ import annotations

import re
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import spacy

from undersigned.reading.matrix_product import in_one_thread
from undersigned.reading.pipeline import SHIPPED, open_pipeline

if TYPE_CHECKING:
    from spacy.language import Language

MARK = re.compile(r"\[([^\]\[]+)\]\((PER|ORG|LOC)\)")
PROSE = Path(__file__).resolve().parents[1] / "training" / "corpus" / "train"


def paragraphs() -> list[str]:
    lines = [line for path in sorted(PROSE.glob("*.txt")) for line in path.open(encoding="utf-8")]
    return [
        MARK.sub(r"\1", line.strip())
        for line in lines
        if line.strip() and not line.startswith("##")
    ]


def words_a_second(nlp: Language, texts: list[str]) -> float:
    list(nlp.pipe(texts[:100]))
    best = 0.0
    for _ in range(3):
        start = time.process_time()
        words = sum(len(doc) for doc in nlp.pipe(texts, batch_size=64))
        best = max(best, words / (time.process_time() - start))
    return best


def main() -> None:
    opened, _, plain = " ".join(sys.argv[1:]).partition("--plain")
    texts = paragraphs()
    with in_one_thread():
        for name in opened.split() or [str(SHIPPED)]:
            print(f"{words_a_second(open_pipeline(name), texts):>8,.0f} words/s  {name}")
        for name in plain.split():
            print(f"{words_a_second(spacy.load(name), texts):>8,.0f} words/s  {name}, plain")


if __name__ == "__main__":
    main()
