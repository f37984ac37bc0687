"""How identity grows: signature lists of N names in all, from scratch and one list more.

    python benchmarks/identity.py [N ...]

Names are drawn as often as the shares in `naming/` say, and every fourth surname is made up, since
most are rare. They stand on lists of a thousand; one name in fifty signs a second list, every
tenth of these in another form. "Pairs" are comparisons of names that share a blocking key, "open"
what is left for people to decide. Times are of the processor.
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
from undersigned import terms as t
from undersigned.assembly.assemble import assemble, assemble_from_scratch
from undersigned.assembly.candidates import undecided_pairs
from undersigned.evidence.writing import evidence_triples
from undersigned.naming.name_matches import match_names
from undersigned.naming.word_lists import read_words
from undersigned.store.embedded import EmbeddedWriter, memory_store

if TYPE_CHECKING:
    from undersigned.claims import Reading

LIST = 1000


def shares(name: str) -> tuple[list[str], list[float]]:
    bands = [
        (word, band["bits"])
        for band in read_words(name)["shares"]
        for word in band["words"].split()
    ]
    return [word for word, _ in bands], [2.0**-bits for _, bits in bands]


def make_names(number: int, rng: random.Random) -> list[str]:
    given, surnames = shares("given_name_shares"), shares("surname_shares")
    found = []
    for first, last in zip(
        rng.choices(*given, k=number), rng.choices(*surnames, k=number), strict=True
    ):
        if rng.random() < 0.25:
            last = "".join(rng.choice("bdfgklmnprstv") + rng.choice("aeiou") for _ in range(3))
        found.append(f"{first.title()} {last.title()}")
    return found


def make_lists(number: int) -> list[Reading]:
    rng = random.Random(0)
    names = make_names(number, rng)
    readings = []
    for at in range(0, number, LIST):
        signers = set(names[at : at + LIST])
        again = rng.sample(names, LIST // 50)
        signers |= {f"{n[0]}. {n.split()[1]}" if rng.random() < 0.1 else n for n in again}
        readings.append(article(f"list-{at}", Said(signers=tuple(sorted(signers))), published=None))
    return readings


def write(store: EmbeddedWriter, reading: Reading) -> None:
    graph = store.iris.source(reading.source.source_id)
    store.replace_graphs({graph: evidence_triples(reading, store.iris)})


def measure(number: int) -> None:
    *readings, last = make_lists(number + LIST)
    store = memory_store()
    for reading in readings:
        write(store, reading)
    match_names.cache_clear()
    start = time.process_time()
    assemble_from_scratch(store)
    assembled = time.process_time()
    pairs = match_names.cache_info().misses
    write(store, last)
    before_one = time.process_time()
    assemble(store, {store.iris.source(last.source.source_id): None})
    after_one = time.process_time()
    people = sum(1 for _ in store.triples(store.iris.knowledge, None, t.RDF_TYPE, t.PERSON))
    undecided = sum(1 for _ in undecided_pairs(store))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{number:>10,}{people:>10,}{pairs:>10,}{assembled - start:>12.2f}"
        f"{1000 * (assembled - start) / number:>12.2f}{after_one - before_one:>12.2f}"
        f"{undecided:>10,}{time.process_time() - after_one:>10.1f}{memory:>10.0f}"
    )


def main() -> None:
    sizes = [int(argument) for argument in sys.argv[1:]] or [1_000, 10_000, 100_000]
    print(
        f"{'signatures':>10}{'people':>10}{'pairs':>10}{'scratch s':>12}{'ms each':>12}"
        f"{'1,000 more s':>12}{'open':>10}{'open s':>10}{'peak MB':>10}"
    )
    for number in sizes:
        measure(number)


if __name__ == "__main__":
    main()
