"""The reference pages, each as Markdown from what the program itself knows."""

from __future__ import annotations

import inspect
import re
from collections import defaultdict
from dataclasses import fields
from typing import TYPE_CHECKING, Any, Final, get_type_hints

import typer.main

from undersigned import errors
from undersigned.cli.app import app
from undersigned.exporting.columns import table_definitions
from undersigned.exporting.networks import NETWORKS
from undersigned.exporting.registry import export_formats
from undersigned.notebook.answers import AnswerRow, QuestionAnswer
from undersigned.notebook.graph import Graph, open_graph
from undersigned.project import Project
from undersigned.question_api.openapi import describe_site
from undersigned.questions.saved_query import iter_query_paths, read_saved_query
from undersigned.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from undersigned.questions.saved_query import SavedQuery

_GOOGLE: Final = re.compile(r"^(Args|Raises|Attributes|Returns|Yields):$", re.MULTILINE)


def pages(root: Path) -> dict[str, str]:
    """Every reference page by its path on the site."""
    return {
        "reference/commands.md": commands_page(),
        "reference/questions.md": questions_page(root / "queries"),
        "reference/formats.md": formats_page(),
        "reference/settings.md": settings_page(),
        "reference/http.md": http_page(root),
        "reference/python.md": python_page(),
        "reference/ontology.md": ontology_page(root),
        "reference/errors.md": errors_page(),
        "decisions/index.md": decisions_page(root / "docs" / "decisions"),
    }


def question_rows(folder: Path) -> str:
    """The rows of the table of questions, one a line, by name."""
    saved = (read_saved_query(path) for path in iter_query_paths(folder))
    return "".join(f"| `{query.name}` | {query.summary} |\n" for query in saved)


def commands_page() -> str:
    """What `--help` says, for every command."""
    parts = ["# Commands\n\nEach explains itself with `--help`; this is what they say.\n"]
    commands: dict[str, Any] = getattr(typer.main.get_command(app), "commands")  # noqa: B009 - a group's own
    for name, command in commands.items():
        text = re.sub(
            r"^Example: (.+)$", r"```\n\1\n```", inspect.cleandoc(command.help), flags=re.M
        )
        rows = [_option_row(parameter) for parameter in command.params if parameter.name != "help"]
        parts.append(f"## undersigned {name}\n\n{text}\n\n{_table(('option', 'meaning'), rows)}")
    return "\n".join(parts)


def questions_page(folder: Path) -> str:
    """Every question with its parameters and columns, by its first tag."""
    by_tag: dict[str, list[SavedQuery]] = defaultdict(list)
    for path in iter_query_paths(folder):
        query = read_saved_query(path)
        by_tag[query.tags[0] if query.tags else "others"].append(query)
    parts = [
        "# Parameters and columns of the questions\n\n"
        "`undersigned query NAME --help` says the same. A parameter with a star must be given.\n"
    ]
    for tag in sorted(by_tag):
        parts.append(f"## About {tag}\n")
        parts += [_question(query) for query in by_tag[tag]]
    return "\n".join(parts)


def formats_page() -> str:
    """What `undersigned export` writes: formats, tables with columns, networks."""
    formats = [
        (f"`{form.name}`", form.suffix, form.holds, form.media_type)
        for form in export_formats().values()
    ]
    networks = [(f"`{kind.name}`", kind.summary) for kind in NETWORKS.values()]
    parts = [
        "# Formats, tables, networks\n",
        _table(("format", "file", "holds", "media type"), formats),
        f"## Networks\n\n{_table(('network', 'holds'), networks)}",
    ]
    for table in table_definitions().values():
        columns = [
            (f"`{column.name}`", column.kind, _code(column.path)) for column in table.columns
        ]
        shown = _table(("column", "kind", "path in the graph"), columns)
        parts.append(f"## Table {table.name}\n\n{_sentence(table.summary)}\n\n{shown}")
    return "\n".join(parts)


def settings_page() -> str:
    """Every setting, as the program declares it."""
    hints = get_type_hints(Settings, include_extras=True)
    rows = [
        (
            f"`{setting.name}`",
            f"`UNDERSIGNED_{setting.name.upper()}`",
            hints[setting.name].__metadata__[0],
            f"`{setting.default}`" if setting.default != "" else "",
        )
        for setting in fields(Settings)
    ]
    return (
        "# Settings\n\nA flag comes first, then the variable, then the `[tool.undersigned]` table "
        "of the project's\n`pyproject.toml`, then the default. `undersigned info` shows which "
        "value holds, and why.\n\n" + _table(("setting", "variable", "meaning", "default"), rows)
    )


def http_page(root: Path) -> str:
    """The paths that a server answers, as its own OpenAPI description and its handlers say."""
    queries = [read_saved_query(path) for path in iter_query_paths(root / "queries")]
    described = describe_site(queries, "http://127.0.0.1:8000")["paths"]
    rows = [
        (f"`{path}`", " ".join(method.upper() for method in operations), _summary(operations))
        for path, operations in described.items()
        if not path.startswith("/questions/")
    ]
    rows += [
        (f"`{path}`", " ".join(sorted(methods)), words)
        for path, methods, words in _routes(root)
        if words and path not in described
    ]
    return (
        "# HTTP\n\n`undersigned serve` answers these paths. A server describes itself at "
        "`/openapi.json`, with every\nparameter and every question; how to use it is told in "
        "[ask a server from programs](../http-api.md)\n"
        "and [pages and linked data](../pages.md).\n\n"
        + _table(("path", "methods", "answers"), rows)
    )


