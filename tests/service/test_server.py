"""The web server itself, over a socket: what stands before the
pages and the calls, and what it answers without asking them.
"""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from http.client import HTTPConnection, HTTPResponse

import pytest

from service.config import Config
from tests.service.world import World

TOO_LARGE = 60_000_001


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    """A server in a thread of this process, on a free port."""
    from service.config import from_environment
    from service.web import Web

    web = Web(replace(from_environment(), port=0))
    threading.Thread(target=web.run, daemon=True).start()
    yield web.port
    web._server.close()


def exchanged(port: int, sent: bytes) -> bytes:
    """All that comes back until the server closes the connection."""
    with closing(socket.create_connection(("127.0.0.1", port), timeout=30)) as connection:
        connection.sendall(sent)
        return b"".join(iter(lambda: connection.recv(65_536), b""))


def request(port: int, method: str, path: str, headers: dict[str, str], *, then: int = 0) -> tuple[HTTPResponse, bytes]:
    """A request with so many bytes of content."""
    with closing(HTTPConnection("127.0.0.1", port, timeout=30)) as connection:
        connection.putrequest(method, path, skip_host="Host" in headers)
        for name, value in headers.items():
            connection.putheader(name, value)
        connection.endheaders()
        for start in range(0, then, 1_000_000):
            connection.send(b"x" * min(1_000_000, then - start))
        answer = connection.getresponse()
        return answer, answer.read()


@pytest.mark.parametrize("path", ["/api/v1/health", "/api/v1/openapi.json", "/", "/nix", "/logga-in", "/k/nix.ics"])
def test_a_head_has_no_content_that_the_next_answer_would_begin_with(world: World, port: int, path: str) -> None:
    get = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n".encode()
    first, _, _ = exchanged(port, get).partition(b"\r\n\r\n")
    told = exchanged(port, f"HEAD {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode() + get)
    head, _, rest = told.partition(b"\r\n\r\n")
    assert head.splitlines()[0] == first.splitlines()[0]
    assert rest.startswith(b"HTTP/1.1 "), rest[:60]


@pytest.mark.parametrize(
    ("path", "kind"),
    [("/api/v1/terms/1/inputs", "application/problem+json"), ("/terminer/1/underlag", "text/plain; charset=utf-8")],
)
def test_what_is_too_large_is_read_to_its_end_and_refused_in_swedish(
    world: World, port: int, path: str, kind: str
) -> None:
    headers = {"Content-Length": str(TOO_LARGE), "Content-Type": "multipart/form-data; boundary=x"}
    answer, content = request(port, "POST", path, headers, then=TOO_LARGE)
    assert answer.status == 413
    assert answer.getheader("Content-Type") == kind
    assert "högst 51 MB" in content.decode()


def test_more_than_anybody_has_to_send_is_refused_before_it_is_sent(world: World, port: int) -> None:
    answer, content = request(port, "POST", "/api/v1/terms", {"Content-Length": str(10**12)})
    assert answer.status == 413
    assert json.loads(content)["status"] == 413


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (b"GARBAGE\r\n\r\n", b"400"),
        (b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: x\r\n\r\n", b"501"),
        (b"POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\n", b"400"),
    ],
)
def test_what_nobody_can_read_is_refused_in_swedish_without_a_word_of_it(
    world: World, port: int, sent: bytes, status: bytes
) -> None:
    told = exchanged(port, sent)
    head, _, content = told.partition(b"\r\n\r\n")
    assert head.split()[1] == status
    assert b"nosniff" in head
    assert content.decode() == "Begäran går inte att läsa.\n"


@pytest.mark.parametrize(("path", "kind"), [("/api/v1/terms", "application/problem+json"), ("/", "text/plain")])
def test_another_name_than_ours_is_refused_as_its_reader_reads(world: World, port: int, path: str, kind: str) -> None:
    answer, content = request(port, "GET", path, {"Host": "nagon.annan.example"})
    assert answer.status == 400
    assert answer.getheader("Content-Type", "").startswith(kind)
    assert "Tjänsten svarar inte under det namnet." in content.decode()


def test_a_character_that_no_text_has_is_refused_on_every_page(world: World, config: Config) -> None:
    plan = world.published()
    browser = world.browser()
    for path in (f"/planer/{plan.id}/personer?sok=%00", f"/terminer/{plan.term_id}/registerutdrag?id=a%00b"):
        answer = browser.get(path)
        assert answer.status_code == 400
        assert "Det gick inte att läsa" in answer.content.decode()
    assert browser.post("/", {"namn": "a\0b", "borja": "tom"}).status_code == 400
    told = world.api("POST", "/terms", {"name": "a\0b"})
    assert told.status_code == 422
    assert told["Content-Type"] == "application/problem+json"
    wish = {"bar": [{"hire": "p\ud800", "round": "CI-1"}]}
    assert world.api("POST", f"/plans/{plan.id}/try", wish).status_code == 422


def test_a_form_that_no_page_of_ours_makes_is_refused_in_swedish(world: World) -> None:
    browser = world.browser()
    many = browser.post("/", {f"f{number}": "1" for number in range(20_001)})
    assert (many.status_code, "Det gick inte att läsa" in many.content.decode()) == (400, True)
    large = browser.post("/", {"namn": "x" * 5_000_001})
    assert (large.status_code, "Det var för mycket" in large.content.decode()) == (413, True)


def test_accounts_and_keys_are_listed_together(world: World) -> None:
    from service import rights

    world.key()
    fields = {"name": "Nora", "role": "forvaltning", "organisation": "N", "unit": "Norra", "email": "nora@example.se"}
    rights.make_account(fields, "ett långt lösenord")
    text = world.browser().get("/konton").content.decode()
    assert "N, Norra, nora@example.se" in text
    assert "Nycklar för program" in text
