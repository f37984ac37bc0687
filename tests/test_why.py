from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from pyoxigraph import NamedNode, RdfFormat, parse
from rich.console import Console

from undersigned.questions.passage_formats import (
    marked_text,
    passages_json,
    passages_markdown,
    print_passages,
)
from undersigned.source import Span
from undersigned.store.embedded import memory_store
from undersigned.why import why, why_row

if TYPE_CHECKING:
    from undersigned.store.base import GraphReader

BASE = "https://w3id.org/undersigned/"
GRAPHS = """
@base <https://w3id.org/undersigned/> .
@prefix oa: <http://www.w3.org/ns/oa#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix us: <https://w3id.org/undersigned/ontology#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
<source/late> {
  <source/late> a us:Article ; rdfs:label "Later" ; us:published "2024-05-01"^^xsd:date .
  <source/late#claim-1> a us:SignatureClaim ; us:fromSource <source/late> ;
    us:localSignatory <source/late#ada> ; us:localLetter <source/late#letter> ;
    us:certainty us:certainty-reported ; us:rule "who-signed" ; us:confidence 0.5 ;
    us:evidence <source/late#char=0,3> ; us:passage <source/late#char=0,18> .
  <source/late#char=0,3> oa:start 0 ; oa:end 3 ; oa:exact "Ada" .
  <source/late#char=0,18> oa:start 0 ; oa:end 18 ; oa:exact "Ada signed, it was" .
  <source/late#ada> us:name "Ada" .
}
<source/early> {
  <source/early> a us:Article ; rdfs:label "Poets" ; us:outlet "The Courier" ;
    us:published "2024-03-01"^^xsd:date ; us:url "https://courier.example/1" .
  <source/early#claim-1> a us:SignatureClaim ; us:fromSource <source/early> ;
    us:localSignatory <source/early#ada> ; us:certainty us:certainty-stated ; us:rule "signed" ;
    us:confidence 0.95 ; us:passage <source/early#char=100,126> ;
    us:evidence <source/early#char=100,109> , <source/early#char=104,116> ,
      <source/early#char=120,126> .
  <source/early#char=100,126> oa:start 100 ; oa:end 126 ; oa:exact "Ada Quill signed [a] lette" .
  <source/early#char=100,109> oa:start 100 ; oa:end 109 ; oa:exact "Ada Quill" .
  <source/early#char=104,116> oa:start 104 ; oa:end 116 ; oa:exact "Quill signed" .
  <source/early#char=120,126> oa:start 120 ; oa:end 126 ; oa:exact " lette" .
  <source/early#ada> us:name "Ada Quill" .
  <source/early#claim-2> a us:StatementClaim , us:QuotationClaim ; us:fromSource <source/early> ;
    us:localSpeaker <source/early#ada> ; us:localTarget <source/early#ada> ;
    us:content <source/early#char=20,27> , <source/early#char=40,46> ;
    us:evidence <source/early#char=20,27> ; us:passage <source/early#char=20,35> .
  <source/early#char=20,27> oa:start 20 ; oa:end 27 ; oa:exact "“Boats!" .
  <source/early#char=20,35> oa:start 20 ; oa:end 35 ; oa:exact "“Boats! she said" .
  <source/early#char=40,46> oa:start 40 ; oa:end 46 ; oa:exact "Now.”!" .
}
<graph/knowledge> {
  <source/early#ada> us:identifiedAs <person/ada> ; us:identityScore 0.8 ;
    us:identityBasis "the full name is the same" .
  <source/late#ada> us:identifiedAs <person/ada> .
  <signature/bridge/ada> a us:Signature ; us:supportedBy <source/late#claim-1> ,
    <source/early#claim-1> ; us:hasStatusEvent <signature/bridge/ada/status/1> .
  <signature/bridge/ada/status/1> us:supportedBy <source/late#claim-1> .
  <letter/bridge> us:hasClaimedCount <count/1> .
  <count/1> us:supportedBy <source/late#claim-1> .
}
"""


