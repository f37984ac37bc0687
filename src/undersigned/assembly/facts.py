"""The triples of one thing of the knowledge graph, from the claims that support it.

`units_of` says which units a claim supports; `fact_triples` builds one unit from all claims that
do. Both look at nothing but these claims and what their local entities are taken for, so that a
unit need only be built again when one of these changes.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from pyoxigraph import Literal, NamedNode, Triple

from undersigned import terms as t
from undersigned.assembly.signature_judgements import decided_event_triples, standing_status
from undersigned.assembly.stories import belief_of
from undersigned.assembly.units import count_iri, event_iri, last_part
from undersigned.evidence.keys import words_of
from undersigned.evidence.records import source_of
from undersigned.evidence.writing import score_literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from undersigned.assembly.units import Understanding
    from undersigned.evidence.records import Node

Value = NamedNode | Literal

STANDING: Final = {t.concept("status", name) for name in ("reported", "listed", "confirmed")}
CERTAINTY_ORDER: Final = ("stated", "reported", "denied")
WEIGHT_OF_CERTAINTY: Final = {"stated": 1.0, "reported": 0.5, "denied": 0.0}
"""What a claim counts for in the belief in a fact, times its confidence."""


def fact_triples(unit: NamedNode, claims: Sequence[Node], mind: Understanding) -> set[Triple]:
    """All triples of a unit that claims support, `us:signed` for a standing signature included.

    Claims are taken in the order of their IRIs; no claim gives no triple.
    """
    if not claims:
        return set()
    building = _Building(unit, sorted(claims, key=lambda n: n.iri.value), mind)
    building.write_support()
    if "/status/" not in unit.value:
        building.write_belief()
    kind = unit.value.removeprefix(mind.iris.base).split("/", 1)[0]
    if kind == "signature" and all(n.is_a(t.SIGNATURE_CLAIM) for n in claims):
        event = "/status/" in unit.value
        building.write_event() if event else building.write_signature()
    elif kind == "letter":
        building.write_letter()
    elif kind == "count":
        building.write_count()
    elif kind == "statement":
        building.write_statement()
    else:
        building.write_role()
    return building.triples


def signed_triples(signature: Iterable[Triple]) -> set[Triple]:
    """The `us:signed` that follows from a signature's triples: one, or none if it fell."""
    parts = {triple.predicate: triple.object for triple in signature}
    person, letter = parts.get(t.SIGNATORY), parts.get(t.SIGNED_LETTER)
    if isinstance(person, NamedNode) and isinstance(letter, NamedNode):
        return {Triple(person, t.SIGNED, letter)}
    return set()


