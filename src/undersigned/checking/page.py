"""The ontology as one HTML page: every term with an anchor of its local name.

No scripts and nothing from elsewhere; light or dark by the reader's own setting.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from jinja2 import Environment, PackageLoader, StrictUndefined
from rdflib import OWL
from rdflib.namespace import DCTERMS

from undersigned.checking.page_entries import make_entries
from undersigned.checking.vocabulary import (
    ONTOLOGY_IRI,
    alignment_files,
    read_alignments,
    read_ontology,
    read_terms,
)
from undersigned.terms import US

if TYPE_CHECKING:
    from undersigned.project import Project

SECTIONS: Final = (
    ("classes", "Classes", "class"),
    ("object-properties", "Object properties", "object property"),
    ("datatype-properties", "Datatype properties", "datatype property"),
    ("schemes", "Schemes", "scheme"),
)
_ABOUT: Final = {
    "title": DCTERMS.title,
    "description": DCTERMS.description,
    "creator": DCTERMS.creator,
    "license": DCTERMS.license,
    "version": OWL.versionInfo,
}


def ontology_page(project: Project) -> str:
    """The page, from the ontology and its alignments; the same files give the same page."""
    environment = Environment(
        loader=PackageLoader("undersigned.checking", ""),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("page.html.j2").render(**page_values(project))


def page_values(project: Project) -> dict[str, Any]:
    """What the page says, for its own template and for those of a site."""
    ontology = read_ontology(project)
    terms = read_terms(ontology)
    entries = make_entries(ontology, read_alignments(project), terms)
    return {
        "about": {name: str(ontology.value(ONTOLOGY_IRI, prop)) for name, prop in _ABOUT.items()},
        "iri": str(ONTOLOGY_IRI),
        "namespace": US,
        "sections": [
            (anchor, title, [entries[term.local_name] for term in terms if term.kind == kind])
            for anchor, title, kind in SECTIONS
        ],
        "alignments": [path.stem for path in alignment_files(project)],
    }
