"""`undersigned export`: the dataset as a file."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from undersigned.cli.export_options import (
    FormatOption,
    LettersOption,
    LicenceOption,
    LongestQuotationOption,
    NetworkOption,
    OutputOption,
    ParametersOption,
    PersonsOption,
    QueryOption,
    SinceOption,
    TablesOption,
    WithoutPrivatePersonsOption,
    WithoutUnconfirmedOption,
    WithRunsOption,
)
from undersigned.cli.options import ProjectOption, StoreOption
from undersigned.errors import ExportError
from undersigned.exporting.columns import get_table_definition
from undersigned.exporting.registry import export_formats, get_export_format

if TYPE_CHECKING:
    from undersigned.exporting.base import ExportFormat, ExportRequest
    from undersigned.exporting.publication import Publication
    from undersigned.store.base import GraphReader

PROGRESS_STEP = 5_000


def export(
    format_name: FormatOption = "nquads",
    output: OutputOption = Path("-"),
    letter: LettersOption = None,
    person: PersonsOption = None,
    query: QueryOption = None,
    parameter: ParametersOption = None,
    table: TablesOption = None,
    network: NetworkOption = "co-signatures",
    without_unconfirmed: WithoutUnconfirmedOption = False,
    without_private_persons: WithoutPrivatePersonsOption = False,
    longest_quotation: LongestQuotationOption = None,
    licence: LicenceOption = None,
    since: SinceOption = None,
    store: StoreOption = None,
    with_runs: WithRunsOption = False,
    project: ProjectOption = None,
) -> None:
    """Write the dataset, a part, tables, an answer or a network; the same data, the same bytes.

    Example: undersigned export --format turtle --output letters.ttl

    Example: undersigned export --format xlsx --output letters.xlsx

    Example: undersigned export --format gexf --network statements --output statements.gexf

    Example: undersigned export --query letters --format xlsx --output letters.xlsx
    """
    from undersigned.cli.export_question import Question
    from undersigned.exporting.base import ExportRequest
    from undersigned.exporting.publication import Publication
    from undersigned.project import find_project
    from undersigned.settings import store_path
    from undersigned.store.embedded import open_reader

    form = get_export_format(format_name)
    _check_options(form, with_runs=with_runs, table=table, since=since)
    question = Question(query, tuple(parameter or ()), tuple(letter or ()), tuple(person or ()))
    question.check(form, table)
    letter, person = ([], []) if query else (letter, person)
    found_project = find_project(project)
    publication = Publication(
        without_unconfirmed=without_unconfirmed,
        without_private_persons=without_private_persons,
        longest_quotation=longest_quotation,
    )
    with open_reader(store_path(store, project)) as reader, _progress(form.unit) as advance:
        part, left_out = _published(_part(reader, letter or [], person or []), publication)
        part, answer = question.answer(part, form, found_project.queries)
        request = ExportRequest(
            reader=part,
            answer=answer,
            left_out=left_out,
            changes=since and _changes(since, part, store_path(store, project)),
            context_file=found_project.ontology / "context.jsonld",
            with_runs=with_runs,
            tables=tuple(table or ()),
            network=network,
            licence=licence,
            released=datetime.now(tz=UTC).date().isoformat(),
            advance=advance,
            tell=_tell,
        )
        count = _write(form, request, output)
    if output != Path("-"):
        sys.stderr.write(f"{output}: {count:,} {form.unit} as {form.name}\n")


def _write(form: ExportFormat, request: ExportRequest, output: Path) -> int:
    from undersigned.exporting.writing import export_to_file, export_to_folder, export_to_stream

    if output == Path("-"):
        return export_to_stream(form, request, sys.stdout.buffer)
    if form.unpacks and output.suffix != ".zip":
        return export_to_folder(form, request, output)
    return export_to_file(form, request, output)


def _check_options(
    form: ExportFormat, *, with_runs: bool, table: list[str] | None, since: str | None
) -> None:
    if with_runs and not form.has_runs:
        raise ExportError(
            f"--with-runs: {form.name} holds {form.holds}, without the runs; leave the option out, "
            "or export nquads or trig"
        )
    if since and form.name != "ro-crate":
        raise ExportError(
            f"--since: {form.name} holds {form.holds}; leave the option out, export ro-crate, or "
            f"see `undersigned diff {since}`"
        )
    for name in table or ():
        get_table_definition(name)
    if table and form.unit != "rows":
        raise ExportError(
            f"--table: {form.name} holds {form.holds}, no tables; leave the option out, or export "
            + ", ".join(f.name for f in export_formats().values() if f.unit == "rows")
        )


def _part(reader: GraphReader, letters: list[str], persons: list[str]) -> GraphReader:
    """The whole graph, or the part that was asked for."""
    if not letters and not persons:
        return reader
    from undersigned.exporting.subgraph import select_subgraph
    from undersigned.questions.lookup import EntityType, get_entity

    asked = [get_entity(reader, name, EntityType.LETTER).iri for name in letters]
    asked += [get_entity(reader, name, EntityType.AGENT).iri for name in persons]
    return select_subgraph(reader, asked)


def _changes(before: str, part: GraphReader, store: Path) -> str:
    """What the part has otherwise than an earlier state, every fact of it."""
    from undersigned.cli.differences import differences_text, open_side
    from undersigned.correcting.comparing import StoreSide, compare_datasets

    with open_side(before, store) as one:
        return differences_text(compare_datasets(one, StoreSide(part)), everything=True)


def _published(
    reader: GraphReader, publication: Publication
) -> tuple[GraphReader, Mapping[str, int]]:
    """The graph without what is not to be published; says how much that was."""
    if not publication.leaves_out:
        return reader, {}
    from undersigned.exporting.publication import published_part

    part, left_out = published_part(reader, publication)
    for kind, number in left_out.items():
        _tell(f"{number:,} {kind}")
    return part, left_out


def _tell(sentence: str) -> None:
    sys.stderr.write(f"left out: {sentence}\n")


@contextmanager
def _progress(unit: str) -> Iterator[Callable[[int], None]]:
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    console = Console(stderr=True)
    bar = Progress(
        TextColumn("exporting"),
        BarColumn(),
        TextColumn(f"{{task.completed:,.0f}} {unit}"),
        TimeElapsedColumn(),
        console=console,
        transient=True,
        disable=not console.is_terminal,
    )
    with bar:
        task = bar.add_task("exporting", total=None)
        yield _in_steps(lambda count: bar.advance(task, count))


def _in_steps(advance: Callable[[int], None]) -> Callable[[int], None]:
    """Hands counts on in steps: the bar takes longer to move than a line to write."""
    waiting = 0

    def count_up(count: int) -> None:
        nonlocal waiting
        waiting += count
        if waiting >= PROGRESS_STEP:
            advance(waiting)
            waiting = 0

    return count_up
