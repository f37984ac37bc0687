"""A saved question asked in a browser: with a script, and without."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Page

LETTER = "https://w3id.org/undersigned/letter/gazette-march/open-letter"
PAGES = [
    "/questions",
    "/questions?tag=network",
    "/questions/statements-about",
    "/questions/letters-signed?person=Ada+Quill",
    "/questions/active-signers?least=1&view=chart",
    "/questions/signatories?letter=letter",
]


def ask_and_read_why(page: Page) -> None:
    """From the list of questions to the sentence that carries a row, and its table as a file."""
    page.goto("/questions")
    page.get_by_label("Words").fill("letters signed")
    page.get_by_role("button", name="Filter").click()
    page.get_by_role("link", name="Which letters did a person sign?").click()
    page.get_by_label("person").fill("Ada Quill")
    page.get_by_role("button", name="Ask").click()
    table = page.locator("table.answer")
    expect(table.locator("tbody")).not_to_have_count(0)
    table.locator("summary").first.click()
    expect(table.locator("blockquote").first).to_be_visible()
    expect(table.locator("mark").first).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV").click()
    lines = Path(download.value.path()).read_text(encoding="utf-8").splitlines()
    assert lines[0].startswith("letter,")
    assert download.value.suggested_filename == "letters-signed.csv"


def test_a_question_is_asked_why_is_read_and_the_table_downloaded(page: Page) -> None:
    ask_and_read_why(page)


def test_the_same_without_a_script(plain_page: Page) -> None:
    ask_and_read_why(plain_page)


def test_names_are_proposed_while_one_is_typed(page: Page) -> None:
    page.goto("/questions/letters-signed")
    page.get_by_label("person").press_sequentially("saldana")
    proposals = page.locator("form.question datalist option")
    expect(proposals.first).to_have_attribute("value", "Zoë Saldaña")


def test_an_ambiguous_name_is_chosen_without_a_script(plain_page: Page) -> None:
    plain_page.goto("/questions/signatories?letter=letter")
    plain_page.locator("section.choices a").first.click()
    expect(plain_page.locator("table.answer")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", PAGES)
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
        (fault["id"], fault["nodes"][0]["html"])
        for fault in found["violations"]
        if fault["impact"] in ("serious", "critical")
    ]
    assert faults == []
