"""Pictures of networks: SVG that a browser and an editor open, PNG with the pixels of a print."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING
from xml.etree import ElementTree

import pytest

from undersigned.exporting.base import ExportRequest
from undersigned.exporting.registry import get_export_format
from undersigned.store.embedded import EmbeddedWriter, memory_store

if TYPE_CHECKING:
    from pathlib import Path

SVG = "{http://www.w3.org/2000/svg}"


def picture(
    store: EmbeddedWriter, context_file: Path, network: str, name: str = "svg"
) -> tuple[bytes, list[str]]:
    told: list[str] = []
    output = io.BytesIO()
    request = ExportRequest(
        reader=store, context_file=context_file, network=network, tell=told.append
    )
    get_export_format(name).write(request, output)
    return output.getvalue(), told


def texts(content: bytes) -> list[str]:
    tree = ElementTree.fromstring(content)
    return ["".join(text.itertext()) for text in tree.iter(f"{SVG}text")]


def test_signers_stand_with_their_names_and_lines(
    graph: EmbeddedWriter, context_file: Path
) -> None:
    content, _ = picture(graph, context_file, "co-signatures")
    assert {"Ann Example", "Ben Sample", "Cal Instance"} <= set(texts(content))
    assert len(list(ElementTree.fromstring(content).iter(f"{SVG}line"))) == 3


def test_letters_are_squares_and_people_circles(graph: EmbeddedWriter, context_file: Path) -> None:
    tree = ElementTree.fromstring(picture(graph, context_file, "signatures")[0])
    squares = [rect for rect in tree.iter(f"{SVG}rect") if rect.get("rx")]
    assert len(squares) == 1
    assert len(list(tree.iter(f"{SVG}circle"))) == 3 + 2  # two more explain the colours


def test_lines_of_speech_have_arrows(graph: EmbeddedWriter, context_file: Path) -> None:
    tree = ElementTree.fromstring(picture(graph, context_file, "statements")[0])
    assert next(tree.iter(f"{SVG}marker")).get("id") == "arrow"
    assert all(line.get("marker-end") for line in tree.iter(f"{SVG}line"))


def test_an_empty_network_says_so(context_file: Path) -> None:
    content, _ = picture(memory_store(), context_file, "co-signatures")
    assert "nobody is joined to anybody here" in texts(content)


def test_a_picture_loads_nothing_from_elsewhere(graph: EmbeddedWriter, context_file: Path) -> None:
    content, _ = picture(graph, context_file, "signatures")
    assert content.count(b"http") == content.count(b"http://www.w3.org/2000/svg") == 1


@pytest.mark.parametrize("network", ["co-signatures", "signatures", "statements"])
def test_the_same_graph_gives_the_same_picture(
    network: str, graph: EmbeddedWriter, context_file: Path
) -> None:
    assert picture(graph, context_file, network) == picture(graph, context_file, network)


def test_a_png_is_wide_enough_for_print(graph: EmbeddedWriter, context_file: Path) -> None:
    content, _ = picture(graph, context_file, "signatures", "png")
    assert content.startswith(b"\x89PNG\r\n\x1a\n")
    assert int.from_bytes(content[16:20], "big") == 2880
