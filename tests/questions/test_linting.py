"""The linter of saved queries: one fault, one remark."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from test_project import make_project
from undersigned.checking.report import Severity
from undersigned.cli.app import app
from undersigned.errors import QueryNotFound
from undersigned.project import Project
from undersigned.questions.linting import lint_queries

if TYPE_CHECKING:
    from pathlib import Path

GOOD = """\
#+ summary: Who signed?
#+ columns:
#+   signer: who signed
#+ tags: [signatures]
PREFIX us: <https://w3id.org/undersigned/ontology#>
SELECT ?signer WHERE { ?signer us:signed ?letter } ORDER BY ?signer
"""


@pytest.fixture
def project(root: Path, tmp_path: Path) -> Project:
    folder = make_project(tmp_path / "project")
    shutil.copytree(root / "ontology", folder / "ontology", dirs_exist_ok=True)
    for path in (folder / "queries").glob("*.rq"):
        path.unlink()
    return Project(folder, "test")


def remarks(project: Project, text: str) -> list[tuple[Severity, str]]:
    (project.queries / "asked.rq").write_text(text, encoding="utf-8")
    return [(remark.severity, remark.message) for remark in lint_queries(project)]


def test_a_good_query_has_no_remark(project: Project) -> None:
    assert remarks(project, GOOD) == []


@pytest.mark.parametrize(
    ("old", "new", "severity", "words"),
    [
        ("us:signed", "us:sined", Severity.ERROR, "us:sined is not in the ontology; did you mean"),
        ("us:signed", "us:signed/us:sined", Severity.ERROR, "us:sined is not in the ontology"),
        (" ORDER BY ?signer", "", Severity.ERROR, "without ORDER BY"),
        ("SELECT ?signer", "SELECT ?letter", Severity.ERROR, "the header names 'signer'"),
        ("WHERE {", "WHERE { ?signer", Severity.ERROR, "not a SPARQL 1.1 query"),
        ("SELECT ?signer WHERE", "CONSTRUCT", Severity.ERROR, "not a SPARQL 1.1 query"),
        ("#+ tags: [signatures]", "#+ tags: [", Severity.ERROR, "the #+ header is not YAML"),
        (
            "?letter }",
            "?letter SERVICE <http://e.example/> { ?letter ?p ?o } }",
            Severity.ERROR,
            "SERVICE asks another server",
        ),
        ("us:signed", "us:signed+", Severity.WARNING, "a repeated path"),
        (
            "?letter }",
            '?letter FILTER(CONTAINS(STR(?letter), "x")) }',
            Severity.WARNING,
            "CONTAINS looks at every value",
        ),
        (
            "?letter }",
            '?letter FILTER EXISTS { ?letter us:about ?a FILTER(REGEX(?a, "x")) } }',
            Severity.WARNING,
            "REGEX looks at every value",
        ),
    ],
)
def test_each_fault_is_told(
    project: Project, old: str, new: str, severity: Severity, words: str
) -> None:
    found = remarks(project, GOOD.replace(old, new, 1))
    assert [kind for kind, _ in found] == [severity]
    assert words in found[0][1]


def test_a_path_inside_a_graph_gets_two_warnings(project: Project) -> None:
    text = GOOD.replace("?signer us:signed ?letter", "GRAPH ?g { ?signer us:signed+ ?letter }")
    messages = [message for _, message in remarks(project, text)]
    assert len(messages) == 2
    assert "inside GRAPH" in messages[0]


def test_the_saved_queries_have_no_errors(root: Path) -> None:
    found = lint_queries(Project(root, "test"))
    assert [remark for remark in found if remark.severity is Severity.ERROR] == []


def test_the_command_fails_on_an_error_and_counts(project: Project) -> None:
    (project.queries / "asked.rq").write_text(GOOD.replace("us:signed", "us:x"), encoding="utf-8")
    result = CliRunner().invoke(app, ["queries", "--check", "--project", str(project.folder)])
    assert result.exit_code == 1
    assert result.stdout.startswith("asked.rq: error: us:x is not in the ontology")
    assert "1 queries, 1 errors, 0 warnings" in result.stderr


def test_queries_are_listed_by_tag(root: Path) -> None:
    listed = CliRunner().invoke(app, ["queries", "--tag", "quality", "--project", str(root)])
    names = [line.split("\t")[0] for line in listed.stdout.splitlines()]
    assert "low-confidence" in names
    assert "signatories" not in names
    wrong = CliRunner().invoke(app, ["queries", "--tag", "none", "--project", str(root)])
    assert isinstance(wrong.exception, QueryNotFound)
