"""Standard output and error that cost nobody his plan: what
cannot be written there is lost, and told where that helps.
"""

from __future__ import annotations

import io
import sys
from errno import EPIPE
from typing import BinaryIO, TextIO, cast


class _Forgiving(io.FileIO):
    """A stream that takes everything. ``failure`` is the first thing that went wrong."""

    failure: OSError | None = None

    def write(self, data: object) -> int:
        """The bytes written, or those that nobody gets."""
        try:
            written: int = super().write(data)  # type: ignore[arg-type]
        except OSError as error:
            self.failure = self.failure or error
            return memoryview(data).nbytes  # type: ignore[arg-type]
        return written


def forgive() -> None:
    """Let no full disk and no reader that has left stop the
    program. A Windows console, which is no file, has neither.
    """
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if isinstance(stream, io.TextIOWrapper) and type(_raw(stream)) is io.FileIO:
            raw = _Forgiving(stream.fileno(), "w", closefd=False)
            unbuffered = stream.buffer is _raw(stream)  # as PYTHONUNBUFFERED has it
            told = io.TextIOWrapper(
                cast(BinaryIO, raw) if unbuffered else io.BufferedWriter(raw),
                encoding=stream.encoding,
                errors="replace",
                line_buffering=stream.line_buffering,
                write_through=stream.write_through,
            )
            setattr(sys, name, told)


def _raw(stream: TextIO) -> object:
    buffer = getattr(stream, "buffer", None)
    return getattr(buffer, "raw", buffer)


def tell_what_was_lost() -> None:
    """At the end: output that was cut because its disk is full is told; a reader that left, as ``head`` does, knows."""
    sys.stdout.flush()
    raw = _raw(sys.stdout)
    if isinstance(raw, _Forgiving) and raw.failure is not None and raw.failure.errno != EPIPE:
        sys.stderr.write(
            "Det som skulle visas kunde inte skrivas ut i sin helhet; det som skrevs till filer är helt.\n"
        )
    sys.stderr.flush()
