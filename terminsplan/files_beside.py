"""Outputs of a large plan that a second process makes while this one makes the others (docs/adr/219).

It makes bytes and writes no file: what lies in UT, and when, is the business of this process alone. Like all that are
started here it never hears Ctrl-C, and ends with its parent.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import PurePosixPath

from outputs.files.kinds import Files, Output, Planned
from terminsplan.collecting import collect_seldom
from terminsplan.interrupts import the_interrupts
from terminsplan.spawned import begin_as_child, deaf_to_interrupts

_LOG = logging.getLogger("terminsplan.files")
_LOOK_SECONDS = 0.05
_Made = tuple[PurePosixPath, bytes]


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
    # Aside: the plan is larger than what a pipe holds, and the process is still starting.
    sending = threading.Thread(target=_send, args=(here, process, (outputs, planned)), daemon=True)
    sending.start()
    try:
        yield partial(_files, here, planned)
    finally:
        process.kill()
        process.join()
        sending.join()
        here.close()


def _send(pipe: Connection, process: BaseProcess, work: tuple[Sequence[Output], Planned]) -> None:
    """Send the work; a process that cannot be given it is ended, for nobody shall wait for it."""
    try:
        pipe.send(work)
    except (OSError, MemoryError):
        process.kill()


def _files(pipe: Connection, planned: Planned, output: Output) -> Files:
    """The files of an output as they come, one after the other: all of them at once are too much memory here."""
    given: set[PurePosixPath] = set()
    with suppress(OSError, EOFError):
        while (made := _next(pipe)) is not None:
            given.add(made[0])
            yield made
        return
    _LOG.warning("a second process did not make %s; it is made in this one", output.phase)
    yield from ((path, content) for path, content in output.placed(planned) if path not in given)


def _next(pipe: Connection) -> _Made | None:
    """Looks again and again: on Windows, whoever waits without end does not hear Ctrl-C."""
    while not pipe.poll(_LOOK_SECONDS):
        pass
    made: _Made | None = pipe.recv()
    return made


# --- in the process
# ----------------------------------------------------------------------------------------------------


def _make(pipe: Connection) -> None:
    """The files of all outputs are made, then sent one after the other as they are taken, with None after each output.

    A failure ends it without a word.
    """
    begin_as_child()
    collect_seldom()
    with suppress(Exception):
        outputs, planned = pipe.recv()
        made = [[(path, _whole(content)) for path, content in output.placed(planned)] for output in outputs]
        for files in made:
            for one in (*files, None):
                pipe.send(one)


def _whole(content: bytes | Iterator[bytes]) -> bytes:
    return content if isinstance(content, bytes) else b"".join(content)
