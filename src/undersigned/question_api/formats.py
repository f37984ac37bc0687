"""The formats that a question's answer comes in, by suffix and by media type."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Final

from undersigned.questions.formats import csv_of, markdown_of, tsv_of
from undersigned.serving.negotiation import best_media_type, read_accept
from undersigned.serving.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True, slots=True)
class AnswerFormat:
    """One format. `write` is there for those that are a text made of an answer's rows."""

    suffix: str
    media_type: str
    title: str
    write: Callable[..., str] | None = None

    @property
    def content_type(self) -> str:
        """The value of the header."""
        is_text = self.media_type.startswith("text/")
        return f"{self.media_type}; charset=utf-8" if is_text else self.media_type


JSON: Final = AnswerFormat(".json", "application/json", "JSON")
PAGE: Final = AnswerFormat(".html", "text/html", "page")
RESULTS: Final = AnswerFormat(".srj", "application/sparql-results+json", "SPARQL results (JSON)")
FORMATS: Final = (
    JSON,
    PAGE,
    AnswerFormat(".csv", "text/csv", "CSV", csv_of),
    AnswerFormat(".tsv", "text/tab-separated-values", "TSV", tsv_of),
    AnswerFormat(".md", "text/markdown", "Markdown", markdown_of),
    RESULTS,
)
"""The one that is liked best of equals comes first."""
DOWNLOADS: Final = tuple(form for form in FORMATS if form is not PAGE)


def split_suffix(name: str) -> tuple[str, AnswerFormat | None]:
    """A name without the suffix of a format, and the format."""
    for form in FORMATS:
        if name.endswith(form.suffix):
            return name.removesuffix(form.suffix), form
    return name, None


def choose_format(accept: str | None, offered: tuple[AnswerFormat, ...] = FORMATS) -> AnswerFormat:
    """The format that a client likes best.

    Raises:
        Problem: 406, it likes none.
    """
    types = {form.media_type: form for form in offered}
    chosen = best_media_type(read_accept(accept), types)
    if chosen is None:
        raise Problem(
            HTTPStatus.NOT_ACCEPTABLE,
            "not-acceptable",
            "This can't be had in a media type that the Accept header asks for; `available` lists "
            "those that it comes in.",
            extra={"available": list(types)},
            headers={"Vary": "Accept"},
        )
    return types[chosen]