def python_page() -> str:
    """The Python interface: what its docstrings say."""
    parts = [
        "# Python\n\n[Work in Python](../python.md) shows it in use.\n",
        _described("undersigned.open_graph", open_graph),
    ]
    for kind in (Graph, QuestionAnswer, AnswerRow):
        parts.append(f"## {kind.__name__}\n\n{_doc(kind)}\n")
        parts += [
            _described(f"{kind.__name__}.{name}", member)
            for name, member in vars(kind).items()
            if not name.startswith("_") and (callable(member) or isinstance(member, property))
        ]
    return "\n".join(parts)


def ontology_page(root: Path) -> str:
    """Every term with its definition."""
    from undersigned.checking.page import page_values

    values = page_values(Project(root, "documentation"))
    about = values["about"]
    parts = [
        f"# The ontology\n\n{about['description']}\n\nVersion {about['version']}. A server shows "
        "it at `/ontology`, with every relation and alignment.\n"
    ]
    for _, title, entries in values["sections"]:
        terms = [entry.term for entry in entries]
        rows = [(f"`us:{t.local_name}`", t.definition, "; ".join(t.examples)) for t in terms]
        parts.append(f"## {title}\n\n{_table(('term', 'definition', 'example'), rows)}")
    return "\n".join(parts)


def errors_page() -> str:
    """Every error class, indented below the one that it is a kind of."""
    lines = [
        "# Errors\n\nOn the command line: one or two lines on standard error, and exit status 1.\n"
    ]
    lines += _error_lines(errors.UndersignedError, 0)
    return "\n".join(lines) + "\n"


def decisions_page(folder: Path) -> str:
    """The decision records by number."""
    lines = ["# Decisions\n\nWhat was decided, what was rejected, and the figure behind it.\n"]
    for record in sorted(folder.glob("*.md")):
        title = record.read_text(encoding="utf-8").partition("\n")[0].removeprefix("# ")
        lines.append(f"- [{title}]({record.name})")
    return "\n".join(lines) + "\n"


def _option_row(parameter: Any) -> tuple[str, str]:
    if parameter.param_type_name == "argument":
        return f"`{parameter.metavar or parameter.name.upper()}`", parameter.help or ""
    names = ", ".join(f"`{name}`" for name in parameter.opts)
    return names, parameter.help or ""


def _question(query: SavedQuery) -> str:
    parts = [f"### {query.name}\n\n**{query.summary}** {query.description}\n"]
    if query.parameters:
        rows = [
            (f"`--{p.name}`{' *' if p.required else ''}", str(p.type), p.description)
            for p in query.parameters
        ]
        parts.append(_table(("parameter", "kind", "meaning"), rows))
    if query.columns:
        parts.append(_table(("column", "holds"), [(f"`{n}`", w) for n, w in query.columns.items()]))
    return "\n".join(parts)


def _summary(operations: dict[str, Any]) -> str:
    operation = next(iter(operations.values()))
    words = operation.get("summary") or operation.get("description", "")
    return str(words)


def _routes(root: Path) -> Iterator[tuple[str, set[str], str]]:
    from undersigned.serving.limits import ServeSettings
    from undersigned.serving.parts import PARTS
    from undersigned.serving.revision import LatestRevision
    from undersigned.serving.site import Site

    project = Project(root, "documentation")
    site = Site(LatestRevision(root / "undersigned.store"), ServeSettings(), project=project)
    for part in PARTS:
        for route in part(site):
            handler: Any = getattr(route, "endpoint", None)
            words = inspect.getdoc(inspect.unwrap(handler)) if handler else ""
            methods = set(getattr(route, "methods", None) or ()) - {"HEAD", "OPTIONS"}
            yield getattr(route, "path", ""), methods, (words or "").partition("\n\n")[0]


def _error_lines(kind: type[Exception], depth: int) -> Iterator[str]:
    yield f"{'    ' * depth}- `{kind.__name__}`: {_doc(kind)}"
    for below in kind.__subclasses__():
        yield from _error_lines(below, depth + 1)


def _described(name: str, member: object) -> str:
    function = member.fget if isinstance(member, property) else member
    called = "" if isinstance(member, property) else _signature(function)
    text = _GOOGLE.sub(r"\n*\1:*\n", _doc(function))
    text = re.sub(r"^ {4}(\w+): ", r"- `\1`: ", text, flags=re.MULTILINE)
    return f"### `{name}{called}`\n\n{text}\n"


def _signature(function: Any) -> str:
    signature = inspect.signature(function)
    kept = [p for p in signature.parameters.values() if p.name != "self"]
    return str(signature.replace(parameters=kept)).replace("'", "")


def _doc(thing: object) -> str:
    return inspect.getdoc(thing) or ""


def _code(text: str) -> str:
    return f"`{text}`" if text else ""


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}."


def _table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A table of Markdown; bars and line ends in cells are made harmless."""
    titles = list(head)
    lines = [titles, ["---"] * len(titles), *map(list, rows)]
    cells = ([" ".join(str(c).replace("|", "\\|").split()) for c in line] for line in lines)
    return "".join(f"| {' | '.join(line)} |\n" for line in cells)
