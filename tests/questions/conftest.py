"""`town` is a small knowledge graph with namesakes, a letter, a redirect and two sources."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pyoxigraph import DefaultGraph, Quad, RdfFormat, parse

from undersigned.iris import Iris
from undersigned.store.embedded import memory_store

if TYPE_CHECKING:
    from undersigned.store.base import GraphReader

TOWN = """
@base <https://w3id.org/undersigned/> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix us: <https://w3id.org/undersigned/ontology#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
<source/gazette> a us:Article ; rdfs:label "The mayor gets mail" ; us:outlet "The Gazette" ;
  us:published "2024-03-02"^^xsd:date .
<source/courier> a us:Article ; rdfs:label "Poets against it" ; us:outlet "The Courier" .
<person/ada-quill> a us:Person ; rdfs:label "Ada Quill" ; us:name "Ada Quill" ; us:alias "Quill" ;
  us:foldedName "ada quill" , "quill" ; us:saidIn <source/gazette> , <source/courier> ;
  us:signed <letter/bridge> .
<person/jon-park-1> a us:Person ; rdfs:label "Jon Park" ; us:name "Jon Park" ; us:alias "Park" ;
  us:foldedName "jon park" , "park" ; us:saidIn <source/gazette> .
<person/jon-park-2> a us:Person ; rdfs:label "Jon Park" ; us:name "Jon Park" ;
  us:foldedName "jon park" ; us:saidIn <source/gazette> , <source/courier> .
<role/jon-park-1/baker> a us:Role ; us:holder <person/jon-park-1> ; us:roleTitle "baker" .
<unnamed/quill> a us:UnnamedSpeaker ; rdfs:label "Quill" ; us:foldedName "quill" ;
  us:saidIn <source/courier> .
<organization/town-council> a us:Organization ; rdfs:label "Town Council" ;
  us:foldedName "town council" ; us:saidIn <source/gazette> .
<letter/bridge> a us:Letter ; rdfs:label "Open letter about the bridge (March 2024)" ;
  us:addressee <organization/town-council> ; us:about "river crossings" ;
  us:saidIn <source/gazette> .
<letter/library> a us:Letter ; rdfs:label "Open letter (April 2024)" ; us:about "opening hours" ;
  us:saidIn <source/courier> .
<graph/runs> { <person/a-quill> dcterms:isReplacedBy <person/ada-quill> . }
"""


@pytest.fixture
def town() -> GraphReader:
    return memory_store(
        Quad(
            quad.subject,
            quad.predicate,
            quad.object,
            Iris().knowledge if isinstance(quad.graph_name, DefaultGraph) else quad.graph_name,
        )
        for quad in parse(TOWN, format=RdfFormat.TRIG)
    )
