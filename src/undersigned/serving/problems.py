"""Errors as clients see them: RFC 9457 problem details, without paths and stacks."""

from __future__ import annotations

import logging
import secrets
from http import HTTPStatus
from typing import TYPE_CHECKING, Final

from undersigned.errors import (
    EntityAmbiguous,
    EntityNotFound,
    QueryInvalid,
    QueryNotFound,
    QueryParameterInvalid,
    QueryParameterMissing,
    QueryRefused,
    StoreError,
    UndersignedError,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.responses import Response

INCIDENT: Final = "incident"
"""The field of a problem, and of a line of the log, that has the id of an unforeseen failure."""
_LOG: Final = logging.getLogger(__name__)
TYPE_BASE: Final = "https://w3id.org/undersigned/problems#"


class Problem(Exception):
    """A request that gets no answer, and why.

    `kind` names the sort of problem for programs, `detail` says it to people, `extra` adds fields
    of this one problem (`line`, `available` ...), `headers` go to the response.
    """

    def __init__(
        self,
        status: HTTPStatus,
        kind: str,
        detail: str,
        *,
        extra: Mapping[str, object] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(detail)
        self.status = status
        self.kind = kind
        self.detail = detail
        self.extra = dict(extra or {})
        self.headers = dict(headers or {})

    def told(self) -> dict[str, object]:
        """What the client is told, the headers left out (RFC 9457, section 3.1)."""
        return {
            "type": TYPE_BASE + self.kind,
            "title": self.status.phrase,
            "status": int(self.status),
            "detail": self.detail,
            **self.extra,
        }


STATUS_OF: Final[dict[type[UndersignedError], tuple[HTTPStatus, str]]] = {
    QueryInvalid: (HTTPStatus.BAD_REQUEST, "query-malformed"),
    QueryRefused: (HTTPStatus.FORBIDDEN, "query-refused"),
    QueryNotFound: (HTTPStatus.NOT_FOUND, "question-unknown"),
    QueryParameterMissing: (HTTPStatus.UNPROCESSABLE_ENTITY, "parameter-missing"),
    QueryParameterInvalid: (HTTPStatus.UNPROCESSABLE_ENTITY, "parameter-invalid"),
    EntityNotFound: (HTTPStatus.NOT_FOUND, "entity-unknown"),
    EntityAmbiguous: (HTTPStatus.UNPROCESSABLE_ENTITY, "entity-ambiguous"),
}
"""Errors of the program whose message is meant for the client. Others may name paths."""


def as_problem(error: UndersignedError) -> Problem:
    """The problem that stands for one of our errors."""
    if type(error) in STATUS_OF:
        status, kind = STATUS_OF[type(error)]
        return Problem(status, kind, str(error))
    if isinstance(error, StoreError):
        return Problem(
            HTTPStatus.SERVICE_UNAVAILABLE,
            "store-unreadable",
            "The store can't be read at the moment; whoever runs this server finds more in its "
            "output.",
            headers={"Retry-After": "10"},
        )
    return unforeseen("an error that is not for clients", error)


def unforeseen(what: str, told: BaseException | str) -> Problem:
    """The problem that stands for a bug; its id stands in the server's output above what was told.

    Args:
        what: what met the bug, as in "a query".
        told: the exception, or the trace that another process sent.
    """
    incident = new_incident()
    trace = f"\n{told}" if isinstance(told, str) else ""
    error = None if isinstance(told, str) else told
    _LOG.error("incident %s: %s met a bug%s", incident, what, trace, exc_info=error)
    return failed(incident)


def new_incident() -> str:
    """A new id for an unforeseen failure; it tells nothing of it."""
    return secrets.token_hex(6)


def failed(incident: str) -> Problem:
    """The problem for an unforeseen failure that is logged under this id."""
    return Problem(
        HTTPStatus.INTERNAL_SERVER_ERROR,
        "internal",
        "The server failed to answer this request. Whoever runs it finds in its output what "
        f"happened, under incident {incident}.",
        extra={INCIDENT: incident},
    )


def update_refused(status: HTTPStatus = HTTPStatus.FORBIDDEN) -> Problem:
    """The problem for every attempt to write where only reading is allowed."""
    return Problem(
        status,
        "update-refused",
        "This endpoint answers queries and takes no updates; the graph changes by loading sources "
        "on the machine that holds it.",
    )


def problem_response(problem: Problem) -> Response:
    """The response for a problem."""
    # Only here: the processes that evaluate queries raise problems, and never answer requests.
    from starlette.responses import JSONResponse

    return JSONResponse(
        problem.told(),
        status_code=problem.status,
        headers={"Cache-Control": "no-store", **problem.headers},
        media_type="application/problem+json",
    )
