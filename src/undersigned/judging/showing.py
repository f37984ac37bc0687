"""Open pairs as people see them: two columns on a terminal, CSV to fill in, JSON."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from rich.table import Table
from rich.text import Text

from undersigned.judging.table import COLUMNS, SHOWN, table_text
from undersigned.questions.passage_formats import marked_text, passage_object, source_line

if TYPE_CHECKING:
    from collections.abc import Iterable

    from undersigned.judging.review import Finding, OpenPair, Side


def pair_table(pair: OpenPair, base: str, *, in_colour: bool) -> Table:
    """Both sides of a pair beside each other, and below what was compared.

    Args:
        pair: the pair.
        base: what the store's IRIs start with; left out of what is shown.
        in_colour: mark the claims' words by colour instead of by signs.
    """
    table = Table(box=None, show_header=False, expand=True, padding=(0, 2, 0, 0))
    table.add_column(ratio=1, overflow="fold")
    table.add_column(ratio=1, overflow="fold")
    table.add_row(Text(pair.one.name, "bold"), Text(pair.other.name, "bold"))
    one, other = (_about(side, base) for side in (pair.one, pair.other))
    table.add_row(Text("\n".join(one), "dim"), Text("\n".join(other), "dim"))
    table.add_row(_words(pair.one, in_colour), _words(pair.other, in_colour))
    return table


def findings_text(pair: OpenPair) -> Text:
    """What was compared, strongest first, and what it comes to."""
    lines = Text()
    for finding in pair.findings:
        style = "green" if finding.weight > 0 else "red" if finding.weight < 0 else ""
        weight = f"{finding.weight:+.1f}" if finding.weight else "    "
        lines.append(f"{weight:>6}  ", style).append(f"{_finding(finding)}\n")
    if pair.score is not None and pair.amount is not None:
        lines.append(
            f"likely one: {pair.score:.0%}, from {pair.amount:.1f} bits of evidence\n", "dim"
        )
    return lines


def pairs_csv(pairs: Iterable[OpenPair]) -> str:
    """Pairs in the columns of judgements, `verdict` empty: fill it in, and import the table."""
    return table_text((_row(pair) for pair in pairs), (*COLUMNS, *SHOWN))


def pairs_json(pairs: Iterable[OpenPair]) -> str:
    """An array with an object for each pair, both sides with their passages."""
    found = [
        {
            "kind": pair.kind,
            "score": pair.score,
            "amount": pair.amount,
            "one": _side_object(pair.one),
            "other": _side_object(pair.other),
            "findings": [
                {"subject": f.subject, "finding": f.finding, "weight": f.weight}
                for f in pair.findings
            ],
        }
        for pair in pairs
    ]
    return json.dumps(found, ensure_ascii=False, indent=2) + "\n"


def _about(side: Side, base: str) -> list[str]:
    iris = [side.entity, side.iri] if side.entity is not None else [side.iri]
    return [*(iri.value.removeprefix(base) for iri in iris), *side.notes]


def _words(side: Side, in_colour: bool) -> Text:
    shown = Text()
    for passage in side.passages:
        shown.append(f"\n{source_line(passage)}\n", "cyan")
        words = Text(passage.text if in_colour else marked_text(passage))
        for start, end in passage.marks if in_colour else ():
            words.stylize("bold yellow", start, end)
        shown.append(words).append("\n")
    if side.total > len(side.passages):
        shown.append(f"\nand {side.total - len(side.passages)} more\n", "dim")
    return shown


def _finding(finding: Finding) -> str:
    return f"{finding.subject}: {finding.finding}"


def _row(pair: OpenPair) -> dict[str, str]:
    return {
        "one": pair.one.iri.value,
        "other": pair.other.iri.value,
        "one_name": pair.one.name,
        "other_name": pair.other.name,
        "kind": pair.kind,
        "score": "" if pair.score is None else f"{pair.score:.3f}",
        "amount": "" if pair.amount is None else f"{pair.amount:.1f}",
        "basis": "; ".join(map(_finding, pair.findings)),
    }


def _side_object(side: Side) -> dict[str, object]:
    return {
        "iri": side.iri.value,
        "name": side.name,
        "entity": side.entity.value if side.entity is not None else None,
        "notes": list(side.notes),
        "passages": [passage_object(passage) for passage in side.passages],
        "passages_in_all": side.total,
    }
