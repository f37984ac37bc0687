"""What every export format must do: others read back the same statements, and the bytes are one."""

from __future__ import annotations

import io
import random
from typing import TYPE_CHECKING

import pytest
import rdflib
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, parse
from rdflib.compare import isomorphic, to_isomorphic

from undersigned.errors import ExportError
from undersigned.exporting.base import ExportRequest
from undersigned.exporting.registry import export_formats, get_export_format
from undersigned.iris import Iris
from undersigned.store.embedded import memory_store
from undersigned.terms import RDFS_LABEL

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

IRIS = Iris()
RDFLIB_NAMES = {"rdfxml": "xml", "jsonld": "json-ld"}
OTHER_PARSERS = {
    "nquads": RdfFormat.N_QUADS,
    "trig": RdfFormat.TRIG,
    "turtle": RdfFormat.TURTLE,
    "jsonld": RdfFormat.JSON_LD,
    "rdfxml": RdfFormat.RDF_XML,
}
RDF = tuple(OTHER_PARSERS)
WHOLE = {"nquads", "trig"}
pytestmark = pytest.mark.filterwarnings(
    "ignore:(ConjunctiveGraph|Dataset.default_context|Dataset.contexts) is deprecated"
    ":DeprecationWarning"
)
"""rdflib's own readers use what it deprecates."""


def exported(
    name: str, quads: Iterable[Quad], context_file: Path, *, with_runs: bool = False
) -> bytes:
    output = io.BytesIO()
    reader = memory_store(quads)
    request = ExportRequest(
        reader=reader,
        context_file=context_file,
        with_runs=with_runs,
        licence="https://creativecommons.org/licenses/by/4.0/",
        released="2025-06-01",
    )
    get_export_format(name).write(request, output)
    return output.getvalue()


def graphs_of(name: str, content: bytes) -> dict[str, rdflib.Graph]:
    """The graphs of a file by IRI, as rdflib reads them; one without IRI for formats of one."""
    if name not in WHOLE:
        form = RDFLIB_NAMES.get(name, name)
        return {"": rdflib.Graph().parse(data=content, format=form)}
    dataset = rdflib.Dataset()
    dataset.parse(data=content, format=name)
    return {str(g.identifier): g for g in dataset.graphs() if len(g)}


def expected_graphs(quads: Iterable[Quad]) -> dict[str, rdflib.Graph]:
    """The same from the quads, term by term."""
    graphs: dict[str, rdflib.Graph] = {}
    for quad in quads:
        assert isinstance(quad.graph_name, NamedNode)
        graph = graphs.setdefault(quad.graph_name.value, rdflib.Graph())
        graph.add((_term(quad.subject), _term(quad.predicate), _term(quad.object)))
    return graphs


def _term(term: object) -> rdflib.term.Node:
    if isinstance(term, NamedNode):
        return rdflib.URIRef(term.value)
    if isinstance(term, BlankNode):
        return rdflib.BNode(term.value)
    assert isinstance(term, Literal)
    if term.language:
        return rdflib.Literal(term.value, lang=term.language)
    plain = term.datatype.value.endswith("#string")
    return rdflib.Literal(
        term.value, datatype=None if plain else rdflib.URIRef(term.datatype.value), normalize=False
    )


@pytest.mark.parametrize("name", RDF)
def test_another_library_reads_the_same_statements(
    name: str, dataset: list[Quad], context_file: Path
) -> None:
    expected = expected_graphs(dataset)
    del expected[IRIS.runs.value]
    if name not in WHOLE:
        expected = {"": expected[IRIS.knowledge.value]}
    found = graphs_of(name, exported(name, dataset, context_file))
    assert found.keys() == expected.keys()
    for graph_name, graph in expected.items():
        missing = to_isomorphic(graph) - to_isomorphic(found[graph_name])
        assert isomorphic(found[graph_name], graph), list(missing)


@pytest.mark.parametrize("name", RDF)
def test_a_second_parser_counts_the_same_statements(
    name: str, dataset: list[Quad], context_file: Path
) -> None:
    output = io.BytesIO()
    seen: list[int] = []
    request = ExportRequest(
        reader=memory_store(dataset), context_file=context_file, advance=seen.append
    )
    count = get_export_format(name).write(request, output)
    assert count == sum(seen) == (22 if name in WHOLE else 19)
    assert len(set(parse(output.getvalue(), format=OTHER_PARSERS[name]))) == count


@pytest.mark.parametrize("name", export_formats())
def test_bytes_do_not_depend_on_order_or_blank_node_names(
    name: str, dataset: list[Quad], context_file: Path
) -> None:
    renamed = {"someInner": BlankNode("zzz"), "someOuter": BlankNode("aaa")}

    def other(term: object) -> object:
        return renamed[term.value] if isinstance(term, BlankNode) else term

    shuffled = [
        Quad(other(q.subject), q.predicate, other(q.object), q.graph_name)  # type: ignore[arg-type]
        for q in random.Random(7).sample(dataset, len(dataset))
    ]
    assert exported(name, shuffled, context_file) == exported(name, dataset, context_file)


@pytest.mark.parametrize("name", sorted(WHOLE))
def test_runs_are_there_only_if_asked_for(
    name: str, dataset: list[Quad], context_file: Path
) -> None:
    assert b"loaded at noon" not in exported(name, dataset, context_file)
    assert b"loaded at noon" in exported(name, dataset, context_file, with_runs=True)


@pytest.mark.parametrize("name", RDF)
def test_empty_dataset_is_a_well_formed_file(name: str, context_file: Path) -> None:
    content = exported(name, [], context_file)
    assert list(parse(content, format=OTHER_PARSERS[name])) == []


def test_nquads_lines_are_canonical_and_sorted(dataset: list[Quad], context_file: Path) -> None:
    lines = exported("nquads", dataset, context_file).splitlines(keepends=True)
    assert lines == sorted(lines)
    assert len(lines) == 22
    name = next(line for line in lines if b'Ada\\"\\t' in line)
    assert b'"\\"Ada\\"\\t\\\\ <b>&amp;</b>\\r\\n\xc3\x89x' in name
    assert any(line.startswith(b"_:c14n") for line in lines)


@pytest.mark.parametrize(
    ("name", "quad", "words"),
    [
        (
            "rdfxml",
            Quad(NamedNode("urn:s"), RDFS_LABEL, Literal("ring\x07"), IRIS.knowledge),
            r"U\+0007.*--format turtle",
        ),
        (
            "rdfxml",
            Quad(NamedNode("urn:s"), NamedNode("http://e/1"), Literal("x"), IRIS.knowledge),
            r"<http://e/1> does not end in an XML name",
        ),
    ],
)
def test_what_a_format_can_not_say_is_an_error(
    name: str, quad: Quad, words: str, context_file: Path
) -> None:
    with pytest.raises(ExportError, match=words):
        exported(name, [quad], context_file)


def test_unknown_format_gets_near_names() -> None:
    with pytest.raises(ExportError, match="did you mean 'nquads'") as caught:
        get_export_format("n-quad")
    assert all(name in str(caught.value) for name in export_formats())
