"""Two datasets compared: facts of the knowledge graph that are gone, new or altered.

Both sides are read in the order of their subjects, sorted on disk where they are large, so that
memory holds the differences and nothing else.
"""

from __future__ import annotations

import gzip
import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby, islice
from typing import TYPE_CHECKING, Final, Protocol

import pyoxigraph
from pyoxigraph import Literal, NamedNode, RdfFormat

from undersigned import terms as t
from undersigned.correcting.removing import KINDS, Fact
from undersigned.errors import StoreUnreadable
from undersigned.exporting.canonical import BATCH, CanonicalDataset
from undersigned.exporting.sorting import sorted_lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from pyoxigraph import BlankNode, Triple

    from undersigned.store.base import GraphReader

_SUFFIX: Final = b"graph/knowledge> .\n"
_UNTOLD: Final = {t.SUPPORTED_BY, t.FOLDED_NAME, t.HAS_STATUS_EVENT, t.RDF_TYPE}
"""Changes of these follow from others, or say nothing to people."""
SOURCE: Final = "source"
_ORDER: Final = (*KINDS, SOURCE)

Values = Mapping[NamedNode, "set[NamedNode | BlankNode | Literal | Triple]"]
"""Predicate → values."""


class Change(StrEnum):
    """What became of a fact."""

    NEW = "new"
    GONE = "gone"
    ALTERED = "altered"


@dataclass(frozen=True, slots=True, order=True)
class Difference:
    """One fact that the two sides do not share.

    `before` and `after` have, for each property that is another, its values that are only on that
    side, by label where they are things; empty for a fact that only one side has.
    """

    fact: Fact
    change: Change
    before: Mapping[str, tuple[str, ...]]
    after: Mapping[str, tuple[str, ...]]


class Side(Protocol):
    """One of two datasets to be compared."""

    @property
    def base(self) -> str:
        """What the dataset's IRIs start with."""
        ...

    def triples(self) -> Iterator[Triple]:
        """Yields the triples of the knowledge graph in the order of their subjects' bytes."""
        ...

    def labels(self, iris: set[str]) -> dict[str, str]:
        """The labels of things, by IRI, where they have one."""
        ...


@dataclass(frozen=True, slots=True)
class StoreSide:
    """A revision of a store."""

    reader: GraphReader

    @property
    def base(self) -> str:
        """What the dataset's IRIs start with."""
        return self.reader.iris.base

    def triples(self) -> Iterator[Triple]:
        """Yields the triples of the knowledge graph, subjects together and sorted."""
        knowledge = self.reader.iris.knowledge
        return CanonicalDataset(self.reader, [knowledge]).triples(knowledge)

    def labels(self, iris: set[str]) -> dict[str, str]:
        """The labels of things, by IRI."""
        knowledge = self.reader.iris.knowledge
        return {
            iri: n.object.value
            for iri in iris
            for n in self.reader.triples(knowledge, NamedNode(iri), t.RDFS_LABEL)
            if isinstance(n.object, Literal)
        }


@dataclass(frozen=True, slots=True)
class DumpSide:
    """A file of N-Quads, packed if its name ends in .gz, in the order of an export or any other."""

    path: Path

    @property
    def base(self) -> str:
        """What the dataset's IRIs start with: the first part of the knowledge graph's IRI."""
        line = next(self._lines(), b" <>")
        return line[: -len(_SUFFIX)].decode().rpartition(" <")[2]

    def triples(self) -> Iterator[Triple]:
        """Yields the triples of the knowledge graph, subjects together and sorted.

        Raises:
            StoreUnreadable: the file is not N-Quads.
        """
        return _parsed(sorted_lines(self._lines()), self.path)

    def labels(self, iris: set[str]) -> dict[str, str]:
        """The labels of things, by IRI; reads the file once more."""
        wanted = {f"<{iri}>".encode() for iri in iris}
        label = f" {t.RDFS_LABEL} ".encode()
        lines = (x for x in self._lines() if label in x and x.split(b" ", 1)[0] in wanted)
        return {
            n.subject.value: n.object.value
            for n in _parsed(lines, self.path)
            if isinstance(n.subject, NamedNode) and isinstance(n.object, Literal)
        }

    def _lines(self) -> Iterator[bytes]:
        packed = self.path.suffix == ".gz"
        with gzip.open(self.path) if packed else self.path.open("rb") as file:
            for line in file:
                whole = line if line.endswith(b"\n") else line + b"\n"
                if whole.endswith(_SUFFIX):
                    yield whole


