"""`undersigned.open_graph`: a graph on disk or behind an endpoint, in Python."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Self

from pyoxigraph import NamedNode, QueryBoolean, QuerySolutions

from undersigned.errors import StoreError
from undersigned.exporting.columns import get_table_definition, read_table
from undersigned.exporting.networks import build_network
from undersigned.notebook.answers import QuestionAnswer
from undersigned.notebook.frames import arrow_of
from undersigned.project import find_project
from undersigned.questions.ask import ask
from undersigned.questions.formats import value_of
from undersigned.questions.lookup import EntityType, get_entity
from undersigned.questions.saved_query import get_saved_query, iter_query_paths, read_saved_query
from undersigned.settings import read_settings
from undersigned.store.embedded import open_reader
from undersigned.store.remote import RemoteReader
from undersigned.why import why

if TYPE_CHECKING:
    from types import TracebackType

    import networkx
    import owlready2
    import pyarrow
    import rdflib

    from undersigned.loading.run import LoadReport
    from undersigned.notebook.frames import Value
    from undersigned.store.base import GraphReader
    from undersigned.why import Passage

_ADDRESS = re.compile(r"https?://", re.IGNORECASE)


def open_graph(place: str | Path | None = None, *, project: str | Path | None = None) -> Graph:
    """Opens a graph.

    Args:
        place: a store's folder, or the address of a SPARQL endpoint; the store of the settings if
            not given.
        project: the folder with queries and ontology; found as the command line finds it.

    Raises:
        StoreUnreadable: there is no store in the folder.
        ProjectNotFound: the named project folder is none.
    """
    return Graph(place, project=project)


class Graph:
    """A graph of letters, signatures and statements. Close it, or use it in a `with` block."""

    def __init__(
        self, place: str | Path | None = None, *, project: str | Path | None = None
    ) -> None:
        named = Path(project) if project is not None else None
        self._project = find_project(named)
        self._settings = read_settings(named)
        self.place = str(place) if place is not None else str(self._settings.store)
        self._reader = self._open()

    @property
    def reader(self) -> GraphReader:
        """The store's own interface, at the revision that was opened."""
        return self._reader

    @property
    def revision(self) -> str:
        """The revision that answers."""
        return self._reader.revision

    def ask(self, question: str, **parameters: object) -> QuestionAnswer:
        """Answers a saved query: `graph.ask("co-signers", person="Mark Ruffalo")`.

        Raises:
            QueryNotFound: there is no such saved query.
            QueryParameterMissing: a required parameter has no value.
            QueryParameterInvalid: a value is not of its type, or there is no such parameter.
            EntityNotFound: nothing has the given name.
            EntityAmbiguous: several things have it.
        """
        query = get_saved_query(self._project.queries, question)
        values = {name: str(value) for name, value in parameters.items() if value is not None}
        return QuestionAnswer(ask(self._reader, query, values), self._reader)

    def questions(self) -> dict[str, str]:
        """Every saved query's name with its question."""
        saved = (read_saved_query(path) for path in iter_query_paths(self._project.queries))
        return {query.name: query.summary for query in saved}

    def sparql(self, query: str) -> list[dict[str, Value]] | bool:
        """Runs SPARQL over the knowledge graph: rows by variable, or what an ASK says.

        Raises:
            QueryInvalid: not SPARQL 1.1, or neither SELECT nor ASK.
            QueryRefused: the query would reach out.
        """
        answer = self._reader.query(query)
        if isinstance(answer, QueryBoolean):
            return bool(answer)
        if isinstance(answer, QuerySolutions):
            names = [variable.value for variable in answer.variables]
            return [
                dict(zip(names, (value_of(term) for term in row), strict=True)) for row in answer
            ]
        names = ["subject", "predicate", "object"]
        return [
            dict(zip(names, map(value_of, (x.subject, x.predicate, x.object)), strict=True))
            for x in answer
        ]

    def why(self, thing: str) -> list[Passage]:
        """The passages that carry an entity, fact, claim or source, by IRI or name.

        Raises:
            EntityNotFound: nothing has the given name.
            EntityAmbiguous: several things have it.
        """
        if _ADDRESS.match(thing):
            return why(self._reader, NamedNode(thing))
        return why(self._reader, get_entity(self._reader, thing, EntityType.ANY).iri)

    def table(self, name: str) -> pyarrow.Table:
        """One of the export's tables ("letters", "signatures", "statements" ...) as Arrow.

        Raises:
            ExportError: there is no such table.
        """
        table = read_table(self._reader, get_table_definition(name))
        columns = [column.name for column in table.definition.columns]
        rows = [
            tuple(
                cell if cell is None or isinstance(cell, str | int) else str(cell) for cell in row
            )
            for row in table.rows
        ]
        return arrow_of(columns, rows)

    def network(self, name: str = "co-signatures") -> networkx.Graph[str]:
        """A network ("co-signatures", "signatures", "statements") with attributes, as networkx.

        Raises:
            ExportError: there is no such network.
        """
        return build_network(self._reader, name)[0]

    def load(self, *sources: str | Path) -> LoadReport:
        """Loads files, folders, patterns or web addresses; afterwards the new revision answers.

        Raises:
            StoreError: the graph is behind an endpoint, or another process is writing.
        """
        if _ADDRESS.match(self.place):
            raise StoreError(
                f"{self.place} is an endpoint, and loading writes into a store's folder; open that "
                "folder instead"
            )
        from undersigned.loading.gather import gather
        from undersigned.loading.readers import ReadingRules
        from undersigned.loading.run import load
        from undersigned.store.embedded import open_writer

        self._reader.close()
        items = gather([str(source) for source in sources]).items
        rules = ReadingRules(
            project=self._project,
            pipeline=self._settings.pipeline,
            workers=self._settings.workers,
            largest_file_bytes=self._settings.largest_file_bytes,
        )
        try:
            with open_writer(Path(self.place)) as writer:
                return load(items, writer, rules)
        finally:
            self._reader = self._open()

    def to_rdflib(self, *, evidence: bool = False) -> rdflib.Dataset:
        """The knowledge graph as the default graph of a dataset; with `evidence` all graphs."""
        from undersigned.notebook.handing_over import rdflib_dataset

        return rdflib_dataset(self._reader, evidence=evidence)

    def to_owlready(self) -> owlready2.Ontology:
        """The ontology with the knowledge graph's individuals, in a world of its own."""
        from undersigned.notebook.handing_over import owlready_ontology

        return owlready_ontology(self._reader, self._project)

    def close(self) -> None:
        """Lets go of the revision."""
        self._reader.close()

    def __enter__(self) -> Self:
        """The graph itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Closes the graph."""
        self.close()

    def __repr__(self) -> str:
        """Where the graph lies, and its revision."""
        return f"<graph {self.place} at revision {self.revision}>"

    def _open(self) -> GraphReader:
        if _ADDRESS.match(self.place):
            return RemoteReader(self.place, base=self._settings.base_iri)
        return open_reader(Path(self.place))
