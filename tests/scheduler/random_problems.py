"""Small random problems that exercise every rule and level, and small changes to them for re-plans.

``case(seed)`` and ``replan_case(seed, case, plan)`` give the same for the same seed, always. Days are drawn from a
few weeks and times from four, so that seats clash, weeks fill up and rooms are asked for twice; numbers are small, so
that a brute force can follow.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from random import Random
from typing import Any

from models.ids import RoundStatus
from models.plan import Plan
from models.problem import (
    ALL_WORKDAYS,
    Absence,
    Attendance,
    Barred,
    Break,
    Credit,
    GivenBooking,
    Hire,
    Holiday,
    Module,
    Organisation,
    Programme,
    Quota,
    Round,
    Session,
    Settings,
    TermProblem,
)
from scheduler.verify.doors import Doors
from scheduler.verify.needs import applies

FIRST = date(2026, 8, 17)
LAST = date(2026, 10, 23)
TIMES = ((time(9), time(12)), (time(9), time(16)), (time(12), time(15)), (time(13), time(16)))
NEVER_YET = FIRST - timedelta(days=30)


@dataclass(frozen=True)
class Case:
    """A problem and the day on which it is planned."""

    problem: TermProblem
    planning_date: date


def case(seed: int) -> Case:
    """A first plan's problem; now and then with given bookings and attendance, which may conflict."""
    rng = Random(seed)
    problem = _enriched(Random(f"{seed} more"), _problem(rng))
    planning_date = rng.choice((*[NEVER_YET] * 3, FIRST - timedelta(days=10), FIRST, FIRST + timedelta(days=16)))
    if rng.random() < 0.4:
        problem = _with_history(rng, problem, planning_date)
    return Case(problem, planning_date)


def replan_case(seed: int, before: Case, plan: Plan) -> Case:
    """A later day, and one to three changes of the input since the plan was made."""
    rng = Random(seed)
    planning_date = before.planning_date + timedelta(days=rng.choice((0, 3, 7, 14, 14, 21, 28, 35)))
    planning_date = max(planning_date, FIRST - timedelta(days=rng.choice((20, 5, -2, -10))))
    problem = before.problem
    for _ in range(rng.choice((0, 1, 1, 2, 3, 4))):
        problem = rng.choice(CHANGES)(rng, problem, planning_date, plan)
    return Case(problem, planning_date)


def rebuilt(problem: TermProblem, **tables: object) -> TermProblem:
    """The problem with other tables; a copy would carry the old cached indexes along."""
    kept = {name: getattr(problem, name) for name in TermProblem.model_fields}
    return TermProblem.model_validate({**kept, **tables})


# --- a first problem


def _problem(rng: Random) -> TermProblem:
    organisations = ("A", "B", "C")[: rng.choice((1, 2, 2, 3))]
    days = _days(rng)
    programmes = _programmes(rng, rng.choice((1, 2, 2, 3)))
    rounds = [
        _round(rng, programme, f"{programme.id}{number}", organisations)
        for programme in programmes
        for number in range(1, rng.choice((3, 4, 4, 5, 6)))
    ]
    programme_by_id = {programme.id: programme for programme in programmes}
    sessions = [session for r in rounds for session in _sessions(rng, r, programme_by_id[r.programme], days)]
    hires = [_hire(rng, f"h{n}", organisations, programmes) for n in range(1, rng.choice((3, 3, 4, 4, 5, 6, 7)) + 1)]
    return TermProblem(
        settings=_settings(rng),
        holidays=_maybe(rng, 0.15, lambda: Holiday(day=rng.choice(days), name="Helgdag")),
        breaks=_maybe(rng, 0.25, lambda: _break(rng, days, organisations)),
        organisations=tuple(Organisation(id=id_, name=id_) for id_ in organisations),
        programmes=tuple(programmes),
        rounds=tuple(rounds),
        sessions=tuple(sorted(sessions, key=lambda s: s.id)),
        quotas=_quotas(rng, rounds, sessions, organisations),
        hires=tuple(hires),
        absences=tuple(_absence(rng, hire.id, days) for hire in hires if rng.random() < 0.15),
    )


