"""Every IRI answers: 303 by negotiation, suffixes, redirects, what was forgotten, the ontology."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING

import pytest
from pyoxigraph import NamedNode, RdfFormat, parse

from pages.site_store import ADA, LIBRARY, Browser, make_store
from undersigned import terms as t
from undersigned.correcting.forgetting import forget
from undersigned.correcting.people import PersonNames
from undersigned.store.embedded import open_writer

if TYPE_CHECKING:
    from pathlib import Path

PERSON = "/person/ada-quill"
FORMATS = {
    ".ttl": ("text/turtle", RdfFormat.TURTLE),
    ".nt": ("application/n-triples", RdfFormat.N_TRIPLES),
    ".rdf": ("application/rdf+xml", RdfFormat.RDF_XML),
    ".jsonld": ("application/ld+json", RdfFormat.JSON_LD),
}


@pytest.mark.parametrize(
    ("accept", "suffix"),
    [
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", ".html"),
        ("*/*", ".html"),
        ("text/turtle", ".ttl"),
        ("application/ld+json", ".jsonld"),
        ("application/json", ".jsonld"),
        ("application/n-triples", ".nt"),
        ("application/rdf+xml", ".rdf"),
        ("text/turtle;q=0.5, application/rdf+xml;q=0.9", ".rdf"),
    ],
)
def test_a_thing_leads_to_its_page_or_data(browser: Browser, accept: str, suffix: str) -> None:
    found = browser.get(PERSON, accept=accept, follow=False)
    assert (found.status, found.headers["location"]) == (303, PERSON + suffix)
    assert "Accept" in found.headers["vary"]


def test_what_nobody_has_is_not_acceptable(browser: Browser) -> None:
    found = browser.get(PERSON, accept="image/png", follow=False)
    assert found.status == 406
    assert "text/turtle" in found.response.json()["available"]


@pytest.mark.parametrize("suffix", FORMATS)
def test_the_data_are_the_same_in_every_format(browser: Browser, suffix: str) -> None:
    media_type, form = FORMATS[suffix]
    found = browser.get(PERSON + suffix)
    assert found.headers["content-type"].startswith(media_type)
    parsed = {
        (quad.subject, quad.predicate, quad.object)
        for quad in parse(found.response.content, format=form)
    }
    plain = browser.get(f"{PERSON}.nt").response.content
    assert parsed == {
        (quad.subject, quad.predicate, quad.object)
        for quad in parse(plain, format=RdfFormat.N_TRIPLES)
    }
    assert any(s == ADA and p == t.SIGNED for s, p, _ in parsed)
    assert any(o == ADA and p == t.SPEAKER for _, p, o in parsed)


def test_data_and_pages_say_where_the_others_are(browser: Browser) -> None:
    for suffix in (".html", ".ttl"):
        links = browser.get(PERSON + suffix).headers["link"]
        assert f'<{PERSON}.jsonld>; rel="alternate"; type="application/ld+json"' in links
        assert f'<{ADA.value}>; rel="describes"' in links
    canonical = browser.get(PERSON).html.xpath("//link[@rel='canonical']/@href")
    assert canonical == [ADA.value]


def test_an_answer_holds_until_the_revision_changes(browser: Browser) -> None:
    first = browser.get(f"{PERSON}.ttl")
    assert first.headers["etag"]
    assert first.headers["last-modified"]
    assert first.text == browser.get(f"{PERSON}.ttl").text


@pytest.mark.parametrize("old", ["a-quill", "older"])
@pytest.mark.parametrize("suffix", ["", ".ttl", ".html"])
def test_what_was_merged_leads_on(browser: Browser, old: str, suffix: str) -> None:
    found = browser.get(f"/person/{old}{suffix}", follow=False)
    assert (found.status, found.headers["location"]) == (301, PERSON + suffix)


def test_what_was_split_offers_all_parts(browser: Browser) -> None:
    found = browser.get("/person/quill-or-stage", follow=False)
    assert found.status == 300
    assert found.words("//main//li") == ["Ada Quill", "Ben Stage"]


def test_what_is_not_there_is_not_found(browser: Browser) -> None:
    page = browser.get("/person/nobody-at-all")
    assert page.status == 404
    assert page.words("//h1") == ["There is nothing here"]
    assert page.html.xpath("//main//input[@name='q']/@value") == ["nobody at all"]
    assert page.html.xpath("count(//*[@id='search'])") == 1
    data = browser.get("/person/nobody-at-all.ttl", accept="text/turtle")
    assert data.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("name", ["knowledge", "judgements", "ontology", "runs"])
def test_a_named_graph_has_a_page_and_its_data(browser: Browser, name: str) -> None:
    page = browser.get(f"/graph/{name}")
    assert page.words("//h1") == [name]
    data = browser.get(f"/graph/{name}", accept="text/turtle", follow=False)
    assert data.status == 303
    assert data.headers["location"].startswith("/graphs?graph=")


def test_the_triples_of_a_graph_are_handed_out_whole(browser: Browser) -> None:
    data = browser.get("/graph/runs", accept="application/n-triples")
    replaced = t.DCTERMS_IS_REPLACED_BY.value
    assert sum(replaced in line for line in data.text.splitlines()) == 4


def test_every_iri_below_the_base_answers(browser: Browser) -> None:
    reader = browser.site.latest().reader
    base = reader.iris.base
    iris = {
        term.value.partition("#")[0]
        for quad in reader.quads()
        for term in (quad.subject, quad.predicate, quad.object, quad.graph_name)
        if isinstance(term, NamedNode) and term.value.startswith(base)
    }
    paths = sorted(f"/{iri[len(base) :]}" for iri in iris)[::7]
    assert [p for p in paths if browser.get(p, follow=False).status not in (301, 303, 300)] == []


def test_a_forgotten_person_is_gone_and_not_named(tmp_path: Path, root: Path) -> None:
    store = make_store(tmp_path / "store", root)
    with open_writer(store) as writer:
        forget(writer, PersonNames(frozenset({"Ben Stage"})))
    with asyncio.Runner() as runner:
        site = Browser(runner, store, root)
        for path in (
            "/person/ben-stage",
            "/person/ben-stage.ttl",
            "/signature/gazette-march/open-letter/ben-stage",
        ):
            page = site.get(path)
            assert page.status == 410
            assert "stage" not in page.text.lower()
        assert "Ben Stage" not in site.get(LIBRARY).text
        assert "Ben Stage" not in site.get("/people").text
        assert "Ben Stage" not in site.get("/search?q=stage").main
        assert site.get("/person/nobody-at-all").status == 404
        site.close()


def test_a_public_base_is_served_at_local_paths(tmp_path: Path, root: Path) -> None:
    base = "https://letters.example.org/kg/"
    store = make_store(tmp_path / "store", root, base)
    with asyncio.Runner() as runner:
        site = Browser(runner, store, root)
        page = site.get(PERSON)
        assert page.words("//h1") == ["Ada Quill"]
        assert page.html.xpath("//link[@rel='canonical']/@href") == [f"{base}person/ada-quill"]
        links = page.html.xpath("//section[@id='letters']//a[@class='name']/@href")
        assert f"{LIBRARY}.html" in links
        site.close()


@pytest.mark.parametrize("suffix", FORMATS)
def test_the_ontology_is_found_at_its_iri(browser: Browser, suffix: str) -> None:
    media_type, form = FORMATS[suffix]
    found = browser.get("/ontology", accept=media_type)
    assert found.headers["content-type"].startswith(media_type)
    triples = list(parse(found.response.content, format=form))
    assert any(n.subject == t.LETTER for n in triples)


def test_the_ontology_has_a_page_with_an_anchor_for_each_term(browser: Browser) -> None:
    page = browser.get("/ontology")
    assert page.html.xpath("//section[@id='Signature']//h3")
    assert browser.get("/ontology/0.1.0").status == 200
    context = browser.get("/ontology/context.jsonld")
    assert "@context" in json.loads(context.text)
