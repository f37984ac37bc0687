"""A reader's way through the pages, in a browser: with a script, and without."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

SIGNED = """PREFIX us: <https://w3id.org/undersigned/ontology#>
SELECT ?person ?letter WHERE { ?person us:signed ?letter } ORDER BY ?person LIMIT 30"""
PAGES = [
    "/",
    "/letters",
    "/people",
    "/organizations",
    "/statements",
    "/sources",
    "/network",
    "/about",
    "/questions",
    "/questions/signatories",
    "/search?q=quill",
    "/search?q=xyzzyxyzzy",
    "/person/ada-quill.html",
    "/person/dan-prompt.html",
    "/letter/gazette-march/open-letter.html",
    "/letter/herald-may/open-letter.html?page=2",
    "/source/gazette-march.html",
    "/signature/gazette-march/open-letter/ben-stage.html",
    "/ontology.html",
    "/query",
    f"/query?query={quote(SIGNED)}",
    f"/query?view=network&query={quote(SIGNED)}",
]
DARK = [
    "/",
    "/person/ada-quill.html",
    "/letter/gazette-march/open-letter.html",
    "/source/gazette-march.html",
    f"/query?query={quote(SIGNED)}",
]
"""Pages that have every colour between them."""


def why_of_first_letter(page: Page) -> Locator:
    """From the search box to the words behind the first letter on a signer's page."""
    page.goto("/")
    page.get_by_role("searchbox").or_(page.get_by_role("combobox")).first.fill("Ben Stage")
    page.get_by_role("button", name="Search").click()
    page.get_by_role("link", name="Ben Stage").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ben Stage")
    letters = page.locator("#letters")
    letters.locator("summary").first.click()
    return letters


def test_a_signer_is_found_and_why_leads_to_the_sentence(page: Page) -> None:
    why = why_of_first_letter(page)
    expect(why.locator("blockquote").first).to_contain_text("Ben Stage signed it.")
    expect(why.locator("mark").first).to_have_text("Ben Stage")
    expect(why.locator("cite").first).to_contain_text("The Gazette")


def test_the_same_without_a_script(plain_page: Page) -> None:
    why = why_of_first_letter(plain_page)
    expect(why.locator("blockquote").first).to_contain_text("Ben Stage signed it.")
    expect(why.locator("mark").first).to_have_text("Ben Stage")
    expect(why.locator("cite").first).to_contain_text("The Gazette")
    expect(why.locator("blockquote").first).to_be_visible()


def test_suggestions_are_chosen_with_the_keyboard(page: Page) -> None:
    page.goto("/letters")
    box = page.get_by_role("combobox", name="Search the graph")
    box.press_sequentially("zoe sal")
    expect(page.get_by_role("option").first).to_contain_text("Zoë Saldaña")
    box.press("ArrowDown")
    expect(page.get_by_role("option").first).to_have_attribute("aria-selected", "true")
    box.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Zoë Saldaña")


def test_escape_closes_the_suggestions(page: Page) -> None:
    page.goto("/letters")
    box = page.get_by_role("combobox", name="Search the graph")
    box.press_sequentially("zoe")
    expect(page.get_by_role("listbox")).to_be_visible()
    box.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(box).to_have_attribute("aria-expanded", "false")


def test_a_query_is_edited_its_network_seen_and_its_rows_downloaded(page: Page) -> None:
    page.goto("/query")
    editor = page.locator(".CodeMirror textarea")
    editor.focus()
    editor.press("Control+a")
    page.keyboard.insert_text(SIGNED)
    editor.press("Control+Enter")
    expect(page.locator("table.answer tbody tr")).to_have_count(30)
    page.get_by_role("navigation", name="Views of the answer").get_by_text("network").click()
    expect(page.locator("figure.network svg").first).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV").click()
    lines = Path(download.value.path()).read_text(encoding="utf-8").splitlines()
    assert lines[0] == "person,letter"
    assert len(lines) == 31