def _enriched(rng: Random, problem: TermProblem) -> TermProblem:
    """The problem with what is decided by hand and what differs
    by administration, half course days, and parts taken alone.
    """
    problem = rebuilt(
        problem,
        settings=_with_half_days(rng, problem.settings),
        programmes=_with_own_time(rng, [_for_some(rng, p, problem.organisations) for p in problem.programmes]),
        hires=tuple(_with_own_deadline(rng, hire) for hire in problem.hires),
    )
    for _ in range(rng.choice((0, 0, 1, 2))):
        problem = _bar(problem, rng.choice(problem.hires).id, rng.choice(problem.rounds).id)
    return problem


def _with_half_days(rng: Random, settings: Settings) -> Settings:
    if rng.random() < 0.5:
        return settings
    caps = {"weekly_cap": rng.choice((1, 1.5, 2, 2.5)), "weekly_cap_with_cases": rng.choice((1, 1, 1.5, 2))}
    return Settings(**settings.model_dump() | caps | {"half_day_minutes": rng.choice((180, 180, 360, 420))})


def _for_some(rng: Random, programme: Programme, organisations: Sequence[Organisation]) -> Programme:
    """Now and then for some administrations only; more of those with parts have most days between them."""
    some = tuple(o.id for o in organisations if rng.random() < 0.6) if rng.random() < 0.15 else ()
    most = programme.min_gap_days + rng.choice((0, 7, 14)) if rng.random() < 0.3 else programme.max_gap_days
    return programme.model_copy(update={"organisations": some, "max_gap_days": most})


def _with_own_time(rng: Random, programmes: Sequence[Programme]) -> tuple[Programme, ...]:
    """Now and then a part that everybody takes alone, which others seem to wait for, or that seems to wait."""
    if rng.random() < 0.7:
        return tuple(programmes)
    first, *others = programmes
    modules = tuple(Module(number=n, name=f"Moment {n}") for n in range(1, rng.choice((1, 2)) + 1))
    alone = Programme(
        id="W",
        name="Webbkurs",
        own_time=True,
        deadline_months=rng.choice((0, 1, 2)),
        before_cases=rng.random() < 0.5,
        after=tuple(p.id for p in others if rng.random() < 0.5),
        modules=modules,
    )
    return (first.model_copy(update={"after": (*first.after, "W")}), *others, alone)


def _with_own_deadline(rng: Random, hire: Hire) -> Hire:
    if rng.random() < 0.85:
        return hire
    return hire.model_copy(update={"deadline_from": hire.starts + timedelta(days=rng.choice((-30, 15, 40)))})


def _bar(problem: TermProblem, hire: str, round_: str) -> TermProblem:
    rows = {(row.hire, row.round) for row in problem.barred} | {(hire, round_)}
    return rebuilt(problem, barred=tuple(Barred(hire=h, round=r) for h, r in sorted(rows)))


def _settings(rng: Random) -> Settings:
    return Settings(
        horizon_start=FIRST,
        horizon_end=LAST - timedelta(days=rng.choice((0, 0, 0, 0, 0, 14))),
        notice_days=rng.choice((0, 7, 7, 14)),
        weekly_cap=rng.choice((1, 2, 3, 3, 3)),
        weekly_cap_with_cases=rng.choice((1, 2, 2, 2)),
        max_away_per_unit=rng.choice((0, 1, 1, 2)),
        max_share_percent=rng.choice((34, 50, 50, 75)),
        open_weekdays=rng.choice((*[ALL_WORKDAYS] * 5, (1, 2, 3, 4))),
    )


def _days(rng: Random) -> list[date]:
    """A dozen days on which things happen, bunched in some of the weeks; one may lie outside the horizon."""
    weeks = rng.sample(range(10), 5)
    days = {FIRST + timedelta(weeks=week, days=rng.choice((0, 1, 2, 3, 4))) for week in weeks for _ in range(3)}
    if rng.random() < 0.1:
        days.add(rng.choice((FIRST - timedelta(days=3), LAST + timedelta(days=4))))
    return sorted(days)


