"""What would help, in words."""

from __future__ import annotations

from datetime import date, timedelta

from models.plan import Requirement, Suggestion
from models.problem import TermProblem
from outputs.words.dates import day, span, week
from outputs.words.labels import module_name
from outputs.words.numbers import listed

MOST_ORGANISATIONS = 2


def suggestion(problem: TermProblem, requirement: Requirement, idea: Suggestion) -> str:
    """``en plats till i YR-HT26-2: 3 fler i tid, däribland den här``."""
    return f"{proposal(problem, requirement.programme, idea)}: {_effect(idea)}"


def proposal(problem: TermProblem, programme: str, idea: Suggestion) -> str:
    """What to change, without what it gives."""
    if idea.kind == "plats":
        return f"en plats till i {idea.round}"
    if idea.kind == "förslag":
        return f"låt förslaget {idea.round} bli av"
    when = _when(idea.week)
    if idea.kind == "ny_omgång":
        return f"en omgång till av {module_name(problem, programme, idea.module)}{_open_to(problem, idea)}{when}"
    return f"senare ärendestart, {day(idea.week)}" if idea.week else "senare ärendestart"


def _open_to(problem: TermProblem, idea: Suggestion) -> str:
    """Whom the round that would be run again is open to, unless to all."""
    pattern = problem.round_by_id.get(idea.round or "")
    if pattern is None or not pattern.organisations:
        return ""
    if len(pattern.organisations) > MOST_ORGANISATIONS:
        return f" för {len(pattern.organisations)} förvaltningar"
    return " för " + listed(problem.organisation_by_id[o].name for o in pattern.organisations)


def _when(monday: date | None) -> str:
    if monday is None:
        return ""
    # The year goes without saying within a term.
    days = span(monday, monday + timedelta(days=4)).rsplit(" ", 1)[0]
    return f", {week(monday)} ({days})"


def _effect(idea: Suggestion) -> str:
    gain = f"{idea.more_on_time} fler i tid"
    if idea.more_on_time > 0:
        if not idea.helps:
            return f"{gain}, men inte den här"
        return f"{gain}, däribland den här" if idea.more_on_time > 1 else f"{gain}, nämligen den här"
    return "den här blir klar i tid, men inte fler sammanlagt" if idea.helps else "ger ingen fler i tid"
