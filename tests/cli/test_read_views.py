"""`undersigned read --explain` and `--format html`: a source as people are shown it."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from lxml import etree, html
from rich.console import Console
from typer.testing import CliRunner

from passage import source_of
from undersigned.cli.app import app
from undersigned.errors import SettingInvalid
from undersigned.explaining.explanation import explain
from undersigned.explaining.page import explanation_page
from undersigned.explaining.terminal import TerminalView
from undersigned.loading.gather import gather
from undersigned.loading.readers import ReadingRules, iter_read_closely
from undersigned.project import find_project
from undersigned.source import Block, BlockKind

if TYPE_CHECKING:
    from pathlib import Path

    from typer.testing import Result

    from undersigned.explaining.explanation import Explanation
    from undersigned.reading.reader import Reader
    from undersigned.source import Source

STORY = (
    "Actor Anna Keller and the novelist Robert Stone signed an open letter to the mayor of Arden. "
    "Maria Lopez reportedly signed it, too.",
    "“The river belongs to everybody,” Ms. Keller said. She called the plan “a theft in daylight.”",
)


@pytest.fixture(scope="module")
def shown(reader: Reader) -> Explanation:
    return explanation_of(reader, source_of(*STORY, headline="Forty names for a river"))


def explanation_of(reader: Reader, source: Source) -> Explanation:
    (read,) = reader.read_closely([source])
    return explain(read)


def with_caption(source: Source, words: str) -> Source:
    start = len(source.text) + 2
    block = Block(BlockKind.CAPTION, start, start + len(words))
    return replace(source, text=f"{source.text}\n\n{words}", blocks=(*source.blocks, block))


def printed(explanation: Explanation, *, terminal: bool, colour: bool = True) -> str:
    out = io.StringIO()
    console = Console(
        file=out,
        force_terminal=terminal,
        color_system="256" if terminal else None,
        no_color=not colour,
        width=100,
    )
    TerminalView(console).show("river", explanation)
    return out.getvalue()


def parsed(page: str) -> etree._Element:
    return etree.fromstring(page.encode())


def classes(element: etree._Element) -> list[str]:
    return str(element.get("class", "")).split()


def call(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["read", *arguments], env={"FORCE_COLOR": None})


# On the terminal


def test_without_a_terminal_labels_stand_in_brackets_and_nothing_is_coloured(
    shown: Explanation,
) -> None:
    text = printed(shown, terminal=False)
    assert "\x1b" not in text
    assert "Robert Stone]" in text
    assert "[letter " in text
    assert all(claim.sentence in text and claim.rule in text for claim in shown.claims)
    assert "Reportedly, Maria Lopez signed" in text


def test_on_a_terminal_labels_are_colours_with_a_legend(shown: Explanation) -> None:
    text = printed(shown, terminal=True)
    assert "\x1b[" in text
    assert "[signatory" not in text.replace("\x1b[", "")
    assert "Ms. Keller" in text


def test_a_terminal_without_colours_gets_brackets(shown: Explanation) -> None:
    assert "[speaker " in printed(shown, terminal=True, colour=False)


def test_a_speaker_is_shown_with_the_words_and_the_score(shown: Explanation) -> None:
    speakers = [claim.speaker for claim in shown.claims if claim.speaker is not None]
    assert any(speaker.startswith("“Ms. Keller”: Anna Keller, ") for speaker in speakers)


def test_a_text_cannot_steer_the_terminal(reader: Reader) -> None:
    source = replace(source_of("Anna Keller signed the \x1b[2J open letter."), title="\x1b]0;x\x07")
    text = printed(explanation_of(reader, source), terminal=False)
    assert "\x1b" not in text
    assert "\x07" not in text


def test_several_sources_are_explained_one_after_another(root: Path) -> None:
    names = ["pause-letter-harbor-courier", "openai-staff-letter-brightwater-ledger"]
    paths = [str(next((root / "examples").glob(f"{name}.*"))) for name in names]
    result = call(*paths, "--explain")
    assert result.exit_code == 0
    assert all(name in result.stdout for name in names)
    assert "\x1b" not in result.stdout


@pytest.mark.parametrize("option", [("--format", "html"), ("--output", "x")])
def test_explaining_goes_with_no_file_format(tmp_path: Path, option: tuple[str, str]) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Anna Keller signed the open letter.", encoding="utf-8")
    result = call(str(path), "--explain", *option)
    assert isinstance(result.exception, SettingInvalid)
    assert "--format html --output DIR" in str(result.exception)


# As a page


def test_a_page_is_well_formed_needs_nothing_else_and_is_the_same_twice(
    shown: Explanation,
) -> None:
    page = explanation_page(shown)
    assert page == explanation_page(shown)
    root = parsed(page)
    assert {element.tag for element in root.iter()}.isdisjoint(
        {"script", "link", "img", "iframe", "object"}
    )
    assert not root.xpath("//@src | //@onclick | //@style")
    assert "url(" not in page
    assert "@import" not in page


def test_every_claim_has_a_mark_a_note_and_a_row_whose_links_lead_somewhere(
    shown: Explanation,
) -> None:
    root = parsed(explanation_page(shown))
    ids = root.xpath("//@id")
    assert len(ids) == len(set(ids))
    targets = [href for href in root.xpath("//@href") if href.startswith("#")]
    assert {target[1:] for target in targets} <= set(ids)
    marked = {name for mark in root.iter("mark") for name in classes(mark)}
    rows = root.findall(".//tbody/tr")
    assert len(rows) == len(shown.claims) > 0
    for claim in shown.claims:
        assert f"k{claim.number}" in marked
        assert f"claim-{claim.number}" in ids


@pytest.mark.parametrize(
    "name", ["ai-risk-statement-harbor-courier.html", "harpers-counter-letter-weekly-lantern.md"]
)
def test_a_page_without_its_labels_is_the_text(root: Path, name: str, tmp_path: Path) -> None:
    items = gather([str(root / "examples" / name)], standard_input=b"").items
    ((_, read),) = iter_read_closely(items, ReadingRules(project=find_project(root)))
    assert not isinstance(read, Exception)
    shown = explain(read)
    page = parsed(explanation_page(shown))
    for label in page.xpath("//*[contains(@class, 'tag') or contains(@class, 'why')]"):
        before = label.getprevious()
        if label.tail:
            if before is not None:
                before.tail = (before.tail or "") + label.tail
            else:
                label.getparent().text = (label.getparent().text or "") + label.tail
        label.getparent().remove(label)
    texts = [
        "".join(element.itertext()).lstrip() for element in page.xpath("//article/section/*[1]")
    ]
    assert texts == [shown.words(block.start, block.end).lstrip() for block in shown.blocks]


def test_captions_are_shown_as_not_read(reader: Reader) -> None:
    source = with_caption(source_of(*STORY), "Paul Moreau signed the petition.")
    root = parsed(explanation_page(explanation_of(reader, source)))
    (unread,) = root.xpath("//section[contains(@class, 'unread')]")
    words = "".join(unread.itertext())
    assert "caption, not read" in words
    assert "Paul Moreau" in words
    assert not unread.findall(".//mark")


def test_what_looks_like_markup_is_shown_as_text(reader: Reader) -> None:
    attack = "<script>alert(1)</script>"
    story = source_of(f"“{attack} & 'so' \"on\" is all we ask,” Anna Keller said.")
    source = replace(
        with_caption(story, attack),
        title=f"</title>{attack}",
        outlet=attack,
        authors=(attack,),
        url="javascript:alert(1)",
        language='en"><script>',
        notes=(attack,),
    )
    page = explanation_page(explanation_of(reader, source))
    assert "<script" not in page
    root = html.fromstring(page)
    assert attack in "".join(root.find(".//main").itertext())
    assert not root.xpath("//a[starts-with(@href, 'javascript:')]")
    assert parsed(page).get("lang") == 'en"><script>'


def test_a_source_without_story_gives_a_page_without_claims(reader: Reader) -> None:
    source = replace(source_of("x"), text="", blocks=())
    shown = explanation_of(reader, source)
    assert parsed(explanation_page(shown)).findall(".//mark") == []
    assert "0 claims" in printed(shown, terminal=False)


def test_the_command_writes_a_page_a_source(root: Path, tmp_path: Path) -> None:
    names = ["pause-letter-harbor-courier", "pause-letter-brightwater-ledger"]
    paths = [str(root / "examples" / f"{name}.html") for name in names]
    result = call(*paths, "--format", "html", "--output", str(tmp_path))
    assert result.exit_code == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(f"{n}.html" for n in names)
    one = call(paths[0], "--format", "html")
    assert one.stdout == (tmp_path / f"{names[0]}.html").read_text(encoding="utf-8")
    assert isinstance(call(*paths, "--format", "html").exception, SettingInvalid)
