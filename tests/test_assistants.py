"""The MCP server, asked by the protocol's own client over standard input and output."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any

import anyio
import pytest
from mcp import ClientSession, StdioServerParameters
from mcp.client.stdio import stdio_client
from mcp.server.mcpserver.exceptions import ToolError

from making import Said, article
from undersigned.assembly.assemble import assemble_from_scratch
from undersigned.assistants import make_server
from undersigned.evidence.writing import evidence_triples
from undersigned.project import Project
from undersigned.store.embedded import open_reader, open_writer

if TYPE_CHECKING:
    from pathlib import Path

    from mcp.server.mcpserver import MCPServer

SAID = Said(
    signers=("Ann Example", "Ben Sample"),
    addressee="Harbour Council",
    quotes_of={"Ann Example": "this has gone on for long enough now"},
)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("assistants") / "letters.store"
    with open_writer(folder) as writer:
        source = writer.iris.source("post")
        writer.replace_graphs({source: evidence_triples(article("post", SAID), writer.iris)})
        assemble_from_scratch(writer)
        writer.publish()
    return folder


@pytest.fixture
def server(place: Path, root: Path) -> MCPServer[Any]:
    return make_server(lambda: open_reader(place), Project(root, "test"))


def call(server: MCPServer[Any], tool: str, /, **arguments: object) -> Any:
    async def ask() -> Any:
        return await server.call_tool(tool, arguments)

    return anyio.run(ask).structured_content


def test_an_answer_has_rows_iris_and_marked_words(server: MCPServer[Any]) -> None:
    answer = call(server, "ask", question="co-signers", parameters={"person": "Ann Example"})
    (row,) = answer["rows"]
    assert row["values"]["cosigner"] == "Ben Sample"
    assert row["iris"]["cosigner"].startswith("https://w3id.org/undersigned/person/")
    assert "**Ben Sample** **signed** it." in {words["text"] for words in row["words"]}
    assert answer["rows_in_all"] == 1


def test_rows_are_paged(server: MCPServer[Any]) -> None:
    answer = call(server, "ask", question="roles", first_row=5, rows=1, with_words=False)
    assert answer["rows"] == []


def test_names_are_found_and_near_ones_told(server: MCPServer[Any]) -> None:
    found = call(server, "find", name="Ann Example", kind="person")
    assert [c["iri"].rpartition("/")[2] for c in found["candidates"]] == ["ann-example"]
    missed = call(server, "find", name="Ann Exampel")
    assert missed["candidates"] == []
    assert "Ann Example" in missed["near_names"]


def test_words_are_searched(server: MCPServer[Any]) -> None:
    (row,) = call(server, "search", words="LONG ENOUGH")["rows"]
    assert row["values"]["speaker"] == "Ann Example"


def test_why_shows_passages(server: MCPServer[Any]) -> None:
    told = call(server, "why", thing="Ben Sample")
    assert told["passages_in_all"] == 1
    assert told["passages"][0]["certainty"] == "stated"


@pytest.mark.parametrize(
    ("tool", "arguments", "words"),
    [
        ("ask", {"question": "co-signer"}, "did you mean 'co-signers'"),
        ("ask", {"question": "co-signers"}, "needs --person"),
        ("find", {"name": "Ann", "kind": "ship"}, "kind is 'ship'"),
        ("why", {"thing": "Nobody Atall"}, "Nobody Atall"),
    ],
)
def test_what_goes_wrong_is_told_in_our_words(
    server: MCPServer[Any], tool: str, arguments: dict[str, Any], words: str
) -> None:
    with pytest.raises(ToolError, match=words):
        call(server, tool, **arguments)


def test_the_command_speaks_the_protocol(place: Path, root: Path) -> None:
    command = ["-m", "undersigned", "mcp", "--store", str(place), "--project", str(root)]

    async def talk() -> tuple[list[Any], str]:
        parameters = StdioServerParameters(command=sys.executable, args=command)
        async with stdio_client(parameters) as streams, ClientSession(*streams) as session:
            await session.initialize()
            tools = (await session.list_tools()).tools
            answer = await session.call_tool("questions", {})
            return list(tools), answer.content[0].text  # type: ignore[union-attr]  # it is text

    tools, text = anyio.run(talk)
    assert {tool.name for tool in tools} == {"questions", "ask", "find", "search", "why"}
    assert all(tool.annotations.read_only_hint for tool in tools)
    assert "name" in json.loads(text) or isinstance(json.loads(text), list)
