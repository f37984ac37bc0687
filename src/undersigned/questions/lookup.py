"""From the name that a person types to the one thing in the knowledge graph that it names."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from pyoxigraph import Literal, NamedNode
from rapidfuzz import fuzz, process

from undersigned.errors import EntityAmbiguous, EntityNotFound
from undersigned.names import fold_name
from undersigned.store.base import select
from undersigned.terms import US

if TYPE_CHECKING:
    from collections.abc import Iterable

    from undersigned.store.base import GraphReader

NEAR_SCORE: Final = 75.0
"""rapidfuzz ratio, 0 to 100; two of eight letters may differ."""
SHOWN: Final = 8
"""Candidates listed in a message: more do not fit a screen with their notes."""
_SMALL_WORDS: Final = {"a", "an", "and", "by", "for", "from", "in", "of", "on", "the", "to", "with"}
_IRI: Final = re.compile(r"[a-z][a-z0-9+.-]*:[^\x00-\x20<>\"{}|^`\\]+")
_TAIL: Final = re.compile(r"[a-z]+/[^\x00-\x20<>\"{}|^`\\]+")
_PREFIXES: Final = """
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX us: <https://w3id.org/undersigned/ontology#>
"""


class EntityType(StrEnum):
    """What is looked for. An agent is whoever can speak or sign; a handle is a user name alone."""

    PERSON = "person"
    ORGANIZATION = "organization"
    LETTER = "letter"
    HANDLE = "handle"
    AGENT = "agent"
    SOURCE = "source"
    ANY = "any"


_CLASSES: Final = {
    EntityType.PERSON: ("Person",),
    EntityType.ORGANIZATION: ("Organization",),
    EntityType.LETTER: ("Letter",),
    EntityType.HANDLE: ("Handle",),
    EntityType.AGENT: ("Person", "Organization", "Group", "Handle", "UnnamedSpeaker"),
    EntityType.SOURCE: ("Article", "Source"),
    EntityType.ANY: (
        "Person", "Organization", "Group", "Handle", "UnnamedSpeaker", "Letter", "Article",
        "Source",
    ),
}  # fmt: skip

_KIND_IN_WORDS: Final = {
    EntityType.HANDLE: "user name",
    EntityType.AGENT: "person or organization",
    EntityType.ANY: "person, organization, letter or source",
}

_PHRASES: Final = ("Group", "UnnamedSpeaker")

_TITLED: Final = (EntityType.LETTER, EntityType.SOURCE)
"""These are found by words of more than their names."""

# What a letter or source is found by. One row a text, so nothing multiplies.
_TEXTS: Final = """
  { ?thing rdfs:label ?text BIND(true AS ?isName) }
  UNION { ?thing us:name ?text BIND(true AS ?isName) }
  UNION { ?thing us:description ?text }
  UNION { ?thing us:about ?text }
  UNION { ?thing us:outlet ?text }
  UNION { ?thing us:url ?text }
  UNION { ?thing us:addressee/rdfs:label ?text }
  UNION { ?thing us:letterDate ?date BIND(STR(?date) AS ?text) }
  UNION { ?thing us:published ?date BIND(STR(?date) AS ?text) }
"""

_NOTES: Final = """
  { ?role us:holder ?thing ; us:roleTitle ?note BIND(1 AS ?rank) }
  UNION { ?thing us:addressee/rdfs:label ?name BIND(CONCAT("to ", ?name) AS ?note)
          BIND(2 AS ?rank) }
  UNION { ?thing us:letterDate ?date BIND(STR(?date) AS ?note) BIND(3 AS ?rank) }
  UNION { ?thing us:about ?topic BIND(CONCAT("about ", ?topic) AS ?note) BIND(4 AS ?rank) }
  UNION { ?thing us:outlet ?note BIND(5 AS ?rank) }
  UNION { ?thing us:published ?date BIND(STR(?date) AS ?note) BIND(6 AS ?rank) }
  UNION { ?thing us:signed/rdfs:label ?name BIND(CONCAT("signed: ", ?name) AS ?note)
          BIND(7 AS ?rank) }
"""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A thing that a typed name may mean.

    `notes` tell namesakes apart: roles, then whom a letter addresses and what it is about, then
    letters signed. `sources` is the number of sources that speak of it.
    """

    iri: NamedNode
    label: str
    notes: tuple[str, ...] = ()
    sources: int = 0

    def __str__(self) -> str:
        """One line: label, notes, sources and IRI."""
        said = f"in {self.sources} source{'' if self.sources == 1 else 's'}"
        notes = "; ".join([*self.notes[:3], *([said] if self.sources else [])])
        return f"{self.label}{f' ({notes})' if notes else ''}: {self.iri.value}"


