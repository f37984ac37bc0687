"""How a load looks on the terminal: a progress bar, what failed, and a summary at the end."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from rich.markup import escape
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    SpinnerColumn,
    TextColumn,
    TimeElapsedColumn,
)

from undersigned.cli.source_changes import change_lines
from undersigned.iris import DEFAULT_BASE
from undersigned.loading.fetch import FetchRules
from undersigned.loading.readers import ReadingRules, check_loaders
from undersigned.loading.run import LoadedSource, LoadReport, Outcome, load
from undersigned.store.embedded import open_writer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console

    from undersigned.errors import UndersignedError
    from undersigned.loading.gather import WorkItem
    from undersigned.project import Project
    from undersigned.settings import Settings


class Loading:
    """One load with its talk."""

    def __init__(
        self,
        settings: Settings,
        project: Project,
        talk: Console,
        *,
        loader: str | None = None,
        quiet: bool = False,
    ) -> None:
        self._settings = settings
        self._talk = talk
        self._quiet = quiet
        self._rules = ReadingRules(
            project=project,
            pipeline=settings.pipeline,
            workers=settings.workers,
            loader=loader,
            largest_file_bytes=settings.largest_file_bytes,
            fetch=FetchRules(
                total_seconds=settings.fetch_timeout_seconds,
                allow_private=settings.allow_private_addresses,
            ),
        )

    def say(self, text: str) -> None:
        """Says something that is not a problem."""
        if not self._quiet:
            self._talk.print(escape(text))

    def say_problem(self, problem: UndersignedError) -> None:
        """Says what went wrong with one source."""
        self._talk.print(f"[bold red]failed[/] {escape(str(problem))}")

    def run(self, items: Sequence[WorkItem]) -> LoadReport:
        """Loads the items, with a bar on a terminal."""
        for problem in check_loaders(self._rules):
            self.say_problem(problem)
        base = self._settings.base_iri
        with (
            open_writer(
                self._settings.store, base=None if base == DEFAULT_BASE else base
            ) as writer,
            Progress(
                SpinnerColumn(),
                TextColumn("{task.description}"),
                BarColumn(),
                MofNCompleteColumn(),
                TimeElapsedColumn(),
                console=self._talk,
                transient=True,
                disable=self._quiet or not self._talk.is_terminal,
            ) as progress,
        ):
            bar = progress.add_task("reading", total=len(items))

            def on_source(source: LoadedSource) -> None:
                progress.advance(bar)
                self._say_source(source)

            def on_step(step: str) -> None:
                progress.update(bar, description=step)

            report = load(items, writer, self._rules, on_source, on_step)
        self._say_end(report, len(items))
        return report

    def _say_source(self, source: LoadedSource) -> None:
        if source.problem is not None:
            self.say_problem(source.problem)
            return
        found = ", ".join(_number(n, what) for what, n in sorted(source.found.items()))
        self.say(f"{source.outcome:<9} {source.source_id}: {found or 'nothing to tell'}")
        for line in (*source.notes, *(change_lines(source.changes) if source.changes else ())):
            self.say(f"          {line}")

    def _say_end(self, report: LoadReport, asked: int) -> None:
        if report.stopped:
            self._talk.print(
                f"stopped after {len(report.sources)} of {_number(asked, 'sources')}; what was "
                "read of them is in the graph, and loading again reads the others"
            )
        counts = Counter(source.outcome for source in report.sources)
        outcomes = ", ".join(
            f"{counts[outcome]} {outcome}" for outcome in Outcome if counts[outcome]
        )
        self.say(
            f"{outcomes or 'nothing loaded'}; {_number(report.added, 'triples')} added to the "
            f"knowledge graph, {report.removed:,} taken back; revision {report.revision} of "
            f"{self._settings.store}"
        )


def _number(number: int, things: str) -> str:
    """The number with its noun, which is given in the plural."""
    return f"{number:,} {things.removesuffix('s') if number == 1 else things}"
