"""The whole check of a project's ontology folder, on the real one and on damaged copies."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from undersigned.checking.project_check import check_project
from undersigned.errors import QueryHeaderInvalid
from undersigned.project import Project

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A copy of the project's ontology that a test may damage."""
    shutil.copytree(ROOT / "ontology", tmp_path / "ontology")
    return Project(tmp_path, "test")


def _keep_example(project: Project, name: str) -> Path:
    """Leaves one example in a copy: HermiT takes a second for each."""
    for path in (project.ontology / "examples").iterdir():
        if not path.name.startswith(f"{name}."):
            path.unlink()
    return project.ontology / "examples" / f"{name}.trig"


def _replace(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_the_ontology_passes() -> None:
    report = check_project(Project(ROOT, "test"), with_reasoner=False)
    assert report.findings == ()
    assert report.passed
    assert [step.name for step in report.steps] == [
        "files parse",
        "every term is documented",
        "JSON-LD context",
        "examples are valid",
    ]


def test_a_file_that_is_not_turtle_is_named_with_its_line(project: Project) -> None:
    path = project.ontology / "alignments" / "org.ttl"
    path.write_text("us:Person a ; .\n", encoding="utf-8")
    (finding,) = check_project(project, with_reasoner=False).findings
    assert finding.where == str(path)
    assert "line 1" in finding.what


def test_a_term_without_an_example_is_named(project: Project) -> None:
    _replace(project.ontology / "undersigned.ttl", 'skos:example "Example"@en ;', "")
    (finding,) = check_project(project, with_reasoner=False).findings
    assert (finding.where, finding.what) == ("us:alias", "has not an example")


def test_a_term_that_the_context_lacks_is_named(project: Project) -> None:
    _replace(project.ontology / "context.jsonld", '    "cue": "us:cue",\n', "")
    (finding,) = check_project(project, with_reasoner=False).findings
    assert finding.what == "lacks us:cue"


def test_an_example_that_breaks_shape_and_query_is_told_twice(project: Project) -> None:
    path = project.ontology / "examples" / "reported-signature.trig"
    _replace(path, "us:status us:status-reported ; us:statedOn", "us:statedOn")
    findings = check_project(project, with_reasoner=False).findings
    assert {finding.where for finding in findings} == {str(path)}
    whats = " ".join(finding.what for finding in findings)
    assert "ontology#status:" in whats
    assert "status-not-in-history" in whats


@pytest.mark.reasoner
def test_an_example_that_contradicts_the_ontology_is_named(project: Project) -> None:
    path = _keep_example(project, "conflicting-counts")
    assert check_project(project).steps[-1].passed
    _replace(path, "<letter/post-5> a us:Letter ;", "<letter/post-5> a us:Letter , us:Person ;")
    findings = check_project(project).findings
    assert "contradicts the ontology" in [finding.what for finding in findings]


@pytest.mark.reasoner
def test_a_lost_property_chain_is_told_by_what_no_longer_follows(project: Project) -> None:
    _keep_example(project, "reported-signature")
    path = project.ontology / "undersigned.ttl"
    chain = "owl:propertyChainAxiom ( us:signed [ owl:inverseOf us:signed ] ) ;"
    _replace(path, chain, "")
    findings = check_project(project).findings
    assert findings
    assert all("should entail" in f.what and "coSignedWith" in f.what for f in findings)


def test_a_violation_query_without_advice_is_refused(project: Project) -> None:
    path = project.ontology / "checks" / "new-violation.rq"
    path.write_text("#+ summary: Which?\nSELECT * { ?s ?p ?o }\n", encoding="utf-8")
    with pytest.raises(QueryHeaderInvalid, match=r"advice: …"):
        check_project(project, with_reasoner=False)
