"""The OpenAPI description: valid, complete, and nothing that it describes fails on the server."""

from __future__ import annotations

import re
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from openapi_spec_validator import validate
from schemathesis import GenerationMode
from schemathesis.core.result import Ok

if TYPE_CHECKING:
    from pathlib import Path

    from serving.asking import Asker


@pytest.fixture(scope="session")
def description(site: Asker) -> dict[str, Any]:
    found: dict[str, Any] = site("GET", "/openapi.json").json()
    return found


def test_the_description_is_valid(description: dict[str, Any]) -> None:
    validate(description)
    assert description["openapi"] == "3.1.0"


def test_every_question_is_described(description: dict[str, Any], site: Asker) -> None:
    for question in site("GET", "/questions").json()["questions"]:
        operation = description["paths"][f"/questions/{question['name']}"]["get"]
        named = {p["name"]: p for p in operation["parameters"]}
        for parameter in question["parameters"]:
            assert named[parameter["name"]]["required"] == parameter["required"]
        assert {"why", "iris"} <= set(named)


def test_every_path_is_there(description: dict[str, Any], site: Asker) -> None:
    for path, operations in description["paths"].items():
        if "get" in operations:
            assert site("GET", path).status_code != 404, path


def test_the_documented_paths_are_described_or_answer(
    description: dict[str, Any], site: Asker, root: Path
) -> None:
    text = (root / "docs/http-api.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`(/[a-z/.-]+)`", text))
    assert len(named) > 8
    assert {path for path in named if site("GET", path).status_code == 404} == set()
    assert {"/questions/signatories", "/export", "/reconcile"} <= named & set(description["paths"])


@pytest.mark.slow
@pytest.mark.parametrize("mode", list(GenerationMode), ids=lambda mode: mode.value)
def test_nothing_that_is_described_fails_on_the_server(
    description: dict[str, Any], site: Asker, mode: GenerationMode
) -> None:
    """Requests made from the description, right ones and wrong ones."""
    tried = 0
    for found in schemathesis.openapi.from_dict(description).get_all_operations():
        assert isinstance(found, Ok), found
        operation = found.ok()
        is_question = operation.path.startswith("/questions/")

        @given(case=operation.as_strategy(generation_mode=mode))
        @settings(
            max_examples=2 if is_question or operation.path == "/export" else 12,
            deadline=None,
            derandomize=True,
            database=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        def ask(case: schemathesis.Case[Any]) -> None:
            nonlocal tried
            sent = case.as_transport_kwargs(base_url="http://localhost")
            sent.pop("cookies", None)
            url = sent.pop("url")
            answer = site(sent.pop("method"), url, **sent)
            tried += 1
            assert answer.status_code < 500, (case.as_curl_command(), answer.text)

        # What takes any text, or nothing, can't be asked in a wrong way.
        with suppress(Unsatisfiable):
            ask()
    assert tried > 100
