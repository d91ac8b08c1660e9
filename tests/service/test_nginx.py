"""The service shared by several, behind nginx as docs/drift.md has it."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import pytest

from service.secrets_of_links import digest
from tests.needed import absent
from tests.service import nginx
from tests.service.nginx import NAME, Answer, Proxy
from tests.service.running import HOUSE, Running, run, service
from tests.torture.service_load import tables

PASSWORD = "ett långt lösenord"
SETTINGS = {
    "TERMINSPLAN_PUBLIK_ADRESS": f"https://{NAME}",
    "TERMINSPLAN_PROXY": "127.0.0.1",
    "TERMINSPLAN_HEMLIG_NYCKEL": "slump-av-ett-prov-" * 4,
    "TERMINSPLAN_LANKNYCKEL": "annan-slump-av-ett-prov-" * 4,
}


@dataclass(frozen=True)
class Behind:
    """A shared service, its proxy, and a coordinator's key."""

    running: Running
    proxy: Proxy
    data: Path
    key: str

    def api(self, method: str, path: str, content: object = None) -> Answer:
        headers = {"Authorization": f"Bearer {self.key}", "Content-Type": "application/json"}
        return self.proxy.ask(method, f"/api/v1{path}", json.dumps(content).encode() if content else None, headers)

    def upload(self, data: bytes) -> Answer:
        head = b'--x\r\nContent-Disposition: form-data; name="file"; filename="t.zip"\r\n\r\n'
        headers = {"Authorization": f"Bearer {self.key}", "Content-Type": "multipart/form-data; boundary=x"}
        return self.proxy.ask("POST", "/api/v1/terms/1/inputs", head + data + b"\r\n--x--\r\n", headers)


@pytest.fixture(scope="module")
def behind(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Behind]:
    if not nginx.programs():
        absent("nginx saknas: apt-get install nginx-light openssl")
    data, folder = tmp_path_factory.mktemp("delad") / "data", tmp_path_factory.mktemp("nginx")
    where = ("--data", str(data))
    assert run("konto", "skapa", "anna", "--roll", "administrator", *where, given=f"{PASSWORD}\n").returncode == 0
    key = run("nyckel", "skapa", "prov", *where).stdout.strip()
    port = nginx.free_port()
    with (
        service(data, "--delad", environment=SETTINGS, port=port) as running,
        nginx.before(folder, port) as proxy,
    ):
        yield Behind(running, proxy, data, key)


def _log_in(behind: Behind, password: str, **headers: str) -> Answer:
    page = behind.proxy.ask("GET", "/logga-in")
    cookie = page.cookies[0].partition(";")[0]
    token = re.search(rb'name="csrfmiddlewaretoken" value="([^"]+)"', page.body)
    assert token is not None
    form = urlencode({"namn": "anna", "losenord": password, "csrfmiddlewaretoken": token[1].decode()})
    told = {"Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded", "Origin": f"https://{NAME}"}
    return behind.proxy.ask("POST", "/logga-in", form.encode(), {**told, **headers})


def test_the_handbook_of_operation_shows_the_very_configuration_that_is_tried() -> None:
    shown = re.findall(r"```[A-Za-z]*\n(.*?)```", (HOUSE / "docs" / "drift.md").read_text("utf-8"), re.DOTALL)
    for name in ("nginx.conf", "terminsplan.service", "Containerfile"):
        assert (HOUSE / "docs" / "drift" / name).read_text("utf-8") in shown, name


def test_what_comes_without_tls_is_led_to_it(behind: Behind) -> None:
    answer = behind.proxy.ask_plainly("/terminer/1/planera")
    assert (answer.status, answer.headers["location"]) == (301, f"https://{NAME}/terminer/1/planera")


def test_a_login_through_the_proxy_gets_a_cookie_that_never_goes_without_tls(behind: Behind) -> None:
    door = behind.proxy.ask("GET", "/")
    assert (door.status, door.headers["location"].partition("?")[0]) == (302, "/logga-in")
    answer = _log_in(behind, PASSWORD)
    assert answer.status == 302
    for cookie in (*answer.cookies, *behind.proxy.ask("GET", "/logga-in").cookies):
        assert {"Secure", "HttpOnly", "SameSite=Lax"} <= set(cookie.split("; ")), cookie
    mine = next(cookie.partition(";")[0] for cookie in answer.cookies if cookie.startswith("terminsplan="))
    assert behind.proxy.ask("GET", "/", headers={"Cookie": mine}).status == 200


