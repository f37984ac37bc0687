"""The front page, lists with filters and parts, search, and the query page without a script."""

from __future__ import annotations

import asyncio
import shutil
import threading
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest

from pages.site_store import MANY, Browser, make_site
from undersigned.pages import search_routes
from undersigned.serving.limits import ServeSettings

if TYPE_CHECKING:
    from pathlib import Path

PREFIXES = (
    "PREFIX us: <https://w3id.org/undersigned/ontology#> "
    "PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> "
)
SIGNED = f"{PREFIXES} SELECT ?person ?letter {{ ?person us:signed ?letter }}"


def test_the_front_page_says_what_is_in_the_graph(browser: Browser) -> None:
    page = browser.get("/")
    figures = dict(
        zip(page.words("//dl[@class='figures']//dt"), page.words("//dl//dd"), strict=True)
    )
    assert figures["letters"] == "3"
    assert figures["sources"] == "3"
    assert page.html.xpath("//form[@role='search']//input[@name='q']")
    assert page.words("//section[h2='Signed several']//li") == ["Ada Quill 2 letters"]


def test_people_are_found_by_words_and_ordered_by_numbers(browser: Browser) -> None:
    assert browser.get("/people?q=sald").words("//tbody//th") == ["Zoë Saldaña"]
    ordered = browser.get("/people?order=letters")
    assert ordered.words("//tbody/tr[1]/th") == ["Ada Quill"]
    assert "Nothing" not in browser.get("/people?q=nobody").main
    assert "0 found" in browser.get("/people?q=nobody").main


def test_lists_have_parts_that_hold_every_row_once(browser: Browser) -> None:
    names: list[str] = []
    path: str | None = "/people?q=signer"
    while path is not None:
        page = browser.get(path)
        names += page.words("//tbody//th")
        path = next(iter(page.html.xpath("//a[@rel='next']/@href")), None)
    assert len(names) == len(set(names)) == MANY


def test_letters_are_narrowed_by_year_words_and_topic(browser: Browser) -> None:
    assert browser.get("/letters?year=2025").words("//p[contains(@class, 'total')]") == ["3 found"]
    assert browser.get("/letters?year=1999").words("//p[contains(@class, 'total')]") == ["0 found"]
    council = browser.get("/letters?q=council")
    assert council.words("//p[contains(@class, 'total')]") == ["1 found"]


def test_sources_are_narrowed_by_outlet(browser: Browser) -> None:
    page = browser.get("/sources?outlet=The+Courier")
    assert page.words("//ul[@class='sources']/li/a") == ["More poets sign"]


def test_statements_are_narrowed_by_words(browser: Browser) -> None:
    page = browser.get("/statements?q=raised")
    assert page.words("//article/blockquote") == ["“The library raised me.”"]


def test_search_leads_to_the_page(browser: Browser) -> None:
    page = browser.get("/search?q=saldana")
    link = page.html.xpath("//ol[@class='hits']//a/@href")[0]
    assert browser.get(link).words("//h1") == ["Zoë Saldaña"]


def test_search_is_prepared_when_a_revision_is_opened(
    small_store: Path, root: Path, tmp_path: Path
) -> None:
    copy = shutil.copytree(small_store, tmp_path / "store")
    shutil.rmtree(copy / "search", ignore_errors=True)
    site = make_site(copy, root)
    search_routes.routes(site)
    site.latest()
    assert not (copy / "search").exists()
    before = set(threading.enumerate())
    site.open()
    for thread in set(threading.enumerate()) - before:
        thread.join()
    assert [path.stem for path in (copy / "search").iterdir()] == [site.latest().name]


def test_search_says_what_it_looked_for_instead(browser: Browser) -> None:
    page = browser.get("/search?q=Qill")
    assert "quill" in page.words("//p[@role='status']")[0]
    assert "Ada Quill" in page.words("//ol[@class='hits']//a")
    assert "nothing like" in browser.get("/search?q=xyzzyxyzzy").main


def test_suggestions_are_things_with_their_pages(browser: Browser) -> None:
    (found,) = browser.get("/suggest?q=ada+qu&kind=person").response.json()
    assert found["label"] == "Ada Quill"
    assert found["page"] == "/person/ada-quill.html"


def test_the_network_of_all_has_the_people_who_join_letters(browser: Browser) -> None:
    page = browser.get("/network")
    assert "Ada Quill" in page.words("//figure//*[name()='title']")
    data = browser.get("/network.json").response.json()
    assert {edge["source"] for edge in data["edges"]} <= {node["key"] for node in data["nodes"]}


