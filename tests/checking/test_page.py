"""The ontology's HTML page."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import html

from undersigned.checking.page import ontology_page
from undersigned.checking.vocabulary import read_ontology, read_terms
from undersigned.project import Project

ROOT = Path(__file__).resolve().parents[2]
PROJECT = Project(ROOT, "test")
TERMS = read_terms(read_ontology(PROJECT))


@pytest.fixture(scope="module")
def text() -> str:
    return ontology_page(PROJECT)


@pytest.fixture(scope="module")
def page(text: str) -> html.HtmlElement:
    return html.document_fromstring(text)


def test_every_term_has_its_anchor_definition_and_example(page: html.HtmlElement) -> None:
    for term in TERMS:
        (section,) = page.xpath(f'//section[@id="{term.local_name}"]')
        shown = section.text_content()
        assert term.definition in shown
        assert all(example in shown for example in term.examples)


def test_every_inner_link_leads_somewhere_and_no_id_is_used_twice(page: html.HtmlElement) -> None:
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    inner = {href[1:] for href in page.xpath("//a/@href") if href.startswith("#")}
    assert inner <= set(ids)


def test_nothing_is_run_or_fetched(page: html.HtmlElement) -> None:
    assert not page.xpath("//script | //link | //img | //iframe | //@src | //@onclick")
    (style,) = page.xpath("//style/text()")
    assert "url(" not in style
    assert "@import" not in style


def test_page_has_what_assistive_technology_needs(page: html.HtmlElement) -> None:
    assert page.get("lang") == "en"
    assert page.xpath("//main")
    assert page.xpath("//nav/@aria-label")
    assert len(page.xpath("//h1")) == 1
    first_link = page.xpath("//a")[0]
    assert first_link.get("class") == "skip"


def test_light_and_dark_are_the_readers_choice(page: html.HtmlElement) -> None:
    (style,) = page.xpath("//style/text()")
    assert "prefers-color-scheme: dark" in style


def test_chains_ranges_and_matches_are_shown(page: html.HtmlElement) -> None:
    (signed,) = page.xpath('//section[@id="signed"]')
    assert "inverse of signatory, signedLetter" in signed.text_content()
    (signatory,) = page.xpath('//section[@id="signatory"]')
    assert "wd:P1891" in signatory.text_content()
    (certainty,) = page.xpath('//section[@id="certainty"]')
    assert "certainty-scheme" in certainty.text_content()
    assert len(certainty.xpath('.//dt[text()="range"]')) == 1


def test_the_page_is_the_same_every_time(text: str) -> None:
    assert ontology_page(PROJECT) == text
