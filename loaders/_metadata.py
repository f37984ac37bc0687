"""What an HTML page says of itself: JSON-LD, OpenGraph and other meta elements, its own markup."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urldefrag, urljoin, urlsplit

from ._bylines import names_in
from ._dates import iso_moment
from ._json_ld import details_of
from ._layout import Details

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_LANGUAGE = re.compile(r"([A-Za-z]{2,3})(?:[-_]([A-Za-z]{2}|\d{3}))?\b")


def page_details(root: HtmlElement, fetched_url: str | None) -> Details:
    """The details that a page states; JSON-LD wins over meta elements, these over markup."""
    names = _names()
    json_ld = details_of(
        [script.text or "" for script in root.iter("script") if _is_json_ld(script)],
        frozenset(names["article_types"]),
    )
    meta = _meta(root)
    found = {field: _first(meta, names[field]) for field in names if field != "article_types"}
    outlet = json_ld.outlet or found["outlet"]
    stated = Details(
        title=found["title"],
        authors=_authors(meta, names["authors"]),
        outlet=_plain_outlet(found["outlet"]),
        published=_published(root, meta, names["published"]),
        language=root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang"),
    )
    details = json_ld.or_else(stated).or_else(Details(language=found["language"]))
    title = details.title or _title_element(root)
    return Details(
        title=_without_outlet(title, outlet),
        authors=tuple(name for name in details.authors if name != details.outlet),
        outlet=details.outlet,
        published=details.published,
        language=_language(details.language),
        url=_canonical(root, meta, fetched_url) or json_ld.url,
        notes=details.notes,
    )


@cache
def _names() -> dict[str, list[str]]:
    path = Path(__file__).with_suffix(".toml")
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _is_json_ld(script: HtmlElement) -> bool:
    return "ld+json" in (script.get("type") or "").lower()


def _meta(root: HtmlElement) -> dict[str, list[str]]:
    """The contents of meta elements by their lower-case names."""
    found: dict[str, list[str]] = {}
    for element in root.iter("meta"):
        content = " ".join((element.get("content") or "").split())
        for attribute in ("property", "name", "itemprop", "http-equiv"):
            if content and (name := element.get(attribute)):
                found.setdefault(name.lower(), []).append(content)
    return found


def _first(meta: dict[str, list[str]], names: list[str]) -> str | None:
    return next((meta[name][0] for name in names if name in meta), None)


def _authors(meta: dict[str, list[str]], names: list[str]) -> tuple[str, ...]:
    for name in names:
        people = [person for value in meta.get(name, []) for person in names_in(value)]
        if people:
            return tuple(dict.fromkeys(people))
    return ()


def _published(root: HtmlElement, meta: dict[str, list[str]], names: list[str]) -> str | None:
    values = [value for name in names for value in meta.get(name, [])]
    times = [element for element in root.iter("time") if element.get("datetime")]
    times.sort(key=lambda element: not re.search(r"publ", f"{dict(element.attrib)}", re.IGNORECASE))
    values += [element.get("datetime") for element in times[:1]]
    return next((moment for value in values if (moment := iso_moment(value))), None)


def _canonical(root: HtmlElement, meta: dict[str, list[str]], fetched: str | None) -> str | None:
    """The page's own address. A site's front page as everybody's address is not believed."""
    stated = [
        element.get("href") or ""
        for element in root.iter("link")
        if "canonical" in (element.get("rel") or "").lower().split()
    ]
    for url in [*stated, *meta.get("og:url", [])]:
        try:
            whole: str = urldefrag(urljoin(fetched or "", url.strip())).url
            parts = urlsplit(whole)
        except ValueError:
            continue
        if (
            parts.scheme in ("http", "https")
            and parts.netloc
            and (parts.path.strip("/") or parts.query)
        ):
            return whole
    return None


def _title_element(root: HtmlElement) -> str | None:
    element = root.find(".//title")
    text = " ".join(element.text_content().split()) if element is not None else ""
    return text or None


def _without_outlet(title: str | None, outlet: str | None) -> str | None:
    """ "Actors sign letter | The Daily" without the outlet's name."""
    if not title or not outlet:
        return title
    return (
        re.sub(rf"\s*[|–—·:-]+\s*(?:the )?{re.escape(outlet)}\s*$", "", title, flags=re.I) or title
    )


def _plain_outlet(outlet: str | None) -> str | None:
    return outlet if outlet and "://" not in outlet else None


def _language(value: str | None) -> str | None:
    """A BCP 47 tag: "en_us" gives "en-US"."""
    found = _LANGUAGE.match(value or "")
    if found is None:
        return None
    return found[1].lower() + (f"-{found[2].upper()}" if found[2] else "")
