"""The front of the package: a path becomes a problem, or all that is wrong with it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from inputs import attendance_lists, workbook
from inputs.advice import (
    closed_days,
    cohort_order,
    contradictions,
    dates,
    overlap,
    own_time,
    participants,
    persons,
    reach,
    seats,
    shared,
    spelling,
    trainers,
)
from inputs.advice.needs import counting_needs
from inputs.advice.offers import offers
from inputs.checks import barred, duplicates, local_time, overbooked, people, programmes, references, rounds, spans
from inputs.checks import dimensioning as dimensioning_check
from inputs.checks import own_time as own_time_check
from inputs.checks import trainers as trainers_check
from inputs.derive import fill_in
from inputs.findings import Finding, Findings, in_order
from inputs.late import late_tables, sheets_of
from inputs.normal_form import problem_of
from inputs.partial import has_all_hires, has_whole_supply, sound_part
from inputs.session_ids import Earlier, inherit
from inputs.tables import Sheet, tabulate
from inputs.term_tables import TermTables, read_term_tables
from models.problem import Holiday, TermProblem


@dataclass(frozen=True)
class Reading:
    """What was read. ``problem`` is None if and only if there are errors.

    ``written_dates`` are first and last day of the term as the settings have them, None where blank.
    """

    problem: TermProblem | None
    errors: tuple[Finding, ...]
    warnings: tuple[Finding, ...]
    written_dates: tuple[date | None, ...] = ()


def read_problem(
    path: Path,
    planning_date: date | None = None,
    *,
    today: date | None = None,
    earlier: Earlier | None = None,
    dimensioning: bool = False,
    held_by: date | None = None,
) -> Reading:
    """Read a folder of CSV files or an .xlsx workbook.

    The planning date decides which sessions are held: the argument, else the setting, else ``today``. Without any of
    them attendance is not checked against dates; with ``held_by`` it may be told of sessions up to that day, whatever
    the planning date. Beside an ``earlier`` plan its sessions keep their ids. For ``dimensioning`` nobody need be hired
    yet, and what is expected is checked instead.
    """
    findings = Findings(today=today) if today else Findings()
    term = _term(path, planning_date, today, earlier, findings, dimensioning=dimensioning, held_by=held_by)
    problem = _problem(term, findings, all_hires=not dimensioning) if term else None
    dates = (term.settings.horizon_start, term.settings.horizon_end) if term else ()
    return Reading(problem, in_order(findings.errors), in_order(findings.warnings), dates)


def read_late(path: Path, base: TermProblem, planning_date: date) -> Reading:
    """Read only what is new, on top of a problem that was read before (see ``inputs.late``).

    Cross-checks are of the whole; warnings of the late rows alone, since the others were given when they were read.
    """
    findings = Findings()
    problem = _late_problem(path, base, planning_date, findings)
    warnings = [w for w in findings.warnings if w.row is not None or w.table is None]
    return Reading(problem, in_order(findings.errors), in_order(warnings))


def _late_problem(path: Path, base: TermProblem, planning_date: date, findings: Findings) -> TermProblem | None:
    sheets = _readable(lambda: sheets_of(path, findings), path, findings)
    if not sheets:
        return None
    term = late_tables(base, sheets, findings)
    _cross_check(term, planning_date, findings)
    _advise_on_words(term, findings, stored=True)
    if findings.errors:
        _advise_in_part(term, findings)
        return None
    horizon = base.settings.horizon_start, base.settings.horizon_end
    problem = problem_of(term, horizon)
    problem = problem.model_copy(update={"holidays": _as_they_were(base.holidays, problem.holidays)})
    _advise(problem, term, findings)
    return problem


def _as_they_were(known: Sequence[Holiday], found: Sequence[Holiday]) -> tuple[Holiday, ...]:
    """Of the days before, the holidays that were known: a newer
    package may know others, and nobody was asked about them.

    Late hires and tasks may reach further than that.
    """
    if not known:
        return ()
    first, last = known[0].day, known[-1].day
    before = (holiday for holiday in found if holiday.day < first)
    after = (holiday for holiday in found if holiday.day > last)
    return (*before, *known, *after)


def _term(
    path: Path,
    planning_date: date | None,
    today: date | None,
    earlier: Earlier | None,
    findings: Findings,
    *,
    dimensioning: bool,
    held_by: date | None,
) -> TermTables | None:
    """The cross-checked rows."""
    sheets = _readable(lambda: _sheets_at(path, findings), path, findings)
    if not sheets:
        return None
    if dimensioning:
        sheets = dimensioning_check.with_hires(sheets)
    lists, others = attendance_lists.parted(sheets)
    tables = tabulate(others, findings)
    term = fill_in(read_term_tables(tables, findings), tables, findings)
    when = planning_date or term.settings.planning_date or today
    if earlier is not None:
        inherit(term.sessions, earlier, when)
    term = replace(term, attendance=[*term.attendance, *attendance_lists.read(lists, term, findings)])
    _cross_check(term, when, findings, dimensioning=dimensioning, held_by=held_by)
    return term


def _problem(term: TermTables, findings: Findings, *, all_hires: bool) -> TermProblem | None:
    horizon = term.horizon()
    _advise_on_words(term, findings)
    if findings.errors or horizon is None:
        _advise_in_part(term, findings)
        return None
    problem = problem_of(term, horizon)
    _advise(problem, term, findings, all_hires=all_hires)
    return problem


def _readable(sheets: Callable[[], list[Sheet]], path: Path, findings: Findings) -> list[Sheet]:
    try:
        return sheets()
    except OSError:
        findings.error("kan_inte_öppnas", "kan inte läsas; se efter att du har rätt till filen", value=str(path))
        return []


def _sheets_at(path: Path, findings: Findings) -> list[Sheet]:
    if path.is_dir():
        return attendance_lists.folder_sheets(path, findings)
    if not path.is_file():
        findings.error(
            "finns_inte", "finns inte; ange en mapp med CSV-filer eller en arbetsbok (.xlsx)", value=str(path)
        )
        return []
    if path.suffix.casefold() == ".csv":
        findings.error("ensam_csv", "är en enda CSV-fil; ange mappen där alla tabeller ligger", value=str(path))
        return []
    return workbook.sheets(path, findings)


def _advise_on_words(term: TermTables, findings: Findings, *, stored: bool = False) -> None:
    """All warnings that need no problem: what is written in the rows themselves."""
    spelling.advise(term, findings, stored=stored)
    persons.advise(term, findings)
    own_time.advise(term, findings)
    trainers.advise(term, findings)
    contradictions.advise(term, findings)


def _advise_in_part(term: TermTables, findings: Findings) -> None:
    """All warnings that hold whatever the faulty rows turn out to say."""
    part = sound_part(term)
    horizon = part.horizon()
    if horizon is None or horizon[0] > horizon[1]:
        return
    problem = problem_of(part, horizon)
    if has_whole_supply(term, part):
        _advise(problem, part, findings, all_hires=has_all_hires(term, part))
    else:
        _advise_on_sessions(problem, part, findings)


def _advise_on_sessions(problem: TermProblem, term: TermTables, findings: Findings) -> dates.Astray:
    closed_days.advise(problem, term, findings)
    shared.advise(problem, term, findings)
    overlap.advise(problem, term, findings)
    return dates.advise(problem, term, findings)


def _advise(problem: TermProblem, term: TermTables, findings: Findings, *, all_hires: bool = True) -> None:
    astray = _advise_on_sessions(problem, term, findings)
    cohort_order.advise(problem, term, findings)
    if all_hires:
        participants.advise(problem, term, findings, astray.programmes)
    # What follows from a date far off is not told person by person: the date itself is told.
    needs = [n for n in counting_needs(problem) if n.hire not in astray.hires and n.programme not in astray.programmes]
    offered = list(offers(problem))
    unreachable = reach.advise(problem, offered, needs, term, findings)
    seats.advise(problem, offered, [need for need in needs if need not in unreachable], term, findings)


def _cross_check(
    term: TermTables,
    planning_date: date | None,
    findings: Findings,
    *,
    dimensioning: bool = False,
    held_by: date | None = None,
) -> None:
    duplicates.check(term, findings)
    references.check(term, findings)
    spans.check(term, findings)
    programmes.check(term, findings)
    own_time_check.check(term, findings)
    rounds.check(term, findings)
    trainers_check.check(term, findings)
    references.check_sessions(term, findings)
    barred.check(term, planning_date, findings)
    local_time.check(term, findings)
    if dimensioning:
        dimensioning_check.check(term, findings)
    else:
        people.anybody(term, findings)
    people.check(term, planning_date, findings, held_by)
    overbooked.check(term, planning_date, findings)
    people.horizon_known(term, findings)
