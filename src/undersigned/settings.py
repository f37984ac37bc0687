"""Settings: each declared once, as a field with its default and a sentence that explains it.

Order, first wins: a flag of the command line, the environment (`UNDERSIGNED_STORE`), the
`[tool.undersigned]` table of the project's pyproject.toml, the default. They are read once, at
the edge, and handed on; nothing reads the environment later.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final, get_type_hints

from undersigned.errors import ProjectNotFound, SettingInvalid
from undersigned.iris import DEFAULT_BASE
from undersigned.project import find_project

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


_BASE_IRI: Final = re.compile(r"https?://[^\s<>\"{}|\\^`?#/]+(?:/[^\s<>\"{}|\\^`?#]*)?/")


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What a user may set, each with its default and the sentence that explains it."""

    store: Annotated[Path, "Folder of the embedded store."] = Path("undersigned.store")
    base_iri: Annotated[str, "What the IRIs of a new store start with."] = DEFAULT_BASE
    pipeline: Annotated[
        str, "Name or folder of another spaCy pipeline with UD labels; empty for the shipped one."
    ] = ""
    workers: Annotated[int, "Processes that read sources side by side."] = 1
    largest_file_bytes: Annotated[int, "A larger file is refused."] = 40_000_000
    fetch_timeout_seconds: Annotated[float, "Longest time for one web page."] = 30.0
    allow_private_addresses: Annotated[
        bool, "Whether web pages inside the private network may be fetched."
    ] = False

    def __post_init__(self) -> None:
        """Refuses what no store and no load can be made with."""
        if not _BASE_IRI.fullmatch(self.base_iri):
            raise SettingInvalid(
                f"base_iri: {self.base_iri!r} was found; expected an address that ends with a "
                f"slash, as {DEFAULT_BASE}"
            )
        for name in ("workers", "largest_file_bytes", "fetch_timeout_seconds"):
            if not getattr(self, name) > 0:
                raise SettingInvalid(
                    f"{name}: {getattr(self, name)} was found; expected a number above 0"
                )


@dataclass(frozen=True, slots=True)
class SettingValue:
    """One setting as it stands: its value, and where that came from."""

    name: str
    value: object
    origin: str
    sentence: str


def read_settings(
    project_folder: Path | None = None,
    flags: Mapping[str, object] | None = None,
    environment: Mapping[str, str] | None = None,
) -> Settings:
    """The settings in force.

    Raises:
        SettingInvalid: a value is not of its kind, or the table has an unknown name.
        ProjectNotFound: the named project folder is none.
    """
    values = {s.name: s.value for s in iter_settings(project_folder, flags, environment)}
    return Settings(**values)  # type: ignore[arg-type]  # each value was read by its field's own reader


def iter_settings(
    project_folder: Path | None = None,
    flags: Mapping[str, object] | None = None,
    environment: Mapping[str, str] | None = None,
) -> Iterator[SettingValue]:
    """Yields each setting with its value and origin, in the order of declaration."""
    variables = os.environ if environment is None else environment
    table, table_name = _project_table(project_folder)
    hints = get_type_hints(Settings, include_extras=True)
    sentences = {name: hint.__metadata__[0] for name, hint in hints.items()}
    known = set(sentences)
    for name in table:
        if name not in known:
            raise SettingInvalid(
                f"{table_name}: no setting {name!r}; there are {', '.join(sorted(known))}"
            )
    for declared in fields(Settings):
        name, variable = declared.name, f"UNDERSIGNED_{declared.name.upper()}"
        sentence = sentences[name]
        if flags and flags.get(name) is not None:
            yield SettingValue(name, flags[name], "command line", sentence)
        elif variable in variables:
            value = _converted(declared.default, variables[variable], variable)
            yield SettingValue(name, value, variable, sentence)
        elif name in table:
            value = _converted(declared.default, table[name], f"{table_name}: {name}")
            yield SettingValue(name, value, table_name, sentence)
        else:
            yield SettingValue(name, declared.default, "default", sentence)


def store_path(option: Path | None, project_folder: Path | None = None) -> Path:
    """The store's folder: the option, else as the settings have it."""
    return option if option is not None else read_settings(project_folder).store


def _project_table(project_folder: Path | None) -> tuple[dict[str, object], str]:
    try:
        project = find_project(project_folder)
    except ProjectNotFound:
        if project_folder is not None:
            raise
        return {}, ""
    return project.settings_table(), f"{project.folder}/pyproject.toml"


def _converted(default: object, given: object, place: str) -> object:
    """The given value as the kind of the default."""
    try:
        if isinstance(default, bool):
            return _TRUTH[str(given).lower()]
        if isinstance(default, Path):
            return Path(str(given))
        if isinstance(default, (int, float)):
            return type(default)(str(given))
        return str(given)
    except (ValueError, KeyError) as error:
        kind = _KINDS[type(default)]
        raise SettingInvalid(f"{place}: {given!r} was found, {kind} is expected") from error


_KINDS = {bool: "true or false", int: "a whole number", float: "a number"}
_TRUTH = {"true": True, "1": True, "yes": True, "false": False, "0": False, "no": False}
