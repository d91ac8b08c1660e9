"""A problem written as the CSV folder of INPUT.md, so that reading it can be timed and tried by hand."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, time
from pathlib import Path

from models.problem import Credit, Hire, Programme, Round, Session, Settings, TermProblem

Cell = str | int | float | date | time | None
Row = Mapping[str, Cell]


def write_folder(problem: TermProblem, folder: Path) -> None:
    """One file a table; tables without rows are left out."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in tables(problem).items():
        if rows:
            with (folder / f"{name}.csv").open("w", encoding="utf-8-sig", newline="") as file:
                writer = csv.DictWriter(file, fieldnames=list(rows[0]), delimiter=";", lineterminator="\r\n")
                writer.writeheader()
                writer.writerows({key: _text(cell) for key, cell in row.items()} for row in rows)


def tables(problem: TermProblem) -> dict[str, list[Row]]:
    """All tables by name."""
    return {
        "inställningar": [{"nyckel": key, "värde": value} for key, value in _settings(problem.settings).items()],
        "lov": [
            {"namn": b.name, "från": b.first, "till": b.last, "förvaltning": _list(b.organisations)}
            for b in problem.breaks
        ],
        "förvaltningar": [{"id": o.id, "namn": o.name, "e-post": o.email} for o in problem.organisations],
        "utbildningar": [_programme(p) for p in problem.programmes],
        "moment": [{"utbildning": p.id, "nr": m.number, "namn": m.name} for p in problem.programmes for m in p.modules],
        "omgångar": [_round(r) for r in problem.rounds],
        "tillfällen": [_session(s) for s in sorted(problem.sessions, key=lambda s: (s.round, s.module, s.meeting))],
        "kvoter": [
            {"omgång": q.round, "förvaltning": q.organisation, "högst": q.at_most, "minst": q.at_least}
            for q in problem.quotas
        ],
        "nyanställda": [_hire(h) for h in problem.hires],
        "frånvaro": [{"nyanställd": a.hire, "från": a.first, "till": a.last} for a in problem.absences],
        "bokningar": [{"nyanställd": b.hire, "tillfälle": b.session} for b in problem.bookings],
        "närvaro": [
            {"nyanställd": a.hire, "tillfälle": a.session, "närvarande": _yes(a.present)} for a in problem.attendance
        ],
    }


def _settings(settings: Settings) -> dict[str, Cell]:
    return {
        "termin": settings.term,
        "terminsstart": settings.horizon_start,
        "terminsslut": settings.horizon_end,
        "frist_månader": settings.deadline_months,
        "varseltid_dagar": settings.notice_days,
        "max_kursdagar_per_vecka": settings.weekly_cap,
        "max_kursdagar_per_vecka_med_ärenden": settings.weekly_cap_with_cases,
        "max_borta_per_enhet": settings.max_away_per_unit,
        "max_andel_per_förvaltning": settings.max_share_percent,
        "öppna_veckodagar": _list(settings.open_weekdays),
        "helgdagar": settings.holiday_country,
        "tidszon": settings.timezone,
        "planeringsdag": settings.planning_date,
        "avsändare": settings.organizer,
    }


def _programme(programme: Programme) -> Row:
    return {
        "id": programme.id,
        "namn": programme.name,
        "sammanhållen": _yes(programme.cohort),
        "i_ordning": _yes(programme.ordered),
        "dagar_mellan": programme.min_gap_days,
        "högst_dagar_mellan": programme.max_gap_days,
        "frist_månader": programme.deadline_months,
        "tidigast_dag": programme.earliest_day,
        "före_ärenden": _yes(programme.before_cases),
        "efter": _list(programme.after),
        "gäller": "oerfarna" if programme.inexperienced_only else "alla",
        "målgrupp": _list(programme.target_groups),
        "blandad": _yes(programme.mixed),
        "vikt": programme.weight,
    }


def _round(round_: Round) -> Row:
    return {
        "id": round_.id,
        "utbildning": round_.programme,
        "förvaltning": _list(round_.organisations),
        "platser": round_.seats,
        "min_deltagare": round_.min_participants,
        "reserv": round_.reserve,
        "status": round_.status.value,
    }


def _session(session: Session) -> Row:
    return {
        "id": session.id,
        "omgång": session.round,
        "moment": session.module,
        "datum": session.day,
        "start": session.start,
        "slut": session.end,
        "plats": session.place,
        "lokal": session.room,
        "utbildare": _list(session.trainers),
        "platser": session.seats,
        "tillgänglig": _yes(session.accessible),
        "status": "inställd" if session.cancelled else None,
    }


def _hire(hire: Hire) -> Row:
    return {
        "id": hire.id,
        "namn": hire.name,
        "e-post": hire.email,
        "förvaltning": hire.organisation,
        "enhet": hire.unit,
        "anställd_från": hire.starts,
        "ärenden_från": hire.caseload_start,
        "slutar": hire.ends,
        "arbetsdagar": _list(hire.weekdays),
        "erfaren": _yes(hire.experienced),
        "målgrupp": _list(hire.target_groups),
        "kräver_tillgänglig": _yes(hire.needs_accessible),
        "prioritet": hire.priority,
        "utbildningar": _list(hire.programmes or ()),
        "tillgodoräknas": _list(map(_credit, hire.credits)),
    }


def _credit(credit: Credit) -> str:
    return credit.programme if credit.module is None else f"{credit.programme}:{credit.module}"


def _yes(value: bool) -> str:
    return "ja" if value else "nej"


def _list(values: Iterable[object] | Sequence[object]) -> str:
    return ", ".join(map(str, values))


def _text(cell: Cell) -> str:
    if isinstance(cell, time):
        return f"{cell:%H:%M}"
    return "" if cell is None else str(cell)
