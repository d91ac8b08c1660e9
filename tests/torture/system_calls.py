"""A fault at every system call by which a plan folder is
replaced, as strace injects it: the process killed, the disk full.

Finer than the steps that Python reports (``faults``): between two of these lie writes, syncs and closes. Needs strace
and the right to trace a process. Each run is a fork that waits until it is traced, so that hundreds of them take a
minute. Run as ``python -m tests.torture.system_calls``.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from terminsplan.exits import RefusedError
from tests.torture import faults
from tests.torture.told import Row

CALLS = (
    *("openat", "mkdir", "rename", "renameat2", "unlink", "unlinkat", "rmdir", "chmod", "fchmod", "fchmodat"),
    *("write", "fsync", "fdatasync", "close", "flock", "setxattr", "chown", "ftruncate"),
)
"""What changes files, or whether they are there for good."""
FULL = ("openat", "mkdir", "write", "fsync", "rename", "renameat2")
"""Calls that a full disk refuses, or that tell of it late."""
REFUSED, DONE = 2, 0
PATIENCE_SECONDS = 30.0


def rows() -> list[Row]:
    """Kind, calls tried, failures; nothing where strace is missing or may not trace."""
    if shutil.which("strace") is None:
        return []
    with tempfile.TemporaryDirectory(prefix="terminsplan-prov-") as place:
        counted = _counted(Path(place))
        if not counted:
            return []
        kill = [(call, f"inject={call}:signal=KILL:when={n}") for call, n in _each(counted, CALLS)]
        full = [(call, f"inject={call}:error=ENOSPC:when={n}") for call, n in _each(counted, FULL)]
        full += [(call, f"inject={call}:error=ENOSPC:when={n}+") for call, n in _each(counted, FULL)]
        return [
            ("killed at a system call (strace)", len(kill), _failures(Path(place), kill, _after_the_kill)),
            ("disk full at a system call (strace)", len(full), _failures(Path(place), full, faults.after_a_failure)),
        ]


def _after_the_kill(folder: Path, code: int, said: str) -> str | None:
    if code != -signal.SIGKILL:
        return f"was not killed (code {code})"
    return faults.after_a_kill(folder, code, said)


def _each(counted: Counter[str], calls: tuple[str, ...]) -> Iterator[tuple[str, int]]:
    for call in calls:
        yield from ((call, number) for number in range(1, counted[call] + 1))


def _failures(
    place: Path, injections: list[tuple[str, str]], check: Callable[[Path, int, str], str | None]
) -> list[str]:
    failed = []
    for call, injection in injections:
        folder = _old(place)
        code = _traced(folder, [f"--trace={call}", f"--{injection}"], Path(os.devnull))
        if wrong := check(folder, code, ""):
            failed.append(f"{injection}: {wrong}")
    return failed


def _counted(place: Path) -> Counter[str]:
    """How often each call is made when nothing goes wrong."""
    log = place / "calls"
    code = _traced(_old(place), [f"--trace={','.join(CALLS)}"], log)
    if code != DONE or not log.exists():
        return Counter()
    return Counter(found[1] for line in log.read_text("utf-8", "replace").splitlines() if (found := _CALL.match(line)))


_CALL = re.compile(r"(\w+)\(")


def _old(place: Path) -> Path:
    """A plan to be replaced, alone in a folder of its own."""
    home = place / "home"
    shutil.rmtree(home, ignore_errors=True)
    home.mkdir()
    faults.write(home / "plan", "old")
    return home / "plan"


def _traced(folder: Path, expressions: list[str], log: Path) -> int:
    """A fork replaces the plan while strace looks on: how it ended, negative by a signal."""
    child = os.fork()
    if child == 0:
        os.kill(os.getpid(), signal.SIGSTOP)
        code = 99
        try:
            faults.write(folder, "new")
            code = DONE
        except RefusedError:
            code = REFUSED
        finally:
            os._exit(code)
    os.waitpid(child, os.WUNTRACED)
    tracer = subprocess.Popen(
        ["strace", "-p", str(child), "-o", str(log), *expressions], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    until = time.monotonic() + PATIENCE_SECONDS
    while _tracer_of(child) == 0 and tracer.poll() is None and time.monotonic() < until:
        time.sleep(0.002)
    os.kill(child, signal.SIGCONT)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    if tracer.wait(PATIENCE_SECONDS) not in (0, -signal.SIGKILL):
        return code if log == Path(os.devnull) else -1
    return code


def _tracer_of(process: int) -> int:
    status = Path(f"/proc/{process}/status").read_text("utf-8")
    return int(re.search(r"TracerPid:\s*(\d+)", status)[1])  # type: ignore[index]  # Linux always has the line


def main() -> None:
    """Both kinds."""
    found = rows()
    for kind, tried, failed in found:
        sys.stdout.write(f"{kind}: {tried} tried, {len(failed)} failed\n" + "".join(f"  {line}\n" for line in failed))
    sys.exit(not found or any(failed for *_, failed in found))


if __name__ == "__main__":
    main()
