"""One table from errors to replies (RFC 9457). The unexpected says nothing but its number."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from starlette.exceptions import HTTPException
from starlette.routing import Match
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.api.deps import base_of, query_example, query_names
from app.api.negotiation import prefers_a_page
from app.domain.errors import (
    AmbiguousActor,
    BadQuery,
    DatelineError,
    Merged,
    NoDatabase,
    NotFound,
    RefusedDocument,
    Retracted,
)
from app.exports.as_json import dumps
from app.services.questions import nearest

log = logging.getLogger(__name__)
STATUS: Mapping[type[DatelineError], int] = {
    NotFound: 404,
    Merged: 410,
    Retracted: 410,
    AmbiguousActor: 400,
    BadQuery: 400,
    RefusedDocument: 422,
    NoDatabase: 503,
    DatelineError: 400,
}
CODES: Mapping[type[DatelineError], str] = {
    NotFound: "not_found",
    Merged: "merged",
    Retracted: "retracted",
    AmbiguousActor: "ambiguous_actor",
    BadQuery: "bad_query",
    RefusedDocument: "refused_document",
    NoDatabase: "database_unavailable",
    DatelineError: "bad_request",
}
RETRY_AFTER_S = "5"  # an embedded database that died is back by then
PROBLEM = "application/problem+json"
Page = Callable[[Request, int, str, str], Response]
Errors = Sequence[Mapping[str, Any]]
Members = Mapping[str, Any]
EMPTY: Members = {}
Answer = Callable[..., Response]
Handler = Callable[[Request, Exception], Awaitable[Response]]


def install(app: FastAPI, page: Page | None = None) -> None:
    """Answer every error as a problem; a browser gets `page(request, status, title, detail)`."""

    answer = _answering(page)
    for kind in STATUS:
        app.add_exception_handler(kind, _ours(answer))
    app.add_exception_handler(RequestValidationError, _invalid(answer))
    app.add_exception_handler(HTTPException, _http(answer))
    app.add_middleware(Unexpected, page=page)


def _answering(page: Page | None) -> Answer:
    def answer(
        request: Request,
        status: int,
        code: str,
        detail: str,
        errors: Errors = (),
        more: Members = EMPTY,
    ) -> Response:
        if page and prefers_a_page(request.headers.get("accept", "")):
            return page(request, status, HTTPStatus(status).phrase, _with_suggestions(detail, errors))
        return problem(request, status, code, detail, errors, more)

    return answer


def _with_suggestions(detail: str, errors: Errors) -> str:
    """A problem's members that help on, in words."""
    near = [f"Did you mean {error['did_you_mean']}?" for error in errors if error.get("did_you_mean")]
    return ". ".join([detail, *near]) if near else detail


def problem(
    request: Request, status: int, code: str, detail: str, errors: Errors = (), more: Members = EMPTY
) -> Response:
    """A problem in the sense of RFC 9457; `more` are members of its own kind."""
    body: dict[str, Any] = {
        "type": f"urn:dateline:problem:{code}",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
        "instance": request.url.path,
        "code": code,
        "request_id": request_id(request),
        "errors": list(errors),
        **more,
    }
    return Response(dumps(body), status, {"Vary": "Accept"}, media_type=PROBLEM)


def request_id(request: Request) -> str:
    return str(request.scope.get("state", {}).get("request_id", ""))


def _ours(answer: Answer) -> Handler:
    async def handle(request: Request, error: Exception) -> Response:
        kind = next(kind for kind in type(error).__mro__ if kind in STATUS)
        errors = [_parameter(error)] if isinstance(error, BadQuery | NotFound) and error.parameter else []
        if isinstance(error, BadQuery):
            errors = [_with_example(request, fault) for fault in errors]
        more = _taken_back(request, error) if isinstance(error, Retracted) else EMPTY
        reply = answer(request, STATUS[kind], CODES[kind], str(error), errors, more)
        if STATUS[kind] == HTTPStatus.SERVICE_UNAVAILABLE:
            reply.headers["Retry-After"] = RETRY_AFTER_S
        if isinstance(error, Merged) and error.successor:
            reply.headers["Link"] = f'<{_of(request, error.event_id, error.successor)}>; rel="successor-version"'
        return reply

    return handle


def _of(request: Request, event_id: str, successor: str) -> str:
    """The address that was asked for, with the id that stands for the old one."""
    path = request.url.path
    return base_of(request) + (path.replace(event_id, successor) if event_id in path else f"/v1/events/{successor}")


def _taken_back(request: Request, error: Retracted) -> dict[str, Any]:
    """Why, by whom and when; how it is seen and how it is given back; the event as it was, with its history."""
    here = f"{base_of(request)}/v1/events/{error.event_id}"
    return {
        "retracted": error.decision,
        "links": [
            {"rel": "alternate", "href": f"{here}?status=retracted", "title": "the event although it was retracted"},
            {"rel": "restore", "href": f"{here}/restore", "title": "POST reason and name: takes the retraction back"},
        ],
        "event": error.event,
    }


