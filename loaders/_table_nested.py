"""JSON, JSON Lines and YAML as records of values with their places."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import yaml

from undersigned.errors import SourceUnreadable
from undersigned.listing.columns import fields_of
from undersigned.listing.tables import Record, Records, Value

if TYPE_CHECKING:
    from collections.abc import Iterator

_TOKEN: Final = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\],:]|[^\s{}\[\],:"]+', re.DOTALL)
_DEEPEST: Final = 4
_NAME: Final = "name"
"""The column of a list that has nothing but names."""


@dataclass(slots=True)
class Node:
    """A value, a list or an object, with the places of the values in it."""

    value: Value | None = None
    items: list[Node] = field(default_factory=list)
    members: list[tuple[str, Node]] = field(default_factory=list)
    is_object: bool = False


def records_of_json(text: str, origin: str) -> Records:
    """The records of a JSON text: of its list of objects or of names, wherever that stands.

    Raises:
        SourceUnreadable: it is not JSON.
    """
    start = 1 if text.startswith("\ufeff") else 0
    try:
        json.loads(text[start:])
    except (json.JSONDecodeError, RecursionError) as error:
        raise SourceUnreadable(
            f"{origin}: not JSON: {error}; mend the file and load it again"
        ) from error
    return Records(list(_records(_json_node(text, start, len(text)))))


def records_of_json_lines(text: str, origin: str) -> Records:
    """The records of JSON Lines; a broken line is noted and the others are read.

    Raises:
        SourceUnreadable: no line is JSON.
    """
    rows: list[Record] = []
    notes: list[str] = []
    for number, line in enumerate(re.finditer(r"[^\r\n]+", text), 1):
        if not line.group().strip(" \t\ufeff"):
            continue
        try:
            json.loads(line.group().strip("\ufeff"))
        except (json.JSONDecodeError, RecursionError) as error:
            notes.append(f"line {number} is not JSON and was passed over: {error}")
            continue
        rows += _records(_json_node(text, line.start(), line.end()))
    if notes and not rows:
        raise SourceUnreadable(
            f"{origin}: no line of it is JSON: {notes[0]}; mend the file and load it again"
        )
    return Records(rows, None, tuple(notes))


def records_of_yaml(text: str, origin: str) -> Records:
    """The records of a YAML text.

    Raises:
        SourceUnreadable: it is not YAML, and has no lines of the form "name: Ann Lee" either.
    """
    try:
        documents = list(yaml.compose_all(text, Loader=_YamlLoader))
    except (yaml.YAMLError, RecursionError) as error:
        row = _plain_lines(text)
        if not row:
            place = " ".join(str(error).split())
            raise SourceUnreadable(
                f"{origin}: not YAML: {place}; mend the file and load it again"
            ) from error
        return Records([row])
    nodes = [_yaml_node(text, document) for document in documents if document is not None]
    return Records([record for node in nodes for record in _records(node)])


_YamlLoader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def _plain_lines(text: str) -> Record:
    """The lines "key: value" of a file that breaks the rules of YAML, as hand-written ones do."""
    row: Record = {}
    for line in re.finditer(r"(?m)^([A-Za-z_][\w \-]{0,30}):[ \t]+(\S.*?)[ \t]*\r?$", text):
        value = line[2]
        if value[0] in "[{":
            return {}
        row.setdefault(line[1], Value(line.start(2), line.end(2), value))
    return row if fields_of(list(row)) else {}


def _yaml_node(text: str, node: yaml.Node, depth: int = 0) -> Node:
    if isinstance(node, yaml.ScalarNode):
        start, end = node.start_mark.index, node.end_mark.index
        if node.style in ("'", '"'):
            start, end = start + 1, end - 1
        raw = text[start:end]
        core = raw.strip()
        start += len(raw) - len(raw.lstrip())
        said = (
            "" if node.tag.endswith(":null") and core in ("", "~", "null") else node.value.strip()
        )
        return Node(Value(start, start + len(core), said))
    if isinstance(node, yaml.MappingNode) and depth < 20:
        members = [
            (str(key.value), _yaml_node(text, value, depth + 1))
            for key, value in node.value
            if isinstance(key, yaml.ScalarNode)
        ]
        return Node(members=members, is_object=True)
    if isinstance(node, yaml.SequenceNode) and depth < 20:
        return Node(items=[_yaml_node(text, item, depth + 1) for item in node.value])
    return Node()


def _json_node(text: str, start: int, end: int) -> Node:
    """The tree of a JSON text that is known to be well formed."""
    root = Node()
    stack: list[Node] = [root]
    key: list[str | None] = [None]
    for token in _TOKEN.finditer(text, start, end):
        sign = token.group()
        if sign in ",:\ufeff":
            continue
        if sign in "}]":
            stack.pop()
            key.pop()
            continue
        if stack[-1].is_object and key[-1] is None and sign[0] == '"':
            key[-1] = json.loads(sign)
            continue
        node = _opened(text, token)
        if stack[-1].is_object:
            stack[-1].members.append((key[-1] or "", node))
            key[-1] = None
        else:
            stack[-1].items.append(node)
        if sign in "{[":
            stack.append(node)
            key.append(None)
    return root.items[0] if root.items else root


def _opened(text: str, token: re.Match[str]) -> Node:
    sign = token.group()
    if sign in "{[":
        return Node(is_object=sign == "{")
    if sign[0] != '"':
        return Node(Value(token.start(), token.end(), "" if sign == "null" else sign))
    raw = text[token.start() + 1 : token.end() - 1]
    core = raw.strip()
    start = token.start() + 1 + len(raw) - len(raw.lstrip())
    said = core if "\\" not in core else json.loads(sign).strip()
    return Node(Value(start, start + len(core), said))


def _records(node: Node) -> Iterator[Record]:
    """The records in a tree: of its best list, or the tree itself where it is one signer."""
    if node.is_object:
        flat = dict(_flat(node))
        nested = _lists(node)
        if not nested or (fields_of(list(flat)) and not any(_names_signers(n) for n in nested)):
            if flat:
                yield flat
            return
        node = max(nested, key=lambda found: (_names_signers(found), len(found.items)))
    for item in node.items:
        if item.is_object:
            yield dict(_flat(item))
        elif item.value is not None and item.value.text:
            yield {_NAME: item.value}


def _lists(node: Node, depth: int = 0) -> list[Node]:
    """The lists below an object, of objects or of names."""
    found = []
    for _, member in node.members:
        if member.items:
            found.append(member)
        elif member.is_object and depth < _DEEPEST:
            found += _lists(member, depth + 1)
    return found


def _names_signers(node: Node) -> bool:
    first = next((item for item in node.items if item.is_object), None)
    return first is not None and bool(
        fields_of([key.rsplit(".", 1)[-1] for key, _ in _flat(first)])
    )


def _flat(node: Node, before: str = "", depth: int = 0) -> Iterator[tuple[str, Value]]:
    """The values of an object; of nested objects by path, of lists of words the first."""
    for key, member in node.members:
        name = f"{before}{key}"
        if member.value is not None:
            yield name, member.value
        elif member.is_object and depth < _DEEPEST:
            yield from _flat(member, f"{name}.", depth + 1)
        elif member.items and member.items[0].value is not None:
            yield name, member.items[0].value
