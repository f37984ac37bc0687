"""QuickStatements: signatories, addressees and answers for Wikidata, with references.

Only things with an accepted link to Wikidata (`undersigned link`, then `undersigned review`) are
written; who has none is left out and counted. A letter without an entry is made by CREATE.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, BinaryIO, Final

from undersigned import terms as t
from undersigned.exporting.base import ExportFormat, ExportRequest
from undersigned.exporting.things import Things, concept

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pyoxigraph import NamedNode

    from undersigned.evidence.records import Node

SIGNATORY: Final = "P1891"
ADDRESSEE: Final = "P1817"
REPLY_TO: Final = "P2675"
STATED_AS: Final = "P1932"
POINT_IN_TIME: Final = "P585"
REFERENCE_URL: Final = "S854"
REFERENCE_DAY: Final = "S577"

_ENTRY: Final = re.compile(r"https?://www\.wikidata\.org/entity/(Q[1-9]\d*)")
_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")


def write_quickstatements(request: ExportRequest, output: BinaryIO) -> int:
    """Writes version 1 of the format, a command a line, fields parted by tabs."""
    commands = _Commands(request)
    count = 0
    for fields in commands.all():
        output.write("\t".join(fields).encode() + b"\n")
        request.advance(1)
        count += 1
    if commands.unlinked:
        request.tell(
            f"{len(commands.unlinked):,} people and organizations without an accepted entry of "
            "Wikidata; `undersigned link` proposes entries, and `undersigned review` accepts them"
        )
    return count


class _Commands:
    def __init__(self, request: ExportRequest) -> None:
        self._things = Things(request.reader)
        self.unlinked: set[NamedNode] = set()

    def all(self) -> Iterator[tuple[str, ...]]:
        for letter in self._things.of(t.LETTER):
            statements = [*self._signatures(letter), *self._parties(letter)]
            if not statements:
                continue
            entry = self._entry(letter)
            if entry is None:
                yield ("CREATE",)
                yield ("LAST", "Len", _text(letter.text(t.RDFS_LABEL) or "letter"))
            for fields in statements:
                yield (entry or "LAST", *fields)

    def _signatures(self, letter: Node) -> Iterator[tuple[str, ...]]:
        for iri in self._things.where(t.SIGNED_LETTER, letter.iri):
            signature = self._things.node(iri)
            signatory = signature.link(t.SIGNATORY)
            # What a source only hedges is no statement for others to build on.
            if signatory is None or concept(signature, t.CERTAINTY, "certainty") != "stated":
                continue
            entry = self._linked(signatory)
            if entry is not None:
                name = _text(self._things.label(signatory))
                day = _day(letter.text(t.LETTER_DATE))
                when = (POINT_IN_TIME, day) if day else ()
                yield (SIGNATORY, entry, STATED_AS, name, *when, *self._reference(signature))

    def _parties(self, letter: Node) -> Iterator[tuple[str, ...]]:
        for prop, predicate in ((ADDRESSEE, t.ADDRESSEE), (REPLY_TO, t.ANSWERS)):
            for other in letter.links(predicate):
                entry = self._linked(other)
                if entry is not None:
                    yield (prop, entry, *self._reference(letter))

    def _linked(self, thing: NamedNode) -> str | None:
        entry = self._entry(self._things.node(thing))
        if entry is None:
            self.unlinked.add(thing)
        return entry

    def _entry(self, node: Node) -> str | None:
        matches = (_ENTRY.fullmatch(link.value) for link in node.links(t.OWL_SAME_AS))
        return next((match[1] for match in matches if match), None)

    def _reference(self, fact: Node) -> tuple[str, ...]:
        """The first source with an address, and its day."""
        sources = [self._things.node(source) for source in fact.links(t.SAID_IN)]
        dated = sorted((s.text(t.PUBLISHED) or "", s.text(t.URL) or "") for s in sources)
        for published, url in dated:
            if url:
                day = _day(published)
                return (REFERENCE_URL, _text(url), *((REFERENCE_DAY, day) if day else ()))
        return ()


def _text(text: str) -> str:
    """A text in quotation marks; the format has no way to write one inside, nor tabs or lines."""
    plain = " ".join(text.replace('"', "”").split())
    return f'"{plain}"'


def _day(text: str | None) -> str | None:
    found = _DAY.match(text or "")
    return f"+{found[0]}T00:00:00Z/11" if found else None


QUICKSTATEMENTS: Final = ExportFormat(
    name="quickstatements",
    media_type="text/tab-separated-values; charset=utf-8",
    suffix=".qs.tsv",
    holds="signatories, addressees and answers for Wikidata, where a link was accepted",
    write=write_quickstatements,
    unit="commands",
)
