"""``python -m service.jobs.process``: one job, in a process of its own that ends with its planner.

The first line of standard input says what to do, a later one ``stop`` asks for
the best plan so far; its end is that of the planner. Standard output gets a line
of JSON for each step, and the last one tells how it ended. It knows no database.
"""

from __future__ import annotations

import _thread
import json
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from datetime import date
from pathlib import Path
from time import monotonic
from typing import Any, TextIO

from models.ids import Stability
from models.moving import BarWish, MoveWish, Wishes
from outputs.moving import as_data
from outputs.plan_json import read_problem
from outputs.words.moving import MoveWords
from scheduler.plan.outcome import Options
from scheduler.search.progress import Progress
from scheduler.solvers.clock import Clock, Stopwatch
from service.jobs.index import index
from service.reading.limits import give_way
from terminsplan import progress, store, summary
from terminsplan.bug_report import lines
from terminsplan.collecting import collect_seldom
from terminsplan.exits import Exit, RefusedError
from terminsplan.files import plan_files
from terminsplan.job import PlanRequest, run
from terminsplan.moving import try_by_hand
from terminsplan.stopping import aside, listening
from terminsplan.store import open_plan
from terminsplan.system_errors import told
from terminsplan.taking_back import taken_back
from terminsplan.terminal import Terminal

STOP = "stop"
TRY = "try"
TAKE_BACK = "take_back"
TRY_SECONDS = 10
INDEX = "index.json"

_OPTIONS = (
    (" med --max-tid", ""),
    (" (--max-tid)", ""),
    ("rätt dag med --planeringsdag", "en annan planeringsdag"),
    (" med --tidigare", ""),
    ("Ange --tvinga om du ändå vill utgå från den.", ""),
)


class JobTerminal(Terminal):
    """Tells the planner what a command would tell the user."""

    def __init__(self, tell: Callable[[Mapping[str, Any]], None]) -> None:
        super().__init__(quiet=True, as_json=False)
        self._tell = tell
        self.said: list[str] = []
        self.outcome: Mapping[str, object] = {}

    def progress(self, label: str = "") -> AbstractContextManager[Callable[[Progress], None]]:
        """Each step is told."""
        return self._telling(label)

    @contextmanager
    def _telling(self, label: str) -> Iterator[Callable[[Progress], None]]:
        def tell(step: Progress) -> None:
            self._tell(
                {
                    "level": step.level.value if step.level else None,
                    "value": step.value,
                    "bound": step.bound,
                    "words": f"{label}{progress.in_words(step)}",
                }
            )

        yield tell

    def note(self, *lines: str) -> None:
        """Kept for the page."""
        self.said += lines

    def heard_stop(self) -> None:
        """The page says so already."""

    def result(self, code: Exit, content: Mapping[str, object]) -> None:
        """What ``--json`` would write."""
        told = json.loads(json.dumps(content, default=str))
        self.outcome = {"exit_code": int(code)} | {name: value for name, value in told.items() if name != "folder"}


def main() -> None:
    """Do the one job."""
    give_way()
    out = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    task = json.loads(sys.stdin.readline())
    threading.Thread(target=_listen, args=(sys.stdin,), daemon=True).start()
    collect_seldom()
    told = threading.Lock()

    def tell(content: Mapping[str, Any]) -> None:
        with told:
            try:
                out.write(json.dumps(content) + "\n")
                out.flush()
            except OSError:
                os._exit(1)  # the planner is gone, and whoever takes the job up begins it anew

    terminal = JobTerminal(tell)
    tell({"end": _for_pages(_without_paths(_work(task, terminal), task))})
    out.close()
    os._exit(0)


def _listen(stream: TextIO) -> None:
    """Ask for the best plan so far, as Ctrl-C does; or end with the planner."""
    for line in stream:
        if line.strip() == STOP:
            _thread.interrupt_main(signal.SIGINT)
    os._exit(1)


def _without_paths(end: Mapping[str, Any], task: Mapping[str, Any]) -> Mapping[str, Any]:
    """What a user calls the files, in place of where they lie on the server."""
    names = task["names"]
    text = json.dumps(end, ensure_ascii=False)
    for key, name in names.items():
        if task.get(key):
            text = text.replace(json.dumps(task[key], ensure_ascii=False)[1:-1], name)
    found: Mapping[str, Any] = json.loads(text)
    return found


def _for_pages(end: Mapping[str, Any]) -> Mapping[str, Any]:
    """The message without the command's options: pages have boxes of the same names, and other programs their own."""
    return {**end, "message": without_options(end["message"])}


