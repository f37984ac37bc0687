"""`/questions` and `/questions/NAME`: the list, the forms, and the answers in every format."""

from __future__ import annotations

import json
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

from starlette.concurrency import run_in_threadpool
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from undersigned.pages.nodes import Nodes
from undersigned.pages.requests import addresses_of, asked_of, renderer_of
from undersigned.question_api.catalogue import by_first_tag, matching
from undersigned.question_api.citing import citation_of
from undersigned.question_api.evaluating import evaluate_bound, read_answer
from undersigned.question_api.formats import (
    DOWNLOADS,
    JSON,
    PAGE,
    RESULTS,
    choose_format,
    split_suffix,
)
from undersigned.question_api.pages import answer_page, form_fields
from undersigned.question_api.values import bound_sparql, described, read_asking
from undersigned.questions.formats import object_of
from undersigned.questions.passage_formats import passage_object
from undersigned.serving.answering import answer_query, newer_revision
from undersigned.serving.body import parameters_of
from undersigned.serving.isolation.pool import RevisionGone
from undersigned.serving.isolation.running import ClientGone
from undersigned.serving.problems import Problem
from undersigned.serving.protocol import QueryRequest
from undersigned.why import why_row

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.routing import BaseRoute

    from undersigned.pages.addresses import Addresses
    from undersigned.question_api.catalogue import Catalogue
    from undersigned.question_api.formats import AnswerFormat
    from undersigned.question_api.values import Asking
    from undersigned.questions.ask import Answer
    from undersigned.questions.saved_query import SavedQuery
    from undersigned.serving.site import Site

PATH: Final = "/questions"
_CLIENT_GONE: Final = 499
_LONGEST_QUERY: Final = 16 * 1024
"""Bytes of a query string."""


def routes(site: Site, catalogue: Catalogue) -> list[BaseRoute]:
    """The routes of the saved questions."""
    questions = Questions(site, catalogue)
    state = catalogue.state
    return [
        Route(PATH, site.cached(questions.index, also=state)),
        Route(f"{PATH}.json", site.cached(questions.index, also=state)),
        Route(f"{PATH}/{{name}}", questions.answer),
    ]


@dataclass(frozen=True, slots=True)
class _Asked:
    """A request for a question: what it asks, and the format of the answer."""

    question: SavedQuery
    form: AnswerFormat


class Questions:
    """The handlers of the saved questions of one site."""

    def __init__(self, site: Site, catalogue: Catalogue) -> None:
        self._site = site
        self._catalogue = catalogue
        self._whole = site.cached(self._answer_whole, also=catalogue.state)

    def index(self, request: Request) -> Response:
        """All questions: a page by groups, or a list for programs."""
        asked = asked_of(request)
        questions = self._catalogue.questions()
        tags = sorted({tag for question in questions for tag in question.tags})
        tag, words = asked.choice("tag", tags), asked.text("q")
        found = matching(questions, words, tag)
        is_list = request.url.path.endswith(".json")
        if is_list or choose_format(request.headers.get("accept"), (JSON, PAGE)) is JSON:
            root = request.scope.get("root_path", "").rstrip("/")
            return JSONResponse({"questions": [question_object(q, root) for q in found]})
        page = renderer_of(request, Nodes(self._site.reader(request))).page(
            "questions.html", groups=by_first_tag(found), tags=tags, tag=tag, words=words
        )
        return HTMLResponse(page)

    async def answer(self, request: Request) -> Response:
        """One question, in the format of its suffix or that the client likes best."""
        asked = await run_in_threadpool(self._asked, request)
        if asked.form is not RESULTS:
            return await self._whole(request)
        while True:
            sparql = await run_in_threadpool(self._bound, request, asked)
            try:
                wanted = QueryRequest(sparql, format_names=("json",))
                return await answer_query(self._site, request, wanted)
            except RevisionGone:
                newer_revision(self._site, request)

    async def _answer_whole(self, request: Request) -> Response:
        asked = await run_in_threadpool(self._asked, request)
        try:
            return await self._answered(request, asked)
        except ClientGone:
            return Response(status_code=_CLIENT_GONE)
        except Problem as problem:
            if asked.form is not PAGE:
                raise
            return await run_in_threadpool(self._page, request, asked, None, problem)

    async def _answered(self, request: Request, asked: _Asked) -> Response:
        """The whole answer.

        Raises:
            Problem: there is none.
            ClientGone: nobody waits for it.
        """
        while True:
            asking = _asking(request, asked)
            if asked.form is PAGE and asking.lacks and not asking.values:
                return await run_in_threadpool(self._page, request, asked, None, None)
            sparql = await run_in_threadpool(self._bound, request, asked)
            revision = self._site.revision(request).name
            try:
                found = await evaluate_bound(self._site, request, sparql)
            except RevisionGone:
                newer_revision(self._site, request)
                continue
            answer = await run_in_threadpool(read_answer, asking, sparql, revision, found)
            return await run_in_threadpool(self._written, request, asked, asking, answer)

    def _asked(self, request: Request) -> _Asked:
        if len(request.scope["query_string"]) > _LONGEST_QUERY:
            raise Problem(
                HTTPStatus.REQUEST_URI_TOO_LONG,
                "query-too-long",
                f"The query string has more than {_LONGEST_QUERY} bytes.",
            )
        name = request.path_params["name"]
        known = {question.name for question in self._catalogue.questions()}
        bare, form = (name, None) if name in known else split_suffix(name)
        question = self._catalogue.get(bare)
        return _Asked(question, form or choose_format(request.headers.get("accept")))

    def _bound(self, request: Request, asked: _Asked) -> str:
        return bound_sparql(self._site.reader(request), _asking(request, asked))

    def _written(self, request: Request, asked: _Asked, asking: Asking, answer: Answer) -> Response:
        if asked.form is PAGE:
            return self._page(request, asked, answer, None)
        if asked.form.write is not None:
            body = asked.form.write(answer, iris="iris" in asking.options)
        else:
            body = self._json(request, asking, answer)
        return Response(body, headers={"Content-Type": asked.form.content_type})

    def _json(self, request: Request, asking: Asking, answer: Answer) -> str:
        revision = self._site.revision(request)
        document = object_of(answer)
        rows = document["rows"]
        if "why" in asking.options and isinstance(rows, list):
            _check_length(answer, self._site.settings.rows_with_words)
            for told, row in zip(rows, answer.rows, strict=True):
                passages = why_row(revision.reader, row.evidence)
                told["passages"] = [passage_object(passage) for passage in passages]
        document["sparql"] = without_header(answer.sparql)
        document["citation"] = citation_of(answer, revision, _address(request, answer))
        return json.dumps(document, ensure_ascii=False, indent=2) + "\n"

    def _page(
        self, request: Request, asked: _Asked, answer: Answer | None, problem: Problem | None
    ) -> Response:
        revision, question = self._site.revision(request), asked.question
        nodes = Nodes(revision.reader)
        render, addresses = renderer_of(request, nodes), addresses_of(request, nodes.reader.iris)
        values = {
            parameter.name: request.query_params.get(parameter.name, "")
            for parameter in question.parameters
            if request.query_params.get(parameter.name, "").strip()
        }
        shown = None
        if answer is not None:
            citation = citation_of(answer, revision, _address(request, answer))
            shown = answer_page(nodes.reader, answer, render.asked, addresses, citation)
        views = shown.views.views if shown else ("table",)
        page = render.page(
            "question.html",
            question=question,
            sparql=without_header(answer.sparql if answer else question.sparql),
            fields=form_fields(question, values),
            shown=shown,
            problem=problem,
            choices=_choices(problem, values, addresses, question),
            chosen=render.asked.choice("view", views) or "table",
            hinted=question.pictures,
            downloads=_downloads(question, values, addresses),
            example=_path(question, question.example, addresses),
            path=_path(question, {}, addresses),
        )
        status = problem.status if problem else HTTPStatus.OK
        headers = {"Cache-Control": "no-store", "Vary": "Accept"} if problem else {}
        return HTMLResponse(page, status, {**headers, **(problem.headers if problem else {})})


