"""How `undersigned read` writes what was read."""

from __future__ import annotations

import json
import sys
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from rich.console import Console
from rich.markup import escape

from undersigned.errors import ExportError, SourceIdTaken, UndersignedError
from undersigned.explaining.explanation import explain
from undersigned.explaining.page import explanation_page
from undersigned.explaining.terminal import TerminalView
from undersigned.loading.readers import iter_read_closely
from undersigned.reading.attributions_output import attributions_document
from undersigned.reading.facts import facts_document

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from typing import TextIO

    from undersigned.loading.gather import WorkItem
    from undersigned.loading.readers import ReadingRules
    from undersigned.reading.reader import ReadSource


class ReadingOutput:
    """Writes readings to standard output or below a folder; `failed` counts what was not read."""

    def __init__(self, output: Path | None) -> None:
        self._output = output
        self._talk = Console(stderr=True, soft_wrap=True, highlight=False)
        self.failed = 0

    def say_problem(self, problem: UndersignedError) -> None:
        """Says what went wrong with one source, and counts it."""
        self.failed += 1
        self._talk.print(f"[bold red]failed[/] {escape(str(problem))}")

    def write_facts(self, items: Iterable[WorkItem], rules: ReadingRules) -> None:
        """One JSON document a source: to standard output, or NAME.json in the folder."""
        self._write_documents(items, rules, ".json", _facts)

    def write_pages(self, items: Iterable[WorkItem], rules: ReadingRules) -> None:
        """One HTML page a source: to standard output, or NAME.html in the folder."""
        self._write_documents(items, rules, ".html", _page)

    def show(self, items: Iterable[WorkItem], rules: ReadingRules) -> None:
        """Each source's text with its claims, for people, to standard output."""
        view = TerminalView(Console())
        for name, read in self._read(items, rules):
            view.show(name, explain(read))

    def _write_documents(
        self,
        items: Iterable[WorkItem],
        rules: ReadingRules,
        suffix: str,
        document_of: Callable[[str, ReadSource], str],
    ) -> None:
        for name, read in self._read(items, rules):
            document = document_of(name, read)
            if self._output is None:
                sys.stdout.write(document)
            else:
                path = self._output / f"{name}{suffix}"
                _make_folder(path.parent)
                path.write_text(document, encoding="utf-8")

    def write_attributions(self, items: Iterable[WorkItem], rules: ReadingRules) -> None:
        """One JSON line a source: to standard output, a .jsonl file, or one in the folder."""
        if self._output is None:
            self._write_lines(items, rules, sys.stdout)
            return
        path = self._output
        if path.suffix != ".jsonl":
            path = path / "attributions.jsonl"
        _make_folder(path.parent)
        with path.open("w", encoding="utf-8") as lines:
            self._write_lines(items, rules, lines)

    def _write_lines(self, items: Iterable[WorkItem], rules: ReadingRules, lines: TextIO) -> None:
        for name, read in self._read(items, rules):
            document = attributions_document(name, read.text, read.attributions)
            lines.write(json.dumps(document, ensure_ascii=False) + "\n")

    def _read(
        self, items: Iterable[WorkItem], rules: ReadingRules
    ) -> Iterator[tuple[str, ReadSource]]:
        """Name and reading of each source that can be read."""
        origins: dict[str, str] = {}
        for item, read in iter_read_closely(items, rules):
            if isinstance(read, UndersignedError):
                self.say_problem(read)
                continue
            name = _name_of(item, read)
            if name in origins:
                self.say_problem(
                    SourceIdTaken(
                        f"{item.origin}: {name!r} is the name of {origins[name]}, too; rename one, "
                        "or read them apart"
                    )
                )
                continue
            origins[name] = item.origin
            yield name, read


def _name_of(item: WorkItem, read: ReadSource) -> str:
    """The file's path below the folder named, without suffix; for others the source's id."""
    if item.path is None:
        return read.reading.source.source_id
    return str(PurePosixPath(item.name_hint).with_suffix(""))


def _facts(name: str, read: ReadSource) -> str:
    document = facts_document(read.reading) | {"document": name}
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def _page(_: str, read: ReadSource) -> str:
    return explanation_page(explain(read))


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ExportError(
            f"{folder}: can't be made ({error.strerror}); name a folder with --output"
        ) from error