def _programmes(rng: Random, number: int) -> list[Programme]:
    found: list[Programme] = []
    for index in range(number):
        shortest = rng.choice((0, 0, 0, 1, 5))
        found.append(
            Programme(
                id=f"P{index + 1}",
                name=f"Utbildning {index + 1}",
                cohort=rng.random() < 0.5,
                ordered=rng.random() < 0.65,
                min_gap_days=shortest,
                max_gap_days=rng.choice((None, None, None, shortest, shortest + 14)),
                deadline_months=rng.choice((0, 1, 1, 2, 2, 2, 4)),
                earliest_day=rng.choice((0, 0, 0, 0, 7, 14)),
                before_cases=rng.random() < 0.4,
                after=tuple(p.id for p in found if rng.random() < 0.25),
                inexperienced_only=rng.random() < 0.15,
                target_groups=rng.choice(((), (), (), ("barn",))),
                mixed=rng.random() < 0.4,
                weight=rng.choice((1, 1, 2, 3)),
                modules=tuple(Module(number=n, name=f"Moment {n}") for n in range(1, rng.choice((1, 1, 2, 2, 3)) + 1)),
            )
        )
    return found


def _round(rng: Random, programme: Programme, id_: str, organisations: Sequence[str]) -> Round:
    seats = rng.choice((1, 1, 2, 2, 3, 4))
    return Round(
        id=id_,
        programme=programme.id,
        organisations=(rng.choice(organisations),) if rng.random() < 0.1 else (),
        seats=seats,
        min_participants=rng.choice([0, 0, 2, seats]) if seats > 1 else rng.choice((0, 1)),
        reserve=rng.choice((0, 0, 1)),
        status=rng.choices(list(RoundStatus), weights=(8, 7, 1))[0],
    )


def _sessions(rng: Random, round_: Round, programme: Programme, days: Sequence[date]) -> list[Session]:
    """A cohort's round has every module, mostly in order; another round may lack some."""
    modules = [module.number for module in programme.modules]
    if not programme.cohort and rng.random() < 0.4:
        modules = rng.sample(modules, rng.randint(1, len(modules)))
    meetings = [(module, n) for module in sorted(modules) for n in range(1, rng.choice((1, 1, 1, 1, 2)) + 1)]
    drawn = [rng.choice(days) for _ in meetings]
    if rng.random() < 0.8:
        drawn.sort()
    return [_session(rng, round_, module, n, day) for (module, n), day in zip(meetings, drawn, strict=True)]


def _session(rng: Random, round_: Round, module: int, meeting: int, day: date) -> Session:
    start, end = rng.choice(TIMES)
    default_id = f"{round_.id}-{module}"
    return Session(
        id=default_id if meeting == 1 else f"{default_id}-{meeting}",
        round=round_.id,
        module=module,
        meeting=meeting,
        day=day,
        start=start,
        end=end,
        place=rng.choice((None, "Stadshuset", "Stadshuset")),
        room=rng.choice((None, None, "Sal 1", "Sal 2")),
        trainers=tuple(sorted(rng.sample(("Eva", "Ivar"), rng.choice((0, 0, 1, 1, 2))))),
        seats=max(1, round_.seats - 1) if rng.random() < 0.1 else round_.seats,
        accessible=rng.random() < 0.8,
        cancelled=rng.random() < 0.02,
    )


def _hire(rng: Random, id_: str, organisations: Sequence[str], programmes: Sequence[Programme]) -> Hire:
    starts = FIRST + timedelta(days=rng.choice((-40, -20, -7, -7, -7, 0, 0, 0, 7, 21)))
    return Hire(
        id=id_,
        name=f"Person {id_}",
        organisation=rng.choice(organisations),
        starts=starts,
        unit=rng.choice((None, "E1", "E1", "E2")),
        caseload_start=rng.choice((None, None, *(starts + timedelta(days=n) for n in (14, 30, 45)))),
        ends=rng.choice((*[None] * 8, starts + timedelta(days=40))),
        weekdays=rng.choice((*[ALL_WORKDAYS] * 8, (1, 2, 3), (3,))),
        experienced=rng.random() < 0.25,
        target_groups=rng.choice(((), ("barn",), ("barn", "vuxna"))),
        needs_accessible=rng.random() < 0.1,
        priority=rng.choice((1, 1, 1, 2, 3)),
        programmes=tuple(p.id for p in programmes if rng.random() < 0.6) if rng.random() < 0.15 else None,
        credits=_maybe(rng, 0.15, lambda: _credit(rng, programmes)),
    )


def _credit(rng: Random, programmes: Sequence[Programme]) -> Credit:
    programme = rng.choice(programmes)
    return Credit(programme=programme.id, module=rng.choice((None, *(m.number for m in programme.modules))))


