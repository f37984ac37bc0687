"""`undersigned demo`: the example articles loaded, three questions answered with their words."""

from __future__ import annotations

import shutil
import sys
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Final

import typer
from rich.console import Console
from rich.markup import escape

from undersigned.cli.options import ProjectOption
from undersigned.errors import ProjectNotFound

DEMO_STORE: Final = Path("demo.store")
SHOWN_ROWS: Final = 3
"""Rows of each answer that are shown with their words: enough to see how it works."""

QUESTIONS: Final[tuple[tuple[str, dict[str, str]], ...]] = (
    ("critics-who-signed", {"addressee": "Office of Science and Technology Policy"}),
    ("signatories", {"letter": "A Letter on Justice and Open Debate"}),
    ("disagreeing-counts", {}),
)


def demo(
    project: ProjectOption = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Load only, show nothing.")] = False,
) -> None:
    """Load the example articles into demo.store and answer three questions, with the evidence.

    The store is made anew each time.

    Example: undersigned demo
    """
    from undersigned.cli.loading import Loading
    from undersigned.loading.gather import gather
    from undersigned.loading.run import Outcome
    from undersigned.project import find_project
    from undersigned.settings import read_settings

    found = find_project(project)
    articles = found.folder / "examples"
    if not articles.is_dir():
        raise ProjectNotFound(
            f"{found.folder} has no folder examples/ with articles to show; run this in a checkout "
            "of the project, or load articles of your own with `undersigned load`"
        )
    _make_room()
    talk = Console(stderr=True, soft_wrap=True, highlight=False)
    settings = read_settings(project, {"store": DEMO_STORE})
    report = Loading(settings, found, talk, quiet=quiet).run(gather([str(articles)]).items)
    if report.stopped:
        raise typer.Exit(130)
    if report.count(Outcome.FAILED):
        raise typer.Exit(1)
    if not quiet:
        _ask(found.queries)


def _make_room() -> None:
    """Takes an earlier demo's store away; a folder of that name with anything else in it stays."""
    from undersigned.store.embedded import open_writer

    open_writer(DEMO_STORE).close()
    shutil.rmtree(DEMO_STORE)


def _ask(queries: Path) -> None:
    from undersigned.questions.ask import ask
    from undersigned.questions.passage_formats import print_answer
    from undersigned.questions.saved_query import get_saved_query
    from undersigned.store.embedded import open_reader
    from undersigned.why import why_row

    screen = Console(file=sys.stdout, highlight=False)
    with open_reader(DEMO_STORE) as reader:
        for name, parameters in QUESTIONS:
            answer = ask(reader, get_saved_query(queries, name), parameters)
            shown = replace(answer, rows=answer.rows[:SHOWN_ROWS])
            options = "".join(f' --{key} "{value}"' for key, value in parameters.items())
            screen.print()
            screen.print(f"[bold]$ undersigned query {name}{escape(options)} --why[/]")
            print_answer(screen, shown, [why_row(reader, row.evidence) for row in shown.rows], 1)
            if len(answer.rows) > SHOWN_ROWS:
                screen.print(f"… and {len(answer.rows) - SHOWN_ROWS} more rows")
    screen.print()
    screen.print("[bold]Go on[/]")
    screen.print(_GO_ON.format(store=DEMO_STORE), markup=False, soft_wrap=True)


_GO_ON: Final = """\
  undersigned query --list                          all saved questions
  undersigned query letters --store {store}      the letters in the graph
  undersigned why "Elon Musk" --store {store}    all that is said of a person, in its words
  undersigned serve --store {store}              a SPARQL endpoint on this machine
  undersigned load my-articles/                     your own articles, into undersigned.store
The program lies in .venv/bin; `source .venv/bin/activate` puts it on your path."""
