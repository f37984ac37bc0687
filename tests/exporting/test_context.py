"""JSON-LD contexts: read from a file, used only where they mean what is written."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING, Any

import pytest
from pyoxigraph import RdfFormat, parse

from undersigned.errors import ExportError
from undersigned.exporting.base import ExportRequest
from undersigned.exporting.context import read_context
from undersigned.exporting.jsonld import write_jsonld
from undersigned.iris import Iris
from undersigned.store.embedded import memory_store
from undersigned.terms import US

if TYPE_CHECKING:
    from pathlib import Path

    from pyoxigraph import Quad

CONTEXTS: dict[str, dict[str, Any]] = {
    "nothing": {},
    "vocabulary": {"@vocab": US, "signed": {"@type": "@id"}, "name": {}},
    "default language": {"@language": "fr", "us": US, "name": "us:name", "about": "us:about"},
    "types and sets": {
        "us": US,
        "xsd": "http://www.w3.org/2001/XMLSchema#",
        "letterDate": {"@id": "us:letterDate", "@type": "xsd:date"},
        "number": {"@id": "us:number", "@type": "xsd:integer"},
        "identityScore": {"@id": "us:identityScore", "@type": "xsd:integer"},
        "signed": {"@id": "us:signed", "@type": "@vocab", "@container": "@set"},
        "identifiedAs": {"@id": "us:identifiedAs", "@type": "@id"},
    },
    "more than is used": {
        "us": US,
        "name": {"@id": "us:name", "@container": "@language"},
        "signed": {"@reverse": "us:signed"},
        "about": {"@id": "us:about", "@container": "@list"},
        "letterDate": {"@id": "us:letterDate", "@language": "de"},
        "Person": {"@id": "us:Person", "@context": {"name": "us:about"}},
    },
    "other names for keywords": {"us": US, "iri": "@id", "a": "@type", "Person": "us:Person"},
}


@pytest.mark.parametrize("case", CONTEXTS)
def test_every_context_gives_the_same_statements_back(
    case: str, dataset: list[Quad], tmp_path: Path
) -> None:
    path = tmp_path / "context.jsonld"
    path.write_text(json.dumps({"@context": CONTEXTS[case]}))
    output = io.BytesIO()
    write_jsonld(ExportRequest(reader=memory_store(dataset), context_file=path), output)
    document = json.loads(output.getvalue())
    assert document["@context"] == CONTEXTS[case]
    found = {q.triple for q in parse(output.getvalue(), format=RdfFormat.JSON_LD)}
    expected = {q.triple for q in dataset if q.graph_name == Iris().knowledge}
    ground = {str(t) for t in found if "_:" not in str(t)}
    assert ground == {str(t) for t in expected if "_:" not in str(t)}
    assert len(found) == len(expected)


def test_terms_of_the_project_are_used(dataset: list[Quad], context_file: Path) -> None:
    output = io.BytesIO()
    write_jsonld(ExportRequest(reader=memory_store(dataset), context_file=context_file), output)
    text = output.getvalue().decode()
    body = text.partition('"@graph"')[2]
    assert '"signed": ["https://w3id.org/undersigned/letter/another"' in body
    assert '"type": ["Agent", "Person"]' in body
    assert f"{US}signed" not in body


@pytest.mark.parametrize(
    "content",
    [
        None,
        "{",
        "[]",
        "{}",
        '{"@context": "https://example.org/context.jsonld"}',
        '{"@context": [{}]}',
        '{"@context": {"@import": "https://example.org/context.jsonld"}}',
    ],
)
def test_unusable_context_is_an_error_and_nothing_is_fetched(
    content: str | None, tmp_path: Path
) -> None:
    path = tmp_path / "context.jsonld"
    if content is not None:
        path.write_text(content)
    with pytest.raises(ExportError, match=r"context\.jsonld: .*context"):
        read_context(path)