def test_every_answer_says_that_the_name_is_reached_by_tls_alone(behind: Behind) -> None:
    for path in ("/logga-in", "/api/v1/health", "/finns-inte"):
        assert behind.proxy.ask("GET", path).headers["strict-transport-security"].startswith("max-age=31536000"), path


def test_attempts_are_counted_for_the_address_that_the_proxy_saw_not_for_the_one_that_was_sent(behind: Behind) -> None:
    assert _log_in(behind, "fel", **{"X-Forwarded-For": "203.0.113.7"}).status == 403
    with sqlite3.connect(behind.data / "tjanst.sqlite3") as database:
        subjects = {subject for (subject,) in database.execute("SELECT subject FROM service_loginattempt")}
    database.close()
    assert digest("adress 127.0.0.1") in subjects
    assert digest("adress 203.0.113.7") not in subjects


def test_another_name_than_the_public_one_is_not_answered(behind: Behind) -> None:
    assert behind.proxy.ask("GET", "/logga-in", host="plan.example").status == 400


def test_an_input_of_51_megabytes_comes_through_and_a_larger_one_is_refused(behind: Behind) -> None:
    behind.api("POST", "/terms", {"name": "HT 2026"})
    assert behind.upload(bytes(51_000_000)).status == 422  # it is no zip file, but it was read
    refused = behind.upload(bytes(51_000_001 + 100_000))
    assert (refused.status, "51 MB" in refused.body.decode()) == (413, True)
    assert behind.upload(bytes(60_000_000)).status == 413


def test_a_calendar_comes_as_it_is_and_its_secret_stands_in_no_log(behind: Behind) -> None:
    term = json.loads(behind.api("POST", "/terms", {"name": "HT 2026"}).body)["id"]
    head = b'--x\r\nContent-Disposition: form-data; name="file"; filename="t.zip"\r\n\r\n'
    headers = {"Authorization": f"Bearer {behind.key}", "Content-Type": "multipart/form-data; boundary=x"}
    path = f"/api/v1/terms/{term}/inputs"
    assert behind.proxy.ask("POST", path, head + tables() + b"\r\n--x--\r\n", headers).status == 201
    made = behind.api("POST", f"/terms/{term}/subscriptions", {"kind": "person", "id": "p1"})
    url = urlsplit(json.loads(made.body)["url"])
    assert (url.scheme, url.netloc) == ("https", NAME)
    greedy = {"Accept-Encoding": "gzip, br", "Referer": url.geturl()}
    first = behind.proxy.ask("GET", url.path, headers=greedy)
    assert (first.status, first.body[:15]) == (200, b"BEGIN:VCALENDAR")
    assert first.headers["strict-transport-security"].startswith("max-age=31536000")
    assert not {"content-encoding", "set-cookie", "location"} & set(first.headers)
    again = behind.proxy.ask("GET", url.path, headers={**greedy, "If-None-Match": first.headers["etag"]})
    assert (again.status, again.headers["etag"]) == (304, first.headers["etag"])
    assert behind.proxy.ask_plainly(url.path).status == 301
    behind.proxy.ask("GET", f"/logga-in?vidare={url.path}", headers={"Referer": url.geturl()})
    log = behind.proxy.log()
    assert "GET /k 200" in log
    assert url.path.removeprefix("/k/").removesuffix(".ics") not in log


def test_no_secret_is_logged_where_the_service_is_gone(tmp_path: Path) -> None:
    if not nginx.programs():
        absent("nginx saknas: apt-get install nginx-light openssl")
    with nginx.before(tmp_path, nginx.free_port()) as proxy:
        assert proxy.ask("GET", "/k/" + "hemlig" * 7 + "x.ics").status == 502
        assert "GET /k 502" in proxy.log()
        assert "hemlig" not in proxy.log()
