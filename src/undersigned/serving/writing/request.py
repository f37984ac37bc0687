"""Reading an update of the SPARQL 1.1 protocol (section 2.2)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from undersigned.serving.body import (
    FORM,
    iris_of,
    malformed,
    parameters_of,
    read_body,
    require_type,
    text_of,
)
from undersigned.serving.protocol import UPDATE

if TYPE_CHECKING:
    from starlette.requests import Request

    from undersigned.serving.limits import ServeSettings


@dataclass(frozen=True, slots=True)
class UpdateRequest:
    """An update as it was sent, and the dataset that its patterns see, by IRI."""

    sparql: str
    default_graphs: tuple[str, ...]
    named_graphs: tuple[str, ...]


async def read_update(request: Request, settings: ServeSettings) -> UpdateRequest:
    """What a POST wants to be updated.

    Raises:
        Problem: 400, 408, 413 or 415.
        starlette.requests.ClientDisconnect: the client went before its body was whole.
    """
    media_type = require_type(
        request,
        (UPDATE, FORM),
        f"A POST carries an update as {UPDATE} or as the field 'update' of {FORM}, in UTF-8.",
    )
    body = await read_body(request, settings.update_bytes, settings.update_seconds)
    parameters = parameters_of(request.scope["query_string"])
    updates = [] if media_type == FORM else [text_of(body)]
    if media_type == FORM:
        parameters += parameters_of(body)
    updates += [value for name, value in parameters if name == "update"]
    if len(updates) != 1:
        raise malformed(f"One update was expected, and {len(updates)} were found.")
    return UpdateRequest(
        updates[0],
        iris_of(parameters, "using-graph-uri") or (),
        iris_of(parameters, "using-named-graph-uri") or (),
    )