def get_entity(reader: GraphReader, text: str, kind: EntityType) -> Candidate:
    """The one thing of a kind that a text names: an IRI, `person/mark-ruffalo`, a name or alias.

    A letter is found by words of its label, addressee, topic or IRI, too, a source by those of
    its title, outlet, date or address.

    Raises:
        EntityNotFound: nothing has this name; the message has near ones.
        EntityAmbiguous: several have; the message lists them with what tells them apart.
    """
    found = find_entities(reader, text, kind)
    if len(found) == 1:
        return found[0]
    what = _KIND_IN_WORDS.get(kind, kind.value)
    if not found:
        near = near_names(reader, text, kind)
        hint = (
            f"did you mean {' or '.join(repr(name) for name in near)}?"
            if near
            else ("check the spelling, or give an IRI")
        )
        raise EntityNotFound(f"the graph has no {what} named {text!r}; {hint}")
    lines = [f"  {candidate}" for candidate in found[:SHOWN]]
    if len(found) > SHOWN:
        lines.append(f"  … and {len(found) - SHOWN} more")
    raise EntityAmbiguous(
        "\n".join([f"{text!r} may be each of these; give more of the name, or the IRI:", *lines])
    )


def find_entities(reader: GraphReader, text: str, kind: EntityType) -> list[Candidate]:
    """Things of a kind that a text names, those with most sources first; near names do not count.

    The first of these that finds anything: the IRI; its part after the base, as in
    `person/mark-ruffalo`; the whole name; an alias; all words among those that it is known by.
    """
    typed = text.strip().removeprefix("<").removesuffix(">")
    if _IRI.fullmatch(typed) and (iri := _iri_of(typed)):
        return _described(reader, _by_iri(reader, iri, kind))
    if (
        _TAIL.fullmatch(typed)
        and (iri := _iri_of(f"{reader.iris.base}{typed}"))
        and (found := _by_iri(reader, iri, kind))
    ):
        return _described(reader, found)
    folded = fold_name(typed)
    found = _by_name(reader, folded, kind) or _by_words(reader, folded, kind)
    return _described(reader, found)


def near_names(reader: GraphReader, text: str, kind: EntityType) -> list[str]:
    """At most three labels of things with a name like this; the most alike first.

    For letters and sources a word of the label counts as well as the whole, since these are long.
    """
    named: set[tuple[str, str]] = set()
    if kind not in _TITLED:
        known = f"{_of_kind(kind)} ?thing us:foldedName ?name ; rdfs:label ?label"
        named.update((name, label) for name, label in _rows(reader, _select("?name ?label", known)))
    for titled in _TITLED if kind is EntityType.ANY else {kind} & {*_TITLED}:
        known = f"{_of_kind(titled)} ?thing rdfs:label ?label"
        for (label,) in _rows(reader, _select("?label", known)):
            folded = fold_name(label)
            named.update((words, label) for words in {folded, *folded.split()})
    near = sorted(named)
    matches = process.extract(
        fold_name(text),
        [name for name, _ in near],
        scorer=fuzz.ratio,
        score_cutoff=NEAR_SCORE,
        limit=SHOWN,
    )
    return list(dict.fromkeys(near[index][1] for _, _, index in matches))[:3]


def _iri_of(text: str) -> NamedNode | None:
    try:
        return NamedNode(text)
    except ValueError:  # it looks like an IRI and is none, as "http://[" or "note: signed"
        return None


def _by_iri(reader: GraphReader, iri: NamedNode, kind: EntityType) -> list[NamedNode]:
    """The thing itself, or what took its place after a merge."""
    moved = f"SELECT ?now WHERE {{ GRAPH ?runs {{ {iri} dcterms:isReplacedBy+ ?now }} }}"
    known = [iri.value, *(row[0] for row in _rows(reader, moved))]
    values = " ".join(str(NamedNode(value)) for value in known)
    sparql = f"SELECT DISTINCT ?thing WHERE {{ VALUES ?thing {{ {values} }} {_of_kind(kind)} }}"
    return _things(reader, sparql)


def _by_name(reader: GraphReader, folded: str, kind: EntityType) -> list[NamedNode]:
    """Things whose whole name or alias this is.

    People and organizations go before groups and unnamed speakers, which are known by a phrase of
    one source; and a name goes before an alias.
    """
    known = _rows(
        reader, f"SELECT ?thing ?class {{ ?thing us:foldedName {Literal(folded)} ; a ?class }}"
    )
    found = [row for row in known if row[1].removeprefix(US) in _CLASSES[kind]]
    proper = {thing for thing, class_ in found if class_.removeprefix(US) not in _PHRASES}
    things = [NamedNode(iri) for iri in sorted(proper or {thing for thing, _ in found})]
    return [thing for thing in things if folded in _folded_names(reader, thing)] or things


