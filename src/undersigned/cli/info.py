"""`undersigned info`: what is in use, and why."""

from __future__ import annotations

import sys
from pathlib import Path

from undersigned import __version__
from undersigned.cli.options import ProjectOption, StoreOption
from undersigned.errors import StoreUnreadable


def info(store: StoreOption = None, project: ProjectOption = None) -> None:
    """Show the version, the project folder, the settings and what the graph holds.

    Example: undersigned info
    """
    from undersigned.project import find_project
    from undersigned.settings import iter_settings

    found = find_project(project)
    values = list(iter_settings(project, {"store": store}))
    lines = [
        f"undersigned {__version__}",
        f"project {found.folder} ({found.reason})",
        "",
        "settings, each with where its value comes from:",
    ]
    for setting in values:
        shown = str(setting.value) or "(empty)"
        lines.append(f"  {setting.name} = {shown}  ({setting.origin}) {setting.sentence}")
    lines += ["", *_graph_lines(Path(str(next(s.value for s in values if s.name == "store"))))]
    sys.stdout.write("\n".join(lines) + "\n")


_COUNTS = """
PREFIX us: <https://w3id.org/undersigned/ontology#>
SELECT ?kind (COUNT(DISTINCT ?thing) AS ?number) {
  VALUES (?kind ?class) {
    ("articles" us:Article) ("letter pages" us:LetterPage) ("people" us:Person)
    ("organizations" us:Organization) ("letters" us:Letter) ("signatures" us:Signature)
    ("statements" us:Statement) ("roles" us:Role)
  }
  ?thing a ?class
} GROUP BY ?kind ORDER BY ?kind
"""


def _graph_lines(path: Path) -> list[str]:
    from undersigned.store.base import select
    from undersigned.store.embedded import open_reader

    try:
        reader = open_reader(path)
    except StoreUnreadable as error:
        return [str(error)]
    with reader:
        counts = [
            f"  {row['kind'].value}: {row['number'].value}" for row in select(reader, _COUNTS)
        ]
        return [
            f"store {path}, revision {reader.revision}",
            f"base IRI {reader.iris.base}",
            *(counts or ["  nothing in the graph"]),
        ]
