"""Single values of a plan's stored files changed at random, and commands run on what comes out.

None may end as a bug does: each gives a Swedish sentence or a right result.
"""

from __future__ import annotations

import hashlib
import json
import random
import shutil
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from click.testing import Result

Typed = Callable[..., Result]
FILES = ("plan.json", "plan.json", "indata.json", "korning.json", "andringar.json")
VALUES: tuple[object, ...] = (
    *(None, True, 0, -1, 1, 2**70, 1.5, float("nan"), float("inf"), "", "x", "Å\u0000", "\ud800", "x" * 5000),
    *("9999-12-31", "0001-01-01", 253402300799, "9999-12-31T23:59:59+00:00", "0001-01-01T00:00:00+14:00", "2026-02-30"),
    *("p1", "p2", "CI", "CI-1", "CI-2-1", "N", "Europe/Paris", "Ingenstans", "Gudrun Alsensjö", "\u202e=1+1"),
    *([], {}, [None], ["CI", "CI"], [1, 2, 3], "on_time", "missing", "done"),
)


def places(value: Any, at: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:  # noqa: ANN401
    """The way to every value in a JSON document."""
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, part in items:
        yield (*at, key)
        yield from places(part, (*at, key))


def change(folder: Path, chance: random.Random) -> str:
    """One value of one file changed, removed or doubled; the hash of the input is made to fit. What was done."""
    name = chance.choice(FILES)
    content = json.loads((folder / name).read_text("utf-8"))
    place = chance.choice(list(places(content)))
    home = content
    for key in place[:-1]:
        home = home[key]
    way = chance.random()
    if way < 0.15:
        del home[place[-1]]
        done = "removed"
    elif way < 0.25 and isinstance(home, list):
        home.append(home[place[-1]])
        done = "doubled"
    else:
        home[place[-1]] = chance.choice(VALUES)
        done = repr(home[place[-1]])[:40]
    (folder / name).write_text(json.dumps(content), "utf-8")
    if name == "indata.json":
        plan = json.loads((folder / "plan.json").read_text("utf-8"))
        plan["input_sha256"] = hashlib.sha256((folder / name).read_bytes()).hexdigest()
        (folder / "plan.json").write_text(json.dumps(plan), "utf-8")
    return f"{name} {place}: {done}"


def tried(typed: Typed, tables: Path, first: Path, second: Path, place: Path, *, seed: int, number: int) -> list[str]:
    """So many changes of the re-plan ``second`` of ``first``, three commands on each: those that ended as a bug."""
    chance, bugs = random.Random(seed), []
    late = place / "sena"
    late.mkdir(parents=True)
    (late / "nyanställda.csv").write_text("id;namn;förvaltning;anställd_från\np9;Nya Nora;N;2026-08-12\n", "utf-8")
    for turn in range(number):
        work = Path(shutil.copytree(second, place / "ändrad"))
        what = change(work, chance)
        out = place / f"ut{turn}"
        solving = ("--tidigare", work, "-o", out / "plan", "--tvinga", "--tyst", "--max-tid", 2)
        commands = (
            ("omplanera", tables, *solving),
            ("omplanera", "--sena", late, *solving, "--planeringsdag", "2026-08-04"),
            ("orsak", work, "p1"),
            ("skillnad", first, work),
            ("granska", tables, work),
            ("nasta-termin", work, "-o", out / "nasta"),
            *(("exportera", work, "--som", form, "-o", out / form) for form in ("xlsx", "html", "csv", "ics")),
        )
        for command in chance.sample(commands, 3):
            error = typed(*command).exception
            if error is not None and not isinstance(error, SystemExit):
                where = traceback.extract_tb(error.__traceback__)[-1]
                bugs.append(
                    f"{what}: {command[0]} {type(error).__name__} at {Path(where.filename).name}:{where.lineno}"
                )
            shutil.rmtree(out, ignore_errors=True)
        shutil.rmtree(work)
    return bugs
