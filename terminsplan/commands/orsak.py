"""``terminsplan orsak UT PERSON [UTBILDNING]``: why this seat, or why none, and what would help."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from inputs.advice.participants import most_participants
from models.ids import Level, RoundStatus, State
from models.plan import Booking, MentorPair, Requirement, Suggestion
from models.problem import TermProblem
from outputs.by_hand import BARRED, LOCKED
from outputs.figures import Figures
from outputs.tasks.company import Company
from outputs.words import STATES, UNCONFIRMED, day, module_name, reasons, seat, state_meaning, suggestion
from terminsplan import options
from terminsplan.exits import Exit
from terminsplan.finding import find_hire, find_programme
from terminsplan.store import Stored, open_plan
from terminsplan.terminal import Terminal


@options.command("Visa varför PERSON har fått sina platser i planen i UT, eller inga, och vad som skulle hjälpa.")
@options.folder
@click.argument("person", metavar="PERSON", help="Id, namn eller en del av namnet.")
@click.argument(
    "programme", metavar="[UTBILDNING]", required=False, help="Id eller namn på en utbildning; annars alla."
)
def orsak(terminal: Terminal, folder: Path, person: str, programme: str | None) -> Exit:
    """One hire, all her programmes or one of them."""
    stored = open_plan(folder)
    hire = find_hire(stored.problem, person)
    wanted = None if programme is None else find_programme(stored.problem, programme)
    found = [r for r in stored.plan.requirements if r.hire == hire.id and wanted in (None, r.programme)]
    terminal.show(f"{hire.name} ({hire.id}), {stored.problem.organisation_by_id[hire.organisation].name}")
    if mentor := Company(stored.problem, stored.plan).mentor_in_words(hire.id):
        terminal.show(f"Mentor: {mentor}")
    if not found:
        terminal.show(
            "Ingen utbildning krävs." if wanted is None else f"{module_name(stored.problem, wanted, None)} krävs inte."
        )
    for requirement in found:
        terminal.show("", *_account(stored, requirement))
    pair = next((_pair(pair) for pair in stored.plan.mentors if pair.hire == hire.id), {})
    terminal.result(Exit.DONE, {"hire": hire.id, **pair, "requirements": [_data(stored, r) for r in found]})
    return Exit.DONE


def _account(stored: Stored, requirement: Requirement) -> Iterator[str]:
    """A requirement in sentences: state, seats, why not elsewhere, what would help."""
    problem, figures = stored.problem, Figures(stored.problem, stored.plan)
    state = f"{STATES[requirement.state]}, {state_meaning(stored.plan, requirement)}"
    yield f"{module_name(problem, requirement.programme, None)}: {state}."
    yield from (f"  {line}" for line in _facts(requirement))
    for booking in _seats(stored, requirement):
        locked = f" – {LOCKED}" if figures.is_locked(booking.hire, booking.round) else ""
        yield f"  {_seat(problem, booking)}{locked}"
    hand = figures.by_hand.get((requirement.hire, requirement.programme))
    yield from (f"  {round_}: {BARRED}" for round_ in (hand.barred if hand else ()))
    if requirement.reasons:
        yield "  Varför ingen annan omgång:" if requirement.state is State.LATE else "  Varför ingen omgång:"
        yield from (f"    {sentence}" for sentence in _why_not(stored, requirement))
    if requirement.suggestions:
        yield "  Vad som skulle hjälpa, prövat genom att planera om:"
        yield from (f"    {_help(figures, requirement, idea)}" for idea in requirement.suggestions)


def _why_not(stored: Stored, requirement: Requirement) -> tuple[str, ...]:
    told = reasons(stored.problem, stored.plan.planning_date, requirement)
    return (*told, *_never(stored.problem, requirement))


def _seat(problem: TermProblem, booking: Booking) -> str:
    unconfirmed = f", {UNCONFIRMED.lower()}" if booking.unconfirmed else ""
    return f"{module_name(problem, booking.programme, booking.module)}: {seat(booking)}{unconfirmed}"


def _never(problem: TermProblem, requirement: Requirement) -> Iterator[str]:
    """The proposals among them that no plan can open, as ``kontrollera`` tells of them."""
    for why in requirement.reasons:
        round_ = problem.round_by_id.get(why.round)
        if why.level is Level.ROUNDS and round_ is not None and round_.status is RoundStatus.PROPOSED:
            most = most_participants(problem, round_)
            if most < round_.min_participants:
                yield (
                    f"{round_.id} kan aldrig bli av: högst {most} kan gå den, och min_deltagare är "
                    f"{round_.min_participants}. Sänk min_deltagare, eller öppna omgången för fler."
                )


def _help(figures: Figures, requirement: Requirement, idea: Suggestion) -> str:
    return suggestion(figures.problem, requirement, idea, figures.gain(requirement, idea))


def _facts(requirement: Requirement) -> Iterator[str]:
    if requirement.deadline is not None:
        yield f"Frist: {day(requirement.deadline)}"
    if requirement.completed_on is not None:
        yield f"Klar: {day(requirement.completed_on)}"


def _seats(stored: Stored, requirement: Requirement) -> list[Booking]:
    mine = (b for b in stored.plan.bookings if (b.hire, b.programme) == (requirement.hire, requirement.programme))
    return sorted(mine, key=lambda b: b.start)


def _pair(pair: MentorPair) -> dict[str, object]:
    """Her mentor's id, and why there is none."""
    return {"mentor": pair.mentor} if pair.mentor is not None else {"mentor": None, "mentor_reason": pair.reason}


def _data(stored: Stored, requirement: Requirement) -> dict[str, object]:
    sentences = {"reasons_text": reasons(stored.problem, stored.plan.planning_date, requirement)}
    seats = {"bookings": [b.model_dump(mode="json") for b in _seats(stored, requirement)]}
    hand = Figures(stored.problem, stored.plan).by_hand.get((requirement.hire, requirement.programme))
    decided = {"locked": hand.locked if hand else (), "barred": hand.barred if hand else ()}
    return requirement.model_dump(mode="json") | seats | sentences | decided
