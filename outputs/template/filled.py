"""A problem as rows of the template, to go on filling in: everything but what belongs to one term alone.

The term's name, its days and the planning date are left blank, and so are cells that say no more than a blank one does.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from models.problem import ALL_WORKDAYS, Credit, Hire, Programme, Settings, TermProblem
from outputs.template.kinds import Cell, Table
from outputs.template.tables import (
    ABSENCES,
    BREAKS,
    HIRES,
    MODULES,
    ORGANISATIONS,
    PROGRAMMES,
    SETTINGS,
)

Rows = Sequence[Sequence[Cell]]
Named = Mapping[str, Cell]
_WEEKDAYS = ("mån", "tis", "ons", "tors", "fre", "lör", "sön")
_YES, _NO = "ja", "nej"


def rows_of(problem: TermProblem) -> Mapping[str, Rows]:
    """Rows by table name; tables of rounds and sessions, and of what hangs on them, have none."""
    by_table: tuple[tuple[Table, Iterable[Named]], ...] = (
        (SETTINGS, ({"nyckel": key, "värde": value} for key, value in _settings(problem.settings).items())),
        (ORGANISATIONS, ({"id": o.id, "namn": o.name, "e-post": o.email} for o in problem.organisations)),
        (PROGRAMMES, (_programme(p, problem.settings) for p in problem.programmes)),
        (MODULES, _modules(problem.programmes)),
        (HIRES, map(_hire, problem.hires)),
        (ABSENCES, ({"nyanställd": a.hire, "från": a.first, "till": a.last} for a in problem.absences)),
        (
            BREAKS,
            (
                {"namn": b.name, "från": b.first, "till": b.last, "förvaltning": _listed(b.organisations)}
                for b in problem.breaks
            ),
        ),
    )
    return {table.name: [_in_order(table, row) for row in rows] for table, rows in by_table}


def _in_order(table: Table, row: Named) -> Sequence[Cell]:
    return tuple(row.get(column.name) for column in table.columns)


def _settings(settings: Settings) -> Named:
    return {
        "termin": None,
        "terminsstart": None,
        "terminsslut": None,
        "frist_månader": settings.deadline_months,
        "varseltid_dagar": settings.notice_days,
        "max_kursdagar_per_vecka": settings.weekly_cap,
        "max_kursdagar_per_vecka_med_ärenden": settings.weekly_cap_with_cases,
        "max_borta_per_enhet": settings.max_away_per_unit,
        "max_andel_per_förvaltning": settings.max_share_percent,
        "öppna_veckodagar": _weekdays(settings.open_weekdays),
        "helgdagar": settings.holiday_country,
        "tidszon": settings.timezone,
        "planeringsdag": None,
        "avsändare": settings.organizer,
        "kalenderserie": None,
    }


def _programme(programme: Programme, settings: Settings) -> Named:
    own_deadline = programme.deadline_months != settings.deadline_months
    return {
        "id": programme.id,
        "namn": programme.name,
        "sammanhållen": _YES if programme.cohort else _NO,
        "i_ordning": _YES if programme.ordered else _NO,
        "dagar_mellan": programme.min_gap_days or None,
        "högst_dagar_mellan": programme.max_gap_days,
        "frist_månader": programme.deadline_months if own_deadline else None,
        "tidigast_dag": programme.earliest_day or None,
        "före_ärenden": _yes(programme.before_cases),
        "efter": _listed(programme.after),
        "gäller": "oerfarna" if programme.inexperienced_only else None,
        "målgrupp": _listed(programme.target_groups),
        "blandad": _yes(programme.mixed),
        "vikt": programme.weight,
    }


def _modules(programmes: Iterable[Programme]) -> Iterable[Named]:
    for programme in programmes:
        for module in programme.modules:
            yield {"utbildning": programme.id, "nr": module.number, "namn": module.name}


def _hire(hire: Hire) -> Named:
    return {
        "id": hire.id,
        "namn": hire.name,
        "förvaltning": hire.organisation,
        "anställd_från": hire.starts,
        "e-post": hire.email,
        "enhet": hire.unit,
        "ärenden_från": hire.caseload_start,
        "slutar": hire.ends,
        "arbetsdagar": None if hire.weekdays == ALL_WORKDAYS else _weekdays(hire.weekdays),
        "erfaren": _yes(hire.experienced),
        "målgrupp": _listed(hire.target_groups),
        "kräver_tillgänglig": _yes(hire.needs_accessible),
        "prioritet": None if hire.priority == 1 else hire.priority,
        "utbildningar": None if hire.programmes is None else _listed(hire.programmes),
        "tillgodoräknas": _listed(map(_credit, hire.credits)),
    }


def _credit(credit: Credit) -> str:
    return credit.programme if credit.module is None else f"{credit.programme}:{credit.module}"


def _yes(value: bool) -> str | None:
    return _YES if value else None


def _listed(words: Iterable[str]) -> str | None:
    return ", ".join(words) or None


def _weekdays(numbers: Sequence[int]) -> str:
    first, last = numbers[0], numbers[-1]
    if len(numbers) > 2 and last - first == len(numbers) - 1:
        return f"{_WEEKDAYS[first - 1]}-{_WEEKDAYS[last - 1]}"
    return ", ".join(_WEEKDAYS[number - 1] for number in numbers)
