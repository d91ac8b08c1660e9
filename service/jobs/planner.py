"""A planner: claims jobs one after the other, and works on each in a process of its own."""

from __future__ import annotations

import json
import queue
import secrets
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import datetime
from typing import Any

from django.db import Error as AnyDatabaseError
from django.db import close_old_connections

from service import inputs_of_terms
from service.config import Config
from service.jobs import asking, claims
from service.models import Job, Plan
from service.reading.upload import NORMAL_FORM
from terminsplan import system_errors

_LOOK_SECONDS = 0.3
_BEAT_SECONDS = 3.0
_IDLE_SECONDS = 0.5
_SLACK_SECONDS = 900
_SLACK_FACTOR = 6
PLAN = "plan"
INDEX = "index.json"
_TOO_LONG = "Jobbet tog mycket längre tid än det fick, och har avbrutits."


class Planner:
    """``stop`` is set when the service ends."""

    def __init__(self, config: Config, stop: threading.Event) -> None:
        self._config = config
        self._stop = stop
        self._name = secrets.token_hex(8)
        self._last_beat = 0.0
        self._silent: dict[int, tuple[str, datetime | None]] = {}

    def run(self) -> None:
        """Until the service ends. A database that is away for a while is waited for."""
        while not self._stop.is_set():
            try:
                self._beat()
                job = claims.claim(self._name)
                if job is not None:
                    _Work(self._config, job, self._stop, self._beat).run()
                    continue
            except AnyDatabaseError:
                close_old_connections()
            self._stop.wait(_IDLE_SECONDS)
        with suppress(AnyDatabaseError):
            claims.release(self._name)

    def _beat(self) -> None:
        if time.monotonic() - self._last_beat >= _BEAT_SECONDS:
            claims.beat(self._name)
            self._silent = claims.take_up_abandoned(self._silent)
            self._last_beat = time.monotonic()


def work_off(config: Config, stop: threading.Event) -> None:
    """All that waits, one after the other, in this process; for a service that does not run yet."""
    name = secrets.token_hex(8)
    while (job := claims.claim(name)) is not None:
        _Work(config, job, stop, lambda: None).run()


