"""How fast articles are read, where the time goes, and how it grows with an article's length.

    OPENBLAS_NUM_THREADS=1 BLIS_NUM_THREADS=1 python benchmarks/reading.py [FOLDER]

Without a folder the example articles are read. Figures are words (runs of letters and digits) a
second of processor time on one core; ratios within one run hold on a busy machine, seconds don't.
"""

from __future__ import annotations

import cProfile
import pstats
import re
import resource
import sys
import time
from pathlib import Path

from undersigned.claims import iter_slices
from undersigned.loading.gather import gather, retrieve
from undersigned.loading.registry import find_loaders
from undersigned.project import find_project
from undersigned.reading.pipeline import open_pipeline, read_texts
from undersigned.reading.reader import Reader
from undersigned.source import Block, Source

EXAMPLES = Path(__file__).resolve().parents[1] / "examples"
STEPS = (
    "read_texts", "find_names", "complete_series", "make_cast", "find_letters", "find_roles",
    "find_attributions", "find_signatures", "find_statements",
)  # fmt: skip


def words_in(sources: list[Source]) -> int:
    return sum(len(re.findall(r"\w+", source.text)) for source in sources)


def open_sources(folder: Path) -> list[Source]:
    loaders = find_loaders(find_project().loaders)
    return [loaders.read(retrieve(item)) for item in gather([str(folder)]).items]


def joined(sources: list[Source], words: int) -> Source:
    """One article of at least so many words, made of others set one after the other."""
    text, blocks = "", []
    while len(re.findall(r"\w+", text)) < words:
        for source in sources:
            start = len(text)
            text += source.text + "\n\n"
            blocks += [Block(b.kind, b.start + start, b.end + start) for b in source.blocks]
    return Source(source_id="long", kind="article", text=text, blocks=tuple(blocks), origin="long")


def peak_megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def measure(sources: list[Source]) -> None:
    words = words_in(sources)
    nlp, reader = open_pipeline(), Reader()
    list(reader.read(sources[:3]))
    start = time.process_time()
    for _ in read_texts(nlp, sources):
        pass
    parsed = time.process_time() - start
    start = time.process_time()
    claims = sum(len(reading.claims) for reading in reader.read(sources))
    whole = time.process_time() - start
    print(f"{len(sources)} articles, {words:,} words, {claims:,} claims")
    print(f"language pipeline alone   {words / parsed:>8,.0f} words/s")
    print(f"the whole of reading      {words / whole:>8,.0f} words/s")
    print(f"reading per pipeline time {whole / parsed:>8.2f}")


def profile(sources: list[Source]) -> None:
    reader = Reader()
    profiler = cProfile.Profile()
    profiler.enable()
    list(reader.read(sources))
    profiler.disable()
    stats = pstats.Stats(profiler).stats  # type: ignore[attr-defined]
    total = sum(row[2] for row in stats.values())
    print("\nwhere the time goes (under a profiler):")
    for step in STEPS:
        spent = sum(row[3] for key, row in stats.items() if key[2] == step)
        print(f"  {step:20}{spent / total:>6.1%}")


def grow(sources: list[Source]) -> None:
    print(f"\n{'words':>10}{'s':>8}{'words/s':>10}{'claims':>9}{'slices':>9}{'peak MB':>9}")
    reader = Reader()
    for length in (1_000, 10_000, 50_000, 200_000):
        source = joined(sources, length)
        start = time.process_time()
        (reading,) = reader.read([source])
        spent = time.process_time() - start
        words = words_in([source])
        slices = sum(1 for _ in iter_slices(reading))
        print(
            f"{words:>10,}{spent:>8.1f}{words / spent:>10,.0f}{len(reading.claims):>9,}"
            f"{slices:>9,}{peak_megabytes():>9.0f}"
        )


def main() -> None:
    sources = open_sources(Path(sys.argv[1]) if len(sys.argv) > 1 else EXAMPLES)
    measure(sources)
    profile(sources)
    grow(sources)


if __name__ == "__main__":
    main()
