"""Reading: sources in, what they say out. A pure function of one source's text."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from undersigned import __version__
from undersigned.claims import Reading
from undersigned.listing.claiming import read_listing
from undersigned.reading.attribution import find_attributions
from undersigned.reading.cast import make_cast
from undersigned.reading.letters import find_letters
from undersigned.reading.name_series import complete_series
from undersigned.reading.names import find_names
from undersigned.reading.pipeline import open_pipeline, read_texts
from undersigned.reading.signatures import find_signatures
from undersigned.reading.statements import find_statements

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from undersigned.claims import Claim
    from undersigned.listing.entries import Listing
    from undersigned.reading.attribution import Attribution
    from undersigned.reading.text import ReadText
    from undersigned.source import Source


@dataclass(frozen=True, slots=True)
class ReadSource:
    """A reading with the attributions that its statements were made from."""

    reading: Reading
    text: ReadText
    attributions: tuple[Attribution, ...]


class Reader:
    """Reads sources with one language pipeline, many at a time.

    Not shared between threads: spaCy pipelines are not.
    """

    def __init__(self, pipeline: str | Path | None = None) -> None:
        """Opens the pipeline: the shipped one, or one by name or folder.

        Raises:
            PipelineUnusable: it is missing, or not labelled as reading needs it.
        """
        self._nlp = open_pipeline(pipeline)

    @cached_property
    def extractor(self) -> str:
        """Program and pipeline with their versions."""
        meta = self._nlp.meta
        pipeline = f"{meta['lang']}_{meta['name']} {meta['version']}"
        return f"undersigned {__version__}, {pipeline}"

    def read(self, sources: Iterable[Source]) -> Iterator[Reading]:
        """Yields the reading of each source, in their order."""
        for read in self.read_closely(sources):
            yield read.reading

    def read_closely(self, sources: Iterable[Source]) -> Iterator[ReadSource]:
        """Yields the reading of each source with its text and attributions, in their order."""
        for text in read_texts(self._nlp, sources):
            yield self._read(text)

    def _read(self, text: ReadText) -> ReadSource:
        if text.source.listing is not None:
            return self._read_listing(text, text.source.listing)
        cast = make_cast(text, complete_series(text, find_names(text)))
        letters = find_letters(text, cast)
        attributions = find_attributions(text)
        claims: list[Claim] = [
            *cast.roles,
            *letters.claims(),
            *find_signatures(text, cast, letters),
            *find_statements(text, cast, letters, attributions),
        ]
        claims.sort(key=_place)
        reading = Reading(
            source=text.source,
            # Asked last: statements add the groups and unnamed speakers that they quote.
            entities=cast.entities(),
            claims=tuple(claims),
            extractor=self.extractor,
        )
        return ReadSource(reading, text, tuple(attributions))

    def _read_listing(self, text: ReadText, listing: Listing) -> ReadSource:
        """A letter's own page or list: what it says needs no grammar, only its layout."""
        found = read_listing(text.source, listing)
        reading = Reading(
            source=text.source,
            entities=found.entities,
            claims=tuple(sorted(found.claims, key=_place)),
            extractor=self.extractor,
        )
        return ReadSource(reading, text, ())


def _place(claim: Claim) -> tuple[int, int, str]:
    words = claim.evidence.words
    return (words[0].start, words[-1].end, type(claim).__name__)
