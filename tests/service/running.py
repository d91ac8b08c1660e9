"""The service as people start it: a process of its own, with its children."""

from __future__ import annotations

import os
import queue
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.awaiting import PATIENCE_SECONDS

HOUSE = Path(__file__).parents[2]
_NO_BROWSER = ("--ingen-webblasare",)


def clean_environment() -> dict[str, str]:
    """Less what this process was told of a service of its own."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("TERMINSPLAN_", "DJANGO_"))}
    return {**kept, "PYTHONPATH": str(HOUSE)}


@dataclass
class Running:
    """``address`` and the link that opens it once."""

    process: subprocess.Popen[str]
    address: str
    link: str

    def stop(self) -> int:
        """As a system does; the exit code."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(PATIENCE_SECONDS)


def command(*words: str) -> list[str]:
    """A command of the program."""
    return [sys.executable, "-m", "terminsplan", *words]


def run(*words: str, given: str = "") -> subprocess.CompletedProcess[str]:
    """A command to its end."""
    return subprocess.run(
        command(*words),
        env=clean_environment(),
        input=given,
        capture_output=True,
        text=True,
        timeout=PATIENCE_SECONDS,
        check=False,
        cwd=HOUSE,
    )


@contextmanager
def service(
    data: Path,
    *words: str,
    port: int = 0,
    environment: Mapping[str, str] | None = None,
    errors: Path | None = None,
) -> Iterator[Running]:
    """Answering, on a port that was free unless one is given; ``errors`` gets its standard error.

    A shared service (``--delad``) tells no link.
    """
    with ExitStack() as opened:
        process = subprocess.Popen(
            [*command("tjanst", "--data", str(data), "--adress", f"127.0.0.1:{port}"), *words, *_NO_BROWSER],
            env={**clean_environment(), **(environment or {})},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=opened.enter_context(errors.open("ab")) if errors else None,
            text=True,
            cwd=HOUSE,
        )
    told: queue.Queue[str] = queue.Queue()

    def listen() -> None:
        assert process.stdout is not None
        for line in process.stdout:
            told.put(line.strip())

    listener = threading.Thread(target=listen)
    listener.start()
    try:
        address = told.get(timeout=PATIENCE_SECONDS)
        link = "" if "--delad" in words else told.get(timeout=PATIENCE_SECONDS)
        assert address.startswith("Terminsplan svarar på http"), address
        yield Running(process, address.rpartition(" ")[2], link.rpartition(" ")[2])
    finally:
        if process.poll() is None:
            process.terminate()
        process.wait(PATIENCE_SECONDS)
        listener.join()
        assert process.stdout is not None
        process.stdout.close()
