"""Web Annotations (W3C): every claim as a note on the words of its source that carry it.

A reader with an annotation tool sees on the article's own page what was read there.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, BinaryIO, Final

from pyoxigraph import Literal, NamedNode

from undersigned import terms as t
from undersigned.evidence.records import EvidenceView, Node
from undersigned.exporting.base import ExportFormat, ExportRequest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from undersigned.store.base import GraphReader

Json = dict[str, object]


def write_web_annotations(request: ExportRequest, output: BinaryIO) -> int:
    """Writes a document with one annotation a line, by source and then by claim."""
    output.write(b'{"@context": "http://www.w3.org/ns/anno.jsonld",\n"@graph": [')
    count, separator = 0, "\n"
    for annotation in _annotations(request.reader):
        output.write(f"{separator}{json.dumps(annotation, ensure_ascii=False)}".encode())
        separator = ",\n"
        request.advance(1)
        count += 1
    output.write(b"\n]}\n")
    return count


def _annotations(reader: GraphReader) -> Iterator[Json]:
    for source in EvidenceView(reader).sources():
        # A view keeps what it read; one a source keeps memory as small as the largest source.
        view = EvidenceView(reader)
        record = view.record(source)
        if record is None:
            continue
        page = record.source.text(t.URL) or source.value
        for iri, claim in sorted(record.claims.items(), key=lambda pair: pair[0].value):
            yield _annotation(reader, page, iri, claim, view)


def _annotation(
    reader: GraphReader, page: str, iri: NamedNode, claim: Node, view: EvidenceView
) -> Json:
    slices = sorted(
        {s for part in (t.EVIDENCE, t.CONTENT) for s in claim.links(part)}, key=lambda s: s.value
    )
    return {
        "id": iri.value,
        "type": "Annotation",
        "motivation": "identifying",
        "body": {
            "type": "TextualBody",
            "format": "text/plain",
            "language": "en",
            "value": _body(claim, view),
        },
        "target": [{"source": page, "selector": _selectors(reader, piece)} for piece in slices],
    }


def _body(claim: Node, view: EvidenceView) -> str:
    """The claim in words: its kind, whom it names, certainty and confidence."""
    kinds = [
        k.value.removeprefix(t.US) for k in claim.links(t.RDF_TYPE) if k.value.startswith(t.US)
    ]
    named = [
        name
        for predicate in sorted(claim.values, key=lambda p: p.value)
        for local in claim.links(predicate)
        if (node := view.node(local)) is not None and (name := node.text(t.NAME))
    ]
    certainty = claim.link(t.CERTAINTY)
    parts = [
        min(kinds, key=lambda kind: (kind == "Claim", kind), default="Claim"),
        ", ".join(dict.fromkeys(named)),
        certainty.value.removeprefix(f"{t.US}certainty-") if certainty else "",
        f"confidence {claim.text(t.CONFIDENCE)}" if claim.text(t.CONFIDENCE) else "",
    ]
    return " · ".join(filter(None, parts))


def _selectors(reader: GraphReader, piece: NamedNode) -> list[Json]:
    source = NamedNode(piece.value.split("#", 1)[0])
    values = {
        triple.predicate: triple.object.value
        for triple in reader.triples(source, piece)
        if isinstance(triple.object, Literal)
    }
    return [
        {"type": "TextQuoteSelector", "exact": values[t.OA_EXACT]},
        {
            "type": "TextPositionSelector",
            "start": int(values[t.OA_START]),
            "end": int(values[t.OA_END]),
        },
    ]


WEB_ANNOTATIONS: Final = ExportFormat(
    name="web-annotations",
    media_type='application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"',
    suffix=".anno.jsonld",
    holds="every claim as an annotation of its source",
    write=write_web_annotations,
    unit="annotations",
)
