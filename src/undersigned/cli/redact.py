"""`undersigned redact`: one claim out of the graph, for good."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from undersigned.cli.options import StoreOption


def redact(
    claim: Annotated[
        str,
        typer.Argument(
            metavar="CLAIM",
            help="The claim's IRI, or its part after the base: source/ID#claim-0123abcd.",
            show_default=False,
        ),
    ],
    reason: Annotated[
        str, typer.Option("--reason", metavar="TEXT", help="Why; kept with the judgement.")
    ],
    judge: Annotated[
        str, typer.Option("--by", metavar="NAME", help="Who decides; kept with the judgement.")
    ] = "",
    undo: Annotated[
        bool,
        typer.Option(
            "--undo", help="Revoke the redaction; loading the source brings the claim back."
        ),
    ] = False,
    store: StoreOption = None,
) -> None:
    """Take one claim out of the graph and keep it out, whenever its source is loaded again.

    Its words are gone from the store's files and older revisions as well. `undersigned why NAME
    --format json` shows the IRIs of claims.

    Example: undersigned redact "source/daily-2025-03-21#claim-3f9a1c02" --reason "court order"
    """
    from undersigned.cli.correcting import open_to_correct
    from undersigned.correcting.redacting import get_claim, revoke_redaction
    from undersigned.correcting.redacting import redact as redact_claim

    with open_to_correct(store) as writer:
        if undo:
            iri = revoke_redaction(writer, claim, reason=reason, judge=judge)
            revision = writer.publish()
        else:
            iri = get_claim(writer, claim)
            report = redact_claim(writer, iri, reason=reason, judge=judge)
            revision = writer.revision
    if undo:
        sys.stdout.write(
            f"revoked   {iri.value}: load its source again to bring it back; revision {revision}\n"
        )
    else:
        told = f" and {report.claims - 1} told within it" if report.claims > 1 else ""
        sys.stdout.write(f"redacted  {iri.value}{told}; revision {revision}\n")
