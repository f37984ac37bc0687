"""What a page says of itself in JSON-LD, in the words of schema.org."""

from __future__ import annotations

import html
import json
import re
from typing import TYPE_CHECKING, Final, cast

from ._bylines import names_in
from ._dates import iso_moment
from ._layout import Details

if TYPE_CHECKING:
    from collections.abc import Iterator

Node = dict[str, object]
_MAX_DEPTH: Final = 12
_NEIGHBOURS: Final = ("@graph", "mainEntity", "mainEntityOfPage", "itemListElement", "hasPart")


def details_of(scripts: list[str], article_types: frozenset[str]) -> Details:
    """The details of the first article that the page's JSON-LD describes; empty without one.

    Scripts that are not JSON even after the usual slips are mended are passed over with a note.
    """
    nodes: list[Node] = []
    notes: list[str] = []
    for script in scripts:
        try:
            nodes += _nodes(_parsed(script))
        except ValueError as error:
            notes.append(f"the page's JSON-LD is broken and was passed over ({error})")
    by_id = {str(node["@id"]): node for node in nodes if len(node) > 1 and "@id" in node}
    article = next((node for node in nodes if _is_article(node, article_types)), None)
    if article is None:
        return Details(notes=tuple(notes))
    publisher = [_text(node.get("name")) for node in _resolved(article.get("publisher"), by_id)]
    authors, bodies = _authors(article.get("author") or article.get("creator"), by_id)
    return Details(
        title=_text(article.get("headline")) or _text(article.get("name")),
        authors=authors,
        outlet=next((name for name in [*publisher, *bodies] if name), None),
        published=iso_moment(_text(article.get("datePublished")) or ""),
        language=_language(article.get("inLanguage")),
        url=_url(article),
        notes=tuple(notes),
    )


def _parsed(script: str) -> object:
    """The JSON in a script element; comment marks and trailing commas are mended."""
    text = re.sub(
        r"^\s*(?://)?\s*<!(?:\[CDATA\[|--)|(?://)?\s*(?:\]\]|--)>\s*$", "", script.strip()
    )
    try:
        return json.loads(text, strict=False)
    except RecursionError as error:
        raise ValueError("it is nested too deeply") from error
    except json.JSONDecodeError:
        mended = re.sub(r",\s*(?=[}\]])", "", text).rstrip("; \n")
        return json.loads(mended, strict=False)


def _nodes(value: object, depth: int = 0) -> Iterator[Node]:
    if depth > _MAX_DEPTH:
        return
    if isinstance(value, list):
        for entry in value:
            yield from _nodes(entry, depth + 1)
    elif isinstance(value, dict):
        node = cast("Node", value)
        yield node
        for key in _NEIGHBOURS:
            yield from _nodes(node.get(key), depth + 1)


def _is_article(node: Node, article_types: frozenset[str]) -> bool:
    types = node.get("@type")
    names = [
        str(name).rsplit("/", 1)[-1] for name in (types if isinstance(types, list) else [types])
    ]
    return any(name in article_types or name.endswith("Article") for name in names)


def _resolved(value: object, by_id: dict[str, Node]) -> list[Node]:
    """The nodes that a property points to: a name, a node, a reference, or a list of them."""
    nodes: list[Node] = []
    for entry in value if isinstance(value, list) else [value]:
        if isinstance(entry, str):
            nodes.append({"name": entry})
        elif isinstance(entry, dict):
            node = cast("Node", entry)
            nodes.append(node if "name" in node else by_id.get(str(node.get("@id")), node))
    return nodes


def _authors(value: object, by_id: dict[str, Node]) -> tuple[tuple[str, ...], list[str]]:
    """The people who wrote, and the bodies that are given as authors."""
    people: list[str] = []
    bodies: list[str] = []
    for node in _resolved(value, by_id):
        names = node.get("name")
        for name in filter(None, map(_text, names if isinstance(names, list) else [names])):
            if "://" in name:
                continue
            found = names_in(name)
            if "Organization" in str(node.get("@type")) or (not found and "@type" not in node):
                bodies.append(name)
            else:
                people += found or [name]
    return tuple(dict.fromkeys(people)), bodies


def _url(article: Node) -> str | None:
    page = article.get("mainEntityOfPage")
    candidates = [article.get("url"), page.get("@id") if isinstance(page, dict) else page]
    texts = [_text(value) for value in candidates]
    return next((text for text in texts if text and re.match(r"https?://", text)), None)


def _language(value: object) -> str | None:
    if isinstance(value, dict):
        value = value.get("alternateName") or value.get("name")
    return _text(value)


def _text(value: object) -> str | None:
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, dict):
        value = value.get("@value")
    if not isinstance(value, str):
        return None
    plain = re.sub(r"<[^<>]{1,80}>", "", html.unescape(html.unescape(value)))
    return " ".join(plain.split()) or None
