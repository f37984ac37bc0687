"""Which export formats a server hands out."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Final

from undersigned.exporting.registry import export_formats
from undersigned.questions.saved_query import near
from undersigned.serving.problems import Problem

if TYPE_CHECKING:
    from undersigned.exporting.base import ExportFormat

_NOT_SERVED: Final = {"site"}
"""A copy of the site for plain web hosts; who reaches this server has the site itself."""


def offered_formats() -> dict[str, ExportFormat]:
    """Format by name."""
    return {name: form for name, form in export_formats().items() if name not in _NOT_SERVED}


def get_offered_format(name: str) -> ExportFormat:
    """The format of a name.

    Raises:
        Problem: 422, there is none, or none was named.
    """
    formats = offered_formats()
    if name in formats:
        return formats[name]
    found = f"There is no format {name[:40]!r}; {near(name[:40], list(formats))}" if name else ""
    raise Problem(
        HTTPStatus.UNPROCESSABLE_ENTITY,
        "format-unknown",
        f"{found}/export needs format=NAME, one of `available`.",
        extra={
            "parameter": "format",
            "available": {form.name: form.holds.replace("--", "") for form in formats.values()},
        },
    )
