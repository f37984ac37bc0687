"""What a client of the reconciliation service sends, checked."""

from __future__ import annotations

import json
from typing import Any, Final

from undersigned import terms as t
from undersigned.question_api.reconciling import TYPES, Property, Wanted, properties
from undersigned.serving.body import malformed

BATCH: Final = 100
"""Names, or things to extend, in one request."""
LONGEST_NAME: Final = 500
MOST_PROPERTIES: Final = 20
_CANDIDATES: Final = 10
_MOST_CANDIDATES: Final = 50


def read_wanted(key: str, asked: object) -> Wanted:
    """One query of a batch.

    Raises:
        Problem: 400, it is not what the API says.
    """
    if not isinstance(asked, dict) or not isinstance(asked.get("query", ""), str):
        raise malformed(f"The query {key[:40]!r} must be an object with a text as its 'query'.")
    limit = asked.get("limit", _CANDIDATES)
    if not isinstance(limit, int) or limit < 1:
        raise malformed(f"'limit' of the query {key[:40]!r} must be a number from 1 on.")
    given = asked.get("properties", [])
    return Wanted(
        name=asked.get("query", "")[:LONGEST_NAME],
        types=_types(asked.get("type")),
        limit=min(limit, _MOST_CANDIDATES),
        properties=tuple(_pairs(given if isinstance(given, list) else [])),
    )


def _types(asked: object) -> tuple[str, ...]:
    """The types asked for, by id or IRI; all without any, none where it is of others."""
    if not asked:
        return tuple(TYPES)
    named = asked if isinstance(asked, list) else [asked]
    ids = [one.get("id", "") if isinstance(one, dict) else one for one in named]
    short = {str(id_).removeprefix(t.US).lower() for id_ in ids}
    return tuple(id_ for id_ in TYPES if id_ in short)


def _pairs(given: list[object]) -> list[tuple[str, str]]:
    pairs = []
    for one in given[:MOST_PROPERTIES]:
        if isinstance(one, dict) and isinstance(one.get("pid"), str):
            values = one.get("v")
            for value in values if isinstance(values, list) else [values]:
                name = value.get("name", value.get("id")) if isinstance(value, dict) else value
                if isinstance(name, str | int | float):
                    pairs.append((one["pid"], str(name)[:LONGEST_NAME]))
    return pairs[:MOST_PROPERTIES]


def object_of(name: str, text: str) -> dict[str, Any]:
    """The JSON object in a field.

    Raises:
        Problem: 400, it is none.
    """
    try:
        found = json.loads(text)
        # JSON can spell half of a character, which no answer could repeat.
        json.dumps(found, ensure_ascii=False).encode("utf-8")
    except (ValueError, RecursionError) as error:
        raise malformed(f"{name!r} is not JSON: {str(error)[:100]}.") from error
    if not isinstance(found, dict):
        raise malformed(f"{name!r} must be a JSON object.")
    return found


def check_batch(name: str, number: int) -> None:
    """Lets batches pass that are not too long.

    Raises:
        Problem: 400, it is too long.
    """
    if number > BATCH:
        raise malformed(f"{name!r} has {number} entries; a batch has at most {BATCH}.")


def get_property(asked: object) -> Property:
    """The property that an extension asks for.

    Raises:
        Problem: 400, there is none such.
    """
    id_ = asked.get("id") if isinstance(asked, dict) else asked
    if not isinstance(id_, str) or id_ not in properties():
        known = ", ".join(properties())
        raise malformed(f"There is no property {str(id_)[:40]!r}; there are {known}.")
    return properties()[id_]
