"""Which lines of a page are its list of signers: by what announces them, and by their looks."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from undersigned.listing.entries import Listing
from undersigned.listing.runs import runs_of

if TYPE_CHECKING:
    from undersigned.listing.lines import Lines
    from undersigned.listing.runs import Run

_ANNOUNCED_SHARE: Final = 0.5
"""Below words such as "Signatories", half of the lines must look like signers: nicknames don't."""
_UNANNOUNCED_SHARE: Final = 0.8
_UNANNOUNCED_LEAST: Final = 8
"""So many lines, nearly all like signers, are a list of signers even if nothing says so."""
_HINT: Final = re.compile(
    r"\b(?:signator\w*|signers?|signatures?|signees?|undersigned|unterzeichn\w*|firmantes?|signataires?"
    r"|firmatari|endorse\w*|supporters?|petition(?:ers)?)\b"
)


@dataclass(frozen=True, slots=True)
class FoundList:
    """The list of a page, and the lines that belong to it.

    `is_announced`: the page itself says that they are signers.
    """

    listing: Listing
    lines: frozenset[int]
    is_announced: bool


def find_list(page: Lines) -> FoundList | None:
    """The page's list of signers, all its parts together; None where it has none."""
    runs = list(runs_of(page))
    accepted: list[Run] = []
    for number, run in enumerate(runs):
        before = bool(accepted) and accepted[-1] is runs[number - 1] if number else False
        if _is_signers(run, after_signers=before or _is_below_list(run, accepted)):
            accepted.append(run)
    if not accepted:
        return None
    entries = tuple(entry for run in accepted for entry in run.entries)
    first = accepted[0]
    cue = first.cue_line
    announced = (cue.start, cue.end) if cue else (entries[0].start, entries[0].end)
    taken = frozenset(id(line) for run in accepted for line in run.lines)
    return FoundList(
        Listing(entries, announced), taken, any(_says_signers(run) for run in accepted)
    )


def _is_signers(run: Run, *, after_signers: bool) -> bool:
    if not run.entries:
        return False
    if _says_signers(run):
        return run.share >= _ANNOUNCED_SHARE
    if run.cue == "ends":
        return False
    if run.cue == "closings":
        return run.share >= _UNANNOUNCED_SHARE
    if after_signers:
        return run.share >= _ANNOUNCED_SHARE
    if run.cue in ("organizations", "individuals") or (run.cue is None and run.names_column):
        return run.share >= _UNANNOUNCED_SHARE and len(run.entries) >= 3
    return (
        run.cue is None
        and run.share >= _UNANNOUNCED_SHARE
        and len(run.entries) >= _UNANNOUNCED_LEAST
    )


def _says_signers(run: Run) -> bool:
    return run.cue == "signers" or any(_HINT.search(line.hint) for line in run.lines[:3])


def _is_below_list(run: Run, accepted: list[Run]) -> bool:
    """Whether a run is a further section of a list: "Organizations" below "Signed,"."""
    return bool(accepted) and run.cue in ("organizations", "individuals", "section")