def _absence(rng: Random, hire: str, days: Sequence[date]) -> Absence:
    first = rng.choice(days)
    return Absence(hire=hire, first=first, last=first + timedelta(days=rng.choice((0, 1, 7))))


def _break(rng: Random, days: Sequence[date], organisations: Sequence[str]) -> Break:
    first = rng.choice(days)
    whose = rng.choice(((), (rng.choice(organisations),)))
    return Break(name="Lov", first=first, last=first + timedelta(days=rng.choice((0, 2, 4))), organisations=whose)


def _quotas(
    rng: Random, rounds: Iterable[Round], sessions: Iterable[Session], organisations: Sequence[str]
) -> tuple[Quota, ...]:
    """In a third of the rounds; what is kept never exceeds the seats of any session."""
    found = []
    for round_ in rounds:
        free = min([round_.seats, *(s.seats for s in sessions if s.round == round_.id)])
        for organisation in organisations:
            if rng.random() < 0.2:
                at_least = rng.choice((0, min(1, free)))
                at_most = rng.choice((None, None, *range(at_least, round_.seats + 1)))
                free -= at_least
                found.append(Quota(round=round_.id, organisation=organisation, at_most=at_most, at_least=at_least))
    return tuple(found)


def _maybe(rng: Random, share: float, draw: Callable[[], Any]) -> tuple[Any, ...]:
    return (draw(),) if rng.random() < share else ()


def _with_history(rng: Random, problem: TermProblem, planning_date: date) -> TermProblem:
    """One or two hires with given seats in a round, some of them held; what they attended of it, or elsewhere."""
    for _ in range(rng.choice((1, 1, 2))):
        problem = _given(rng, problem)
    return _attendance(rng, problem, planning_date, {(row.hire, row.session) for row in problem.bookings})


# --- changes


def _change(rng: Random, problem: TermProblem, table: str, edit: Callable[[Any], Any]) -> TermProblem:
    """One random row of the table replaced."""
    rows = list(getattr(problem, table))
    index = rng.randrange(len(rows))
    rows[index] = edit(rows[index])
    return rebuilt(problem, **{table: tuple(rows)})


def _recruit(rng: Random, problem: TermProblem, planning_date: date, _: Plan) -> TermProblem:
    number = 1 + max(int(hire.id[1:]) for hire in problem.hires)
    hire = _hire(rng, f"h{number}", [o.id for o in problem.organisations], problem.programmes)
    hire = hire.model_copy(update={"starts": planning_date + timedelta(days=rng.choice((0, 7))), "ends": None})
    return rebuilt(problem, hires=(*problem.hires, hire))


def _leaver(rng: Random, problem: TermProblem, _: date, __: Plan) -> TermProblem:
    if len(problem.hires) == 1:
        return problem
    gone = rng.choice(problem.hires).id
    rows = {
        table: tuple(r for r in getattr(problem, table) if r.hire != gone)
        for table in ("absences", "bookings", "barred", "attendance")
    }
    return rebuilt(problem, hires=tuple(h for h in problem.hires if h.id != gone), **rows)


def _last_day(rng: Random, problem: TermProblem, planning_date: date, _: Plan) -> TermProblem:
    def edit(hire: Hire) -> Hire:
        return hire.model_copy(update={"ends": max(hire.starts, planning_date + timedelta(days=rng.choice((5, 30))))})

    return _change(rng, problem, "hires", edit)


def _credited(rng: Random, problem: TermProblem, _: date, __: Plan) -> TermProblem:
    def edit(hire: Hire) -> Hire:
        return hire.model_copy(update={"credits": (*hire.credits, _credit(rng, problem.programmes))})

    return _change(rng, problem, "hires", edit)


def _cancelled_session(rng: Random, problem: TermProblem, _: date, __: Plan) -> TermProblem:
    return _change(rng, problem, "sessions", lambda session: session.model_copy(update={"cancelled": True}))


def _moved_session(rng: Random, problem: TermProblem, _: date, __: Plan) -> TermProblem:
    def edit(session: Session) -> Session:
        start, end = rng.choice(TIMES)
        day = session.day + timedelta(days=rng.choice((0, 0, 1, 7, -7)))
        return session.model_copy(update={"day": day, "start": start, "end": end})

    return _change(rng, problem, "sessions", edit)


