"""The checks of a loaded graph: shapes, violation queries, slices against their texts."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from undersigned.checking.graphs import read_turtle
from undersigned.checking.report import Finding, Report, Severity, Step
from undersigned.checking.shapes import validate_dataset
from undersigned.checking.slices import check_dataset_slices
from undersigned.checking.violations import find_violations, read_violation_queries
from undersigned.checking.vocabulary import read_ontology, subclass_triples

if TYPE_CHECKING:
    from collections.abc import Mapping

    from undersigned.project import Project
    from undersigned.store.base import GraphReader

SHOWN_EACH: Final = 20
"""Findings of one kind that are listed one by one; more are only counted."""


def check_dataset(
    reader: GraphReader, project: Project, texts: Mapping[str, str] | None = None
) -> Report:
    """Checks a loaded graph against the project's shapes and violation queries.

    Args:
        reader: the graph.
        project: whose ontology folder holds the shapes and queries.
        texts: source id → its text; with it, every slice is compared with its source, too.

    Raises:
        QueryHeaderInvalid: a violation query without summary or advice.
        QueryInvalid: a violation query that is not SPARQL 1.1.
    """
    steps = [_check_shapes(reader, project), _check_violations(reader, project)]
    if texts is not None:
        steps.append(_check_slices(reader, texts))
    return Report(tuple(steps))


def _check_shapes(reader: GraphReader, project: Project) -> Step:
    shapes = read_turtle(project.ontology / "shapes.ttl")
    subclasses = subclass_triples(read_ontology(project))
    advice = "Load the source again or assemble again; if it stays, report it as a bug."
    found = [
        Finding(v.focus_node, f"{v.path} {v.value}: {v.message}".strip(), advice)
        for v in validate_dataset(reader, shapes, subclasses)
    ]
    sources = sum(reader.iris.source_id(graph) is not None for graph in reader.graphs())
    covered = f"{sources} sources and the knowledge graph"
    return Step("SHACL shapes", covered, _cut(found))


def _check_violations(reader: GraphReader, project: Project) -> Step:
    queries = read_violation_queries(project.ontology / "checks")
    found: list[Finding] = []
    for query in queries:
        rows = [
            Finding(
                next(iter(row.values.values()), ""), _row_text(query.name, row.values), query.advice
            )
            for row in find_violations(reader, query)
        ]
        found.extend(_cut(rows))
    return Step("violation queries", f"{len(queries)} queries", tuple(found))


def _check_slices(reader: GraphReader, texts: Mapping[str, str]) -> Step:
    checked = check_dataset_slices(reader, texts)
    found = [
        Finding(
            m.slice,
            f"holds {m.words!r}, but the source has {m.found!r} there",
            "A bug of reading: please report this article.",
        )
        for m in checked.mismatches
    ]
    found += [
        Finding(
            source_id,
            "the text given is not the version that was loaded (its digest differs)",
            "Load the source again, or give the version that was loaded.",
            Severity.WARNING,
        )
        for source_id in checked.other_version
    ]
    found += [
        Finding(
            source_id,
            "its text was not given, so its slices were not compared with it",
            "Name its file or folder with --sources.",
            Severity.WARNING,
        )
        for source_id in checked.not_given
    ]
    covered = f"{checked.checked} slices of {checked.sources} sources"
    return Step("slices against their sources", covered, _cut(found))


def _row_text(name: str, values: Mapping[str, str]) -> str:
    rest = ", ".join(f"{key} {value}" for key, value in list(values.items())[1:])
    return f"{name}: {rest}" if rest else name


def _cut(findings: list[Finding]) -> tuple[Finding, ...]:
    """The first findings, and one that counts the rest."""
    if len(findings) <= SHOWN_EACH:
        return tuple(findings)
    rest = findings[SHOWN_EACH:]
    severities = Counter(found.severity for found in rest)
    severity = Severity.ERROR if severities[Severity.ERROR] else Severity.WARNING
    more = Finding("…", f"and {len(rest)} more like these", rest[0].advice, severity)
    return (*findings[:SHOWN_EACH], more)
