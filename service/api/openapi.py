"""``/openapi.json``: the API told to programs (OpenAPI 3.1)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from models.ids import Stability
from service.api.door import answer
from service.api.problems import TITLES, problem
from service.jobs.asking import MOST_SECONDS, PLAN, REPLAN
from service.jobs.calendars import KINDS
from service.plan_files import DOWNLOADS

Schema = Mapping[str, Any]
_ID: Schema = {"type": "integer", "minimum": 1, "maximum": 999_999_999}
_TEXT: Schema = {"type": "string"}
_MAYBE_TEXT: Schema = {"type": ["string", "null"]}
_MAYBE_WHOLE: Schema = {"type": ["integer", "null"]}
_FINDING: Schema = {
    "type": "object",
    "properties": {
        "table": _MAYBE_TEXT,
        "row": _MAYBE_WHOLE,
        "column": _MAYBE_TEXT,
        "value": _MAYBE_TEXT,
        "message": _TEXT,
        "text": _TEXT,
    },
}
_FINDINGS: Schema = {"type": "array", "items": _FINDING}
_JOB_STATES = ("queued", "running", "done", "failed", "cancelled")


@csrf_exempt
def document(request: HttpRequest) -> HttpResponse:
    """No key is needed to read how one uses a key."""
    if request.method not in ("GET", "HEAD"):
        return problem(405, headers={"Allow": "GET, HEAD"})
    return answer(described())


def described() -> Schema:
    """The document."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Terminsplan",
            "version": "1",
            "description": "Planer, underlag och kalendrar för en termin.",
        },
        "servers": [{"url": "/api/v1"}],
        "security": [{"key": []}],
        "components": {
            "securitySchemes": {"key": {"type": "http", "scheme": "bearer"}},
            "schemas": {"Problem": _PROBLEM, "Finding": _FINDING},
        },
        "paths": _PATHS,
    }


def _object(required: tuple[str, ...] = (), **properties: Schema) -> Schema:
    return {"type": "object", "properties": properties, "required": list(required or properties)}


_PROBLEM: Schema = {
    "type": "object",
    "properties": {"type": _TEXT, "title": _TEXT, "status": {"type": "integer"}, "detail": _TEXT},
    "required": ["type", "title", "status"],
}


def _json(schema: Schema) -> Schema:
    return {"application/json": {"schema": schema}}


def _call(
    told: str, status: int, answers: Schema | None, *problems: int, body: Schema | None = None, open_: bool = False
) -> Schema:
    """One call: what it does, what it answers, which problems it may have besides those of every call."""
    every = () if open_ else (400, 401, 403, 404, 405, 413, 429)
    responses: dict[str, Any] = {
        str(code): {
            "description": TITLES[code],
            "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
        }
        for code in sorted({*every, *problems})
    }
    responses[str(status)] = {"description": told, **({"content": answers} if answers else {})}
    found: dict[str, Any] = {"summary": told, "responses": responses}
    if body is not None:
        found["requestBody"] = {"required": True, "content": body}
    if open_:
        found["security"] = []
    return found


def _path(name: str, schema: Schema = _ID) -> Schema:
    return {"name": name, "in": "path", "required": True, "schema": schema}


