"""The IRIs of a graph: made from names and sources, readable, the same whatever the load order."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import Final

from anyascii import anyascii
from pyoxigraph import NamedNode

from undersigned.names import fold_name

DEFAULT_BASE: Final = "https://w3id.org/undersigned/"
SLUG_LENGTH: Final = 80
"""Characters of a slug; a longer name is cut and gets a key of its whole self."""


@dataclass(frozen=True, slots=True)
class Iris:
    """The IRIs below one base."""

    base: str = DEFAULT_BASE

    @property
    def knowledge(self) -> NamedNode:
        """The knowledge graph."""
        return NamedNode(f"{self.base}graph/knowledge")

    @property
    def judgements(self) -> NamedNode:
        """People's decisions."""
        return NamedNode(f"{self.base}graph/judgements")

    @property
    def ontology(self) -> NamedNode:
        """The ontology and the topic scheme."""
        return NamedNode(f"{self.base}graph/ontology")

    @property
    def runs(self) -> NamedNode:
        """What was loaded when by which version, and redirects."""
        return NamedNode(f"{self.base}graph/runs")

    @property
    def proposals(self) -> NamedNode:
        """Links to outside data sets that wait for a judgement."""
        return NamedNode(f"{self.base}graph/proposals")

    @property
    def pending(self) -> NamedNode:
        """There only while a change of evidence or judgements is not assembled yet."""
        return NamedNode(f"{self.base}graph/pending")

    def source(self, source_id: str) -> NamedNode:
        """A source, and the named graph of its claims."""
        return NamedNode(f"{self.base}source/{source_id}")

    def entity(self, kind: str, slug: str) -> NamedNode:
        """A thing of the knowledge graph: `entity("person", "mark-ruffalo")`."""
        return NamedNode(f"{self.base}{kind}/{slug}")

    def source_id(self, iri: NamedNode) -> str | None:
        """The id in a source's IRI, or in the IRI of something within it; None for others."""
        head = f"{self.base}source/"
        return iri.value[len(head) :].split("#", 1)[0] if iri.value.startswith(head) else None


def slug_of(name: str) -> str:
    """Lower-case ASCII letters and digits with hyphens: "Ava DuVernay" gives "ava-duvernay".

    Never empty: a name without a Latin letter or digit after transliteration gives its key.
    """
    latin = anyascii(fold_name(name)).lower().replace("'", "")
    slug = re.sub(r"[^a-z0-9]+", "-", latin).strip("-")
    if not slug:
        return key_of(name)
    if len(slug) > SLUG_LENGTH:
        return f"{slug[:SLUG_LENGTH].rstrip('-')}-{key_of(name)}"
    return slug


def key_of(*parts: str) -> str:
    """Eight hexadecimal digits that stand for these strings in this order."""
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:8]
