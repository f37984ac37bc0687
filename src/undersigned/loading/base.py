"""What a loader is given and what it must offer.

A loader is a Python file in a project's `loaders/` folder; its file's stem is its name. It offers
a module-level `LOADER` that fits `Loader`. The engine finds it by path, imports it in each worker
process and hands it one `Payload` at a time. A loader does not fetch, does not write and does not
look at other sources; one that meets bytes it can't read raises `SourceUnreadable`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from undersigned.source import Source


@dataclass(frozen=True, slots=True)
class Part:
    """One more file that belongs to a source. `name` is its path below the source's folder."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Payload:
    """The bytes of one source, and where they came from.

    Attributes:
        origin: The path or URL as people know it; for messages.
        data: The bytes as they lie in the file, or as the server sent them, decompressed.
        name_hint: The path below the folder that was loaded, or the file's name.
        media_type: What the server said it is, such as "text/html"; None for files.
        charset: The character encoding that the server named; None for files.
        url: The URL at the end of all redirects; None for files.
        source_id: The id that the user gave, if any.
        parts: The files of a folder that is one source, such as a list with a file a signer.
        page: The letter's page, where it lies beside its list.
        mapping: The file that says what the columns of a table hold.
    """

    origin: str
    data: bytes
    name_hint: str
    media_type: str | None = None
    charset: str | None = None
    url: str | None = None
    source_id: str | None = None
    parts: tuple[Part, ...] = ()
    page: Part | None = None
    mapping: Part | None = None


class Loader(Protocol):
    """Turns the bytes of one kind of source into a `Source`."""

    @property
    def summary(self) -> str:
        """What this loader reads, as in "news articles as HTML pages or plain text"."""
        ...

    def accepts(self, payload: Payload) -> float:
        """How sure the loader is that this is for it: 0.0 for no, 1.0 for certainly.

        The loader with the highest score reads; of equal ones the first by name. A loader for a
        special kind of page scores above a general one only where it sees that kind's own marks.
        """
        ...

    def read(self, payload: Payload) -> Source:
        """The source in these bytes.

        Raises:
            SourceUnreadable: no text comes out of them.
        """
        ...
