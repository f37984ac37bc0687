"""Names looked up at a SPARQL endpoint: a batch a request, names put in as terms."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass
from http.client import HTTPException
from typing import TYPE_CHECKING, Any, Final
from urllib.error import HTTPError
from urllib.parse import urlsplit

from pyoxigraph import Literal, NamedNode
from SPARQLWrapper import JSON, POST, SPARQLWrapper
from SPARQLWrapper.SPARQLExceptions import SPARQLWrapperException

from undersigned import __version__
from undersigned.errors import EndpointAnswerInvalid, EndpointUnreachable, QueryInvalid
from undersigned.store.syntax import find_syntax_fault

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

USER_AGENT: Final = f"undersigned/{__version__} (https://w3id.org/undersigned/)"
"""Public endpoints ask programs to say who they are."""
PLACE: Final = "VALUES ?name { UNDEF }"
"""Where the names go in a look-up query."""
NEEDED: Final = ("name", "entry")
LARGEST_ANSWER_BYTES: Final = 20_000_000
"""A batch of names gives some hundred rows; what is larger is no answer to it."""
SHOWN_CHARS: Final = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """A SPARQL endpoint and how it is asked.

    `pause_seconds` lie between two requests: public endpoints count a client's seconds.
    """

    url: str
    timeout_seconds: float = 60.0
    batch_names: int = 50
    pause_seconds: float = 1.0

    def __post_init__(self) -> None:
        """Refuses what is no web address: the client beneath would open files."""
        parts = urlsplit(self.url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise EndpointUnreachable(
                f"endpoint {self.url!r}: expected a web address as "
                "https://query.wikidata.org/sparql"
            )


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of an outside data set: the name that found it, what it is called and described."""

    name: str
    link: NamedNode
    label: str
    description: str = ""


def look_up(endpoint: Endpoint, sparql: str, names: Sequence[str]) -> Iterator[list[Entry]]:
    """Yields the entries that have these names, a list for each batch of names.

    Args:
        endpoint: whom to ask.
        sparql: a query with `VALUES ?name { UNDEF }` that selects ?name and ?entry, and may select
            ?label and ?description.
        names: what to look up; each is asked for as English text and as text of no language.

    Raises:
        QueryInvalid: the query is not SPARQL 1.1, or has no place for the names.
        EndpointUnreachable: no answer, not in time, or an error.
        EndpointAnswerInvalid: the answer is no SPARQL result, or lacks ?name or ?entry.
    """
    if PLACE not in sparql:
        raise QueryInvalid(f"the look-up query has no place for the names; expected {PLACE}")
    for start in range(0, len(names), endpoint.batch_names):
        if start and endpoint.pause_seconds:
            time.sleep(endpoint.pause_seconds)
        batch = names[start : start + endpoint.batch_names]
        query = sparql.replace(PLACE, f"VALUES ?name {{ {' '.join(_terms(batch))} }}")
        if fault := find_syntax_fault(query):
            raise QueryInvalid(
                f"the look-up query is not SPARQL 1.1: line {fault.line}, column {fault.column}"
            )
        yield _entries(endpoint, _answer(endpoint, query))


def _terms(names: Sequence[str]) -> Iterator[str]:
    for name in names:
        yield str(Literal(name, language="en"))
        yield str(Literal(name))


def _answer(endpoint: Endpoint, query: str) -> bytes:
    client = SPARQLWrapper(endpoint.url, agent=USER_AGENT)
    client.setQuery(query)
    client.setMethod(POST)
    client.setReturnFormat(JSON)
    client.timeout = endpoint.timeout_seconds  # type: ignore[assignment] # its setter cuts 0.5 to 0
    try:
        response = client.query().response
        content: bytes = response.read(LARGEST_ANSWER_BYTES + 1)
    except (SPARQLWrapperException, OSError, HTTPException) as error:
        raise EndpointUnreachable(f"{endpoint.url}: {_why(endpoint, error)}") from error
    if len(content) > LARGEST_ANSWER_BYTES:
        raise EndpointAnswerInvalid(
            f"{endpoint.url}: more than {LARGEST_ANSWER_BYTES:,} bytes for "
            f"{endpoint.batch_names} names; this is no answer to a look-up of names"
        )
    return content


def _why(endpoint: Endpoint, error: Exception) -> str:
    if isinstance(error, TimeoutError) or isinstance(getattr(error, "reason", None), TimeoutError):
        return (
            f"no answer within {endpoint.timeout_seconds:g} seconds; ask for fewer names at once "
            "with --batch, or wait longer with --timeout-seconds"
        )
    if isinstance(error, HTTPError):
        wait = error.headers.get("Retry-After")
        later = f"; try again in {wait} seconds" if wait else ""
        return f"answered with status {error.code} ({error.reason}){later}"
    said = " ".join(str(getattr(error, "reason", error)).split())
    return f"can't be asked ({said[:SHOWN_CHARS]}); see whether the address is right and reachable"


def _entries(endpoint: Endpoint, content: bytes) -> list[Entry]:
    try:
        answer = json.loads(content)
        rows = answer["results"]["bindings"]
        found = [_entry(row) for row in rows]
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        shown = content[:SHOWN_CHARS].decode("utf-8", "replace")
        raise EndpointAnswerInvalid(
            f"{endpoint.url}: expected SPARQL results as JSON with ?name and ?entry, found "
            f"{shown!r}; see whether this is the address of a SPARQL endpoint"
        ) from error
    return [entry for entry in found if entry is not None]


def _entry(row: Any) -> Entry | None:
    """One row; None where the entry has no IRI of its own."""
    name, entry = (row[key] for key in NEEDED)
    if entry["type"] != "uri":
        return None
    label = row.get("label", name)["value"]
    description = row.get("description", {"value": ""})["value"]
    texts = (str(text) for text in (name["value"], label, description))
    called, shown, described = texts
    return Entry(called, NamedNode(entry["value"]), shown, described)