def _folded_names(reader: GraphReader, thing: NamedNode) -> set[str]:
    """Label and name of a thing, without its aliases."""
    pattern = f"{{ {thing} rdfs:label ?name }} UNION {{ {thing} us:name ?name }}"
    return {fold_name(name) for (name,) in _rows(reader, f"SELECT ?name {{ {pattern} }}")}


def _by_words(reader: GraphReader, folded: str, kind: EntityType) -> list[NamedNode]:
    """Things that are known by all the words typed."""
    words = [word for word in folded.split() if word not in _SMALL_WORDS]
    if not words:
        return []
    if kind in _TITLED:
        return _by_title(reader, folded, words, kind)
    found = _by_parts_of_name(reader, words, kind)
    if kind is EntityType.ANY:
        for titled in _TITLED:
            found += _by_title(reader, folded, words, titled)
    return list(dict.fromkeys(found))


def _by_parts_of_name(reader: GraphReader, words: list[str], kind: EntityType) -> list[NamedNode]:
    """Agents with a name of which these are words, else beginnings of words."""
    tests = " ".join(
        f"FILTER(CONTAINS(CONCAT(' ', ?name), {Literal(f' {word}')}))" for word in words
    )
    known = f"?thing us:foldedName ?name . {tests} {_of_kind(kind)}"
    rows = _rows(reader, _select("?thing ?name", known))
    whole = {thing for thing, name in rows if set(words) <= set(name.split())}
    return [NamedNode(iri) for iri in sorted(whole or {thing for thing, _ in rows})]


def _by_title(
    reader: GraphReader, folded: str, words: list[str], kind: EntityType
) -> list[NamedNode]:
    """Letters or sources that are known by these words.

    One whose whole label this is goes before those known by these very words, and these go before
    those known by words that begin with them.
    """
    known: dict[str, str] = {}
    whole = set()
    for thing, text, is_name in _rows(
        reader, _select("?thing ?text ?isName", f"{_of_kind(kind)} {_TEXTS}")
    ):
        said = fold_name(text)
        known[thing] = f"{known.get(thing, _tail_words(thing))} {said}"
        if is_name and said == folded:
            whole.add(thing)
    found = (
        whole
        or {thing for thing, said in known.items() if set(words) <= set(said.split())}
        or {thing for thing, said in known.items() if all(f" {word}" in said for word in words)}
    )
    return [NamedNode(iri) for iri in sorted(found)]


def _tail_words(iri: str) -> str:
    """The words of an IRI's last part, which for a letter holds its source's id."""
    return f" {' '.join(iri.rsplit('/', 2)[1:]).replace('-', ' ')}"


def _described(reader: GraphReader, things: Iterable[NamedNode]) -> list[Candidate]:
    """Candidates with their notes, those with most sources first, then by label and IRI."""
    candidates = []
    for thing in things:
        bound = f"VALUES ?thing {{ {thing} }}"
        labels = _rows(reader, f"SELECT ?label WHERE {{ {bound} ?thing rdfs:label ?label }}")
        sources = _rows(reader, f"SELECT ?source WHERE {{ {bound} ?thing us:saidIn ?source }}")
        notes = _rows(
            reader,
            f"SELECT DISTINCT ?rank ?note WHERE {{ {bound} {_NOTES} }} ORDER BY ?rank ?note",
        )
        label = min((row[0] for row in labels), default=thing.value)
        candidates.append(
            Candidate(thing, label, tuple(note for _, note in notes), len(set(sources)))
        )
    return sorted(candidates, key=lambda found: (-found.sources, found.label, found.iri.value))


def _select(variables: str, pattern: str) -> str:
    return f"SELECT DISTINCT {variables} WHERE {{ {pattern} }}"


def _of_kind(kind: EntityType) -> str:
    classes = " ".join(f"<{US}{name}>" for name in _CLASSES[kind])
    return f"VALUES ?class {{ {classes} }} ?thing a ?class ."


def _things(reader: GraphReader, sparql: str) -> list[NamedNode]:
    return [NamedNode(row[0]) for row in sorted(_rows(reader, sparql))]


def _rows(reader: GraphReader, sparql: str) -> list[tuple[str, ...]]:
    """The rows as plain strings, "" for what is unbound."""
    answer = select(reader, _PREFIXES + sparql)
    return [
        tuple("" if (term := row[name]) is None else _plain(term) for name in answer.variables)
        for row in answer
    ]


def _plain(term: object) -> str:
    return term.value if isinstance(term, NamedNode | Literal) else str(term)
