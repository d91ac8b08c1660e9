"""Moving somebody by hand: from what was typed to wishes,
and from wishes to what they cost and to a plan (MODEL.md).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from time import monotonic
from typing import TYPE_CHECKING

from models.ids import Stability
from models.moving import BarWish, MoveWish, Wishes
from models.problem import TermProblem
from outputs import plan_json
from outputs.words import module_name
from scheduler.answers.wishes import Fault, WishedProblem, WishError, with_wishes
from scheduler.plan.moving import Answered, Tried, try_moves
from scheduler.plan.outcome import Options
from scheduler.search.progress import Progress
from terminsplan.chain import run_record
from terminsplan.exits import RefusedError
from terminsplan.finding import find_hire, find_programme, find_round
from terminsplan.mip_beside import get_highs_ready, highs_processes
from terminsplan.relaxation_beside import pdlp_processes
from terminsplan.store import Stored

if TYPE_CHECKING:  # as in _made
    from terminsplan.planning import Made


@dataclass(frozen=True)
class Trial:
    """What wishes come to against a stored plan; ``made`` is
    the plan of the answer that was asked for, if there is one.
    """

    wished: WishedProblem
    tried: Tried
    made: Made | None = None


def read_wishes(problem: TermProblem, moves: Iterable[str], bars: Iterable[str]) -> Wishes:
    """``PERSON:UTBILDNING=OMGÅNG``, ``PERSON:UTBILDNING:MOMENT=OMGÅNG``
    and ``PERSON=OMGÅNG`` as wishes; refuses what is not known.
    """
    return Wishes(
        moves=tuple(dict.fromkeys(_move(problem, text) for text in moves)),
        bars=tuple(dict.fromkeys(_bar(problem, text) for text in bars)),
    )


def try_by_hand(
    stored: Stored,
    wishes: Wishes,
    options: Options,
    *,
    make: Answered | None = None,
    on_progress: Callable[[Progress], None] = lambda _: None,
    should_stop: Callable[[], bool] = lambda: False,
) -> Trial:
    """Price the wishes; with ``make`` also the plan of that answer,
    numbered and checked. Refuses wishes that make no sense.
    """
    try:
        wished = with_wishes(stored.problem, stored.plan, wishes)
    except WishError as error:
        raise RefusedError(wish_fault(stored.problem, error)) from error
    get_highs_ready(wished.problem, most=1)  # often enough it is not asked at all
    tried = try_moves(
        wished,
        options=options,
        stability=_stability(stored),
        make=make,
        input_sha256=plan_json.problem_sha256(wished.problem),
        plan_sha256=stored.plan_sha256,
        on_progress=on_progress,
        should_stop=should_stop,
        mip=highs_processes,
        relaxing=pdlp_processes,
        now=monotonic,
    )
    return Trial(wished, tried, _made(stored, wished, tried, options))


def _made(stored: Stored, wished: WishedProblem, tried: Tried, options: Options) -> Made | None:
    outcome = tried.outcome
    if outcome is None or outcome.plan is None:
        return None
    # Numbering and checking a plan load much: only where one is made.
    from terminsplan.planning import Made, PlanInput, finished  # noqa: PLC0415

    plan_input = PlanInput(wished.problem, wished.plan.planning_date, options, stored, stored.plan.series)
    made = finished(plan_input, outcome.plan, outcome)
    return Made(made.plan_input, made.plan, made.outcome, made.levels, made.changes, by_hand=True)


def _stability(stored: Stored) -> Stability | None:
    """With which stability the plan was made; None where korning.json does not say."""
    run = run_record(stored.folder)
    options = run.get("options") if run is not None and run.get("plan_sha256") == stored.plan_sha256 else None
    told = options.get("stability") if isinstance(options, dict) else None
    return next((stability for stability in Stability if stability.value == told), None)


def _move(problem: TermProblem, text: str) -> MoveWish:
    left, round_ = _halves(problem, text, "--flytta", "PERSON:UTBILDNING=OMGÅNG")
    person, _, programme = left.rpartition(":")
    module = None
    if programme.strip().isdecimal() and ":" in person:
        module = int(programme)
        person, _, programme = person.rpartition(":")
    if not person.strip() or not programme.strip():
        raise _unreadable(text, "--flytta", "PERSON:UTBILDNING=OMGÅNG")
    hire, found = find_hire(problem, person.strip()), find_programme(problem, programme.strip())
    return MoveWish(hire=hire.id, programme=found, module=module, round=find_round(problem, round_, found))


def _bar(problem: TermProblem, text: str) -> BarWish:
    person, round_ = _halves(problem, text, "--sparra", "PERSON=OMGÅNG")
    return BarWish(hire=find_hire(problem, person).id, round=find_round(problem, round_))


def _halves(problem: TermProblem, text: str, option: str, form: str) -> tuple[str, str]:
    """What stands before the sign and after it: ids may hold it too, so a known round is looked for first."""
    ways = list(_ways(text))
    known = [way for way in ways if way[1] in problem.round_by_id]
    if not ways:
        raise _unreadable(text, option, form)
    return (known or ways)[-1]


def _ways(text: str) -> Iterator[tuple[str, str]]:
    for place, sign in enumerate(text):
        left, right = text[:place].strip(), text[place + 1 :].strip()
        if sign == "=" and left and right:
            yield left, right


def _unreadable(text: str, option: str, form: str) -> RefusedError:
    return RefusedError(f"”{text}” går inte att läsa; skriv {option} {form}.")


def wish_fault(problem: TermProblem, error: WishError) -> str:
    """Why a wish makes no sense, as a sentence."""
    name = problem.hire_by_id[error.hire].name
    programme = module_name(problem, error.programme, None)
    what = programme if error.module is None else f"moment {error.module} av {programme}"
    return {
        Fault.NOT_REQUIRED: f"{name} ({error.hire}) ska inte gå {programme}.",
        Fault.DONE: f"{name} ({error.hire}) är redan klar med {what}; det finns inget kvar att boka.",
        Fault.OTHER_PROGRAMME: f"{error.round} är ingen omgång av {programme}.",
        Fault.NO_MODULE: f"{programme} har inget moment {error.module}.",
        Fault.NOT_HELD_THERE: f"{error.round} har inget av det som {name} ({error.hire}) har kvar av {what}.",
        Fault.ONLY_TOGETHER: (
            f"{programme} hålls samman: {name} ({error.hire}) går alla moment som är kvar i en omgång. Utelämna "
            "momentet."
        ),
        Fault.CONTRADICTED: (
            f"Önskemålen om {name} ({error.hire}) säger emot varandra: {what} i två omgångar, eller spärrad där."
        ),
    }[error.fault]
