"""The page of a letter: who signed it, how many by whose account, what it says and answers."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pyoxigraph import NamedNode

from undersigned import terms as t
from undersigned.names import fold_name
from undersigned.pages.facts import (
    STANDING,
    SignatureLine,
    StatementLine,
    explained,
    in_time,
    letter_day,
    newest_first,
    passages_for,
    signature_line,
    statement_line,
)
from undersigned.pages.nodes import by_label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from undersigned.pages.asking import Asked, Part
    from undersigned.pages.nodes import Node, Nodes
    from undersigned.why import Passage

STANDING_FILTER: Final = "standing"


@dataclass(frozen=True, slots=True)
class Count:
    """How many signed by the account of some sources. `qualifier`: exact, over, about, under."""

    node: Node
    printed: str
    number: int
    qualifier: str
    sources: tuple[Node, ...]
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a filter with the number of rows that have it."""

    value: str
    count: int
    is_chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterPage:
    """What the graph says of a letter."""

    node: Node
    kind: str
    day: str
    is_day_printed: bool
    description: str
    addressees: tuple[Node, ...]
    organizers: tuple[Node, ...]
    topics: tuple[str, ...]
    demands: tuple[str, ...]
    counts: tuple[Count, ...]
    named: int
    statuses: tuple[Choice, ...]
    capacities: tuple[Choice, ...]
    signers: Part[SignatureLine]
    signers_total: int
    answers: tuple[Node, ...]
    answered_by: tuple[Node, ...]
    said: Part[StatementLine]
    about: Part[StatementLine]
    sources: tuple[Node, ...]
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class SignerRow:
    """A signature below a letter before it is read whole: what filters and order need."""

    signature: NamedNode
    name: str
    status: str
    certainty: str
    capacity: str

    @property
    def stands(self) -> bool:
        """Whether the name stands below the letter."""
        return self.status in STANDING and self.certainty != "denied"


def letter_page(nodes: Nodes, node: Node, asked: Asked) -> LetterPage:
    """The page of a letter; the parts and filters that were asked for."""
    rows = signer_rows(nodes, node.iri)
    chosen = _filtered(rows, asked)
    said = in_time(
        {n.iri: n for p in (t.IN_LETTER, t.SPEAKER) for n in nodes.of(p, node.iri)}.values()
    )
    about = in_time(nodes.of(t.TARGET, node.iri))
    return LetterPage(
        node=node,
        kind=node.concept(t.DOCUMENT_KIND) or "letter",
        day=letter_day(nodes, node),
        is_day_printed=bool(node.text(t.LETTER_DATE)),
        description=node.text(t.DESCRIPTION),
        addressees=tuple(nodes.get(iri) for iri in node.iris(t.ADDRESSEE)),
        organizers=tuple(nodes.get(iri) for iri in node.iris(t.ORGANIZER)),
        topics=node.texts(t.ABOUT),
        demands=node.texts(t.DEMAND),
        counts=_counts(nodes, node),
        named=sum(row.stands for row in rows),
        statuses=_status_choices(rows, asked),
        capacities=_capacity_choices(rows, asked),
        signers=asked.part(chosen).made(lambda row: _line(nodes, row)),
        signers_total=len(rows),
        answers=tuple(nodes.get(iri) for iri in node.iris(t.ANSWERS)),
        answered_by=tuple(by_label(nodes.of(t.ANSWERS, node.iri))),
        said=asked.part(said, "said").made(lambda n: statement_line(nodes, n)),
        about=asked.part(about, "about").made(lambda n: statement_line(nodes, n)),
        sources=tuple(newest_first(nodes, node.iris(t.SAID_IN))),
        passages=passages_for(nodes, node),
    )


def signer_rows(nodes: Nodes, letter: NamedNode) -> list[SignerRow]:
    """Every signature record of a letter, by name."""
    found = nodes.rows(f"""SELECT ?signature ?name ?status ?certainty (MIN(?as) AS ?capacity) {{
      ?signature us:signedLetter {letter} ; us:namedSignatory/rdfs:label ?name .
      OPTIONAL {{ ?signature us:status ?status }}
      OPTIONAL {{ ?signature us:certainty ?certainty }}
      OPTIONAL {{ ?signature us:capacity ?as }}
    }} GROUP BY ?signature ?name ?status ?certainty""")
    rows = [
        SignerRow(
            NamedNode(signature),
            name,
            status.removeprefix(f"{t.US}status-"),
            certainty.removeprefix(f"{t.US}certainty-"),
            capacity,
        )
        for signature, name, status, certainty, capacity in found
    ]
    return sorted(rows, key=lambda row: (fold_name(row.name), row.signature.value))


def _line(nodes: Nodes, row: SignerRow) -> SignatureLine:
    line = signature_line(nodes, nodes.get(row.signature))
    assert line is not None, "the row was found by its signatory and its letter"
    return explained(nodes, line)


def _filtered(rows: Sequence[SignerRow], asked: Asked) -> list[SignerRow]:
    words = fold_name(asked.text("name")).split()
    status, capacity = asked.text("status"), fold_name(asked.text("capacity"))
    return [
        row
        for row in rows
        if (not status or row.status == status or (status == STANDING_FILTER and row.stands))
        and all(word in fold_name(f"{row.name} {row.capacity}") for word in words)
        and (not capacity or fold_name(row.capacity) == capacity)
    ]


def _status_choices(rows: Sequence[SignerRow], asked: Asked) -> tuple[Choice, ...]:
    counted = Counter(row.status for row in rows if row.status)
    chosen = asked.text("status")
    return tuple(Choice(value, n, value == chosen) for value, n in sorted(counted.items()))


def _capacity_choices(rows: Sequence[SignerRow], asked: Asked) -> tuple[Choice, ...]:
    """The capacities that several signers have, most first."""
    counted = Counter(row.capacity for row in rows if row.capacity)
    chosen = asked.text("capacity")
    several = [(value, n) for value, n in counted.items() if n > 1 or value == chosen]
    several.sort(key=lambda pair: (-pair[1], pair[0]))
    return tuple(Choice(value, n, value == chosen) for value, n in several[:12])


def _counts(nodes: Nodes, letter: Node) -> tuple[Count, ...]:
    """What sources say of the number of signers, the greatest first."""
    counts = []
    for iri in letter.iris(t.HAS_CLAIMED_COUNT):
        node = nodes.get(iri)
        counts.append(
            Count(
                node=node,
                printed=node.text(t.PRINTED) or node.label,
                number=int(node.text(t.NUMBER) or 0),
                qualifier=node.concept(t.COUNT_QUALIFIER),
                sources=tuple(newest_first(nodes, node.iris(t.SAID_IN))),
                passages=passages_for(nodes, node),
            )
        )
    return tuple(sorted(counts, key=lambda count: (-count.number, count.node.iri.value)))
