"""Lists of letters, people, organizations, statements and sources, filtered and paged here."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from pyoxigraph import Literal, NamedNode

from undersigned import terms as t
from undersigned.names import fold_name
from undersigned.pages.asking import ROWS_SHOWN, Part
from undersigned.pages.facts import StatementLine, letter_day, sources_in, statement_line
from undersigned.pages.letters import Choice

if TYPE_CHECKING:
    from collections.abc import Iterable

    from undersigned.pages.asking import Asked
    from undersigned.pages.nodes import Node, Nodes

STANCES: Final = ("against", "for", "neutral")


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of a list before it is read whole. `numbers` are named by the list's columns."""

    iri: NamedNode
    label: str
    day: str = ""
    more: str = ""
    numbers: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class LetterRow:
    """A letter in a list. `counts` are claimed numbers of signers as printed."""

    node: Node
    day: str
    kind: str
    addressees: tuple[Node, ...]
    topics: tuple[str, ...]
    signers: int
    counts: tuple[str, ...]
    sources: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """One list: `part` holds its rows; `filters` the values that narrow it, by parameter."""

    title: str
    lead: str
    rows: Part[Entry] | Part[LetterRow] | Part[StatementLine]
    columns: tuple[str, ...] = ()
    order: str = ""
    orders: tuple[str, ...] = ()
    filters: tuple[tuple[str, tuple[Choice, ...]], ...] = ()


def letter_listing(nodes: Nodes, asked: Asked) -> Listing:
    """Letters, the newest first, by words of their label, topic or addressee, kind and year."""
    entries = letters_in_time(nodes)
    kinds = _choices((e.more for e in entries), asked.text("type"))
    years = _choices((e.day[:4] for e in entries), asked.text("year"))
    topic, kind, year = fold_name(asked.text("topic")), asked.text("type"), asked.text("year")
    shown = [
        e
        for e in entries
        if (not kind or e.more == kind)
        and (not year or e.day.startswith(year))
        and (not topic or topic in map(fold_name, nodes.get(e.iri).texts(t.ABOUT)))
        and _has_words(asked, e.label, *_letter_words(nodes, e.iri))
    ]
    return Listing(
        title="Letters",
        lead="Open letters, petitions, joint statements and other documents that people put "
        "their names to, the newest first.",
        rows=asked.part(shown).made(lambda e: letter_row(nodes, e)),
        filters=(("type", kinds), ("year", tuple(reversed(years)))),
    )


def letters_in_time(nodes: Nodes) -> list[Entry]:
    """Every letter, the newest first."""
    found = [
        Entry(n.iri, n.label, letter_day(nodes, n), n.concept(t.DOCUMENT_KIND))
        for n in nodes.of(t.RDF_TYPE, t.LETTER)
    ]
    found.sort(key=lambda e: (fold_name(e.label), e.iri.value))
    return sorted(found, key=lambda e: e.day, reverse=True)


def _letter_words(nodes: Nodes, iri: NamedNode) -> list[str]:
    node = nodes.get(iri)
    names = [nodes.get(a).label for p in (t.ADDRESSEE, t.ORGANIZER) for a in node.iris(p)]
    return [*names, *node.texts(t.ABOUT), *node.texts(t.DESCRIPTION), *node.texts(t.NAME)]


def letter_row(nodes: Nodes, entry: Entry) -> LetterRow:
    """A letter as a line of a list."""
    node = nodes.get(entry.iri)
    signers = nodes.reader.triples(nodes.reader.iris.knowledge, None, t.SIGNED, entry.iri)
    counts = [nodes.get(iri) for iri in node.iris(t.HAS_CLAIMED_COUNT)]
    counts.sort(key=lambda n: -int(n.text(t.NUMBER) or 0))
    return LetterRow(
        node=node,
        day=entry.day,
        kind=entry.more or "letter",
        addressees=tuple(nodes.get(iri) for iri in node.iris(t.ADDRESSEE)),
        topics=node.texts(t.ABOUT),
        signers=sum(1 for _ in signers),
        counts=tuple(dict.fromkeys(n.text(t.PRINTED) or n.label for n in counts)),
        sources=len(node.iris(t.SAID_IN)),
    )


def people_listing(nodes: Nodes, asked: Asked) -> Listing:
    """People by name, letters signed, statements, or sources that name them."""
    return _agents(
        nodes,
        asked,
        t.PERSON,
        title="People",
        lead="Everyone whom a source names: signatories, speakers, and those spoken about.",
        columns=(
            ("letters", "?thing us:signed ?counted"),
            ("statements", "?counted us:speaker ?thing"),
            ("sources", "?thing us:saidIn ?counted"),
        ),
    )


def organization_listing(nodes: Nodes, asked: Asked) -> Listing:
    """Organizations by name, letters addressed to them, statements, or sources."""
    return _agents(
        nodes,
        asked,
        t.ORGANIZATION,
        title="Organizations",
        lead="Addressees, organizers, employers and other bodies that sources name.",
        columns=(
            ("letters to it", "?counted us:addressee ?thing"),
            ("statements", "?counted us:speaker ?thing"),
            ("sources", "?thing us:saidIn ?counted"),
        ),
    )


