"""Every IRI of the graph answers: with 303 to its page or its data, with those, or with its fate.

    /person/ana-roe          303 to .html or .ttl, .jsonld, .nt, .rdf, by the Accept header
    /person/ana-roe.html     the page
    /person/ana-roe.ttl      the data

An IRI that was replaced leads to what took its place (301; 300 with a list where it was split);
one of a forgotten person is gone (410), and nothing is said of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Final

from starlette.responses import RedirectResponse, Response

from undersigned import terms as t
from undersigned.pages.addresses import PAGE_SUFFIX, Addresses
from undersigned.pages.data import FORMATS, DataFormat, describe, write_data
from undersigned.pages.fates import is_forgotten, successors
from undersigned.pages.nodes import Nodes
from undersigned.pages.view import thing_html
from undersigned.serving.negotiation import best_media_type, read_accept
from undersigned.serving.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pyoxigraph import NamedNode

    from undersigned.pages.rendering import Renderer
    from undersigned.store.base import GraphReader
    from undersigned.store.suppression import Suppression

_HTML: Final = "text/html"
_XHTML: Final = "application/xhtml+xml"
SUFFIX_OF: Final = {
    _HTML: PAGE_SUFFIX,
    _XHTML: PAGE_SUFFIX,
    **{form.media_type: form.suffix for form in FORMATS},
    "application/json": ".jsonld",
    "application/xml": ".rdf",
    "text/plain": ".nt",
}
"""Media types that are offered for a thing, the most wanted first."""
_FORM_OF: Final = {form.suffix: form for form in FORMATS}


@dataclass(frozen=True, slots=True)
class Answering:
    """One request for something below the base."""

    reader: GraphReader
    addresses: Addresses
    render: Renderer
    context: Callable[[], Path]
    """Gives the JSON-LD context file."""
    suppression: Callable[[], Suppression]
    """Gives the names of people who were forgotten, as salted hashes."""
    accept: str | None

    def answer(self, path: str) -> Response:
        """The answer to a path, its leading slash left out.

        Raises:
            Problem: 404, nothing has this IRI; 406; 410, it was forgotten.
        """
        whole = self.addresses.iri_of(path)
        if whole is None:
            raise self._unknown()
        if self._nodes_with(whole) is not None:
            return self._see_other(whole)
        bare, suffix = _split(path)
        thing = self.addresses.iri_of(bare) if suffix else None
        if (thing or whole).value in self._graphs():
            return self._graph(thing or whole, suffix)
        if thing is not None and (nodes := self._nodes_with(thing)) is not None:
            return self._page(nodes, thing) if suffix == PAGE_SUFFIX else self._data(thing, suffix)
        return self._fate(thing or whole, suffix)

    def _nodes_with(self, iri: NamedNode) -> Nodes | None:
        """The view of the first graph that says something of this thing."""
        iris = self.reader.iris
        for graph in (iris.knowledge, iris.judgements, iris.runs, iris.ontology, iri):
            nodes = Nodes(self.reader, graph)
            said = nodes.get(iri)
            if said and not (graph == iris.runs and t.DCTERMS_IS_REPLACED_BY in said.values):
                return nodes
        return None

    def _graphs(self) -> dict[str, str]:
        """The named graphs that are no sources, and what each holds."""
        iris = self.reader.iris
        return {
            iris.knowledge.value: "What is so, as far as the sources carry it.",
            iris.judgements.value: "What people decided: who is the same, who is not, what is so.",
            iris.ontology.value: "The ontology.",
            iris.runs.value: "What was loaded when, and which addresses lead on to others.",
        }

    def _graph(self, graph: NamedNode, suffix: str) -> Response:
        """A page about a named graph; its triples are where the graph store protocol has them."""
        if suffix == PAGE_SUFFIX:
            about = self._graphs()[graph.value]
            page = self.render.page("graph.html", graph=graph, about=about)
            return Response(page, media_type=_HTML)
        accepted = best_media_type(read_accept(self.accept), SUFFIX_OF)
        if not suffix and accepted is not None and SUFFIX_OF[accepted] == PAGE_SUFFIX:
            return self._see_other(graph)
        target = self.addresses.local("/graphs", {"graph": graph.value})
        return RedirectResponse(target, HTTPStatus.SEE_OTHER, headers={"Vary": "Accept"})

    def _see_other(self, iri: NamedNode) -> Response:
        media_type = best_media_type(read_accept(self.accept), SUFFIX_OF)
        if media_type is None:
            raise Problem(
                HTTPStatus.NOT_ACCEPTABLE,
                "not-acceptable",
                "This thing can't be had in a media type that the Accept header asks for; "
                "`available` lists those that it comes in.",
                extra={"available": list(SUFFIX_OF)},
                headers={"Vary": "Accept"},
            )
        target = self.addresses.path_of(iri, SUFFIX_OF[media_type])
        assert target is not None, "the IRI was made below the base"
        return RedirectResponse(target, HTTPStatus.SEE_OTHER, headers={"Vary": "Accept"})

    def _page(self, nodes: Nodes, iri: NamedNode) -> Response:
        page = thing_html(nodes, nodes.get(iri), self.render)
        return Response(page, media_type=_HTML, headers={"Link": self._links(iri)})

    def _data(self, iri: NamedNode, suffix: str) -> Response:
        form: DataFormat = _FORM_OF[suffix]
        body = write_data(self.reader, describe(self.reader, iri), form, self.context())
        return Response(body, headers={"Content-Type": form.media_type, "Link": self._links(iri)})

    def _links(self, iri: NamedNode) -> str:
        """The Link header: the thing itself, and its page and data."""
        paths = [(suffix, kind) for kind, suffix in SUFFIX_OF.items() if _is_first(kind)]
        alternates = [
            f'<{self.addresses.path_of(iri, suffix)}>; rel="alternate"; type="{kind}"'
            for suffix, kind in paths
        ]
        return ", ".join([f'<{iri.value}>; rel="describes"', *alternates])

    def _fate(self, iri: NamedNode, suffix: str) -> Response:
        if is_forgotten(iri.value.removeprefix(self.reader.iris.base), self.suppression()):
            raise Problem(
                HTTPStatus.GONE, "forgotten", "What stood here was taken out of the graph."
            )
        found = successors(self.reader, iri)
        if not found:
            raise self._unknown()
        targets = [path for n in found if (path := self.addresses.path_of(n, suffix))]
        headers = {"Vary": "Accept", "Cache-Control": "no-cache"}
        if len(targets) == 1:
            return RedirectResponse(targets[0], HTTPStatus.MOVED_PERMANENTLY, headers=headers)
        nodes = Nodes(self.reader)
        page = self.render.page("several.html", things=[nodes.get(n) for n in found])
        return Response(page, HTTPStatus.MULTIPLE_CHOICES, headers, media_type=_HTML)

    def _unknown(self) -> Problem:
        return Problem(
            HTTPStatus.NOT_FOUND,
            "unknown",
            "The graph has nothing of this address. Search for it by name.",
        )


def _is_first(media_type: str) -> bool:
    """Whether a media type is the main one of its suffix."""
    suffix = SUFFIX_OF[media_type]
    return next(kind for kind, other in SUFFIX_OF.items() if other == suffix) == media_type


def _split(path: str) -> tuple[str, str]:
    """A path without its suffix, and the suffix; "" if it has none that is known."""
    for suffix in (PAGE_SUFFIX, *_FORM_OF):
        if path.endswith(suffix):
            return path.removesuffix(suffix), suffix
    return path, ""
