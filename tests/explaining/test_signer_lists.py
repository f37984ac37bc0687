"""A letter's own page explained: its signers are read without grammar, and shown all the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from typer.testing import CliRunner

from undersigned.cli.app import app

if TYPE_CHECKING:
    from pathlib import Path


def test_a_list_of_signers_is_shown_with_its_claims(root: Path) -> None:
    letter = root / "examples" / "invented-town" / "keep-the-library-open.md"
    result = CliRunner().invoke(app, ["read", str(letter), "--explain"], env={"FORCE_COLOR": None})
    assert result.exit_code == 0
    entry = next(line for line in result.stdout.splitlines() if "Amrita Sandhu]" in line)
    assert entry.startswith("Dr. [signatory")
    assert "Amrita Sandhu is on the list of signers" in result.stdout
    assert "(signer, not read" not in result.stdout


def test_a_block_without_claims_stays_unread(root: Path) -> None:
    letter = root / "examples" / "invented-town" / "keep-the-library-open.md"
    result = CliRunner().invoke(app, ["read", str(letter), "--explain"], env={"FORCE_COLOR": None})
    assert "(boilerplate, not read: Individuals)" in result.stdout