def _check_length(answer: Answer, most: int) -> None:
    """Lets answers pass whose passages can be gathered in a few seconds."""
    if len(answer.rows) > most:
        raise Problem(
            HTTPStatus.UNPROCESSABLE_ENTITY,
            "answer-too-long",
            f"The answer has {len(answer.rows):,} rows, and passages are given for at most "
            f"{most} rows. Narrow the question, or leave out why.",
        )


def question_object(question: SavedQuery, root: str) -> dict[str, object]:
    """A question as JSON has it; `root` is what stands before every path of the site."""
    path = f"{root}{PATH}/{question.name}"
    example = f"?{urlencode(question.example)}" if question.example else ""
    return {
        "name": question.name,
        "question": question.summary,
        "description": question.description,
        "tags": list(question.tags),
        "parameters": [described(parameter) for parameter in question.parameters],
        "columns": dict(question.columns),
        "path": path,
        "example": f"{path}{example}",
    }


def without_header(sparql: str) -> str:
    """A query without the `#+` lines that describe it."""
    lines = sparql.splitlines(keepends=True)
    return "".join(line for line in lines if not line.startswith("#+"))


def _asking(request: Request, asked: _Asked) -> Asking:
    given = parameters_of(request.scope["query_string"])
    return read_asking(asked.question, given)


def _path(
    question: SavedQuery, values: dict[str, str] | object, addresses: Addresses, suffix: str = ""
) -> str:
    given = dict(values) if isinstance(values, dict) else {}
    return addresses.local(f"{PATH}/{question.name}{suffix}", given)


def _downloads(
    question: SavedQuery, values: dict[str, str], addresses: Addresses
) -> list[tuple[str, str, str]]:
    """Title, path and file name of each format."""
    found = [
        (form.title, _path(question, values, addresses, form.suffix), question.name + form.suffix)
        for form in DOWNLOADS
    ]
    with_words = _path(question, {**values, "why": "true"}, addresses, JSON.suffix)
    return [*found, ("JSON with the words", with_words, f"{question.name}-why{JSON.suffix}")]


def _choices(
    problem: Problem | None, values: dict[str, str], addresses: Addresses, question: SavedQuery
) -> list[dict[str, object]]:
    """The candidates of an ambiguous name, each with the path that means it."""
    if problem is None:
        return []
    candidates, name = problem.extra.get("candidates", ()), problem.extra.get("parameter")
    return [
        {**candidate, "path": _path(question, {**values, str(name): candidate["iri"]}, addresses)}
        for candidate in (candidates if isinstance(candidates, list) else ())
    ]


def _address(request: Request, answer: Answer) -> str:
    """Where the answer is found, as it is cited: without part and view."""
    root = request.scope.get("root_path", "").rstrip("/")
    query = urlencode(dict(answer.parameters))
    at = request.url.replace(path=f"{root}{PATH}/{answer.query.name}", query=query, fragment="")
    return str(at)
