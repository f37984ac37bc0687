"""`undersigned import`: dumps back into a store."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from undersigned.cli.options import ProjectOption, StoreOption


def import_dump(
    files: Annotated[
        list[Path],
        typer.Argument(metavar="FILE", help="Dumps: *.nq, *.trig or *.jsonld, also with .gz."),
    ],
    trust: Annotated[
        bool,
        typer.Option("--trust", help="Skip the checks: only for files that your own export wrote."),
    ] = False,
    store: StoreOption = None,
    project: ProjectOption = None,
) -> None:
    """Take a dump's sources and judgements into the graph; its facts are assembled again from them.

    What breaks the rules that loading keeps is refused whole, with the reasons. A dump of the same
    version comes out as the same bytes.

    Example: undersigned import letters.nq.gz --store letters.store
    """
    from undersigned.correcting.forgetting import go_on_forgetting
    from undersigned.importing.dump import check_dump, read_dump, take_dump
    from undersigned.project import find_project
    from undersigned.settings import store_path
    from undersigned.store.embedded import open_writer

    found = find_project(project)
    dumps = [(path, read_dump(path)) for path in files]
    for path, dump in dumps:
        if not trust:
            check_dump(dump, found, path)
    place = store_path(store, project)
    base = dumps[0][1].iris.base
    with open_writer(place, base=None if place.exists() else base) as writer:
        if writer.erasing:
            go_on_forgetting(writer)
        for path, dump in dumps:
            report = take_dump(writer, dump, found)
            sys.stderr.write(f"{path}: {report.sources} sources, {report.judgements} judgements\n")
            if report.withheld:
                sys.stderr.write(f"  {report.withheld} things stay out: forgotten or redacted\n")
            if report.differs:
                sys.stderr.write(
                    f"  {report.differs:,} triples of the knowledge graph come out otherwise than "
                    "in the file: another version wrote it, or something was left out of it\n"
                )
        revision = writer.publish()
    sys.stderr.write(f"revision {revision} of {place}\n")
