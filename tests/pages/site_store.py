"""A small store on disk with everything that pages show, and a client of the site that serves it.

Two outlets report one letter; a third source is about another letter with many signers; names,
titles and words hold what would be markup if it were not escaped.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from lxml.html import HtmlElement, document_fromstring
from pyoxigraph import NamedNode, Triple

from correcting.storing import put
from making import Said, article
from serving.asking import Asker
from undersigned import terms as t
from undersigned.pages.requests import error_page
from undersigned.project import Project
from undersigned.serving.app import make_app
from undersigned.serving.limits import ServeSettings
from undersigned.serving.parts import PARTS
from undersigned.serving.revision import LatestRevision
from undersigned.serving.site import Site
from undersigned.store.embedded import open_writer
from undersigned.store.ontology import ontology_triples

if TYPE_CHECKING:
    import asyncio
    from pathlib import Path

    import httpx

    from undersigned.claims import Reading
    from undersigned.store.embedded import EmbeddedWriter

HOSTILE = '<script>alert("x")</script>'
SENTENCE = "We ask the council to keep the old library open for everybody"
MANY = 120


def fill(writer: EmbeddedWriter) -> None:
    """Loads the sources."""
    put(
        writer,
        article(
            "gazette-march",
            Said(
                signers=("Ada Quill", "Ben Stage", "Zoë Saldaña"),
                reported=("Cora Note",),
                declined=("Dan Prompt",),
                addressee="Town Council",
                over=400,
                quotes=(SENTENCE,),
                quotes_of={"Ada Quill": "The library raised me.", "Mo Law": f"{HOSTILE} is rude."},
                roles={"Ada Quill": "poet"},
            ),
            title=f"Poets for the library {HOSTILE}",
            outlet="The Gazette",
            url="https://gazette.example/library",
        ),
        article(
            "courier-april",
            Said(signers=("Ada Quill",), over=420, quotes=(SENTENCE,)),
            published="2025-04-02",
            title="More poets sign",
            outlet="The Courier",
            url="javascript:alert(1)",
        ),
        renamed(
            article(
                "herald-may",
                Said(
                    signers=(
                        *(f"Signer Number{i:03}" for i in range(MANY)),
                        "Ada Quill",
                        "Renamed",
                    ),
                    quotes=("Trees along the river belong to the whole town and to its birds",),
                    counter_letter=("The river needs room more than it needs a row of old trees",),
                ),
                published="2025-05-10",
                title="A long list",
                outlet="The Herald",
            ),
            "Renamed",
            HOSTILE,
        ),
    )
    runs, person = writer.iris.runs, writer.iris.entity
    merged = Triple(person("person", "a-quill"), t.DCTERMS_IS_REPLACED_BY, ADA)
    split = [
        Triple(person("person", "quill-or-stage"), t.DCTERMS_IS_REPLACED_BY, end)
        for end in (ADA, person("person", "ben-stage"))
    ]
    chain = Triple(person("person", "older"), t.DCTERMS_IS_REPLACED_BY, person("person", "a-quill"))
    writer.change_graph(runs, (), [merged, *split, chain])


def renamed(reading: Reading, before: str, now: str) -> Reading:
    """The reading with another name for an entity: markup can't stand in its IRI."""
    entities = (replace(e, name=now) if e.name == before else e for e in reading.entities)
    return replace(reading, entities=tuple(entities))


ADA = NamedNode("https://w3id.org/undersigned/person/ada-quill")
LIBRARY = "/letter/gazette-march/open-letter"


def make_store(folder: Path, root: Path, base: str | None = None) -> Path:
    """The store, published; its folder."""
    with open_writer(folder, base=base) as writer:
        project = Project(root, "the repository")
        writer.replace_graphs({writer.iris.ontology: ontology_triples(project, writer.iris)})
        fill(writer)
        writer.publish()
    return folder


def make_site(store: Path, root: Path, settings: ServeSettings | None = None) -> Site:
    project = Project(root, "the repository")
    return Site(LatestRevision(store), settings or ServeSettings(), project=project)


class Browser:
    """Asks for pages as a browser does; follows redirects."""

    def __init__(
        self,
        runner: asyncio.Runner,
        store: Path,
        root: Path,
        settings: ServeSettings | None = None,
    ) -> None:
        site = make_site(store, root, settings)
        app = make_app(site, PARTS, error_page=error_page)
        self._asker = Asker(runner, store, app=app, site=site)
        self.site = site

    def get(self, path: str, *, accept: str = "text/html", follow: bool = True) -> Page:
        headers = {"Accept": accept}
        found = self._asker("GET", path, headers=headers)
        while follow and found.is_redirect:
            found = self._asker("GET", found.headers["location"], headers=headers)
        return Page(found)

    def close(self) -> None:
        self._asker.close()


class Page:
    """A response, and its HTML as lxml has it."""

    def __init__(self, response: httpx.Response) -> None:
        self.response = response
        self.status = response.status_code
        self.headers = response.headers
        self.text = response.text

    @property
    def html(self) -> HtmlElement:
        return document_fromstring(self.response.content)

    def words(self, path: str) -> list[str]:
        """The text of each element that an XPath finds, with single spaces."""
        return [" ".join(found.text_content().split()) for found in self.html.xpath(path)]

    @property
    def main(self) -> str:
        return self.words("//main")[0]
