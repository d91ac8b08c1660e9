"""Every address for every role and method, against the table in
docs/atkomst.md; and what is somebody else's is as if it did not exist.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from service.config import Config
from tests.service.own_pages import anybody, is_today, link, term_of_introductions
from tests.service.world import HOST, World

TABLE = Path(__file__).parents[2] / "docs" / "atkomst.md"
PASSWORD = "ett långt lösenord"
FORM = {"person": "p1", "utbildning": "CI", "omgang": "CI-2", "version": "1"}
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
ROLES: dict[str, tuple[str, str]] = {
    "administrator": ("", ""),
    "samordnare": ("", ""),
    "forvaltning": ("N", ""),
    "annan": ("C", ""),
    "enhet": ("N", "Norra"),
}
COORDINATE = {"administrator", "samordnare"}
ELSEWHERE = {"/oppna/<token>", "/avsluta", "/logga-in", "/logga-in/oidc", "/logga-in/oidc/svar"}
"""For one's own computer, for a provider, or with answers of their own."""
LINKS = {"person", "mentor", "utbildare"}
MAY = {
    "alla": {*ROLES, "nobody"},
    "inloggad": set(ROLES),
    "samordnare": COORDINATE,
    "administratör": {"administrator"},
    "förvaltning": {"forvaltning", "annan", "enhet"},
    "egen länk": LINKS,
    "nyanställds eller mentors länk": LINKS - {"utbildare"},
    "nyanställds länk": {"person"},
    "utbildares länk": {"utbildare"},
    "nyckel": set(ROLES),
    "samordnares nyckel": COORDINATE,
}


def table() -> dict[str, dict[str, set[str]]]:
    """Who may, by address and method."""
    found: dict[str, dict[str, set[str]]] = {}
    for address, methods, who in re.findall(
        r"^\| `(/[^`]*)` \| ([A-Z ]*)\| (\S.*?) \|$", TABLE.read_text("utf-8"), re.MULTILINE
    ):
        row = found.setdefault(address, {})
        for method in methods.split():
            row[method] = MAY[who]
            if method == "GET":
                row["HEAD"] = MAY[who]
    return found


def addresses() -> Iterator[str]:
    from service.urls import urlpatterns

    for pattern in urlpatterns:
        text = str(pattern.pattern)
        if text.startswith("^"):
            text = re.sub(r"\(\?P<(\w+)>[^)]*\)", r"<\1>", text).strip("^$")
        yield "/" + re.sub(r"<\w+:(\w+)>", r"<\1>", text)


def test_every_address_has_a_row() -> None:
    assert {*addresses(), "/k/<secret>.ics"} == set(table())


