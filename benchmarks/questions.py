"""How fast every saved question is answered, and how that grows with the graph.

    python benchmarks/questions.py                        a graph of 165,000 quads, two minutes
    python benchmarks/questions.py --sizes 1000000 --times 5
    python benchmarks/questions.py --only signatories critics-who-signed
    python benchmarks/questions.py --sizes 1000000 --keep build/stores
    python benchmarks/questions.py --sizes 1000000 --keep build/stores --beside URL

The graph is made of towns (`town.py`), by the program itself. Each question is asked as its
header's example asks, with names of the graph. Prints the rows, the median of the time on the clock
and of the process's own processor time in milliseconds, from the name that is typed to the rows in
Python, and the goals that are missed: 20 ms for look-ups and 500 ms for all others at a million
quads, 200 ms and 5 s at ten. Goals are judged by the processor's time, which others who use the
machine do not lengthen as much.

With `--beside`, the endpoint of another store that has the same data (as `undersigned export`
wrote them) is asked the same SPARQL in turn, and the ratios of the times on the clock are printed,
ours to theirs, with their geometric mean. Only questions with as many rows here and there count.
Names are looked up beforehand, so that the ratios compare stores.

Of Virtuoso 7.2.5.1 it is known that its compiler fails with SQ156, "Bad dfe in sqlo_place_exp", on
drew-letters, fallen-signatures, letters-signed, new-signers, outlets and who-spoke-about-whom, and
that it gives no row for tone-before-and-after, after 25 s; none of them counts. In status-on-date
it gives a day after the one that was asked for.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

import town
from pyoxigraph import QuerySolutions

from undersigned.errors import UndersignedError
from undersigned.questions.ask import ask
from undersigned.questions.binding import bind
from undersigned.questions.saved_query import ParameterType, iter_query_paths, read_saved_query
from undersigned.questions.values import terms_of
from undersigned.store.base import select
from undersigned.store.embedded import open_reader
from undersigned.store.remote import RemoteReader

if TYPE_CHECKING:
    from undersigned.questions.saved_query import Parameter, SavedQuery
    from undersigned.store.base import GraphReader

ROOT: Final = Path(__file__).resolve().parents[1]
LOOK_UPS: Final = {"signatories", "letters-signed", "statements-by"}
GOALS_MS: Final = {"look-up": 20.0, "other": 500.0}
REGULAR: Final = town.Town(0).regular()
EXAMPLES: Final = {
    ParameterType.PERSON: REGULAR,
    ParameterType.AGENT: REGULAR,
    ParameterType.ORGANIZATION: town.BODY,
    ParameterType.SOURCE: town.SOURCE,
    ParameterType.TEXT: town.TOPIC,
}
BODIES: Final = {"addressee", "target", "organization", "body", "about"}
"""Parameters of these names are asked with a body that letters are written to."""


class Times(NamedTuple):
    """Medians of one question."""

    rows: int
    clock_ms: float
    processor_ms: float


def value_for(parameter: Parameter, example: str) -> str:
    """What a person might type who asks as the example does, in the names of the made-up graph."""
    if parameter.type is ParameterType.LETTER:
        return town.SECOND_LETTER if parameter.name == "second" else town.FIRST_LETTER
    if parameter.type is ParameterType.AGENT and parameter.name in BODIES:
        return town.BODY
    if parameter.name == "outlet":
        return "The Barby Courier"
    if parameter.type is ParameterType.DATE:
        return "2015-06"
    return EXAMPLES.get(parameter.type, example)


def given_for(query: SavedQuery) -> dict[str, str]:
    """Values for the parameters that the query's example gives."""
    known = {parameter.name: parameter for parameter in query.parameters}
    return {name: value_for(known[name], text) for name, text in query.example.items()}


def measure_question(reader: GraphReader, query: SavedQuery, times: int) -> Times:
    given, clock, processor, rows = given_for(query), [], [], 0
    for _ in range(times):
        start, started = time.perf_counter(), time.process_time()
        rows = len(ask(reader, query, given).rows)
        processor.append(1000 * (time.process_time() - started))
        clock.append(1000 * (time.perf_counter() - start))
        if clock[-1] > 20_000:
            break  # it is slow, and that was measured
    return Times(rows, statistics.median(clock), statistics.median(processor))