def _agents(
    nodes: Nodes,
    asked: Asked,
    kind: NamedNode,
    *,
    title: str,
    lead: str,
    columns: tuple[tuple[str, str], ...],
) -> Listing:
    known = f"?thing a {kind}"
    labels = nodes.rows(f"SELECT ?thing ?label {{ {known} ; rdfs:label ?label }}")
    found = sorted(
        (_folded(label), iri, label) for iri, label in labels if _has_words(asked, label)
    )
    names = tuple(name for name, _ in columns)
    order = asked.choice("order", names)
    if order:
        counts = _counted(nodes, known, columns[names.index(order)][1])
        found.sort(key=lambda row: -counts[row[1]])
    return Listing(
        title=title,
        lead=lead,
        rows=asked.part(found).made(
            lambda row: Entry(NamedNode(row[1]), row[2], numbers=_numbers(nodes, row[1], columns))
        ),
        columns=names,
        order=order or "name",
        orders=("name", *names),
    )


@lru_cache(maxsize=200_000)
def _folded(label: str) -> str:
    """A label as it is ordered; kept, since every part of a list orders the whole."""
    return fold_name(label)


def _counted(nodes: Nodes, known: str, pattern: str) -> Counter[str]:
    rows = nodes.rows(
        f"SELECT ?thing (COUNT(DISTINCT ?counted) AS ?n) {{ {known} . {pattern} }} GROUP BY ?thing"
    )
    return Counter({iri: int(n) for iri, n in rows})


def _numbers(nodes: Nodes, iri: str, columns: tuple[tuple[str, str], ...]) -> tuple[int, ...]:
    thing = NamedNode(iri)
    return tuple(
        int(
            nodes.rows(
                f"SELECT (COUNT(DISTINCT ?counted) AS ?n) {{ VALUES ?thing {{ {thing} }} "
                f"{pattern} }}"
            )[0][0]
        )
        for _, pattern in columns
    )


def source_listing(nodes: Nodes, asked: Asked) -> Listing:
    """Sources, the newest first, by words of their title, outlet or author."""
    found = sources_in(nodes)
    found.sort(key=lambda n: (fold_name(n.label), n.iri.value))
    found.sort(key=lambda n: n.text(t.PUBLISHED), reverse=True)
    outlet = asked.text("outlet")
    entries = [
        Entry(n.iri, n.label, n.text(t.PUBLISHED), n.text(t.OUTLET))
        for n in found
        if (not outlet or n.text(t.OUTLET) == outlet)
        and _has_words(asked, n.label, n.text(t.OUTLET), *n.texts(t.DCTERMS_CREATOR))
    ]
    return Listing(
        title="Sources",
        lead="The articles and letters' own pages that the graph was read from, the newest first. "
        "Their text is not shown here; each leads to where it was published.",
        rows=asked.part(entries),
        filters=(("outlet", _choices((n.text(t.OUTLET) for n in found), outlet)),),
    )


def statement_listing(nodes: Nodes, asked: Asked) -> Listing:
    """Statements, the newest first, by words and stance; the engine filters and orders them."""
    stance = asked.choice("stance", STANCES)
    words = asked.text("q").lower().split()
    pattern = "?thing a us:Statement ." + (" ?thing us:words ?words ." if words else "")
    if stance:
        pattern += f" ?thing us:stance us:stance-{stance} ."
    for word in words:
        pattern += f" FILTER(CONTAINS(LCASE(?words), {Literal(word)}))"
    total = int(nodes.rows(f"SELECT (COUNT(?thing) AS ?n) {{ {pattern} }}")[0][0])
    place = asked.part(range(total))
    rows = nodes.rows(f"""SELECT ?thing {{ {pattern} OPTIONAL {{ ?thing us:reportedOn ?day }} }}
      ORDER BY DESC(?day) ?thing LIMIT {ROWS_SHOWN} OFFSET {max(0, place.first_row - 1)}""")
    lines = tuple(statement_line(nodes, nodes.get(NamedNode(iri))) for (iri,) in rows)
    stances = nodes.rows("""SELECT ?stance (COUNT(?thing) AS ?n) { ?thing us:stance ?stance }
      GROUP BY ?stance ORDER BY ?stance""")
    return Listing(
        title="Statements",
        lead="What was said or written, quoted or reported, the newest first.",
        rows=Part(lines, place.number, place.last, total, place.parameter),
        filters=(
            (
                "stance",
                tuple(
                    Choice(name, int(n), name == stance)
                    for iri, n in stances
                    if (name := iri.removeprefix(f"{t.US}stance-"))
                ),
            ),
        ),
    )


def _has_words(asked: Asked, *texts: str) -> bool:
    """Whether every word of the filter `q` begins a word of these texts."""
    wanted = _folded(asked.text("q")).split()
    if not wanted:
        return True
    known = " " + " ".join(map(_folded, texts))
    return all(f" {word}" in known for word in wanted)


def _choices(values: Iterable[str], chosen: str) -> tuple[Choice, ...]:
    counted = Counter(value for value in values if value)
    return tuple(Choice(value, n, value == chosen) for value, n in sorted(counted.items()))
