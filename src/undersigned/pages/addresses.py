"""Where the things of a graph are found on this site: IRIs to local paths and back.

The base IRI may be the public one while the site runs elsewhere, so that only what follows the base
counts: `https://w3id.org/undersigned/person/ana-roe` is found at `/person/ana-roe`, its page at
`/person/ana-roe.html`, its data at `/person/ana-roe.ttl` and the like.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import quote, urlencode

from pyoxigraph import NamedNode

from undersigned.terms import US

if TYPE_CHECKING:
    from collections.abc import Mapping

    from undersigned.iris import Iris

PAGE_SUFFIX: Final = ".html"
ONTOLOGY_PATH: Final = "/ontology"
_KEPT: Final = "/-._~!$&'()*+,;=:@%"
"""Signs that a path holds as they are (RFC 3986); all others are escaped."""


@dataclass(frozen=True, slots=True)
class Addresses:
    """Maps between IRIs and paths of this site; `root` stands before each, as behind a proxy."""

    iris: Iris
    root: str = ""

    def iri_of(self, path: str) -> NamedNode | None:
        """The IRI that a path (decoded, with its slash) stands for; None if none can."""
        try:
            return NamedNode(f"{self.iris.base}{path.removeprefix('/')}")
        except ValueError:
            return None

    def path_of(self, iri: NamedNode, suffix: str = "") -> str | None:
        """The path of an IRI below the base, the suffix before its fragment; None for others."""
        head, hash_sign, fragment = iri.value.partition("#")
        if head == US.removesuffix("#"):
            return f"{self.root}{ONTOLOGY_PATH}{suffix}{hash_sign}{fragment}"
        if not head.startswith(self.iris.base):
            return None
        tail = quote(head[len(self.iris.base) :], safe=_KEPT)
        return f"{self.root}/{tail}{suffix}{hash_sign}{fragment}"

    def page_of(self, iri: NamedNode) -> str | None:
        """The path of the page of something below the base; None for what lies elsewhere.

        A claim is shown on its source's page, which has several parts where there are many.
        """
        path = self.path_of(iri, PAGE_SUFFIX)
        head, hash_sign, fragment = (path or "").partition("#")
        if path and fragment.startswith("claim-"):
            return f"{head}?claim={fragment}{hash_sign}{fragment}"
        return path

    def local(self, path: str, query: Mapping[str, object] | None = None) -> str:
        """A path of this site with a query string; empty values are left out."""
        given = {key: value for key, value in (query or {}).items() if value not in (None, "")}
        return f"{self.root}{path}?{urlencode(given)}" if given else f"{self.root}{path}"
