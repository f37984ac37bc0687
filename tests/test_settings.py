"""Settings: what wins, and what a wrong value says."""

from __future__ import annotations

from pathlib import Path

import pytest

from test_project import make_project
from undersigned.errors import SettingInvalid
from undersigned.settings import Settings, iter_settings, read_settings


def test_flag_wins_over_environment_over_table_over_default(tmp_path: Path) -> None:
    project = make_project(tmp_path / "p")  # its table says workers = 3
    environment = {"UNDERSIGNED_WORKERS": "5"}
    assert read_settings(tmp_path / "p", environment={}).workers == 3
    assert read_settings(project, environment=environment).workers == 5
    assert read_settings(project, {"workers": 7}, environment).workers == 7
    assert read_settings(project, {"workers": None}, environment).workers == 5
    assert Settings().workers == 1


def test_each_value_is_of_its_kind_and_says_where_it_comes_from(tmp_path: Path) -> None:
    environment = {
        "UNDERSIGNED_STORE": "my.store",
        "UNDERSIGNED_ALLOW_PRIVATE_ADDRESSES": "true",
        "UNDERSIGNED_FETCH_TIMEOUT_SECONDS": "2.5",
    }
    project = make_project(tmp_path / "p")
    found = {s.name: s for s in iter_settings(project, environment=environment)}
    assert found["store"].value == Path("my.store")
    assert found["allow_private_addresses"].value is True
    assert found["fetch_timeout_seconds"].value == 2.5
    assert found["store"].origin == "UNDERSIGNED_STORE"
    assert found["workers"].origin.endswith("pyproject.toml")
    assert found["base_iri"].origin == "default"
    assert all(setting.sentence.endswith(".") for setting in found.values())


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("UNDERSIGNED_WORKERS", "many", "'many' was found, a whole number is expected"),
        ("UNDERSIGNED_ALLOW_PRIVATE_ADDRESSES", "perhaps", "true or false"),
    ],
)
def test_a_wrong_value_is_told_with_its_place(name: str, value: str, expected: str) -> None:
    with pytest.raises(SettingInvalid, match=expected) as caught:
        read_settings(environment={name: value})
    assert name in str(caught.value)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("workers", "0"),
        ("fetch_timeout_seconds", "-1"),
        ("fetch_timeout_seconds", "nan"),
        ("base_iri", "not an iri"),
        ("base_iri", "https://letters.example/graph"),
        ("base_iri", "https://letters.example/a b/"),
    ],
)
def test_a_value_that_nothing_can_be_done_with_is_refused(name: str, value: str) -> None:
    with pytest.raises(SettingInvalid, match=f"{name}: .* was found; expected"):
        read_settings(environment={f"UNDERSIGNED_{name.upper()}": value})


@pytest.mark.parametrize("base", ["https://letters.example/", "http://localhost:8000/graph/"])
def test_an_address_that_ends_with_a_slash_is_a_base(base: str) -> None:
    assert read_settings(environment={"UNDERSIGNED_BASE_IRI": base}).base_iri == base


def test_an_unknown_setting_in_the_table_is_told(tmp_path: Path) -> None:
    project = make_project(tmp_path / "p")
    (project / "pyproject.toml").write_text("[tool.undersigned]\nwrokers = 3\n", encoding="utf-8")
    with pytest.raises(SettingInvalid, match="no setting 'wrokers'"):
        read_settings(project, environment={})