def test_a_network_of_nobody_is_not_found(browser: Browser) -> None:
    assert browser.get("/network.json?of=nobody").status == 404


@pytest.mark.parametrize(
    ("query", "view", "found"),
    [
        (SIGNED, "table", "//table[contains(@class, 'answer')]//tr[2]//a"),
        (SIGNED, "network", "//figure[@class='network']//*[name()='circle']"),
        (
            f"{PREFIXES} SELECT ?title (COUNT(?who) AS ?n) {{ ?who us:signed/rdfs:label ?title }} "
            "GROUP BY ?title",
            "chart",
            "//figure[@class='bars']//tr[2]",
        ),
        (
            f"{PREFIXES} SELECT ?day ?title {{ ?s us:published ?day ; rdfs:label ?title }}",
            "timeline",
            "//figure[@class='timeline']//*[name()='circle'][3]",
        ),
        (f"{PREFIXES} ASK {{ ?a us:signed ?b }}", "table", "//p[@class='truth'][.='Yes']"),
        (
            f"{PREFIXES} CONSTRUCT WHERE {{ ?a us:signed ?b }}",
            "network",
            "//figure[@class='network']//*[name()='circle']",
        ),
    ],
)
def test_the_query_page_shows_the_answer_in_its_views(
    browser: Browser, query: str, view: str, found: str
) -> None:
    page = browser.get(f"/query?view={view}&query={quote(query)}")
    assert page.status == 200
    assert page.html.xpath(found)


def test_an_answer_can_be_downloaded(browser: Browser) -> None:
    page = browser.get(f"/query?query={quote(SIGNED)}")
    links = page.html.xpath("//p[@class='downloads']/a/@href")
    assert len(links) == 4
    csv = browser.get(links[0], accept="*/*")
    assert csv.headers["content-type"].startswith("text/csv")
    assert csv.text.startswith("person,letter")


def test_a_view_that_the_answer_lacks_gives_the_table(browser: Browser) -> None:
    page = browser.get(f"/query?view=timeline&query={quote(SIGNED)}")
    assert page.html.xpath("//table[contains(@class, 'answer')]")


def test_a_faulty_query_is_shown_with_what_is_wrong(browser: Browser) -> None:
    page = browser.get("/query?query=SELECT+nothing")
    assert page.status == 400
    assert page.words("//section[@role='alert']/h2") == ["No answer"]
    assert page.html.xpath("//textarea")[0].text_content().strip() == "SELECT nothing"


def test_a_query_that_reaches_out_is_refused(browser: Browser) -> None:
    query = "SELECT * { SERVICE <http://127.0.0.1:9/> { ?a ?b ?c } }"
    assert browser.get(f"/query?query={quote(query)}").status == 403


def test_a_query_that_writes_is_refused(browser: Browser) -> None:
    update = "INSERT DATA { <https://x.example/a> <https://x.example/b> 1 }"
    assert browser.get(f"/query?query={quote(update)}").status in (400, 403)


def test_a_query_that_is_too_long_is_refused(small_store: Path, root: Path) -> None:
    with asyncio.Runner() as runner:
        strict = Browser(runner, small_store, root, ServeSettings(query_bytes=100))
        assert strict.get(f"/query?query={quote('ASK {} #' + 'x' * 200)}").status == 413
        strict.close()


def test_saved_questions_are_examples(browser: Browser) -> None:
    page = browser.get("/query?example=letters&load=1")
    assert "SELECT" in page.html.xpath("//textarea")[0].text_content()
    assert page.html.xpath("//option[@value='letters']/@selected")


def test_the_editor_completes_the_terms_of_the_ontology(browser: Browser) -> None:
    found = browser.get("/query/terms.json").response.json()
    assert found["prefixes"]["us"] == "https://w3id.org/undersigned/ontology#"
    assert "https://w3id.org/undersigned/ontology#Letter" in found["classes"]
    assert "https://w3id.org/undersigned/ontology#signed" in found["properties"]


def test_a_file_that_is_no_asset_is_not_handed_out(browser: Browser) -> None:
    for path in ("style.css", "../routes.py", "..%2froutes.py", ".vite/manifest.json", ""):
        assert browser.get(f"/static/{path}").status == 404


def test_the_style_sheet_keeps_until_it_changes(browser: Browser) -> None:
    path = browser.get("/").html.xpath("//link[@rel='stylesheet']/@href")[0]
    style = browser.get(path)
    assert style.headers["content-type"].startswith("text/css")
    assert "immutable" in style.headers["cache-control"]
