"""An MCP server: assistants ask the graph, read-only, and answer with the words of the sources.

Five tools: the saved questions, one of them answered, a look-up by name, a search, and *why*. Each
answer has the passages or the IRIs by which they are found, so that an assistant can cite.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

from pyoxigraph import NamedNode

from undersigned import __version__
from undersigned.errors import UndersignedError
from undersigned.notebook.frames import library
from undersigned.questions.ask import ask
from undersigned.questions.formats import object_of
from undersigned.questions.lookup import EntityType, find_entities, get_entity, near_names
from undersigned.questions.passage_formats import marked_text, source_line
from undersigned.questions.saved_query import get_saved_query, iter_query_paths, read_saved_query
from undersigned.why import why, why_row

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from mcp.server.mcpserver import MCPServer

    from undersigned.project import Project
    from undersigned.store.base import GraphReader
    from undersigned.why import Passage

INSTRUCTIONS: Final = """\
A graph of who signed which open letter, to whom, and what was said, read from published sources.
Ask a saved question first (`questions`, then `ask`); look names up with `find`. What a source says
is not what is so: give the certainty with each fact and quote the passage that `why` shows, with
outlet and day. Where the graph has no answer, say so."""
MOST_ROWS: Final = 100
MOST_PASSAGES: Final = 40

Json = dict[str, Any]


def make_server(open_reader: Callable[[], GraphReader], project: Project) -> MCPServer[Any]:
    """The server over a store; every call sees the newest revision.

    Raises:
        LibraryMissing: the library of the protocol is not installed.
    """
    mcp_server = library("mcp.server.mcpserver")
    types = library("mcp.types")
    tools = _Tools(open_reader, project)
    server: MCPServer[Any] = mcp_server.MCPServer(
        name="undersigned", version=__version__, instructions=INSTRUCTIONS
    )
    only_reads = types.ToolAnnotations(
        read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False
    )
    for tool in (tools.questions, tools.ask, tools.find, tools.search, tools.why):
        server.add_tool(tool, annotations=only_reads)
    return server


class _Tools:
    """What the tools do. Their docstrings are what an assistant reads."""

    def __init__(self, open_reader: Callable[[], GraphReader], project: Project) -> None:
        self._open = open_reader
        self._project = project

    @contextmanager
    def _reading(self) -> Iterator[GraphReader]:
        """The newest revision; what goes wrong is told to the assistant in our words."""
        try:
            with self._open() as reader:
                yield reader
        except UndersignedError as error:
            raise library("mcp.server.mcpserver.exceptions").ToolError(str(error)) from error

    def questions(self) -> list[Json]:
        """List the saved questions with their parameters (required ones marked) and columns."""
        saved = (read_saved_query(path) for path in iter_query_paths(self._project.queries))
        return [
            {
                "name": query.name,
                "question": query.summary,
                "about": query.description,
                "parameters": {
                    p.name: f"{p.type}{', required' if p.required else ''}: {p.description}"
                    for p in query.parameters
                },
                "columns": dict(query.columns),
            }
            for query in saved
        ]

    def ask(
        self,
        question: str,
        parameters: dict[str, str] | None = None,
        first_row: int = 0,
        rows: int = 20,
        with_words: bool = True,
    ) -> Json:
        """Answer a saved question. Names of people, letters and organizations are looked up.

        Rows come with the IRI behind each name and, unless with_words is false, the passages of
        the sources that carry them, the claim's words between ** signs.
        """
        with self._reading() as reader:
            query = get_saved_query(self._project.queries, question)
            answer = ask(reader, query, parameters or {})
            shown = answer.rows[first_row : first_row + min(rows, MOST_ROWS)]
            listed = object_of(answer)["rows"]
            assert isinstance(listed, list)
            told = [dict(row) for row in listed[first_row : first_row + len(shown)]]
            if with_words:
                for entry, row in zip(told, shown, strict=True):
                    entry["words"] = _passages(why_row(reader, row.evidence))
            return {
                "question": query.summary,
                "columns": list(answer.columns),
                "rows": told,
                "rows_in_all": len(answer.rows),
                "revision": answer.revision,
            }

    def find(self, name: str, kind: str = "any") -> Json:
        """Find a person, organization, letter or source by name.

        kind: any, person, organization, letter, agent or source. Gives candidates with IRI and
        description, or near names.
        """
        with self._reading() as reader:
            if kind not in {member.value for member in EntityType}:
                kinds = ", ".join(member.value for member in EntityType)
                message = f"kind is {kind!r}; expected one of {kinds}"
                raise library("mcp.server.mcpserver.exceptions").ToolError(message)
            found = find_entities(reader, name, EntityType(kind))
            near = [] if found else near_names(reader, name, EntityType(kind))
            return {
                "candidates": [{"iri": c.iri.value, "description": str(c)} for c in found],
                "near_names": near,
            }

    def search(self, words: str) -> Json:
        """Search statements for words, capital letters or not: who said what with these words."""
        return self.ask("statements-on-topic", {"words": words})

    def why(self, thing: str) -> Json:
        """The passages that carry an entity, signature, statement or claim, by IRI or name.

        Each is the sentence with the claim's words between ** signs, source, day, certainty and
        confidence.
        """
        with self._reading() as reader:
            if thing.startswith(("http://", "https://")):
                iri = NamedNode(thing)
            else:
                iri = get_entity(reader, thing, EntityType.ANY).iri
            passages = why(reader, iri)
            return {
                "iri": iri.value,
                "passages": _passages(passages),
                "passages_in_all": len(passages),
            }


def _passages(passages: list[Passage]) -> list[Json]:
    return [
        {
            "text": marked_text(passage),
            "source": source_line(passage),
            "kind": passage.kind,
            "certainty": passage.certainty,
            "confidence": passage.confidence,
            "claim": passage.claim.value,
        }
        for passage in passages[:MOST_PASSAGES]
    ]
