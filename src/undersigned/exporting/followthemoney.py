"""FollowTheMoney entities, one JSON object a line, for Aleph and the tools around it.

A letter is a Document, a source an Article, a signature Documentation of the letter with the
signatory, a role at an organization Employment, a statement about somebody an UnknownLink.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, BinaryIO, Final

from undersigned import terms as t
from undersigned.exporting.base import ExportFormat, ExportRequest
from undersigned.exporting.things import Things, concept

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from pyoxigraph import NamedNode

    from undersigned.evidence.records import Node

Entity = dict[str, object]

SCHEMATA: Final = {
    t.PERSON: "Person",
    t.ORGANIZATION: "Organization",
    t.GROUP: "LegalEntity",
    t.HANDLE: "LegalEntity",
}
LONGEST_SUMMARY: Final = 1_000
"""Characters of a statement that go into a link's summary."""


def write_followthemoney(request: ExportRequest, output: BinaryIO) -> int:
    """Writes every entity once, agents and documents before the links between them."""
    count = 0
    for entity in _Entities(request).all():
        output.write(json.dumps(entity, ensure_ascii=False, sort_keys=True).encode() + b"\n")
        request.advance(1)
        count += 1
    return count


def entity_id(iri: NamedNode) -> str:
    """A stable id: the tools around FollowTheMoney allow no IRIs."""
    return _hashed(iri.value)


