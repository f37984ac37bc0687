"""A release of the graph: an RO-Crate in a zip, with every file's checksum and a catalogue entry.

The crate holds the dataset in canonical order, the knowledge graph, tables and networks, the
ontology, `catalogue.ttl` (VoID and DCAT 3), `SHA256SUMS`, and, where the last release is known,
`changes.txt`.
"""

from __future__ import annotations

import gzip
import hashlib
import io
import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, BinaryIO, Final, cast

from undersigned import __version__
from undersigned.errors import ExportError
from undersigned.exporting.archive import Archive, open_archive
from undersigned.exporting.base import ExportFormat, ExportRequest
from undersigned.exporting.columns import table_definitions
from undersigned.exporting.csv_tables import write_csv
from undersigned.exporting.network_files import write_gexf
from undersigned.exporting.networks import NETWORKS
from undersigned.exporting.nquads import NQUADS
from undersigned.exporting.turtle import TURTLE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from undersigned.exporting.catalogue import Holding

PROFILE: Final = "https://w3id.org/ro/crate/1.2"
NAME: Final = "Letters, signatures and statements"
DESCRIPTION: Final = (
    "A knowledge graph of who signed which letter, to whom, and what was said about it, made by "
    "Undersigned from published sources. Every fact leads to the words of the source that carry it."
)


@dataclass(frozen=True, slots=True)
class _Part:
    """A file of the crate before it is written."""

    path: str
    title: str
    media_type: str
    write: Callable[[ExportRequest, BinaryIO], int]


def write_release(request: ExportRequest, output: BinaryIO) -> int:
    """Writes the crate; the number of files in it.

    Raises:
        ExportError: the request names no licence or no day of release.
    """
    if not request.licence or not request.released:
        raise ExportError(
            "--format ro-crate: a release says under which licence it may be used; give "
            "--licence with its IRI, such as https://creativecommons.org/licenses/by/4.0/"
        )
    from undersigned.exporting.catalogue import catalogue, count_things  # brings rdflib along

    holdings: list[Holding] = []
    with open_archive(output) as archive:
        for part in _parts(request.changes):
            holdings.append(_write_part(archive, part, request))
            request.advance(1)
        things = count_things(request.reader)
        entry = catalogue(request, holdings, things)
        holdings.append(
            _write_part(
                archive, _text("catalogue.ttl", "Catalogue entry", "text/turtle", entry), request
            )
        )
        sums = "".join(f"{h.sha256}  {h.path}\n" for h in holdings)
        holdings.append(
            _write_part(archive, _text("SHA256SUMS", "Checksums", "text/plain", sums), request)
        )
        metadata = json.dumps(_metadata(request, holdings, things), ensure_ascii=False, indent=1)
        about = _text("ro-crate-metadata.json", "About", "application/ld+json", metadata + "\n")
        _write_part(archive, about, request)
    return len(holdings) + 1


def _parts(changes: str | None) -> Iterator[_Part]:
    yield _Part("dataset.nq.gz", "The dataset, in canonical order", "application/gzip", _packed)
    yield _Part("knowledge.ttl", "The knowledge graph", "text/turtle", TURTLE.write)
    for definition in table_definitions().values():
        yield _Part(
            f"tables/{definition.name}.csv",
            f"Table of {definition.summary}",
            "text/csv",
            _table_writer(definition.name),
        )
    for kind in NETWORKS.values():
        yield _Part(
            f"networks/{kind.name}.gexf",
            f"Network: {kind.summary}",
            "application/gexf+xml",
            _network_writer(kind.name),
        )
    yield _Part("ontology.ttl", "The ontology", "text/turtle", _ontology)
    if changes is not None:
        yield _text("changes.txt", "What changed since the last release", "text/plain", changes)


def _packed(request: ExportRequest, output: BinaryIO) -> int:
    with gzip.GzipFile("", "wb", fileobj=output, mtime=0) as packed:
        return NQUADS.write(request, cast("BinaryIO", packed))


def _table_writer(name: str) -> Callable[[ExportRequest, BinaryIO], int]:
    return lambda request, output: write_csv(replace(request, tables=(name,)), output)


def _network_writer(name: str) -> Callable[[ExportRequest, BinaryIO], int]:
    return lambda request, output: write_gexf(replace(request, network=name), output)


def _ontology(request: ExportRequest, output: BinaryIO) -> int:
    output.write(request.context_file.with_name("undersigned.ttl").read_bytes())
    return 1


class _Counting(io.RawIOBase):
    """Passes bytes on, and knows how many there were and their SHA-256."""

    def __init__(self, output: BinaryIO) -> None:
        self._output = output
        self.size = 0
        self.digest = hashlib.sha256()

    def writable(self) -> bool:
        return True

    def write(self, content: object) -> int:
        data = bytes(cast("bytes", content))
        self.digest.update(data)
        self.size += len(data)
        return self._output.write(data)


def _write_part(archive: Archive, part: _Part, request: ExportRequest) -> Holding:
    quiet = replace(request, advance=lambda _: None)
    from undersigned.exporting.catalogue import Holding

    with archive.file(part.path) as opened:
        counting = _Counting(opened)
        number = part.write(quiet, cast("BinaryIO", counting))
    return Holding(
        path=part.path,
        title=part.title,
        media_type=part.media_type,
        size_bytes=counting.size,
        sha256=counting.digest.hexdigest(),
        number=number,
    )


def _text(path: str, title: str, media_type: str, text: str) -> _Part:
    def write(_: ExportRequest, output: BinaryIO) -> int:
        output.write(text.encode())
        return 1

    return _Part(path, title, media_type, write)


def _metadata(
    request: ExportRequest, holdings: list[Holding], things: dict[str, int]
) -> dict[str, object]:
    counted = _listed(things)
    missing = f" Left out: {_listed(request.left_out)}." if request.left_out else ""
    root = {
        "@id": "./",
        "@type": "Dataset",
        "name": NAME,
        "description": f"{DESCRIPTION} In it: {counted}.{missing}",
        "datePublished": request.released,
        "license": {"@id": request.licence},
        "identifier": request.reader.revision,
        "hasPart": [{"@id": holding.path} for holding in holdings],
        "creator": {"@id": "#undersigned"},
    }
    descriptor = {
        "@id": "ro-crate-metadata.json",
        "@type": "CreativeWork",
        "conformsTo": {"@id": PROFILE},
        "about": {"@id": "./"},
    }
    licence = {
        "@id": request.licence,
        "@type": "CreativeWork",
        "name": request.licence,
        "description": "The licence of this release",
    }
    software = {
        "@id": "#undersigned",
        "@type": "SoftwareApplication",
        "name": "Undersigned",
        "version": __version__,
        "url": "https://w3id.org/undersigned/",
    }
    files = [
        {
            "@id": holding.path,
            "@type": "File",
            "name": holding.title,
            "encodingFormat": holding.media_type,
            "contentSize": str(holding.size_bytes),
            "sha256": holding.sha256,
        }
        for holding in holdings
    ]
    return {
        "@context": f"{PROFILE}/context",
        "@graph": [descriptor, root, licence, software, *files],
    }


def _listed(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{number:,} {kind}" for kind, number in counts.items())


RELEASE: Final = ExportFormat(
    name="ro-crate",
    media_type="application/zip",
    suffix=".crate.zip",
    holds="a release: dataset, tables, networks, ontology, checksums and catalogue (RO-Crate)",
    write=write_release,
    unit="files",
)
