"""How late a very large term ends after its time limit or after
Ctrl-C, and what memory it takes, with and without given bookings.

    python -m benchmarks.limits                        1,000 and 3,000 hires: some 25 minutes on a quiet machine
    python -m benchmarks.limits 1000 --limits 5 60 --interrupts 3 8

A row a run. ``over`` are the seconds of the whole command beyond the limit, which is one of
solving alone: reading, checking and writing come on top; or those from Ctrl-C to the end.
The machine must be quiet, for a limit is one on the clock. ``largest`` is the most that
a single process took, ``together`` all of them at one moment, in megabytes. Linux alone.
"""

from __future__ import annotations

import argparse
import csv
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
PROGRAMMES, ROUNDS = 20, 20
FIRST, LAST = date(2026, 8, 17), date(2027, 1, 15)
GIVEN_TO_EACH = 10
"""One of so many hires has a given booking."""
LIMITS = (5.0, 60.0)
INTERRUPTS = {1000: (2.0, 4.0, 7.0, 15.0, 30.0), 3000: (5.0, 12.0, 20.0, 40.0, 55.0)}
"""Seconds after which Ctrl-C comes: while the model is built, in
the first relaxations, in later levels, shortly before the end.
"""
LOOK_SECONDS = 0.1
COLUMNS = ("hires", "given", "stopped by", "seconds", "over", "processor", "largest", "together", "code")
Row = tuple[object, ...]


def main() -> None:
    """Run what was asked for, and print a row as soon as it is known."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("hires", nargs="*", type=int, default=[1000, 3000])
    parser.add_argument("--limits", nargs="*", type=float, default=LIMITS)
    parser.add_argument("--interrupts", nargs="*", type=float)
    asked = parser.parse_args()
    print(*COLUMNS, sep="\t")
    with tempfile.TemporaryDirectory(prefix="terminsplan-limits-") as scratch:
        for row in _rows(asked, Path(scratch)):
            print(*row, sep="\t", flush=True)


def _rows(asked: argparse.Namespace, scratch: Path) -> Iterator[Row]:
    for hires in asked.hires:
        interrupts = INTERRUPTS.get(hires, ()) if asked.interrupts is None else asked.interrupts
        for given in (False, True):
            tables = scratch / f"{hires}-{given}"
            write_term(hires, tables, given=given)
            for limit in asked.limits:
                yield hires, given, f"limit {limit:g}", *_run(tables, scratch / "plan", limit, None)
            for moment in interrupts:
                yield hires, given, f"Ctrl-C {moment:g}", *_run(tables, scratch / "plan", 600.0, moment)


def write_term(hires: int, folder: Path, *, given: bool) -> None:
    """A term of one group with a seat for everybody in every programme, as CSV files."""
    chance = random.Random(1)
    folder.mkdir()
    rounds = {f"U{p}-{k}": FIRST + timedelta(chance.randrange(100)) for p in range(PROGRAMMES) for k in range(ROUNDS)}
    settings = {
        "termin": "HT 2026",
        "terminsstart": FIRST,
        "terminsslut": LAST,
        "planeringsdag": "2026-08-03",
        "avsändare": "k@example.se",
    }
    _write(folder, "inställningar", ("nyckel", "värde"), settings.items())
    programmes = [(f"U{p}", f"Utbildning {p}", "ja") for p in range(PROGRAMMES)]
    _write(folder, "utbildningar", ("id", "namn", "sammanhållen"), programmes)
    seats = max(5, hires // 20 + hires // 100)
    _write(folder, "omgångar", ("id", "utbildning", "platser"), [(r, r.split("-")[0], seats) for r in rounds])
    sessions = [(r, module, _weekday(day, module), *_hours(r)) for r, day in rounds.items() for module in (1, 2)]
    _write(folder, "tillfällen", ("omgång", "moment", "datum", "start", "slut"), sessions)
    people = [
        (f"p{n:04}", f"Namn {n}", f"F{n % 4}", FIRST + timedelta(chance.randrange(-40, 60))) for n in range(hires)
    ]
    _write(folder, "nyanställda", ("id", "namn", "förvaltning", "anställd_från"), people)
    if given:
        latest = [max(rounds, key=lambda r: (r.startswith(f"U{p}-"), rounds[r])) for p in range(PROGRAMMES)]
        some = range(0, hires, GIVEN_TO_EACH)
        booked = [(f"p{n:04}", f"{latest[n // GIVEN_TO_EACH % PROGRAMMES]}-1") for n in some]
        _write(folder, "bokningar", ("nyanställd", "tillfälle"), booked)


def _weekday(day: date, module: int) -> date:
    found = day + timedelta(14 * (module - 1))
    return found + timedelta(max(0, 7 - found.weekday()) if found.weekday() > 4 else 0)


def _hours(round_: str) -> tuple[str, str]:
    return ("09:00", "12:00") if int(round_.split("-")[1]) % 2 else ("13:00", "16:00")


def _write(folder: Path, table: str, head: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    with (folder / f"{table}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(head)
        writer.writerows(rows)


def _run(tables: Path, output: Path, limit: float, interrupted: float | None) -> Row:
    """One plan; what it said goes to standard error where no plan came of it."""
    command = [
        sys.executable,
        "-m",
        "terminsplan",
        "planera",
        str(tables),
        "-o",
        str(output),
        "--max-tid",
        f"{limit:g}",
    ]
    began, before = time.monotonic(), os.times()
    largest = together = 0.0
    with tempfile.TemporaryFile() as said:
        running = subprocess.Popen([*command, "--tvinga", "--tyst"], cwd=ROOT, stdout=said, stderr=said)
        stopped = began + (limit if interrupted is None else interrupted)
        while running.poll() is None:
            if interrupted is not None and time.monotonic() >= stopped:
                running.send_signal(signal.SIGINT)
                stopped, interrupted = time.monotonic(), None
            sizes = [_megabytes(process) for process in _with_children(running.pid)]
            largest = max(largest, *(size["Rss"] for size in sizes))
            together = max(together, sum(size["Pss"] for size in sizes))
            time.sleep(LOOK_SECONDS)
        ended, after = time.monotonic(), os.times()
        said.seek(0)
        if running.returncode:
            print(said.read().decode(), file=sys.stderr)
    processor = after.children_user + after.children_system - before.children_user - before.children_system
    figures = (ended - began, ended - stopped, processor)
    return *(f"{figure:.1f}" for figure in figures), round(largest), round(together), running.returncode


def _with_children(process: int) -> list[int]:
    found = [process]
    for file in Path(f"/proc/{process}/task").glob("*/children"):
        try:
            children = file.read_text().split()
        except OSError:  # it has ended
            continue
        for child in children:
            found += _with_children(int(child))
    return found


def _megabytes(process: int) -> dict[str, float]:
    """What is resident of it, whole and shared out among those who share it."""
    sizes: dict[str, Any] = {"Rss": 0.0, "Pss": 0.0}
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    except OSError:  # it has ended
        return sizes
    sizes |= {
        parts[0][:-1]: int(parts[1]) * 1024 / 1e6 for line in lines if (parts := line.split())[0] in ("Rss:", "Pss:")
    }
    return sizes


if __name__ == "__main__":
    main()