class _Entities:
    def __init__(self, request: ExportRequest) -> None:
        self._things = Things(request.reader)
        self._known: set[NamedNode] = set()

    def all(self) -> Iterator[Entity]:
        for class_iri, schema in SCHEMATA.items():
            for node in self._things.of(class_iri):
                self._known.add(node.iri)
                yield self._agent(node, schema)
        for source in self._things.sources():
            yield self._article(source)
        for letter in self._things.of(t.LETTER):
            yield self._letter(letter)
            yield from self._parties(letter)
        for signature in self._things.of(t.SIGNATURE):
            yield from self._signature(signature)
        for role in self._things.of(t.ROLE):
            yield from self._employment(role)
        for statement in self._things.of(t.STATEMENT):
            yield from self._spoken_of(statement)

    def _agent(self, node: Node, schema: str) -> Entity:
        properties = {"name": node.texts(t.NAME), "alias": node.texts(t.ALIAS)}
        if schema == "Person":
            titles = {
                title
                for role in self._things.where(t.HOLDER, node.iri)
                for title in self._things.node(role).texts(t.ROLE_TITLE)
            }
            properties["position"] = tuple(sorted(titles))
        return _entity(node.iri, schema, properties)

    def _article(self, node: Node) -> Entity:
        title = node.text(t.DCTERMS_TITLE) or node.iri.value
        properties = {
            "title": (title,),
            "fileName": (node.iri.value.rpartition("/")[2],),
            "author": node.texts(t.DCTERMS_CREATOR),
            "publisher": node.texts(t.OUTLET),
            "publishedAt": node.texts(t.PUBLISHED),
            "sourceUrl": node.texts(t.URL),
        }
        return _entity(node.iri, "Article", properties)

    def _letter(self, node: Node) -> Entity:
        counts = [self._things.label(count) for count in node.links(t.HAS_CLAIMED_COUNT)]
        kind = concept(node, t.DOCUMENT_KIND, "document-kind")
        properties = {
            "title": node.texts(t.RDFS_LABEL),
            "fileName": (node.iri.value.removeprefix(t.US),),
            "date": node.texts(t.LETTER_DATE),
            "keywords": tuple(filter(None, (kind, *node.texts(t.ABOUT)))),
            "summary": node.texts(t.DEMAND),
            "notes": tuple(f"Claimed signers: {count}" for count in sorted(counts)),
        }
        return _entity(node.iri, "Document", properties)

    def _parties(self, letter: Node) -> Iterator[Entity]:
        for role, predicate in (("addressee", t.ADDRESSEE), ("organizer", t.ORGANIZER)):
            for agent in letter.links(predicate):
                if agent in self._known:
                    yield _link(letter.iri, agent, role, self._proof(letter))

    def _signature(self, node: Node) -> Iterator[Entity]:
        letter, signatory = node.link(t.SIGNED_LETTER), node.link(t.NAMED_SIGNATORY)
        if letter is None or signatory not in self._known:
            return
        days = [
            day
            for event in node.links(t.HAS_STATUS_EVENT)
            for day in self._things.node(event).texts(t.STATED_ON)
        ]
        status = concept(node, t.STATUS, "status")
        certainty = concept(node, t.CERTAINTY, "certainty")
        further = {
            "status": tuple(filter(None, (status, certainty))),
            "summary": node.texts(t.CAPACITY),
            "date": tuple(sorted(set(days))[:1]),
            **self._proof(node),
        }
        yield _link(letter, signatory, "signatory", further)

    def _employment(self, node: Node) -> Iterator[Entity]:
        holder, employer = node.link(t.HOLDER), node.link(t.AT_ORGANIZATION)
        if holder is None or employer is None:
            return
        if not self._is(holder, t.PERSON) or not self._is(employer, t.ORGANIZATION):
            return
        properties = {
            "employee": (entity_id(holder),),
            "employer": (entity_id(employer),),
            "role": node.texts(t.ROLE_TITLE),
            "status": tuple(filter(None, (concept(node, t.ROLE_TIME, "role-time"),))),
            **self._proof(node),
        }
        yield _entity(node.iri, "Employment", properties)

    def _spoken_of(self, node: Node) -> Iterator[Entity]:
        speaker = node.link(t.SPEAKER)
        if speaker not in self._known:
            return
        stance = concept(node, t.STANCE, "stance")
        for target in node.links(t.TARGET):
            if target not in self._known:
                continue
            properties = {
                "subject": (entity_id(speaker),),
                "object": (entity_id(target),),
                "role": (f"spoke {stance} it" if stance else "spoke of it",),
                "summary": tuple(text[:LONGEST_SUMMARY] for text in node.texts(t.WORDS)),
                "date": node.texts(t.REPORTED_ON)[:1],
                **self._proof(node),
            }
            key = f"{node.iri.value} {target.value}"
            yield {
                "id": _hashed(key),
                "schema": "UnknownLink",
                "properties": _filled(properties),
            }

    def _is(self, iri: NamedNode, class_iri: NamedNode) -> bool:
        return iri in self._known and self._things.node(iri).is_a(class_iri)

    def _proof(self, fact: Node) -> dict[str, Iterable[str]]:
        sources = [self._things.node(source) for source in fact.links(t.SAID_IN)]
        urls = sorted({url for source in sources for url in source.texts(t.URL)})
        return {"proof": [entity_id(source.iri) for source in sources], "sourceUrl": urls}


def _link(
    letter: NamedNode, agent: NamedNode, role: str, further: Mapping[str, Iterable[str]]
) -> Entity:
    key = f"{letter.value} {role} {agent.value}"
    properties = {"document": (entity_id(letter),), "entity": (entity_id(agent),), "role": (role,)}
    return {
        "id": _hashed(key),
        "schema": "Documentation",
        "properties": _filled({**properties, **further}),
    }


def _hashed(key: str) -> str:
    return "us-" + hashlib.sha256(key.encode()).hexdigest()[:32]


def _entity(iri: NamedNode, schema: str, properties: Mapping[str, Iterable[str]]) -> Entity:
    return {"id": entity_id(iri), "schema": schema, "properties": _filled(properties)}


def _filled(properties: Mapping[str, Iterable[str]]) -> dict[str, list[str]]:
    """The properties that have a value; FollowTheMoney knows no empty ones."""
    lists = {name: list(dict.fromkeys(values)) for name, values in properties.items()}
    return {name: values for name, values in lists.items() if values}


FOLLOWTHEMONEY: Final = ExportFormat(
    name="followthemoney",
    media_type="application/json+ftm",
    suffix=".ftm.json",
    holds="the knowledge graph as FollowTheMoney entities",
    write=write_followthemoney,
    unit="entities",
)
