"""The export formats there are."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING, Final

from undersigned.errors import ExportError
from undersigned.exporting.csv_tables import CSV, SPREADSHEET_CSV
from undersigned.exporting.followthemoney import FOLLOWTHEMONEY
from undersigned.exporting.json_tables import JSON
from undersigned.exporting.jsonld import JSONLD
from undersigned.exporting.network_files import EDGES, GEXF, GRAPHML
from undersigned.exporting.nquads import NQUADS
from undersigned.exporting.parquet import PARQUET
from undersigned.exporting.pictures import PNG, SVG
from undersigned.exporting.quickstatements import QUICKSTATEMENTS
from undersigned.exporting.rdfxml import RDFXML
from undersigned.exporting.release import RELEASE
from undersigned.exporting.schema_org import SCHEMA_ORG
from undersigned.exporting.site import SITE
from undersigned.exporting.trig import TRIG
from undersigned.exporting.turtle import TURTLE
from undersigned.exporting.web_annotations import WEB_ANNOTATIONS
from undersigned.exporting.workbook import XLSX

if TYPE_CHECKING:
    from undersigned.exporting.base import ExportFormat

_FORMATS: Final = (
    *(NQUADS, TRIG, TURTLE, JSONLD, RDFXML),
    *(CSV, SPREADSHEET_CSV, XLSX, PARQUET, JSON),
    *(GEXF, GRAPHML, EDGES, SVG, PNG),
    *(FOLLOWTHEMONEY, SCHEMA_ORG, WEB_ANNOTATIONS, QUICKSTATEMENTS),
    *(RELEASE, SITE),
)


def export_formats() -> dict[str, ExportFormat]:
    """Every format under its name."""
    return {form.name: form for form in _FORMATS}


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
