"""A load says what it is at, since a long list takes a while at each step."""

from __future__ import annotations

from typing import TYPE_CHECKING

from undersigned.loading.gather import gather
from undersigned.loading.readers import ReadingRules
from undersigned.loading.run import load
from undersigned.project import find_project
from undersigned.store.embedded import memory_store

if TYPE_CHECKING:
    from pathlib import Path


def test_a_load_tells_each_of_its_steps(tmp_path: Path) -> None:
    (tmp_path / "signers.csv").write_text("Name,Affiliation\nAnn Lee,Acme\nBob Ray,\n")
    steps: list[str] = []
    items = gather([str(tmp_path)]).items
    rules = ReadingRules(project=find_project())
    report = load(items, memory_store(), rules, on_step=steps.append)
    assert [source.source_id for source in report.sources] == ["signers"]
    assert steps == ["writing signers", "reading", "putting together", "publishing"]
