"""`undersigned judge`: people's decisions, one by one, from a table, and taken back."""

from __future__ import annotations

import getpass
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from undersigned.cli.options import ProjectOption, StoreOption

if TYPE_CHECKING:
    from undersigned.judging.register import Registered
    from undersigned.store.base import GraphReader

ByOption = Annotated[
    str | None,
    typer.Option("--by", metavar="NAME", help="Who judges.", show_default="this account's name"),
]
ReasonOption = Annotated[str, typer.Option("--reason", help="Why, for whoever asks later.")]


def judge(
    one: Annotated[
        str,
        typer.Argument(metavar="ONE", help="A name or an IRI.", show_default=False),
    ] = "",
    word: Annotated[
        str,
        typer.Argument(
            metavar="WORD",
            help="same, not-same or unsure, of two of one kind; confirmed, withdrawn, denied or "
            "forged, of a signature.",
            show_default=False,
        ),
    ] = "",
    other: Annotated[
        str,
        typer.Argument(
            metavar="OTHER",
            help="A name or an IRI; the letter, of a signature; or the address of an entry of "
            "another data set.",
            show_default=False,
        ),
    ] = "",
    reason: ReasonOption = "",
    by: ByOption = None,
    date: Annotated[
        str, typer.Option(metavar="DAY", help="Since when, of a signature. Default: today.")
    ] = "",
    url: Annotated[str, typer.Option(help="The page that says so, of a signature.")] = "",
    undo: Annotated[
        list[str] | None,
        typer.Option("--undo", metavar="IRI", help="Take a judgement back; can be repeated."),
    ] = None,
    import_: Annotated[
        Path | None, typer.Option("--import", metavar="FILE", help="Read a CSV file; - for stdin.")
    ] = None,
    export: Annotated[
        Path | None,
        typer.Option("--export", metavar="FILE", help="Write all judgements as CSV; - for stdout."),
    ] = None,
    store: StoreOption = None,
    project: ProjectOption = None,
) -> None:
    """Record what you decide: the same or not, and what became of a signature.

    The graph follows at once, and a judgement can be taken back with --undo. People, organizations,
    letters and statements can be judged, whole or as one source has them.

    Example: undersigned judge "Ann Poe" withdrawn "Open letter" --date 2025-04-02 --reason "email"
    """
    from undersigned.settings import store_path

    folder = store_path(store, project)
    ways = [bool(one), bool(undo), import_ is not None, export is not None]
    if sum(ways) != 1 or (one and not (word and other)):
        raise typer.BadParameter(
            'expected ONE WORD OTHER, as in: undersigned judge "Ann Poe" same "A. Poe"; or one of '
            "--undo, --import and --export"
        )
    if export is not None:
        _export(folder, export)
    elif import_ is not None:
        _import(folder, import_, by or account())
    elif undo:
        _undo(folder, undo, by or account(), reason)
    else:
        _judge(folder, (one, word, other), by or account(), (reason, date, url))


def _judge(
    folder: Path, names: tuple[str, str, str], judge: str, more: tuple[str, str, str]
) -> None:
    from undersigned.judging.decisions import Saying, judgements_of
    from undersigned.judging.register import new_records, open_store, register

    one, word, other = names
    reason, day, url = more
    saying = Saying(one=one, word=word, other=other, judge=judge, reason=reason, day=day, url=url)
    with open_store(folder) as writer:
        done = register(writer, new_records(writer, judgements_of(writer, saying)))
        say_registered(writer, done)


def _undo(folder: Path, iris: list[str], judge: str, reason: str) -> None:
    from undersigned.judging.register import open_store, revoke

    with open_store(folder) as writer:
        say_registered(writer, revoke(writer, iris, judge=judge, reason=reason))


def _import(folder: Path, path: Path, judge: str) -> None:
    from undersigned.judging.register import open_store, register
    from undersigned.judging.table import read_table

    content = sys.stdin.buffer.read() if str(path) == "-" else path.read_bytes()
    with open_store(folder) as writer:
        table = read_table(writer, content, judge=judge)
        done = register(writer, table.records)
        say_registered(writer, done)
    for problem in table.problems:
        sys.stderr.write(f"{path}:{problem.line}: {problem.message}\n")
    if table.left_open:
        sys.stderr.write(f"{_counted(table.left_open, 'row')} without a verdict left open\n")
    if table.problems:
        sys.stderr.write(
            f"{_counted(len(table.problems), 'row')} not taken; correct them and import the file "
            "again: the rows that were taken change nothing the second time\n"
        )
        raise typer.Exit(1)


def _export(folder: Path, path: Path) -> None:
    from undersigned.judging.table import export_table
    from undersigned.store.embedded import open_reader

    with open_reader(folder) as reader:
        text = export_table(reader)
    if str(path) == "-":
        sys.stdout.write(text)
    else:
        path.write_text(text, encoding="utf-8")
        sys.stderr.write(f"{path}: {_counted(text.count(chr(10)) - 1, 'judgement')}\n")


def say_registered(reader: GraphReader, done: Registered) -> None:
    """Says on stderr which judgements were written or taken back, and where old IRIs lead now."""
    from undersigned.explaining.explanation import printable
    from undersigned.judging.table import sentence_of

    base = reader.iris.base
    if done.assembled is None:
        sys.stderr.write("nothing new\n")
        return
    for record in done.records:
        verb = "taken back" if record.revocation else "recorded"
        sentence = printable(sentence_of(reader, record))
        sys.stderr.write(f"{verb} as {record.iri.value.removeprefix(base)}: {sentence}\n")
    for old, new in sorted(done.assembled.redirects.items(), key=str):
        shown = (iri.value.removeprefix(base) for iri in (old, new))
        sys.stderr.write("{} is now {}\n".format(*shown))
    changed = done.assembled
    sys.stderr.write(
        f"the graph changed: {changed.added} triples added, {changed.removed} removed\n"
    )


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def account() -> str:
    """The name of whoever is logged in."""
    try:
        return getpass.getuser()
    except (OSError, KeyError) as error:
        raise typer.BadParameter("this account has no name; say who judges with --by") from error
