"""The embedded store: pyoxigraph on disk, one writer, and published snapshots for readers.

    PATH/store.json       format, base IRI, the current revision
    PATH/live/            what the writer writes to; readers never open it
    PATH/revisions/REV/   a hard-linked snapshot of every published revision that is kept
    PATH/unpublished      there while live/ holds what no revision has
    PATH/writer.lock      held while a writer is open: concurrent updates lose writes without it

A reader opens the current revision read-only, so that loading and reading never wait for each
other and a reader never sees half a load. The file store.json is replaced in one step, last.
"""

from __future__ import annotations

import json
import os
import secrets
import shutil
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Self

import pyoxigraph
from filelock import FileLock, Timeout
from pyoxigraph import NamedNode, Quad, RdfFormat, Triple

from undersigned.errors import QueryInvalid, StoreLocked, StoreUnreadable
from undersigned.iris import DEFAULT_BASE, Iris
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

FORMAT: Final = 1
EMPTY: Final = "000000-empty"
"""The revision of a store before anything was published; it has no snapshot."""
KEPT_REVISIONS: Final = 3
"""A reader that opens while two loads end still finds its snapshot."""


class EmbeddedReader:
    """Reads one revision of an embedded store, on disk or in memory."""

    def __init__(self, store: pyoxigraph.Store, iris: Iris, revision: str) -> None:
        self.iris = iris
        self.revision = revision
        self._store = store

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
            [self.iris.knowledge] if default_graphs is None else list(default_graphs)
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


class EmbeddedWriter(EmbeddedReader):
    """The one process that writes. Close it to let others write."""

    def __init__(
        self,
        store: pyoxigraph.Store,
        iris: Iris,
        revision: str,
        *,
        place: _Place | None = None,
        lock: FileLock | None = None,
    ) -> None:
        super().__init__(store, iris, revision)
        self._place = place
        self._lock = lock
        # A load may have been killed between its last write and its publishing.
        self._changed = place is not None and place.unpublished.exists()

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

    def publish(self) -> str:
        """Makes what was written visible to readers; the same revision if nothing was."""
        if not self._changed:
            return self.revision
        if self._place is not None:
            self._store.flush()
            self.revision = self._place.publish(self._store, self.iris)
        else:
            self.revision = _new_revision(self.revision)
        self._changed = False
        return self.revision

    def close(self) -> None:
        """Lets go of the files and of the lock. What was not published stays unseen by readers."""
        super().close()
        if self._lock is not None:
            self._lock.release()

    def _change(self, removals: list[str], added: Mapping[NamedNode, set[Triple]]) -> None:
        """Runs updates that remove and adds triples by graph, in one transaction."""
        if not removals and not added:
            return
        if not self._changed and self._place is not None:
            self._place.unpublished.touch()
        self._changed = True
        if removals:
            insertions = [_data("INSERT", graph, triples) for graph, triples in added.items()]
            self._store.update(";\n".join(removals + insertions))
        else:  # needs no text of an update, which takes twice as long
            self._store.extend(
                Quad(n.subject, n.predicate, n.object, graph)
                for graph, triples in added.items()
                for n in triples
            )


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
    place = _Place(path)
    if place.is_something_else():
        raise StoreUnreadable(_SOMETHING_ELSE.format(path=path))
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
        store = pyoxigraph.Store(str(place.live))
    except BaseException:
        lock.release()
        raise
    return EmbeddedWriter(store, Iris(head.base), head.revision, place=place, lock=lock)


def open_reader(path: Path) -> EmbeddedReader:
    """Opens the current revision of a store.

    Raises:
        StoreUnreadable: there is no store, or nothing was loaded into it yet.
    """
    place = _Place(path)
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


_BEFORE_THE_HEAD: Final = {"writer.lock", "store.json.new"}
"""What lies in a store that another process is making just now, or was killed while making."""
_SOMETHING_ELSE: Final = (
    "{path} exists and is not a store of this program; name another folder with --store"
)


@dataclass(frozen=True, slots=True)
class _Head:
    revision: str
    base: str


@dataclass(frozen=True, slots=True)
class _Place:
    """The files of a store on disk."""

    path: Path

    @property
    def live(self) -> Path:
        return self.path / "live"

    @property
    def unpublished(self) -> Path:
        return self.path / "unpublished"

    def revision(self, name: str) -> Path:
        return self.path / "revisions" / name

    def is_store(self) -> bool:
        return (self.path / "store.json").is_file()

    def is_something_else(self) -> bool:
        """Whether a file or a folder with content of others lies here."""
        if self.is_store() or not self.path.exists():
            return False
        return not self.path.is_dir() or any(
            child.name not in _BEFORE_THE_HEAD for child in self.path.iterdir()
        )

    def read_head(self) -> _Head:
        if self.is_something_else():
            raise StoreUnreadable(_SOMETHING_ELSE.format(path=self.path))
        if not self.is_store():
            raise StoreUnreadable(
                f"{self.path}: no store there; say `undersigned load SOURCE --store {self.path}`, "
                "or name the store's folder with --store"
            )
        try:
            head = json.loads((self.path / "store.json").read_text(encoding="utf-8"))
            version, found = head["format"], _Head(head["revision"], head["base"])
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise StoreUnreadable(
                f"{self.path}/store.json can't be read ({error}); restore it from a copy of the "
                "store, or load the sources into a new one"
            ) from error
        if version != FORMAT:
            raise StoreUnreadable(
                f"{self.path}: the store has format {version!r}, and this program reads format "
                f"{FORMAT}; load the sources into a new store, or use the program that made it"
            )
        return found

    def write_head(self, revision: str, base: str) -> None:
        head = {"format": FORMAT, "revision": revision, "base": base}
        draft = self.path / "store.json.new"
        with draft.open("w", encoding="utf-8") as out:
            out.write(json.dumps(head, indent=2) + "\n")
            out.flush()
            os.fsync(out.fileno())  # or a power cut could leave the new name with no content
        draft.replace(self.path / "store.json")

    def publish(self, store: pyoxigraph.Store, iris: Iris) -> str:
        revision = _new_revision(self.read_head().revision)
        folder = self.revision(revision)
        folder.parent.mkdir(exist_ok=True)
        store.backup(str(folder))
        self.write_head(revision, iris.base)
        self.unpublished.unlink(missing_ok=True)
        old = sorted(child for child in folder.parent.iterdir() if child.name < revision)
        for child in old[: -(KEPT_REVISIONS - 1)]:
            with suppress(OSError):  # a reader may hold it open where files in use can't be removed
                shutil.rmtree(child)
        return revision


def _new_revision(last: str) -> str:
    # The number orders revisions; the random part tells stores apart that were made anew.
    return f"{int(last.split('-')[0]) + 1:06d}-{secrets.token_hex(4)}"


def _data(verb: str, graph: NamedNode, triples: set[Triple]) -> str:
    """`INSERT DATA` or `DELETE DATA` of one graph's triples, at least one."""
    # N-Triples, as the serialiser writes and escapes it, is a subset of what SPARQL reads here.
    lines = pyoxigraph.serialize(triples, format=RdfFormat.N_TRIPLES) or b""
    return f"{verb} DATA {{ GRAPH {graph} {{\n{lines.decode()}}} }}"
