"""The ontology, the constants of the program and the enums of the claims say the same."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from pyoxigraph import NamedNode, RdfFormat, parse
from rdflib import OWL, RDF, SKOS, Graph

from undersigned import claims, terms
from undersigned.assembly.judgements import Verdict
from undersigned.checking.graphs import read_turtle
from undersigned.checking.vocabulary import Term, missing_documentation, read_terms

if TYPE_CHECKING:
    from enum import StrEnum

ONTOLOGY = Path(__file__).resolve().parents[2] / "ontology"
GRAPH = read_turtle(ONTOLOGY / "undersigned.ttl")
TERMS = read_terms(GRAPH)
SCHEMES: dict[str, type[StrEnum]] = {
    "certainty": claims.Certainty,
    "count-qualifier": claims.CountQualifier,
    "document-kind": claims.LetterKind,
    "mention-form": claims.MentionForm,
    "role-time": claims.RoleTime,
    "stance": claims.Stance,
    "status": claims.SignatureStatus,
    "verdict": Verdict,
}


def _constants() -> set[str]:
    values = (value for name, value in vars(terms).items() if name.isupper())
    return {
        value.value
        for value in values
        if isinstance(value, NamedNode) and value.value.startswith(terms.US)
    }


def test_every_constant_is_a_term_of_the_ontology_and_every_term_a_constant() -> None:
    defined = {str(term.iri) for term in TERMS if term.kind not in ("concept", "scheme")}
    assert _constants() == defined


def test_schemes_are_those_of_the_enums() -> None:
    schemes = {term.local_name for term in TERMS if term.kind == "scheme"}
    assert schemes == {f"{name}-scheme" for name in SCHEMES}


@pytest.mark.parametrize("scheme", SCHEMES)
def test_concepts_of_a_scheme_are_the_values_of_its_enum(scheme: str) -> None:
    scheme_iri = terms.concept(scheme, "scheme").value
    concepts = {
        str(concept)
        for concept, _, of in GRAPH.triples((None, SKOS.inScheme, None))
        if str(of) == scheme_iri
    }
    assert concepts == {terms.concept(scheme, value).value for value in SCHEMES[scheme]}


def test_every_concept_is_in_a_scheme() -> None:
    concepts = set(GRAPH.subjects(RDF.type, SKOS.Concept))
    assert concepts == set(GRAPH.subjects(SKOS.inScheme))


@pytest.mark.parametrize("term", TERMS, ids=lambda term: term.local_name)
def test_term_is_documented(term: Term) -> None:
    assert missing_documentation(GRAPH, term.iri) == []


def test_a_term_without_documentation_is_told() -> None:
    graph = Graph()
    graph.add((TERMS[0].iri, RDF.type, OWL.Class))
    missing = missing_documentation(graph, TERMS[0].iri)
    assert missing == ["a label", "a definition", "a source", "an example", "a status"]


def test_blocks_of_a_part_are_sorted() -> None:
    text = (ONTOLOGY / "undersigned.ttl").read_text(encoding="utf-8")
    for part in text.split("\n# === ")[1:]:
        if part.startswith(("Classes", "Object properties", "Datatype properties")):
            names = [line.split()[0] for line in part.splitlines() if line.startswith("us:")]
            assert names == sorted(names, key=str.lower), part.splitlines()[0]


def test_context_has_every_term_once_under_its_own_name() -> None:
    document = json.loads((ONTOLOGY / "context.jsonld").read_text(encoding="utf-8"))
    context = {
        name: value["@id"] if isinstance(value, dict) else value
        for name, value in document["@context"].items()
    }
    ours = {name: iri for name, iri in context.items() if str(iri).startswith("us:")}
    named = {term.local_name for term in TERMS if term.kind not in ("concept", "scheme")}
    assert ours == {name: f"us:{name}" for name in named}


def test_context_gives_object_properties_iris_as_values() -> None:
    document = json.loads((ONTOLOGY / "context.jsonld").read_text(encoding="utf-8"))
    for term in TERMS:
        if term.kind == "object property":
            assert document["@context"][term.local_name]["@type"] == "@id"


def test_context_reads_back_what_it_names() -> None:
    context = json.loads((ONTOLOGY / "context.jsonld").read_text(encoding="utf-8"))["@context"]
    data = {
        "@context": context,
        "id": "https://example.org/person/a",
        "type": "Person",
        "label": "A",
        "signed": "https://example.org/letter/b",
    }
    quads = list(parse(json.dumps(data), format=RdfFormat.JSON_LD))
    predicates = {quad.predicate for quad in quads}
    assert predicates == {terms.RDF_TYPE, terms.RDFS_LABEL, terms.SIGNED}
    assert NamedNode("https://example.org/letter/b") in {quad.object for quad in quads}
