"""HiGHS in a process of its own beside this one (``scheduler.mip``): it cannot be interrupted, but a process can be ended.

Started when there is something to solve for the first time, and kept for the next. Not one of ``multiprocessing``: that would load the
main module there too, and with it OR-Tools, which HiGHS's package cannot be beside (SPEED.md, point 8).
"""

from __future__ import annotations

import atexit
import logging
import os
import pickle
import queue
import subprocess
import sys
import threading
from contextlib import suppress

from scheduler.mip import NOTHING, MipAnswer, MipRun, MipTask
from terminsplan.spawned import deaf_to_interrupts

PROCESS = "terminsplan.mip_process"
LOG = logging.getLogger("terminsplan.mip")
"""What went wrong in HiGHS: the type of the exception, no name or value."""


def beside(task: MipTask) -> MipRun:
    """The task for the process beside this one, which is idle: whoever began a task waits for it or leaves it."""
    worker = next((idle for idle in (_workers.pop() for _ in tuple(_workers)) if idle.alive), None) or Worker()
    worker.give(task)
    return worker


class Worker:
    """The process, seen from here."""

    def __init__(self) -> None:
        known = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
        safely = ["-P"] if hasattr(sys.flags, "safe_path") else []  # nothing is loaded from where the user stands
        quiet: int = getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0)  # Windows: Ctrl-C is not for it
        with deaf_to_interrupts():
            self.process = subprocess.Popen(
                [sys.executable, *safely, "-m", PROCESS],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                env=known,
                creationflags=quiet,
            )
        self._answers: queue.SimpleQueue[MipAnswer] = queue.SimpleQueue()
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()
        atexit.register(self.leave)

    @property
    def alive(self) -> bool:
        """Nothing from outside has ended the process."""
        return self.process.poll() is None

    def give(self, task: MipTask) -> None:
        """A task to work on. Larger than what a pipe holds: sent aside, for the process may still be starting."""
        threading.Thread(target=self._send, args=(task,), daemon=True).start()

    def answer(self, seconds: float) -> MipAnswer | None:
        """What came out; a process that was ended from outside, as when memory runs out, has found nothing."""
        try:
            found = self._answers.get(timeout=max(0.0, seconds))
        except queue.Empty:
            return None
        if self.alive:
            _workers.append(self)
        return found

    def leave(self) -> None:
        """End the process."""
        atexit.unregister(self.leave)
        self.process.kill()
        self.process.wait()
        self._listener.join()
        for pipe in (self.process.stdin, self.process.stdout):
            with suppress(OSError):
                pipe.close() if pipe else None

    def _send(self, task: MipTask) -> None:
        assert self.process.stdin is not None
        with suppress(OSError, ValueError):  # it was ended: ``answer`` says so
            pickle.dump(task, self.process.stdin)
            self.process.stdin.flush()

    def _listen(self) -> None:
        assert self.process.stdout is not None
        with suppress(OSError, EOFError, pickle.UnpicklingError):
            while True:
                answer, failure = pickle.load(self.process.stdout)
                if failure:
                    LOG.warning("HiGHS: %s", failure)
                self._answers.put(answer)
        self.process.wait()  # so that nobody takes it for idle
        self._answers.put(NOTHING)


_workers: list[Worker] = []
"""The one that is idle, if any."""
