"""schema.org JSON-LD: letters, signatures as EndorseAction, statements as Quotation.

For search engines and for those who know schema.org already. A signature that fell is an action
with a status that failed; nothing is said of truth, so ClaimReview has no place here.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, BinaryIO, Final

from undersigned import terms as t
from undersigned.exporting.base import ExportFormat, ExportRequest
from undersigned.exporting.things import Things, concept

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pyoxigraph import NamedNode

    from undersigned.evidence.records import Node

Json = dict[str, object]

_TYPES: Final = {
    t.PERSON: "Person",
    t.ORGANIZATION: "Organization",
    t.GROUP: "Organization",
    t.HANDLE: "Thing",
}


def write_schema_org(request: ExportRequest, output: BinaryIO) -> int:
    """Writes one document with a node object a line, sorted by kind and IRI."""
    output.write(b'{"@context": "https://schema.org",\n"@graph": [')
    count, separator = 0, "\n"
    for node in _Nodes(request).all():
        output.write(f"{separator}{json.dumps(node, ensure_ascii=False)}".encode())
        separator = ",\n"
        request.advance(1)
        count += 1
    output.write(b"\n]}\n")
    return count


class _Nodes:
    def __init__(self, request: ExportRequest) -> None:
        self._things = Things(request.reader)

    def all(self) -> Iterator[Json]:
        for class_iri, kind in _TYPES.items():
            for node in self._things.of(class_iri):
                yield self._agent(node, kind)
        for source in self._things.sources():
            yield _article(source)
        for letter in self._things.of(t.LETTER):
            yield self._letter(letter)
        for signature in self._things.of(t.SIGNATURE):
            yield self._signature(signature)
        for statement in self._things.of(t.STATEMENT):
            yield self._statement(statement)

    def _agent(self, node: Node, kind: str) -> Json:
        roles = [self._things.node(role) for role in self._things.where(t.HOLDER, node.iri)]
        titles = sorted({title for role in roles for title in role.texts(t.ROLE_TITLE)})
        bodies = sorted({body.value for role in roles for body in role.links(t.AT_ORGANIZATION)})
        shown: Json = {
            "@id": node.iri.value,
            "@type": kind,
            "name": _one_or_all(node.texts(t.NAME)),
            "alternateName": _one_or_all(node.texts(t.ALIAS)),
        }
        if kind == "Person":
            shown["jobTitle"] = _one_or_all(titles)
            shown["affiliation"] = _one_or_all([_reference(body) for body in bodies])
        return _filled(shown)

    def _letter(self, node: Node) -> Json:
        kind = concept(node, t.DOCUMENT_KIND, "document-kind") or "letter"
        return _filled(
            {
                "@id": node.iri.value,
                "@type": "CreativeWork",
                "additionalType": f"{t.US}document-kind-{kind}",
                "name": node.text(t.RDFS_LABEL),
                "dateCreated": node.text(t.LETTER_DATE),
                "audience": _references(node.links(t.ADDRESSEE)),
                "creator": _references(node.links(t.ORGANIZER)),
                "about": _one_or_all(node.texts(t.ABOUT)),
                "abstract": _one_or_all(node.texts(t.DEMAND)),
                "isBasedOn": _references(
                    [x for x in node.links(t.ANSWERS) if self._things.node(x).is_a(t.LETTER)]
                ),
                "subjectOf": _references(node.links(t.SAID_IN)),
            }
        )

    def _signature(self, node: Node) -> Json:
        stands = node.link(t.SIGNATORY) is not None
        return _filled(
            {
                "@id": node.iri.value,
                "@type": "EndorseAction",
                "agent": _references(node.links(t.NAMED_SIGNATORY)),
                "object": _references(node.links(t.SIGNED_LETTER)),
                "actionStatus": "CompletedActionStatus" if stands else "FailedActionStatus",
                "description": " · ".join(
                    filter(
                        None,
                        (
                            concept(node, t.STATUS, "status"),
                            concept(node, t.CERTAINTY, "certainty"),
                            *node.texts(t.CAPACITY),
                        ),
                    )
                ),
                "subjectOf": _references(node.links(t.SAID_IN)),
            }
        )

    def _statement(self, node: Node) -> Json:
        quoted = node.is_a(t.QUOTATION)
        return _filled(
            {
                "@id": node.iri.value,
                "@type": "Quotation" if quoted else "CreativeWork",
                "text" if quoted else "abstract": node.text(t.WORDS),
                "creator": _references(node.links(t.SPEAKER)),
                "about": _references(node.links(t.TARGET)),
                "datePublished": node.text(t.REPORTED_ON),
                "isPartOf": _references([*node.links(t.IN_LETTER), *node.links(t.SAID_IN)]),
            }
        )


def _article(node: Node) -> Json:
    outlet = node.text(t.OUTLET)
    return _filled(
        {
            "@id": node.iri.value,
            "@type": "NewsArticle",
            "headline": node.text(t.DCTERMS_TITLE),
            "author": _one_or_all(
                [{"@type": "Person", "name": name} for name in node.texts(t.DCTERMS_CREATOR)]
            ),
            "publisher": {"@type": "Organization", "name": outlet} if outlet else None,
            "datePublished": node.text(t.PUBLISHED),
            "url": node.text(t.URL),
        }
    )


def _reference(iri: str) -> Json:
    return {"@id": iri}


def _references(iris: Sequence[NamedNode]) -> object:
    return _one_or_all([_reference(iri.value) for iri in iris])


def _one_or_all(values: Sequence[object]) -> object:
    """One value bare, several as a list, none as nothing: as people write JSON-LD."""
    return values[0] if len(values) == 1 else list(values)


def _filled(node: Json) -> Json:
    return {name: value for name, value in node.items() if value not in (None, "", [])}


SCHEMA_ORG: Final = ExportFormat(
    name="schema-org",
    media_type="application/ld+json",
    suffix=".schema.jsonld",
    holds="the knowledge graph in schema.org's terms",
    write=write_schema_org,
    unit="entities",
)
