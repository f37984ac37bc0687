"""How fast every saved question is answered, and how that grows with the graph.

    python benchmarks/questions.py                        100,000 quads, under two minutes
    python benchmarks/questions.py --sizes 1000000 --times 5
    python benchmarks/questions.py --only signatories critics-who-signed

The graph is made up, in the shapes that loading writes: letters with one to six hundred
signatories, few of whom sign much and most once; addressees that a few bodies share; statements
for and against them; two or three sources a letter, with a claim and its slices for each fact.
Prints, for each question, the rows and the median time in milliseconds, and the goals that are
missed: 20 ms for look-ups and 500 ms for all others at a million quads, ten times that at ten.
"""

from __future__ import annotations

import argparse
import random
import statistics
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pyoxigraph import Literal, NamedNode, Triple

from undersigned import terms as t
from undersigned.errors import UndersignedError
from undersigned.iris import Iris
from undersigned.questions.ask import ask
from undersigned.questions.saved_query import ParameterType, iter_query_paths, read_saved_query
from undersigned.store.embedded import open_reader, open_writer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from undersigned.questions.saved_query import Parameter

ROOT: Final = Path(__file__).resolve().parents[1]
IRIS: Final = Iris()
LOOK_UPS: Final = {"signatories", "letters-signed", "statements-by", "statements-about"}
GOALS_MS: Final = {"look-up": 20.0, "other": 500.0}
QUADS_A_SIGNATURE: Final = 31
"""Measured on the made-up graph itself: claims, slices and names included."""
BODIES: Final = 40


