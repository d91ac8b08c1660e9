"""``tjanst``: the web server, the planner and the sender of mail as
children, restarted when they die, until the service is told to end.
"""

from __future__ import annotations

import os
import queue
import signal
import subprocess
import sys
import threading
import time
import webbrowser
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from service import shortcut
from service.config import Config, RefusedStartError, write_closed
from service.start import ADDRESS_FILE, configured, set_up, when_parent_ends
from service.telling import Telling, telling_of
from terminsplan.locks import Lock, TakenError

_END_SECONDS = 4.0
_PAUSES = (0.1, 0.5, 1, 2, 5)
_PLANNERS = 1
_LOCK = "tjanst.las"


def run(values: Mapping[str, Any]) -> int:
    """Until SIGTERM, Ctrl-C, «Avsluta» on the page, or the end of whoever started it."""
    config = configured(values)
    set_up(config)
    try:
        lock = Lock(config.data / _LOCK)
    except TakenError:
        raise RefusedStartError(
            f"Tjänsten är redan i gång med {config.data}. Öppna den med: terminsplan tjanst-lank"
        ) from None
    from service.clearing import clear_away  # noqa: PLC0415  # Django is set up just now
    from service.readiness import refuse_unready  # noqa: PLC0415

    refuse_unready(config)
    if values.get("shortcut"):
        sys.stderr.write(f"Gjorde genvägen {shortcut.make(config)}\n")
    clear_away(config)
    events: queue.Queue[str] = queue.Queue()
    _listen_to_signals(events)
    if values.get("watched"):
        when_parent_ends(lambda: events.put("slut"))
    try:
        return _Children(config, events, telling_of(values), open_browser=not values.get("no_browser")).run()
    finally:
        (config.data / ADDRESS_FILE).unlink(missing_ok=True)
        lock.free()


def _listen_to_signals(events: queue.Queue[str]) -> None:
    for name in ("SIGTERM", "SIGINT", "SIGHUP", "SIGBREAK"):
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, lambda *_: events.put("slut"))


class _Child:
    """A process of the service. Its standard input is open for as long as the service lives."""

    def __init__(self, name: str, events: queue.Queue[str]) -> None:
        self.name = name
        self._events = events
        self.deaths = 0
        self.start()

    def start(self) -> None:
        """Start it, for the first time or again."""
        command = [sys.executable, "-m", "service", self.name]
        pipe = subprocess.PIPE
        self.process = subprocess.Popen(
            command, stdin=pipe, stdout=pipe, text=True, encoding="utf-8", start_new_session=True
        )
        self.began = time.monotonic()
        threading.Thread(target=self._listen, args=(self.process,), daemon=True).start()

    def _listen(self, process: subprocess.Popen[str]) -> None:
        assert process.stdout is not None
        for line in process.stdout:
            self._events.put(line.strip())
        process.wait()
        self._events.put(f"död {self.name}")

    def end(self) -> None:
        """Ask it to end."""
        with suppress(OSError):
            assert self.process.stdin is not None
            self.process.stdin.close()

    def wait(self, seconds: float) -> None:
        """Until it has ended, by force if need be."""
        try:
            self.process.wait(max(0.0, seconds))
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


class _Children:
    """All processes of the service."""

    def __init__(self, config: Config, events: queue.Queue[str], telling: Telling, *, open_browser: bool) -> None:
        self._config = config
        self._telling = telling
        self._events = events
        self._open_browser = open_browser
        self._answered = False
        self._web = _Child("web", events)
        self._all = {"web": self._web, **{f"planner{n}": _Child("planner", events) for n in range(_PLANNERS)}}
        if config.setting("SMTP_SERVER"):
            self._all["sender"] = _Child("sender", events)

    def run(self) -> int:
        """The exit code."""
        code = 0
        while (event := self._events.get()) not in ("slut", "avsluta"):
            word, _, rest = event.partition(" ")
            if word == "lyssnar":
                self._answers(int(rest))
            elif word == "död" and not self._answered and rest == "web":
                code = _code_of_failed_start(self._web.process.returncode)
                break
            elif word == "död":
                self._restart()
        deadline = time.monotonic() + _END_SECONDS
        for child in self._all.values():
            child.end()
        for child in self._all.values():
            child.wait(deadline - time.monotonic())
        return code

    def _restart(self) -> None:
        for child in self._all.values():
            if child.process.poll() is not None:
                child.deaths = 0 if time.monotonic() - child.began > 60 else child.deaths + 1
                time.sleep(_PAUSES[min(child.deaths, len(_PAUSES) - 1)])
                child.start()

    def _answers(self, port: int) -> None:
        if self._answered:
            return
        self._answered = True
        config = Config(self._config.data, self._config.host, port, self._config.database, self._config.shared)
        os.environ.update(config.environment())
        if not config.shared:
            write_closed(config.data / ADDRESS_FILE, f"{config.host}:{config.port}")
        link = None if config.shared else self._link_to_tell(config)
        told = [f"Terminsplan svarar på {config.public_address}"]
        if link:
            told.append(f"Öppna den här länken i webbläsaren (gäller en gång, i fem minuter): {link}")
        self._telling.result(told, address=config.public_address, link=link)

    def _link_to_tell(self, config: Config) -> str | None:
        """A link that opens the service; None where the browser was opened with it."""
        from service import doors  # noqa: PLC0415  # Django is set up

        link = doors.new_link(config)
        opened = self._open_browser and webbrowser.open(doors.opening_file(config, link).as_uri())
        return None if opened else link


def _code_of_failed_start(code: int) -> int:
    """The web server has told what was wrong, unless somebody killed it."""
    if code > 0:
        return code
    sys.stderr.write("Fel: tjänsten avslutades innan den hann svara. Försök igen.\n")
    return 1
