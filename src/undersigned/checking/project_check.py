"""The checks of a project's ontology: files, documentation, HermiT, examples."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from rdflib import Graph

from undersigned.checking.graphs import read_merged, read_quads, read_turtle
from undersigned.checking.reasoner import Reasoned, not_entailed, reason, wrongly_entailed
from undersigned.checking.report import Finding, Report, Severity, Step
from undersigned.checking.shapes import validate
from undersigned.checking.violations import find_violations, read_violation_queries
from undersigned.checking.vocabulary import (
    alignment_files,
    example_files,
    missing_documentation,
    read_alignments,
    read_ontology,
    read_terms,
    subclass_triples,
)
from undersigned.errors import ReasonerUnavailable
from undersigned.iris import Iris
from undersigned.store.embedded import memory_store
from undersigned.terms import US

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from undersigned.project import Project

ENTAILED: Final = ".entails.ttl"
NOT_ENTAILED: Final = ".not-entailed.ttl"


def check_project(project: Project, *, with_reasoner: bool = True) -> Report:
    """Checks the ontology itself; a few seconds, most of them HermiT's.

    Every file parses; every term has its documentation and its entry in the JSON-LD context; the
    ontology with its alignments is consistent and no class of it is empty by necessity; the
    examples keep the shapes, trip no violation query, and entail what they should and no more.

    Raises:
        QueryHeaderInvalid: a violation query without summary or advice.
    """
    files = _check_files(project)
    if not files.passed:
        return Report((files,))
    steps = [files, _check_terms(project), _check_context(project), _check_examples(project)]
    if with_reasoner:
        steps.append(_check_reasoning(project))
    return Report(tuple(steps))


def _check_files(project: Project) -> Step:
    ontology = project.ontology
    single = [ontology / "undersigned.ttl", ontology / "shapes.ttl"]
    beside = sorted((ontology / "examples").glob("*.ttl"))
    turtle = [*single, *alignment_files(project), *beside]
    trig = example_files(project)
    findings = [found for path in turtle for found in _parse_findings(path, read_turtle)]
    findings += [found for path in trig for found in _parse_findings(path, read_quads)]
    covered = f"{len(turtle) + len(trig)} Turtle and TriG files"
    return Step("files parse", covered, tuple(findings))


def _parse_findings(path: Path, read: Callable[[Path], object]) -> list[Finding]:
    try:
        read(path)
    except (OSError, SyntaxError, ValueError) as error:
        return [Finding(str(path), f"can't be read: {error}", "Correct the file at that place.")]
    return []


def _check_terms(project: Project) -> Step:
    graph = read_ontology(project)
    terms = read_terms(graph)
    findings = [
        Finding(f"us:{term.local_name}", f"has not {lack}", "Add it in ontology/undersigned.ttl.")
        for term in terms
        for lack in missing_documentation(graph, term.iri)
    ]
    return Step("every term is documented", f"{len(terms)} terms", tuple(findings))


def _check_context(project: Project) -> Step:
    path = project.ontology / "context.jsonld"
    try:
        entries = json.loads(path.read_text(encoding="utf-8"))["@context"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        finding = Finding(str(path), f"can't be read: {error}", "Write it as a JSON-LD context.")
        return Step("JSON-LD context", "0 terms", (finding,))
    known = {v["@id"] if isinstance(v, dict) else v for v in entries.values()}
    terms = [t for t in read_terms(read_ontology(project)) if t.kind not in ("concept", "scheme")]
    findings = [
        Finding(str(path), f"lacks us:{term.local_name}", "Add the term to the context.")
        for term in terms
        if not known & {f"us:{term.local_name}", f"{US}{term.local_name}"}
    ]
    return Step("JSON-LD context", f"{len(terms)} terms", tuple(findings))


def _check_examples(project: Project) -> Step:
    ontology, shapes = read_ontology(project), read_turtle(project.ontology / "shapes.ttl")
    queries = read_violation_queries(project.ontology / "checks")
    findings: list[Finding] = []
    paths = example_files(project)
    for path in paths:
        graph = read_merged(path)
        for broken in validate(graph, shapes, subclass_triples(ontology)):
            what = f"{broken.focus_node} {broken.path}: {broken.message}"
            findings.append(Finding(str(path), what, "Correct the example or the shape."))
        with memory_store(read_quads(path), iris=Iris()) as reader:
            for query in queries:
                for violation in find_violations(reader, query):
                    what = f"{query.name}: {' '.join(violation.values.values())}"
                    findings.append(Finding(str(path), what, query.advice))
    covered = f"{len(paths)} examples, {len(queries)} violation queries, SHACL"
    return Step("examples are valid", covered, tuple(findings))


def _check_reasoning(project: Project) -> Step:
    ontology = read_ontology(project) + read_alignments(project)
    examples = example_files(project)
    covered = f"{len(alignment_files(project))} alignments, {len(examples)} examples"
    try:
        findings = _ontology_findings(reason(ontology))
        if not findings:
            for path in examples:
                findings.extend(_example_findings(path, ontology))
    except ReasonerUnavailable as error:
        findings = [Finding("HermiT", str(error), "Install Java, or say --no-reasoner.")]
    return Step("HermiT", covered, tuple(findings))


def _ontology_findings(reasoned: Reasoned) -> list[Finding]:
    if not reasoned.consistent:
        what = "the ontology with its alignments contradicts itself"
        return [Finding("ontology/", what, "Undo the last change of an axiom, and check again.")]
    return [
        Finding(
            str(iri), "can't have a single member", "Look at its superclasses and disjointness."
        )
        for iri in reasoned.unsatisfiable
    ]


def _example_findings(path: Path, ontology: Graph) -> list[Finding]:
    reasoned = reason(ontology + read_merged(path))
    if not reasoned.consistent:
        what = "contradicts the ontology"
        return [Finding(str(path), what, "Correct the example or the axiom that it breaks.")]
    wanted = _beside(path, ENTAILED)
    missing = [
        Finding(
            str(path), f"should entail, but does not: {line}", "Correct the axiom or the example."
        )
        for line in not_entailed(reasoned, wanted)
    ]
    if not len(wanted):
        what = f"no file {path.stem}{ENTAILED} says what it must entail"
        missing.append(Finding(str(path), what, "Write it.", Severity.WARNING))
    return missing + [
        Finding(str(path), f"must not entail: {line}", "Correct the axiom or the example.")
        for line in wrongly_entailed(reasoned, _beside(path, NOT_ENTAILED))
    ]


def _beside(path: Path, ending: str) -> Graph:
    other = path.with_name(path.stem + ending)
    return read_turtle(other) if other.is_file() else Graph()