class Town:
    """Makes the triples, graph by graph."""

    def __init__(self, quads: int, seed: int = 7) -> None:
        self._random = random.Random(seed)
        self._signatures = quads // QUADS_A_SIGNATURE
        self._people = max(50, self._signatures // 2)

    def graphs(self) -> Iterator[tuple[NamedNode, list[Triple]]]:
        """Yields knowledge in pieces, and each source's graph."""
        yield IRIS.knowledge, [x for n in range(BODIES) for x in self._body(n)]
        yield IRIS.knowledge, [x for n in range(self._people) for x in self._person(n)]
        made = number = 0
        while made < self._signatures:
            size = min(600, int(self._random.paretovariate(0.9) * 8))
            sources = [IRIS.source(f"daily-{number}-{k}") for k in range(1 + number % 3)]
            facts: list[Triple] = []
            evidence: dict[NamedNode, list[Triple]] = {source: [] for source in sources}
            for source in sources:
                facts += self._source(source, number)
            facts += self._letter(number, sources)
            for signer in self._signers(size):
                facts += self._signature(number, signer, sources, evidence)
            for k in range(3):
                facts += self._statement(number, k, sources, evidence)
            yield IRIS.knowledge, facts
            yield from evidence.items()
            made, number = made + size, number + 1

    def _signers(self, size: int) -> set[int]:
        return {
            min(self._people - 1, int(self._random.paretovariate(0.6)) - 1)
            if self._random.random() < 0.2
            else self._random.randrange(self._people)
            for _ in range(size)
        }

    def _body(self, n: int) -> Iterator[Triple]:
        body, head = IRIS.entity("organization", f"body-{n}"), IRIS.entity("person", f"signer-{n}")
        role = IRIS.entity("role", f"signer-{n}/head-of-body-{n}")
        yield from _named(body, t.ORGANIZATION, f"Public Body {n}")
        yield Triple(role, t.RDF_TYPE, t.ROLE)
        yield Triple(role, t.HOLDER, head)
        yield Triple(role, t.ROLE_TITLE, Literal("director"))
        yield Triple(role, t.AT_ORGANIZATION, body)
        yield Triple(role, t.CERTAINTY, t.concept("certainty", "stated"))

    def _person(self, n: int) -> Iterator[Triple]:
        person = IRIS.entity("person", f"signer-{n}")
        yield from _named(person, t.PERSON, f"Signer Number{n}")
        role = IRIS.entity("role", f"signer-{n}/profession")
        yield Triple(role, t.RDF_TYPE, t.ROLE)
        yield Triple(role, t.HOLDER, person)
        yield Triple(role, t.ROLE_TITLE, Literal(f"profession {n % 60}"))
        yield Triple(role, t.CERTAINTY, t.concept("certainty", "stated"))

    def _source(self, source: NamedNode, number: int) -> Iterator[Triple]:
        yield Triple(source, t.RDF_TYPE, t.ARTICLE)
        yield Triple(
            source, t.RDFS_LABEL, Literal(f"Report {source.value[-6:]} on letter {number}")
        )
        yield Triple(source, t.OUTLET, Literal(f"Outlet {number % 25}"))
        yield Triple(source, t.PUBLISHED, _day(number))

    def _letter(self, number: int, sources: list[NamedNode]) -> Iterator[Triple]:
        letter = IRIS.entity("letter", f"letter-{number}")
        count = IRIS.entity("count", f"letter-{number}/over")
        yield from _named(letter, t.LETTER, f"Letter Number{number}")
        yield Triple(letter, t.DOCUMENT_KIND, t.concept("document-kind", "open-letter"))
        yield Triple(letter, t.LETTER_DATE, _day(number))
        yield Triple(letter, t.ADDRESSEE, IRIS.entity("organization", f"body-{number % BODIES}"))
        yield Triple(letter, t.ABOUT, Literal(f"topic {number % 90}"))
        yield Triple(letter, t.CERTAINTY, t.concept("certainty", "stated"))
        if number % 9 == 8:
            yield Triple(letter, t.ANSWERS, IRIS.entity("letter", f"letter-{number - 1}"))
        yield Triple(letter, t.HAS_CLAIMED_COUNT, count)
        yield Triple(count, t.RDF_TYPE, t.CLAIMED_COUNT)
        yield Triple(count, t.NUMBER, Literal(100 + number))
        yield Triple(count, t.PRINTED, Literal(f"over {100 + number}"))
        yield Triple(count, t.COUNT_QUALIFIER, t.concept("count-qualifier", "over"))
        yield Triple(count, t.CERTAINTY, t.concept("certainty", "stated"))
        for source in sources:
            yield Triple(letter, t.SAID_IN, source)
            yield Triple(count, t.SAID_IN, source)
            yield Triple(letter, t.SUPPORTED_BY, NamedNode(f"{source.value}#claim-letter"))

    def _signature(
        self,
        number: int,
        signer: int,
        sources: list[NamedNode],
        evidence: dict[NamedNode, list[Triple]],
    ) -> Iterator[Triple]:
        person = IRIS.entity("person", f"signer-{signer}")
        letter = IRIS.entity("letter", f"letter-{number}")
        signature = IRIS.entity("signature", f"letter-{number}/signer-{signer}")
        event = IRIS.entity("signature", f"letter-{number}/signer-{signer}/status/reported")
        source = self._random.choice(sources)
        withdrawn = self._random.random() < 0.01
        status = t.concept("status", "withdrawn" if withdrawn else "reported")
        yield Triple(signature, t.RDF_TYPE, t.SIGNATURE)
        yield Triple(signature, t.NAMED_SIGNATORY, person)
        yield Triple(signature, t.SIGNED_LETTER, letter)
        yield Triple(signature, t.STATUS, status)
        yield Triple(signature, t.CERTAINTY, t.concept("certainty", "stated"))
        yield Triple(signature, t.HAS_STATUS_EVENT, event)
        yield Triple(signature, t.SAID_IN, source)
        yield Triple(event, t.STATUS, status)
        yield Triple(event, t.STATED_ON, _day(number))
        yield Triple(event, t.SAID_IN, source)
        if not withdrawn:
            yield Triple(signature, t.SIGNATORY, person)
            yield Triple(person, t.SIGNED, letter)
        claim = NamedNode(f"{source.value}#claim-{signer}")
        yield Triple(signature, t.SUPPORTED_BY, claim)
        evidence[source] += _claim(claim, source, t.SIGNATURE_CLAIM, f"Signer Number{signer}")

    def _statement(
        self,
        number: int,
        k: int,
        sources: list[NamedNode],
        evidence: dict[NamedNode, list[Triple]],
    ) -> Iterator[Triple]:
        speaker = self._random.randrange(self._people) if k else number % 30
        statement = IRIS.entity("statement", f"signer-{speaker}/{number}-{k}")
        words = f"“Body {number % BODIES} has to think again about topic {number % 90}, {k}.”"
        stance = self._random.choice(("for", "against", "against"))
        source = self._random.choice(sources)
        yield Triple(statement, t.RDF_TYPE, t.STATEMENT)
        yield Triple(statement, t.RDF_TYPE, t.QUOTATION)
        yield Triple(statement, t.SPEAKER, IRIS.entity("person", f"signer-{speaker}"))
        yield Triple(statement, t.TARGET, IRIS.entity("organization", f"body-{number % BODIES}"))
        yield Triple(statement, t.STANCE, t.concept("stance", stance))
        yield Triple(statement, t.WORDS, Literal(words))
        yield Triple(statement, t.REPORTED_ON, _day(number))
        yield Triple(statement, t.CERTAINTY, t.concept("certainty", "stated"))
        yield Triple(statement, t.SAID_IN, source)
        claim = NamedNode(f"{source.value}#claim-statement-{k}")
        yield Triple(statement, t.SUPPORTED_BY, claim)
        evidence[source] += _claim(claim, source, t.QUOTATION_CLAIM, words)


def _named(thing: NamedNode, class_iri: NamedNode, name: str) -> Iterator[Triple]:
    yield Triple(thing, t.RDF_TYPE, class_iri)
    yield Triple(thing, t.RDFS_LABEL, Literal(name))
    yield Triple(thing, t.NAME, Literal(name))
    yield Triple(thing, t.FOLDED_NAME, Literal(name.lower()))


def _claim(
    claim: NamedNode, source: NamedNode, class_iri: NamedNode, words: str
) -> Iterator[Triple]:
    piece = NamedNode(f"{claim.value.replace('#claim', '#char')}")
    yield Triple(claim, t.RDF_TYPE, class_iri)
    yield Triple(claim, t.FROM_SOURCE, source)
    yield Triple(claim, t.CERTAINTY, t.concept("certainty", "stated"))
    yield Triple(claim, t.CONFIDENCE, Literal("0.9", datatype=NamedNode(t.XSD + "decimal")))
    yield Triple(claim, t.RULE, Literal("signed"))
    yield Triple(claim, t.EVIDENCE, piece)
    yield Triple(claim, t.PASSAGE, piece)
    yield Triple(piece, t.OA_START, Literal(0))
    yield Triple(piece, t.OA_END, Literal(len(words)))
    yield Triple(piece, t.OA_EXACT, Literal(words))


def _day(number: int) -> Literal:
    day = f"{2000 + number % 25}-{1 + number % 12:02}-{1 + number % 28:02}"
    return Literal(day, datatype=NamedNode(t.XSD + "date"))


def make_store(path: Path, quads: int) -> int:
    """Writes the graph; the number of quads that it came to."""
    total = 0
    with open_writer(path) as writer:
        for graph, triples in Town(quads).graphs():
            total += len(triples)
            if graph == IRIS.knowledge:
                writer.change_graph(graph, [], triples)
            else:
                writer.replace_graphs({graph: triples})
        writer.publish()
    return total


def value_for(parameter: Parameter) -> str | None:
    """A value that a person might type, for a thing of middling size; None leaves it open."""
    if not parameter.required:
        return None
    examples = {
        ParameterType.PERSON: "Signer Number3",
        ParameterType.AGENT: "Public Body 5" if parameter.name != "person" else "Signer Number3",
        ParameterType.ORGANIZATION: "Public Body 5",
        ParameterType.LETTER: "Letter Number8" if parameter.name == "second" else "Letter Number5",
        ParameterType.DATE: "2010",
        ParameterType.INTEGER: "2",
        ParameterType.TEXT: "topic 17",
    }
    if parameter.name in {"signer", "speaker"}:
        return "Signer Number3"
    return examples.get(parameter.type)


def measure(path: Path, names: list[str], times: int, quads: int) -> None:
    missed = []
    print(f"\n{quads:,} quads\n{'question':26}{'rows':>8}{'median ms':>12}{'goal ms':>10}")
    with open_reader(path) as reader:
        for file in iter_query_paths(ROOT / "queries"):
            if names and file.stem not in names:
                continue
            query = read_saved_query(file)
            given = {p.name: v for p in query.parameters if (v := value_for(p)) is not None}
            taken = []
            try:
                for _ in range(times):
                    start = time.perf_counter()
                    rows = len(ask(reader, query, given).rows)
                    taken.append((time.perf_counter() - start) * 1000)
            except UndersignedError as error:
                print(f"{query.name:26} not asked: {error}")
                continue
            goal = GOALS_MS["look-up" if query.name in LOOK_UPS else "other"]
            goal *= 10 if quads > 5_000_000 else 1
            median = statistics.median(taken)
            if median > goal:
                missed.append(query.name)
            print(
                f"{query.name:26}{rows:8,}{median:12.1f}{goal:10.0f}{'  missed' * (median > goal)}"
            )
    print(f"{len(missed)} goals missed: {', '.join(missed) or 'none'}")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--sizes", type=int, nargs="+", default=[100_000])
    parser.add_argument("--times", type=int, default=3)
    parser.add_argument("--only", nargs="+", default=[])
    arguments = parser.parse_args()
    for size in arguments.sizes:
        with tempfile.TemporaryDirectory() as folder:
            store = Path(folder) / "town.store"
            start = time.perf_counter()
            quads = make_store(store, size)
            print(f"made {quads:,} quads in {time.perf_counter() - start:.0f} s")
            measure(store, arguments.only, arguments.times, quads)


if __name__ == "__main__":
    main()
