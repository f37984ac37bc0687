"""How the changes of corrected sources are told: a few lines each, or all of them as JSON."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

    from undersigned.correcting.changes import SourceChanges
    from undersigned.correcting.claim_words import ClaimInWords

SHOWN: Final = 8
"""Changes of one source that are told on a terminal; more are counted."""
TEXT_CHARS: Final = 96


def change_lines(changes: SourceChanges) -> list[str]:
    """A line a change: + for a new claim, - for one that is gone, ~ for one that is another now."""
    if changes.digest_before == changes.digest_after:
        head = ["the text is the same, and is read otherwise now"]
    else:
        head = []
    lines = [f"+ {_shown(claim)}" for claim in changes.added]
    lines += [f"- {_shown(claim)}" for claim in changes.gone]
    others = [a for a in changes.altered if a.before.text != a.after.text]
    lines += [f"~ {_shown(a.before)} → {_cut(a.after.text)}" for a in others]
    if len(lines) > SHOWN:
        more = f"… and {len(lines) - SHOWN:,} more changes; --changes FILE has all"
        lines = [*lines[:SHOWN], more]
    if reworded := len(changes.altered) - len(others):
        claims = "claim stands" if reworded == 1 else "claims stand"
        lines.append(f"~ {reworded:,} {claims} as before, in a passage that was reworded")
    return head + (lines or ["no claim is another; what is known of the text itself changed"])


def changes_json(changes: Iterable[SourceChanges]) -> str:
    """All changes as a JSON list, one object a source, claims with the passages that carry them."""
    document: list[dict[str, Any]] = [
        {
            "source": found.source.value,
            "digest_before": found.digest_before,
            "digest_after": found.digest_after,
            "added": [asdict(claim) for claim in found.added],
            "gone": [asdict(claim) for claim in found.gone],
            "altered": [asdict(alteration) for alteration in found.altered],
        }
        for found in changes
    ]
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def _shown(claim: ClaimInWords) -> str:
    return f"{claim.kind}: {_cut(claim.text)}"


def _cut(text: str) -> str:
    return text if len(text) <= TEXT_CHARS else f"{text[: TEXT_CHARS - 2].rstrip()} …"
