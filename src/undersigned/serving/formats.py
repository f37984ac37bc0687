"""The formats of answers: rows and truth values one way, triples the other."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache
from http import HTTPStatus
from typing import TYPE_CHECKING, Final

from pyoxigraph import QueryBoolean, QueryResultsFormat, QuerySolutions, QueryTriples, RdfFormat

from undersigned.serving.negotiation import best_media_type, read_accept
from undersigned.serving.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Sequence

    from undersigned.serving.negotiation import MediaRange

Result = QuerySolutions | QueryBoolean | QueryTriples


@dataclass(frozen=True, slots=True)
class AnswerFormat:
    """A format: its name in `format=`, and its media types, our own first, then accepted others."""

    name: str
    engine_format: QueryResultsFormat | RdfFormat
    media_types: tuple[str, ...]

    @property
    def is_xml(self) -> bool:
        """Whether the answer is an XML document."""
        return self.engine_format in (QueryResultsFormat.XML, RdfFormat.RDF_XML)

    @property
    def takes_prefixes(self) -> bool:
        """Whether names can be shortened by prefixes."""
        return self.engine_format in (RdfFormat.TURTLE, RdfFormat.TRIG)


ROWS: Final = (
    AnswerFormat(
        "json", QueryResultsFormat.JSON, ("application/sparql-results+json", "application/json")
    ),
    AnswerFormat(
        "xml",
        QueryResultsFormat.XML,
        ("application/sparql-results+xml", "application/xml", "text/xml"),
    ),
    AnswerFormat("csv", QueryResultsFormat.CSV, ("text/csv",)),
    AnswerFormat("tsv", QueryResultsFormat.TSV, ("text/tab-separated-values",)),
)
"""For SELECT and ASK; the first is the default."""

TRIPLES: Final = (
    AnswerFormat("turtle", RdfFormat.TURTLE, ("text/turtle", "application/x-turtle", "text/n3")),
    AnswerFormat("ntriples", RdfFormat.N_TRIPLES, ("application/n-triples", "text/plain")),
    AnswerFormat(
        "rdfxml", RdfFormat.RDF_XML, ("application/rdf+xml", "application/xml", "text/xml")
    ),
    AnswerFormat("jsonld", RdfFormat.JSON_LD, ("application/ld+json", "application/json")),
    AnswerFormat("trig", RdfFormat.TRIG, ("application/trig",)),
    AnswerFormat("nquads", RdfFormat.N_QUADS, ("application/n-quads",)),
)
"""For CONSTRUCT and DESCRIBE; the first is the default."""

_OTHER_NAMES: Final = {
    "xml": "rdfxml", "rdf": "rdfxml", "rdf+xml": "rdfxml", "rdf/xml": "rdfxml", "rdfxml": "xml",
    "json": "jsonld", "json-ld": "jsonld", "jsonld": "json",
    "n3": "turtle", "ttl": "turtle", "nt": "ntriples", "n-triples": "ntriples", "nq": "nquads",
}  # fmt: skip
"""What clients call formats; the name of one sort of answer leads to its sibling of the other."""

# What the engine writes though XML 1.0 can't hold it: control characters, and a property whose
# name ends with the colon since nothing of its IRI can be an XML name.
_XML_FAULT: Final = re.compile(
    rb"[\x00-\x08\x0b\x0c\x0e-\x1f]|\xef\xbf[\xbe\xbf]|<[A-Za-z]+:[\s/>]"
)


@lru_cache(maxsize=256)
def choose_format(
    *, triples: bool, named: tuple[str, ...], accept: str | None
) -> tuple[AnswerFormat, str]:
    """The format for an answer of triples or of rows, and the media type to send.

    A name from `format=` that fits the sort of answer comes first, then the Accept header.

    Raises:
        Problem: 406, nothing that the client accepts can be had.
    """
    return choose_among(TRIPLES if triples else ROWS, named, read_accept(accept))


def choose_among(
    formats: Sequence[AnswerFormat], named: Sequence[str], accepted: tuple[MediaRange, ...]
) -> tuple[AnswerFormat, str]:
    """As `choose_format`, from these formats."""
    for name in named:
        if found := _of_name(formats, name):
            return found, found.media_types[0]
    types = {media_type: form for form in reversed(formats) for media_type in form.media_types}
    # Our own names of the formats come before their other names, so that they win among equals.
    offered = [form.media_types[0] for form in formats]
    offered += [other for form in formats for other in form.media_types[1:]]
    media_type = best_media_type(accepted, offered)
    if media_type is None:
        raise Problem(
            HTTPStatus.NOT_ACCEPTABLE,
            "not-acceptable",
            "This answer can't be had in a media type that the Accept header asks for; `available` "
            "lists those that it comes in.",
            extra={"available": offered},
        )
    return types[media_type], media_type


def check_format_names(named: Sequence[str]) -> None:
    """Lets known names pass, even where they will not fit the answer.

    Raises:
        Problem: 406, none of the names is known.
    """
    if not named or any(_of_name((*ROWS, *TRIPLES), name) for name in named):
        return
    known = [form.name for form in (*ROWS, *TRIPLES)]
    near = get_close_matches(named[0].lower(), known, n=1)
    hint = f" Did you mean {near[0]!r}?" if near else ""
    raise Problem(
        HTTPStatus.NOT_ACCEPTABLE,
        "format-unknown",
        f"There is no format {named[0][:40]!r}.{hint} `available` lists the names.",
        extra={"available": known},
    )


def _of_name(formats: Sequence[AnswerFormat], name: str) -> AnswerFormat | None:
    wanted = name.strip().lower()
    for form in formats:
        if wanted == form.name or wanted in form.media_types:
            return form
    other = _OTHER_NAMES.get(wanted)
    return next((form for form in formats if form.name == other), None)


def finished_body(body: bytes, form: AnswerFormat) -> bytes:
    """An answer as it is sent.

    Raises:
        Problem: 406, the answer holds something that XML can't say.
    """
    if not form.is_xml:
        return body
    if _XML_FAULT.search(body):
        raise Problem(
            HTTPStatus.NOT_ACCEPTABLE,
            "not-in-xml",
            "The answer holds a control character or a property name that XML can't say; ask for "
            "JSON or Turtle.",
        )
    # An XML reader swallows carriage returns that are not written as references.
    return body.replace(b"\r", b"&#xD;")