def without_options(message: str) -> str:
    """What a command says, less the options that it points to."""
    for said, instead in _OPTIONS:
        message = message.replace(said, instead)
    return "\n".join(line.rstrip() for line in message.splitlines())


def _work(task: Mapping[str, Any], terminal: JobTerminal) -> Mapping[str, Any]:
    try:
        if task["kind"] == TRY:
            return _tried(task, terminal)
        output = Path(task["output"])
        code = _took_back(task, terminal) if task["kind"] == TAKE_BACK else run(_request(task), terminal)
        made = index(open_plan(output))
        _write_whole(output.parent / INDEX, json.dumps(made))
    except RefusedError as refusal:
        return {"code": int(refusal.code), "message": "\n".join(refusal.lines), "result": refusal.details}
    except KeyboardInterrupt:
        return {"code": int(Exit.STOPPED), "message": "Avbrutet innan någon plan var funnen.", "result": None}
    except OSError as error:
        return {"code": int(Exit.INPUT), "message": f"Planen gick inte att spara: {told(error)}.", "result": None}
    except Exception as error:
        sys.stderr.writelines(f"{line}\n" for line in lines(error))
        return {
            "code": int(Exit.BUG),
            "message": (
                f"Något oväntat hände ({type(error).__name__}). Det är ett fel i terminsplan, inte i underlaget."
            ),
            "result": None,
        }
    return {"code": int(code), "message": "\n".join(terminal.said), "result": terminal.outcome}


def _write_whole(place: Path, text: str) -> None:
    """The file is there with all its bytes, or not at all."""
    part = place.with_suffix(".del")
    part.write_text(text, "utf-8")
    part.replace(place)


def _tried(task: Mapping[str, Any], terminal: JobTerminal) -> Mapping[str, Any]:
    """What ``prova --json`` tells, and in words what ``prova`` does."""
    stored, options = open_plan(Path(task["earlier"])), task["options"]
    wishes = Wishes(
        moves=tuple(MoveWish(**wish) for wish in options["move"]),
        bars=tuple(BarWish(**wish) for wish in options["bar"]),
    )
    solving = Options(max_seconds=float(options.get("max_seconds") or TRY_SECONDS), seed=int(options.get("seed", 1)))
    with listening(terminal.heard_stop) as stop, terminal.progress() as on_progress:
        trial = aside(lambda: try_by_hand(stored, wishes, solving, on_progress=on_progress, should_stop=stop.asked))
    price = trial.tried.price
    told = MoveWords(trial.wished.problem, trial.wished.wishes)
    lines = [
        "Om bara de som nämns flyttas:",
        *told.alone(price.alone),
        "Om andra också får flyttas:",
        *told.best(price),
    ]
    return {
        "code": int(Exit.DONE),
        "message": "\n".join([*told.wished(), *lines]),
        "result": {"exit_code": int(Exit.DONE), **as_data(price)},
    }


def _took_back(task: Mapping[str, Any], terminal: JobTerminal) -> Exit:
    """The bookings of an earlier publication, as a re-plan of the published plan."""
    stopwatch = Stopwatch(Clock.start(monotonic))
    target = store.target(Path(task["output"]), force=False, sources=[])
    now, earlier = open_plan(Path(task["earlier"])), open_plan(Path(task["back_to"]))
    told = read_problem(Path(task["told"]).read_bytes()) if "told" in task else now.problem
    request = _request(task)
    stopwatch.end("read")
    with listening(terminal.heard_stop) as stop, terminal.progress() as on_progress:
        made = aside(
            lambda: taken_back(
                now,
                earlier,
                told.attendance,
                request.planning_day,
                request.solving,
                on_progress=on_progress,
                should_stop=stop.asked,
            )
        )
        stopwatch.end("solve")
        terminal.note(*target.write(plan_files(made, stopwatch)))
    summary.show_plan(terminal, made.plan_input.problem, made.plan)
    terminal.result(Exit.DONE, summary.plan_data(made.plan_input.problem, made.plan))
    return Exit.DONE


def _request(task: Mapping[str, Any]) -> PlanRequest:
    options = task["options"]
    day = options.get("planning_date")
    stability = Stability(options.get("stability") or Stability.CAREFUL.value)
    solving = Options(
        max_seconds=float(options.get("max_seconds") or 60), seed=int(options.get("seed", 1)), stability=stability
    )
    return PlanRequest(
        source=Path(task["source"]),
        output=Path(task["output"]),
        planning_day=date.fromisoformat(day) if day else None,
        solving=solving,
        strict=False,
        force=False,
        pseudonyms=False,
        earlier=Path(task["earlier"]) if task.get("earlier") else None,
    )


if __name__ == "__main__":
    main()