def test_the_query_page_without_a_script(plain_page: Page) -> None:
    plain_page.goto("/query")
    plain_page.get_by_label("Query", exact=True).fill(SIGNED)
    plain_page.get_by_role("button", name="Run").click()
    expect(plain_page.locator("table.answer tbody tr")).to_have_count(30)
    plain_page.get_by_role("link", name="network", exact=True).click()
    expect(plain_page.locator("figure.network circle").first).to_be_visible()


def test_an_example_is_loaded_into_the_editor(page: Page) -> None:
    page.goto("/query")
    page.get_by_label("Example").select_option(
        label="Which letters are there, and how many signed them?"
    )
    page.wait_for_url(re.compile("example=letters"))
    expect(page.locator(".CodeMirror-code")).to_contain_text("SELECT")


def test_the_editor_completes_terms_and_lets_the_keyboard_out(page: Page) -> None:
    page.goto("/query")
    editor = page.locator(".CodeMirror textarea")
    editor.focus()
    editor.press("Control+a")
    page.keyboard.insert_text(
        "PREFIX us: <https://w3id.org/undersigned/ontology#>\nSELECT * { ?s us:addr"
    )
    editor.press("Control+Space")
    expect(page.locator(".CodeMirror-hint").first).to_have_text("us:addressee")
    page.keyboard.press("Enter")
    expect(page.locator(".CodeMirror-code")).to_contain_text("us:addressee")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('.CodeMirror')") is None


def test_a_network_can_be_moved_and_put_back(page: Page) -> None:
    page.goto("/person/ada-quill.html")
    figure = page.locator("figure.network")
    figure.get_by_role("button", name="Move and zoom").click()
    closed = figure.get_by_role("button", name="Back to the drawing")
    missing = figure.get_by_text("can't show a network that moves")
    expect(closed.or_(missing)).to_be_visible()
    if closed.is_visible():
        expect(figure.locator("canvas").first).to_be_attached()
        figure.get_by_role("button", name="Spread out").click()
        closed.click()
    expect(figure.locator("svg")).to_be_visible()


def test_a_page_that_the_browser_has_already_keeps_its_looks(page: Page) -> None:
    for _ in range(3):
        page.goto("/person/ada-quill")
        expect(page.get_by_text("Skip to the content")).to_have_css("position", "absolute")


def test_the_scripts_come_with_their_licences(page: Page) -> None:
    page.goto("/about")
    answer = page.request.get("/static/licences.txt")
    named = dict(re.findall(r"^(\S+) \d[\w.-]*, (.+)$", answer.text(), re.MULTILINE))
    assert set(named) >= {"@zazuko/yasqe", "codemirror", "sigma", "graphology"}
    assert "" not in named.values()


def test_a_link_to_a_claim_ends_at_the_claim(page: Page) -> None:
    page.goto("/signature/gazette-march/open-letter/ben-stage.html")
    page.get_by_role("link", name="signature claim").first.click()
    assert "#claim-" in page.url
    expect(page.locator("li:target")).to_be_in_viewport()


def test_the_first_stop_of_the_keyboard_leads_to_the_content(page: Page) -> None:
    page.goto("/letters")
    page.keyboard.press("Tab")
    expect(page.get_by_text("Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


@pytest.mark.parametrize("width", [390, 900, 1400])
def test_the_search_field_has_room_for_a_name(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 844})
    page.goto("/letters")
    field = page.locator("header input[type=search]").bounding_box()
    last = page.locator("header nav a").last.bounding_box()
    assert field is not None
    assert field["width"] > 150
    assert last is not None
    assert last["x"] + last["width"] <= width


@pytest.mark.parametrize(
    ("path", "scheme"), [*((path, "light") for path in PAGES), *((path, "dark") for path in DARK)]
)
def test_pages_fit_a_phone_and_have_no_serious_fault_of_access(
    page: Page, axe: str, path: str, scheme: str
) -> None:
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(path)
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    for details in page.locator("details").all():
        details.evaluate("element => { element.open = true }")
    found = page.evaluate(f"{axe}; axe.run({{resultTypes: ['violations']}})")
    faults = [
        (fault["id"], fault["nodes"][0]["html"], fault["nodes"][0].get("failureSummary"))
        for fault in found["violations"]
        if fault["impact"] in ("serious", "critical")
    ]
    assert faults == []
