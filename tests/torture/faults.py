"""Faults at every step of writing: a plan folder is replaced over and over, each time with a fault at the next step.

Steps are what Python reports to its audit hooks while files change: opening, making, renaming, removing, changing
rights. Each run is a fork, so that a thousand of them take seconds. Run as ``python -m tests.torture.faults``; prints a
line for each kind, exits 1 on a failure.
"""

from __future__ import annotations

import errno
import os
import shutil
import signal
import sys
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path, PurePosixPath

from terminsplan import store
from terminsplan.exits import Exit, RefusedError
from terminsplan.interrupts import NOTHING_WRITTEN, Interrupts
from tests.torture.told import Row

_STEPS = (
    "open",
    "os.mkdir",
    "os.rename",
    "os.remove",
    "os.rmdir",
    "os.chmod",
    "os.listdir",
    "os.scandir",
    "shutil.rmtree",
)
_NAMES = ("plan.json", "indata.json", "korning.json", "kalendrar/person/p1.ics", "kalendrar/omgang/CI-1.ics")
_REFUSED = 2
Fault = Callable[[int], None]


def whole(folder: Path) -> str | None:
    """The text that all files of a folder hold; None where there is no whole plan."""
    texts = {path.read_text("utf-8") for path in folder.rglob("*") if path.is_file()}
    number = sum(path.is_file() for path in folder.rglob("*"))
    return texts.pop() if len(texts) == 1 and number == len(_NAMES) else None


def write(folder: Path, text: str) -> None:
    """A small plan over whatever plan is there."""
    files = [(PurePosixPath(name), text.encode()) for name in _NAMES]
    store.target(folder, force=True, sources=[]).write(files)


def run(folder: Path, fault: Fault) -> tuple[int, str]:
    """A fork that writes ``new`` with a fault at its steps: how it ended (negative: by a signal), and what it said."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        with suppress(BaseException):
            _child(folder, fault, writing)
        os._exit(99)
    os.close(writing)
    with os.fdopen(reading, encoding="utf-8") as said:
        text = said.read()
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), text


def _child(folder: Path, fault: Fault, writing: int) -> None:
    def leave(code: Exit, sentence: str) -> None:
        os.write(writing, sentence.encode())
        os._exit(code)

    Interrupts(leave).listen()  # type: ignore[arg-type]  # it ends the process, which mypy cannot know of this one
    count = 0

    def hook(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal count
        if event in _STEPS and any(
            ".terminsplan-" in os.fsdecode(a) for a in arguments if isinstance(a, (str, os.PathLike))
        ):
            count += 1
            fault(count)

    sys.addaudithook(hook)
    try:
        write(folder, "new")
    except RefusedError:
        os._exit(_REFUSED)
    os._exit(0)


def every_step(
    make: Callable[[int], Fault], check: Callable[[Path, int, str], str | None], stride: int = 1
) -> tuple[int, list[str]]:
    """The fault at the first step, at the second (or a stride
    further), until a run has none. Runs tried, and what failed.
    """
    failed: list[str] = []
    place = Path(tempfile.mkdtemp(prefix="terminsplan-prov-"))
    try:
        for number, step in enumerate(range(1, 10_000, stride)):
            for rest in place.iterdir():
                shutil.rmtree(rest) if rest.is_dir() else rest.unlink()
            folder = place / "plan"
            write(folder, "old")
            reached = place / "reached"

            def fault(count: int, step: int = step, reached: Path = reached) -> None:
                if count >= step:
                    if count == step:
                        os.close(os.open(reached, os.O_CREAT | os.O_WRONLY))
                    make(step)(count)

            code, said = run(folder, fault)
            if not reached.exists():
                return number, failed
            reached.unlink()
            if wrong := check(folder, code, said):
                failed.append(f"step {step}: {wrong}")
        raise AssertionError("a run without an end")
    finally:
        shutil.rmtree(place)


def killed(step: int) -> Fault:
    """The process is gone at once."""
    return lambda count: os.kill(os.getpid(), signal.SIGKILL) if count == step else None


def interrupted(number: signal.Signals, times: int) -> Callable[[int], Fault]:
    """A signal at the step, and at those that follow."""
    return lambda step: lambda count: os.kill(os.getpid(), number) if step <= count < step + times else None


def failing(code: int) -> Callable[[int], Fault]:
    """The system refuses this step, or (a full disk) every step that makes something from here on."""

    def make(step: int) -> Fault:
        def fault(count: int) -> None:
            if count == step:
                raise OSError(code, os.strerror(code))

        return fault

    return make


def after_a_kill(folder: Path, code: int, _said: str) -> str | None:
    """The old plan or the new one, whole; and nothing beside it once it has been looked at."""
    store.tidy(folder)
    if whole(folder) not in ("old", "new"):
        return f"no whole plan (code {code})"
    write(folder, "next")
    return _rubbish(folder)


def after_a_signal(folder: Path, code: int, said: str) -> str | None:
    """What was said is true, and so is the code; nothing is left to clear away but the lock's empty file."""
    text = whole(folder)
    told_new = said != NOTHING_WRITTEN
    if code not in (0, int(Exit.STOPPED)) or (text == "new") != (code == 0) or (text == "new") != told_new:
        return f"{text!r} was written, {code} was the code, {said!r} was said"
    if text not in ("old", "new"):
        return "no whole plan"
    return _rubbish(folder, "-las")


def after_a_failure(folder: Path, code: int, _said: str) -> str | None:
    """Refused with the old plan whole, or done with the new one."""
    text = whole(folder)
    if (code, text) not in ((_REFUSED, "old"), (0, "new"), (_REFUSED, "new")):
        store.tidy(folder)
        if code != _REFUSED or whole(folder) not in ("old", "new"):
            return f"code {code}, {text!r} written"
    write(folder, "next")
    return _rubbish(folder)


def _rubbish(folder: Path, but: str = "\n") -> str | None:
    left = [path.name for path in folder.parent.iterdir() if path.name not in (folder.name,) and but not in path.name]
    return f"left beside it: {left}" if left else None


KINDS: dict[str, tuple[Callable[[int], Fault], Callable[[Path, int, str], str | None]]] = {
    "killed (SIGKILL)": (killed, after_a_kill),
    "Ctrl-C once": (interrupted(signal.SIGINT, 1), after_a_signal),
    "Ctrl-C twice": (interrupted(signal.SIGINT, 2), after_a_signal),
    "SIGTERM": (interrupted(signal.SIGTERM, 1), after_a_signal),
    "disk full (ENOSPC)": (failing(errno.ENOSPC), after_a_failure),
    "quota (EDQUOT)": (failing(errno.EDQUOT), after_a_failure),
    "no right (EACCES)": (failing(errno.EACCES), after_a_failure),
    "broken disk (EIO)": (failing(errno.EIO), after_a_failure),
    "read-only (EROFS)": (failing(errno.EROFS), after_a_failure),
}


def rows(stride: int = 1) -> list[Row]:
    """Kind, steps tried, failures."""
    return [(kind, *every_step(make, check, stride)) for kind, (make, check) in KINDS.items()]


def main() -> None:
    """All kinds."""
    found = rows()
    for kind, tried, failed in found:
        sys.stdout.write(f"{kind}: {tried} tried, {len(failed)} failed\n" + "".join(f"  {line}\n" for line in failed))
    sys.exit(any(failed or not tried for _, tried, failed in found))


if __name__ == "__main__":
    main()
