"""Ends before their starts, and limits on the wrong side of each other."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import TypeVar

from inputs.entries import Entry
from inputs.findings import Findings
from inputs.term_tables import TermTables

T = TypeVar("T")


def check(term: TermTables, findings: Findings) -> None:
    """Report every pair of cells in one row (two settings for the horizon) that contradict each other."""
    _horizon(term, findings)
    _days(term.breaks, lambda b: (b.first, b.last), findings)
    _days(term.absences, lambda a: (a.first, a.last), findings)
    _days(term.mentors, lambda m: (m.first or date.min, m.last or date.max), findings)
    _tasks(term, findings)
    _caps(term, findings)
    _sessions(term, findings)
    _hires(term, findings)
    _gaps(term, findings)
    _quotas(term, findings)
    _rounds(term, findings)


def _horizon(term: TermTables, findings: Findings) -> None:
    horizon = term.horizon()
    entries = term.settings.entries
    entry = entries.get("terminsslut") or entries.get("terminsstart")
    if horizon is None or entry is None or horizon[0] <= horizon[1]:
        return
    if not all(e.sound("värde") for e in entries.values() if e.item in {"terminsstart", "terminsslut"}):
        return
    if entry.item == "terminsslut":
        message = f"(terminsslut) är före terminsstart, {horizon[0]}; rätta ett av datumen"
    else:
        message = f"(terminsstart) är efter sista tillfället, {horizon[1]}; rätta datumet eller ange terminsslut"
    entry.error(findings, "slut_före_start", "värde", message)


def _days(entries: Iterable[Entry[T]], span: Callable[[T], tuple[date, date]], findings: Findings) -> None:
    for entry in entries:
        first, last = span(entry.item)
        if entry.sound("från", "till") and last < first:
            entry.error(findings, "slut_före_start", "till", f"är före från, {first}; rätta ett av datumen")


def _tasks(term: TermTables, findings: Findings) -> None:
    for entry in term.tasks:
        task = entry.item.task
        if entry.sound("från_dag", "till_dag") and task.to_day < task.from_day:
            message = f"är före från_dag, {task.from_day}; rätta ett av talen"
            entry.error(findings, "slut_före_start", "till_dag", message, str(task.to_day))


def _caps(term: TermTables, findings: Findings) -> None:
    """Half course days need the setting that says which days are half."""
    entries = term.settings.entries
    half_days = entries.get("halvdag_timmar")
    if term.settings.half_day_minutes is not None or (half_days and not half_days.sound("värde")):
        return
    caps = {
        "max_kursdagar_per_vecka": term.settings.weekly_cap_halves,
        "max_kursdagar_per_vecka_med_ärenden": term.settings.weekly_cap_with_cases_halves,
    }
    for key, halves in caps.items():
        if key in entries and halves % 2:
            message = f"({key}) är inget heltal; skriv ett heltal från 1 till 7, eller fyll i halvdag_timmar också"
            entries[key].error(findings, "halv_utan_halvdag", "värde", message)


def _sessions(term: TermTables, findings: Findings) -> None:
    for entry in term.sessions:
        if entry.sound("start", "slut") and entry.item.end <= entry.item.start:
            message = f"är inte efter start, {entry.item.start:%H:%M}; rätta en av tiderna"
            entry.error(findings, "slut_före_start", "slut", message)


def _hires(term: TermTables, findings: Findings) -> None:
    for entry in term.hires:
        hire = entry.item.hire
        if hire.ends and entry.sound("anställd_från", "slutar") and hire.ends < hire.starts:
            message = f"är före anställd_från, {hire.starts}; rätta ett av datumen"
            entry.error(findings, "slut_före_start", "slutar", message)


def _gaps(term: TermTables, findings: Findings) -> None:
    columns = ("dagar_mellan", "högst_dagar_mellan")
    for entry in term.programmes:
        least, most = entry.item.min_gap_days, entry.item.max_gap_days
        if most is not None and entry.sound(*columns) and most < least:
            message = f"är mindre än dagar_mellan, {least}; rätta ett av talen"
            entry.error(findings, "högst_under_minst", "högst_dagar_mellan", message)


def _quotas(term: TermTables, findings: Findings) -> None:
    for entry in term.quotas:
        quota = entry.item
        if quota.at_most is not None and entry.sound("högst", "minst") and quota.at_least > quota.at_most:
            message = f"är mer än högst, {quota.at_most}; rätta ett av talen"
            entry.error(findings, "högst_under_minst", "minst", message)


def _rounds(term: TermTables, findings: Findings) -> None:
    for entry in term.rounds:
        for column, number in (("min_deltagare", entry.item.min_participants), ("reserv", entry.item.reserve)):
            if entry.sound("platser", column) and number > entry.item.seats:
                message = f"är mer än platser, {entry.item.seats}; rätta ett av talen"
                entry.error(findings, "fler_än_platser", column, message)
