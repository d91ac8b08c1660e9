"""``terminsplan skillnad UT1 UT2``: what changed between two plans, by person and by round."""

from __future__ import annotations

from pathlib import Path

import click

from models.change import PlanDiff
from outputs.by_hand import newly_decided, released
from scheduler.answers.differences import diff
from terminsplan import changes, options
from terminsplan.exits import Exit
from terminsplan.store import Stored, open_plan
from terminsplan.terminal import Terminal


@options.command("Visa vad som skiljer planen i UT2 från den i UT1, person för person och omgång för omgång.")
@click.argument("earlier", metavar="UT1", type=options.PATH, help="Mapp med den tidigare planen.")
@click.argument("later", metavar="UT2", type=options.PATH, help="Mapp med den senare planen.")
def skillnad(terminal: Terminal, earlier: Path, later: Path) -> Exit:
    """Seats from the later plan's planning date on; what was held is no change."""
    before, after = open_plan(earlier), open_plan(later)
    found = _changes(before, after)
    if found.changes and not _is_next(after, before):
        terminal.note("Den senare planen är inte gjord av den tidigare, så orsakerna till ändringarna är inte kända.")
    names = changes.names_in(before.problem, after.problem)
    terminal.show(changes.in_short(found))
    decided = newly_decided(before.problem, after.problem, after.plan.planning_date)
    gone = released(before.problem, after.problem, after.plan.planning_date)
    if decided or gone:
        terminal.show("", "BESTÄMT FÖR HAND", *changes.hand_list(decided, gone, names, after.problem))
    if found.changes:
        if causes := tuple(changes.cause_list(found, names, after.problem)):
            terminal.show("", "VARFÖR", *causes)
        terminal.show("", "PERSON FÖR PERSON", *changes.full_list(found, names, after.problem))
        terminal.show(
            "", "OMGÅNG FÖR OMGÅNG", *changes.round_list(found, names, before.plan, after.plan, after.problem)
        )
    rounds = changes.rounds_as_data(found, before.plan, after.plan)
    by_hand = {"decided": changes.hand_data(decided), "released": changes.hand_data(gone)}
    terminal.result(Exit.DONE, {**changes.as_data(found), "rounds": rounds, "by_hand": by_hand})
    return Exit.DONE


def _changes(before: Stored, after: Stored) -> PlanDiff:
    """The stored changes, which know their causes, where the later plan was made from the earlier one; else without."""
    plain = diff(before.plan, after.plan)
    stored = after.changes
    if stored is None or not _is_next(after, before):
        return plain
    seats = {(c.hire, c.programme, c.module, c.meeting): (c.before, c.after) for c in stored.changes}
    same = seats == {(c.hire, c.programme, c.module, c.meeting): (c.before, c.after) for c in plain.changes}
    return stored if same else plain


def _is_next(after: Stored, before: Stored) -> bool:
    return after.plan.previous is not None and after.plan.previous.sha256 == before.plan_sha256
