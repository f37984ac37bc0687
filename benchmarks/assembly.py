"""How assembly grows: from scratch over N sources, and for one source more on top of them.

    python benchmarks/assembly.py [N ...]

Sources are made by hand, without the language pipeline: N articles about N / 10 letters. Each names
10 of its letter's 30 signatories and two who sign everywhere, and has an addressee, a count, two
quotations of the letter and one of a person.
"""

from __future__ import annotations

import random
import resource
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from typing import TYPE_CHECKING

from making import Said, article
from undersigned.assembly.assemble import assemble, assemble_from_scratch
from undersigned.evidence.writing import evidence_triples
from undersigned.store.embedded import memory_store

if TYPE_CHECKING:
    from undersigned.claims import Reading

STARTS = ("ba", "ce", "di", "fo", "gu", "la", "me", "ni", "po", "ru")
WORDS = [start + end for start in STARTS for end in ("rt", "nd", "st", "ll", "ck")]
"""As many as make chance repetitions of a run of words as rare as in prose."""


def sentence(rng: random.Random, words: int = 18) -> str:
    return "We ask that " + " ".join(rng.choices(WORDS, k=words))


def make_readings(number: int) -> list[Reading]:
    rng = random.Random(0)
    names = [f"Given{n} Surname{n}" for n in range(3 * number + 30)]
    letters = [
        (
            f"Office of {rng.choice(WORDS)} {n}",
            [sentence(rng) for _ in range(3)],
            names[30 * n :][:30],
        )
        for n in range(max(1, number // 10))
    ]
    readings = []
    for n in range(number):
        addressee, quotes, signers = rng.choice(letters)
        said = Said(
            signers=(*rng.sample(signers, 10), *rng.sample(names[:40], 2)),
            addressee=addressee,
            over=rng.randrange(100, 1000),
            quotes=tuple(rng.sample(quotes, 2)),
            quotes_of={names[n]: sentence(rng)},
        )
        day = f"2025-{rng.randrange(1, 13):02d}-{rng.randrange(1, 29):02d}"
        readings.append(article(f"source-{n}", said, published=day))
    return readings


def measure(number: int) -> None:
    *readings, last = make_readings(number + 1)
    store = memory_store()
    start = time.perf_counter()
    for reading in readings:
        graph = store.iris.source(reading.source.source_id)
        store.replace_graphs({graph: evidence_triples(reading, store.iris)})
    written = time.perf_counter()
    assemble_from_scratch(store)
    assembled = time.perf_counter()
    graph = store.iris.source(last.source.source_id)
    store.replace_graphs({graph: evidence_triples(last, store.iris)})
    before_one = time.perf_counter()
    assemble(store, {graph: None})
    after_one = time.perf_counter()
    quads = sum(1 for _ in store.quads())
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{number:>8,}{quads:>12,}{written - start:>12.2f}{assembled - written:>12.2f}"
        f"{1000 * (assembled - written) / number:>14.2f}{1000 * (after_one - before_one):>12.1f}"
        f"{memory:>10.0f}"
    )


def main() -> None:
    sizes = [int(argument) for argument in sys.argv[1:]] or [100, 1000, 3000]
    print(
        f"{'sources':>8}{'quads':>12}{'write s':>12}{'scratch s':>12}{'scratch ms/src':>14}"
        f"{'one more ms':>12}{'peak MB':>10}"
    )
    for number in sizes:
        measure(number)


if __name__ == "__main__":
    main()
