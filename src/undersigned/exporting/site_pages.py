"""A page of the server as a file: which addresses have one, and links from file to file."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qsl, quote, unquote, urljoin, urlsplit

from lxml import html

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lxml.html import HtmlElement

_LISTS: Final = {
    "/letters", "/people", "/organizations", "/statements", "/sources", "/network", "/about",
}  # fmt: skip
_SERVER_ONLY: Final = ("/search", "/suggest", "/query", "/questions", "/sparql", "/opensearch.xml")
_DATA: Final = (".ttl", ".jsonld")
_NOT_COPIED: Final = (".nt", ".rdf", ".json", ".js", "/ontology.jsonld")
"""The ontology's blank nodes are named anew in each answer but Turtle, which is the edited file."""
_LEAST_CHOICES: Final = 2
"""A choice between fewer, since the others take the server, is none."""
_PART: Final = re.compile(r"[a-z-]{1,20}")
_NOTE: Final = (
    "This is a copy of a site as files. Search, filters and queries take the server that it was "
    "made from."
)


@dataclass(frozen=True, slots=True)
class Copy:
    """An address of the server, and the name of its file."""

    address: str
    file: str


START: Final = Copy("/", "index.html")


def copy_of(address: str) -> Copy | None:
    """The file of a local address; None where it has none in a copy.

    Of a list in parts each part is a file; filters and orders are left to the server.
    """
    parts = urlsplit(address)
    path = parts.path
    if parts.scheme or parts.netloc or path.startswith(_SERVER_ONLY) or path.endswith(_NOT_COPIED):
        return None
    if ".." in unquote(path).split("/") or "\\" in unquote(path):
        return None  # it would lie outside of the copy
    if path == "/":
        return START
    if path in _LISTS:
        bare, suffix = path, ".html"
    elif path.endswith(_DATA) or path.startswith("/static/"):
        return Copy(path, unquote(path)[1:])
    else:
        bare, suffix = path.removesuffix(".html"), ".html"
        path = f"{bare}.html"
    query = [
        (name, value)
        for name, value in parse_qsl(parts.query)
        if name != "claim" and value != "1"  # the first part is the page itself
    ]
    if any(not _is_part(*pair) for pair in query) or len(query) > 1:
        return None
    if not query:
        return Copy(path, f"{unquote(bare)[1:]}{suffix}")
    name, number = query[0]
    return Copy(f"{path}?{name}={number}", f"{unquote(bare)[1:]}.{name}-{number}{suffix}")


def links_of(page: bytes, address: str) -> Iterator[str]:
    """The local addresses that a page leads to, its style sheets among them."""
    for element in _parsed(page).iter("a", "link"):
        if href := element.get("href"):
            yield _absolute(href, address)


def copies_of(addresses: Iterable[str]) -> list[Copy]:
    """The files of those addresses that have one, each once, the last first."""
    copies = {copy.file: copy for address in addresses if (copy := copy_of(address))}
    return list(copies.values())[::-1]


def relinked(page: bytes, file: str, known: frozenset[str]) -> bytes:
    """A page with links to the other files; without what takes the server."""
    document = _parsed(page)
    for element in list(document.iter("form", "script")):
        element.drop_tree()
    for link in list(document.iter("link")):
        if link.get("rel") in ("search", "alternate"):
            link.drop_tree()
    for figure in document.iter("figure"):
        figure.attrib.pop("data-network", None)
    address = f"/{quote(file)}"
    for element in list(document.iter("a", "{http://www.w3.org/2000/svg}a", "link")):
        _relink(element, address, file, known)
    for group in document.find_class("filter"):
        if len({link.get("href") for link in group.iter("a")}) < _LEAST_CHOICES:
            group.drop_tree()
    for footer in document.find_class("colophon"):
        note = html.fragment_fromstring(f"<p>{_NOTE}</p>")
        footer[0].insert(0, note)
    written: bytes = html.tostring(document, encoding="utf-8")
    return b"<!doctype html>\n" + written + b"\n"


def _relink(element: HtmlElement, address: str, file: str, known: frozenset[str]) -> None:
    href = element.get("href")
    if not href or href.startswith(("#", "http://", "https://", "data:", "mailto:")):
        return
    target, hash_sign, fragment = href.partition("#")
    copy = copy_of(_absolute(target, address))
    if copy is not None and copy.file in known:
        near = posixpath.relpath(copy.file, posixpath.dirname(file) or ".")
        element.set("href", f"{quote(near)}{hash_sign}{fragment}")
        return
    item = element.getparent()
    if item is not None and item.tag == "li" and any(a.tag == "nav" for a in item.iterancestors()):
        item.drop_tree()
    else:
        element.drop_tag()


def _absolute(href: str, address: str) -> str:
    """A link as an address from the root; an address elsewhere as it is."""
    return urljoin(address, href.partition("#")[0])


def _is_part(name: str, value: str) -> bool:
    """Whether a parameter asks for a part of a list."""
    is_number = value.isascii() and value.isdecimal() and len(value) < 7
    return is_number and _PART.fullmatch(name) is not None


def _parsed(page: bytes) -> HtmlElement:
    return html.document_fromstring(page, parser=html.HTMLParser(encoding="utf-8"))
