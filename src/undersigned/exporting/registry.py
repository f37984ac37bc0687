"""The export formats there are."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

from undersigned.errors import ExportError
from undersigned.exporting.jsonld import JSONLD
from undersigned.exporting.nquads import NQUADS
from undersigned.exporting.rdfxml import RDFXML
from undersigned.exporting.trig import TRIG
from undersigned.exporting.turtle import TURTLE

if TYPE_CHECKING:
    from undersigned.exporting.base import ExportFormat


def export_formats() -> dict[str, ExportFormat]:
    """Every format under its name."""
    return {form.name: form for form in (NQUADS, TRIG, TURTLE, JSONLD, RDFXML)}


def get_export_format(name: str) -> ExportFormat:
    """The format of a name.

    Raises:
        ExportError: there is none; the message lists near names, then all.
    """
    formats = export_formats()
    if name in formats:
        return formats[name]
    near = get_close_matches(name.lower().replace("-", ""), formats, n=2, cutoff=0.5)
    hint = f"did you mean {' or '.join(map(repr, near))}? " if near else ""
    raise ExportError(f"--format: no format {name!r}; {hint}there are {', '.join(formats)}")