def measure(path: Path, names: list[str], times: int, quads: int) -> None:
    missed = []
    print(f"\n{quads:,} quads; ten million additions take {_additions_ms():.0f} ms here and now")
    print(f"{'question':26}{'rows':>9}{'clock ms':>12}{'processor ms':>14}{'goal ms':>10}")
    with open_reader(path) as reader:
        for file in iter_query_paths(ROOT / "queries"):
            if names and file.stem not in names:
                continue
            query = read_saved_query(file)
            try:
                took = measure_question(reader, query, times)
            except UndersignedError as error:
                print(f"{query.name:26} not asked: {error}")
                continue
            goal = goal_of(query.name, quads)
            miss = took.processor_ms > goal
            missed += [query.name] * miss
            print(
                f"{query.name:26}{took.rows:9,}{took.clock_ms:12.1f}{took.processor_ms:14.1f}"
                f"{goal:10.0f}{'  missed' * miss}",
                flush=True,
            )
    print(f"{len(missed)} goals missed: {', '.join(missed) or 'none'}")


def _additions_ms() -> float:
    """Processor time of a loop that others may repeat, to compare machines and their load."""
    start, total = time.process_time(), 0
    for number in range(10_000_000):
        total += number
    return 1000 * (time.process_time() - start)


def goal_of(name: str, quads: int) -> float:
    """The goal in milliseconds."""
    goal = GOALS_MS["look-up" if name in LOOK_UPS else "other"]
    return goal * (10 if quads > 5_000_000 else 1)


def measure_beside(path: Path, endpoint: str, names: list[str], times: int) -> None:
    """Asks our store and another one in turn."""
    ratios = []
    print(f"\n{'question':26}{'rows':>9}{'ours ms':>12}{'theirs ms':>12}{'ratio':>9}")
    with open_reader(path) as reader, RemoteReader(endpoint) as other:
        for file in iter_query_paths(ROOT / "queries"):
            if names and file.stem not in names:
                continue
            query = read_saved_query(file)
            sparql = bind(query, terms_of(reader, query, given_for(query)))
            ours, theirs, rows, others = [], [], 0, 0
            try:
                for _ in range(times):
                    start = time.perf_counter()
                    rows = len(list(select(reader, sparql)))
                    middle = time.perf_counter()
                    answer = other.query(sparql, default_graphs=[reader.iris.knowledge])
                    others = len(list(answer)) if isinstance(answer, QuerySolutions) else 0
                    ours.append(1000 * (middle - start))
                    theirs.append(1000 * (time.perf_counter() - middle))
            except UndersignedError as error:
                print(f"{query.name:26}{rows:9,}  theirs: {str(error).splitlines()[0][:70]}")
                continue
            ratio = statistics.median(ours) / statistics.median(theirs)
            same = rows == others
            ratios += [ratio] * same
            print(
                f"{query.name:26}{rows:9,}{statistics.median(ours):12.1f}"
                f"{statistics.median(theirs):12.1f}{ratio:9.2f}"
                f"{'' if same else f'  theirs has {others:,} rows'}",
                flush=True,
            )
    print(f"geometric mean of {len(ratios)}: {statistics.geometric_mean(ratios):.2f}")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--sizes", type=int, nargs="+", default=[town.QUADS_A_TOWN])
    parser.add_argument("--times", type=int, default=3)
    parser.add_argument("--only", nargs="+", default=[])
    parser.add_argument("--keep", type=Path, help="a folder for the stores, to be used again")
    parser.add_argument("--beside", metavar="URL", help="SPARQL endpoint of another store")
    arguments = parser.parse_args()
    for size in arguments.sizes:
        with ExitStack() as stack:
            folder = arguments.keep or Path(stack.enter_context(tempfile.TemporaryDirectory()))
            store = folder / f"{size}.store"
            if not store.exists():
                start = time.perf_counter()
                quads = town.make_store(store, size)
                print(f"made {quads:,} quads in {time.perf_counter() - start:.0f} s")
            if arguments.beside:
                measure_beside(store, arguments.beside, arguments.only, arguments.times)
            else:
                measure(store, arguments.only, arguments.times, size)


if __name__ == "__main__":
    main()