def _parameter(error: BadQuery | NotFound) -> dict[str, Any]:
    """The error of one parameter, with what may be said instead."""
    known = {
        "parameter": error.parameter,
        "detail": error.detail,
        "did_you_mean": error.did_you_mean,
        "allowed": list(error.allowed) or None,
        "example": error.example,
    }
    return {name: value for name, value in known.items() if value is not None}


def _invalid(answer: Answer) -> Handler:
    async def handle(request: Request, error: Exception) -> Response:
        assert isinstance(error, RequestValidationError)
        known = sorted(query_names(request))
        errors = [_with_example(request, _mended(fault, known)) for fault in error.errors()]
        in_body = all(fault["loc"][0] == "body" for fault in error.errors())
        status, code = (422, "bad_body") if in_body else (400, "bad_query")
        detail = "; ".join(f"{fault['parameter']}: {fault['detail']}" for fault in errors[:5])
        return answer(request, status, code, detail, errors)

    return handle


def _mended(fault: Mapping[str, Any], known: Sequence[str]) -> dict[str, Any]:
    """One fault of the query string; an unknown parameter is answered with the nearest known one."""
    name = ".".join(str(part) for part in fault["loc"][1:]) or str(fault["loc"][0])
    if fault["type"] == "extra_forbidden":
        near = nearest(name, known)
        mend = {"did_you_mean": near} if near else {}
        detail = _ELSEWHERE.get(name, "there is no such parameter")
        return {"parameter": name[:100], "detail": detail, **mend, "allowed": list(known)}
    allowed = _allowed(fault)
    mended: dict[str, Any] = {"parameter": name, "detail": str(fault["msg"])}
    if allowed:
        near = nearest(str(fault.get("input")), allowed)
        mended |= {"allowed": allowed} | ({"did_you_mean": near} if near else {})
    return mended


def _with_example(request: Request, fault: dict[str, Any]) -> dict[str, Any]:
    """What may be said instead, where it is no choice of few."""
    example = None if {"allowed", "example"} & fault.keys() else query_example(request, fault["parameter"])
    return fault if example is None else {**fault, "example": example}


# Parameters that other addresses have.
_ELSEWHERE = {
    "as_of": "what is counted here is counted as it is known now; the events behind it, by an actor's timeline or "
    "/v1/events, are told as of an instant",
}


def _allowed(fault: Mapping[str, Any]) -> list[str]:
    expected = str(fault.get("ctx", {}).get("expected", "")) if fault["type"] == "enum" else ""
    return [word.strip(" '") for word in expected.replace(" or ", ",").split(",") if word.strip(" '")]


def _http(answer: Answer) -> Handler:
    async def handle(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        code = HTTPStatus(error.status_code).phrase.lower().replace(" ", "_")
        detail = _DETAILS.get(error.status_code) or str(error.detail)
        errors = [_address(request)] if error.status_code == 404 else []
        reply = answer(request, error.status_code, code, detail, errors)
        reply.headers.update(error.headers or {})
        if error.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
            reply.headers["Allow"] = ", ".join(_methods(request))
        return reply

    return handle


def _address(request: Request) -> dict[str, Any]:
    """An address that there is not, with those that there are."""
    known = list(request.app.openapi()["paths"])
    near = nearest(request.url.path, known)
    mend = {"did_you_mean": near} if near else {}
    return {"parameter": "path", "detail": "there is no such address", **mend, "allowed": known}


def _methods(request: Request) -> list[str]:
    """What an address takes: of all routes, not of the first with its path. HEAD is answered wherever GET is."""
    routes, scope = request.app.router.routes, request.scope
    taken = [
        method
        for method in ("GET", "POST", "PUT", "PATCH", "DELETE")
        if any(route.matches({**scope, "method": method})[0] is Match.FULL for route in routes)
    ]
    return ["GET", "HEAD", *taken[1:]] if "GET" in taken else taken


_DETAILS = {
    404: "there is nothing at this address; /docs lists what there is",
    405: "this address does not take that method; /docs lists what it takes",
}


class Unexpected:
    """Answers what nobody expected, inside all other middleware, so that the reply has all the usual headers."""

    def __init__(self, app: ASGIApp, page: Page | None = None) -> None:
        self.app = app
        self.page = page

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        started = False

        async def watched(message: Message) -> None:
            nonlocal started
            started = started or message["type"] == "http.response.start"
            await send(message)

        try:
            await self.app(scope, receive, watched)
        except Exception:
            if started or scope["type"] != "http":
                raise
            request = Request(scope)
            log.exception("request %s failed", request_id(request))
            await _answering(self.page)(request, 500, "unexpected", UNEXPECTED)(scope, receive, send)


UNEXPECTED = "something went wrong here; the log holds it under request_id"
