"""Fixtures and rules for all tests.

Use `shared` where a test needs the development material beside the repository: tests marked so are
left out, with a line that says so, where it does not lie there. Use `making.article()` for readings
made by hand and `memory_store()` for a store: neither needs the language pipeline. Use `reader`
where the pipeline itself is needed: it is opened once for the whole run.
"""

from __future__ import annotations

import os
import signal
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Generator

    from undersigned.reading.reader import Reader

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"


@pytest.fixture(scope="session")
def root() -> Path:
    """The repository."""
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """The development material; only for tests marked `shared`."""
    return SHARED


@pytest.fixture(scope="session")
def reader() -> Reader:
    """The reader with the shipped language pipeline."""
    from undersigned.reading.reader import Reader

    return Reader()


@pytest.fixture(autouse=True, scope="session")
def _ctrl_c_reaches_programs() -> None:
    """A shell starts background jobs deaf to Ctrl-C; what a test starts would inherit that."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(autouse=True)
def _no_settings_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in list(os.environ):
        if name.startswith("UNDERSIGNED_"):
            monkeypatch.delenv(name)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if SHARED.is_dir():
        return
    left_out = [item for item in items if item.get_closest_marker("shared")]
    config.stash[LEFT_OUT] = len(left_out)
    items[:] = [item for item in items if item not in set(left_out)]
    config.hook.pytest_deselected(items=left_out)


LEFT_OUT = pytest.StashKey[int]()
SKIPPED = pytest.StashKey[list[str]]()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    if report.skipped:
        item.config.stash.setdefault(SKIPPED, []).append(item.nodeid)
    return report


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    if number := config.stash.get(LEFT_OUT, 0):
        terminalreporter.write_line(
            f"{number} tests were left out: they read development material that is not here"
        )
    for nodeid in _forbidden_skips(config):
        terminalreporter.write_line(f"SKIPPED without a reason in allowed-skips.toml: {nodeid}")


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    if os.environ.get("UNDERSIGNED_CI") and _forbidden_skips(session.config):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def _forbidden_skips(config: pytest.Config) -> list[str]:
    allowed = tomllib.loads((ROOT / "tests/allowed-skips.toml").read_text(encoding="utf-8"))
    return [nodeid for nodeid in config.stash.get(SKIPPED, []) if nodeid not in allowed]
