"""``terminsplan orsak UT PERSON [UTBILDNING]``: why this seat, or why none, and what would help."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from pathlib import Path

import click

from models.ids import State
from models.plan import Booking, Requirement, Suggestion
from models.problem import Hire, TermProblem
from outputs.figures import Figures
from outputs.words import STATE_MEANINGS, STATES, UNCONFIRMED, day, module_name, reasons, seat, suggestion
from terminsplan import options
from terminsplan.exits import Exit, RefusedError
from terminsplan.store import Stored, open_plan
from terminsplan.terminal import Terminal

_NAMED = 10


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
    wanted = None if programme is None else _find_programme(stored.problem, programme)
    found = [r for r in stored.plan.requirements if r.hire == hire.id and wanted in (None, r.programme)]
    terminal.show(f"{hire.name} ({hire.id}), {stored.problem.organisation_by_id[hire.organisation].name}")
    if not found:
        terminal.show(
            "Ingen utbildning krävs." if wanted is None else f"{module_name(stored.problem, wanted, None)} krävs inte."
        )
    for requirement in found:
        terminal.show("", *_account(stored, requirement))
    terminal.result(Exit.DONE, {"hire": hire.id, "requirements": [_data(stored, r) for r in found]})
    return Exit.DONE


def find_hire(problem: TermProblem, wanted: str) -> Hire:
    """The hire with that id, that name, or the only one with that in her name."""
    if wanted in problem.hire_by_id:
        return problem.hire_by_id[wanted]
    sought = wanted.casefold().strip()
    exact = [h for h in problem.hires if sought in (h.id.casefold(), h.name.casefold())]
    found = exact or [h for h in problem.hires if sought in h.name.casefold()]
    if len(found) == 1:
        return found[0]
    if found:
        more = f"… och {len(found) - _NAMED} till" if len(found) > _NAMED else ""
        names = [f"{h.id}  {h.name}" for h in found[:_NAMED]]
        raise RefusedError(f"Flera heter så: ange id i stället för ”{wanted}”.", *names, *filter(None, [more]))
    raise RefusedError(f"Ingen nyanställd heter eller har id ”{wanted}”.", *_alike(wanted, problem.hires))


def _alike(wanted: str, hires: Sequence[Hire]) -> Iterator[str]:
    names = {word: h for h in hires for word in (h.id.casefold(), h.name.casefold(), *h.name.casefold().split())}
    close = get_close_matches(wanted.casefold(), names, n=1)
    yield from (f"Menade du {names[c].name} ({names[c].id})?" for c in close)


def _find_programme(problem: TermProblem, wanted: str) -> str:
    for programme in problem.programmes:
        if wanted.casefold() in (programme.id.casefold(), programme.name.casefold()):
            return programme.id
    known = ", ".join(p.id for p in problem.programmes)
    raise RefusedError(f"Utbildningen ”{wanted}” finns inte. Välj bland: {known}.")


def _account(stored: Stored, requirement: Requirement) -> Iterator[str]:
    """A requirement in sentences: state, seats, why not elsewhere, what would help."""
    problem, figures = stored.problem, Figures(stored.problem, stored.plan)
    state = f"{STATES[requirement.state]}, {STATE_MEANINGS[requirement.state]}"
    yield f"{module_name(problem, requirement.programme, None)}: {state}."
    yield from (f"  {line}" for line in _facts(requirement))
    yield from (f"  {_seat(problem, b)}" for b in _seats(stored, requirement))
    if requirement.reasons:
        yield "  Varför ingen annan omgång:" if requirement.state is State.LATE else "  Varför ingen omgång:"
        yield from (f"    {sentence}" for sentence in reasons(problem, requirement))
    if requirement.suggestions:
        yield "  Vad som skulle hjälpa, prövat genom att planera om:"
        yield from (f"    {_help(figures, requirement, idea)}" for idea in requirement.suggestions)


def _seat(problem: TermProblem, booking: Booking) -> str:
    unconfirmed = f", {UNCONFIRMED.lower()}" if booking.unconfirmed else ""
    return f"{module_name(problem, booking.programme, booking.module)}: {seat(booking)}{unconfirmed}"


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


def _data(stored: Stored, requirement: Requirement) -> dict[str, object]:
    sentences = {"reasons_text": reasons(stored.problem, requirement)}
    seats = {"bookings": [b.model_dump(mode="json") for b in _seats(stored, requirement)]}
    return requirement.model_dump(mode="json") | seats | sentences
