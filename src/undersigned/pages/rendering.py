"""Pages as HTML: the templates, and what they use to write names, dates, links and passages."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from jinja2 import Environment, PackageLoader, StrictUndefined

from undersigned import terms
from undersigned.explaining.explanation import printable
from undersigned.pages.assets import script_path, style_path, styles_of
from undersigned.pages.evidence import testimonies
from undersigned.pages.nodes import Node, last_part

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pyoxigraph import NamedNode

    from undersigned.pages.addresses import Addresses
    from undersigned.pages.asking import Asked
    from undersigned.source import Span

_MONTHS: Final = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
_DATE: Final = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


@dataclass(frozen=True, slots=True)
class Renderer:
    """Writes pages of one site. `asked` is the request that they answer."""

    addresses: Addresses
    asked: Asked
    sections: tuple[tuple[str, str], ...] = ()
    """Path and name of what the navigation offers."""
    name_of: Callable[[NamedNode], str] = last_part
    """What to call something that is known by its IRI."""

    def page(self, template: str, **values: Any) -> str:
        """The page of a template."""
        return (
            environment()
            .get_template(template)
            .render(
                asked=self.asked,
                site_sections=self.sections,
                anchor=lambda node: f"s-{last_part(node.iri)}",
                terms=terms,
                at=self.addresses.local,
                name_of=self.name_of,
                page_of=self._page_of,
                data_of=self.addresses.path_of,
                style=self.addresses.local(style_path()),
                script=self._script,
                styles_of=styles_of,
                **values,
            )
        )

    def _page_of(self, thing: Node | NamedNode) -> str:
        """Where a thing's page is; its own IRI for things that lie elsewhere."""
        iri = thing.iri if isinstance(thing, Node) else thing
        return self.addresses.page_of(iri) or web_address(iri.value) or "#"

    def _script(self, name: str) -> str | None:
        path = script_path(name)
        return self.addresses.local(path) if path else None


@cache
def environment() -> Environment:
    """The templates of the package, everything escaped that they do not write themselves."""
    made = Environment(
        loader=PackageLoader("undersigned.pages", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        finalize=lambda value: printable(value) if type(value) is str else value,
    )
    made.filters.update(
        day=day_in_words,
        number=number,
        marked=marked,
        web=web_address,
        plural=plural,
        testimonies=testimonies,
    )
    return made


def day_in_words(printed: str) -> str:
    """A date as people write it: "2025-03-21" gives "21 March 2025", "2025-03" "March 2025"."""
    found = _DATE.match(printed)
    if found is None or (found[2] and not 1 <= int(found[2]) <= len(_MONTHS)):
        return printed
    year, month, day = found.groups()
    parts = [str(int(day)) if day else "", _MONTHS[int(month) - 1] if month else "", year]
    return " ".join(part for part in parts if part)


def number(value: int) -> str:
    """A number with its thousands parted by commas."""
    return f"{value:,}"


def plural(count: int, one: str, many: str = "") -> str:
    """The number with its noun: "1 letter", "2 letters"."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def marked(text: str, marks: Sequence[Span]) -> list[tuple[str, bool]]:
    """A text in pieces, each with whether it is among the marked words."""
    pieces, at = list[tuple[str, bool]](), 0
    for start, end in marks:
        pieces += [(text[at:start], False), (text[start:end], True)]
        at = end
    return [piece for piece in [*pieces, (text[at:], False)] if piece[0]]


def web_address(address: str | None) -> str | None:
    """An address that a link may lead to: "javascript:" and the like give None."""
    return address if address and address.startswith(("https://", "http://")) else None
