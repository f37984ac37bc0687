"""How differences between two states of a graph are found and written."""

from __future__ import annotations

import json
import re
from contextlib import contextmanager
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Final

from undersigned.correcting.comparing import Change, DumpSide, StoreSide
from undersigned.errors import StoreUnreadable
from undersigned.store.embedded import list_revisions, open_reader, open_revision

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from undersigned.correcting.comparing import Difference, Side

SHOWN: Final = 10
"""Facts of one kind and change that are listed without --all."""
VALUE_CHARS: Final = 80
_SIGNS: Final = {Change.NEW: "+", Change.GONE: "-", Change.ALTERED: "~"}
_PLURALS: Final = {"person": "people", "count": "claimed counts", "unnamed": "unnamed speakers"}


@contextmanager
def open_side(named: str | None, store: Path) -> Iterator[Side]:
    """The state of a graph that an argument names, open as long as it is compared.

    Raises:
        StoreUnreadable: it is no store, no file and no revision of the store.
    """
    if named is not None and (path := Path(named)).is_file():
        yield DumpSide(path)
        return
    if named is None or Path(named).is_dir():
        with open_reader(store if named is None else Path(named)) as reader:
            yield StoreSide(reader)
        return
    with open_revision(store, _revision(named, store)) as reader:
        yield StoreSide(reader)


def _revision(named: str, store: Path) -> str:
    """The full name of a revision: of "previous", "2" or "000002" or its beginning."""
    if not re.fullmatch(r"previous|\d+(-[0-9a-f]*)?", named):
        raise StoreUnreadable(
            f"{named}: no file and no folder; expected a store's folder, a file of N-Quads, or a "
            "revision of the store: its number, or the word previous"
        )
    revisions = list_revisions(store)
    if named == "previous":
        found = revisions[-2:-1]
    else:
        number, _, rest = named.partition("-")
        found = [name for name in revisions if name.startswith(f"{int(number):06d}-{rest}")]
    if not found and named == "previous" and revisions:
        raise StoreUnreadable(
            f"{store} has one revision, {revisions[-1]}, and none before it; load something, or "
            "name a file or another store to compare with"
        )
    if not found:
        kept = ", ".join(revisions) or "none"
        raise StoreUnreadable(f"{store} has no revision {named!r} any more; it keeps: {kept}")
    return found[0]


def differences_text(found: Sequence[Difference], *, everything: bool) -> str:
    """Differences by kind, a line a fact; "no differences" where there are none."""
    lines = []
    for kind, group in groupby(found, key=lambda d: d.fact.kind):
        of_kind = list(group)
        counts = ", ".join(
            f"{number} {change}"
            for change in Change
            if (number := sum(d.change is change for d in of_kind))
        )
        lines.append(f"{_PLURALS.get(kind, f'{kind}s')}: {counts}")
        for _, same in groupby(of_kind, key=lambda d: d.change):
            listed = list(same)
            shown = listed if everything else listed[:SHOWN]
            lines += [line for d in shown for line in _lines_of(d)]
            if len(shown) < len(listed):
                lines.append(f"  … and {len(listed) - len(shown):,} more (--all)")
    return "\n".join(lines or ["no differences"]) + "\n"


def _lines_of(found: Difference) -> Iterator[str]:
    yield f"  {_SIGNS[found.change]} {found.fact.label}"
    if found.change is Change.ALTERED:
        for name in sorted({*found.before, *found.after}):
            before, after = found.before.get(name, ()), found.after.get(name, ())
            yield f"      {_in_words(name)}: {_values(before)} → {_values(after)}"


def _in_words(name: str) -> str:
    """The name of a property as words: "letter date"."""
    return re.sub(r"(?<!^)([A-Z])", lambda m: f" {m[1].lower()}", name)


def _values(values: Sequence[str]) -> str:
    text = "; ".join(values) or "–"
    return text if len(text) <= VALUE_CHARS else f"{text[: VALUE_CHARS - 2]} …"


def differences_json(found: Sequence[Difference]) -> str:
    """All differences as a JSON list of facts with what they had before and have after."""
    document = [
        {
            "kind": d.fact.kind,
            "change": d.change.value,
            "iri": d.fact.iri,
            "label": d.fact.label,
            "before": d.before,
            "after": d.after,
        }
        for d in found
    ]
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"
