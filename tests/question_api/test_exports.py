"""Exports over HTTP: the same files that the command writes, within budgets."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from serving.asking import Asker
from undersigned.exporting.base import ExportRequest
from undersigned.exporting.registry import get_export_format
from undersigned.exporting.writing import export_to_stream
from undersigned.question_api.export_formats import offered_formats
from undersigned.serving.limits import ServeSettings
from undersigned.store.embedded import open_reader

if TYPE_CHECKING:
    import asyncio
    from pathlib import Path


def written(store: Path, root: Path, name: str) -> bytes:
    with open_reader(store) as reader:
        out = io.BytesIO()
        request = ExportRequest(reader=reader, context_file=root / "ontology/context.jsonld")
        export_to_stream(get_export_format(name), request, out)
        return out.getvalue()


@pytest.mark.parametrize("name", ["nquads", "jsonld"])
def test_an_export_is_what_the_command_writes(
    site: Asker, small_store: Path, root: Path, name: str
) -> None:
    answer = site("GET", "/export", params={"format": name})
    assert answer.status_code == 200
    assert answer.content == written(small_store, root, name)
    assert answer.headers["content-disposition"].startswith("attachment")
    again = {"If-None-Match": answer.headers["etag"]}
    assert site("GET", "/export", params={"format": name}, headers=again).status_code == 304


def test_a_part_is_less_than_the_whole(site: Asker) -> None:
    whole = site("GET", "/export?format=turtle").text
    part = site("GET", "/export?format=turtle&person=Ben+Stage").text
    assert "Ben Stage" in part
    assert "Signer Number001" in whole
    assert "Signer Number001" not in part


def test_several_tables_come_in_a_zip_and_one_alone(site: Asker) -> None:
    several = site("GET", "/export?format=csv")
    assert several.headers["content-type"] == "application/zip"
    assert "people.csv" in zipfile.ZipFile(io.BytesIO(several.content)).namelist()
    one = site("GET", "/export?format=csv&table=people")
    assert one.headers["content-type"].startswith("text/csv")
    assert "Ada Quill" in one.text


@pytest.mark.parametrize(
    ("query", "status", "said"),
    [
        ("", 422, "one of `available`"),
        ("format=turtel", 422, "did you mean 'turtle'"),
        ("format=site", 422, "no format"),
        ("format=turtle&letter=xyzzyplugh", 422, "no letter named"),
        ("format=turtle&letter=letter", 300, "several things"),
        ("format=gexf&network=spiders", 422, "expected one of"),
        ("format=csv&table=shoes", 422, "expected one of"),
        ("format=turtle&colour=red", 422, "takes no 'colour'"),
        ("format=ro-crate", 422, "licence"),
    ],
)
def test_what_is_wrong_is_said(site: Asker, query: str, status: int, said: str) -> None:
    answer = site("GET", f"/export?{query}")
    assert answer.status_code == status
    assert said in answer.json()["detail"]
    assert "--" not in answer.text


@pytest.mark.parametrize(
    ("budget", "status", "kind"),
    [
        ({"export_seconds": 0.05}, 504, "timeout"),
        ({"export_bytes": 1_000}, 422, "export-too-large"),
    ],
)
def test_an_export_beyond_its_budget_is_no_file(
    runner: asyncio.Runner, small_store: Path, budget: dict[str, Any], status: int, kind: str
) -> None:
    asker = Asker(runner, small_store, replace(ServeSettings(), **budget))
    answer = asker("GET", "/export?format=nquads")
    asker.close()
    assert answer.status_code == status
    assert answer.json()["type"].endswith(kind)


def test_a_server_without_a_place_says_so(runner: asyncio.Runner, small_store: Path) -> None:
    asker = Asker(runner, small_store, ServeSettings(exports_together=0))
    answer = asker("GET", "/export?format=nquads")
    asker.close()
    assert answer.status_code == 503
    assert answer.headers["retry-after"]


def test_a_copy_of_the_site_is_not_made_by_the_server() -> None:
    assert "site" not in offered_formats()
