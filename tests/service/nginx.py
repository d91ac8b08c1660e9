"""nginx with the configuration that docs/drift.md shows, on
loopback, with a certificate of its own, before a shared service.
"""

from __future__ import annotations

import http.client
import shutil
import socket
import ssl
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from tests.awaiting import PATIENCE_SECONDS, until
from tests.service.running import HOUSE

CONFIGURATION = HOUSE / "docs" / "drift" / "nginx.conf"
NAME = "plan.kommunen.se"
_AROUND = """
daemon off; master_process off; pid {folder}/nginx.pid; error_log {folder}/start.log warn;
events {{ worker_connections 200; }}
http {{
    client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/f;
    uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
    include {folder}/plan.conf;
}}
"""


def programs() -> bool:
    """Whether nginx is here, and openssl for a certificate."""
    return all(shutil.which(name, path="/usr/sbin:/usr/bin:/sbin:/bin") for name in ("nginx", "openssl"))


@dataclass(frozen=True)
class Answer:
    """What came through the proxy; names of headers in small letters."""

    status: int
    headers: Mapping[str, str]
    cookies: list[str]
    body: bytes


@dataclass(frozen=True)
class Proxy:
    """``log`` is what nginx wrote of requests and faults."""

    folder: Path
    port: int
    plain: int

    def log(self) -> str:
        """All of its logs."""
        return "".join(path.read_text("utf-8") for path in sorted(self.folder.glob("*.log")))

    def ask(
        self,
        method: str,
        path: str,
        body: bytes | None = None,
        headers: Mapping[str, str] | None = None,
        host: str = NAME,
    ) -> Answer:
        """A request by TLS, whose certificate is looked at."""
        trusted = ssl.create_default_context(cafile=str(self.folder / "plan.pem"))
        with closing(http.client.HTTPSConnection("127.0.0.1", self.port, timeout=PATIENCE_SECONDS)) as connection:
            plain = socket.create_connection(("127.0.0.1", self.port), timeout=PATIENCE_SECONDS)
            connection.sock = trusted.wrap_socket(plain, server_hostname=NAME)
            return _asked(connection, method, path, body, {"Host": host, **(headers or {})})

    def ask_plainly(self, path: str) -> Answer:
        """A request without TLS."""
        with closing(http.client.HTTPConnection("127.0.0.1", self.plain, timeout=PATIENCE_SECONDS)) as connection:
            return _asked(connection, "GET", path, None, {"Host": NAME})


def _asked(
    connection: http.client.HTTPConnection, method: str, path: str, body: bytes | None, headers: Mapping[str, str]
) -> Answer:
    # It may have answered before it has read all.
    with suppress(BrokenPipeError, ConnectionResetError, ssl.SSLEOFError):
        connection.request(method, path, body, dict(headers))
    answer = connection.getresponse()
    told = {name.casefold(): value for name, value in answer.headers.items()}
    return Answer(answer.status, told, answer.headers.get_all("Set-Cookie", []), answer.read())


@contextmanager
def before(folder: Path, service_port: int) -> Iterator[Proxy]:
    """Answering before a service on that port."""
    ports = [free_port() for _ in range(2)]
    _certificate(folder)
    text = CONFIGURATION.read_text("utf-8")
    for documented, here in (
        ("listen 80;", f"listen 127.0.0.1:{ports[1]};"),
        ("listen 443 ssl;", f"listen 127.0.0.1:{ports[0]} ssl;"),
        ("/etc/ssl/", f"{folder}/"),
        ("/var/log/nginx/", f"{folder}/"),
        ("127.0.0.1:8321", f"127.0.0.1:{service_port}"),
    ):
        assert documented in text, documented
        text = text.replace(documented, here)
    (folder / "plan.conf").write_text(text, "utf-8")
    (folder / "nginx.conf").write_text(_AROUND.format(folder=folder), "utf-8")
    program = shutil.which("nginx", path="/usr/sbin:/usr/bin") or "nginx"
    process = subprocess.Popen(
        [program, "-e", str(folder / "start.log"), "-c", str(folder / "nginx.conf"), "-p", str(folder)]
    )
    try:
        _await(ports[0], process)
        yield Proxy(folder, *ports)
    finally:
        process.terminate()
        process.wait(PATIENCE_SECONDS)


def _certificate(folder: Path) -> None:
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", f"/CN={NAME}"]
    command += ["-addext", f"subjectAltName=DNS:{NAME}", "-keyout", "plan.key", "-out", "plan.pem"]
    subprocess.run(command, cwd=folder, check=True, capture_output=True)


def free_port() -> int:
    """A port of loopback that nobody has."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port: int = free.getsockname()[1]
        return port


def _await(port: int, process: subprocess.Popen[bytes]) -> None:
    def answers() -> bool:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            assert process.poll() is None, "nginx refuses the configuration"
            return False
        return True

    until(answers)