_VERSION = _json(_object(version=_ID))
_NEW_JOB = _object(
    ("kind",),
    kind={"enum": [PLAN, REPLAN]},
    stability={"enum": [stability.value for stability in Stability]},
    max_seconds={"type": "number", "minimum": 0.001, "maximum": MOST_SECONDS},
    planning_date={"type": "string", "format": "date"},
    seed={"type": "integer", "minimum": 0, "maximum": 2**31 - 1},
)
_JOB = _object(
    id=_ID,
    state={"enum": list(_JOB_STATES)},
    level=_MAYBE_TEXT,
    value=_MAYBE_WHOLE,
    bound=_MAYBE_WHOLE,
    plan=_MAYBE_WHOLE,
    result={},
    message=_MAYBE_TEXT,
)
_STARTED = _json(_object(id=_ID, state=_TEXT))
_READ = _json(_object(version=_ID, plannable={"type": "boolean"}, errors=_FINDINGS, warnings=_FINDINGS))
_FILE = {"multipart/form-data": {"schema": _object(("file",), file={"type": "string", "format": "binary"}, base=_TEXT)}}
_SEEN = {
    "type": "array",
    "minItems": 1,
    "items": _object(hire=_TEXT, session=_TEXT, present={"type": "boolean"}),
}
_HEALTH = _object(
    status=_TEXT,
    version=_MAYBE_TEXT,
    database=_TEXT,
    planner=_TEXT,
    queue={"type": "integer"},
    disk_free={"type": "integer"},
)
_WANTED = _object(("kind", "id"), kind={"enum": list(KINDS)}, id=_TEXT, forvaltning=_TEXT)
_WISHES = {
    "type": "object",
    "properties": {
        "move": {
            "type": "array",
            "items": _object(
                ("hire", "programme", "round"), hire=_TEXT, programme=_TEXT, module=_MAYBE_WHOLE, round=_TEXT
            ),
        },
        "bar": {"type": "array", "items": _object(hire=_TEXT, round=_TEXT)},
    },
}
_NAME: Schema = {"type": "string", "minLength": 1, "maxLength": 200}

_PATHS: Schema = {
    "/health": {"get": _call("Om tjänsten lever", 200, _json(_HEALTH), open_=True)},
    "/terms": {
        "get": _call("Terminerna", 200, _json({"type": "array", "items": _object(id=_ID, name=_TEXT)})),
        "post": _call("En ny termin", 201, _json(_object(id=_ID)), 415, 422, body=_json(_object(name=_NAME))),
    },
    "/terms/{id}/publications": {
        "parameters": [_path("id")],
        "get": _call(
            "Terminens publiceringar, den nyaste först",
            200,
            _json({"type": "array", "items": _object(publication=_ID, plan=_ID, made=_TEXT)}),
        ),
    },
    "/terms/{id}/inputs": {
        "parameters": [_path("id")],
        "post": _call("En ny version av underlaget", 201, _READ, 409, 415, 422, body=_FILE),
    },
    "/terms/{id}/hires": {
        "parameters": [_path("id")],
        "post": {
            **_call("En nyanställd, ny eller ändrad", 201, _VERSION, 409, 415, 422, body=_json({"type": "object"})),
        },
    },
    "/terms/{id}/attendance": {
        "parameters": [_path("id")],
        "post": _call("Närvaro", 201, _VERSION, 409, 415, 422, body=_json(_SEEN)),
    },
    "/terms/{id}/jobs": {
        "parameters": [_path("id")],
        "post": _call("Planera, eller planera om", 202, _STARTED, 409, 415, 422, body=_json(_NEW_JOB)),
    },
    "/jobs/{id}": {
        "parameters": [_path("id")],
        "get": _call("Hur långt jobbet har kommit", 200, _json(_JOB)),
        "delete": _call("Avbryt; den bästa planen hittills sparas", 202, _STARTED),
    },
    "/plans/{id}/{file}": {
        "parameters": [_path("id"), _path("file", {"enum": list(DOWNLOADS)})],
        "get": _call("En fil, som kommandot skriver den", 200, {"*/*": {}}),
    },
    "/plans/{id}/publish": {
        "parameters": [_path("id")],
        "post": _call("Publicera planen", 200, _json(_object(publication=_ID)), 409),
    },
    "/plans/{id}/try": {
        "parameters": [_path("id")],
        "post": _call("Vad det kostar att flytta någon för hand", 202, _STARTED, 415, 422, body=_json(_WISHES)),
    },
    "/terms/{id}/subscriptions": {
        "parameters": [_path("id")],
        "post": _call(
            "En ny länk till en kalender", 201, _json(_object(id=_ID, url=_TEXT)), 415, 422, body=_json(_WANTED)
        ),
    },
    "/subscriptions/{id}": {"parameters": [_path("id")], "delete": _call("Stäng länken", 204, None)},
}
for _told in ("/terms/{id}/hires", "/terms/{id}/attendance"):
    _PATHS[_told]["post"]["responses"]["200"] = {"description": "Redan så; ingen ny version", "content": _VERSION}
