"""The pages of the questions as a browser gets them, and what hostile words become on them."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from pages.site_store import HOSTILE

if TYPE_CHECKING:
    from pages.site_store import Browser


def test_the_list_is_grouped_and_searched(browser: Browser) -> None:
    page = browser.get("/questions")
    assert page.status == 200
    assert "Signatures" in page.words("//main//h2")
    assert "Who signed a letter?" in page.words("//main//li/a")
    found = browser.get("/questions?q=withdrawn")
    assert 0 < len(found.words("//main//li/a")) < len(page.words("//main//li/a"))
    assert "No question" in browser.get("/questions?q=xyzzyplugh").main


def test_a_question_without_values_shows_its_form(browser: Browser) -> None:
    page = browser.get("/questions/signatories")
    assert page.status == 200
    assert page.words("//form[@class='question']//label") == ["letter", "certainty optional"]
    options = page.words("//select[@name='certainty']/option")
    assert options == ["any", "stated", "reported", "denied"]
    assert page.html.xpath("//input[@name='letter']/@required")
    assert not page.words("//table")
    assert "stated: a source says so" in page.main


def test_a_question_that_needs_nothing_is_answered_at_once(browser: Browser) -> None:
    assert browser.get("/questions/letters").words("//table[contains(@class,'answer')]")


def test_an_answer_has_links_words_downloads_and_a_citation(browser: Browser) -> None:
    page = browser.get("/questions/letters-signed?person=Ada+Quill")
    links = page.html.xpath("//table//td/a/@href")
    assert any(link.startswith("/letter/gazette-march/open-letter") for link in links)
    assert page.words("//table//details[@class='why']//mark")
    downloads = page.html.xpath("//p[@class='downloads']/a/@href")
    assert "/questions/letters-signed.csv?person=Ada+Quill" in downloads
    assert all(browser.get(link, accept="*/*").status == 200 for link in downloads)
    assert "Undersigned, revision" in page.words("//p[contains(@class,'citation')]")[0]
    query = page.html.xpath("//a[starts-with(@href, '/query?')]/@href")[0]
    assert browser.get(query).words("//table[contains(@class,'answer')]")
    assert "#+" not in page.words("//details[@class='sparql']")[0]


def test_a_long_answer_comes_in_parts(browser: Browser) -> None:
    letter = quote("https://w3id.org/undersigned/letter/herald-may/open-letter")
    path = f"/questions/signatories?letter={letter}"
    first, second = browser.get(path), browser.get(f"{path}&page=2")
    assert first.words("//nav[@class='pager']/span[contains(., ' of ')]")[0].startswith("1–50 of")
    assert second.words("//table/tbody[1]/tr[1]/td[1]") == ["51"]


def test_pictures_are_drawn_where_the_answer_has_them(browser: Browser) -> None:
    path = "/questions/active-signers?least=1"
    assert "chart" in browser.get(path).words("//nav[@aria-label='Views of the answer']/a")
    assert browser.get(f"{path}&view=chart").words("//figure[@class='bars']//th")


def test_an_ambiguous_name_is_chosen_from_links(browser: Browser) -> None:
    page = browser.get("/questions/signatories?letter=letter", follow=False)
    assert page.status == 300
    links = page.html.xpath("//section[contains(@class,'choices')]//a/@href")
    assert len(links) > 1
    assert browser.get(links[0]).words("//table")


def test_what_is_wrong_stands_beside_the_filled_form(browser: Browser) -> None:
    page = browser.get("/questions/statements-about?target=Ada+Quill&since=yesterday")
    assert page.status == 422
    assert "expected a date" in page.words("//section[@role='alert']")[0]
    assert page.html.xpath("//input[@name='since']/@value") == ["yesterday"]


def test_hostile_values_show_as_text(browser: Browser) -> None:
    for path in (
        f"/questions/letters-signed?person={quote(HOSTILE)}",
        f"/questions/statements-on-topic?words={quote(HOSTILE)}",
        f"/questions/{quote(HOSTILE, safe='')}",
        f"/questions?q={quote(HOSTILE)}",
        f"/questions/letters-signed?{quote(HOSTILE)}=1",
    ):
        page = browser.get(path)
        assert HOSTILE not in page.text
        assert not page.html.xpath("//script[not(@src)]")


def test_hostile_data_show_as_text(browser: Browser) -> None:
    letter = quote("https://w3id.org/undersigned/letter/herald-may/open-letter")
    found = [
        browser.get(f"/questions/signatories?letter={letter}&page={part}") for part in (1, 2, 3)
    ]
    found.append(browser.get("/questions/sources"))
    assert any(HOSTILE in page.main for page in found)
    assert all(HOSTILE not in page.text for page in found)
