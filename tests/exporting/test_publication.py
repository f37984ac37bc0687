"""What is left out before others get the graph, with its words and names."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from undersigned import terms as t
from undersigned.exporting.base import ExportRequest
from undersigned.exporting.columns import get_table_definition, read_table
from undersigned.exporting.publication import Publication, published_part
from undersigned.exporting.registry import get_export_format
from undersigned.iris import Iris

if TYPE_CHECKING:
    from pathlib import Path

    from undersigned.store.base import GraphReader
    from undersigned.store.embedded import EmbeddedWriter

IRIS = Iris()


def dump(reader: GraphReader, context_file: Path) -> str:
    output = io.BytesIO()
    request = ExportRequest(reader=reader, context_file=context_file)
    get_export_format("nquads").write(request, output)
    return output.getvalue().decode()


def signers(reader: GraphReader) -> list[object]:
    return [row[1] for row in read_table(reader, get_table_definition("signatures")).rows]


def test_nothing_left_out_is_the_same_dump(graph: EmbeddedWriter, context_file: Path) -> None:
    part, left_out = published_part(graph, Publication())
    assert dump(part, context_file) == dump(graph, context_file)
    assert left_out == {}


def test_hedged_signatures_go_with_their_claims(graph: EmbeddedWriter, context_file: Path) -> None:
    part, left_out = published_part(graph, Publication(without_unconfirmed=True))
    assert left_out == {"unconfirmed signatures": 1}
    assert signers(part) == ["Ann Example", "Ben Sample", "Dee Refuser"]
    assert "reportedly signed" in dump(graph, context_file)
    assert "reportedly signed" not in dump(part, context_file)


def test_a_person_whom_no_article_names_is_nowhere(
    graph: EmbeddedWriter, context_file: Path
) -> None:
    for name in ("post", "gazette"):
        article = next(graph.triples(IRIS.knowledge, IRIS.source(name), t.RDF_TYPE))
        graph.change_graph(IRIS.knowledge, [article], [])
    part, left_out = published_part(graph, Publication(without_private_persons=True))
    assert left_out == {"private persons": 4}
    assert signers(part) == []
    text = dump(part, context_file)
    assert all(name not in text for name in ("Ann Example", "Cal Instance", "Dee Refuser"))
    assert "Harbour Council" in text


def test_long_quotations_go_and_short_ones_stay(graph: EmbeddedWriter, context_file: Path) -> None:
    part, left_out = published_part(graph, Publication(longest_quotation=40))
    assert left_out == {"statements of more than 40 characters": 1}
    text = dump(part, context_file)
    assert "tide of excuses" not in text
    assert "gone on for long enough" in text
    assert len(signers(part)) == 4