def compare_datasets(before: Side, after: Side) -> list[Difference]:
    """The facts and sources that two datasets do not share, by kind, label and IRI."""
    raw = list(_differing(_subjects(before), _subjects(after)))
    linked = {
        value.value
        for _, *sides in raw
        for side in sides
        for values in side.values()
        for value in values
        if isinstance(value, NamedNode)
    }
    iris = linked | {subject for subject, _, _ in raw}
    labels = after.labels(iris) | before.labels(iris)
    found = [
        _difference(Fact(kind, labels.get(iri, iri), iri), one, other, labels)
        for iri, one, other in raw
        if (kind := _kind(iri, (before.base, after.base)))
    ]
    return sorted((d for d in found if d.before or d.after), key=_rank)


def _subjects(side: Side) -> Iterator[tuple[str, Values]]:
    """Yields each subject of a side with its values, in the order of the subjects' bytes."""
    ground = (n for n in side.triples() if isinstance(n.subject, NamedNode))
    for subject, triples in groupby(ground, key=lambda n: str(n.subject)):
        values: Values = defaultdict(set)
        for n in triples:
            values[n.predicate].add(n.object)
        yield subject, values


def _differing(
    before: Iterator[tuple[str, Values]], after: Iterator[tuple[str, Values]]
) -> Iterator[tuple[str, Values, Values]]:
    """Yields subject IRI, values before and values after, where these are not the same."""
    one, other = next(before, None), next(after, None)
    while one is not None or other is not None:
        if one is not None and (other is None or one[0].encode() < other[0].encode()):
            yield one[0][1:-1], one[1], {}
            one = next(before, None)
        elif other is not None and (one is None or other[0].encode() < one[0].encode()):
            yield other[0][1:-1], {}, other[1]
            other = next(after, None)
        elif one is not None and other is not None:
            if one[1] != other[1]:
                yield one[0][1:-1], one[1], other[1]
            one, other = next(before, None), next(after, None)


def _difference(fact: Fact, one: Values, other: Values, labels: Mapping[str, str]) -> Difference:
    change = Change.ALTERED if one and other else Change.GONE if one else Change.NEW
    return Difference(fact, change, _only_in(one, other, labels), _only_in(other, one, labels))


def _only_in(one: Values, other: Values, labels: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """The values that one side alone has, by the property's short name, as people read them."""
    found = {}
    for predicate, values in sorted(one.items(), key=lambda item: item[0].value):
        only = {_shown(v, labels) for v in values - other.get(predicate, set())}
        if only and predicate not in _UNTOLD:
            found[re.split(r"[#/]", predicate.value)[-1]] = tuple(sorted(only))
    return found


def _shown(value: object, labels: Mapping[str, str]) -> str:
    if isinstance(value, NamedNode):
        return labels.get(value.value) or value.value.removeprefix(t.US)
    return value.value if isinstance(value, Literal) else str(value)


def _kind(iri: str, bases: Iterable[str]) -> str:
    """The kind of fact that an IRI is of; "" for a step of a status or what is within a source."""
    base = next((base for base in bases if base and iri.startswith(base)), None)
    kind = iri.removeprefix(base or "").split("/", 1)[0] if base else ""
    return kind if kind in _ORDER and "#" not in iri and "/status/" not in iri else ""


def _rank(found: Difference) -> tuple[int, Change, Fact]:
    return _ORDER.index(found.fact.kind), found.change, found.fact


def _parsed(lines: Iterable[bytes], path: Path) -> Iterator[Triple]:
    iterator = iter(lines)
    try:
        while batch := list(islice(iterator, BATCH)):
            for quad in pyoxigraph.parse(b"".join(batch), format=RdfFormat.N_QUADS):
                yield quad.triple
    except SyntaxError as error:
        raise StoreUnreadable(
            f"{path}: not N-Quads ({error}); expected a store's folder, or a file as `undersigned "
            "export --output FILE` writes it"
        ) from error