class Walk:
    """A published term, and whoever asks for it."""

    def __init__(self, world: World, config: Config) -> None:
        from service import own_pages, reports, rights, subscribing
        from service.access import ALONE, Actor
        from service.models import Job

        self.world = world
        self.plan = world.published()
        self.job = Job.objects.get(plan=self.plan)
        page = own_pages.create(config, self.plan.term, ALONE, kind="person", owner="p1")
        made = subscribing.create(config, self.plan.term, ALONE, kind="person", owner="p1")
        self.values = {
            "term": self.plan.term_id,
            "number": self.plan.id,
            "plan": self.plan.id,
            "job": self.job.id,
            "subscription": made.id,
            "name": "plan.json",
            "kind": "konto",
            "folder": "uppföljning",
            "digest": "0" * 12,
            "token": "x" * 43,
            "page": page.id,
        }
        report = config.reports / "uppföljning" / "plan.json"
        report.parent.mkdir(exist_ok=True)
        report.write_text("{}", "utf-8")
        for role, (organisation, unit) in ROLES.items():
            kind = role if role in {"administrator", "samordnare"} else "forvaltning"
            fields = {"name": role, "role": kind, "organisation": organisation, "unit": unit}
            rights.make_account(fields, PASSWORD)
        self.closing = rights.make_account({"name": "stängs", "role": "samordnare"}, PASSWORD)
        given = {"namn": "Ny Person", "anställd_från": "2026-09-01"}
        self.report = reports.make(self.plan.term, reports.HIRE, given, Actor("N", "forvaltning", "N"))
        wishes = {"move": [], "bar": [{"hire": "p1", "round": "CI-2"}]}
        self.tried = Job.objects.create(
            term=self.plan.term,
            version=self.plan.version,
            base=self.plan,
            kind="try",
            state="done",
            options=wishes,
            by="test",
        )

    def path(self, address: str) -> str:
        values = dict(self.values)
        if address.startswith("/jobb"):
            values["number"] = self.job.id
        if "/underlag/<number>" in address:
            values["number"] = 1
        if address.startswith("/konton"):
            values["number"] = self.closing.id
        if address == "/jobb/<number>/bestam":
            values["number"] = self.tried.id
        if "/inkommet/" in address:
            values["number"] = self.report.id
        if address.startswith("/prenumerationer"):
            values["number"] = values["subscription"]
        if address.startswith("/sidor"):
            values["number"] = values["page"]
        if address.startswith("/statisk"):
            values["name"] = "service.css"
        found = re.sub(r"<(\w+)>", lambda match: str(values[match[1]]), address)
        return found + {
            "person": "?id=p1",
            "registerutdrag": "?id=p1",
            "tillfalle": "?id=CI-1-1",
            "rad": "?tabell=lov",
        }.get(found.rpartition("/")[2], "")

    def client(self, role: str) -> Any:  # noqa: ANN401
        from django.test import Client

        client = Client(HTTP_HOST=HOST, raise_request_exception=False)
        if role != "nobody":
            client.post("/logga-in", {"namn": role, "losenord": PASSWORD})
        return client


@pytest.fixture
def walk(world: World, config: Config) -> Iterator[Walk]:
    from django.test import override_settings

    with override_settings(CONFIG=replace(config, shared=True)):
        yield Walk(world, config)


_PAGES = [address for address in table() if not address.startswith(("/api", "/k/", "/min/"))]
_OF_ONE_USER = ("den här datorn", "tjanst-lank", "Tjänsten körs bara för dig", ">Avsluta<")
_OF_SEVERAL = ("sköter tjänsten", "Logga ut", "Logga in")


def test_no_page_of_a_shared_service_speaks_to_a_single_user(walk: Walk) -> None:
    for client in (walk.client("administrator"), walk.client("nobody")):
        for address in _PAGES:
            answer = client.get(walk.path(address))
            text = "" if answer.streaming else answer.content.decode("utf-8", "replace")
            assert [words for words in _OF_ONE_USER if words in text] == [], address
    assert walk.client("nobody").get(f"/oppna/{'x' * 43}").status_code == 404


def test_no_page_of_a_service_for_one_user_speaks_of_others_who_run_it(world: World, config: Config) -> None:
    walk, client = Walk(world, config), world.browser()
    for address in _PAGES:
        answer = client.get(walk.path(address))
        text = "" if answer.streaming else answer.content.decode("utf-8", "replace")
        assert [words for words in _OF_SEVERAL if words in text] == [], address


@pytest.mark.parametrize("shared", [True, False])
def test_an_error_is_told_to_somebody_else_only_where_there_is_one(config: Config, shared: bool) -> None:
    from django.test import RequestFactory, override_settings

    from service.pages import errors

    with override_settings(CONFIG=replace(config, shared=shared)):
        text = errors.broken(RequestFactory().get("/")).content.decode()
    assert ("Säg till den som sköter tjänsten" in text) is shared