def _removed_session(rng: Random, problem: TermProblem, _: date, __: Plan) -> TermProblem:
    """Taken out of the table, with all that names it; only where a cohort's round does not lose a module by it."""
    gone = rng.choice(problem.sessions)
    programme = problem.programme_by_id[problem.round_by_id[gone.round].programme]
    if gone.meeting != len(problem.meetings[gone.round, gone.module]) or (programme.cohort and gone.meeting == 1):
        return problem
    rows = {
        table: tuple(r for r in getattr(problem, table) if r.session != gone.id) for table in ("bookings", "attendance")
    }
    return rebuilt(problem, sessions=tuple(s for s in problem.sessions if s.id != gone.id), **rows)


def _changed_round(rng: Random, problem: TermProblem, _: date, __: Plan) -> TermProblem:
    status = rng.choice((RoundStatus.CANCELLED, RoundStatus.PROPOSED, RoundStatus.FIXED))
    return _change(rng, problem, "rounds", lambda round_: round_.model_copy(update={"status": status}))


def _fewer_seats(rng: Random, problem: TermProblem, _: date, __: Plan) -> TermProblem:
    """A round loses a seat, in all its sessions; what is kept for somebody there is kept no longer."""
    cut = rng.choice(problem.rounds)
    seats = max(0, cut.seats - 1)
    smaller = {"seats": seats, "reserve": min(seats, cut.reserve), "min_participants": min(seats, cut.min_participants)}
    return rebuilt(
        problem,
        rounds=tuple(r.model_copy(update=smaller) if r.id == cut.id else r for r in problem.rounds),
        sessions=tuple(
            s.model_copy(update={"seats": min(s.seats, seats)}) if s.round == cut.id else s for s in problem.sessions
        ),
        quotas=tuple(q for q in problem.quotas if q.round != cut.id),
    )


def _new_quota(rng: Random, problem: TermProblem, _: date, __: Plan) -> TermProblem:
    round_ = rng.choice(problem.rounds)
    at_most = rng.choice((None, 0, 1))
    room = min([round_.seats, *(s.seats for s in problem.sessions if s.round == round_.id)])
    quota = Quota(
        round=round_.id,
        organisation=rng.choice(problem.organisations).id,
        at_most=at_most,
        at_least=1 if at_most != 0 and room > 0 else 0,
    )
    others = [q for q in problem.quotas if q.round != round_.id]
    return rebuilt(problem, quotas=tuple(sorted([*others, quota], key=lambda q: (q.round, q.organisation))))


def _new_absence(rng: Random, problem: TermProblem, _: date, __: Plan) -> TermProblem:
    absence = _absence(rng, rng.choice(problem.hires).id, sorted({s.day for s in problem.sessions}))
    return rebuilt(problem, absences=tuple(sorted([*problem.absences, absence], key=lambda a: (a.hire, a.first))))


def _tighter_weeks(rng: Random, problem: TermProblem, _: date, __: Plan) -> TermProblem:
    return rebuilt(problem, settings=problem.settings.model_copy(update={"weekly_cap": 1, "weekly_cap_with_cases": 1}))


def _earlier_cases(rng: Random, problem: TermProblem, _: date, __: Plan) -> TermProblem:
    return _change(rng, problem, "hires", lambda hire: hire.model_copy(update={"caseload_start": hire.starts}))


def _no_shows(rng: Random, problem: TermProblem, planning_date: date, plan: Plan) -> TermProblem:
    return _attendance(rng, problem, planning_date, {(row.hire, row.session) for row in plan.bookings})


def _decided(rng: Random, problem: TermProblem, _: date, __: Plan) -> TermProblem:
    return _given(rng, problem)


def _given(rng: Random, problem: TermProblem) -> TermProblem:
    """A hire is given her seats in a round: all of them, or those of one module. Mostly she may sit there."""
    hire, round_ = rng.choice(problem.hires), rng.choice(problem.rounds)
    if rng.random() < 0.85:
        hire, round_ = rng.choice(_open_rounds(problem) or [(hire, round_)])
    sessions = [session for session in problem.sessions if session.round == round_.id]
    if rng.random() < 0.15:
        sessions = [session for session in sessions if session.module == 1]
    rows = {(row.hire, row.session) for row in problem.bookings} | {(hire.id, session.id) for session in sessions}
    return rebuilt(problem, bookings=tuple(GivenBooking(hire=h, session=s) for h, s in sorted(rows)))


