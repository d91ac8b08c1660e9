"""What would help, in words."""

from __future__ import annotations

from datetime import timedelta

from models.plan import Requirement, Suggestion
from models.problem import TermProblem
from outputs.words.dates import day, short_day, week
from outputs.words.labels import module_name


def suggestion(problem: TermProblem, requirement: Requirement, idea: Suggestion) -> str:
    """``en plats till i YR-HT26-2: 3 fler i tid, däribland den här``."""
    return f"{proposal(problem, requirement.programme, idea)}: {_effect(idea)}"


def proposal(problem: TermProblem, programme: str, idea: Suggestion) -> str:
    """What to change, without what it gives."""
    if idea.kind == "plats":
        return f"en plats till i {idea.round}"
    if idea.kind == "förslag":
        return f"låt förslaget {idea.round} bli av"
    when = f"{week(idea.week)} ({short_day(idea.week)}–{short_day(idea.week + timedelta(days=4))})" if idea.week else ""
    if idea.kind == "ny_omgång":
        return f"{module_name(problem, programme, idea.module)} en gång till {when}".rstrip()
    return f"senare ärendestart, {day(idea.week)}" if idea.week else "senare ärendestart"


def _effect(idea: Suggestion) -> str:
    gain = f"{idea.more_on_time} fler i tid"
    if idea.more_on_time > 0:
        if not idea.helps:
            return f"{gain}, men inte den här"
        return f"{gain}, däribland den här" if idea.more_on_time > 1 else f"{gain}, nämligen den här"
    return "den här blir klar i tid, men inte fler sammanlagt" if idea.helps else "ger ingen fler i tid"
