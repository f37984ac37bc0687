"""The embedded store: pyoxigraph on disk, one writer, and published snapshots for readers.

    PATH/store.json       format, base IRI, the current revision
    PATH/live/            what the writer writes to; readers never open it
    PATH/revisions/REV/   a hard-linked snapshot of every published revision that is kept
    PATH/search/          what search is answered from, made from a revision when it is asked for
    PATH/unpublished      there while live/ holds what no revision has
    PATH/suppressed.json  salted hashes of names that must not come back; see `suppression`
    PATH/erasing          there from the beginning of an erasure until its last byte is gone
    PATH/writer.lock      held while a writer is open: concurrent updates lose writes without it

A reader opens the current revision read-only, so that loading and reading never wait for each
other and a reader never sees half a load. The file store.json is replaced in one step, last.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Self

import pyoxigraph
from filelock import FileLock, Timeout
from pyoxigraph import NamedNode, Quad, RdfFormat, Triple

from undersigned.errors import QueryInvalid, StoreLocked, StoreUnreadable
from undersigned.iris import DEFAULT_BASE, Iris
from undersigned.store.place import EMPTY, SOMETHING_ELSE, Place, new_revision
from undersigned.store.suppression import Suppression, read_suppression, write_suppression
from undersigned.store.syntax import has_keyword, refuse_outbound

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path
    from types import TracebackType

    from pyoxigraph import (
        BlankNode,
        DefaultGraph,
        Literal,
        QueryBoolean,
        QuerySolutions,
        QueryTriples,
    )


class EmbeddedReader:
    """Reads one revision of an embedded store, on disk or in memory."""

    def __init__(self, store: pyoxigraph.Store, iris: Iris, revision: str) -> None:
        self.iris = iris
        self.revision = revision
        self._store = store
        self._has_unnamed: bool | None = None

    def query(
        self,
        sparql: str,
        *,
        default_graphs: Iterable[NamedNode] | None = None,
        named_graphs: Iterable[NamedNode] | None = None,
    ) -> QuerySolutions | QueryBoolean | QueryTriples:
        """Answers a SPARQL 1.1 query; see `GraphReader.query`."""
        refuse_outbound(sparql)
        default: list[NamedNode | BlankNode | DefaultGraph] | None = (
            self._default_graphs() if default_graphs is None else list(default_graphs)
        )
        if default_graphs is None and named_graphs is None and has_keyword(sparql, "FROM"):
            default = None  # the query names its own; the engine would pass over its FROM
        named: list[NamedNode | BlankNode] | None = (
            None if named_graphs is None else list(named_graphs)
        )
        try:
            return self._store.query(sparql, default_graph=default, named_graphs=named)
        except SyntaxError as error:
            raise QueryInvalid(f"not a SPARQL 1.1 query: {error}") from error

    def triples(
        self,
        graph: NamedNode,
        subject: NamedNode | None = None,
        predicate: NamedNode | None = None,
        object: NamedNode | BlankNode | Literal | None = None,
    ) -> Iterator[Triple]:
        """Yields the matching triples of one named graph."""
        for quad in self._store.quads_for_pattern(subject, predicate, object, graph):
            yield quad.triple

    def quads(self) -> Iterator[Quad]:
        """Yields every quad."""
        return iter(self._store)

    def graphs(self) -> Iterator[NamedNode]:
        """Yields the named graphs that hold something."""
        for graph in self._store.named_graphs():
            if isinstance(graph, NamedNode):
                yield graph

    def _default_graphs(self) -> list[NamedNode | BlankNode | DefaultGraph]:
        """What a query without `GRAPH` and `FROM` sees.

        Loading leaves the graph without a name empty. What people write there by updates is seen
        beside the knowledge graph.
        """
        unnamed = pyoxigraph.DefaultGraph()
        if self._has_unnamed is None:
            pattern = self._store.quads_for_pattern(None, None, None, unnamed)
            self._has_unnamed = next(pattern, None) is not None
        return [unnamed, self.iris.knowledge] if self._has_unnamed else [self.iris.knowledge]

    def close(self) -> None:
        """Lets go of the files."""
        # pyoxigraph closes a store when its last reference goes.
        self._store = pyoxigraph.Store()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


BULK_TRIPLES: Final = 20_000
"""Graphs of so many new triples are added in bulk: an article has some thousand."""


class EmbeddedWriter(EmbeddedReader):
    """The one process that writes. Close it to let others write."""

    def __init__(
        self,
        store: pyoxigraph.Store,
        iris: Iris,
        revision: str,
        *,
        place: Place | None = None,
        lock: FileLock | None = None,
    ) -> None:
        super().__init__(store, iris, revision)
        self._place = place
        self._lock = lock
        # A load may have been killed between its last write and its publishing.
        self._changed = place is not None and place.unpublished.exists()
        self.suppression = read_suppression(place.suppressed) if place else Suppression()
        self.erasing = place is not None and place.erasing.exists()

    def replace_graphs(self, graphs: Mapping[NamedNode, Iterable[Triple]]) -> None:
        """Gives each named graph exactly these triples, all in one transaction."""
        removals, added = [], {}
        for graph, triples in graphs.items():
            wanted, found = set(triples), set(self.triples(graph))
            if found and not wanted:
                removals.append(f"DROP SILENT GRAPH {graph}")  # its name goes, too
            elif found - wanted:
                removals.append(_data("DELETE", graph, found - wanted))
            if wanted - found:
                added[graph] = wanted - found
        self._change(removals, added)

    def change_graph(
        self, graph: NamedNode, removed: Iterable[Triple], added: Iterable[Triple]
    ) -> None:
        """Takes triples out of a graph and adds others, in one transaction."""
        gone, new = set(removed), set(added)
        removals = [_data("DELETE", graph, gone - new)] if gone - new else []
        self._change(removals, {graph: new - gone} if new - gone else {})

    def update(self, sparql: str) -> None:
        """Runs a SPARQL 1.1 update in one transaction; relative IRIs start at the base.

        The text is trusted: `LOAD` and `SERVICE` in it are obeyed.

        Raises:
            QueryInvalid: not SPARQL 1.1.
        """
        self._will_change()
        self._has_unnamed = None
        try:
            self._store.update(sparql, base_iri=self.iris.base)
        except SyntaxError as error:
            raise QueryInvalid(f"not a SPARQL 1.1 update: {error}") from error

    def publish(self) -> str:
        """Makes what was written visible to readers; the same revision if nothing was."""
        if not self._changed:
            return self.revision
        if self._place is not None:
            self._store.flush()
            self.revision = self._place.publish(self._store, self.iris)
        else:
            self.revision = new_revision(self.revision)
        self._changed = False
        return self.revision

    def begin_erasure(self, suppression: Suppression) -> None:
        """Keeps these names out from now on, and marks the store until `erase` has ended.

        A process that dies in between leaves the mark, so that the next one can go on.
        """
        self.suppression, self.erasing = suppression, True
        if self._place is not None:
            self._place.erasing.touch()
            write_suppression(self._place.suppressed, suppression)

    def erase(self) -> str:
        """Publishes what is left, written anew, and drops every file from before.

        What was taken out of a store stays in its files and older revisions for a while; after
        this it is in none. Takes the time of loading what is left.
        """
        if self._place is None:
            self._changed = True
            revision = self.publish()
        else:
            self._place.unpublished.touch()
            self._place.write_anew(self._store)
            self._store = pyoxigraph.Store()  # nobody may have the files open that are swapped
            self._place.swap()
            self._store = self._place.open_live()
            self._changed = True
            revision = self.publish()
            self._place.drop_revisions_but(revision)
            self._place.erasing.unlink(missing_ok=True)
        self.erasing = False
        return revision

    def close(self) -> None:
        """Lets go of the files and of the lock. What was not published stays unseen by readers."""
        super().close()
        if self._lock is not None:
            self._lock.release()

    def _change(self, removals: list[str], added: Mapping[NamedNode, set[Triple]]) -> None:
        """Runs updates that remove and adds triples by graph, in one transaction."""
        if not removals and not added:
            return
        self._will_change()
        if removals:
            insertions = [_data("INSERT", graph, triples) for graph, triples in added.items()]
            self._store.update(";\n".join(removals + insertions))
            return
        # Needs no text of an update, which takes twice as long. Large graphs come last, when the
        # mark that a load is under way is in: they are ingested as files, at a quarter of the
        # cost and half the memory of a transaction.
        large = {graph for graph, triples in added.items() if len(triples) >= BULK_TRIPLES}
        self._store.extend(_quads((g, n) for g, n in added.items() if g not in large))
        if large:
            self._store.bulk_extend(_quads((graph, added[graph]) for graph in large))

    def _will_change(self) -> None:
        if not self._changed and self._place is not None:
            self._place.unpublished.touch()
        self._changed = True


def _quads(graphs: Iterable[tuple[NamedNode, set[Triple]]]) -> Iterator[Quad]:
    for graph, triples in graphs:
        for triple in triples:
            yield Quad(triple.subject, triple.predicate, triple.object, graph)


def memory_store(quads: Iterable[Quad] = (), *, iris: Iris | None = None) -> EmbeddedWriter:
    """A store in memory that holds these quads; for tests and for one-off questions."""
    store = pyoxigraph.Store()
    store.extend(quads)
    return EmbeddedWriter(store, iris or Iris(), "000000-memory")


def open_writer(path: Path, *, base: str | None = None) -> EmbeddedWriter:
    """Opens a store for writing; makes it where there is none.

    Args:
        path: the store's folder.
        base: the base IRI of a new store. An old one keeps its own; a different one is refused.

    Raises:
        StoreLocked: another process is writing.
        StoreUnreadable: the folder is something else, or was made with another base IRI.
    """
    place = Place(path)
    if place.is_something_else():
        raise StoreUnreadable(SOMETHING_ELSE.format(path=path))
    path.mkdir(parents=True, exist_ok=True)
    lock = FileLock(path / "writer.lock", timeout=0)
    try:
        lock.acquire()
    except Timeout as error:
        raise StoreLocked(
            f"{path}: another process is writing to this store; wait until it ends, or load into "
            "another one with --store"
        ) from error
    try:
        if not place.is_store():
            place.write_head(EMPTY, base or DEFAULT_BASE)
        head = place.read_head()
        if base is not None and base != head.base:
            raise StoreUnreadable(
                f"{path} was made with the base IRI {head.base!r}, and now {base!r} is asked for; "
                "leave the base IRI as it is, or load into a new store"
            )
        store = place.open_live()
    except BaseException:
        lock.release()
        raise
    return EmbeddedWriter(store, Iris(head.base), head.revision, place=place, lock=lock)


def list_revisions(path: Path) -> list[str]:
    """The published revisions of a store that are still there, the oldest first.

    Raises:
        StoreUnreadable: there is no store.
    """
    place = Place(path)
    current = place.read_head().revision
    folders = place.revision(current).parent
    found = sorted(child.name for child in folders.iterdir()) if folders.is_dir() else []
    return [name for name in found if name <= current]  # a later one was never published


def open_revision(path: Path, revision: str) -> EmbeddedReader:
    """Opens one published revision of a store, as `list_revisions` has it.

    Raises:
        StoreUnreadable: there is no store, or it has no such revision any more.
    """
    place = Place(path)
    head = place.read_head()
    try:
        store = pyoxigraph.Store.read_only(str(place.revision(revision)))
    except OSError as error:
        kept = ", ".join(list_revisions(path)) or "none"
        raise StoreUnreadable(
            f"{path} has no revision {revision!r} any more; it keeps: {kept}"
        ) from error
    return EmbeddedReader(store, Iris(head.base), revision)


def open_reader(path: Path) -> EmbeddedReader:
    """Opens the current revision of a store.

    Raises:
        StoreUnreadable: there is no store, or nothing was loaded into it yet.
    """
    place = Place(path)
    head = place.read_head()
    while True:
        folder = place.revision(head.revision)
        try:
            store = pyoxigraph.Store.read_only(str(folder))
        except OSError as error:
            opened, head = head, place.read_head()
            if head != opened:
                continue  # loads ended since the head was read, and took this revision away
            if head.revision == EMPTY:
                raise StoreUnreadable(
                    f"{path}: nothing has been loaded yet; say `undersigned load SOURCE --store "
                    f"{path}`"
                ) from error
            raise StoreUnreadable(
                f"{folder} can't be read ({error}); restore it from a copy of the store, or load "
                "the sources into a new one"
            ) from error
        return EmbeddedReader(store, Iris(head.base), head.revision)


def _data(verb: str, graph: NamedNode, triples: set[Triple]) -> str:
    """`INSERT DATA` or `DELETE DATA` of one graph's triples, at least one."""
    # N-Triples, as the serialiser writes and escapes it, is a subset of what SPARQL reads here.
    lines = pyoxigraph.serialize(triples, format=RdfFormat.N_TRIPLES) or b""
    return f"{verb} DATA {{ GRAPH {graph} {{\n{lines.decode()}}} }}"