class _Work:
    """One job and its process."""

    def __init__(self, config: Config, job: Job, stop: threading.Event, beat: Any) -> None:  # noqa: ANN401  # a function
        self._config = config
        self._job = job
        self._stop = stop
        self._beat = beat
        self._home = config.plans / f"{job.id}-{job.attempts}-{secrets.token_hex(4)}"
        self._told: queue.Queue[Mapping[str, Any] | None] = queue.Queue()
        self._end: Mapping[str, Any] | None = None

    def run(self) -> None:
        """To its end, whatever that is."""
        try:
            self._home.mkdir(mode=0o700)
            process = self._started()
        except OSError as error:
            self._end = {"code": 1, "message": _not_begun(error), "result": None}
            self._concluded()
            return
        kept = False
        try:
            kept = self._watched(process)
        finally:
            process.kill()
            self._listener.join()
            with process, suppress(OSError):
                pass
            if not kept:
                shutil.rmtree(self._home, ignore_errors=True)

    def _started(self) -> subprocess.Popen[str]:
        command = [sys.executable, "-m", "service.jobs.process"]
        pipe = subprocess.PIPE
        process = subprocess.Popen(
            command,
            stdin=pipe,
            stdout=pipe,
            text=True,
            encoding="utf-8",
            cwd=self._config.data,
            start_new_session=True,
            creationflags=getattr(
                subprocess, "BELOW_NORMAL_PRIORITY_CLASS", 0
            ),  # Windows; elsewhere it gives way itself
        )
        assert process.stdin is not None
        with suppress(OSError):  # it has died already, which the listener tells
            process.stdin.write(json.dumps(self._task()) + "\n")
            process.stdin.flush()
        self._listener = threading.Thread(target=self._listen, args=(process,), daemon=True)
        self._listener.start()
        return process

    def _task(self) -> Mapping[str, Any]:
        version, base = self._job.version, self._job.base
        return {
            "kind": self._job.kind,
            "source": str(self._config.inputs / version.folder / version.source),
            "output": str(self._home / PLAN),
            "earlier": str(self._config.plans / base.folder) if base else None,
            "options": self._job.options,
            **self._back(),
            "names": {
                "source": f"underlagets version {version.number}",
                "earlier": f"plan {base.number}" if base else "",
                "output": "den nya planen",
                "back_to": "den tidigare planen",
                "told": "det senaste underlaget",
            },
        }

    def _back(self) -> Mapping[str, str]:
        """Where the plan lies that is taken back to, and the newest input, which knows who has been where since."""
        if self._job.kind != asking.TAKE_BACK:
            return {}
        earlier = Plan.objects.get(id=self._job.options["back_to"])
        newest = inputs_of_terms.newest(self._job.term)
        told = self._config.inputs / newest.folder / NORMAL_FORM if newest else None
        return {
            "back_to": str(self._config.plans / earlier.folder),
            **({"told": str(told)} if told is not None and told.is_file() else {}),
        }

    def _listen(self, process: subprocess.Popen[str]) -> None:
        assert process.stdout is not None
        for line in process.stdout:
            with suppress(ValueError):
                self._told.put(json.loads(line))
        self._told.put(None)

    def _watched(self, process: subprocess.Popen[str]) -> bool:
        """Whether a plan was made and kept."""
        limit = time.monotonic() + self._most_seconds()
        asked = False
        while not self._stop.is_set():
            new, over = self._news()
            with _database_may_be_away():
                if not claims.tell(self._job, new):
                    return False
                self._beat()
                if not asked and claims.asked_to_stop(self._job):
                    asked = _ask_to_stop(process)
            if over:
                return self._concluded()
            if time.monotonic() > limit:
                self._end = {"code": 1, "message": _TOO_LONG, "result": None}
                return self._concluded()
        return False

    def _most_seconds(self) -> float:
        """Reading, comparing and writing come on top of the time that the solver has."""
        return _SLACK_SECONDS + _SLACK_FACTOR * float(self._job.options.get("max_seconds") or 60)

    def _news(self) -> tuple[Mapping[str, Any], bool]:
        """The newest step that was told, and whether there is nothing more to come."""
        found: dict[str, Any] = {}
        with suppress(queue.Empty):
            told = self._told.get(timeout=_LOOK_SECONDS)
            while told is not None:
                if "end" in told:
                    self._end = told["end"]
                else:
                    found = {"level": told["level"] or "", **{name: told[name] for name in ("value", "bound", "words")}}
                told = self._told.get_nowait()
            return found, True
        return found, False

    def _concluded(self) -> bool:
        """Write down how it ended, as often as it takes: the database may be away.

        Where that is not known when the service ends, the folder is left: ``clear_away`` knows later.
        """
        unsure = False
        while not self._stop.is_set():
            try:
                return self._written()
            except AnyDatabaseError:
                unsure = True
                close_old_connections()
                self._stop.wait(_IDLE_SECONDS)
        return unsure

    def _written(self) -> bool:
        end = self._end
        if end is None:
            told = "Jobbets process dog, kanske för att minnet tog slut."
            end = {"code": 1, "message": "Avbrutet." if claims.asked_to_stop(self._job) else told, "result": None}
        index = self._home / INDEX
        if index.is_file():
            folder = (self._home.relative_to(self._config.plans) / PLAN).as_posix()
            made = json.loads(index.read_text("utf-8"))
            return claims.end_with_plan(self._job, folder, made, end["message"], end["result"])
        done = self._job.kind == asking.TRY and end["code"] == 0
        state = Job.State.DONE if done else Job.State.CANCELLED if claims.asked_to_stop(self._job) else Job.State.FAILED
        claims.end(self._job, state, end["message"], end["result"])
        return False


@contextmanager
def _database_may_be_away() -> Iterator[None]:
    """What is told now is told again: a lost connection is thrown away, and the next one waited for."""
    try:
        yield
    except AnyDatabaseError:
        close_old_connections()


def _not_begun(error: OSError) -> str:
    return f"Jobbet gick inte att börja: {system_errors.told(error)}. Rätta det, och starta jobbet på nytt."


def _ask_to_stop(process: subprocess.Popen[str]) -> bool:
    with suppress(OSError, ValueError):
        assert process.stdin is not None
        process.stdin.write("stop\n")
        process.stdin.flush()
    return True
