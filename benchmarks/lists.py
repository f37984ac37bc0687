"""How long a list of signers takes to load, and how much memory, as it grows.

    python benchmarks/lists.py [NUMBER ...]

Makes a CSV table of invented signers for each number (1,000, 10,000 and 100,000 by default), loads
it into a new store on disk in a process of its own, and prints entries, seconds and peak memory.
"""

from __future__ import annotations

import random
import resource
import sys
import time
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory

from undersigned.loading.gather import gather
from undersigned.loading.readers import ReadingRules
from undersigned.loading.run import load
from undersigned.project import find_project
from undersigned.reading.lexicon import open_lexicon
from undersigned.store.embedded import open_writer

NUMBERS = (1_000, 10_000, 100_000)


def table_of(number: int) -> str:
    """A table of invented signers, every third with a role, the same for a number each time."""
    chance = random.Random(number)
    given = sorted(open_lexicon("given_names").all_words())
    family = sorted(open_lexicon("surnames").all_words())
    lines = ["name,affiliation"]
    for _ in range(number):
        name = f"{chance.choice(given)} {chance.choice('ABCDEFGH')}. {chance.choice(family)}"
        role = f"{chance.choice(family)} Institute fellow" if chance.random() < 1 / 3 else ""
        lines.append(f"{name},{role}")
    return "\n".join(lines) + "\n"


def measure(number: int) -> tuple[int, float, float]:
    """Signatures, seconds and peak megabytes of loading a list of so many signers."""
    with TemporaryDirectory() as folder:
        table = Path(folder) / "signers.csv"
        table.write_text(table_of(number), encoding="utf-8")
        rules = ReadingRules(project=find_project())
        began = time.perf_counter()
        with open_writer(Path(folder) / "store") as writer:
            report = load(gather([str(table)]).items, writer, rules)
        seconds = time.perf_counter() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    return report.sources[0].found["signatures"], seconds, peak


def main() -> None:
    numbers = [int(argument) for argument in sys.argv[1:]] or NUMBERS
    print("entries  seconds  MB at peak  ms an entry")
    for number in numbers:
        with get_context("spawn").Pool(1) as pool:
            found, seconds, peak = pool.apply(measure, (number,))
        print(f"{found:7,}  {seconds:7.1f}  {peak:10,.0f}  {1000 * seconds / number:11.2f}")


if __name__ == "__main__":
    main()
