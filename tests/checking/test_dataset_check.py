"""The check of a loaded graph."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from making import Said, article
from undersigned import terms as t
from undersigned.assembly.assemble import assemble_from_scratch
from undersigned.checking.dataset_check import SHOWN_EACH, check_dataset
from undersigned.checking.report import Severity
from undersigned.evidence.writing import evidence_triples
from undersigned.iris import Iris
from undersigned.project import Project
from undersigned.store.embedded import EmbeddedWriter, memory_store

ROOT = Path(__file__).resolve().parents[2]
PROJECT = Project(ROOT, "test")
IRIS = Iris()
SAID = Said(
    signers=("Ann Example", "Ben Sample"),
    reported=("Cal Instance",),
    declined=("Dee Placeholder",),
    addressee="Harbour Council",
    over=400,
    quotes=("we write because the tide of excuses has to turn at last",),
    quotes_of={"Ann Example": "this has gone on for long enough now"},
    roles={"Ben Sample": "actor"},
)


@pytest.fixture
def texts() -> dict[str, str]:
    return {name: article(name, SAID).source.text for name in ("post", "gazette")}


@pytest.fixture
def store() -> EmbeddedWriter:
    """Two articles on one letter, assembled."""
    store = memory_store()
    store.replace_graphs(
        {
            IRIS.source(name): evidence_triples(article(name, SAID), IRIS)
            for name in ("post", "gazette")
        }
    )
    assemble_from_scratch(store)
    return store


def test_what_loading_and_assembly_write_passes(
    store: EmbeddedWriter, texts: dict[str, str]
) -> None:
    report = check_dataset(store, PROJECT, texts)
    assert report.findings == ()
    assert [step.name for step in report.steps] == [
        "SHACL shapes",
        "violation queries",
        "slices against their sources",
    ]


def test_slices_are_left_out_without_texts(store: EmbeddedWriter) -> None:
    assert len(check_dataset(store, PROJECT).steps) == 2


def test_a_source_whose_text_was_not_given_is_a_warning(
    store: EmbeddedWriter, texts: dict[str, str]
) -> None:
    del texts["post"]
    report = check_dataset(store, PROJECT, texts)
    (finding,) = report.findings
    assert finding.severity is Severity.WARNING
    assert finding.where == "post"
    assert report.passed


def test_a_fact_without_a_claim_fails_with_advice(store: EmbeddedWriter) -> None:
    quads = [
        *store.quads(),
        Quad(NamedNode(f"{IRIS.base}role/x"), t.RDF_TYPE, t.ROLE, IRIS.knowledge),
    ]
    with memory_store(quads) as broken:
        report = check_dataset(broken, PROJECT)
    assert not report.passed
    assert [step.passed for step in report.steps] == [False, False]
    finding = report.steps[1].findings[0]
    assert finding.where == f"<{IRIS.base}role/x>"
    assert finding.what.startswith("fact-without-claim")
    assert "assemble" in finding.advice


def test_many_findings_of_one_kind_are_counted(store: EmbeddedWriter) -> None:
    strays = [
        Quad(NamedNode(f"{IRIS.base}person/stray-{number}"), t.RDF_TYPE, t.PERSON, IRIS.knowledge)
        for number in range(SHOWN_EACH + 5)
    ]
    with memory_store([*store.quads(), *strays]) as broken:
        step = check_dataset(broken, PROJECT).steps[1]
    assert len(step.findings) == SHOWN_EACH + 1
    assert step.findings[-1].what == "and 5 more like these"


def test_the_check_writes_nothing(store: EmbeddedWriter) -> None:
    before = set(store.quads())
    check_dataset(store, PROJECT)
    assert set(store.quads()) == before
    assert Literal("Ann Example") in {quad.object for quad in before}
