"""The command: decisions one by one, from tables, and taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from judging.stores import put
from making import Said, article
from undersigned.cli.app import app
from undersigned.errors import StoreLocked, StoreUnreadable
from undersigned.store.embedded import open_reader, open_writer

if TYPE_CHECKING:
    from pathlib import Path

    from typer.testing import Result

HANDLES = [f"source/{source}#person-digit" for source in "ab"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with open_writer(tmp_path / "store") as writer:
        put(
            writer,
            article("a", Said(signers=("Ann Poe", "digit"), letter_name="Letter on Bees")),
            article("b", Said(signers=("digit",), letter_name="Letter on Wells")),
        )
    return tmp_path / "store"


def run(folder: Path, *arguments: str, typed: str | bytes = "") -> Result:
    return CliRunner().invoke(app, [*arguments, "--store", str(folder)], input=typed)


def judged(folder: Path, *arguments: str, typed: str | bytes = "") -> Result:
    return run(folder, "judge", *arguments, typed=typed)


def facts(folder: Path) -> list[str]:
    """Everything but judgements and runs, sorted."""
    with open_reader(folder) as reader:
        left_out = {reader.iris.judgements, reader.iris.runs}
        return sorted(str(quad) for quad in reader.quads() if quad.graph_name not in left_out)


def iri_in(result: Result) -> str:
    return str(result.output.split("recorded as ")[1].split(":")[0])


def test_a_merge_is_told_and_undone_to_the_byte(folder: Path) -> None:
    before = facts(folder)
    done = judged(folder, HANDLES[0], "same", HANDLES[1], "--reason", "one avatar")
    assert done.exit_code == 0
    assert "recorded as judgement/" in done.output
    assert ": digit: same, digit\n" in done.output
    assert " is now person/digit" in done.output
    assert facts(folder) != before
    undone = judged(folder, "--undo", iri_in(done), "--by", "B. Writer", "--reason", "two avatars")
    assert undone.exit_code == 0
    assert f"taken back as {iri_in(done)}" in undone.output
    assert facts(folder) == before
    listed = run(folder, "query", "judgements", "--format", "csv").output
    assert listed.count("digit,same,digit") == 1
    assert "one avatar" in listed


def test_the_answers_of_queries_follow(folder: Path) -> None:
    signed = ("query", "letters-signed", "--person", "digit")
    assert isinstance(run(folder, *signed).exception, Exception)  # two have this name
    judged(folder, HANDLES[0], "same", HANDLES[1])
    assert run(folder, *signed).output.count("digit") >= 2
    judged(folder, "Ann Poe", "withdrawn", "Letter on Bees", "--date", "2025-04-02")
    that_day = ("query", "status-on-date", "--person", "Ann Poe", "--format", "csv", "--date")
    assert ",reported,2025-03-21,stated,yes" in run(folder, *that_day, "2025-04-01").output
    assert ",withdrawn,2025-04-02,stated,no" in run(folder, *that_day, "2025-04").output


def test_a_table_goes_out_and_in(folder: Path, tmp_path: Path) -> None:
    judged(folder, HANDLES[0], "unsure", HANDLES[1], "--by", "A. Reader")
    assert judged(folder, "--export", str(tmp_path / "out.csv")).output.endswith(
        "out.csv: 1 judgement\n"
    )
    assert judged(folder, "--export", "-").stdout == (tmp_path / "out.csv").read_text("utf-8")
    again = judged(folder, "--import", str(tmp_path / "out.csv"))
    assert (again.exit_code, again.output) == (0, "nothing new\n")


def test_rows_that_cant_be_taken_are_told_by_line_and_the_others_are_taken(folder: Path) -> None:
    table = f"verdict,one,other\nsame,Ann Po,Ann Poe\nunsure,{HANDLES[0]},{HANDLES[1]}\n,x,y\n"
    done = judged(folder, "--import", "-", typed=table)
    assert done.exit_code == 1
    assert "-:2: the graph has nobody whose whole name is 'Ann Po'; did you mean" in done.output
    assert "1 row without a verdict left open" in done.output
    assert "1 row not taken; correct them" in done.output
    assert "recorded as judgement/" in done.output


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["Ann Poe"],
        ["Ann Poe", "same"],
        ["Ann Poe", "same", "digit", "--undo", "judgement/1"],
        ["--export", "a", "--import", "b"],
    ],
)
def test_what_is_no_whole_sentence_is_a_usage_error(folder: Path, arguments: list[str]) -> None:
    done = judged(folder, *arguments)
    assert done.exit_code == 2
    assert "expected ONE WORD OTHER" in " ".join(done.output.replace("│", " ").split())


def test_judging_makes_no_store_and_waits_for_none(tmp_path: Path, folder: Path) -> None:
    missing = judged(tmp_path / "none", "Ann Poe", "same", "digit")
    assert isinstance(missing.exception, StoreUnreadable)
    assert not (tmp_path / "none").exists()
    with open_writer(folder):
        assert isinstance(judged(folder, *HANDLES[:1], "same", HANDLES[1]).exception, StoreLocked)
