"""Pages of people, organizations, letters, statements, sources and whatever else there is."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest

from pages.site_store import HOSTILE, LIBRARY, MANY, SENTENCE
from undersigned.pages.facts import fullest

if TYPE_CHECKING:
    from pages.site_store import Browser


def test_a_person_has_letters_statements_roles_and_co_signers(browser: Browser) -> None:
    page = browser.get("/person/ada-quill")
    assert page.words("//h1") == ["Ada Quill"]
    assert len(page.words("//section[@id='letters']//li[contains(@class, 'signature')]")) == 2
    assert any("poet" in role for role in page.words("//ul[@class='roles']/li"))
    assert any("The library raised me." in said for said in page.words("//article//blockquote"))
    assert any("Ben Stage" in other for other in page.words("//section[@id='cosigners']//li"))
    assert len(page.html.xpath("//section[@id='cosigners']//svg")) == 1


def test_why_shows_the_sentence_with_its_words_marked_and_its_source(browser: Browser) -> None:
    page = browser.get("/person/ben-stage")
    why = page.html.xpath("//section[@id='letters']//details[@class='why']")[0]
    assert [m.text for m in why.xpath(".//blockquote//mark")] == ["Ben Stage", "signed"]
    assert "Ben Stage signed it." in why.text_content()
    assert "The Gazette" in why.text_content()
    assert "21 March 2025" in why.text_content()
    assert "https://gazette.example/library" in [a.get("href") for a in why.xpath(".//a")]


def test_who_declined_is_told_apart_from_those_who_signed(browser: Browser) -> None:
    page = browser.get("/person/dan-prompt")
    assert page.html.xpath("//section[@id='letters']") == []
    assert any("declined" in line for line in page.words("//li[contains(@class, 'fallen')]"))


def test_a_hedged_signature_says_so(browser: Browser) -> None:
    page = browser.get("/person/cora-note")
    assert "reportedly" in page.words("//section[@id='letters']//span[@class='pill hedged']")


def test_a_letter_has_signers_counts_addressee_and_its_words(browser: Browser) -> None:
    page = browser.get(LIBRARY)
    assert "Town Council" in page.main
    counts = page.words("//section[h2='How many signed']//li/strong")
    assert counts == ["over 420", "over 400"]
    assert any(SENTENCE in said for said in page.words("//section[@id='said']//blockquote"))
    signers = page.words("//section[@id='signers']//a[@class='name']")
    assert signers == ["Ada Quill", "Ben Stage", "Cora Note", "Dan Prompt", "Zoë Saldaña"]


def test_signers_are_filtered_by_status_and_by_words_without_accents(browser: Browser) -> None:
    declined = browser.get(f"{LIBRARY}.html?status=declined")
    assert declined.words("//a[@class='name']") == ["Dan Prompt"]
    named = browser.get(f"{LIBRARY}.html?name=saldana")
    assert named.words("//section[@id='signers']//a[@class='name']") == ["Zoë Saldaña"]
    nobody = browser.get(f"{LIBRARY}.html?name=nobody")
    assert "No signer fits the filter." in nobody.main


def test_long_lists_of_signers_have_parts(browser: Browser) -> None:
    letter = "/letter/herald-may/open-letter.html"
    seen: list[str] = []
    path: str | None = letter
    while path is not None:
        page = browser.get(path)
        seen += page.words("//section[@id='signers']//a[@class='name']")
        following = page.html.xpath("//section[@id='signers']//a[@rel='next']/@href")
        path = following[0] if following else None
    assert len(seen) == len(set(seen)) == MANY + 2
    assert browser.get(f"{letter}?page=9999").status == 200
    assert browser.get(f"{letter}?page=-1").status == 200
    assert browser.get(f"{letter}?page=x").status == 200


def test_an_organization_has_the_letters_addressed_to_it(browser: Browser) -> None:
    letter = browser.get(LIBRARY)
    (link,) = letter.html.xpath("//dl[@class='facts']//a[text()='Town Council']/@href")
    page = browser.get(link)
    assert page.words("//h1") == ["Town Council"]
    assert page.html.xpath("//section[h2='Letters to Town Council']//li/a/@href") == [
        f"{LIBRARY}.html"
    ]


def test_a_statement_has_its_words_its_speaker_and_who_printed_it(browser: Browser) -> None:
    link = browser.get("/person/ada-quill").html.xpath("//article//blockquote//a/@href")[0]
    page = browser.get(link)
    assert page.words("//h1") == ["“The library raised me.”"]
    assert "Ada Quill" in page.main
    assert "The Gazette" in page.words("//section[h2='Who printed it']//cite")[0]


def test_a_source_lists_its_claims_by_kind_and_links_to_its_address(browser: Browser) -> None:
    page = browser.get("/source/gazette-march")
    assert "https://gazette.example/library" in page.html.xpath("//main//a/@href")
    kinds = page.words("//div[@aria-label='Filter by kind']/a")
    assert "signature 5" in kinds
    chosen = browser.get("/source/gazette-march.html?kind=count")
    assert chosen.words("//ol[@class='claims']//span[@class='claim-kind']") == ["count"]


def test_a_claim_is_found_on_the_part_of_the_source_that_holds_it(browser: Browser) -> None:
    last = browser.get("/source/herald-may.html?page=3")
    anchor = last.html.xpath("//ol[@class='claims']/li/@id")[-1]
    page = browser.get(f"/source/herald-may.html?claim={anchor}")
    assert anchor in page.html.xpath("//ol[@class='claims']/li/@id")


def test_a_source_shows_little_around_the_words_of_a_claim(browser: Browser) -> None:
    from undersigned.pages.sources import AROUND_CHARS, snippet
    from undersigned.source import Span

    text = "before " * 40 + "marked words" + " after" * 40
    start = text.index("marked")
    found = snippet(text, [Span(start, start + len("marked words"))])
    (span,) = found.marks
    assert found.text[span.start : span.end] == "marked words"
    assert len(found.text) <= len("marked words") + 2 * (AROUND_CHARS + 1)
    assert found.text.startswith("…before")
    assert found.text.endswith("after…")


@pytest.mark.parametrize(
    "path",
    [
        "/signature/gazette-march/open-letter/ben-stage",
        "/role/ada-quill/poet",
        "/count/gazette-march/open-letter/over-400",
        "/signature/gazette-march/open-letter/ben-stage/status/reported-gazette-march",
    ],
)
def test_every_fact_has_a_page_with_its_words(browser: Browser, path: str) -> None:
    page = browser.get(path)
    assert page.status == 200
    assert page.html.xpath("//section[h2='Why']//mark")


def test_a_signature_has_its_history(browser: Browser) -> None:
    page = browser.get("/signature/gazette-march/open-letter/ben-stage")
    (step,) = page.words("//ol[@class='history']/li/p")
    assert step.startswith("21 March 2025 reported")


def test_every_thing_in_the_graph_has_a_page(browser: Browser) -> None:
    reader = browser.site.latest().reader
    base = len(reader.iris.base)
    things = {n.subject.value for n in reader.triples(reader.iris.knowledge)}  # type: ignore[union-attr] # all are IRIs
    paths = {f"/{quote(iri[base:].partition('#')[0])}.html" for iri in things}
    assert len(paths) > 200
    sample = sorted(paths)[::9]
    assert [path for path in sample if browser.get(path).status != 200] == []


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/people",
        "/sources",
        "/statements",
        "/letter/herald-may/open-letter.html?page=3",
        "/letter/herald-may/open-letter.html?name=script",
        "/source/gazette-march.html",
        "/source/herald-may.html?kind=signature&page=3",
        "/person/mo-law",
        f"/search?q={quote(HOSTILE)}",
        f"/people?q={quote(HOSTILE)}",
        f"/query?query={quote(HOSTILE)}",
        f"/{quote(HOSTILE)}",
        f"/letters?topic={quote(HOSTILE)}",
    ],
)
def test_markup_in_names_titles_words_and_addresses_is_shown_as_text(
    browser: Browser, path: str
) -> None:
    page = browser.get(path)
    scripts = page.html.xpath("//script")
    assert all(script.get("src", "").startswith("/static/") for script in scripts)
    assert HOSTILE not in page.text
    assert page.html.xpath("//@onclick | //@onerror | //@style") == []


def test_hostile_words_are_there_to_be_read(browser: Browser) -> None:
    assert HOSTILE in browser.get("/source/gazette-march").words("//h1")[0]
    assert any(HOSTILE in said for said in browser.get("/person/mo-law").words("//blockquote"))


def test_an_address_that_is_no_web_address_is_no_link(browser: Browser) -> None:
    page = browser.get("/source/courier-april")
    assert not [a for a in page.html.xpath("//a/@href") if a.startswith("javascript")]


def test_pages_load_nothing_from_elsewhere(browser: Browser) -> None:
    page = browser.get("/person/ada-quill")
    for place in page.html.xpath("//script/@src | //link[@rel='stylesheet']/@href | //img/@src"):
        assert place.startswith("/static/")
        assert browser.get(place).status == 200
    assert "unsafe" not in page.headers["content-security-policy"]


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        (("Builder", "builder"), ("Builder",)),
        (("Councillor, Hartley Council", "councillor"), ("Councillor, Hartley Council",)),
        (("art", "artist"), ("art", "artist")),
        (("poet", "novelist"), ("novelist", "poet")),
        ((), ()),
    ],
)
def test_a_capacity_that_another_says_more_fully_is_not_shown_twice(
    given: tuple[str, ...], shown: tuple[str, ...]
) -> None:
    assert fullest(given) == shown
