from __future__ import annotations

import sys
from importlib.metadata import EntryPoint
from typing import TYPE_CHECKING

import pytest

from undersigned.errors import LoaderFailed, LoaderUnusable, SourceKindUnknown, SourceUnreadable
from undersigned.loading.base import Payload
from undersigned.loading.registry import find_loaders

if TYPE_CHECKING:
    from pathlib import Path

GOOD = '''"""Notes on paper slips.

More about them.
"""
from undersigned.source import Block, BlockKind, Source
from ._score import SCORE

class Slips:
    summary = "paper slips"
    def accepts(self, payload):
        return SCORE if payload.name_hint.endswith(".slip") else 0.0
    def read(self, payload):
        text = payload.data.decode()
        return Source(source_id="slip", kind="article", text=text,
                      blocks=(Block(BlockKind.PARAGRAPH, 0, len(text)),), origin=payload.origin)

LOADER = Slips()
'''
SLIP = Payload(origin="a.slip", data=b"A slip.", name_hint="a.slip")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "slips.py").write_text(GOOD, encoding="utf-8")
    (tmp_path / "_score.py").write_text("SCORE = 0.6\n", encoding="utf-8")
    return tmp_path


def test_a_loader_file_is_found_with_its_helpers(folder: Path) -> None:
    loaders = find_loaders(folder, installed=())
    assert list(loaders.by_name) == ["slips"]
    assert loaders.by_name["slips"].summary == "Notes on paper slips."
    assert loaders.by_name["slips"].path == str(folder / "slips.py")
    assert loaders.read(SLIP).text == "A slip."
    assert "slips" not in sys.modules


def test_the_surest_loader_reads(folder: Path) -> None:
    other = GOOD.replace("SCORE if", "0.9 if").replace('source_id="slip"', 'source_id="other"')
    (folder / "zettel.py").write_text(other, encoding="utf-8")
    loaders = find_loaders(folder, installed=())
    assert loaders.choose(SLIP).name == "zettel"
    assert loaders.choose(SLIP, "slips").name == "slips"


def test_a_package_of_the_same_name_is_an_error_with_both_paths(folder: Path) -> None:
    (folder / "slips").mkdir()
    (folder / "slips" / "__init__.py").write_text(GOOD, encoding="utf-8")
    with pytest.raises(LoaderUnusable) as caught:
        find_loaders(folder, installed=())
    assert str(folder / "slips.py") in str(caught.value)
    assert f"{folder / 'slips'} " in str(caught.value)


def test_an_installed_loader_of_the_same_name_is_an_error(folder: Path) -> None:
    point = EntryPoint("slips", "other.package:loader", "undersigned.loaders")
    with pytest.raises(LoaderUnusable, match=r"two loaders are named 'slips'.*other\.package"):
        find_loaders(folder, installed=[point])


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("x = (\n", "broken.py:1: the loader does not import: SyntaxError"),
        ("\nimport no_such_module_here\n", "broken.py:2: the loader does not import"),
        ("1 / 0\n", "broken.py:1: the loader does not import: ZeroDivisionError"),
        ("x = 1\n", "broken.py: LOADER is missing"),
        ("LOADER = object()\n", "broken.py: LOADER lacks summary, accepts, read"),
    ],
)
def test_a_file_that_is_no_loader_is_told_and_the_others_load(
    folder: Path, text: str, words: str
) -> None:
    (folder / "broken.py").write_text(text, encoding="utf-8")
    loaders = find_loaders(folder, installed=())
    assert list(loaders.by_name) == ["slips"]
    assert [words in str(problem) for problem in loaders.problems] == [True]


def test_a_missing_folder_is_told(tmp_path: Path) -> None:
    with pytest.raises(LoaderUnusable, match="no such folder"):
        find_loaders(tmp_path / "none", installed=())


def test_an_unknown_kind_says_what_was_found_and_what_is_read(folder: Path) -> None:
    loaders = find_loaders(folder, installed=())
    with pytest.raises(SourceKindUnknown, match=r"this is JSON.*slips reads paper slips"):
        loaders.read(Payload(origin="a.json", data=b"{}", name_hint="a.json"))


def test_an_empty_source_is_refused_before_any_loader(folder: Path) -> None:
    with pytest.raises(SourceUnreadable, match="0 bytes"):
        find_loaders(folder, installed=()).read(
            Payload(origin="a.slip", data=b"", name_hint="a.slip")
        )


def test_an_unknown_loader_name_lists_the_known(folder: Path) -> None:
    with pytest.raises(LoaderUnusable, match="no loader 'slip'; there are: slips"):
        find_loaders(folder, installed=()).read(SLIP, "slip")


def test_a_loaders_own_error_is_wrapped_with_its_traceback(folder: Path) -> None:
    (folder / "slips.py").write_text(
        GOOD.replace("text = payload.data.decode()", "text = {}['missing']"), encoding="utf-8"
    )
    with pytest.raises(LoaderFailed) as caught:
        find_loaders(folder, installed=()).read(SLIP)
    assert "a.slip: loader 'slips'" in str(caught.value)
    assert 'slips.py", line' in str(caught.value)
    assert isinstance(caught.value.__cause__, KeyError)


def test_impossible_blocks_are_the_loaders_fault(folder: Path) -> None:
    (folder / "slips.py").write_text(GOOD.replace("len(text))", "99)"), encoding="utf-8")
    with pytest.raises(LoaderFailed, match="out of order or outside the text"):
        find_loaders(folder, installed=()).read(SLIP)
