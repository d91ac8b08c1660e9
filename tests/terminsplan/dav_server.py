"""A CalDAV server on loopback (Radicale), and the little of
RFC 4791 that a calendar program needs to put events there.
"""

import base64
import http.client
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.awaiting import PATIENCE_SECONDS, until

HOST = "127.0.0.1"


class Collection:
    """One calendar on the server."""

    def __init__(self, port: int, owner: str, name: str) -> None:
        self._port = port
        # Whoever asks gets a home of her own; there is no password.
        self._login = "Basic " + base64.b64encode(f"{owner}:".encode()).decode()
        self._home = f"/{owner}/{name}/"
        self._ask("MKCALENDAR", self._home)

    def put(self, uid: str, data: bytes) -> None:
        """Add the event, or replace the one with its UID."""
        self._ask("PUT", f"{self._home}{uid}.ics", data)

    def delete(self, uid: str) -> None:
        """Take the event away; it is an error if the server knows none."""
        self._ask("DELETE", f"{self._home}{uid}.ics")

    def everything(self) -> bytes:
        """The whole calendar as one iCalendar stream."""
        return self._ask("GET", self._home)

    def _ask(self, method: str, path: str, body: bytes | None = None) -> bytes:
        connection = http.client.HTTPConnection(HOST, self._port, timeout=PATIENCE_SECONDS)
        try:
            headers = {"Content-Type": "text/calendar; charset=utf-8", "Authorization": self._login}
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            content = answer.read()
        finally:
            connection.close()
        assert answer.status < 300, f"{method} {path}: {answer.status} {content.decode(errors='replace')}"
        return content


@contextmanager
def serving(folder: Path) -> Iterator[int]:
    """The port of a server that keeps its calendars in the folder, for as long as it is needed."""
    port = _free_port()
    command = [sys.executable, "-m", "radicale", "--config", "", "--hosts", f"{HOST}:{port}", "--auth-type", "none"]
    command += ["--storage-filesystem-folder", str(folder), "--logging-level", "error"]
    server = subprocess.Popen(command)
    try:
        _wait_for(port, server)
        yield port
    finally:
        server.terminate()
        server.wait(PATIENCE_SECONDS)


def _free_port() -> int:
    with socket.socket() as found:
        found.bind((HOST, 0))
        return int(found.getsockname()[1])


def _wait_for(port: int, server: subprocess.Popen[bytes]) -> None:
    def answers() -> bool:
        assert server.poll() is None, "the server ended"
        with socket.socket() as knock:
            return knock.connect_ex((HOST, port)) == 0

    until(answers, lambda: "the server never answered")
