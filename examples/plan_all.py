"""Plan every example as its coordinator would, check the
plans, and write what came out into README.md beside this file.

    python examples/plan_all.py [WHERE]        the plans are kept in WHERE, by default plan/exempel

Fails when a level is neither proven nor within one percent of its bound, or when ``granska`` has anything to say.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

EXAMPLES = Path(__file__).resolve().parent
README = EXAMPLES / "README.md"
BEGIN, END = "<!-- resultat: börjar -->", "<!-- resultat: slutar -->"
GAP_PERCENT = 1
HEADINGS = (
    "exempel",
    "nyanställda",
    "omgångar",
    "i tid",
    "försenade",
    "saknar plats",
    "väntar",
    "slutar",
    "på egen tid",
    "klara förut",
    "sekunder",
)
STATES = ("on_time", "late", "missing", "waiting", "leaves", "on_own", "done")


@dataclass(frozen=True)
class Task:
    """An input to plan, for at most so many seconds; a re-plan begins from an earlier one of these."""

    name: str
    source: str
    max_seconds: int = 60
    after: str | None = None


TASKS = (
    Task("goteborg-ht2026", "goteborg-ht2026/csv"),
    Task("goteborg-ht2026, oktober", "goteborg-ht2026/oktober", after="goteborg-ht2026"),
    Task("goteborg-ht2026, december", "goteborg-ht2026/december", after="goteborg-ht2026, oktober"),
    Task("goteborg-vt2027", "goteborg-vt2027/csv"),
    Task("goteborg-2014", "goteborg-2014/csv", max_seconds=240),
    Task("gr-yrkesresan", "gr-yrkesresan/csv"),
    Task("stockholm-grund", "stockholm-grund/csv"),
    Task("kiruna", "kiruna/csv"),
    Task("jonkoping", "jonkoping/csv"),
    Task("umea", "umea/csv"),
    Task("uppsala", "uppsala/csv"),
    Task("krokom", "krokom/csv"),
    Task("traineer", "traineer/csv"),
)


def main() -> int:
    """Plan all, tell and write the table; 1 when something is wrong."""
    place = Path(sys.argv[1]) if len(sys.argv) > 1 else EXAMPLES.parent / "plan" / "exempel"
    rows, faults = [], []
    for task in TASKS:
        folder = place / _slug(task.name)
        _plan(task, folder, place)
        rows.append(_row(task, folder))
        faults += [f"{task.name}: {fault}" for fault in _faults(task, folder, place)]
        print(*rows[-1], sep="\t", flush=True)
    _write_table(rows)
    print(*faults, sep="\n")
    return 1 if faults else 0


def _slug(name: str) -> str:
    return name.replace(", ", "-")


def _plan(task: Task, folder: Path, place: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    command = ["planera" if task.after is None else "omplanera", EXAMPLES / task.source, "-o", folder]
    _run(*command, *_earlier(task, place), "--max-tid", task.max_seconds, "--tyst", check=True)


def _earlier(task: Task, place: Path) -> Sequence[object]:
    return () if task.after is None else ("--tidigare", place / _slug(task.after))


def _run(*arguments: object, check: bool) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "terminsplan", *map(str, arguments)]
    return subprocess.run(command, check=check, cwd=EXAMPLES.parent, text=True, stdout=subprocess.PIPE)


def _row(task: Task, folder: Path) -> tuple[object, ...]:
    plan, problem, run = (_read(folder / name) for name in ("plan.json", "indata.json", "korning.json"))
    states = Counter(requirement["state"] for requirement in plan["requirements"])
    running = sum(use["runs"] for use in plan["rounds"])
    seconds = f"{sum(run['level_seconds'].values()):.0f}"
    return task.name, len(problem["hires"]), running, *(states[state] for state in STATES), seconds


def _faults(task: Task, folder: Path, place: Path) -> Iterator[str]:
    for level in _read(folder / "plan.json")["levels"]:
        if not (level["proven"] or _near(level["value"], level["bound"])):
            yield f"{level['name']} är {level['value']}, bevisat bara {level['bound']}"
    checked = _run("granska", EXAMPLES / task.source, folder, *_earlier(task, place), check=False)
    if checked.returncode != 0:
        yield f"granska slutade med {checked.returncode}: {checked.stdout}"


def _near(value: int, bound: int | None) -> bool:
    return bound is not None and 100 * (value - bound) <= GAP_PERCENT * value


def _read(path: Path) -> Any:  # noqa: ANN401 - three files of three shapes
    return json.loads(path.read_bytes())


def _write_table(rows: Sequence[Sequence[object]]) -> None:
    """Between its two marks; what stands around it is written by hand."""
    before, rest = README.read_text("utf-8").split(BEGIN)
    after = rest.split(END)[1]
    marked = [HEADINGS, ["---", *["---:"] * (len(HEADINGS) - 1)], *rows]
    table = "\n".join("| " + " | ".join(map(str, row)) + " |" for row in marked)
    README.write_text(f"{before}{BEGIN}\n{table}\n{END}{after}", "utf-8")


if __name__ == "__main__":
    sys.exit(main())
