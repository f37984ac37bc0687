"""The proof that a store holds no trace of somebody: statements and files, looked through."""

from __future__ import annotations

import mmap
from functools import lru_cache
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from undersigned.correcting.names_in_text import SuppressedNames
from undersigned.correcting.withholding import Withholding
from undersigned.iris import slug_of
from undersigned.questions.lookup import EntityType, near_names

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from undersigned.store.base import GraphReader
    from undersigned.store.suppression import Suppression


def find_residue(reader: GraphReader, suppression: Suppression) -> tuple[int, set[str]]:
    """How many statements a dataset has, and the graphs of those that hold a suppressed name.

    Looks at every literal and IRI, then at each source as a load would: a source that would be
    written otherwise is one of them. The ontology is left out: its examples name nobody.
    """
    names = SuppressedNames(suppression)
    in_iri = lru_cache(maxsize=10_000)(names.is_in_iri)
    found, count = set(), 0
    for quad in reader.quads():
        count += 1
        if quad.graph_name == reader.iris.ontology:
            continue
        for term in (quad.subject, quad.object, quad.graph_name):
            # Of a slice's IRI all but the offsets: most statements are about slices.
            if (isinstance(term, NamedNode) and in_iri(term.value.partition("#char=")[0])) or (
                isinstance(term, Literal) and names.is_in(term.value)
            ):
                found.add(str(quad.graph_name))
    withholding = Withholding(reader.iris, suppression)
    for graph in reader.graphs():
        if reader.iris.source_id(graph) is not None:
            triples = set(reader.triples(graph))
            if withholding.apply(graph, triples).triples != triples:
                found.add(str(graph))
    return count, found


def near_people(reader: GraphReader, names: Iterable[str]) -> list[str]:
    """People whose names are spelt much like these, who may be the same by another spelling."""
    return sorted({near for name in names for near in near_names(reader, name, EntityType.PERSON)})


def files_holding(
    folder: Path, names: Iterable[str], *, apart_from: str = ""
) -> tuple[int, set[str]]:
    """How many files a folder has, and those with a name as it is, in small letters or a slug.

    Args:
        folder: the store.
        names: what is looked for.
        apart_from: a text that is in the store for good; what stands in it can't be looked for.
    """
    forms = {form for name in names for form in (name, name.lower(), slug_of(name))}
    needles = [form.encode() for form in forms if form not in apart_from]
    found, count = set(), 0
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            count += 1
            if path.stat().st_size and _holds(path, needles):
                found.add(str(path.relative_to(folder)))
    return count, found


def ontology_text(reader: GraphReader) -> str:
    """All that the ontology says, labels and examples, a line each."""
    said = (n.object for n in reader.triples(reader.iris.ontology))
    return "\n".join(sorted(term.value for term in said if isinstance(term, Literal)))


def _holds(path: Path, needles: Iterable[bytes]) -> bool:
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        return any(content.find(needle) >= 0 for needle in needles)
