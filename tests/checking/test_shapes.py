"""SHACL: the examples keep the shapes, and broken data trips them."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad
from rdflib import XSD, Graph, Namespace, URIRef
from rdflib import Literal as Value

from undersigned import terms as t
from undersigned.checking.graphs import read_merged, read_quads, read_turtle
from undersigned.checking.shapes import validate, validate_dataset
from undersigned.checking.vocabulary import subclass_triples
from undersigned.store.embedded import memory_store

ONTOLOGY = Path(__file__).resolve().parents[2] / "ontology"
SHAPES = read_turtle(ONTOLOGY / "shapes.ttl")
SUBCLASSES = list(subclass_triples(read_turtle(ONTOLOGY / "undersigned.ttl")))
EXAMPLES = sorted((ONTOLOGY / "examples").glob("*.trig"))

US = Namespace(t.US)
OA = Namespace(t.OA)
BASE = Namespace("https://w3id.org/undersigned/")
SOURCE = BASE["source/post-1"]
CLAIM = URIRef(f"{SOURCE}#claim-ann")
SIGNATURE = BASE["signature/post-1/ann-example"]
LETTER = BASE["letter/post-1"]
LOCAL = URIRef(f"{SOURCE}#person-ann-example")
SLICE = URIRef(f"{SOURCE}#char=0,11")

BROKEN = [
    (CLAIM, US.certainty, None),
    (CLAIM, US.certainty, US["certainty-perhaps"]),
    (CLAIM, US.confidence, Value("1.2", datatype=XSD.decimal)),
    (CLAIM, US.confidence, Value("high")),
    (CLAIM, US.evidence, None),
    (CLAIM, US.fromSource, None),
    (CLAIM, US.localLetter, LOCAL),
    (CLAIM, US.localSignatory, None),
    (CLAIM, US.passage, None),
    (CLAIM, US.rule, Value("")),
    (CLAIM, US.status, US["status-lost"]),
    (LETTER, US.addressee, LETTER),
    (LETTER, US.documentKind, None),
    (LETTER, US.supportedBy, None),
    (LOCAL, US.identityBasis, None),
    (LOCAL, US.identityScore, Value("-0.1", datatype=XSD.decimal)),
    (LOCAL, US.name, None),
    (SIGNATURE, US.hasStatusEvent, None),
    (SIGNATURE, US.namedSignatory, None),
    (SIGNATURE, US.saidIn, None),
    (SIGNATURE, US.signedLetter, None),
    (SLICE, OA.end, Value(0)),
    (SLICE, OA.exact, Value("")),
    (SLICE, OA.start, Value(-1)),
    (SOURCE, US.digest, Value("not a digest")),
    (SOURCE, US.published, Value("yesterday")),
]


def _name(value: object) -> str:
    return str(value).rsplit("#", 1)[-1]


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_example_keeps_the_shapes(path: Path) -> None:
    assert validate(read_merged(path), SHAPES, SUBCLASSES) == []


@pytest.mark.parametrize(("subject", "prop", "value"), BROKEN, ids=_name)
def test_broken_data_trips_the_shape_of_its_property(
    subject: URIRef, prop: URIRef, value: URIRef | Value | None
) -> None:
    graph = read_merged(ONTOLOGY / "examples" / "reported-signature.trig")
    graph.remove((subject, prop, None))
    if value is not None:
        graph.add((subject, prop, value))
    found = validate(graph, SHAPES, SUBCLASSES)
    assert [v for v in found if v.focus_node == str(subject)]
    assert all(violation.message for violation in found)


def test_validation_leaves_the_data_alone() -> None:
    graph = read_merged(EXAMPLES[0])
    before = set(graph)
    validate(graph, SHAPES, SUBCLASSES)
    assert set(graph) == before


def test_shapes_meet_subclasses_only_by_the_ontology() -> None:
    graph = Graph()
    graph.add((CLAIM, URIRef(t.RDF_TYPE.value), US.TopicClaim))
    shapes = Graph() + SHAPES
    with_ontology = validate(graph, shapes, SUBCLASSES)
    without = validate(graph, shapes, ())
    assert len(with_ontology) > len(without) > 0


def test_each_graph_of_a_dataset_is_checked_for_itself() -> None:
    quads = read_quads(ONTOLOGY / "examples" / "reported-signature.trig")
    stray = Quad(
        NamedNode("https://w3id.org/undersigned/person/nobody"),
        t.NAME,
        Literal("Nobody"),
        NamedNode("https://w3id.org/undersigned/graph/runs"),
    )
    with memory_store([*quads, stray]) as reader:
        assert validate_dataset(reader, SHAPES, SUBCLASSES) == []
    claim = NamedNode(str(CLAIM))
    less = [quad for quad in quads if (quad.subject, quad.predicate) != (claim, t.PASSAGE)]
    with memory_store(less) as reader:
        found = validate_dataset(reader, SHAPES, SUBCLASSES)
    assert [(v.focus_node, v.path) for v in found] == [(str(CLAIM), t.PASSAGE.value)]
    assert found[0].message == "a claim needs one passage to show around its evidence"