class _Building:
    """Collects the triples of one unit."""

    def __init__(self, unit: NamedNode, claims: Sequence[Node], mind: Understanding) -> None:
        self.unit = unit
        self.claims = claims
        self.mind = mind
        self.triples: set[Triple] = set()

    def add(self, predicate: NamedNode, value: Value | None) -> None:
        if value is not None:
            self.triples.add(Triple(self.unit, predicate, value))

    def add_all(self, predicate: NamedNode, values: Iterable[Value]) -> None:
        for value in values:
            self.add(predicate, value)

    def copy(self, *predicates: NamedNode) -> None:
        """Takes over these values from every claim, as the claims have them."""
        for claim in self.claims:
            for predicate in predicates:
                self.add_all(predicate, claim.all(predicate))

    def entities(self, predicate: NamedNode) -> set[NamedNode]:
        found = (self.mind.entity(claim, predicate) for claim in self.claims)
        return {entity for entity in found if entity is not None}

    def label(self, text: str) -> None:
        self.add(t.RDFS_LABEL, Literal(text))

    def write_support(self) -> None:
        for claim in self.claims:
            self.add(t.SUPPORTED_BY, claim.iri)
            self.add(t.SAID_IN, source_of(claim.iri))

    def write_belief(self) -> None:
        """How many independent sources there are, and how far they carry the fact."""
        best: dict[NamedNode, float] = {}
        for claim in self.claims:
            story = self.mind.story_of(source_of(claim.iri))
            certainty = last_part(claim, t.CERTAINTY)
            said = float(claim.text(t.CONFIDENCE) or 0) * WEIGHT_OF_CERTAINTY.get(certainty, 1.0)
            best[story] = max(best.get(story, 0.0), said)
        self.add(t.INDEPENDENT_SOURCES, Literal(len(best)))
        self.add(t.BELIEF, score_literal(belief_of(best)))

    def write_certainty(self) -> None:
        """The least hedged certainty of all claims: one source may state what another hedges."""
        found = {value for claim in self.claims for value in claim.links(t.CERTAINTY)}
        order = (t.concept("certainty", name) for name in CERTAINTY_ORDER)
        self.add(t.CERTAINTY, next((value for value in order if value in found), None))

    def write_letter(self) -> None:
        described = [claim for claim in self.claims if claim.is_a(t.LETTER_CLAIM)]
        names = [text for claim in described for text in claim.texts(t.NAME)]
        descriptions = [text for claim in described for text in claim.texts(t.DESCRIPTION)]
        self.add(t.RDF_TYPE, t.LETTER)
        title = _most_usual(names) if names else _most_usual(descriptions or ["letter"])
        self.label(f"{title[:1].upper()}{title[1:]}{self._when()}")
        self.add_all(t.NAME, (Literal(name) for name in set(names)))
        folded = {" ".join(words_of(text)) for text in names}
        self.add_all(t.FOLDED_NAME, (Literal(text) for text in folded if text))
        self.copy(t.DOCUMENT_KIND, t.DESCRIPTION, t.LETTER_DATE, t.ABOUT, t.DEMAND)
        self.add_all(t.ADDRESSEE, self.entities(t.LOCAL_ADDRESSEE))
        self.add_all(t.ORGANIZER, self.entities(t.LOCAL_ORGANIZER))
        self.add_all(t.ANSWERS, self.entities(t.LOCAL_ANSWERED) - {self.unit})
        counted = [claim for claim in self.claims if claim.is_a(t.COUNT_CLAIM)]
        self.add_all(
            t.HAS_CLAIMED_COUNT, (count_iri(claim, self.unit, self.mind) for claim in counted)
        )
        self.write_certainty()

    def _when(self) -> str:
        """The letter's own date, else the month in which it was first reported."""
        dates = sorted(
            text for claim in self.claims for text in claim.texts(t.LETTER_DATE) if len(text) >= 7
        )
        reported = self._published()
        first = next(iter(dates), None) or next(iter(reported), "")
        return f" ({_MONTHS[int(first[5:7]) - 1]} {first[:4]})" if len(first) >= 7 else ""

    def _published(self) -> list[str]:
        """The dates of the claims' sources, sorted."""
        dates = (self.mind.evidence.published(claim.iri) for claim in self.claims)
        return sorted(filter(None, dates))

    def write_count(self) -> None:
        self.add(t.RDF_TYPE, t.CLAIMED_COUNT)
        self.label(_most_usual(text for claim in self.claims for text in claim.texts(t.PRINTED)))
        self.copy(t.NUMBER, t.COUNT_QUALIFIER, t.PRINTED)
        self.write_certainty()

    def write_signature(self) -> None:
        people, letters = self.entities(t.LOCAL_SIGNATORY), self.entities(t.LOCAL_LETTER_OF)
        decided = self.mind.signature_judgements.on(self.claims)
        status = standing_status(self._said(), [judgement for _, judgement in decided])
        self.add(t.RDF_TYPE, t.SIGNATURE)
        self.label(f"signature of {_most_usual(self._signatory_names())}")
        self.add_all(t.NAMED_SIGNATORY, people)
        self.add_all(t.SIGNED_LETTER, letters)
        self.add(t.STATUS, status)
        self.copy(t.CAPACITY)
        if decided and status == t.concept("status", decided[-1][1].status):
            self.add(t.CERTAINTY, t.concept("certainty", "stated"))
        else:
            self.write_certainty()
        denied = Triple(self.unit, t.CERTAINTY, t.concept("certainty", "denied")) in self.triples
        if status in STANDING and not denied:
            self.add_all(t.SIGNATORY, people)
        for claim in self.claims:
            self.add(t.HAS_STATUS_EVENT, event_iri(claim, self.unit, self.mind))
        self.triples |= signed_triples(self.triples)
        for iri, judgement in decided:
            self.triples |= decided_event_triples(self.unit, iri, judgement)

    def _said(self) -> Iterator[tuple[str, NamedNode]]:
        """On which day each claim's source says which status."""
        for claim in self.claims:
            day = self.mind.evidence.published(claim.iri)
            yield from ((day, status) for status in claim.links(t.STATUS))

    def _signatory_names(self) -> Iterator[str]:
        for claim in self.claims:
            local = claim.link(t.LOCAL_SIGNATORY)
            node = self.mind.evidence.node(local) if local else None
            yield (node.text(t.NAME) if node else None) or "unknown"

    def write_event(self) -> None:
        self.add(t.RDF_TYPE, t.STATUS_EVENT)
        self.copy(t.STATUS)
        self.label(self.unit.value.rsplit("/", 1)[1].split("-", 1)[0])
        for claim in self.claims:
            source = self.mind.evidence.node(source_of(claim.iri))
            self.add_all(t.STATED_ON, source.all(t.PUBLISHED) if source else ())
        self.write_certainty()

    def write_statement(self) -> None:
        quotation = any(claim.is_a(t.QUOTATION_CLAIM) for claim in self.claims)
        wordings = sorted(
            {text for claim in self.claims for text in claim.texts(t.WORDS)},
            key=lambda text: (-len(words_of(text)), text),
        )
        self.add(t.RDF_TYPE, t.STATEMENT)
        self.add(t.RDF_TYPE, t.QUOTATION if quotation else t.REPORTED_SPEECH)
        self.label(_shortened(wordings[0]))
        self.add(t.WORDS, Literal(wordings[0]))
        self.add_all(t.VARIANT, map(Literal, wordings[1:]))
        self.add_all(t.SPEAKER, self.entities(t.LOCAL_SPEAKER))
        self.add_all(t.TARGET, self.entities(t.LOCAL_TARGET))
        self.add_all(t.IN_LETTER, self.entities(t.LOCAL_LETTER_OF))
        self.copy(t.CUE)
        stances = {value for claim in self.claims for value in claim.links(t.STANCE)}
        if len(stances) == 1:  # readings that contradict each other give no stance
            self.add_all(t.STANCE, stances)
        if days := self._published():
            self.add(t.REPORTED_ON, _day_literal(days[0]))
        for claim in self.claims:
            outer = claim.link(t.WITHIN_CLAIM)
            around = self.mind.statement_of(outer) if outer else None
            if around != self.unit:
                self.add(t.NESTED_IN, around)
        self.write_certainty()

    def write_role(self) -> None:
        self.add(t.RDF_TYPE, t.ROLE)
        # Sources that differ in capitals alone make one role, and a role has one title.
        title = _most_usual(text for claim in self.claims for text in claim.texts(t.ROLE_TITLE))
        self.label(title)
        self.add(t.ROLE_TITLE, Literal(title))
        self.add_all(t.HOLDER, self.entities(t.LOCAL_HOLDER))
        self.add_all(t.AT_ORGANIZATION, self.entities(t.LOCAL_ORGANIZATION_OF))
        self.copy(t.ROLE_TIME)
        self.write_certainty()


_MONTHS: Final = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip

LABEL_CHARS: Final = 90
"""A quotation's label is cut at a word's end before this many characters."""


def _shortened(text: str) -> str:
    if len(text) <= LABEL_CHARS:
        return text
    return text[:LABEL_CHARS].rsplit(" ", 1)[0].rstrip(",;:") + " …"


def _most_usual(texts: Iterable[str]) -> str:
    """The text that comes most often; of equal ones the longest, then the first by letter."""
    counts = Counter(texts)
    return min(counts, key=lambda text: (-counts[text], -len(text), text))


def _day_literal(day: str) -> Literal:
    return Literal(day, datatype=NamedNode(t.XSD + "date"))