@pytest.fixture
def graph() -> GraphReader:
    return memory_store(parse(GRAPHS, format=RdfFormat.TRIG))


def claims_of(graph: GraphReader, path: str) -> list[str]:
    return [
        p.claim.value.removeprefix(f"{BASE}source/") for p in why(graph, NamedNode(BASE + path))
    ]


@pytest.mark.parametrize(
    ("path", "claims"),
    [
        ("signature/bridge/ada", ["early#claim-1", "late#claim-1"]),
        ("signature/bridge/ada/status/1", ["late#claim-1"]),
        ("letter/bridge", ["late#claim-1"]),
        ("source/early#claim-2", ["early#claim-2"]),
        ("person/ada", ["early#claim-2", "early#claim-1", "late#claim-1"]),
        ("source/early", ["early#claim-2", "early#claim-1"]),
        ("person/nobody", []),
    ],
)
def test_passages_come_by_date_source_and_offset(
    path: str, claims: list[str], graph: GraphReader
) -> None:
    assert claims_of(graph, path) == claims


def test_marks_are_merged_and_lie_inside_the_passage(graph: GraphReader) -> None:
    [passage, _] = why(graph, NamedNode(f"{BASE}signature/bridge/ada"))
    assert passage.marks == (Span(0, 16), Span(20, 26))
    assert marked_text(passage) == "**Ada Quill signed** [a]** lette**"
    assert passage.offset_chars == 100


def test_the_three_dials_and_the_source_are_told(graph: GraphReader) -> None:
    [passage, hedged] = why(graph, NamedNode(f"{BASE}signature/bridge/ada"))
    assert (passage.kind, passage.certainty, passage.rule, passage.confidence) == (
        "signature", "stated", "signed", 0.95,
    )  # fmt: skip
    assert (passage.source.outlet, passage.source.published) == ("The Courier", "2024-03-01")
    [identity] = passage.identities
    assert (identity.name, identity.basis, identity.score) == (
        "Ada Quill", "the full name is the same", 0.8,
    )  # fmt: skip
    assert hedged.certainty == "reported"
    assert hedged.identities[0].score is None


def test_words_outside_the_passage_stand_after_a_gap(graph: GraphReader) -> None:
    [passage] = why(graph, NamedNode(f"{BASE}source/early#claim-2"))
    assert marked_text(passage) == "**“Boats!** she said […] **Now.”!**"
    assert passage.kind == "quotation"
    assert passage.confidence is None
    assert len(passage.identities) == 1


def test_row_shows_each_claim_once(graph: GraphReader) -> None:
    facts = [NamedNode(f"{BASE}signature/bridge/ada"), NamedNode(f"{BASE}letter/bridge")]
    assert len(why_row(graph, facts)) == 2


def test_json_has_marks_as_offsets(graph: GraphReader) -> None:
    passages = json.loads(passages_json(why(graph, NamedNode(f"{BASE}signature/bridge/ada"))))
    assert passages[0]["marks"] == [[0, 16], [20, 26]]
    assert passages[0]["source"]["url"] == "https://courier.example/1"


def test_markdown_quotes_with_the_words_in_bold(graph: GraphReader) -> None:
    text = passages_markdown(why(graph, NamedNode(f"{BASE}signature/bridge/ada")))
    assert text.startswith("> **Ada Quill signed** [a]** lette**\n")
    assert "> - The Courier, 2024-03-01: “Poets” https://courier.example/1\n" in text


@pytest.mark.parametrize("colour", [True, False])
def test_words_are_coloured_on_a_terminal_and_marked_elsewhere(
    colour: bool, graph: GraphReader
) -> None:
    console = Console(
        force_terminal=colour, color_system="standard" if colour else None, width=200, record=True
    )
    with console.capture() as captured:
        print_passages(console, why(graph, NamedNode(f"{BASE}signature/bridge/ada")))
    assert ("\x1b[1;33mAda Quill signed" in captured.get()) is colour
    assert ("**Ada Quill signed**" in captured.get()) is not colour
