"""The way from corpora to a packaged pipeline, with tiny corpora and few steps."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from train import Job, main, run

from passage import read
from undersigned.reading.name_types import open_name_typer
from undersigned.reading.names import find_names
from undersigned.reading.pipeline import open_pipeline

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.slow
def test_one_command_goes_from_corpora_to_a_pipeline_that_reads(
    corpora: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    work = tmp_path / "work"
    main([str(corpora), "--work", str(work), "--sample"])
    stages = [line.split()[0] for line in capfd.readouterr().out.splitlines() if "…" in line]
    assert stages == ["convert", "neural", "names", "package", "evaluate"]
    figures = json.loads((work / "figures.json").read_text(encoding="utf-8"))
    assert figures["gum_test"]["pos_acc"] > 0.5
    packaged = work / "en_undersigned"
    card = (packaged / "README.md").read_text(encoding="utf-8")
    assert "{" not in card
    assert "GUM" in card
    meta = json.loads((packaged / "meta.json").read_text(encoding="utf-8"))
    assert meta["license"] == "CC-BY-SA-4.0"
    text = read(open_pipeline(packaged), "Ann Lee said that it was late.")
    names = find_names(text, open_name_typer(packaged / "name_typer"))
    assert [name.span.text for name in names] == ["Ann Lee"]

    job = Job(corpora, work, work / "neural", sample=True)
    assert run(job) == []
    (work / "figures.json").unlink()
    (packaged / "meta.json").unlink()
    assert run(job) == ["package", "evaluate"]


def test_a_stage_that_is_not_there_is_refused_with_those_that_are(
    corpora: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        main([str(corpora), "--work", str(tmp_path), "--stage", "bake"])
    assert "there are convert, neural, names, package, evaluate" in capsys.readouterr().err


def test_a_corpora_folder_that_is_not_there_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        main([str(tmp_path / "nowhere"), "--work", str(tmp_path)])
    assert "nowhere" in capsys.readouterr().err
