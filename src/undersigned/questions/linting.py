"""What is wrong with a saved query before anybody asks it, and what will be slow."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pyparsing import ParseResults
from rdflib import URIRef
from rdflib.paths import MulPath
from rdflib.paths import Path as PropertyPath
from rdflib.plugins.sparql.algebra import translateQuery
from rdflib.plugins.sparql.parser import parseQuery
from rdflib.plugins.sparql.parserutils import CompValue

from undersigned.checking.report import Severity
from undersigned.checking.vocabulary import read_ontology
from undersigned.errors import UndersignedError
from undersigned.questions.saved_query import iter_query_paths, near, read_saved_query
from undersigned.terms import US

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from undersigned.project import Project
    from undersigned.questions.saved_query import SavedQuery

_SCANS: Final = {
    "Builtin_CONTAINS": "CONTAINS",
    "Builtin_REGEX": "REGEX",
    "Builtin_STRSTARTS": "STRSTARTS",
    "Builtin_STRENDS": "STRENDS",
}


@dataclass(frozen=True, slots=True)
class Remark:
    """Something about one query file. An error makes the check fail."""

    where: str
    severity: Severity
    message: str


def lint_queries(project: Project) -> list[Remark]:
    """Reads every saved query of a project and says what is wrong with it, file by file.

    Errors: a header that can't be read, text that is not SPARQL 1.1, a term that the ontology
    lacks, a selected column or evidence that the query doesn't give, an answer without an order,
    `SERVICE`. Warnings: shapes that grow slow with the graph.
    """
    known = {str(term) for term in read_ontology(project).subjects() if str(term).startswith(US)}
    remarks = []
    for path in iter_query_paths(project.queries):
        remarks += _lint(path, known)
    return remarks


def _lint(path: Path, known: set[str]) -> list[Remark]:
    try:
        query = read_saved_query(path)
        algebra = translateQuery(parseQuery(query.sparql)).algebra
    except UndersignedError as error:
        return [Remark(path.name, Severity.ERROR, str(error))]
    except Exception as error:  # rdflib raises bare Exception and whatever its parser meets
        return [Remark(path.name, Severity.ERROR, f"not a SPARQL 1.1 query: {error}")]
    # The library's algebra loses filters inside EXISTS; the tree as it was parsed still has them.
    nodes = [*_nodes(algebra), *_nodes(parseQuery(query.sparql))]
    found = [
        *((Severity.ERROR, message) for message in _errors(query, algebra, nodes, known)),
        *((Severity.WARNING, message) for message in _warnings(nodes)),
    ]
    return [Remark(path.name, severity, message) for severity, message in found]


def _errors(
    query: SavedQuery, algebra: CompValue, nodes: list[object], known: set[str]
) -> Iterator[str]:
    for iri in sorted({str(n) for n in nodes if isinstance(n, URIRef)} - known):
        if iri.startswith(US) and iri != US:
            names = [term.removeprefix(US) for term in known]
            yield f"us:{iri.removeprefix(US)} is not in the ontology; {near(iri[len(US) :], names)}"
    kinds = {node.name for node in nodes if isinstance(node, CompValue)}
    if "ServiceGraphPattern" in kinds:
        yield "SERVICE asks another server, and saved queries ask the graph alone; take it out"
    if algebra.name != "SelectQuery":
        yield "only SELECT gives rows; write it as a SELECT query"
        return
    if "OrderBy" not in kinds:
        yield "without ORDER BY the rows come in any order; order by every column that can differ"
    given = {str(name) for name in algebra.PV}
    for name in [*query.columns, *query.evidence]:
        if name not in given:
            yield f"the header names {name!r}, and SELECT does not give it"


def _warnings(nodes: list[object]) -> Iterator[str]:
    graphs = [n for n in nodes if isinstance(n, CompValue) and n.name == "Graph"]
    if any(isinstance(inner, MulPath) for graph in graphs for inner in _nodes(graph)):
        yield "a repeated path (* or +) inside GRAPH can't cross graphs; rows may be missing"
    kinds = {node.name for node in nodes if isinstance(node, CompValue)}
    for kind, name in _SCANS.items():
        if kind in kinds:
            yield f"{name} looks at every value: bind something else first, or expect a slow answer"
    if any(isinstance(node, MulPath) for node in nodes):
        yield "a repeated path (* or +) grows with the graph: start it from a bound end"


def _nodes(part: object) -> Iterator[object]:
    """Yields every part of an algebra tree."""
    yield part
    if isinstance(part, CompValue):
        for value in part.values():
            yield from _nodes(value)
    elif isinstance(part, list | tuple | set | frozenset | ParseResults):
        for value in part:
            yield from _nodes(value)
    elif isinstance(part, MulPath):
        yield from _nodes(part.path)
    elif isinstance(part, PropertyPath):
        yield from _nodes(getattr(part, "args", None) or getattr(part, "arg", ()))