@pytest.mark.parametrize("role", [*ROLES, "nobody"])
def test_pages_answer_whom_the_table_names(walk: Walk, role: str) -> None:
    rows = {address: row for address, row in table().items() if not address.startswith(("/api", "/k/", "/min/"))}
    client = walk.client(role)
    for address, row in rows.items():
        for method in METHODS:
            if address == "/logga-ut" and method == "POST":
                continue  # it would end the walk
            path = walk.path(address)
            answer = client.post(path, FORM) if method == "POST" else client.generic(method, path)
            told = (address, method, role, answer.status_code)
            if role not in set().union(*row.values()):
                expected = 302 if role == "nobody" else 404
                assert answer.status_code == expected, told
                assert role != "nobody" or answer.headers["Location"].startswith("/logga-in"), told
            elif method not in row:
                assert answer.status_code == 405, told
            elif address not in ELSEWHERE:
                assert answer.status_code in (200, 302, 409, 422), told


@pytest.mark.parametrize("kind", sorted(LINKS))
def test_pages_of_links_answer_the_kinds_that_the_table_names(
    world: World, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    is_today(monkeypatch, "2026-09-01")
    term = world.published(term_of_introductions(world)).term
    hers = link(world, term, kind, {"person": "p4", "mentor": "m1", "utbildare": "ub"}[kind])
    nowhere = "/min/" + "x" * 43
    for address, row in table().items():
        if not address.startswith("/min/"):
            continue
        more = address.removeprefix("/min/<secret>") + ("?id=CI-1-1" if address.endswith("narvaro") else "")
        for method in METHODS:
            answer, other = (anybody().generic(method, path + more) for path in (hers, nowhere))
            told = (address, method, answer.status_code)
            if method not in row:
                assert (answer.status_code, other.status_code) == (405, 405), told
            elif kind not in row[method]:
                assert as_sent(answer) == as_sent(other), told
                assert answer.status_code == 404, told
            else:
                assert answer.status_code in (200, 302, 422), told
                assert other.status_code == 404, told
        assert set(row) <= set(METHODS)


def test_a_link_opens_nothing_but_its_own_page(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    is_today(monkeypatch, "2026-09-01")
    term = world.published(term_of_introductions(world)).term
    links = [
        link(world, term, kind, owner) for kind, owner in (("person", "p4"), ("mentor", "m1"), ("utbildare", "ub"))
    ]
    for hers in links:
        browser = anybody()
        browser.get(hers)
        assert browser.get(f"/terminer/{term.id}/inkommet").status_code == 403
        assert world.feed(f"/k/{hers.removeprefix('/min/')}.ics")[0] == 404
        assert world.api("GET", "/terms", key=hers.removeprefix("/min/")).status_code == 401
    trainers = links[2]
    foreign, unknown = (anybody().get(f"{trainers}/narvaro?id={session}") for session in ("CI-2-1", "CI-9-9"))
    assert as_sent(foreign) == as_sent(unknown)
    assert foreign.status_code == 404


def as_sent(answer: Any) -> tuple[int, bytes, dict[str, str]]:  # noqa: ANN401
    """Status, bytes and headers."""
    return answer.status_code, answer.content, dict(answer.headers)


@pytest.mark.parametrize("role", [*ROLES, "nobody"])
def test_calls_answer_whose_keys_the_table_names(
    walk: Walk, world: World, role: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("service.api.door._RATE", 1e9)
    organisation, unit = ROLES.get(role, ("", ""))
    kind = role if role in COORDINATE else "forvaltning"
    key = "" if role == "nobody" else world.key(kind, organisation, unit)
    for address, row in table().items():
        if not address.startswith("/api/v1"):
            continue
        for method in METHODS:
            answer = world.api(method, walk.path(address).removeprefix("/api/v1"), {}, key=key)
            told = (address, method, role, answer.status_code)
            if address in ("/api/v1/health", "/api/v1/openapi.json"):
                assert answer.status_code == (200 if method in row else 405), told
            elif role == "nobody":
                assert answer.status_code == 401, told
            elif method not in row:
                assert answer.status_code == 405, told
            elif role not in row[method]:
                assert answer.status_code == 403, told
            else:
                # What is another administration's is 404 to her; a body that says nothing is 415 or 422.
                answers = {200, 201, 202, 204, 409, 415, 422} | (set() if role in COORDINATE else {404})
                assert answer.status_code in answers, told


def test_what_is_anothers_is_answered_as_what_does_not_exist(walk: Walk, world: World) -> None:
    pages = walk.client("forvaltning")
    for there, nowhere in (
        (f"/planer/{walk.plan.id}", "/planer/99999"),
        (f"/terminer/{walk.plan.term_id}/underlag", "/terminer/99999/underlag"),
        (f"/sidor/{walk.values['page']}/byt", "/sidor/99999/byt"),
        ("/logg", "/finns-inte"),
    ):
        assert as_sent(pages.get(there)) == as_sent(pages.get(nowhere))
    key = world.key("forvaltning", "C")
    one = world.api("DELETE", f"/subscriptions/{walk.values['subscription']}", key=key)
    other = world.api("DELETE", "/subscriptions/99999", key=key)
    assert as_sent(one) == as_sent(other)


def test_an_administration_subscribes_to_its_own_people_alone(walk: Walk, world: World) -> None:
    key = world.key("forvaltning", "N")
    address = f"/terms/{walk.plan.term_id}/subscriptions"
    assert world.api("POST", address, {"kind": "person", "id": "p1"}, key=key).status_code == 201
    other = world.api("POST", address, {"kind": "person", "id": "p2"}, key=key)
    nobody = world.api("POST", address, {"kind": "person", "id": "p99"}, key=key)
    assert (other.status_code, other.content) == (nobody.status_code, nobody.content) == (422, nobody.content)


def test_on_ones_own_computer_nobody_comes_in_without_the_link(world: World, config: Config) -> None:
    from django.test import Client

    from service import doors

    plan = world.published()
    stranger = Client(HTTP_HOST=HOST)
    assert stranger.get("/").status_code == 403
    assert stranger.get(f"/planer/{plan.id}").status_code == 403
    link = doors.new_link(config).partition(str(config.port))[2]
    assert stranger.get(link).status_code == 302
    assert stranger.get("/").status_code == 200
    again = Client(HTTP_HOST=HOST)
    assert again.get(link).status_code == 403


def test_a_form_without_its_token_changes_nothing(world: World) -> None:
    from django.test import Client

    from service import doors
    from service.models import Term

    client = Client(HTTP_HOST=HOST, enforce_csrf_checks=True)
    client.get(doors.new_link(world.config).partition(str(world.config.port))[2])
    assert client.post("/", {"namn": "HT", "borja": "tom"}).status_code == 403
    assert not Term.objects.exists()


def test_passwords_are_tried_few_times(walk: Walk) -> None:
    client = walk.client("nobody")
    tried = [client.post("/logga-in", {"namn": "samordnare", "losenord": "fel"}).status_code for _ in range(11)]
    assert tried == [403] * 10 + [429]
    assert client.post("/logga-in", {"namn": "samordnare", "losenord": PASSWORD}).status_code == 429


def test_a_closed_account_is_logged_out(walk: Walk) -> None:
    from service import rights
    from service.models import Account

    client = walk.client("samordnare")
    assert client.get("/").status_code == 200
    rights.close(Account, "samordnare")
    assert client.get("/").status_code == 302


def test_every_page_is_closed_to_scripts_and_frames(walk: Walk) -> None:
    from service.shield import POLICY

    client = walk.client("administrator")
    for path in ("/", f"/planer/{walk.plan.id}", "/finns-inte", f"/terminer/{walk.plan.term_id}/planera"):
        answer = client.get(path)
        assert answer.headers["Content-Security-Policy"] == POLICY
        assert "unsafe" not in POLICY
        assert answer.headers["Referrer-Policy"] == "same-origin"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "Strict-Transport-Security" in answer.headers
        page = answer.content.decode()
        assert not re.search(r"<style|<script(?! src=)| style=| on\w+=", page), path
