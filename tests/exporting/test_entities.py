"""FollowTheMoney, schema.org, Web Annotations and parts of the graph."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING, Any

import pytest
from pyoxigraph import Literal, NamedNode, Triple

from undersigned import terms as t
from undersigned.exporting.base import ExportRequest
from undersigned.exporting.columns import get_table_definition, read_table
from undersigned.exporting.registry import get_export_format
from undersigned.exporting.subgraph import select_subgraph
from undersigned.exporting.things import Things
from undersigned.iris import Iris
from undersigned.why import why

if TYPE_CHECKING:
    from pathlib import Path

    from undersigned.store.base import GraphReader
    from undersigned.store.embedded import EmbeddedWriter

IRIS = Iris()
REQUIRED = {
    "Documentation": {"document", "entity"},
    "Employment": {"employee", "employer"},
    "UnknownLink": {"subject", "object"},
    "Document": {"fileName"},
    "Article": {"fileName"},
    "Person": {"name"},
    "Organization": {"name"},
    "LegalEntity": {"name"},
}


def exported(store: GraphReader, name: str, context_file: Path) -> bytes:
    output = io.BytesIO()
    get_export_format(name).write(ExportRequest(reader=store, context_file=context_file), output)
    return output.getvalue()


def entities(store: GraphReader, context_file: Path) -> list[dict[str, Any]]:
    lines = exported(store, "followthemoney", context_file).splitlines()
    return [json.loads(line) for line in lines]


@pytest.mark.parametrize("name", ["followthemoney", "schema-org", "web-annotations"])
def test_the_same_graph_gives_the_same_bytes(
    graph: EmbeddedWriter, name: str, context_file: Path
) -> None:
    assert exported(graph, name, context_file) == exported(graph, name, context_file)


def test_followthemoney_entities_have_what_their_schemata_require(
    graph: EmbeddedWriter, context_file: Path
) -> None:
    found = entities(graph, context_file)
    assert len({entity["id"] for entity in found}) == len(found)
    for entity in found:
        assert REQUIRED[entity["schema"]] <= set(entity["properties"])
        assert all(values and all(values) for values in entity["properties"].values())


def test_followthemoney_links_lead_to_entities_that_are_there(
    graph: EmbeddedWriter, context_file: Path
) -> None:
    found = entities(graph, context_file)
    ids = {entity["id"] for entity in found}
    links = [e["properties"] for e in found if e["schema"] in {"Documentation", "UnknownLink"}]
    ends = ("document", "entity", "subject", "object", "proof")
    assert links
    assert all(value in ids for link in links for end in ends for value in link.get(end, []))


def test_followthemoney_tells_signatories_with_their_status(
    graph: EmbeddedWriter, context_file: Path
) -> None:
    found = entities(graph, context_file)
    names = {e["id"]: e["properties"]["name"][0] for e in found if "name" in e["properties"]}
    signed = {
        names[e["properties"]["entity"][0]]: e["properties"]["status"]
        for e in found
        if e["properties"].get("role") == ["signatory"]
    }
    assert signed["Ann Example"] == ["reported", "stated"]
    assert signed["Dee Refuser"][0] == "declined"


def test_schema_org_tells_standing_signatures_from_fallen_ones(
    graph: EmbeddedWriter, context_file: Path
) -> None:
    document = json.loads(exported(graph, "schema-org", context_file))
    nodes = {node["@id"]: node for node in document["@graph"]}
    actions = {
        nodes[node["agent"]["@id"]]["name"]: node["actionStatus"]
        for node in nodes.values()
        if node["@type"] == "EndorseAction"
    }
    assert actions["Ann Example"] == "CompletedActionStatus"
    assert actions["Dee Refuser"] == "FailedActionStatus"
    quoted = [node for node in nodes.values() if node["@type"] == "Quotation"]
    assert "“this has gone on for long enough now”" in {node["text"] for node in quoted}
    assert document["@context"] == "https://schema.org"


def test_annotations_quote_the_words_at_their_place(
    graph: EmbeddedWriter, context_file: Path, texts: dict[str, str]
) -> None:
    document = json.loads(exported(graph, "web-annotations", context_file))
    targets = [target for note in document["@graph"] for target in note["target"]]
    assert len(targets) > 20
    for target in targets:
        quote, position = target["selector"]
        text = texts[target["source"].rpartition("/")[2]]
        assert text[position["start"] : position["end"]] == quote["exact"]
    assert any("Ann Example" in note["body"]["value"] for note in document["@graph"])


def test_quickstatements_have_links_names_and_references(
    graph: EmbeddedWriter, context_file: Path
) -> None:
    knowledge = IRIS.knowledge
    (ann,) = (n.iri for n in Things(graph).of(t.PERSON) if n.text(t.NAME) == "Ann Example")
    graph.change_graph(
        knowledge,
        [],
        [
            Triple(ann, t.OWL_SAME_AS, NamedNode("http://www.wikidata.org/entity/Q42")),
            Triple(IRIS.source("post"), t.URL, Literal("https://post.example/1")),
        ],
    )
    said: list[str] = []
    output = io.BytesIO()
    request = ExportRequest(reader=graph, context_file=context_file, tell=said.append)
    get_export_format("quickstatements").write(request, output)
    lines = output.getvalue().decode().splitlines()
    assert lines[0] == "CREATE"
    assert lines[1].startswith('LAST\tLen\t"Open letter')
    assert lines[2] == (
        'LAST\tP1891\tQ42\tP1932\t"Ann Example"'
        '\tS854\t"https://post.example/1"\tS577\t+2025-03-21T00:00:00Z/11'
    )
    assert len(lines) == 3
    # Ben Sample and the council; Cal Instance is hedged, and not for Wikidata at all.
    assert said[0].startswith("2 people and organizations without")


def test_a_part_holds_what_concerns_one_person_with_the_words(graph: EmbeddedWriter) -> None:
    (ann,) = (n for n in Things(graph).of(t.PERSON) if n.text(t.NAME) == "Ann Example")
    part = select_subgraph(graph, [ann.iri])
    signatures = read_table(part, get_table_definition("signatures"))
    assert [row[1] for row in signatures.rows] == ["Ann Example"]
    assert [p.text for p in why(part, signatures_of(part)[0])] == ["Ann Example signed it."] * 2
    people = [node.text(t.NAME) for node in Things(part).of(t.PERSON)]
    assert people == ["Ann Example"]


def test_a_part_holds_all_signatures_of_one_letter(graph: EmbeddedWriter) -> None:
    (letter,) = Things(graph).of(t.LETTER)
    part = select_subgraph(graph, [letter.iri])
    assert len(signatures_of(part)) == len(signatures_of(graph)) == 4
    words = [node.text(t.WORDS) for node in Things(part).of(t.STATEMENT)]
    assert words == ["“we write because the tide of excuses has to turn at last”"]


def test_a_part_of_nothing_is_empty(graph: EmbeddedWriter) -> None:
    part = select_subgraph(graph, [])
    assert list(part.triples(IRIS.knowledge)) == []


def signatures_of(reader: GraphReader) -> list[NamedNode]:
    return [node.iri for node in Things(reader).of(t.SIGNATURE)]
