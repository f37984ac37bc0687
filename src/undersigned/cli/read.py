"""`undersigned read`: what the program reads in a source, without a store."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from undersigned.cli.options import (
    LoaderOption,
    MappingOption,
    PipelineOption,
    ProjectOption,
    SourcesArgument,
)


class ReadingFormat(StrEnum):
    """How a reading is written."""

    JSON = "json"
    ATTRIBUTIONS = "attributions"
    HTML = "html"


def read(
    sources: SourcesArgument,
    format_: Annotated[
        ReadingFormat | None,
        typer.Option(
            "--format",
            help="json: people, organizations, letters, signatures, statements of each source; "
            "attributions: a JSON line a source with source, cue and content offsets; "
            "html: a page a source, its text with the words of every claim marked.",
            show_default="json",
        ),
    ] = None,
    explain: Annotated[
        bool,
        typer.Option(
            "--explain",
            help="Show the text with the words of every claim, and which rule made the claim.",
        ),
    ] = False,
    output: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR", help="Folder for one NAME.json or NAME.html a source; needed for many."
        ),
    ] = None,
    project: ProjectOption = None,
    pipeline: PipelineOption = None,
    loader: LoaderOption = None,
    mapping: MappingOption = None,
) -> None:
    """Show what would be read in sources, without a store.

    Offsets count the code points of the text as it was given, for plain text.

    Example: undersigned read examples/openai-staff-letter-brightwater-ledger.txt --explain
    """
    from undersigned.cli.reading import ReadingOutput
    from undersigned.loading.gather import STANDARD_INPUT, gather
    from undersigned.loading.readers import ReadingRules, check_loaders
    from undersigned.project import find_project
    from undersigned.settings import read_settings

    settings = read_settings(project, {"pipeline": pipeline})
    standard_input = sys.stdin.buffer.read() if STANDARD_INPUT in sources else b""
    gathered = gather(sources, standard_input=standard_input, mapping=mapping)
    form = _chosen_format(format_, explain, output, len(gathered.items))
    rules = ReadingRules(
        project=find_project(project),
        pipeline=settings.pipeline,
        loader=loader,
        largest_file_bytes=settings.largest_file_bytes,
    )
    writing = ReadingOutput(output)
    for problem in (*check_loaders(rules), *gathered.problems):
        writing.say_problem(problem)
    writers = {
        ReadingFormat.JSON: writing.write_facts,
        ReadingFormat.ATTRIBUTIONS: writing.write_attributions,
        ReadingFormat.HTML: writing.write_pages,
    }
    write = writing.show if explain else writers[form]
    write(gathered.items, rules)
    if writing.failed:
        raise typer.Exit(1)


def _chosen_format(
    chosen: ReadingFormat | None, explain: bool, output: Path | None, sources: int
) -> ReadingFormat:
    """The format to write; raises `SettingInvalid` where it doesn't go with the other options."""
    from undersigned.errors import SettingInvalid

    if explain and (chosen is not None or output is not None):
        raise SettingInvalid(
            "--explain writes to standard output and goes with neither --format nor --output; "
            "for files that show the same say --format html --output DIR"
        )
    form = chosen or ReadingFormat.JSON
    many = sources > 1 and not explain
    if many and output is None and form is not ReadingFormat.ATTRIBUTIONS:
        raise SettingInvalid(
            f"{sources} sources, and one {form.upper()} document is for one source; "
            "name a folder for them with --output DIR, or say --format attributions or --explain"
        )
    return form
