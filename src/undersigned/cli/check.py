"""`undersigned check`: the ontology, and the graph where there is one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.markup import escape

from undersigned.cli.options import ProjectOption, StoreOption

if TYPE_CHECKING:
    from undersigned.checking.report import Report, Step
    from undersigned.project import Project


def check(
    store: StoreOption = None,
    project: ProjectOption = None,
    sources: Annotated[
        list[str] | None,
        typer.Option(
            metavar="PATH",
            help="File or folder that was loaded: compare every slice with it. May be repeated.",
            show_default=False,
        ),
    ] = None,
    page: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Also write the ontology as an HTML page."),
    ] = None,
    no_reasoner: Annotated[
        bool, typer.Option("--no-reasoner", help="Leave out HermiT, which needs Java.")
    ] = False,
) -> None:
    """Check the ontology, and the graph if one is loaded.

    The ontology: files, documentation, examples, HermiT. The graph: SHACL shapes, queries that
    must have no answer, slices against their sources. Exit status 1 if anything is wrong.

    Example: undersigned check --no-reasoner
    """
    from undersigned.checking.project_check import check_project
    from undersigned.checking.report import Report
    from undersigned.project import find_project

    screen = Console(stderr=True, soft_wrap=True, highlight=False)
    found = find_project(project)
    if page is not None:
        _write_page(found, page, screen)
    reports = [check_project(found, with_reasoner=not no_reasoner)]
    _show(screen, f"ontology {found.ontology}", reports[0])
    reports += _check_store(found, store, sources or [], screen)
    if not Report.joined(reports).passed:
        raise typer.Exit(1)


def _check_store(
    project: Project, store: Path | None, sources: list[str], screen: Console
) -> list[Report]:
    """The report on the graph; none where no store is named and the default one is not there."""
    from undersigned.checking.dataset_check import check_dataset
    from undersigned.checking.source_texts import read_source_texts
    from undersigned.settings import store_path
    from undersigned.store.embedded import open_reader

    path = store_path(store, project.folder)
    if store is None and not sources and not path.exists():
        screen.print(f"no graph checked: there is no {path} here", markup=False)
        return []
    texts = None
    if sources:
        texts, problems = read_source_texts(sources, project)
        for problem in problems:
            screen.print(f"left out: {problem}", markup=False)
    with open_reader(path) as reader:
        report = check_dataset(reader, project, texts)
        _show(screen, f"graph {path}, revision {reader.revision}", report)
    return [report]


def _write_page(project: Project, page: Path, screen: Console) -> None:
    from undersigned.checking.page import ontology_page

    page.parent.mkdir(parents=True, exist_ok=True)
    page.write_text(ontology_page(project), encoding="utf-8")
    screen.print(f"wrote {page}", markup=False)


def _show(screen: Console, title: str, report: Report) -> None:
    screen.print(f"[bold]{escape(title)}[/]")
    for step in report.steps:
        _show_step(screen, step)


def _show_step(screen: Console, step: Step) -> None:
    mark = "[green]passed[/]" if step.passed else "[bold red]failed[/]"
    screen.print(f"  {mark}  {escape(step.name)} ({escape(step.covered)})")
    for found in step.findings:
        screen.print(f"    {found.severity}: {escape(found.where)}", style="bold", markup=True)
        screen.print(f"      {found.what}", markup=False)
        screen.print(f"      {found.advice}", markup=False, style="dim")
