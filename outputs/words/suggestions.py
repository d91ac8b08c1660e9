"""What would help, in words."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Protocol

from models.ids import State
from models.plan import Requirement, Suggestion
from models.problem import TermProblem
from outputs.words.dates import day, short_day, span, week
from outputs.words.labels import module_name
from outputs.words.numbers import listed, whole

MOST_ORGANISATIONS = 2


class Gain(Protocol):
    """What a change brings: how many requirements more on time, and how many of how many then are."""

    @property
    def more(self) -> int:
        """How many more."""

    @property
    def on_time(self) -> int:
        """How many with the change."""

    @property
    def counted(self) -> int:
        """Of how many."""


def suggestion(
    problem: TermProblem, requirement: Requirement, idea: Suggestion, gain: Gain | None, *, several: bool = False
) -> str:
    """``en plats till i YR-HT26-2: 3 fler krav i tid (111 av
    123), däribland det här``; without a gain, what it is alone.

    ``several``: it stands with several requirements that it helps each by itself, perhaps not all at once.
    """
    change = proposal(problem, requirement.programme, idea)
    if gain is None:
        return change
    return f"{change}: {_effect(requirement, idea, gain, several=several)}"


def proposal(problem: TermProblem, programme: str, idea: Suggestion) -> str:
    """What to change, without what it gives."""
    if idea.kind == "plats":
        return f"en plats till i {idea.round}"
    if idea.kind == "kvot":
        return f"sänk kvotens minst i {idea.round}{_kept_for(problem, idea)}"
    if idea.kind == "förslag":
        return f"låt förslaget {idea.round} bli av"
    if idea.kind == "nytt_datum" and idea.week:
        return f"ett nytt datum för {_cancelled(problem, idea)} i {idea.round}: {day(idea.week)}"
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


def _kept_for(problem: TermProblem, idea: Suggestion) -> str:
    """For whom the quota keeps seats there."""
    names = [
        problem.organisation_by_id[q.organisation].name for q in problem.quotas if q.round == idea.round and q.at_least
    ]
    return f" för {listed(names)}" if names else ""


def _cancelled(problem: TermProblem, idea: Suggestion) -> str:
    meetings = problem.meetings.get((idea.round or "", idea.module or 0), ())
    days = [short_day(session.day) for session in meetings if session.cancelled]
    return f"det inställda tillfället {listed(days)}".rstrip()


def _when(monday: date | None) -> str:
    if monday is None:
        return ""
    # The year goes without saying within a term.
    days = span(monday, monday + timedelta(days=4)).rsplit(" ", 1)[0]
    return f", {week(monday)} ({days})"


def more_on_time(gain: Gain) -> str:
    """``3 fler krav i tid (111 av 123)``."""
    more = "1 krav till" if gain.more == 1 else f"{whole(gain.more)} fler krav"
    return f"{more} i tid ({whole(gain.on_time)} av {whole(gain.counted)})"


def _effect(requirement: Requirement, idea: Suggestion, gain: Gain, *, several: bool) -> str:
    this, not_this = ("något av de här", "inget av de här") if several else ("det här", "inte det här")
    if requirement.state not in (State.MISSING, State.LATE):
        own = f"{this} får plats" if idea.helps else ""
        return ", och ".join(part for part in (own, more_on_time(gain) if gain.more else "") if part) or _NOTHING
    if gain.more > 0:
        if not idea.helps:
            return f"{more_on_time(gain)}, men {not_this}"
        return f"{more_on_time(gain)}, {'däribland' if gain.more > 1 else 'nämligen'} {this}"
    return f"{this} blir klart i tid, men inte fler sammanlagt" if idea.helps else _NOTHING


_NOTHING = "inget krav till i tid"
