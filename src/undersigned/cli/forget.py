"""`undersigned forget`: a person out of the graph, for good."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from undersigned.cli.options import StoreOption
from undersigned.errors import SettingInvalid

if TYPE_CHECKING:
    from pathlib import Path

    from undersigned.correcting.people import PersonNames


def forget(
    person: Annotated[
        str,
        typer.Argument(
            metavar="PERSON",
            help="The name or IRI of a person, or a user name.",
            show_default=False,
        ),
    ],
    also: Annotated[
        list[str] | None,
        typer.Option(
            "--also", metavar="NAME", help="Another name or spelling of theirs; may be repeated."
        ),
    ] = None,
    namesakes: Annotated[
        bool,
        typer.Option("--namesakes", help="Forget all people of this name: a name is kept out."),
    ] = False,
    in_advance: Annotated[
        bool,
        typer.Option("--in-advance", help="Keep out somebody whom no source has named yet."),
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do it without asking.")] = False,
    store: StoreOption = None,
) -> None:
    """Take a person out of the graph and keep them out; this can't be undone.

    Their signatures, roles and statements go, what others say about them, and their name wherever
    else it stands. No file of the store holds them afterwards, older revisions are dropped, and
    loading an article that names them does not bring them back. What was done is checked, and the
    exit status is 1 if the name is still found.

    Example: undersigned forget "Ann Example" --in-advance --yes
    """
    from undersigned.cli.correcting import number_of, open_to_correct
    from undersigned.correcting.forgetting import forget as forget_person
    from undersigned.correcting.people import find_people, names_of
    from undersigned.settings import store_path

    with open_to_correct(store) as writer:
        people = [] if in_advance else find_people(writer, person, namesakes=namesakes)
        given = [*(also or []), *([person] if in_advance else [])]
        names = names_of(writer, people, given)
        if not yes:
            _ask([iri.value for iri in people], names)
        report = forget_person(writer, names)
        revision = writer.revision
    sys.stdout.write(
        f"forgotten: {number_of(report.claims, 'claims')} and "
        f"{number_of(report.judgements, 'judgements')} taken out, "
        f"{number_of(report.sources, 'sources')} written anew, {report.renamed:,} of them under "
        f"another IRI; revision {revision}\n"
    )
    if not _prove(store_path(store), names):
        raise typer.Exit(1)


def _ask(people: list[str], names: PersonNames) -> None:
    """Shows who would be forgotten, and ends the program unless that is wanted."""
    if not sys.stdin.isatty():
        raise SettingInvalid("this can't be undone; say --yes where nobody can be asked")
    called = ", ".join(sorted({*names.names, *(name for name, _ in names.local)}))
    sys.stderr.write(f"to be forgotten: {' '.join(people) or 'nobody in the graph yet'}\n")
    typer.confirm(f"names: {called}\nThis can't be undone. Go on?", abort=True, err=True)


def _prove(path: Path, names: PersonNames) -> bool:
    """Looks the store through as a reader sees it now, and says what was found."""
    from undersigned.correcting.residue import (
        files_holding,
        find_residue,
        near_people,
        ontology_text,
    )
    from undersigned.store.embedded import open_reader
    from undersigned.store.suppression import read_suppression

    suppression = read_suppression(path / "suppressed.json")
    with open_reader(path) as reader:
        statements, graphs = find_residue(reader, suppression)
        near = near_people(reader, names.names)
        ontology = ontology_text(reader)
    files, holding = files_holding(path, names.names, apart_from=ontology)
    places = sorted(graphs | holding)
    sys.stdout.write(f"checked: {statements:,} statements and {files:,} files, ")
    sys.stdout.write(f"{len(places):,} hold the name\n" if places else "none holds the name\n")
    for place in places:
        sys.stdout.write(f"  still in {place}\n")
    if any(name in ontology for name in names.names):
        sys.stdout.write("left: the ontology, whose examples have the name and mean nobody\n")
    if near:
        sys.stdout.write(f"like it, and left: {', '.join(near)} (to forget one, say its name)\n")
    return not places
