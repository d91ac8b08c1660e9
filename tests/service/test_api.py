"""The calls of the API: what they answer, and what they refuse."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import pytest

from service.config import Config
from tests.service.world import HOST, World
from tests.terminsplan.small import SMALL


def upload(world: World, term: int, data: bytes, name: str = "underlag.zip", **more: str) -> Any:  # noqa: ANN401
    from django.core.files.uploadedfile import SimpleUploadedFile
    from django.test import Client

    headers = {"Authorization": f"Bearer {world.key()}"}
    content = {"file": SimpleUploadedFile(name, data), **more}
    return Client(HTTP_HOST=HOST).post(f"/api/v1/terms/{term}/inputs", content, headers=headers)


def small(**changed: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as made:
        for name, text in (SMALL | changed).items():
            made.writestr(f"{name}.csv", text)
    return buffer.getvalue()


@pytest.mark.usefixtures("reading_process")
def test_an_input_with_errors_is_a_version_that_cannot_be_planned(world: World) -> None:
    term = world.api("POST", "/terms", {"name": "HT 2026"}).json()["id"]
    answer = upload(world, term, small(nyanställda="id;namn;förvaltning;anställd_från\np1;A;X;2026-08-10\n"))
    assert answer.status_code == 201
    assert answer.json()["plannable"] is False
    error = answer.json()["errors"][0]
    assert (error["table"], error["row"], error["column"], error["value"]) == ("nyanställda", 2, "förvaltning", "X")
    assert world.api("POST", f"/terms/{term}/jobs", {"kind": "plan"}).status_code == 422


def test_what_is_no_input_is_422_and_no_version(world: World) -> None:
    from service.models import InputVersion

    term = world.api("POST", "/terms", {"name": "HT 2026"}).json()["id"]
    for name, data in (("underlag.xlsx", b"nonsense"), ("underlag.zip", b"nonsense")):
        answer = upload(world, term, data, name)
        assert answer.status_code == 422
        assert answer.headers["Content-Type"] == "application/problem+json"
        assert answer.json()["errors"]
    assert not InputVersion.objects.exists()


@pytest.mark.usefixtures("reading_process")
def test_a_file_with_an_identity_number_is_not_kept(world: World, config: Config) -> None:
    from service.models import InputVersion

    term = world.api("POST", "/terms", {"name": "HT 2026"}).json()["id"]
    hires = SMALL["nyanställda"].replace("Bo Ek", "Bo Ek 811228-9874")
    answer = upload(world, term, small(nyanställda=hires))
    assert answer.status_code == 422
    assert b"9874" not in answer.content
    assert not InputVersion.objects.exists()
    assert not list(config.inputs.iterdir())
    assert not list(config.temporary.iterdir())


@pytest.mark.usefixtures("reading_process")
def test_the_later_of_two_who_change_the_same_version_gets_a_conflict(world: World) -> None:
    term = world.term()
    assert upload(world, term.id, small(), base="1").json()["version"] == 2
    answer = upload(world, term.id, small(), base="1")
    assert (answer.status_code, answer.json()["newest"]) == (409, 2)


def test_a_hire_is_added_once_and_changed_where_she_is_known(world: World) -> None:
    term = world.term()
    hire = {"id": "p9", "namn": "Eva Nilsson", "förvaltning": "N", "anställd_från": "2026-08-17", "erfaren": True}
    address = f"/terms/{term.id}/hires"
    first = world.api("POST", address, hire)
    assert (first.status_code, first.json()) == (201, {"version": 2})
    again = world.api("POST", address, hire)
    assert (again.status_code, again.json()) == (200, {"version": 2})
    changed = world.api("POST", address, {"id": "p9", "slutar": "2026-12-01"})
    assert (changed.status_code, changed.json()) == (201, {"version": 3})
    wrong = world.api("POST", address, {**hire, "id": "p10", "förvaltning": "X"})
    assert wrong.status_code == 422
    assert wrong.json()["errors"][0]["column"] == "förvaltning"
    assert world.api("POST", address, {"id": "p11", "skostorlek": 38}).status_code == 422
    page = world.browser().get(f"/terminer/{term.id}/underlag?sok=p9").content.decode()
    assert "Eva Nilsson" in page
    assert "2026-12-01" in page


@pytest.mark.parametrize(
    ("cells", "column", "said"),
    [
        ({"namn": ["Eva", "Nilsson"]}, "namn", "JSON-lista"),
        ({"målgrupp": ["barn", "vuxna"]}, "målgrupp", "JSON-lista"),
        ({"utbildningar": []}, "utbildningar", "JSON-lista"),
        ({"enhet": {"namn": "Öster"}}, "enhet", "JSON-objekt"),
        ({"id": ["p9"]}, "id", "JSON-lista"),
        ({"namn": True}, "namn", "ingen ja/nej-kolumn"),
        ({"namn": "Eva\nNilsson"}, "namn", "radbrytning"),
        ({"NAMN": "Eva Berg"}, "namn", "två gånger"),
    ],
)
def test_what_no_cell_holds_is_refused_with_its_table_row_and_column(
    world: World, cells: dict[str, object], column: str, said: str
) -> None:
    term = world.term()
    hire = {"id": "p9", "namn": "Eva Nilsson", "förvaltning": "N", "anställd_från": "2026-08-17", **cells}
    answer = world.api("POST", f"/terms/{term.id}/hires", hire)
    assert answer.status_code == 422
    (error,) = answer.json()["errors"]
    assert (error["table"], error["row"], error["column"]) == ("nyanställda", 6, column)
    assert error["text"].startswith(f"nyanställda, rad 6, kolumn {column}: ")
    assert said in error["message"]


def test_a_known_hire_is_told_by_her_own_row(world: World) -> None:
    answer = world.api("POST", f"/terms/{world.term().id}/hires", {"id": "p2", "slutar": [], "skostorlek": {}})
    assert [(e["row"], e["column"]) for e in answer.json()["errors"]] == [(3, "slutar"), (3, "skostorlek")]


def test_attendance_of_the_wrong_kind_or_against_itself_is_refused_by_row(world: World) -> None:
    term = world.term()
    address = f"/terms/{term.id}/attendance"
    seat = {"hire": "p1", "session": "CI-1-1", "present": True}
    wrong = world.api("POST", address, [seat, {**seat, "hire": ["p1"], "present": "ja"}])
    assert wrong.status_code == 422
    assert [(e["table"], e["column"], "rad 2 av anropet" in e["text"]) for e in wrong.json()["errors"]] == [
        ("närvaro", "nyanställd", True),
        ("närvaro", "närvarande", True),
    ]
    against = world.api("POST", address, [seat, {**seat, "session": " CI-1-1", "present": False}])
    assert against.status_code == 422
    assert "rad 2 i anropet säger emot rad 1 om p1 på CI-1-1" in against.json()["errors"][0]["text"]


def test_attendance_becomes_rows_of_the_input(world: World) -> None:
    term = world.term()
    assert upload(world, term.id, small(inställningar="nyckel;värde\nterminsslut;2026-12-18\n")).status_code == 201
    address = f"/terms/{term.id}/attendance"
    answer = world.api("POST", address, [{"hire": "p1", "session": "CI-1-1", "present": False}])
    assert (answer.status_code, answer.json()) == (201, {"version": 3})
    assert world.api("POST", address, [{"hire": "p99", "session": "CI-1-1", "present": True}]).status_code == 422
    assert world.api("POST", address, []).status_code == 422


def test_a_replan_needs_a_published_plan(world: World) -> None:
    term = world.term()
    assert world.api("POST", f"/terms/{term.id}/jobs", {"kind": "replan"}).status_code == 409
    world.plan(term)
    assert world.api("POST", f"/terms/{term.id}/jobs", {"kind": "replan"}).status_code == 409


@pytest.mark.parametrize(
    "asked",
    [
        {"kind": "x"},
        {},
        {"kind": "plan", "max_seconds": 0},
        {"kind": "plan", "max_seconds": "60"},
        {"kind": "plan", "seed": 1.5},
        {"kind": "plan", "planning_date": "1/2 2026"},
        {"kind": "replan", "stability": "mjuk"},
    ],
)
def test_a_job_that_makes_no_sense_is_422(world: World, asked: dict[str, object]) -> None:
    assert world.api("POST", f"/terms/{world.term().id}/jobs", asked).status_code == 422


def test_only_a_plan_that_goes_on_from_the_published_one_follows_it(world: World) -> None:
    first = world.published()
    other, after = world.plan(first.term), world.plan(first.term, first)
    draft = world.plan(first.term, after)
    assert world.api("POST", f"/plans/{other.id}/publish").status_code == 409
    assert world.api("POST", f"/plans/{draft.id}/publish").status_code == 200
    assert world.api("POST", f"/plans/{first.id}/publish").status_code == 409
    rows = world.api("GET", f"/terms/{first.term_id}/publications").json()
    assert [row["plan"] for row in rows] == [draft.id, first.id]


def test_files_are_the_plans_own_bytes_and_can_run_nothing(world: World, config: Config) -> None:
    plan = world.plan(world.term())
    folder = config.plans / plan.folder
    for name in ("plan.json", "plan.xlsx", "rapport.html"):
        answer = world.api("GET", f"/plans/{plan.id}/{name}")
        assert answer.content == (folder / name).read_bytes()
        assert answer.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
        assert answer.headers["Content-Disposition"].startswith("attachment")
    answer = world.api("GET", f"/plans/{plan.id}/kalendrar.zip")
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        names = archive.namelist()
        assert names == sorted(names)
        assert {name: archive.read(name) for name in names} == {
            path.relative_to(folder / "kalendrar").as_posix(): path.read_bytes()
            for path in (folder / "kalendrar").rglob("*.ics")
        }


def test_a_key_that_hurries_is_asked_to_wait(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("service.api.door.time.monotonic", lambda: 1000.0)
    answers = [world.api("GET", "/terms") for _ in range(60)]
    assert [answer.status_code for answer in answers] == [200] * 40 + [429] * 20
    assert {answer.headers.get("Retry-After") for answer in answers[40:]} == {"1"}


def test_ten_calls_a_second_are_never_too_many(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    from service.api.door import _Rates

    now = 1000.0
    monkeypatch.setattr("service.api.door.time.monotonic", lambda: now)
    rates = _Rates()
    for _ in range(1000):
        now += 0.1
        assert rates.takes("nyckel")


def test_a_closed_key_is_none(world: World) -> None:
    from service import rights
    from service.models import ApiKey

    key = world.key()
    assert world.api("GET", "/terms").status_code == 200
    rights.close(ApiKey, "samordnare  ")
    assert world.api("GET", "/terms", key=key).status_code == 401


def test_a_cookie_is_no_key(world: World) -> None:
    assert world.browser().get("/api/v1/terms").status_code == 401


@pytest.mark.parametrize(
    ("data", "kind", "status"),
    [
        (b"{", "application/json", 400),
        (b"[]", "application/json", 422),
        (b"{}", "text/plain", 415),
        (b'{"name": NaN}', "application/json", 400),
    ],
)
def test_what_is_no_json_object_is_told_so(world: World, data: bytes, kind: str, status: int) -> None:
    from django.test import Client

    headers = {"Authorization": f"Bearer {world.key()}"}
    answer = Client(HTTP_HOST=HOST).post("/api/v1/terms", data, content_type=kind, headers=headers)
    assert answer.status_code == status
    assert answer.json()["status"] == status


def test_the_document_tells_of_every_call(world: World) -> None:
    from tests.service.test_access import table

    paths = world.api("GET", "/openapi.json", key="").json()["paths"]
    told = {
        (path.count("/"), path.split("/")[1], path.rpartition("/")[2] if not path.endswith("}") else "", method.upper())
        for path, calls in paths.items()
        for method in calls
        if method != "parameters"
    }
    there = {
        (
            address.removeprefix("/api/v1").count("/"),
            address.split("/")[3],
            address.rpartition("/")[2] if not address.endswith(">") else "",
            method,
        )
        for address, row in table().items()
        if address.startswith("/api/v1") and address != "/api/v1/openapi.json"
        for method in row
        if method != "HEAD"
    }
    assert told == there


def test_a_unit_needs_its_administration_only_where_two_have_one_of_that_name(world: World) -> None:
    plan = world.published()
    path = f"/terms/{plan.term_id}/subscriptions"
    assert world.api("POST", path, {"kind": "enhet", "id": "Södra"}).status_code == 201
    assert world.api("POST", path, {"kind": "enhet", "id": "Norra"}).status_code == 422
    assert world.api("POST", path, {"kind": "enhet", "id": "Norra", "forvaltning": "C"}).status_code == 201
    own = world.key("forvaltning", "N")
    assert world.api("POST", path, {"kind": "enhet", "id": "Norra"}, own).status_code == 201


def test_a_terms_name_is_one_line(world: World) -> None:
    world.api("POST", "/terms", {"name": " HT\n2026 "})
    assert [row["name"] for row in world.api("GET", "/terms").json()] == ["HT 2026"]


def test_limits_are_told_as_one_writes_numbers(world: World) -> None:
    path = f"/terms/{world.term().id}/jobs"
    assert "från 0 till 2147483647." in world.api("POST", path, {"kind": "plan", "seed": -1}).json()["detail"]
    assert "från 0,001 till 86400." in world.api("POST", path, {"kind": "plan", "max_seconds": 0}).json()["detail"]
