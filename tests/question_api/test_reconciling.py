"""The reconciliation service, as OpenRefine asks it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from pages.site_store import HOSTILE

if TYPE_CHECKING:
    from serving.asking import Asker


def match(site: Asker, **query: Any) -> list[dict[str, Any]]:
    answer = site("POST", "/reconcile", data={"queries": json.dumps({"q": query})})
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json()["q"]["result"]
    return found


def extend(site: Asker, ids: list[str], *properties: str) -> dict[str, Any]:
    asked = {"ids": ids, "properties": [{"id": name} for name in properties]}
    answer = site("POST", "/reconcile", data={"extend": json.dumps(asked)})
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def test_the_manifest_leads_to_services_that_answer(site: Asker) -> None:
    manifest = site("GET", "/reconcile").json()
    assert manifest["versions"] == ["0.2"]
    assert [kind["id"] for kind in manifest["defaultTypes"]] == ["person", "organization", "letter"]
    services = [*manifest["suggest"].values(), manifest["extend"]["propose_properties"]]
    for service in services:
        address = service["service_url"] + service["service_path"]
        assert site("GET", address, params={"prefix": ""}).status_code == 200
    view = manifest["view"]["url"].replace("{{id}}", "person%2Fada-quill")
    assert site("GET", view).status_code == 303


def test_a_full_name_is_matched_and_says_why(site: Asker) -> None:
    first = match(site, query="Quill, Ada", type="person")[0]
    assert first["id"] == "person/ada-quill"
    assert first["match"] is True
    assert first["type"] == [{"id": "person", "name": "Person"}]
    assert {"id": "name", "value": 100.0} in first["features"]


def test_accents_and_slips_do_not_matter(site: Asker) -> None:
    assert match(site, query="Zoe Saldana", type="person")[0]["name"] == "Zoë Saldaña"
    slip = match(site, query="Ada Quyll", type="person")[0]
    assert slip["id"] == "person/ada-quill"
    assert 80 < slip["score"] < 100


def test_one_word_is_offered_and_never_matched(site: Asker) -> None:
    found = match(site, query="Quill", type="person")
    assert "person/ada-quill" in [candidate["id"] for candidate in found]
    assert not any(candidate["match"] for candidate in found)


def test_equals_are_never_matched(site: Asker) -> None:
    found = match(site, query="Signer Number", type="person")
    assert len(found) == 10
    assert not any(candidate["match"] for candidate in found)


def test_a_property_that_agrees_raises_a_candidate(site: Asker) -> None:
    plain = match(site, query="A. Quill", type="person")[0]
    roles = [{"pid": "roles", "v": "poet"}]
    helped = match(site, query="A. Quill", type="person", properties=roles)[0]
    other = match(site, query="A. Quill", properties=[{"pid": "roles", "v": "plumber"}])[0]
    assert helped["id"] == plain["id"] == "person/ada-quill"
    assert other["score"] < plain["score"] < helped["score"]


def test_types_narrow_and_limits_hold(site: Asker) -> None:
    assert match(site, query="Town Council", type="person") == []
    assert match(site, query="Town Council")[0]["type"][0]["id"] == "organization"
    assert len(match(site, query="Signer Number", limit=3)) == 3
    assert match(site, query="Ada Quill", type="Q5") == []
    assert match(site, query="") == []


def test_a_batch_is_asked_by_get_too(site: Asker) -> None:
    queries = json.dumps({"a": {"query": "Ada Quill"}, "b": {"query": "Ben Stage"}})
    answer = site("GET", "/reconcile", params={"queries": queries}).json()
    assert answer["a"]["result"][0]["name"] == "Ada Quill"
    assert answer["b"]["result"][0]["name"] == "Ben Stage"


@pytest.mark.parametrize(
    "body",
    [
        {"queries": "{"},
        {"queries": "[]"},
        {"queries": '{"q": 1}'},
        {"queries": '{"q": {"query": "\\ud800"}}'},
        {"queries": '{"q": {"query": "x", "limit": "many"}}'},
        {"queries": json.dumps({str(n): {"query": "x"} for n in range(101)})},
        {"extend": '{"ids": 1}'},
        {"extend": '{"ids": [], "properties": [{"id": "shoe-size"}]}'},
        {"other": "1"},
    ],
)
def test_a_malformed_batch_is_refused(site: Asker, body: dict[str, str]) -> None:
    answer = site("POST", "/reconcile", data=body)
    assert answer.status_code == 400
    assert answer.json()["type"].endswith("request-malformed")


def test_a_list_is_extended(site: Asker) -> None:
    found = extend(
        site,
        ["person/ada-quill", "person/nobody"],
        *("letters-signed", "letters-signed-count", "roles", "first-date", "statements-count"),
    )
    assert [m["id"] for m in found["meta"]][:2] == ["letters-signed", "letters-signed-count"]
    row = found["rows"]["person/ada-quill"]
    assert {cell["id"].partition("/")[0] for cell in row["letters-signed"]} == {"letter"}
    assert row["letters-signed-count"] == [{"float": float(len(row["letters-signed"]))}]
    assert row["roles"] == [{"str": "poet"}]
    assert "date" in row["first-date"][0]
    assert row["statements-count"] == [{"float": 1.0}]
    assert all(cells == [] for cells in found["rows"]["person/nobody"].values())


def test_properties_are_proposed_by_type(site: Asker) -> None:
    offered = site("GET", "/reconcile/properties?type=letter").json()["properties"]
    assert "addressees" in [p["id"] for p in offered]
    assert "roles" not in [p["id"] for p in offered]
    ids = [p["id"] for p in offered]
    assert extend(site, ["letter/gazette-march/open-letter"], *ids)["meta"] == offered


def test_suggestions_and_preview(site: Asker) -> None:
    found = site("GET", "/reconcile/suggest/entity?prefix=ada").json()["result"]
    assert found[0]["id"] == "person/ada-quill"
    preview = site("GET", "/reconcile/preview?id=person/ada-quill")
    assert "Ada Quill" in preview.text
    assert "frame-ancestors" not in preview.headers["content-security-policy"]
    assert site("GET", "/reconcile/preview?id=person/nobody").status_code == 404
    assert site("GET", "/reconcile/preview").status_code == 422


def test_hostile_names_stay_text(site: Asker) -> None:
    named = match(site, query=HOSTILE, type="person")
    assert named
    preview = site("GET", "/reconcile/preview", params={"id": named[0]["id"]})
    assert HOSTILE not in preview.text
