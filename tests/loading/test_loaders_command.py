from __future__ import annotations

from typing import TYPE_CHECKING

from undersigned.cli.loaders import loaders

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_loaders_are_listed_and_problems_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("ontology", "queries", "loaders"):
        (tmp_path / name).mkdir()
    good = '"""Minutes of meetings."""\n\n\nclass LOADER:\n    summary = accepts = read = None\n'
    (tmp_path / "loaders" / "minutes.py").write_text(good, encoding="utf-8")
    (tmp_path / "loaders" / "torn.py").write_text("import (\n", encoding="utf-8")
    loaders(project=tmp_path)
    told = capsys.readouterr()
    path = tmp_path / "loaders" / "minutes.py"
    assert told.out == f"minutes\t{path}\tMinutes of meetings.\n"
    assert "torn.py:1: the loader does not import: SyntaxError" in told.err
