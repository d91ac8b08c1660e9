"""Taking a publication back: the earlier plan's bookings as a re-plan
of the published one, numbered and checked; or what forbids it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from time import monotonic

from models.ids import Rule
from models.problem import Attendance, TermProblem
from outputs import plan_json
from outputs.words import day, person
from scheduler.plan.outcome import Options
from scheduler.plan.taking_back import Against, take_back
from scheduler.plan.task import GroupTask, Watch
from scheduler.search.progress import Progress
from scheduler.solvers.clock import Clock
from terminsplan import options as command_options
from terminsplan.exits import RefusedError
from terminsplan.mip_beside import highs_processes
from terminsplan.planning import Made, PlanInput, finished
from terminsplan.store import Stored


def taken_back(
    now: Stored,
    earlier: Stored,
    attendance: Iterable[Attendance],
    planning_day: date | None,
    solving: Options,
    *,
    on_progress: Callable[[Progress], None] = lambda _: None,
    should_stop: Callable[[], bool] = lambda: False,
) -> Made:
    """The plan that is published next; refuses in Swedish, naming the seats, where a rule stands against it.

    ``attendance`` is what is known today. Nobody has been told of a
    later day than that of the published plan, so it is never before it.
    """
    problem = _with_attendance(earlier.problem, attendance)
    today = max(command_options.planning_date(problem.settings, planning_day), now.plan.planning_date)
    former = now.plan.model_copy(update={"requirements": ()})
    digest = plan_json.problem_sha256(problem)
    task = GroupTask(problem, today, digest, solving, former, now.plan_sha256, highs_processes)
    found = take_back(task, earlier.plan, Watch(Clock.start(monotonic, solving.max_seconds), on_progress, should_stop))
    if found.outcome is None or found.outcome.plan is None:
        raise RefusedError(
            f"Plan {earlier.plan.plan_number} går inte att ta tillbaka som den var. Inget har skrivits.",
            *_told(problem, found.against),
        )
    plan_input = PlanInput(problem, today, solving, now, now.plan.series)
    return finished(plan_input, found.outcome.plan, found.outcome)


def _with_attendance(problem: TermProblem, attendance: Iterable[Attendance]) -> TermProblem:
    """The input with what is known of people and sessions that it has."""
    known = {
        (row.hire, row.session): row
        for row in (*problem.attendance, *attendance)
        if row.hire in problem.hire_by_id and row.session in problem.session_by_id
    }
    return problem.model_copy(update={"attendance": tuple(row for _, row in sorted(known.items()))})


def _told(problem: TermProblem, against: Iterable[Against]) -> Iterator[str]:
    """Every seat by name, under what stands against it."""
    for one in against:
        if one.rule is Rule.NOTICE:
            yield (
                "Inom varseltiden får ingen plats tas bort och ingen ny ges. Därför kan de här platserna inte bli som "
                "de var:"
            )
        elif one.rule is None:
            yield "De här platserna ger inte längre hela utbildningen:"
        else:
            yield f"De här platserna går inte att få tillbaka, eftersom {one.rule.words.label}:"
        yield from (f"– {_seat(problem, *seat)}" for seat in one.seats)


def _seat(problem: TermProblem, hire: str, session: str) -> str:
    name, known = person(problem, hire), problem.session_by_id[session]
    return f"{name if name == hire else f'{name} ({hire})'}: {session}, {day(known.day)}"
