"""``terminsplan kontrollera IN``: every problem of an input, without planning it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from outputs.words import count
from terminsplan import options
from terminsplan.conflicts import refuse_conflicts
from terminsplan.exits import Exit
from terminsplan.reading import as_data, read_input, show_warnings
from terminsplan.terminal import Terminal


@options.command("Läs och korsgranska tabellerna i IN och visa allt som är fel, utan att planera.")
@options.source
@options.planning_day
def kontrollera(terminal: Terminal, source: Path, planning_day: date | None) -> Exit:
    """Exit 0 or 2."""
    given = read_input(source)
    show_warnings(given, source, terminal)
    problem = given.problem
    if problem.bookings:
        from scheduler.plan.given import conflicts  # noqa: PLC0415  # the solver is slow to load: only where it is asked

        refuse_conflicts(problem, conflicts(problem, options.planning_date(problem.settings, planning_day)))
    sizes = {
        "hires": len(problem.hires),
        "programmes": len(problem.programmes),
        "rounds": len(problem.rounds),
        "sessions": len(problem.sessions),
    }
    terminal.show(
        f"Inga fel i {source}: "
        f"{count(sizes['hires'], 'nyanställd', 'nyanställda')}, "
        f"{count(sizes['programmes'], 'utbildning', 'utbildningar')}, "
        f"{count(sizes['rounds'], 'omgång', 'omgångar')}, "
        f"{count(sizes['sessions'], 'tillfälle', 'tillfällen')}."
    )
    terminal.result(
        Exit.DONE, {"errors": [], "warnings": as_data(given.warnings), "input_sha256": given.sha256, **sizes}
    )
    return Exit.DONE