def _open_rounds(problem: TermProblem) -> list[tuple[Hire, Round]]:
    """Hires with the rounds that they need and that no rule closes to them alone."""
    doors = Doors(problem)
    return [
        (hire, round_)
        for hire in problem.hires
        for round_ in problem.rounds
        if applies(problem.programme_by_id[round_.programme], hire)
        and all(doors.refusal(hire, session) is None for session in problem.sessions if session.round == round_.id)
    ]


def _attendance(rng: Random, problem: TermProblem, planning_date: date, seats: set[tuple[str, str]]) -> TermProblem:
    """Some seats at held sessions were missed, and somebody came without a seat."""
    held = {session.id for session in problem.sessions if session.day < planning_date}
    hires = set(problem.hire_by_id)
    marks = {(row.hire, row.session): row.present for row in problem.attendance}
    for seat in sorted(seats):
        if seat[0] in hires and seat[1] in held and rng.random() < 0.5:
            marks[seat] = rng.random() < 0.3
    if held and rng.random() < 0.2:
        marks.setdefault((rng.choice(sorted(hires)), rng.choice(sorted(held))), True)
    rows = [Attendance(hire=h, session=s, present=present) for (h, s), present in sorted(marks.items()) if s in held]
    return rebuilt(problem, attendance=tuple(rows))


def _barred_now(rng: Random, problem: TermProblem, planning_date: date, plan: Plan) -> TermProblem:
    """Somebody is barred from a round, mostly one in which she has a seat; never against a booking that is given."""
    hire, round_ = _been_there(rng, problem, planning_date, plan)
    given = {(row.hire, problem.session_by_id[row.session].round) for row in problem.bookings}
    return problem if (hire, round_) in given else _bar(problem, hire, round_)


def _been_there(rng: Random, problem: TermProblem, planning_date: date, plan: Plan) -> tuple[str, str]:
    """A hire and a round in which she has seats, mostly one in which she has been and has still to go."""
    rows = [b for b in plan.bookings if b.hire in problem.hire_by_id and b.round in problem.round_by_id]
    held = {(b.hire, b.round) for b in rows if b.start.date() < planning_date}
    to_come = {(b.hire, b.round) for b in rows if b.start.date() >= planning_date}
    chosen = (held & to_come) or held or to_come or {(problem.hires[0].id, problem.rounds[0].id)}
    return rng.choice(sorted(chosen))


def _closed_behind_her(rng: Random, problem: TermProblem, planning_date: date, plan: Plan) -> TermProblem:
    """A round in which somebody has been is open to another administration only, as for one who has moved."""
    hire, left = _been_there(rng, problem, planning_date, plan)
    others = [o.id for o in problem.organisations if o.id != problem.hire_by_id[hire].organisation]
    if not others:
        return _barred_now(rng, problem, planning_date, plan)
    admits = {"organisations": (rng.choice(others),)}
    rounds = (r.model_copy(update=admits) if r.id == left else r for r in problem.rounds)
    return rebuilt(problem, rounds=tuple(rounds))


def _moved_on(rng: Random, problem: TermProblem, _: date, __: Plan) -> TermProblem:
    """Somebody goes to another administration."""
    organisation = rng.choice(problem.organisations).id
    return _change(rng, problem, "hires", lambda hire: hire.model_copy(update={"organisation": organisation}))


def _for_others(rng: Random, problem: TermProblem, _: date, __: Plan) -> TermProblem:
    """A round is open to one administration only."""
    organisation = rng.choice(problem.organisations).id
    return _change(rng, problem, "rounds", lambda round_: round_.model_copy(update={"organisations": (organisation,)}))


CHANGES: tuple[Callable[[Random, TermProblem, date, Plan], TermProblem], ...] = (
    _recruit,
    _recruit,
    _leaver,
    _last_day,
    _credited,
    _cancelled_session,
    _moved_session,
    _moved_session,
    _removed_session,
    _changed_round,
    _fewer_seats,
    _fewer_seats,
    _new_quota,
    _new_absence,
    _tighter_weeks,
    _earlier_cases,
    _no_shows,
    _no_shows,
    _no_shows,
    _decided,
    _barred_now,
    _barred_now,
    _moved_on,
    _for_others,
    _closed_behind_her,
    _closed_behind_her,
    _closed_behind_her,
)
