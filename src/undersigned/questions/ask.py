"""Asking a saved query: typed values in, rows of terms with their evidence out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypedDict

from pyoxigraph import Literal, NamedNode, QueryBoolean, QuerySolutions

from undersigned.errors import QueryHeaderInvalid
from undersigned.questions.binding import bind
from undersigned.questions.values import terms_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from pyoxigraph import BlankNode, Triple

    from undersigned.questions.saved_query import SavedQuery
    from undersigned.store.base import GraphReader

    Term = NamedNode | BlankNode | Literal | Triple

LABEL_SUFFIX: Final = "Label"
"""Where `signerLabel` is selected, the column `signer` shows it, with `signer` as its link."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row: a term or None for each column, the thing behind each column, the row's facts."""

    cells: tuple[Term | None, ...]
    links: tuple[NamedNode | None, ...]
    evidence: tuple[NamedNode, ...]
    """Facts or claims that the row rests on, sorted, without duplicates: what `why` takes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What the graph says at one revision. Rows are in the order of the query.

    `sparql` is the query as it was asked, its parameters bound: it runs as it is on any store that
    has the same graph as its default graph. `linked` are the columns with a thing behind them.
    """

    query: SavedQuery
    parameters: Mapping[str, str]
    columns: tuple[str, ...]
    linked: frozenset[str]
    rows: tuple[Row, ...]
    revision: str
    sparql: str


def ask(reader: GraphReader, query: SavedQuery, parameters: Mapping[str, str]) -> Answer:
    """Answers a query with values as people type them, names among them.

    Raises:
        QueryParameterMissing: a required parameter has no value.
        QueryParameterInvalid: a value is not of its type, or there is no such parameter.
        EntityNotFound: nothing has the given name.
        EntityAmbiguous: several things have it.
        QueryInvalid: the query is not SPARQL 1.1.
        QueryRefused: the query would reach out.
        QueryHeaderInvalid: a column or evidence of the header is not what the query selects.
    """
    sparql = bind(query, terms_of(reader, query, parameters))
    variables, solutions = _solutions(reader, sparql)
    return Answer(
        query=query,
        parameters=dict(parameters),
        revision=reader.revision,
        sparql=sparql,
        **shown_rows(query, variables, solutions),
    )


class ShownRows(TypedDict):
    """The part of an `Answer` that follows from the solutions."""

    columns: tuple[str, ...]
    linked: frozenset[str]
    rows: tuple[Row, ...]


def shown_rows(
    query: SavedQuery,
    variables: tuple[str, ...],
    solutions: Iterable[Sequence[Term | None]],
) -> ShownRows:
    """What is shown of the solutions of a query, wherever it was evaluated.

    Raises:
        QueryHeaderInvalid: a column or evidence of the header is not what the query selects.
    """
    shown = _shown(query, variables)
    at = {name: place for place, name in enumerate(variables)}
    linked = frozenset(name for name in shown if f"{name}{LABEL_SUFFIX}" in at)
    labels = {name: at.get(f"{name}{LABEL_SUFFIX}", at[name]) for name in shown}
    return ShownRows(
        columns=shown,
        linked=linked,
        rows=tuple(
            Row(
                cells=tuple(_first(terms[labels[name]], terms[at[name]]) for name in shown),
                links=tuple(_link(terms[at[name]]) if name in linked else None for name in shown),
                evidence=_evidence(terms[at[name]] for name in query.evidence),
            )
            for terms in solutions
        ),
    )


def _solutions(
    reader: GraphReader, sparql: str
) -> tuple[tuple[str, ...], list[tuple[Term | None, ...]]]:
    """Variables and rows; an ASK has the one column `answer`, a CONSTRUCT its triples."""
    answer = reader.query(sparql)
    if isinstance(answer, QuerySolutions):
        return tuple(v.value for v in answer.variables), [tuple(row) for row in answer]
    if isinstance(answer, QueryBoolean):
        return ("answer",), [(Literal(bool(answer)),)]
    triples = sorted(answer, key=str)
    return ("subject", "predicate", "object"), [
        (triple.subject, triple.predicate, triple.object) for triple in triples
    ]


def _shown(query: SavedQuery, variables: tuple[str, ...]) -> tuple[str, ...]:
    """The header's columns; all variables where there is no header. Checks both ways."""
    if not query.columns:
        return variables
    for name in [*query.columns, *query.evidence]:
        if name not in variables:
            raise QueryHeaderInvalid(
                f"{query.where}: the header names ?{name}, but the query selects only "
                f"{' '.join('?' + variable for variable in variables)}"
            )
    for name in variables:
        if name.removesuffix(LABEL_SUFFIX) not in {*query.columns, *query.evidence}:
            raise QueryHeaderInvalid(
                f"{query.where}: the query selects ?{name}, which is neither a column of the "
                f"header, nor a column's name with {LABEL_SUFFIX}, nor evidence"
            )
    return tuple(query.columns)


def _first(label: Term | None, term: Term | None) -> Term | None:
    return term if label is None else label


def _link(term: Term | None) -> NamedNode | None:
    return term if isinstance(term, NamedNode) else None


def _evidence(terms: Iterable[Term | None]) -> tuple[NamedNode, ...]:
    """IRIs as they are, and those in a text of several, parted by spaces."""
    found: set[str] = set()
    for term in terms:
        if isinstance(term, NamedNode):
            found.add(term.value)
        elif isinstance(term, Literal):
            found.update(term.value.split())
    return tuple(NamedNode(iri) for iri in sorted(found))
