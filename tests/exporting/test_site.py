"""The copy of the site for plain web hosts: whole, linked from file to file, always the same."""

from __future__ import annotations

import io
import zipfile
from pathlib import PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from lxml.html import document_fromstring
from typer.testing import CliRunner

from correcting.storing import put
from making import Said, article
from pages.site_store import HOSTILE
from undersigned.cli.app import app
from undersigned.exporting.base import ExportRequest
from undersigned.exporting.site import write_site
from undersigned.exporting.site_pages import copy_of
from undersigned.project import Project
from undersigned.store.embedded import open_reader, open_writer
from undersigned.store.ontology import ontology_triples

if TYPE_CHECKING:
    from pathlib import Path

    from undersigned.claims import Reading


def make_copied_store(folder: Path, root: Path, *sources: Reading) -> Path:
    with open_writer(folder) as writer:
        project = Project(root, "the repository")
        writer.replace_graphs({writer.iris.ontology: ontology_triples(project, writer.iris)})
        put(writer, *sources)
        writer.publish()
    return folder


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory, root: Path) -> Path:
    said = Said(
        signers=("Ada Quill", "Zoë Saldaña"),
        addressee="Town Council",
        quotes_of={"Ada Quill": f"{HOSTILE} is rude."},
        roles={"Ada Quill": "poet"},
    )
    source = article("gazette-march", said, title=f"Poets {HOSTILE}", outlet="The Gazette")
    return make_copied_store(tmp_path_factory.mktemp("copy") / "store", root, source)


@pytest.fixture(scope="module")
def packed(store: Path, root: Path) -> bytes:
    return written(store, root)


@pytest.fixture(scope="module")
def files(packed: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def written(store: Path, root: Path) -> bytes:
    out = io.BytesIO()
    with open_reader(store) as reader:
        write_site(ExportRequest(reader=reader, context_file=root / "ontology/context.jsonld"), out)
    return out.getvalue()


def test_every_thing_has_its_page(files: dict[str, bytes]) -> None:
    assert {"index.html", "letters.html", "person/ada-quill.html", "person/ada-quill.ttl"} <= set(
        files
    )
    assert "letter/gazette-march/open-letter.html" in files
    assert "source/gazette-march.html" in files
    assert b"Ada Quill" in files["person/ada-quill.html"]


@pytest.mark.slow
def test_long_lists_have_all_their_parts(tmp_path: Path, root: Path) -> None:
    names = tuple(f"Signer Number{i:02}" for i in range(52))
    source = article("herald-may", Said(signers=names))
    packed = written(make_copied_store(tmp_path / "store", root, source), root)
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        found = {n: archive.read(n) for n in archive.namelist() if n.startswith("people.")}
    assert {"people.html", "people.page-2.html"} == set(found)
    assert all(name.encode() in b"".join(found.values()) for name in names)


def test_every_link_leads_to_a_file(files: dict[str, bytes]) -> None:
    broken = []
    for name, body in files.items():
        if not name.endswith(".html"):
            continue
        for href in document_fromstring(body).xpath("//a/@href | //link/@href"):
            if urlsplit(href).scheme or href.startswith("#"):
                continue
            assert not href.startswith("/"), (name, href)
            target = unquote(urlsplit(urljoin(f"http://x/{name}", href)).path[1:])
            if target not in files:
                broken.append((name, href))
    assert broken == []


def test_what_takes_a_server_is_not_there(files: dict[str, bytes]) -> None:
    pages = [body for name, body in files.items() if name.endswith(".html")]
    assert all(b"<form" not in body and b"<script" not in body for body in pages)
    assert all(b"take the server" in body for body in pages)
    assert not any(name.startswith(("query", "search", "questions")) for name in files)
    assert b"order by" not in files["people.html"]


def test_hostile_words_show_as_text(files: dict[str, bytes]) -> None:
    pages = [body for name, body in files.items() if name.endswith(".html")]
    assert all(HOSTILE.encode() not in body for body in pages)


def test_the_same_data_give_the_same_bytes(packed: bytes, store: Path, root: Path) -> None:
    assert written(store, root) == packed


def test_names_stay_within_the_copy(files: dict[str, bytes]) -> None:
    assert not any(
        name.startswith("/") or ".." in PurePosixPath(name).parts or "\\" in name for name in files
    )


@pytest.mark.parametrize(
    ("address", "file"),
    [
        ("/", "index.html"),
        ("/letters", "letters.html"),
        ("/letters?page=1", "letters.html"),
        ("/letters?page=2", "letters.page-2.html"),
        ("/person/ada-quill", "person/ada-quill.html"),
        ("/person/ada-quill.html?said=3", "person/ada-quill.said-3.html"),
        ("/source/x.html?claim=claim-1", "source/x.html"),
        ("/person/ada-quill.ttl", "person/ada-quill.ttl"),
        ("/person/zo%C3%AB", "person/zoë.html"),
    ],
)
def test_addresses_have_files(address: str, file: str) -> None:
    found = copy_of(address)
    assert found is not None
    assert found.file == file


@pytest.mark.parametrize(
    "address",
    [
        "/search?q=x",
        "/query",
        "/sparql",
        "/person/ada.rdf",
        "/letters?q=words",
        "/letters?page=2&topic=x",
        "https://elsewhere.example/",
        "/person/../../etc/passwd",
        "/person/%2e%2e/%2e%2e/x",
    ],
)
def test_other_addresses_have_none(address: str) -> None:
    assert copy_of(address) is None


def test_the_command_writes_a_folder_or_a_zip(store: Path, tmp_path: Path) -> None:
    command = ["export", "--format", "site", "--store", str(store), "--output"]
    folder, packed = tmp_path / "copy", tmp_path / "copy.zip"
    for output in (folder, packed):
        done = CliRunner().invoke(app, [*command, str(output)])
        assert done.exit_code == 0, done.output
    with zipfile.ZipFile(packed) as archive:
        assert sorted(archive.namelist()) == sorted(
            path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()
        )
    again = CliRunner().invoke(app, [*command, str(folder)])
    assert again.exit_code == 1
    assert "is not empty" in str(again.exception)
