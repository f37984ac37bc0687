"""What was taken out is in no file of a store, and a killed process leaves the store whole.

These tests start processes of their own and kill them, so they take some seconds.
"""

from __future__ import annotations

import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from correcting.storing import QUOTES, dump, put
from making import Said, article
from undersigned.correcting.forgetting import forget, go_on_forgetting
from undersigned.correcting.people import PersonNames
from undersigned.correcting.removing import remove_sources
from undersigned.correcting.residue import files_holding, find_residue
from undersigned.store.embedded import memory_store, open_reader, open_writer

if TYPE_CHECKING:
    from pathlib import Path

    from undersigned.claims import Reading

QUILL = PersonNames(frozenset({"Ada Quill"}))

STEPS = {
    "begin_erasure", "write_suppression", "touch", "replace", "replace_graphs", "change_graph",
    "assemble", "write_anew", "swap", "open_live", "publish", "write_head", "rmtree", "unlink",
    "drop_revisions_but",
}  # fmt: skip
"""Functions at whose beginning the process is killed."""

CHILD = """
import os, signal, sys
from pathlib import Path
from undersigned.correcting.forgetting import forget
from undersigned.correcting.people import PersonNames
from undersigned.correcting.removing import remove_sources
from undersigned.store.embedded import open_writer

doing, store, number = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])
steps = set(sys.argv[4].split(","))
met = 0

def watch(frame, event, argument):
    global met
    if event == "call" and frame.f_code.co_name in steps:
        met += 1
        if met == number:
            os.kill(os.getpid(), signal.SIGKILL)

with open_writer(store) as writer:
    sys.setprofile(watch)
    if doing == "forget":
        forget(writer, PersonNames(frozenset({"Ada Quill"})))
    else:
        remove_sources(writer, [writer.iris.source("b")])
        writer.publish()
    sys.setprofile(None)
"""


def some_readings() -> list[Reading]:
    both = Said(
        signers=("Ada Quill", "Ben Stage"), quotes=(QUOTES[0],), quotes_of={"Ada Quill": QUOTES[2]}
    )
    return [
        article("a", both, published="2025-03-01"),
        article("b", Said(signers=("Ada Quill",), quotes=(QUOTES[0],)), published="2025-03-02"),
        article("ada-quill-signs", Said(signers=("Cora Note",)), published="2025-03-03"),
    ]


def make_store(path: Path) -> None:
    with open_writer(path) as writer:
        put(writer, *some_readings())
        writer.publish()


def killed_at(number: int, doing: str, path: Path) -> bool:
    """Does something in a process that is killed at a step; whether it came so far."""
    arguments = [doing, str(path), str(number), ",".join(sorted(STEPS))]
    ended = subprocess.run([sys.executable, "-c", CHILD, *arguments], check=False)
    assert ended.returncode in (0, -signal.SIGKILL)
    return ended.returncode != 0


def published(path: Path) -> list[str]:
    with open_reader(path) as reader:
        return sorted(str(q) for q in reader.quads() if q.graph_name != reader.iris.runs)


def test_no_file_from_before_is_left_and_no_byte_of_the_name(tmp_path: Path) -> None:
    path = tmp_path / "a.store"
    make_store(path)
    assert files_holding(path, QUILL.names)[1]
    before = {file.stat().st_ino for file in path.rglob("*.sst")}
    with open_writer(path) as writer:
        forget(writer, QUILL)
        assert find_residue(writer, writer.suppression)[1] == set()
    assert before
    assert before.isdisjoint(file.stat().st_ino for file in path.rglob("*") if file.is_file())
    for file in path.rglob("*"):
        content = file.read_bytes().lower() if file.is_file() else b""
        assert b"quill" not in content, file
    assert (path / "suppressed.json").stat().st_mode & 0o077 == 0


def test_who_was_forgotten_can_not_be_read_from_the_store(tmp_path: Path) -> None:
    one, other = tmp_path / "one.store", tmp_path / "other.store"
    for path in (one, other):
        make_store(path)
        with open_writer(path) as writer:
            forget(writer, QUILL)
    assert (one / "suppressed.json").read_text() != (other / "suppressed.json").read_text()


@pytest.mark.parametrize("number", range(1, 40, 3))
def test_a_forgetting_that_is_killed_is_ended_by_the_next_writer(
    tmp_path: Path, number: int
) -> None:
    path = tmp_path / "a.store"
    make_store(path)
    before = published(path)
    killed = killed_at(number, "forget", path)
    expected = memory_store()
    if (path / "erasing").exists():
        assert killed
        with open_reader(path) as reader:
            assert list(reader.graphs())
    with open_writer(path) as writer:
        if writer.erasing:
            go_on_forgetting(writer)
        expected.begin_erasure(writer.suppression)
    if not writer.suppression:  # killed before anything was written
        assert published(path) == before
        return
    expected.erase()
    put(expected, *some_readings())
    assert published(path) == dump(expected)
    assert files_holding(path, QUILL.names)[1] == set()


@pytest.mark.parametrize("number", range(1, 14, 3))
def test_a_removal_that_is_killed_leaves_the_store_as_it_was_or_can_be_done_again(
    tmp_path: Path, number: int
) -> None:
    path, expected = tmp_path / "a.store", memory_store()
    make_store(path)
    before = published(path)
    killed_at(number, "remove", path)
    put(expected, *(r for r in some_readings() if r.source.source_id != "b"))
    assert published(path) in (before, dump(expected))
    with open_writer(path) as writer:
        remove_sources(writer, [writer.iris.source("b")])
        writer.publish()
    assert published(path) == dump(expected)
