from __future__ import annotations

import pickle
from typing import TYPE_CHECKING

import pytest

from undersigned.errors import SourceUnreachable, SourceUnreadable
from undersigned.loading.gather import gather, retrieve
from undersigned.store.embedded import open_writer

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("b.txt", "a.html", "deep/c.md", ".hidden/d.txt", ".e.txt", "f.xyz", "README.md"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(name, encoding="utf-8")
    return tmp_path


def names(*arguments: object) -> list[str]:
    return [item.name_hint for item in gather([str(argument) for argument in arguments]).items]


def test_a_folder_gives_its_files_sorted_with_names_below_it(folder: Path) -> None:
    found = gather([str(folder)])
    assert [item.name_hint for item in found.items] == ["a.html", "b.txt", "deep/c.md"]
    skipped = sorted(path.name for path in found.skipped)
    assert skipped == [".e.txt", "README.md", "d.txt", "f.xyz"]


def test_a_file_is_taken_whatever_its_suffix(folder: Path) -> None:
    assert names(folder / "f.xyz") == ["f.xyz"]


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [("*.txt", ["b.txt"]), ("**/*.md", ["README.md", "deep/c.md"]), ("d*/?.md", ["deep/c.md"])],
)
def test_a_pattern_gives_what_it_matches(folder: Path, pattern: str, expected: list[str]) -> None:
    assert names(folder / pattern) == expected


def test_a_source_named_twice_is_given_once(folder: Path) -> None:
    again = f"{folder}/deep/../b.txt"
    assert names(folder / "b.txt", folder, again) == ["b.txt", "a.html", "deep/c.md"]


def test_urls_and_standard_input_are_items(folder: Path) -> None:
    found = gather(["https://echo.example/bees", "-"], standard_input=b"text")
    assert [item.url for item in found.items] == ["https://echo.example/bees", None]
    assert retrieve(found.items[1]).data == b"text"
    assert names((folder / "b.txt").as_uri()) == ["b.txt"]


@pytest.mark.parametrize(
    ("argument", "words"),
    [
        ("a.htm", r"a\.htm: no such file.*did you mean a\.html"),
        ("none/a.txt", "there is no folder"),
        ("*.pdf", "no file matches"),
        ("empty", "nothing to load"),
        ("nowhere.txt", "a link to gone, which is not there"),
    ],
)
def test_an_argument_that_stands_for_nothing_is_told(
    folder: Path, argument: str, words: str
) -> None:
    (folder / "empty").mkdir()
    (folder / "nowhere.txt").symlink_to("gone")
    found = gather([str(folder / argument), str(folder / "b.txt")])
    assert [item.name_hint for item in found.items] == ["b.txt"]
    with pytest.raises(SourceUnreadable, match=words):
        raise found.problems[0]


def test_an_address_of_another_kind_is_told() -> None:
    with pytest.raises(SourceUnreadable, match="'ftp' addresses can't be loaded"):
        raise gather(["ftp://echo.example/x"]).problems[0]


def test_an_empty_name_is_told_and_does_not_mean_the_working_folder() -> None:
    found = gather([""])
    assert not found.items
    with pytest.raises(SourceUnreadable, match="an empty name"):
        raise found.problems[0]


def test_an_address_that_is_none_stops_no_other(folder: Path) -> None:
    found = gather(["file://[::1/x", "http://[::1/x", str(folder / "b.txt")])
    assert [item.origin for item in found.items][1:] == [str(folder / "b.txt")]
    with pytest.raises(SourceUnreadable, match="not an address"):
        raise found.problems[0]
    with pytest.raises(SourceUnreachable, match="is not a URL"):
        retrieve(found.items[0])


def test_a_link_to_nowhere_in_a_folder_is_told(folder: Path) -> None:
    (folder / "nowhere.txt").symlink_to("gone")
    (item,) = [item for item in gather([str(folder)]).items if item.name_hint == "nowhere.txt"]
    with pytest.raises(SourceUnreadable, match="a link to gone"):
        retrieve(item)


def test_a_store_in_a_folder_is_no_source(folder: Path) -> None:
    with open_writer(folder / "deep" / "my.store") as writer:
        writer.publish()
    found = gather([str(folder)])
    assert [item.name_hint for item in found.items] == ["a.html", "b.txt", "deep/c.md"]


def test_a_device_without_end_is_refused() -> None:
    item = gather(["/dev/zero"]).items[0]
    with pytest.raises(SourceUnreadable, match="/dev/zero: it is too large"):
        retrieve(item, max_file_bytes=100_000)


def test_an_id_is_for_one_source(folder: Path) -> None:
    assert gather([str(folder / "b.txt")], source_id="bees").items[0].source_id == "bees"
    with pytest.raises(SourceUnreadable, match="stand for 3"):
        raise gather([str(folder)], source_id="bees").problems[0]


def test_items_can_be_sent_to_a_worker(folder: Path) -> None:
    item = gather([str(folder / "b.txt")]).items[0]
    assert retrieve(pickle.loads(pickle.dumps(item))).data == b"b.txt"


def test_a_large_file_is_refused_without_reading_it(tmp_path: Path) -> None:
    with (tmp_path / "large.txt").open("wb") as file:
        file.truncate(50_000_000)
    item = gather([str(tmp_path / "large.txt")]).items[0]
    with pytest.raises(SourceUnreadable, match=r"large\.txt: 50 MB is too large"):
        retrieve(item)


def test_a_file_that_goes_away_is_told(tmp_path: Path) -> None:
    path = tmp_path / "gone.txt"
    path.write_text("x", encoding="utf-8")
    item = gather([str(path)]).items[0]
    path.unlink()
    with pytest.raises(SourceUnreadable, match="no such file"):
        retrieve(item)
