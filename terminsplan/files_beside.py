"""Outputs of a large plan that a second process makes while this one makes the others (docs/adr/219).

It makes bytes and writes no file: what lies in UT, and when, is the business of this process alone. Like all that are
started here it never hears Ctrl-C, and ends with its parent.
"""

from __future__ import annotations

import logging
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import PurePosixPath
from queue import Empty, SimpleQueue

from outputs.files.kinds import Files, Output, Planned
from terminsplan.collecting import collect_seldom
from terminsplan.interrupts import the_interrupts
from terminsplan.spawned import deaf_to_interrupts, end_with_parent

_LOG = logging.getLogger("terminsplan.files")
_LOOK_SECONDS = 0.05
_Made = Sequence[tuple[PurePosixPath, bytes]]
_Answers = SimpleQueue[_Made | None]


@contextmanager
def made_beside(outputs: Sequence[Output], planned: Planned) -> Iterator[Callable[[Output], Files]]:
    """Begin to make these outputs in a process of their own, which is ended on the way out.

    Yields what gives the files of each, asked for in the same order, as ``Output.placed`` does. What the process does
    not make, since it failed or was ended from outside, is made here: a fault of ours shows itself here too.
    """
    context = get_context("spawn")
    here, there = context.Pipe()
    process = context.Process(target=_make, args=(there,), daemon=True)
    # Held: only once it is known as a child is it ended along with this process.
    with the_interrupts().held(), deaf_to_interrupts():
        process.start()
    there.close()
    answers: _Answers = SimpleQueue()
    # Aside: the plan is larger than what a pipe holds, and the process is still starting.
    exchange = threading.Thread(target=_exchange, args=(here, outputs, planned, answers), daemon=True)
    exchange.start()
    try:
        yield partial(_files, answers, planned)
    finally:
        process.kill()
        process.join()
        exchange.join()
        here.close()


def _exchange(pipe: Connection, outputs: Sequence[Output], planned: Planned, answers: _Answers) -> None:
    """Send the plan, and take what is made of it; None where no more comes."""
    try:
        with suppress(OSError, EOFError, MemoryError):
            pipe.send((outputs, planned))
            for _ in outputs:
                answers.put(pipe.recv())
    finally:
        answers.put(None)


def _files(answers: _Answers, planned: Planned, output: Output) -> Files:
    made = _next(answers)
    if made is not None:
        yield from made
        return
    _LOG.warning("a second process did not make %s; it is made in this one", output.phase)
    answers.put(None)  # for the next output
    yield from output.placed(planned)


def _next(answers: _Answers) -> _Made | None:
    """Looks again and again: on Windows, whoever waits without end does not hear Ctrl-C."""
    while True:
        with suppress(Empty):
            return answers.get(timeout=_LOOK_SECONDS)


# --- in the process
# ----------------------------------------------------------------------------------------------------


def _make(pipe: Connection) -> None:
    """The files of each output, in the order in which they are asked for. A failure ends it without a word."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=end_with_parent, daemon=True).start()
    collect_seldom()
    with suppress(Exception):
        outputs, planned = pipe.recv()
        for output in outputs:
            pipe.send([(path, _whole(content)) for path, content in output.placed(planned)])


def _whole(content: bytes | Iterator[bytes]) -> bytes:
    return content if isinstance(content, bytes) else b"".join(content)
