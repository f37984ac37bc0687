"""What can be found: a document for each person, organization, letter, statement and source."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pyoxigraph import Literal, NamedNode

from undersigned.store.base import select
from undersigned.terms import DCTERMS, RDFS, US

if TYPE_CHECKING:
    from collections.abc import Iterator

    from undersigned.store.base import GraphReader

_PREFIXES: Final = f"PREFIX us: <{US}>\nPREFIX rdfs: <{RDFS}>\nPREFIX dcterms: <{DCTERMS}>\n"
_NOTE_PARTS: Final = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One thing that can be found.

    `names` are its label, name and aliases; `texts` other words that lead to it, each with less
    weight. `note` tells it apart from others of its name. `weight` is 1.0 or more, and grows with
    the number of sources that speak of it; it depends on the kind, too.
    """

    iri: str
    kind: str
    label: str
    names: tuple[str, ...]
    texts: tuple[str, ...]
    note: str
    weight: float


@dataclass(frozen=True, slots=True)
class _Kind:
    """How the documents of a kind are found. Each path leads from the thing to strings."""

    name: str
    classes: tuple[str, ...]
    label: str
    names: tuple[str, ...]
    texts: tuple[str, ...]
    notes: tuple[str, ...]
    weight: float
    """People look for names more often than for words that were said."""


_KINDS: Final = (
    _Kind(
        "person",
        ("us:Person",),
        "rdfs:label",
        ("us:name", "us:alias"),
        ("^us:holder/us:roleTitle",),
        ("^us:holder/us:roleTitle",),
        3.0,
    ),
    _Kind(
        "organization",
        ("us:Organization",),
        "rdfs:label",
        ("us:name", "us:alias"),
        (),
        (),
        2.5,
    ),
    _Kind(
        "group",
        ("us:Group", "us:UnnamedSpeaker"),
        "rdfs:label",
        ("us:name", "us:alias"),
        (),
        (),
        1.0,
    ),
    _Kind(
        "letter",
        ("us:Letter",),
        "rdfs:label",
        ("us:name", "us:alias"),
        ("us:description", "us:about", "us:demand", "us:addressee/rdfs:label"),
        ("us:letterDate", "us:addressee/rdfs:label"),
        2.0,
    ),
    _Kind(
        "statement",
        ("us:Statement",),
        "us:words",
        ("us:variant",),
        ("us:speaker/rdfs:label", "us:target/rdfs:label"),
        ("us:speaker/rdfs:label", "us:reportedOn"),
        1.0,
    ),
    _Kind(
        "source",
        ("us:Article", "us:LetterPage"),
        "rdfs:label",
        ("dcterms:title",),
        ("us:outlet", "dcterms:creator"),
        ("us:outlet", "us:published"),
        1.5,
    ),
)
KINDS: Final = tuple(kind.name for kind in _KINDS)


def iter_documents(reader: GraphReader) -> Iterator[Document]:
    """Every document of a revision, kind by kind, by IRI."""
    for kind in _KINDS:
        labels = _texts(reader, kind, kind.label)
        names = _all(reader, kind, kind.names)
        texts = _all(reader, kind, kind.texts)
        notes = _all(reader, kind, kind.notes)
        sources = _counted(reader, kind, "us:saidIn")
        for iri in sorted(labels):
            label = labels[iri][0]
            yield Document(
                iri=iri,
                kind=kind.name,
                label=label,
                names=tuple(dict.fromkeys([label, *names[iri]])),
                texts=tuple(dict.fromkeys(texts[iri])),
                note=", ".join(dict.fromkeys(notes[iri][:_NOTE_PARTS])),
                weight=kind.weight * (1 + math.log10(1 + sources[iri])),
            )


def _all(reader: GraphReader, kind: _Kind, paths: tuple[str, ...]) -> defaultdict[str, list[str]]:
    found: defaultdict[str, list[str]] = defaultdict(list)
    for path in paths:
        for iri, values in _texts(reader, kind, path).items():
            found[iri] += values
    return found


def _texts(reader: GraphReader, kind: _Kind, path: str) -> dict[str, list[str]]:
    """Thing → what a path leads to, sorted."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    answer = select(
        reader,
        f"{_PREFIXES}SELECT ?thing ?text {{ {_of(kind)} ?thing {path} ?text }}",
    )
    for row in answer:
        thing, text = row["thing"], row["text"]
        if isinstance(thing, NamedNode) and isinstance(text, Literal):
            found[thing.value].append(text.value)
    return {iri: sorted(values) for iri, values in found.items()}


def _counted(reader: GraphReader, kind: _Kind, path: str) -> Counter[str]:
    answer = select(
        reader,
        f"{_PREFIXES}SELECT ?thing (COUNT(?it) AS ?n) {{ {_of(kind)} ?thing {path} ?it }} "
        "GROUP BY ?thing",
    )
    counted: Counter[str] = Counter()
    for row in answer:
        thing, number = row["thing"], row["n"]
        if isinstance(thing, NamedNode) and isinstance(number, Literal):
            counted[thing.value] = int(number.value)
    return counted


def _of(kind: _Kind) -> str:
    if len(kind.classes) == 1:
        return f"?thing a {kind.classes[0]} ."
    return f"VALUES ?class {{ {' '.join(kind.classes)} }} ?thing a ?class ."
